import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension HumanReport {
    /// Reasons in the first line; further ones are counted.
    private static let shownReasons = 3

    /// The gate's answer: `X orders.csv  blocked: …` or `✓ orders.csv  passed: …`.
    func verdictLines(_ report: Report, refusals: [GateRefusal], policy: GatePolicy) -> [String] {
        let (mark, ink) = refusals.isEmpty ? ("✓", TextStyle.Ink.good) : ("X", .error)
        let name = report.input.path == "-" ? "standard input" : report.input.path
        let answer = refusals.isEmpty ? "passed: " + passText(report, policy: policy) : "blocked: " + reasons(report, refusals)
        let heading = style.paint(mark, ink) + " " + style.paint(name, .strong)
        let lead = 2 + TerminalWidth.columns(of: name) + 2
        let text = WrappedText(answer)
        let beside = text.lines(first: style.width - lead, room: proseWidth - Self.hanging)
        if lead <= 24 || (beside.count == 1 && lead + TerminalWidth.columns(of: answer) <= style.width) {
            return [heading + "  " + beside[0]] + beside.dropFirst().map { Self.spaces(Self.hanging) + $0 }
        }
        // After a long name the answer gets a line of its own.
        return [heading] + paragraph("", ink: .quiet, indent: 2, text)
    }

    private func reasons(_ report: Report, _ refusals: [GateRefusal]) -> String {
        let merged = GateRefusal.merged(refusals)
        var reasons = merged.prefix(shown(Self.shownReasons)).map { $0.message(ofRows: report.totals.rows) }
        let more = merged.count - reasons.count
        if more > 0 { reasons.append(more.counted("more reason")) }
        return reasons.joined(separator: "; ")
    }

    private func passText(_ report: Report, policy: GatePolicy) -> String {
        let totals = report.totals
        var parts = [totals.rows.counted("row")]
        let skipped = report.prediction.skippedRows
        if report.prediction.basis == .profile, skipped.max > 0 {
            let allowed = policy.maxSkipped.allowedRows(of: totals.rows)
            parts.append(
                "\(ReportWords.bounds(skipped)) would be skipped, \(allowed.grouped) allowed"
                    + (policy.countsUncertain ? "" : " (doubtful values not counted)"))
        }
        if totals.errors > 0 { parts.append(totals.errors.counted("error")) }
        if totals.warnings > 0 { parts.append(totals.warnings.counted("warning")) }
        return parts.joined(separator: ", ")
    }

    /// The next commands, ready to paste: the page of the first finding, the rows that have it, and how to accept predicted skips.
    func nextLines(_ report: Report, refusals: [GateRefusal], policy: GatePolicy) -> [String] {
        guard !refusals.isEmpty else {
            guard report.prediction.basis == .inferred, let infer = commands?.inferProfile, report.totals.rows > 0 else { return [] }
            return [step("Next:", infer)]
        }
        var lines: [String] = []
        if let code = Self.codeToExplain(report, refusals) {
            lines.append(step("Next:", ShellCommand.preflight("explain", .init(code.code))))
            if let commands, code.hasRows { lines.append(step("Rows:", commands.locate(code.code))) }
        } else if refusals.contains(.incomplete) {
            lines.append("  Next: export or copy the file again, then check it again")
        }
        for case .predictedSkips(let rows, let allowed, let isUpperBound) in refusals where refusals.count == 1 {
            let most = isUpperBound ? rows.max : rows.min
            let accept: [ShellCommand.Word] =
                isUpperBound && rows.min <= allowed ? ["--allow-uncertain"] : ["--max-skipped", .init(String(most))]
            let command = commands.map { $0.check().adding(accept) } ?? ShellCommand(accept)
            lines.append(step("Accept:", command))
        }
        return lines
    }

    private func step(_ label: String, _ command: ShellCommand) -> String {
        "  " + style.paint(label, .strong) + " \(command)"
    }

    /// The code to look up first: the first blocking finding, else the finding with most of the predicted skips.
    static func codeToExplain(_ report: Report, _ refusals: [GateRefusal]) -> (code: String, hasRows: Bool)? {
        for case .finding(let kind, _) in refusals {
            let examples = report.findings.filter { $0.kind == kind }.flatMap(\.examples)
            return (kind.code, kind.showsPlaces && examples.contains { ($0.place.row ?? 0) > 0 })
        }
        guard refusals.contains(where: { if case .predictedSkips = $0 { true } else { false } }) else { return nil }
        return report.findings.filter { $0.predicts != nil }.max { $0.count < $1.count }.map { ($0.code, true) }
    }
}
