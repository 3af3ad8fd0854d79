import ImportProfiles
import Preflight
import SafeText

/// The XML that Jenkins, GitLab and most other CI services read as test results: one suite for each file.
///
/// The first case is the gate. Each finding is a case, which fails if the gate stays closed because of it: a finding that the policy accepts passes, as
/// the gate does.
enum JUnitReport {
    static let beginning = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"preflight\">\n"
    static let end = "</testsuites>\n"

    private struct Case {
        var name: String
        var failure: (message: String, type: String)?
        var text: String
    }

    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        progress.isFirst = false
        switch result {
        case .judged(let file): return suite(file.report.input.path, cases: cases(file), errors: "")
        case .unreadable(let path, let message, _):
            let error =
                "    <testcase classname=\"\(attribute(ReportWords.name(path)))\" name=\"reading\">\n"
                + "      <error message=\"\(attribute(message))\" type=\"unreadable-file\"/>\n    </testcase>\n"
            return suite(path, cases: [], errors: error)
        }
    }

    /// One suite with one case: the import.
    static func importText(_ result: ImportResult) -> String {
        var item = Case(name: "import", text: result.lines.joined(separator: "\n"))
        if !result.isGood { item.failure = (result.closing, "exit-status-\(result.exit.status)") }
        return beginning + suite("import \(result.name)", cases: [item], errors: "") + end
    }

    private static func suite(_ path: String, cases: [Case], errors: String) -> String {
        let name = attribute(ReportWords.name(path))
        let failures = cases.count { $0.failure != nil }
        let count = cases.count + (errors.isEmpty ? 0 : 1)
        let head =
            "  <testsuite name=\"\(name)\" tests=\"\(count)\" failures=\"\(failures)\" errors=\"\(errors.isEmpty ? 0 : 1)\" skipped=\"0\">\n"
        return head + cases.map { element($0, suite: name) }.joined() + errors + "  </testsuite>\n"
    }

    private static func element(_ item: Case, suite: String) -> String {
        var text = "    <testcase classname=\"\(suite)\" name=\"\(attribute(item.name))\""
        guard item.failure != nil || !item.text.isEmpty else { return text + "/>\n" }
        text += ">\n"
        if let failure = item.failure {
            text +=
                "      <failure message=\"\(attribute(failure.message))\" type=\"\(attribute(failure.type))\">\(content(item.text))</failure>\n"
        } else {
            text += "      <system-out>\(content(item.text))</system-out>\n"
        }
        return text + "    </testcase>\n"
    }

    private static func cases(_ file: FileReport) -> [Case] {
        let verdict = ReportWords.verdict(file.report, file.refusals)
        var gate = Case(name: "gate", text: file.exit.reason)
        if !file.refusals.isEmpty { gate.failure = (verdict, "gate") }
        return [gate] + file.report.findings.map { item($0, file) }
    }

    private static func item(_ finding: Finding, _ file: FileReport) -> Case {
        let statement = ReportWords.statement(finding, file.report)
        var lines = [statement + ".", finding.kind.why]
        if !finding.help.isEmpty { lines.append("What to do: \(finding.help)") }
        if finding.kind.showsPlaces { lines += finding.examples.map(ReportWords.example) }
        let more = ReportWords.more(finding)
        if more > 0 { lines.append("and \(more.grouped) more") }
        let column = finding.column.map { " in " + ReportWords.column($0) } ?? ""
        var item = Case(name: "\(finding.code) \(finding.kind.slug)\(column)", text: lines.joined(separator: "\n"))
        if blocks(finding, file.refusals) { item.failure = (statement, finding.code) }
        return item
    }

    private static func blocks(_ finding: Finding, _ refusals: [GateRefusal]) -> Bool {
        refusals.contains { refusal in
            switch refusal {
            case .finding(let kind, _): kind == finding.kind && finding.predicts == nil
            case .predictedSkips(_, _, let isUpperBound): finding.predicts != nil && (isUpperBound || finding.severity == .error)
            case .incomplete: false
            }
        }
    }

    private static func attribute(_ text: String) -> String {
        text.unicodeScalars.map { $0 == "\n" || $0 == "\t" || $0 == "\r" ? "&#\($0.value);" : escaped($0) }.joined()
    }

    private static func content(_ text: String) -> String { text.unicodeScalars.map(escaped).joined() }

    /// Characters that XML 1.0 does not allow are written out.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        case 0x22: "&quot;"
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: String(scalar)
        default: "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
}

extension ReportFormat {
    /// Test results of CI services.
    package static let junit = ReportFormat(
        name: "junit", summary: "JUnit XML: a suite for each file, with a case for the gate and one for each finding.",
        importText: JUnitReport.importText, beginning: JUnitReport.beginning, end: JUnitReport.end, entry: JUnitReport.entry)
}
