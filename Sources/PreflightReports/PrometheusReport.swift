import ImportProfiles
import Preflight
import SafeText

/// Metrics in the text format of Prometheus, for the textfile collector of its node exporter. All samples of a metric are one group, so nothing is
/// written before the last file is known; of each file a few numbers are kept.
enum PrometheusReport {
    /// A metric, in the order of the text.
    enum Metric: String, CaseIterable {
        case passed
        case exitStatus = "exit_status"
        case rows
        case bytes
        case findings
        case skippedRows = "predicted_skipped_rows"
        case imported = "import_rows"

        var help: String {
            switch self {
            case .passed: "Whether the file passes the gate."
            case .exitStatus: "Exit status of the run for this file."
            case .rows: "Data rows of the file."
            case .bytes: "Bytes of the file as stored."
            case .findings: "Findings by severity: occurrences of errors, and the numbers of warnings and notes."
            case .skippedRows: "Rows that the import is predicted to skip, as bounds."
            case .imported: "Rows that the import reports, by what became of them."
            }
        }
    }

    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        progress.isFirst = false
        switch result {
        case .judged(let file): add(file, &progress)
        case .unreadable(let path, _, let exit):
            add(.passed, 0, path, &progress)
            add(.exitStatus, exit.status, path, &progress)
        }
        return ""
    }

    private static func add(_ file: FileReport, _ progress: inout ReportStream.Progress) {
        let (report, path) = (file.report, file.report.input.path)
        add(.passed, file.refusals.isEmpty ? 1 : 0, path, &progress)
        add(.exitStatus, file.exit.status, path, &progress)
        add(.rows, report.totals.rows, path, &progress)
        add(.bytes, report.input.bytes, path, &progress)
        for (severity, count) in [("error", report.totals.errors), ("warning", report.totals.warnings), ("note", report.totals.notes)] {
            add(.findings, count, path, label: ("severity", severity), &progress)
        }
        let skipped = report.prediction.skippedRows
        for (bound, count) in [("min", skipped.min), ("max", skipped.max)] {
            add(.skippedRows, count, path, label: ("bound", bound), &progress)
        }
        for what in ["inserted", "updated", "deleted", "skipped"] {
            if case .int(let count)? = file.outcome?["counts"]?[what] { add(.imported, count, path, label: ("what", what), &progress) }
        }
    }

    private static func add(
        _ metric: Metric, _ value: Int, _ path: String, label: (name: String, value: String)? = nil,
        _ progress: inout ReportStream.Progress
    ) {
        let more = label.map { ",\($0.name)=\"\($0.value)\"" } ?? ""
        progress.groups[metric.rawValue, default: []].append(
            "preflight_\(metric.rawValue){file=\"\(escaped(ReportWords.name(path)))\"\(more)} \(value)\n")
    }

    /// The whole text.
    static func end(_ progress: ReportStream.Progress) -> String {
        Metric.allCases.map { metric in
            guard let samples = progress.groups[metric.rawValue] else { return "" }
            let name = "preflight_\(metric.rawValue)"
            return "# HELP \(name) \(metric.help)\n# TYPE \(name) gauge\n" + samples.joined()
        }.joined()
    }

    /// The value of a label: only these three characters are special in it.
    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }.joined()
    }
}

extension ReportFormat {
    /// Metrics for the textfile collector of Prometheus.
    package static let prometheus = ReportFormat(
        name: "prometheus", summary: "Metrics for the textfile collector of Prometheus' node exporter; the file is replaced as a whole.",
        closing: PrometheusReport.end, entry: PrometheusReport.entry)
}
