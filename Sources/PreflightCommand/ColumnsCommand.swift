import ArgumentParser
import ByteSources
import Preflight
import PreflightReports
import SafeText

/// `preflight columns FILE`
struct ColumnsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "columns",
        abstract: "Show what each column of a file holds: type, empty and different values, range, sum, and what the values look like.",
        discussion: """
            Reads the whole file and judges nothing. Rows with another number of fields than the header are left out. In what values look \
            like, A and a are letters and 9 is a digit; in long values a+ is more than one of them.

            Examples:
              preflight columns export.csv
              preflight columns export.csv.gz -p profile.yaml --masks 10
              preflight columns export.csv --format html > columns.html

            Exit status: 0 read, 1 the file is damaged or is no CSV, 2 the file or the profile cannot be read.
            """)

    @Argument(help: "CSV or CSV.gz file; - for standard input.")
    var file: FilePath

    @OptionGroup(title: "Reading") var input: InputOptions

    @Option(help: ArgumentHelp("human, json, csv or html.", valueName: "name"))
    var format = Format.human

    @Option(help: ArgumentHelp("The most looks of values to show for each column.", valueName: "count"))
    var masks = 3

    @Flag(help: "Show no value of any cell, only what the values look like (Aa99-99).")
    var redact = false

    @Option(help: ArgumentHelp("auto, always or never. auto honours NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE.", valueName: "when"))
    var color = OutputOptions.When.auto

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case human
        case json
        case csv
        case html
    }

    func validate() throws {
        guard (0...1_000).contains(masks) else { throw ValidationError("--masks must be between 0 and 1000.") }
    }

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            var options = try input.checkOptions()
            options.countsColumns = true
            try terminal.refuseAsOutput([file] + input.readPaths(options))
            var report = try report(options, terminal)
            if redact { report = report.redacted() }
            terminal.print(text(of: report))
            return terminal.finish(status(report, terminal))
        }
    }

    /// Reads the file in the encoding that its bytes suggest, where none was declared: names and values would be hard to read otherwise.
    private func report(_ options: CheckOptions, _ terminal: Terminal) throws(CommandFailure) -> Report {
        do throws(SourceError) {
            let input = try InputFile.open(path: file, spoolsStream: false)
            let report = try CheckRun.check(input, options: options)
            guard let encoding = report.input.proposedEncoding else { return report }
            let note = "no encoding was declared, and the bytes are those of \(encoding.name)"
            guard input.isSeekable else {
                terminal.say("\(VisibleText(report.input.path).text): \(note); repeat with --encoding \(encoding.rawValue)")
                return report
            }
            terminal.say("\(VisibleText(report.input.path).text): \(note)")
            var options = options
            options.encoding = encoding
            return try CheckRun.check(try InputFile.open(path: file, spoolsStream: false), options: options)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func text(of report: Report) -> String {
        switch format {
        case .human:
            let style = OutputOptions.style(color, environment: Program.environment)
            return ColumnsText(report, style: style, maskCount: masks).text
        case .json: return ColumnsDocument.json(report).text(isPretty: true) + "\n"
        case .csv: return ColumnsDocument.csv(report)
        case .html: return ColumnsPage.html(report)
        }
    }

    /// A file that could not be read to its end has no columns that could be relied on.
    private func status(_ report: Report, _ terminal: Terminal) -> ExitStatus {
        if report.isComplete { return .done }
        let name = file == .standardStream ? "standard input" : report.input.path
        terminal.say("\(name): not all of it was read; see preflight check")
        return .findings
    }
}
