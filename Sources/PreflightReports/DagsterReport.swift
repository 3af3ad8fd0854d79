import ImportProfiles
import Preflight
import SafeText

/// Messages of Dagster Pipes, protocol 0.1, one a line: a result for each of a fixed set of asset checks, as Dagster wants them declared beforehand.
///
/// The key of the asset is the name of the file up to its first dot, with what a key may not have replaced.
enum DagsterReport {
    /// The asset checks, in the order of the messages.
    private enum Check: String, CaseIterable {
        case gate
        /// Compression, encoding, quoting, row width, kind of table, header.
        case structure
        case values
        /// Keys and dimension items.
        case keys
        /// Control totals and drift.
        case totals

        /// Whether a finding belongs to it.
        func has(_ finding: Finding) -> Bool {
            let family = finding.code.dropFirst(2).first ?? "0"
            return switch self {
            case .gate: false
            case .structure: "0123".contains(family)
            case .values: family == "4" || family == "6"
            case .keys: family == "5"
            case .totals: family == "7"
            }
        }
    }

    /// Every channel opens and closes once, so a reader of several files gets one of each.
    static let beginning = line("opened", .members(["extras": .members([:])]))
    static let end = line("closed", .members([:]))

    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        progress.isFirst = false
        switch result {
        case .judged(let file): return Check.allCases.map { message($0, file) }.joined()
        case .unreadable(let path, let text, _):
            return message(.gate, path, passes: false, isWarning: false, [("reason", .string(text), "text")])
        }
    }

    private static func message(_ check: Check, _ file: FileReport) -> String {
        let report = file.report
        guard check != .gate else {
            let skipped = report.prediction.skippedRows
            return message(
                check, report.input.path, passes: file.refusals.isEmpty, isWarning: false,
                [
                    ("reason", .string(file.exit.reason), "text"), ("exit status", .int(file.exit.status), "int"),
                    ("rows", .int(report.totals.rows), "int"), ("errors", .int(report.totals.errors), "int"),
                    ("warnings", .int(report.totals.warnings), "int"), ("predicted skips", .string(ReportWords.bounds(skipped)), "text"),
                ])
        }
        let findings = report.findings.filter { $0.severity > .note && check.has($0) }
        let list = findings.prefix(20).map { "\($0.code): \(ReportWords.statement($0, report))" }
        let more = findings.count > 20 ? "\nand \((findings.count - 20).grouped) more" : ""
        return message(
            check, report.input.path, passes: findings.isEmpty, isWarning: !findings.contains { $0.severity == .error },
            [("findings", .int(findings.count), "int")]
                + (list.isEmpty ? [] : [("list", .string(list.joined(separator: "\n") + more), "text")]))
    }

    private static func message(
        _ check: Check, _ path: String, passes: Bool, isWarning: Bool, _ metadata: [(name: String, value: JSONValue, type: String)]
    ) -> String {
        let members = metadata.map { JSONValue.Member($0.name, .members(["raw_value": $0.value, "type": .string($0.type)])) }
        return line(
            "report_asset_check",
            .members([
                "asset_key": .string(assetKey(path)), "check_name": .string(check.rawValue), "passed": .bool(passes),
                "severity": .string(isWarning ? "WARN" : "ERROR"), "metadata": .object(members),
            ]))
    }

    private static func line(_ method: String, _ parameters: JSONValue) -> String {
        let message = JSONValue.members(["__dagster_pipes_version": .string("0.1"), "method": .string(method), "params": parameters])
        return message.text(isPretty: false) + "\n"
    }

    private static func assetKey(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        let stem = name.prefix { $0 != "." }
        let key = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" }
        return path == "-" ? "stdin" : key.isEmpty ? "file" : String(key)
    }
}

extension ReportFormat {
    /// Messages of Dagster Pipes.
    package static let dagster = ReportFormat(
        name: "dagster",
        summary:
            "Messages of Dagster Pipes: the asset checks `gate`, `structure`, `values`, `keys` and `totals` of the asset named like the file.",
        beginning: DagsterReport.beginning, end: DagsterReport.end, entry: DagsterReport.entry)
}
