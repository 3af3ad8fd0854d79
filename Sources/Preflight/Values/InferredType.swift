/// What a column seems to hold, guessed from all its values: an estimate for files without a profile.
public struct InferredType: Sendable, Equatable {
    /// Number, integer, date or boolean: text is not inferred, it is what is left.
    public let kind: ColumnType
    /// For people, for instance `number (decimal .)`. Names both readings where the values leave them open.
    public let label: String
    /// The format; several where the values leave open which of them is meant.
    let formats: FormatSet

    /// The type of a column with these counts per set of formats.
    ///
    /// Empty fields and null words have no vote. Of the formats that fit at least 90 % of the other values, the one that fits most wins; among equals
    /// the narrowest: integer before numbers with decimals, these before grouped ones, ISO dates before others. Two formats of equal
    /// right that contradict each other (day or month first, comma for decimals or thousands) are kept both. An integer column of which
    /// more than 1 value in 100 has leading zeros holds ids or codes: text.
    ///
    /// - Returns: `nil` for text, and for a column without a value.
    public static func infer(from histogram: [FormatSet: Int]) -> InferredType? {
        let votes = histogram.filter { $0.key.isDisjoint(with: [.empty, .nullWord]) }
        let total = votes.values.reduce(0, +)
        guard total > 0 else { return nil }
        func count(of format: FormatSet) -> Int {
            votes.reduce(0) { $0 + ($1.key.contains(format) ? $1.value : 0) }
        }
        var best: (candidate: Candidate, count: Int)?
        for candidate in candidates {
            let count = count(of: candidate.format)
            if count > best?.count ?? 0 { best = (candidate, count) }
        }
        guard let best, best.count >= total - total / 10 else { return nil }
        let winner = best.candidate
        if winner.kind == .integer, count(of: .leadingZeros) > total / 100 { return nil }
        for rival in winner.rivals where count(of: rival.format) == best.count {
            return InferredType(kind: winner.kind, label: rival.labelOfBoth, formats: [winner.format, rival.format])
        }
        return InferredType(kind: winner.kind, label: winner.label, formats: winner.format)
    }

    /// Whether a value with these formats goes with the type. The empty field does; a null word does not: an import that takes the column
    /// for this type would report it (estimate).
    public func fits(_ set: FormatSet) -> Bool {
        set.contains(.empty) || !set.isDisjoint(with: formats)
    }

    private struct Candidate {
        var format: FormatSet
        var kind: ColumnType
        var label: String
        var rivals: [(format: FormatSet, labelOfBoth: String)] = []
    }

    /// From the narrowest to the widest: among equals the first wins.
    private static let candidates: [Candidate] = [
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
        Candidate(format: .boolean, kind: .boolean, label: "boolean (true or false)"),
    ]
}
