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
            With a CSV or CSV.gz file the profile names its columns, all of them as text; without one it holds an example.

            Exit status: 0 written, 1 the file is no text in rows, empty, or in an unknown encoding, 2 the file cannot be read or the profile \
            cannot be written.
            """)

    @Argument(help: "CSV or CSV.gz file whose header names the columns; - is standard input.")
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
