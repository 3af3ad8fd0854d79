import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Compares the settings of the profile with others: which would leave fewer failures, and which values can be read differently.
struct SettingsCheck: Check {
    static let kinds: [FindingKind] = [.numberReadsTwoWays, .dateReadsTwoWays]

    private let defaults: ColumnDefaults
    private var shapes: ColumnShapes

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.rules != nil else { return nil }
        defaults = layout.defaults
        shapes = ColumnShapes(layout: layout, plan: plan)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        shapes.add(batch, judgement)
    }

    mutating func merge(_ later: SettingsCheck, at joint: Joint) {
        shapes.merge(later.shapes, at: joint)
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        prediction.advice = shapes.advice(defaults: defaults)
        if shapes.layout.keepsMasks { prediction.masks = ColumnMasks.all(of: shapes) }
        for (column, counted) in zip(shapes.plan.columns, shapes.columns) where counted.ways.both > 0 {
            noteTwoWays(column, counted.ways, log: &log)
        }
    }

    private func noteTwoWays(_ column: ColumnPlan.Column, _ ways: ColumnShapes.Ways, log: inout FindingLog) {
        guard let reading = column.settings.reading, let code = column.settings.profile.type.kind.codes?.readsTwoWays,
            let kind = FindingKind(code: code)
        else { return }
        // If the other values confirm the profile, there is nothing to do.
        let isDecided = ways.own > 0 && ways.other == 0
        let number = column.number
        let group = log.group(kind, column: number, severity: isDecided ? .note : nil, predicts: nil)
        log.note(collected: ways.both, first: ways.examples, in: group)
        log.addRemark("\(reading.words.own), or \(reading.words.other)", to: group, column: number)
        log.addRemark(decision(ways, reading), to: group, column: number)
    }

    /// Whether other values of the column show which reading is right.
    private func decision(_ ways: ColumnShapes.Ways, _ reading: AlternativeFormat) -> String {
        let own = "\(ways.own.counted("other value")) can only be \(reading.words.own)"
        let value = ways.otherValue.map { VisibleText(utf8: $0.span).text } ?? ""
        let other = "\(ways.other.counted("other value")) such as \"\(value)\" can only be \(reading.words.other)"
        switch (ways.own > 0, ways.other > 0) {
        case (false, false): return "no other value in the column decides"
        case (true, false): return own
        case (false, true): return other
        case (true, true): return own + ", but " + other
        }
    }
}

extension SettingsCheck {
    mutating func code(_ coder: inout StateCoder) { coder(&shapes) }
}

extension FindingKind {
    static let numberReadsTwoWays = FindingKind(
        code: "PF601", slug: "number-reads-two-ways", severity: .warning, about: .values,
        title: "Ambiguous number: the separator may mark decimals or thousands",
        why: """
            1,234 is more than a thousand if the comma groups digits, and a little over one if it marks decimals. If the import \
            configuration is set the other way, the wrong number is loaded silently (assumed).
            """,
        help: "Compare the separators with the import configuration, and write decimals so that no number has exactly three.",
        message: { "\($0.counted("number", "is ambiguous", "are ambiguous"))\($0.reasons)" })

    static let dateReadsTwoWays = FindingKind(
        code: "PF602", slug: "date-reads-two-ways", severity: .warning, about: .values,
        title: "Ambiguous date: day and month can be swapped",
        why: """
            03/04/2026 is in April or in March. If the import configuration has the other order, the wrong day is loaded silently \
            (assumed).
            """,
        help: "Compare the order with the import configuration, or export ISO dates (yyyy-MM-dd), which are unambiguous.",
        message: { "\($0.counted("date", "is ambiguous", "are ambiguous"))\($0.reasons)" })
}
