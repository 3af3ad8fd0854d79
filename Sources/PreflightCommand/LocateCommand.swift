import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText
import ValueFormats

/// `preflight locate FILE --row N`
struct LocateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate",
        abstract: "Show rows by number, line, byte, text or finding, also in gzip files.",
        discussion: """
            Numbers are those of a report: rows and lines count from 1 (the header is row 0, blank lines are not rows), bytes from 0 in the \
            decompressed file. Options can be combined; each row is shown once, in file order. Texts are compared with fields without their \
            quotes; in rows longer than 1 MiB, with the first 4 KiB of each field.

            Examples:
              preflight locate export.csv --row 149,150,200-210
              preflight locate export.csv --contains köln --ignore-case --column City
              preflight locate export.csv -p profile.yaml --code PF401

            Exit status: 0 everything was found, 1 something was not found, 2 the file cannot be read, or is damaged gzip.
            """)

    @Argument(help: "CSV or CSV.gz file; - for standard input.")
    var file: FilePath

    @Option(help: ArgumentHelp("Row numbers: 5, 10-20 or 5,7,10-20. Repeatable.", valueName: "list"))
    var row: [PlaceList] = []

    @Option(help: ArgumentHelp("Line numbers, likewise.", valueName: "list"))
    var line: [PlaceList] = []

    @Option(help: ArgumentHelp("Byte offsets, likewise.", valueName: "list"))
    var byte: [PlaceList] = []

    @Option(help: ArgumentHelp("Rows with a field that has exactly this text. Repeatable.", valueName: "text"))
    var value: [String] = []

    @Option(help: ArgumentHelp("Rows with a field that contains this text. Repeatable.", valueName: "text"))
    var contains: [String] = []

    @Flag(help: "Ignore letter case in --value and --contains.")
    var ignoreCase = false

    @Option(help: ArgumentHelp("Search only this column; without a search, show its field.", valueName: "name or number"))
    var column: String?

    @Option(help: ArgumentHelp("Rows with this finding, for example PF401. Repeatable.", valueName: "code"))
    var code: [String] = []

    @Flag(help: "Also show the bytes (as UTF-8) in hexadecimal.")
    var hex = false

    @Option(help: ArgumentHelp("Rows to show before and after each match.", valueName: "count"))
    var context = 2

    @Option(help: ArgumentHelp("Rows to show at most. Default: 10 for a search, 1000 for numbers.", valueName: "count"))
    var most: Int?

    @Flag(help: "Show no value of any cell, only what the rows look like (Aa99-99).")
    var redact = false

    @OptionGroup(title: "Reading") var input: InputOptions

    func validate() throws {
        guard !redact || !hex else { throw ValidationError("--hex shows what --redact hides.") }
        guard !row.isEmpty || !line.isEmpty || !byte.isEmpty || !value.isEmpty || !contains.isEmpty || !code.isEmpty else {
            throw ValidationError("What should be shown? Use --row, --line, --byte, --value, --contains or --code.")
        }
        guard line.allSatisfy({ $0.ranges.allSatisfy { $0.lowerBound >= 1 } }) else { throw ValidationError("Lines count from 1.") }
        guard contains.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("--contains \"\" matches every row. To find empty fields use --value \"\".")
        }
        guard (0...1000).contains(context), most ?? 1 >= 1 else {
            throw ValidationError("--context must be between 0 and 1000, --most at least 1.")
        }
        _ = try self.kinds
    }

    private var kinds: [FindingKind] {
        get throws {
            try code.map { text in
                guard let kind = FindingKind(argument: text) else {
                    throw ValidationError(Suggestion.unknownCode(text))
                }
                return kind
            }
        }
    }

    private var query: LocateQuery {
        var query = LocateQuery()
        query.rows = row.flatMap(\.ranges)
        query.lines = line.flatMap(\.ranges)
        query.bytes = byte.flatMap(\.ranges)
        query.texts =
            value.map { LocateQuery.Text(ArgumentText.bytes(of: $0), isWhole: true) }
            + contains.map { LocateQuery.Text(ArgumentText.bytes(of: $0), isWhole: false) }
        query.ignoresCase = ignoreCase
        query.column = column.map { ArgumentText.bytes(of: $0) }
        return query
    }

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        let kinds = try self.kinds
        try terminal.perform { () throws(CommandFailure) in
            let options = try input.checkOptions()
            try terminal.refuseAsOutput([file] + input.readPaths(options))
            do throws(SourceError) {
                let opened = try InputFile.open(path: file, spoolsStream: !kinds.isEmpty)
                let isSearch = !value.isEmpty || !contains.isEmpty || !kinds.isEmpty
                let answer = try Locator.find(
                    query, kinds: kinds, in: opened, options: options, context: context, most: most ?? (isSearch ? 10 : 1000))
                let name = file == .standardStream ? "standard input" : opened.displayPath
                terminal.print(LocateText.text(for: redact ? answer.redacted() : answer, path: name, showsHex: hex))
                return terminal.finish(status(answer, name: name, terminal: terminal))
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    private func status(_ answer: Locator.Answer, name: String, terminal: Terminal) -> ExitStatus {
        if let refusal = answer.refusal {
            terminal.say("\(name): \(refusal)")
            return .unable
        }
        if let damage = answer.damage {
            terminal.say(damage.message)
            return .unable
        }
        if !answer.missing.isEmpty {
            let words = answer.missing.prefix(3).map { $0.words(answer) }
            let more = answer.missing.count - words.count
            terminal.say("not found: " + words.joined(separator: "; ") + (more > 0 ? "; and \(more.grouped) more" : ""))
            return .findings
        }
        if !answer.hits.isEmpty { return .done }
        terminal.say("not found: \(name) has \(answer.rowCount.counted("row"))")
        return .findings
    }
}

/// Numbers and ranges of numbers, as one argument.
struct PlaceList: ExpressibleByArgument {
    let ranges: [ClosedRange<Int>]

    init?(argument: String) {
        guard let ranges = LocateQuery.ranges(argument) else { return nil }
        self.ranges = ranges
    }
}
