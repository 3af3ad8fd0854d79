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
    var file: String?

    @Option(name: [.short, .long], help: "File to write. Default: standard output. One that is there already is not overwritten.")
    var output: String?

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () throws(CommandFailure) in
            let text = try template()
            guard let output else {
                terminal.print(text)
                return terminal.finish(.done)
            }
            do throws(SmallFile.Refusal) {
                try SmallFile.create(path: output, text: text)
            } catch {
                throw CommandFailure(.unable, error.message)
            }
            return terminal.finish(.done)
        }
    }

    private func template() throws(CommandFailure) -> String {
        guard let path = file else { return ProfileTemplate.text() }
        do throws(SourceError) {
            let file = try InputFile.open(path: path, spoolsStream: false)
            if let header = try HeaderNames.read(file) {
                return ProfileTemplate.text(header: header, source: path == "-" ? "standard input" : path)
            }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(.unable, "\(VisibleText(path, limit: 1000).text) has no header to take over: it is empty, or UTF-16")
    }
}
