import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText
import ValueFormats

/// `preflight locate FILE --row N`
struct LocateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate",
        abstract: "Show rows by number, line, byte, text or finding, with the rows around them; in gzip files too.",
        discussion: """
            Rows count from 1, the header is row 0, and blank lines are no rows; lines count from 1, bytes from 0, in the decompressed file: the \
            places that a report names. What is no row (a line above the header, a blank line, the byte order mark) is shown as what it is. \
            Options can be repeated and mixed; each row is shown once, in the order of the file.

              preflight locate export.csv --row 149,150,200-210
              preflight locate export.csv --contains köln --ignore-case --column City
              preflight locate export.csv -p profile.yaml --code PF401

            A text is compared with fields as they are without their quotes; of rows longer than 1 MiB with the first 4 KiB of each field. \
            The bytes that --hex shows are UTF-8. With places only, the file is read no further than they need it; a row that does not end \
            within 1 MiB is shown by its beginning.

            Exit status: 0 all was found, 1 something was not, 2 the file cannot be read or searched, or is a damaged gzip stream.
            """)

    @Argument(help: "CSV or CSV.gz file; - is standard input.")
    var file: FilePath

    @Option(help: "Record numbers of rows: 5, 10-20 or 5,7,10-20. Repeatable.")
    var row: [PlaceList] = []

    @Option(help: "Physical lines, likewise.")
    var line: [PlaceList] = []

    @Option(help: "Byte offsets, likewise.")
    var byte: [PlaceList] = []

    @Option(help: "The whole text of a field, exactly. Repeatable.")
    var value: [String] = []

    @Option(help: "A part of the text of a field. Repeatable.")
    var contains: [String] = []

    @Flag(help: "Letter case does not matter for --value and --contains.")
    var ignoreCase = false

    @Option(help: "Name or number of the column to search in; with places only, the column whose field is shown.")
    var column: String?

    @Option(help: "Code of a finding, for instance PF401: the rows that a check reports with it. Repeatable.")
    var code: [String] = []

    @Flag(help: "Show the bytes of each place in hexadecimal.")
    var hex = false

    @Option(help: "Rows shown before each found one, and after it.")
    var context = 2

    @Option(help: "Rows that are shown. Default: 10 of a search, 1000 of places.")
    var most: Int?

    @OptionGroup(title: "Reading") var input: InputOptions

    func validate() throws {
        guard !row.isEmpty || !line.isEmpty || !byte.isEmpty || !value.isEmpty || !contains.isEmpty || !code.isEmpty else {
            throw ValidationError("Name what to show: --row, --line, --byte, --value, --contains or --code.")
        }
        guard line.allSatisfy({ $0.ranges.allSatisfy { $0.lowerBound >= 1 } }) else { throw ValidationError("Lines count from 1.") }
        guard contains.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("--contains \"\" would be every row; --value \"\" finds empty fields.")
        }
        guard (0...1000).contains(context), most ?? 1 >= 1 else { throw ValidationError("--context and --most are small numbers.") }
        _ = try self.kinds
    }

    private var kinds: [FindingKind] {
        get throws {
            try code.map { text in
                guard let kind = FindingKind(argument: text) else {
                    throw ValidationError("'\(VisibleText(text))' is not a finding code; `preflight explain` lists them.")
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

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        let kinds = try self.kinds
        try await terminal.perform { () throws(CommandFailure) in
            let options = try input.checkOptions()
            try terminal.refuseAsOutput([file] + input.readPaths(options))
            do throws(SourceError) {
                let opened = try InputFile.open(path: file, spoolsStream: !kinds.isEmpty)
                let isSearch = !value.isEmpty || !contains.isEmpty || !kinds.isEmpty
                let answer = try Locator.find(
                    query, kinds: kinds, in: opened, options: options, context: context, most: most ?? (isSearch ? 10 : 1000))
                let name = file == .standardStream ? "standard input" : opened.displayPath
                terminal.print(LocateText.text(for: answer, path: name, showsHex: hex))
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
