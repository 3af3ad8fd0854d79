import ImportProfiles
import Preflight
import SafeText

/// What a run says in one line of JSON, for a script that reads nothing else: `--summary-json`.
package struct SummaryLine: Sendable {
    private var passed = 0
    private var blocked = 0
    private var unreadable = 0
    private var rows = 0
    private var errors = 0
    private var warnings = 0
    private var notes = 0
    private var skipped = Bounds(min: 0, max: 0)
    /// What became of the only file of a push.
    private var sending: [JSONValue.Member] = []

    package init() {}

    /// Counts what is known of a file.
    package mutating func add(_ result: FileResult) {
        guard case .judged(let file) = result else {
            unreadable += 1
            return
        }
        if file.refusals.isEmpty { passed += 1 } else { blocked += 1 }
        let report = file.report
        rows += report.totals.rows
        errors += report.totals.errors
        warnings += report.totals.warnings
        notes += report.totals.notes
        let more = report.prediction.skippedRows
        skipped = Bounds(min: skipped.min + more.min, max: skipped.max + more.max)
        sending = [("push", file.push), ("outcome", file.outcome), ("reconciliation", file.reconciliation)].compactMap { key, value in
            value.map { .init(key, $0) }
        }
    }

    /// The line, with its line end.
    package func text(exit: ExitSummary) -> String {
        let files = RunTotals(passed: passed, blocked: blocked, unreadable: unreadable, exit: exit)
        var members = JSONReport.heading
        members += [
            .init("summary", files.json),
            .init("totals", .members(["rows": .int(rows), "errors": .int(errors), "warnings": .int(warnings), "notes": .int(notes)])),
            .init("skippedRows", .members(["min": .int(skipped.min), "max": .int(skipped.max)])),
        ]
        members += sending
        if let retry = exit.retry { members.append(.init("retry", .string(retry.rawValue))) }
        members.append(.init("exit", JSONReport.exit(exit)))
        return JSONValue.object(members).text(isPretty: false) + "\n"
    }
}
