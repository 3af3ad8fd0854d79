import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight fix FILE --to OUT`
struct FixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix",
        abstract: "Write a copy of a file with what can be repaired repaired. The file itself is not changed.",
        discussion: """
            Safe fixes do not change what a value means: encoding, line ends, blank lines, repeated headers, quotes, spaces, and with a profile \
            numbers and dates that can be read in one way only. Each is named by the finding that it removes; preflight explain CODE says \
            what is repaired. What is not changed is copied byte for byte. The copy is made in $TMPDIR (else /tmp).

            Examples:
              preflight fix export.csv --to fixed.csv -p profile.yaml
              preflight fix export.csv --dry-run --diff -p profile.yaml
              preflight fix export.csv --to fixed.csv -p profile.yaml --unsafe-fixes

            Exit status: 0 written, 2 the file cannot be read or repaired, or the copy cannot be written.
            """)

    @Argument(help: "CSV or CSV.gz file; - for standard input.")
    var file: FilePath

    @Option(help: ArgumentHelp("Write the repaired copy; gzip if the name ends in .gz.", valueName: "file"))
    var to: FilePath?

    @Option(help: ArgumentHelp("Only these fixes: codes, or what codes begin with, such as PF2. Repeatable.", valueName: "codes"))
    var select: [GateOptions.CodeList] = []

    @Flag(help: "Also make fixes that may change what a value means: where another reading exists.")
    var unsafeFixes = false

    @Flag(help: "Show the first 50 changed rows before and after.")
    var diff = false

    @Flag(help: "Count the changes, write nothing.")
    var dryRun = false

    @Flag(help: "Show no value of any cell: --diff shows what the rows look like (Aa99-99).")
    var redact = false

    @OptionGroup(title: "Reading") var input: InputOptions

    func validate() throws {
        guard dryRun || to != nil else {
            throw ValidationError("Where should the copy go? Add --to FILE, or --dry-run to count the changes.")
        }
        guard !dryRun || to == nil else { throw ValidationError("--dry-run writes nothing: leave out --to.") }
        guard to != .standardStream else { throw ValidationError("The copy and the counts would both go to standard output. Name a file.") }
        _ = try codes
    }

    private var codes: [String] {
        get throws {
            try select.flatMap(\.texts).map { text in
                let code = FindingRules.code(text).code
                let kinds = FindingKind.all.filter { $0.code.hasPrefix(code) }
                guard !kinds.isEmpty else { throw ValidationError(Suggestion.unknownCode(text)) }
                let reasons = kinds.compactMap { if case .none(let reason) = $0.repair { reason } else { nil } }
                if reasons.count == kinds.count {
                    throw ValidationError("\(text) is not repaired: " + (reasons.count == 1 ? reasons[0] : "none of these findings is."))
                }
                return code
            }
        }
    }

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        let codes = try self.codes
        try terminal.perform { () throws(CommandFailure) in
            let options = try input.checkOptions()
            let inputs = [file] + input.readPaths(options)
            try terminal.refuseAsOutput(inputs)
            var choice = RepairChoice()
            choice.selected = codes.isEmpty ? nil : codes
            choice.allowsUnsafe = unsafeFixes
            choice.shownRows = diff ? 50 : 0
            let result = try repair(options, choice, inputs)
            terminal.print(text(result, options))
            return terminal.finish(.done)
        }
    }

    private func repair(_ options: CheckOptions, _ choice: RepairChoice, _ inputs: [FilePath]) throws(CommandFailure) -> RepairResult {
        let output: OutputFile?
        do throws(OutputFile.Refusal) {
            output = try to.map { path throws(OutputFile.Refusal) in try OutputFile(path: path, collision: .replace, inputs: inputs) }
        } catch {
            throw CommandFailure(error)
        }
        let opened: InputFile
        do throws(SourceError) {
            opened = try InputFile.open(path: file, spoolsStream: true)
        } catch {
            throw CommandFailure(error)
        }
        do throws(RepairFailure) {
            let compresses = to?.text.lowercased().hasSuffix(".gz") ?? false
            return try FileRepair.run(opened, options: options, choice: choice, output: output, compresses: compresses)
        } catch {
            switch error {
            case .source(let failure): throw CommandFailure(failure)
            case .output(let refusal): throw CommandFailure(refusal)
            case .temporary(let failure):
                throw CommandFailure(
                    .unable, "cannot write the temporary copy of \(file): \(failure.text). Set TMPDIR to a folder with room.")
            case .refused(let reason): throw CommandFailure(.unable, "\(file) is not repaired: \(reason)")
            }
        }
    }

    // MARK: Words

    private func isConverted(_ result: RepairResult) -> Bool { result.fixes.contains { ["PF101", "PF104", "PF105"].contains($0.code) } }

    private func text(_ result: RepairResult, _ options: CheckOptions) -> String {
        var lines: [String] = []
        if diff, !result.changes.isEmpty {
            lines += ["--- \(file)", "+++ \(to?.description ?? "fixed")"]
            for change in result.changes {
                lines.append("@@ row \(change.row), line \(change.line) @@")
                lines.append("-\(redact ? change.before.masked : change.before)")
                if let after = change.after { lines.append("+\(redact ? after.masked : after)") }
            }
            if result.changedRows > result.changes.count {
                lines.append("and \((result.changedRows - result.changes.count).counted("more changed row"))")
            }
            lines.append("")
        }
        let verb = dryRun ? "would be changed" : "changed"
        if result.fixes.isEmpty {
            lines.append("Nothing \(dryRun ? "would be" : "was") changed.")
        } else {
            let rows = "\(result.changedRows.counted("row")) of \(result.rows.before.grouped) \(verb)"
            lines.append(rows + (to.map { ", written to \($0)" } ?? "") + ":")
        }
        for fix in result.fixes { lines.append("  " + words(fix) + (fix.isSafe ? "" : " (unsafe)")) }
        for fix in result.held { lines.append("  left: " + words(fix) + " (unsafe; --unsafe-fixes)") }
        for error in result.untouched {
            let slug = FindingKind(argument: error.code)?.slug ?? ""
            let remedy = slug == "invalid-utf8" ? "; name the encoding with --encoding" : ""
            lines.append("  left: \(error.code) \(slug): \(error.count.counted("error"))\(remedy)")
        }
        if result.leftValues > 0 {
            lines.append(
                "\(result.leftValues.counted("value")) left that \(result.leftValues == 1 ? "fails or may fail" : "fail or may fail").")
        }
        if result.rows.before != result.rows.after {
            lines.append("\(result.rows.before.grouped) rows became \(result.rows.after.grouped).")
        }
        if let encoding = isConverted(result) ? options.profile?.dialect.encoding : nil, encoding != .utf8 {
            lines.append("The copy is UTF-8, and the profile says \(encoding.name): change its encoding, or check with --encoding utf-8.")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func words(_ fix: RepairResult.Fix) -> String {
        let kind = FindingKind(argument: fix.code)
        let count = fix.count.counted(fix.noun)
        let rows = fix.rows > 0 && fix.noun != "row" ? " in \(fix.rows.counted("row"))" : ""
        return "\(fix.code) \(kind?.slug ?? ""): \(count)\(rows)"
    }
}
