import ByteSources
import ImportProfiles
package import Preflight

/// The judge that reads the body with the engine of the check, under a profile.
///
/// What surely fails is reported as skipped; what may fail is read. It proves the transport and the flow: Pigment's own parsing is
/// not known to it.
package final class CheckJudge: RehearsalJudge {
    private var run: CheckRun?

    package init(options: CheckOptions) {
        run = CheckRun(options: options)
    }

    package func feed(_ bytes: UnsafeRawBufferPointer) {
        run?.feed(bytes)
    }

    package func finish() -> RehearsalResult {
        guard let report = run.take()?.finish(path: "body") else { return RehearsalResult() }
        let prediction = report.prediction
        let skips = prediction.columns.filter { $0.cells.min > 0 }.map { column in
            RehearsalResult.Skip(
                reason: column.reason, columnName: column.column.name.isEmpty ? nil : column.column.name.text, count: column.cells.min,
                samples: column.samples)
        }
        let skipped = prediction.skippedRows.min
        return RehearsalResult(insertedCount: report.totals.rows - skipped, skippedCount: skipped, skipped: skips)
    }
}
