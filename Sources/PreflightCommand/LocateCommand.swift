import ArgumentParser
import Preflight

/// `preflight locate FILE --row N`
struct LocateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate",
        abstract: "Show rows by number, line, byte or value, with the rows around them; in gzip files too.",
        discussion: """
            Rows count from 1, the header is row 0, and blank lines are no rows; lines count from 1, bytes from 0, in the decompressed file: the \
            places that a report names. A value is the whole text of a field, without its quotes. The bytes shown in hexadecimal are UTF-8.

            Exit status: 0 found, 1 not found, 2 the file cannot be read, or is a damaged gzip stream in front of what was looked for.
            """)

    @Argument(help: "CSV or CSV.gz file; - is standard input.")
    var file: FilePath

    @Option(help: "Record number of a row.")
    var row: Int?

    @Option(help: "Physical line.")
    var line: Int?

    @Option(help: "Byte offset.")
    var byte: Int?

    @Option(help: "Text of a field.")
    var value: String?

    @Option(help: "Rows shown in front of each found one, and behind it.")
    var context = 2

    @Option(help: "Rows with the value that are shown.")
    var most = 10

    @OptionGroup(title: "Reading") var input: InputOptions

    func validate() throws {
        guard [row != nil, line != nil, byte != nil, value != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("Name one of --row, --line, --byte and --value.")
        }
        guard row ?? 0 >= 0, line ?? 1 >= 1, byte ?? 0 >= 0 else {
            throw ValidationError("Rows and bytes count from 0, lines from 1.")
        }
        guard (0...1000).contains(context), most >= 1 else { throw ValidationError("--context and --most are small numbers.") }
    }

    private var target: Locator.Target {
        if let row { return .row(row) }
        if let line { return .line(line) }
        if let byte { return .byte(byte) }
        return .value(Array((value ?? "").utf8))
    }

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () throws(CommandFailure) in
            let options = try input.checkOptions()
            do throws(SourceError) {
                let file = try InputFile.open(path: file, spoolsStream: false)
                let answer = try Locator.find(target, in: file, options: options, context: context, most: most)
                terminal.print(LocateText.text(for: answer, path: file.filePath == .standardStream ? "standard input" : file.displayPath))
                return terminal.finish(status(answer, terminal: terminal))
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    private func status(_ answer: Locator.Answer, terminal: Terminal) -> ExitStatus {
        if let damage = answer.damage {
            terminal.say(damage.message)
            return .unable
        }
        if !answer.hits.isEmpty { return .done }
        terminal.say("not found: the file has \(answer.rowCount.grouped) rows")
        return .findings
    }
}
