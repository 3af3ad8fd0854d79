import CSVTokenizer
import ImportProfiles
import SafeText
public import ValueFormats

/// What a column seems to hold, guessed from all its values: an estimate for files without a profile.
public struct InferredType: Sendable, Equatable {
    /// Number, integer, date or boolean: text is not inferred, it is what is left.
    public let kind: ColumnType
    /// For people, for instance `number (decimal .)`. Names both readings where the values leave them open.
    public let label: String
    /// The format; several where the values leave open which of them is meant.
    let formats: FormatSet
    /// What the values have besides: an affix of numbers, a time of day.
    let traits: FormatSet

    /// The type of a column with these counts per set of formats.
    ///
    /// Empty fields, null words and errors of a spreadsheet have no vote. Of the formats that fit at least 90 % of the other values, the one
    /// that fits most wins; among equals the narrowest: integer before numbers with decimals, these before grouped ones, ISO dates before
    /// others. Two formats of equal right that contradict each other (day or month first, comma for decimals or thousands) are kept both.
    /// Numbers count only with the percent sign or the currency that most of the numbers have, or only without; doubtful ones (`(5)`, `.5`)
    /// count as long as they are not the most. An integer column of which more than 1 value in 100 has leading zeros holds ids or codes: text.
    ///
    /// - Returns: `nil` for text, and for a column without a value.
    public static func infer(from histogram: [FormatSet: Int]) -> InferredType? {
        let votes = histogram.filter { $0.key.isDisjoint(with: [.empty, .nullWord, .spreadsheetError]) }
        let total = votes.values.reduce(0, +)
        guard total > 0 else { return nil }
        let affixes = commonAffixes(of: votes)
        func count(of format: FormatSet, _ traits: FormatSet) -> Int {
            var sure = 0
            var doubtful = 0
            for (set, count) in votes where set.contains(format) && set.intersection(Self.told) == traits {
                if set.isDisjoint(with: .doubts) { sure += count } else { doubtful += count }
            }
            return sure >= doubtful ? sure + doubtful : 0
        }
        var best: (candidate: Candidate, traits: FormatSet, count: Int)?
        for candidate in candidates {
            for traits in candidate.kind == .date ? [[], FormatSet.timeOfDay] : [candidate.isNumber ? affixes : []] {
                let count = count(of: candidate.format, traits)
                if count > best?.count ?? 0 { best = (candidate, traits, count) }
            }
        }
        guard let (winner, traits, most) = best, most >= total - total / 10 else { return nil }
        if winner.kind == .integer, traits.isEmpty, votes.reduce(0, { $0 + ($1.key.contains(.leadingZeros) ? $1.value : 0) }) > total / 100
        {
            return nil
        }
        for rival in winner.rivals where count(of: rival.format, traits) == most {
            return InferredType(winner, label: rival.labelOfBoth, formats: [winner.format, rival.format], traits: traits)
        }
        return InferredType(winner, label: winner.label, formats: winner.format, traits: traits)
    }

    /// The formats that read the values of a column side by side where none reads nearly all of them: of numbers, or of dates.
    ///
    /// A column is of numbers or dates by nature if at least 90 % of its values are, in whatever format. Then the format that fits most is
    /// taken, of the values that are left the next, and so on. A column of texts, and one that a single format reads, has no mixture.
    ///
    /// - Returns: none, or at least two.
    static func mixture(of histogram: [FormatSet: Int]) -> [InferredType] {
        let votes = histogram.filter { $0.key.isDisjoint(with: [.empty, .nullWord, .spreadsheetError]) }
        let total = votes.values.reduce(0, +)
        for isNumber in [true, false] {
            let kinds = candidates.filter { isNumber ? $0.isNumber : $0.kind == .date }
            let formats = kinds.reduce(into: FormatSet()) { $0.formUnion($1.format) }
            var left = votes.filter { !$0.key.isDisjoint(with: formats) }
            let count = left.values.reduce(0, +)
            guard count > 0, count >= total - total / 10 else { continue }
            var types: [InferredType] = []
            while !left.isEmpty, types.count < mostMixed {
                var best: (type: InferredType, count: Int)?
                for traits in Set(left.keys.map { $0.intersection(told) }).sorted(by: { $0.rawValue < $1.rawValue }) {
                    for kind in kinds {
                        let type = InferredType(kind, label: kind.label, formats: kind.format, traits: traits)
                        let count = left.reduce(0) { $0 + (type.mayFit($1.key) ? $1.value : 0) }
                        if count > best?.count ?? 0 { best = (type, count) }
                    }
                }
                guard let best else { break }
                types.append(best.type)
                left = left.filter { !best.type.mayFit($0.key) }
            }
            if types.count > 1 { return types }
        }
        return []
    }

    private static let mostMixed = 4

    /// The format alone: `decimal point`, `d/M/yyyy`.
    var formatWords: String {
        switch label {
        case "integer": return "whole numbers"
        case "number (decimal .)": return "decimal point"
        case "number (decimal ,)": return "decimal comma"
        default:
            guard let start = label.firstIndex(of: "("), label.hasSuffix(")") else { return label }
            let inner = String(label[label.index(after: start)...].dropLast())
            return traits.contains(.timeOfDay) ? "\(inner) with a time" : inner
        }
    }

    private init(_ candidate: Candidate, label: String, formats: FormatSet, traits: FormatSet) {
        kind = candidate.isNumber && !traits.isEmpty ? .number : candidate.kind
        self.label = Self.label(label, traits)
        self.formats = formats
        self.traits = traits
    }

    /// Whether a value with these formats goes with the type. The empty field does; a null word does not: an import that takes the column
    /// for this type would report it (estimate). Everything is an item.
    public func fits(_ set: FormatSet) -> Bool {
        if set.contains(.empty) || kind == .dimension { return true }
        return mayFit(set) && set.isDisjoint(with: .doubts)
    }

