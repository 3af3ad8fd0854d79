import ArgumentParser
import Preflight

/// `preflight profile init [FILE]`
struct ProfileInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented profile to start from.",
        discussion: """
            With a CSV or CSV.gz file the profile names its columns, all of them as text; without one it holds an example.

            Exit status: 0 written, 2 the file cannot be read or the profile cannot be written.
            """)

    @Argument(help: "CSV or CSV.gz file whose header names the columns; - is standard input.")
    var file: FilePath?

    @Option(
        name: [.short, .long],
        help: "File to write; - is standard output, the default. One that is there already is not overwritten.")
    var output: FilePath?

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () throws(CommandFailure) in
            let draft = try DraftOutput(output, inputs: file.map { [$0] } ?? [], terminal: terminal)
            return try draft.deliver(try template(), terminal: terminal)
        }
    }

    private func template() throws(CommandFailure) -> String {
        guard let path = file else { return ProfileTemplate.text() }
        do throws(SourceError) {
            let file = try InputFile.open(path: path, spoolsStream: false)
            if let header = try HeaderNames.read(file) {
                return ProfileTemplate.text(header: header, source: path == .standardStream ? "standard input" : path.description)
            }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(.unable, "\(path) has no header to take over: it is empty, or UTF-16")
    }
}
