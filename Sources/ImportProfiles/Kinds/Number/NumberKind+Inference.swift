import ValueFormats

/// How a column is taken for one of numbers.
extension NumberKind {
    static let holdsNumbers = true
    static let traits = FormatSet.affixes

    static let inferredFormats = [
        InferredFormat(
            .decimalPoint, "number (decimal .)", words: "decimal point",
            rivals: [(.groupedByPoint, "number (. for decimals or for thousands)")]),
        InferredFormat(
            .decimalComma, "number (decimal ,)", words: "decimal comma",
            rivals: [(.groupedByComma, "number (, for decimals or for thousands)")], apply: { $0.number.decimal = .comma }),
        InferredFormat(.groupedByComma, "number (group , decimal .)", apply: { $0.number.group = .comma }),
        InferredFormat(
            .groupedByPoint, "number (group . decimal ,)", apply: { ($0.number.decimal, $0.number.group) = (.comma, .point) }),
        InferredFormat(
            .groupedBySpaceDecimalComma, "number (group space, decimal ,)",
            rivals: [(.groupedBySpaceDecimalPoint, "number (group space)")],
            apply: { ($0.number.decimal, $0.number.group) = (.comma, .space) }),
        InferredFormat(.groupedBySpaceDecimalPoint, "number (group space, decimal .)", apply: { $0.number.group = .space }),
        InferredFormat(.groupedByApostrophe, "number (group ' decimal .)", apply: { $0.number.group = .apostrophe }),
    ]

    static func label(_ label: String, with traits: FormatSet) -> String {
        let words = affixWords(traits)
        return words.isEmpty ? label : label.replacing("number (", with: "number (\(words); ", maxReplacements: 1)
    }

    static func affixWords(_ traits: FormatSet) -> String {
        let words = [
            (FormatSet.percent, "percent"), (.currencyPrefix, "currency prefix"), (.currencySuffix, "currency suffix"),
        ]
        return words.filter { traits.contains($0.0) }.map(\.1).joined(separator: ", ")
    }

    static func draft(_ format: InferredFormat, from evidence: DraftEvidence, into column: inout ColumnProfile) -> Bool {
        format.apply(&column)
        if column.number.group == .space { column.number.group = space(in: evidence) }
        guard !evidence.traits.isEmpty, column.type == .number else { return true }
        // The percent sign, or the currency of the first values that have one.
        column.number.isPercent = evidence.traits.contains(.percent)
        let affixes = evidence.fitting.map { NumberAffixes(ArraySlice($0.utf8)) }
        if evidence.traits.contains(.currencyPrefix) { column.number.prefix = affixes.compactMap(\.prefixes.last).first }
        if evidence.traits.contains(.currencySuffix) { column.number.suffix = affixes.compactMap(\.suffix).first }
        return true
    }

    /// The space that most of the grouped numbers have.
    private static func space(in evidence: DraftEvidence) -> NumberFormat.GroupSeparator {
        func count(_ trait: FormatSet) -> Int { evidence.parts.reduce(0) { $0 + ($1.formats.contains(trait) ? $1.count : 0) } }
        let spaced = evidence.parts.filter {
            !$0.formats.isDisjoint(with: [.groupedBySpaceDecimalComma, .groupedBySpaceDecimalPoint])
        }.reduce(0) { $0 + $1.count }
        let (noBreak, narrow) = (count(.noBreakSpace), count(.narrowNoBreakSpace))
        if max(noBreak, narrow) * 2 <= spaced { return .space }
        return noBreak >= narrow ? .noBreakSpace : .narrowNoBreakSpace
    }
}
