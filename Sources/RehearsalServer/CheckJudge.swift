import ByteSources
import ByteSpans
package import ImportProfiles
package import Preflight

/// The judge that reads the body with the engine of the check, under the rules of an importer.
///
/// It proves the transport and the flow: Pigment's own parsing is not known to it.
package final class CheckJudge: RehearsalJudge {
    private var run: CheckRun?
    private let count: SkipCount

    /// - Parameters:
    ///   - options: How the body is read.
    ///   - importer: How the importer really reads values, and reports what it skips. Without one it has the settings of the profile, reads
    ///     what may fail, and counts cells.
    package init(options: CheckOptions, importer: ImporterRules? = nil) {
        var options = options
        let rules = importer ?? options.profile.map { ImporterRules($0) }
        if let rules {
            options.profile = rules.profile
            options.samples = rules.samples
        }
        count = rules?.count ?? .cells
        run = CheckRun(options: options)
    }

    package func feed(_ bytes: Span<UInt8>) {
        run?.feed(bytes)
    }

    package func finish() -> RehearsalResult {
        guard let report = run.take()?.finish(path: "body") else { return RehearsalResult() }
        return RehearsalResult(report, count: count)
    }
}

extension RehearsalResult {
    /// What an importer does with a file whose values it judges so.
    ///
    /// - Parameters:
    ///   - report: under a profile without open doubts; of others the sure failures are skipped.
    ///   - count: what the counts count. Of cells that are replaced and drop no row, each counts.
    package init(_ report: Report, count: SkipCount) {
        let skips = report.prediction.columns.compactMap { column -> Skip? in
            let dropsRow = column.reason != .missingItemUsesDefault
            let number = count == .rows && dropsRow ? column.firstInRow : column.cells.min
            if number == 0 { return nil }
            return Skip(
                reason: column.reason, columnName: column.column.name.isEmpty ? nil : column.column.name.text, count: number,
                samples: column.sampleBytes.map { String(decoding: $0, as: UTF8.self) })
        }
        let skipped = report.prediction.skippedRows.min
        self.init(insertedCount: report.totals.rows - skipped, skippedCount: skipped, skipped: skips)
    }
}
