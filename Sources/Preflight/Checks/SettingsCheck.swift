import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Compares the profile's settings with others: which would leave fewer failures, and which values can be read another way.
struct SettingsCheck: Check {
    private let defaults: ColumnDefaults
    private var shapes: ColumnShapes

    init(layout: FileLayout, plan: ColumnPlan) {
        defaults = layout.defaults
        shapes = ColumnShapes(layout: layout, plan: plan)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        shapes.add(batch, judgement)
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        prediction.advice = shapes.advice(defaults: defaults)
        for (column, counted) in zip(shapes.plan.columns, shapes.columns) where counted.ways.both > 0 {
            noteTwoWays(column, counted.ways, log: &log)
        }
    }

    private func noteTwoWays(_ column: ColumnPlan.Column, _ ways: ColumnShapes.Ways, log: inout FindingLog) {
        guard let reading = column.settings.reading, let code = column.settings.profile.type.kind.codes?.readsTwoWays else { return }
        // Where the other values speak for the profile there is nothing to do.
        let isDecided = ways.own > 0 && ways.other == 0
        let number = column.number
        let group = log.group(code, column: number, severity: isDecided ? .note : nil, predicts: nil)
        log.note(collected: ways.both, first: ways.examples, in: group)
        log.addRemark("\(reading.words.own), or \(reading.words.other)", to: group, column: number)
        log.addRemark(decision(ways, reading), to: group, column: number)
    }

    /// Whether other values of the column say which way is meant.
    private func decision(_ ways: ColumnShapes.Ways, _ reading: AlternativeFormat) -> String {
        let own = "\(ways.own.counted("other value")) can only be \(reading.words.own)"
        let value = ways.otherValue.map { $0.withUnsafeBytes { VisibleText(utf8: $0).text } } ?? ""
        let other = "\(ways.other.counted("other value")) such as \"\(value)\" can only be \(reading.words.other)"
        switch (ways.own > 0, ways.other > 0) {
        case (false, false): return "no other value of the column decides"
        case (true, false): return own
        case (false, true): return other
        case (true, true): return own + ", but " + other
        }
    }
}
