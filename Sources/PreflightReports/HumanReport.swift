package import ImportProfiles
package import Preflight
package import SafeText

/// The report for people: the verdict, what the file is, a table of its findings, what to do next, then one block for each kind of finding.
///
/// Counts are grouped (`336,777`); line and row numbers are not, so that they can be pasted into a command. Text from the file is in quotes,
/// after a bar, or on a line that is indented further than any line of the report, so that no cell can imitate one.
package struct HumanReport: Sendable {
    package var style: TextStyle
    /// Whether to show everything: all examples with byte offsets, why each finding matters, the predicted skips of each column.
    package var showsAll: Bool
    /// The commands to suggest; `nil` for standard input, which no command can read again.
    package var commands: SuggestedCommands?

    package init(style: TextStyle, showsAll: Bool = false, commands: SuggestedCommands? = nil) {
        self.style = style
        self.showsAll = showsAll
        self.commands = commands
    }

    /// How many elements of a list are shown.
    func shown(_ usual: Int) -> Int {
        showsAll ? .max : usual
    }

    /// The whole text; every line has its line end.
    ///
    /// - Parameters:
    ///   - report: The report to print.
    ///   - refusals: The gate's answer under `policy`; empty if the file passes.
    ///   - policy: The policy of the gate.
    ///   - split: Where the rows went; `nil` if none were written.
    package func text(for report: Report, refusals: [GateRefusal], policy: GatePolicy, split: SplitSummary? = nil) -> String {
        let groups = FindingGroup.groups(of: report.findings)
        var lines = verdictLines(report, refusals: refusals, policy: policy)
        let hasCount = refusals.isEmpty || refusals.contains { if case .predictedSkips = $0 { true } else { false } }
        lines += factLines(report, showsRows: !hasCount)
        let table = summaryLines(groups, report)
        if !table.isEmpty { lines += [""] + table }
        if !report.ignored.isEmpty { lines += [""] + ignoredLines(report.ignored) }
        let next = nextLines(report, refusals: refusals, policy: policy) + basisLines(report)
        if !next.isEmpty { lines += [""] + next }
        if let split { lines += [""] + paragraph("Split:", ink: .strong, indent: 2, WrappedText(split.words)) }
        var advice = report.prediction.advice
        for group in groups { lines += [""] + blockLines(group, report, advice: &advice) }
        for rest in advice where showsAll || !rest.saysNothing { lines += [""] + adviceLines(rest, in: nil) }
        if !showsAll { lines += silentLines(advice.filter(\.saysNothing)) }
        if showsAll {
            let prediction = predictionLines(report)
            if !prediction.isEmpty { lines += [""] + prediction }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension HumanReport {
    /// What the rules leave out, in one line.
    private func ignoredLines(_ ignored: [IgnoredFindings]) -> [String] {
        var counts: [(code: String, count: Int)] = []
        for findings in ignored {
            if counts.last?.code != findings.kind.code { counts.append((findings.kind.code, 0)) }
            counts[counts.count - 1].count += findings.count
        }
        let texts = counts.map { "\($0.code) (\($0.count.grouped))" }
        return paragraph("Ignored:", ink: .quiet, indent: 2, WrappedText(texts.joined(separator: ", ")))
    }
}

extension ReportFormat {
    /// The report for people. For several files, a line each, then the reports of the blocked ones, then the totals.
    public static let human = ReportFormat(
        name: "human", summary: "The report that <doc:ReadingAReport> explains.", outcome: .sentences,
        importText: { result in (result.lines + [result.closing]).map { $0 + "\n" }.joined() },
        entry: { result, _ in
            switch result {
            case .judged(let file): file.human.verdictLines(file).map { $0 + "\n" }.joined()
            case .unreadable(_, let message, _): "! \(message)\n"
            }
        },
        end: { totals in
            let details = totals.details.map {
                "\n" + $0.human.text(for: $0.report, refusals: $0.refusals, policy: $0.policy, split: $0.split)
            }
            let more = totals.blocked - totals.details.count
            let rest = more > 0 ? "\n\(more.counted("more blocked file")): check them one by one to see their findings\n" : ""
            return details.joined() + rest + "\n\(totals.words)\n"
        }
    ) { result in
        guard case .judged(let file) = result else { return "" }
        return file.human.text(for: file.report, refusals: file.refusals, policy: file.policy, split: file.split)
    }
}

extension FileReport {
    fileprivate var human: HumanReport { HumanReport(style: style, showsAll: showsAll, commands: commands) }
}

extension HumanReport {
    fileprivate func verdictLines(_ file: FileReport) -> [String] {
        verdictLines(file.report, refusals: file.refusals, policy: file.policy)
    }
}
