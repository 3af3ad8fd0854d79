import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight diagnose FILE`
struct DiagnoseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "Explain the rows that an import skipped: which they are, why, and a file of exactly them.",
        discussion: """
            Reads the import's report, asked from Pigment, saved, or typed from the screen, and looks for it in the file: where its samples are, \
            which setting or doubt makes the reported number, and which rows that is. Each explanation is counted on the file; what Pigment \
            does is assumed where it is not published. The file is read two to five times. Nothing is sent.

            Examples:
              preflight diagnose export.csv -p profile.yaml a5002346-d45c-4773-892f-53273b040ca0
              preflight diagnose export.csv -p profile.yaml --report-json push.json --retry-file retry.csv
              preflight diagnose export.csv --reported Amount:ParsingError:48 --sample 84.608,68

            Exit status: 0 everything is explained, 2 the file or the report cannot be read or a file cannot be written, 3 something is not \
            explained, 5 temporary failure, 7 not found or not permitted.
            """)

    @Argument(help: "CSV or CSV.gz file that was pushed; - for standard input.")
    var file: FilePath

    @Argument(help: "The import ID that the push printed, a UUID: its report is asked from Pigment.")
    var importID: String?

    @Flag(help: "The last import that the ledger knows; its recorded report where no key is set.")
    var last = false

    @Option(help: ArgumentHelp("Saved status, or the JSON report of a push; - for standard input.", valueName: "file"))
    var reportJSON: FilePath?

    @Option(
        help: ArgumentHelp(
            "What Pigment's screen shows: COLUMN:REASON:COUNT, for example Amount:ParsingError:48. Repeatable.", valueName: "text")
    )
    var reported: [String] = []

    @Option(help: ArgumentHelp("A sample value that Pigment shows, TEXT or COLUMN=TEXT; with --reported. Repeatable.", valueName: "text"))
    var sample: [String] = []

    @OptionGroup(title: "Rows") var rows: RowOutputOptions
    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = Format.human

    @Option(help: ArgumentHelp("auto, always or never.", valueName: "when"))
    var color = OutputOptions.When.auto

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Also write the answer: \(ReportFormat.choices(DiagnoseCommand.formats)). Repeatable. - prints it in place of the usual answer.",
            valueName: "format=file"),
        transform: { try ReportDestination($0, among: DiagnoseCommand.formats) })
    var reports: [ReportDestination] = []

    /// The formats of `--report`.
    private static let formats: [ReportFormat] = [.json, .html, .markdown]

    @Flag(help: "Show no value of any cell, only what values look like (Aa99-99); the retry file has the rows as they are.")
    var redact = false

    @Flag(name: [.short, .long], help: "Show all explanations and places.")
    var verbose = false

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case human
        case json
    }

    func validate() throws {
        let origins = [importID != nil, last, reportJSON != nil, !reported.isEmpty].filter { $0 }.count
        guard origins == 1 else {
            throw ValidationError(
                origins == 0
                    ? "What did the import report? Give an import ID, --last, --report-json FILE, or --reported COLUMN:REASON:COUNT."
                    : "Give one of: an import ID, --last, --report-json, --reported.")
        }
        guard sample.isEmpty || !reported.isEmpty else { throw ValidationError("--sample needs --reported.") }
        guard file != .standardStream || reportJSON != .standardStream else {
            throw ValidationError("The file and the report cannot both be standard input.")
        }
        try rows.validateStreams(printsReport: true)
        try ReportDestination.refuseDoubles(reports)
        let paths = reports.map(\.path) + rows.paths
        for (index, path) in paths.enumerated() where paths[..<index].contains(path) {
            throw ValidationError("Cannot write \(path) twice.")
        }
    }

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () async throws(CommandFailure) in
            let options = try input.checkOptions()
            let inputs = [file] + input.readPaths(options) + (reportJSON.map { [$0] } ?? [])
            try terminal.refuseAsOutput(inputs)
            var outputs = try rows.outputs(inputs: inputs)
            outputs.redacts = redact
            let files = try reportFiles(inputs: inputs)
            let entry = try last ? lastEntry() : nil
            let report = try await report(entry, terminal: terminal)
            let pushed = entry ?? recordedEntry(of: report)
            let (result, opened) = try diagnose(report, options, pushed: pushed)
            return try finish(result, opened, outputs, files, pushed: pushed, terminal: terminal)
        }
    }

    /// Opens the ways to the reports, before any work.
    private func reportFiles(inputs: [FilePath]) throws(CommandFailure) -> [(file: OutputFile, format: ReportFormat)] {
        do throws(OutputFile.Refusal) {
            return try reports.filter { $0.path != .standardStream }.map { destination throws(OutputFile.Refusal) in
                (try OutputFile(path: destination.path, collision: .replace, inputs: inputs), destination.format)
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func text(_ document: JSONValue, _ format: ReportFormat) -> String {
        switch format {
        case .html: DiagnosisPage(document).text
        case .markdown: DiagnosisMarkdown(document).text
        default: document.text(isPretty: true) + "\n"
        }
    }

    private func diagnose(
        _ report: ServerReport, _ options: CheckOptions, pushed entry: LedgerEntry?
    ) throws(CommandFailure) -> (DiagnosisRun.Result, InputFile) {
        do throws(SourceError) {
            let opened = try InputFile.open(path: file, spoolsStream: true)
            let pushed = entry?.intent.content.map { SHA256Digest.hexadecimal($0.digest) }
            let run = DiagnosisRun(
                report: report, file: opened, options: options, pushed: pushed, unchanged: entry?.unchangedIdentity(of: opened))
            var result = try run.result()
            result.diagnosis.pushedAs = entry?.intent.content.map { "\($0.file)" }
            return (result, opened)
        } catch {
            throw CommandFailure(error)
        }
    }

    // MARK: The report

    private func lastEntry() throws(CommandFailure) -> LedgerEntry {
        guard let place = try ledger.place() else { throw CommandFailure(.usage, "--last needs a ledger.") }
        do throws(LedgerError) {
            if let entry = try place.lastImport(where: { $0.content != nil }) { return entry }
        } catch {
            throw CommandFailure(.unable, "\(error.message).")
        }
        throw CommandFailure(.unable, "The ledger \(place.path) has no import of a file.")
    }

    /// What the ledger knows of the import, if anything: a diagnosis does not depend on it.
    private func recordedEntry(of report: ServerReport) -> LedgerEntry? {
        guard let id = report.importID, let place = try? ledger.place() else { return nil }
        return try? place.entry(of: id)
    }

    /// - Parameter entry: of the ledger, with `--last`.
    private func report(_ entry: LedgerEntry?, terminal: Terminal) async throws(CommandFailure) -> ServerReport {
        do throws(ServerReport.Refusal) {
            if !reported.isEmpty {
                return try ServerReport(
                    reported: reported.map { ArgumentText.bytes(of: $0) }, samples: sample.map { ArgumentText.bytes(of: $0) })
            }
        } catch {
            throw CommandFailure(.usage, error.message)
        }
        if let reportJSON { return try ServerReport.saved(at: reportJSON) }
        guard let entry else { return try await askedReport(of: importID ?? "", terminal: terminal) }
        if entry.intent.kind != .rehearsal, service.hasKey, let id = entry.importID, try service.endpoint().url == entry.intent.service {
            return try await askedReport(of: id.text, terminal: terminal)
        }
        guard let document = entry.report, let report = ServerReport(document) else {
            throw CommandFailure(.unable, "The ledger has no report of import \(entry.importID?.text ?? ""): its end was not seen.")
        }
        return report
    }

    /// Asks the service for the status, once.
    private func askedReport(of text: String, terminal: Terminal) async throws(CommandFailure) -> ServerReport {
        let id: ImportID
        do throws(SettingError) {
            id = try ImportID(text)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
        let service = try service.service(terminal: terminal)
        let session = PushSession(
            target: PigmentTarget(service: service.url, configuration: nil, key: service.key), transport: service.transport,
            redactor: service.redactor, pacing: ImportFollower.Pacing(timeout: .zero), followUp: nil, observe: { _ in })
        let end = await session.follow(id, isOwnPush: false)
        guard let document = end.lastDocument else { throw CommandFailure(ExitStatus(end.exit), end.message) }
        guard var report = ServerReport(document) else {
            let reason = document.status == .inProgress ? "it is still running" : "the server sent no detailed report"
            throw CommandFailure(document.status == .inProgress ? .endNotSeen : .unable, "Import \(id): \(reason).")
        }
        report.importID = report.importID ?? id
        return report
    }

    // MARK: The answer

    private func finish(
        _ result: DiagnosisRun.Result, _ opened: InputFile, _ outputs: RowOutputs, _ files: [(file: OutputFile, format: ReportFormat)],
        pushed entry: LedgerEntry?, terminal: Terminal
    ) throws(CommandFailure) -> ExitStatus {
        var status: ExitStatus = result.diagnosis.isExplained ? .done : .skipped
        var written: WrittenRows?
        var refusals: [String] = []
        if !outputs.isEmpty {
            do throws(RowFailure) {
                written = try result.writeRows(of: opened, to: outputs)
            } catch {
                switch error {
                case .source(let error): throw CommandFailure(error)
                case .output(let error): throw CommandFailure(error)
                case .refused(let reasons): refusals = reasons
                }
                if status == .done { status = .unable }
            }
        }
        let shown = redact ? result.diagnosis.redacted() : result.diagnosis
        let document = shown.json(written: written.map { rows.json($0) } ?? [], exit: Int(status.rawValue))
        if let format = ReportDestination.standardFormat(reports) {
            terminal.print(Self.text(document, format))
        } else if format == .json {
            terminal.print(Self.text(document, .json))
        } else {
            let style = OutputOptions.style(color, environment: Program.environment)
            let rows = rowParts(shown, written, refusals)
            terminal.print(DiagnosisText(diagnosis: shown, style: style, rows: rows, showsAll: verbose).text)
        }
        do throws(OutputFile.Refusal) {
            for (file, format) in files { try file.write(Self.text(document, format)) }
        } catch {
            throw CommandFailure(error)
        }
        if let written, let entry, case .same = result.diagnosis.identity { record(written, of: entry, terminal: terminal) }
        for refusal in refusals { terminal.say("no rows were written: \(refusal)") }
        if status == .skipped { terminal.say("exit status 3: \(Self.unexplained(result.diagnosis))") }
        return terminal.finish(status)
    }

    /// Writes down the retry file, so that a push of it is known as what it is. The rows are written even where that fails.
    private func record(_ written: WrittenRows, of entry: LedgerEntry, terminal: Terminal) {
        guard let path = rows.pushableFile, let place = try? ledger.place() else { return }
        let file = LedgerRecord.RetryFile(
            digest: written.digest, byteCount: written.byteCount, file: path.description, rows: written.rows)
        do throws(LedgerError) {
            try place.recordRetryFile(file, of: entry.id, at: .now)
        } catch {
            terminal.say("a push of \(path) will not be known as the skipped rows of \(entry.id): \(error.message)")
        }
    }

    private static func unexplained(_ diagnosis: Diagnosis) -> String {
        let open = diagnosis.entries.filter { !$0.isExplained }.map(\.place)
        if case .other = diagnosis.identity { return "the file is not the one that was pushed" }
        if open.isEmpty { return diagnosis.otherFileSigns.first ?? "the file could not be read to its end" }
        return "not explained: " + open.prefix(5).joined(separator: ", ") + (open.count > 5 ? ", …" : "")
    }

    /// What is known of the rows, what was written, and the command that writes them.
    private func rowParts(_ diagnosis: Diagnosis, _ written: WrittenRows?, _ refusals: [String]) -> [DiagnosisText.RowPart] {
        var parts: [DiagnosisText.RowPart] = []
        for entry in diagnosis.entries {
            guard let first = entry.explanations.first, !first.first.isEmpty, entry.reported.count != 0 else { continue }
            let places = first.first.map { "line \($0.line) \"\(VisibleText($0.value, limit: 40).text)\"" }
            let more = first.cells > first.first.count ? ", …" : ""
            parts.append(.words("\(entry.place): \(places.joined(separator: ", "))\(more)"))
        }
        if let written { parts += rows.sentences(written).map { .words($0) } }
        let isKnown = diagnosis.rowQuestions(isSuperset: false) != nil
        let hasSuperset = diagnosis.rowQuestions(isSuperset: true) != nil
        if !refusals.isEmpty {
            parts += refusals.map { .words("No retry file: \($0).") }
            if !isKnown, hasSuperset { parts.append(.words("To write all rows that may have been skipped: --retry-file-superset FILE")) }
        } else if written == nil, redact, !sample.isEmpty {
            // The command would repeat the samples.
            if isKnown { parts.append(.words("To write exactly these rows: add --retry-file FILE")) }
        } else if written == nil {
            let command = ShellCommand.preflight("diagnose", .init(file)).adding(input.words + reportWords)
            if isKnown {
                parts += [.words("To write exactly these rows:"), .command(command.adding(["--retry-file", "retry.csv"]))]
            } else if hasSuperset {
                parts += [
                    .words(Self.supersetWords(diagnosis)), .command(command.adding(["--retry-file-superset", "rows.csv"])),
                ]
            }
        }
        return parts
    }

    private static func supersetWords(_ diagnosis: Diagnosis) -> String {
        let unknown = "The skipped rows are not known exactly."
        return diagnosis.entries.allSatisfy { $0.reported.count == 0 || $0.explanations.isEmpty }
            ? "\(unknown) To write the rows that have the samples:" : "\(unknown) To write all that may have been skipped:"
    }

    /// The options that say what was reported.
    private var reportWords: [ShellCommand.Word] {
        var words: [ShellCommand.Word] = []
        if let importID { words.append(.init(importID)) }
        if last { words.append("--last") }
        if importID != nil || last, let url = try? service.endpoint().url { words += service.words(url: url) }
        words += ledger.words
        if let reportJSON { words += ["--report-json", .init(reportJSON)] }
        for text in reported { words += ["--reported", .init(text)] }
        for text in sample { words += ["--sample", .init(text)] }
        return words
    }
}

extension ServerReport {
    /// Reads a report that was saved.
    static func saved(at path: FilePath) throws(CommandFailure) -> ServerReport {
        let bytes: [UInt8]
        do throws(SmallFile.Refusal) {
            bytes = try SmallFile.read(path: path == .standardStream ? FilePath("/dev/stdin") : path, limit: mostBytes)
        } catch {
            throw CommandFailure(.unable, "\(path): \(error.message)")
        }
        do throws(Refusal) {
            return try ServerReport(json: bytes)
        } catch {
            throw CommandFailure(.unable, "\(path): \(error.message)")
        }
    }
}
