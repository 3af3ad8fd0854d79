import CSVTokenizer
import ImportProfiles

/// One kind of question asked of every row. What there is to explain was found before, by ``RowJudge``: a check puts it into findings, batch
/// after batch in file order, and a batch without anything costs it a test.
///
/// A new check is a file with a conformance, a line in ``Checks/all(for:)``, its codes in the catalogue, and a folder of samples.
protocol Check {
    /// Explains what was found in the rows of one batch.
    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog)

    /// The file is at its end: what can only be said now.
    mutating func finish(log: inout FindingLog, prediction: inout Prediction)
}

/// The list of checks.
enum Checks {
    static func all(for layout: FileLayout, plan: ColumnPlan) -> [any Check] {
        let general: [any Check] = [
            BlankLineCheck(),
            WidthCheck(layout: layout),
            QuotingCheck(layout: layout),
            CharacterCheck(layout: layout),
            RowCheck(layout: layout),
        ]
        // At the end: it folds what the others found.
        let repeated: [any Check] = layout.repeatedColumns.isEmpty ? [] : [RepeatedColumnCheck(layout: layout)]
        if layout.rules == nil {
            let distinct: [any Check] = layout.countsDistinctValues ? [DistinctCheck(layout: layout)] : []
            return general + [InferenceCheck(layout: layout)] + distinct + [TotalsCheck(layout: layout)] + repeated
        }
        let keys: [any Check] = layout.keys.isEmpty ? [] : [KeyCheck(layout: layout)]
        return general + keys + [
            ValueCheck(layout: layout, plan: plan), SettingsCheck(layout: layout, plan: plan), SliceCheck(layout: layout, plan: plan),
            TotalsCheck(layout: layout),
        ] + repeated
    }
}
