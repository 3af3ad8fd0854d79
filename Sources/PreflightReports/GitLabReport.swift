import ImportProfiles
import Preflight
import SafeText

/// GitLab's Code Quality report: an array of issues, one for each finding, at its first place.
enum GitLabReport {
    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        let issues: [JSONValue] =
            switch result {
            case .judged(let file): zip(file.report.findings, ReportWords.fingerprints(file.report)).map { issue($0, $1, file.report) }
            case .unreadable(let path, let message, _):
                [
                    issue(
                        message, check: "unreadable-file", fingerprint: ReportWords.fingerprint([path, "unreadable-file"]),
                        severity: "blocker", path: path, line: 1)
                ]
            }
        var text = ""
        for issue in issues {
            text += (progress.isFirst ? "\n  " : ",\n  ") + issue.text(isPretty: true, indentation: 2)
            progress.isFirst = false
        }
        return text
    }

    private static func issue(_ finding: Finding, _ fingerprint: String, _ report: Report) -> JSONValue {
        let severity =
            switch finding.severity {
            case .error: "critical"
            case .warning: "minor"
            case .note: "info"
            }
        return issue(
            "\(finding.code) \(ReportWords.statement(finding, report))", check: "\(finding.code) \(finding.kind.slug)",
            fingerprint: fingerprint,
            severity: severity, path: report.input.path, line: finding.examples.first?.place.line ?? 1)
    }

    private static func issue(
        _ description: String, check: String, fingerprint: String, severity: String, path: String, line: Int
    ) -> JSONValue {
        .members([
            "description": .string(description), "check_name": .string(check), "fingerprint": .string(fingerprint),
            "severity": .string(severity),
            "location": .members(["path": .string(path == "-" ? "stdin" : path), "lines": .members(["begin": .int(line)])]),
        ])
    }
}

extension ReportFormat {
    /// GitLab's Code Quality report.
    package static let gitlab = ReportFormat(
        name: "gitlab", summary: "GitLab Code Quality (`artifacts: reports: codequality:`): one issue for each finding.",
        beginning: "[", end: "\n]\n", entry: GitLabReport.entry)
}
