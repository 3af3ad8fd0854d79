import ByteSources
import CSVTokenizer
package import Preflight
package import SafeText

/// A measurement for people: the file, one line for each stage, and what a push would take.
package struct BenchText: Sendable {
    package var style: TextStyle

    package init(style: TextStyle) {
        self.style = style
    }

    /// The whole text; every line has its line end.
    ///
    /// - Parameters:
    ///   - report: The measurement.
    ///   - rates: Upload rates to estimate a push for.
    package func text(for report: BenchReport, rates: [TransferRate]) -> String {
        var lines = heading(report) + [""] + table(report) + [""] + legend(report) + doubts(report)
        let estimates = rates.compactMap(report.pushEstimate)
        if !estimates.isEmpty { lines += [""] + push(report, estimates) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func heading(_ report: BenchReport) -> [String] {
        let input = report.input
        let size =
            switch input.compression {
            case .none: "\(ByteCount(input.decompressedBytes))"
            case .gzip: "\(ByteCount(input.decompressedBytes)) (\(ByteCount(input.bytes)) as gzip)"
            }
        let facts = [
            size, report.totals.rows.counted("row"), report.totals.columns.counted("column"), report.totals.fields.counted("field"),
        ]
        return [
            style.paint(input.path == "-" ? "standard input" : input.path, .strong),
            "  " + facts.joined(separator: ", "),
            "  preflight \(ToolVersion.current), kernel \(report.kernel.rawValue), \(report.roundCount.counted("round")) after one to warm up",
        ]
    }

    private func table(_ report: BenchReport) -> [String] {
        var table = BenchTable(heading: [
            "stage", "min ms", "median ms", "max ms", "CPU ms", "MB/s", "rows/s", "ns/field", "x read", "peak so far",
        ])
        for stage in report.stages {
            let times = [stage.time.min, stage.time.median, stage.time.max, stage.processorTime]
            table.append(
                [stage.stage.title]
                    + times.map { Figures.text($0.inSeconds * 1_000) } + [
                        Figures.text(report.bytesPerSecond(stage).map { $0 / 1e6 }), Figures.text(report.rowsPerSecond(stage)),
                        Figures.text(report.nanosecondsPerField(stage)), Figures.text(report.timesRead(stage)),
                        "\(ByteCount(stage.peakByteCount))",
                    ])
        }
        let lines = table.lines
        return [style.paint(lines[0], .strong)] + lines.dropFirst()
    }

    /// Explains the table.
    private func legend(_ report: BenchReport) -> [String] {
        var lines = [
            "Each stage reads the file from its beginning and does what the stages above it do; rates are by the median.",
            "UTF-8 is checked in the same pass that finds rows and fields.",
        ]
        if report.input.compression == .gzip {
            lines.append("MB/s of the stage read counts compressed bytes, of all other stages decompressed bytes.")
        }
        if report.stages.contains(where: { if case .judgeWithDigest = $0.stage { true } else { false } }) {
            lines.append("The digest is computed only before a push, to prove that the bytes sent are those that were checked.")
        }
        return lines
    }

    /// Why the times may be wrong.
    private func doubts(_ report: BenchReport) -> [String] {
        guard let share = report.judgingProcessorShare, share < 0.8 else { return [] }
        let percent = Int((share * 100).rounded())
        return [
            style.paint("Doubtful: ", .warning)
                + "checking on one thread had a processor for only \(percent)% of the time. Other programs ran, or the disk was slow."
        ]
    }

    private func push(_ report: BenchReport, _ estimates: [PushEstimate]) -> [String] {
        let heading =
            "A push sends \(ByteCount(report.input.decompressedBytes)) after the check; the answer and the import take additional time:"
        var table = BenchTable(heading: ["  at", "check", "sending", "together", "bound by"])
        for estimate in estimates {
            let times = [estimate.check, estimate.sending, estimate.total].map { Figures.text($0) }
            table.append(["  \(estimate.rate)"] + times + [estimate.bound.rawValue])
        }
        return [heading] + table.lines
    }
}
