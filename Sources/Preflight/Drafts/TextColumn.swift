import ImportProfiles
import SafeText
import ValueFormats

/// Decides what a column of texts is: the items of a dimension, true and false in some language, or text.
struct TextColumn {
    private let judge: ColumnJudge
    private var column: FeedColumn { judge.column }

    /// The least that each item of a dimension comes again, on average.
    private static let surelyRepeated = 4
    private static let perhapsRepeated = 2
    private static let longestItem = 80
    /// Rows from which on a single value is a code that happens to be the same, and not a text.
    private static let fewestOfOne = 20
    private static let mostBooleans = 8

    init(_ judge: ColumnJudge) { self.judge = judge }

    private func profile(_ type: ColumnType) -> ColumnProfile { ColumnProfile(name: column.name, type: type) }

    var decision: ColumnDecision {
        if let booleans { return booleans }
        if let zeros { return zeros }
        let isCode = looksLikeCodes
        guard let values = column.dataValues, !values.isEmpty, !judge.hint.saysText,
            values.allSatisfy({ $0.text.count <= Self.longestItem })
        else { return text(isCode: isCode) }
        let rowCount = values.reduce(0) { $0 + $1.count }
        if rowCount >= Self.surelyRepeated * values.count, values.count > 1 || rowCount >= Self.fewestOfOne { return dimension(values) }
        if rowCount >= Self.perhapsRepeated * values.count, values.count > 1 {
            if isCode || judge.hint.saysCode { return dimension(values) }
            var asked = judge.ask(
                "items of a dimension, or text?", [ColumnReading(profile(.dimension), "items"), ColumnReading(profile(.text), "text")],
                [evidence])
            asked.items = values.map(\.text)
            return asked
        }
        return text(isCode: isCode)
    }

    private func dimension(_ values: [ColumnValues.Value]) -> ColumnDecision {
        var decision = judge.decide(profile(.dimension), notes: [judge.valueCounts("items") + "; " + judge.different])
        // A word for no value may be an item.
        decision.items = column.ownValues?.map(\.text) ?? []
        return decision
    }

    private func text(isCode: Bool) -> ColumnDecision {
        judge.decide(profile(.text), notes: [evidence])
    }

    /// `text: 500 like "FR03", 3 empty; more than 1,024 different; 480 AA99`
    private var evidence: String {
        var line = judge.evidence(nil, label: "text")
        let looks = judge.masks.prefix(2).filter { 20 * $0.count >= column.valueCount }
        if looksLikeCodes, !looks.isEmpty { line += "; " + looks.map { "\($0.count.grouped) \($0.text)" }.joined(separator: ", ") }
        return line
    }

    /// Whether nearly all values have few looks, without spaces and with a digit or capitals only.
    private var looksLikeCodes: Bool {
        let first = judge.masks.prefix(3)
        guard first.reduce(0, { $0 + $1.count }) * 10 >= column.valueCount * 9 else { return false }
        return first.allSatisfy { mask in
            !mask.text.contains(" ") && (mask.text.contains("9") || !mask.text.contains("a")) && mask.text.count <= 24
        }
    }

    /// Digits of which more than a few begin with 0: codes.
    private var zeros: ColumnDecision? {
        let numbers = column.parts.filter { !$0.formats.isDisjoint(with: .numbers) }
        guard numbers.reduce(0, { $0 + $1.count }) == column.valueCount, numbers.contains(where: { $0.formats.contains(.leadingZeros) })
        else {
            return nil
        }
        let count = column.count { $0.contains(.leadingZeros) }
        let note = judge.evidence(nil, label: "digits") + "; \(count.grouped) begin\(count == 1 ? "s" : "") with 0, which a number loses"
        if let values = column.dataValues, column.valueCount >= Self.perhapsRepeated * values.count {
            var decision = judge.decide(profile(.dimension), notes: [note])
            decision.items = values.map(\.text)
            return decision
        }
        return judge.decide(profile(.text), notes: [note])
    }

    /// Words that all mean true or false.
    private var booleans: ColumnDecision? {
        guard let values = column.dataValues, (1...Self.mostBooleans).contains(values.count), column.valueCount >= 2 else { return nil }
        var format = BooleanFormat()
        var shortest = Int.max
        for value in values {
            guard let meaning = BooleanWords.meaning(text: value.text) else { return nil }
            let word = String(decoding: value.text, as: UTF8.self)
            shortest = min(shortest, word.count)
            if meaning, word != "TRUE" { format.trueSpellings.append(word) }
            if !meaning, word != "FALSE" { format.falseSpellings.append(word) }
        }
        let hasBoth = !format.trueSpellings.isEmpty && !format.falseSpellings.isEmpty
        let note = judge.valueCounts("true or false")
        var boolean = profile(.boolean)
        boolean.boolean = format
        // Whole words; Chinese has one character for each.
        let areWords = shortest > 1 || values.allSatisfy { $0.text.count > 2 }
        if hasBoth, areWords { return judge.decide(boolean, notes: [note]) }
        guard hasBoth || judge.hint.saysFlag || column.emptyCount > 0 else { return nil }
        let words = [("true", format.trueSpellings), ("false", format.falseSpellings)].filter { !$0.1.isEmpty }.map { meaning, spellings in
            "\(meaning) \(spellings.map(YAMLText.shown).joined(separator: ", "))"
        }.joined(separator: ", ")
        var asked = judge.ask(
            "true and false, or items of a dimension?",
            [ColumnReading(boolean, words), ColumnReading(profile(.dimension), "items")], [note])
        asked.items = values.map(\.text)
        return asked
    }
}
