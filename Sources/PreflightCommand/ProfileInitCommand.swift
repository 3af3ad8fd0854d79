import ArgumentParser
import ByteSources
import Preflight
import SafeText

/// `preflight profile init [FILE]`
struct ProfileInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented profile to start from.",
        discussion: """
            With a file, the profile lists its columns, all of type text; without one it is an example. To have types proposed, use \
            preflight profile infer.

            Examples:
              preflight profile init
              preflight profile init -o profile.yaml
              preflight profile init export.csv -o profile.yaml

            Exit status: 0 written, 1 the file is not CSV, empty, or in an unknown encoding, 2 the file cannot be read or the profile cannot \
            be written.
            """)

    @Argument(help: "CSV or CSV.gz file with a header; - for standard input.")
    var file: FilePath?

    @OptionGroup var draft: DraftOptions

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        let written = draft.output == .standardStream ? nil : draft.output
        try await terminal.perform { () throws(CommandFailure) in
            try draft.write(about: file, terminal: terminal) { () throws(CommandFailure) in
                guard let file else { return (ProfileTemplate.text(path: written), nil) }
                let header = try header(of: file)
                let source = file == .standardStream ? "standard input" : file.description
                return (ProfileTemplate.text(header: header, source: source, path: written), header.encodingNote)
            }
        }
    }

    private func header(of path: FilePath) throws(CommandFailure) -> HeaderNames {
        let file: InputFile
        do throws(SourceError) {
            file = try InputFile.open(path: path, spoolsStream: false)
        } catch {
            throw CommandFailure(error)
        }
        do throws(DraftFailure) {
            return try HeaderNames.read(file, options: draft.checkOptions())
        } catch {
            throw CommandFailure(error, file: path)
        }
    }
}