    /// The same, for doubtful values too.
    func mayFit(_ set: FormatSet) -> Bool {
        !set.isDisjoint(with: formats) && set.intersection(Self.told) == traits
    }

    /// What is told of a type besides its formats.
    private static let told = FormatSet.affixes.union(.timeOfDay)

    /// The affixes of most numbers; those with the fewest bits among equals.
    private static func commonAffixes(of votes: [FormatSet: Int]) -> FormatSet {
        var counts: [FormatSet: Int] = [:]
        for (set, count) in votes where !set.isDisjoint(with: .numbers) { counts[set.intersection(.affixes), default: 0] += count }
        return counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? []
    }

    private static func label(_ label: String, _ traits: FormatSet) -> String {
        if traits.contains(.timeOfDay) { return label.replacing("date (", with: "date and time (", maxReplacements: 1) }
        let words = [
            (FormatSet.percent, "percent"), (.currencyPrefix, "currency in front"), (.currencySuffix, "currency behind"),
        ].filter { traits.contains($0.0) }.map(\.1)
        if words.isEmpty { return label }
        let affixes = words.joined(separator: ", ")
        return label == "integer" ? "number (\(affixes))" : label.replacing("number (", with: "number (\(affixes); ", maxReplacements: 1)
    }

    private struct Candidate {
        var format: FormatSet
        var kind: ColumnType
        var label: String
        var rivals: [(format: FormatSet, labelOfBoth: String)] = []

        var isNumber: Bool { kind == .number || kind == .integer }
    }

    /// From the narrowest to the widest: among equals the first wins.
    private static let candidates: [Candidate] = [
        Candidate(format: .compactDate, kind: .date, label: "date (yyyyMMdd)"),
        Candidate(format: .integer, kind: .integer, label: "integer"),
        Candidate(
            format: .decimalPoint, kind: .number, label: "number (decimal .)",
            rivals: [(.groupedByPoint, "number (. for decimals or for thousands)")]),
        Candidate(
            format: .decimalComma, kind: .number, label: "number (decimal ,)",
            rivals: [(.groupedByComma, "number (, for decimals or for thousands)")]),
        Candidate(format: .groupedByComma, kind: .number, label: "number (group , decimal .)"),
        Candidate(format: .groupedByPoint, kind: .number, label: "number (group . decimal ,)"),
        Candidate(
            format: .groupedBySpaceDecimalComma, kind: .number, label: "number (group space, decimal ,)",
            rivals: [(.groupedBySpaceDecimalPoint, "number (group space)")]),
        Candidate(format: .groupedBySpaceDecimalPoint, kind: .number, label: "number (group space, decimal .)"),
        Candidate(format: .groupedByApostrophe, kind: .number, label: "number (group ' decimal .)"),
        Candidate(format: .isoDate, kind: .date, label: "date (yyyy-MM-dd)"),
        Candidate(format: .isoDateTime, kind: .date, label: "date and time (ISO 8601)"),
        Candidate(format: .yearFirstSlash, kind: .date, label: "date (yyyy/M/d)"),
        Candidate(format: .yearFirstPoint, kind: .date, label: "date (yyyy.M.d)"),
        Candidate(
            format: .dayFirstSlash, kind: .date, label: "date (d/M/yyyy)",
            rivals: [(.monthFirstSlash, "date (d/M/yyyy or M/d/yyyy)")]),
        Candidate(
            format: .dayFirstDash, kind: .date, label: "date (d-M-yyyy)",
            rivals: [(.monthFirstDash, "date (d-M-yyyy or M-d-yyyy)")]),
        Candidate(
            format: .dayFirstPoint, kind: .date, label: "date (d.M.yyyy)",
            rivals: [(.monthFirstPoint, "date (d.M.yyyy or M.d.yyyy)")]),
        Candidate(format: .monthFirstSlash, kind: .date, label: "date (M/d/yyyy)"),
        Candidate(format: .monthFirstDash, kind: .date, label: "date (M-d-yyyy)"),
        Candidate(format: .monthFirstPoint, kind: .date, label: "date (M.d.yyyy)"),
        Candidate(
            format: .dayFirstSlashShortYear, kind: .date, label: "date (d/M/yy)",
            rivals: [(.monthFirstSlashShortYear, "date (d/M/yy or M/d/yy)")]),
        Candidate(format: .monthFirstSlashShortYear, kind: .date, label: "date (M/d/yy)"),
        Candidate(
            format: .dayFirstDashShortYear, kind: .date, label: "date (d-M-yy)",
            rivals: [(.monthFirstDashShortYear, "date (d-M-yy or M-d-yy)")]),
        Candidate(format: .monthFirstDashShortYear, kind: .date, label: "date (M-d-yy)"),
        Candidate(
            format: .dayFirstPointShortYear, kind: .date, label: "date (d.M.yy)",
            rivals: [(.monthFirstPointShortYear, "date (d.M.yy or M.d.yy)")]),
        Candidate(format: .monthFirstPointShortYear, kind: .date, label: "date (M.d.yy)"),
        Candidate(format: .dayMonthName, kind: .date, label: "date (d MMM yyyy)"),
        Candidate(format: .monthNameDay, kind: .date, label: "date (MMM d, yyyy)"),
        Candidate(format: .monthNameYear, kind: .date, label: "month (MMM yyyy)"),
        Candidate(format: .yearMonth, kind: .date, label: "month (yyyy-MM)"),
        Candidate(format: .period, kind: .dimension, label: "period"),
        Candidate(format: .boolean, kind: .boolean, label: "boolean (true or false)"),
    ]
}
