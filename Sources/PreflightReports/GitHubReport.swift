import ImportProfiles
import Preflight
import SafeText

/// Workflow commands of GitHub Actions, which become annotations in a run's log and on its page.
///
/// GitHub shows ten annotations of a severity for each step: the tenth counts the findings that are left out.
enum GitHubReport {
    /// The annotations of one severity that GitHub shows for a step.
    static let mostAnnotations = 10

    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        progress.isFirst = false
        switch result {
        case .judged(let file): return text(file, &progress)
        case .unreadable(let path, let message, _):
            return admitted(.error, &progress) ? command("error", path: path, title: "unreadable file", message: message) : ""
        }
    }

    /// An annotation of an import that did not end well; what became of it in any case.
    static func importText(_ result: ImportResult) -> String {
        let title = "import \(result.name)"
        if result.isGood { return escaped("preflight: \(title): \(result.closing)") + "\n" }
        return command("error", path: "-", title: title, message: result.closing)
    }

    private static func text(_ file: FileReport, _ progress: inout ReportStream.Progress) -> String {
        let path = file.report.input.path
        var text = ""
        var omitted: [Severity: Int] = [:]
        for group in FindingGroup.groups(of: file.report.findings) {
            guard admitted(group.first.severity, &progress) else {
                omitted[group.first.severity, default: 0] += 1
                continue
            }
            text += annotation(group, file.report)
        }
        for severity in [Severity.error, .warning, .note] {
            guard let count = omitted[severity], progress.annotations[severity, default: 0] < mostAnnotations else { continue }
            progress.annotations[severity] = mostAnnotations
            let message = "\(count.counted("more finding")) of this severity: see the step's summary, or run preflight check."
            text += command(name(severity), path: path, title: "more findings", message: message)
        }
        let verdict = "preflight: \(ReportWords.name(path)): \(ReportWords.verdict(file.report, file.refusals))"
        return text + escaped(verdict) + "\n"
    }

    /// One place is left for the count of those that are left out.
    private static func admitted(_ severity: Severity, _ progress: inout ReportStream.Progress) -> Bool {
        guard progress.annotations[severity, default: 0] < mostAnnotations - 1 else { return false }
        progress.annotations[severity, default: 0] += 1
        return true
    }

    private static func annotation(_ group: FindingGroup, _ report: Report) -> String {
        let entry = group.entries[0]
        let finding = entry.finding
        let more = group.entries.dropFirst().reduce(entry.twins.count) { $0 + 1 + $1.twins.count }
        let columns = finding.column != nil && more > 0 ? " (and \(more.counted("more column")))" : ""
        let examples = finding.kind.showsPlaces ? finding.examples.prefix(3).map { "\n" + ReportWords.example($0) }.joined() : ""
        let help = finding.help.isEmpty ? "" : "\nWhat to do: \(finding.help)"
        return command(
            name(finding.severity), path: report.input.path, example: finding.examples.first, title: "\(finding.code) \(finding.kind.slug)",
            message: ReportWords.statement(finding, report) + columns + examples + help)
    }

    private static func name(_ severity: Severity) -> String { severity == .note ? "notice" : severity.rawValue }

    private static func command(
        _ name: String, path: String, example: Finding.Example? = nil, title: String, message: String
    ) -> String {
        var properties = path == "-" ? [] : ["file=\(property(path))"]
        if let example, path != "-" {
            properties.append("line=\(example.place.line)")
            if let column = example.excerpt?.characterColumn { properties.append("col=\(column)") }
        }
        properties.append("title=\(property(title))")
        return "::\(name) \(properties.joined(separator: ","))::\(escaped(message))\n"
    }

    /// What would end a command or begin another.
    private static func escaped(_ text: String) -> String {
        replaced(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
    }

    private static func property(_ text: String) -> String {
        replaced(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }

    private static func replaced(_ text: String, _ codes: [Unicode.Scalar: String]) -> String {
        text.unicodeScalars.map { codes[$0] ?? String($0) }.joined()
    }
}

extension ReportFormat {
    /// Annotations of GitHub Actions.
    package static let github = ReportFormat(
        name: "github",
        summary:
            "Annotations for GitHub Actions, one for each kind of finding; where `$GITHUB_STEP_SUMMARY` is set, the Markdown report is added to the summary of the step.",
        importText: GitHubReport.importText, entry: GitHubReport.entry)
}
