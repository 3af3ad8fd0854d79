import CSVTokenizer
package import ImportProfiles
import SafeText
package import ValueFormats

/// What a column seems to hold, guessed from all its values: an estimate for files without a profile.
package struct InferredType: Sendable, Equatable {
    /// Number, integer, date or boolean: text is not inferred, it is what is left.
    package let kind: ColumnType
    /// For people, for instance `number (decimal .)`. Names both readings where the values leave them open.
    package let label: String
    /// The format; several where the values leave open which of them is meant.
    let formats: FormatSet
    /// What the values have besides: an affix of numbers, a time of day.
    let traits: FormatSet
    /// The format alone: `decimal point`, `d/M/yyyy`.
    let formatWords: String

    /// The type of a column with these counts per set of formats.
    ///
    /// Empty fields, null words and errors of a spreadsheet have no vote. Of the formats that fit at least 90 % of the other values, the one
    /// that fits most wins; among equals the narrowest: integer before numbers with decimals, these before grouped ones, ISO dates before
    /// others. Two formats of equal right that contradict each other (day or month first, comma for decimals or thousands) are kept both.
    /// Numbers count only with the percent sign or the currency that most of the numbers have, or only without; doubtful ones (`(5)`, `.5`)
    /// count as long as they are not the most. An integer column in which more than 1 value in 100 has leading zeros holds ids or codes: text.
    ///
    /// - Parameter takesDoubtful: whether doubtful numbers count even if they are the most.
    /// - Returns: `nil` for text, and for a column without a value.
    package static func infer(from histogram: [FormatSet: Int], takesDoubtful: Bool = false) -> InferredType? {
        let votes = histogram.filter { $0.key.isDisjoint(with: [.empty, .nullWord, .spreadsheetError]) }
        let total = votes.values.reduce(0, +)
        guard total > 0 else { return nil }
        let affixes = commonAffixes(of: votes)
        func count(of format: FormatSet, _ traits: FormatSet) -> Int {
            var sure = 0
            var doubtful = 0
            for (set, count) in votes where set.contains(format) && set.intersection(Self.typeTraits) == traits {
                if set.isDisjoint(with: .doubts) { sure += count } else { doubtful += count }
            }
            return takesDoubtful || sure >= doubtful ? sure + doubtful : 0
        }
        var best: (candidate: Candidate, traits: FormatSet, count: Int)?
        for candidate in candidates {
            for traits in candidate.traits(commonAffixes: affixes) {
                let count = count(of: candidate.inferred.format, traits)
                if count > best?.count ?? 0 { best = (candidate, traits, count) }
            }
        }
        guard let (winner, traits, most) = best, most >= total - total / 10 else { return nil }
        if winner.inferred.excludesLeadingZeros, traits.isEmpty,
            votes.reduce(0, { $0 + ($1.key.contains(.leadingZeros) ? $1.value : 0) }) > total / 100
        {
            return nil
        }
        for rival in winner.inferred.rivals where count(of: rival.format, traits) == most {
            return InferredType(winner, label: rival.labelOfBoth, formats: [winner.inferred.format, rival.format], traits: traits)
        }
        return InferredType(winner, label: winner.inferred.label, formats: winner.inferred.format, traits: traits)
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
        for family in families {
            let kinds = candidates.filter { $0.type.kind.traits == family }
            let formats = kinds.reduce(into: FormatSet()) { $0.formUnion($1.inferred.format) }
            var left = votes.filter { !$0.key.isDisjoint(with: formats) }
            let count = left.values.reduce(0, +)
            guard count > 0, count >= total - total / 10 else { continue }
            var types: [InferredType] = []
            while !left.isEmpty, types.count < mostMixed {
                var best: (type: InferredType, count: Int)?
                for traits in Set(left.keys.map { $0.intersection(typeTraits) }).sorted(by: { $0.rawValue < $1.rawValue }) {
                    for kind in kinds {
                        let type = InferredType(kind, label: kind.inferred.label, formats: kind.inferred.format, traits: traits)
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

    private init(_ candidate: Candidate, label: String, formats: FormatSet, traits: FormatSet) {
        // Whole numbers with a percent sign or a currency are numbers.
        kind = candidate.type.kind.holdsNumbers && !traits.isEmpty ? .number : candidate.type
        self.label = candidate.type.kind.label(label, with: traits)
        self.formats = formats
        self.traits = traits
        formatWords = Self.formatWords(candidate.inferred, label: self.label, traits)
    }

    private static func formatWords(_ format: InferredFormat, label: String, _ traits: FormatSet) -> String {
        if let words = format.words, label == format.label { return words }
        guard let start = label.firstIndex(of: "("), label.hasSuffix(")") else { return label }
        let inner = String(label[label.index(after: start)...].dropLast())
        return traits.contains(.timeOfDay) ? "\(inner) with a time" : inner
    }

    /// Whether a value with these formats goes with the type. The empty field does; a null word does not: an import that takes the column
    /// for this type would report it (estimate). Everything is an item.
    package func fits(_ set: FormatSet) -> Bool {
        if set.contains(.empty) || kind.kind.takesAnyValue { return true }
        return mayFit(set) && set.isDisjoint(with: .doubts)
    }

    /// The same, for doubtful values too.
    func mayFit(_ set: FormatSet) -> Bool {
        !set.isDisjoint(with: formats) && set.intersection(Self.typeTraits) == traits
    }

    /// The traits that belong to a type besides its formats.
    private static let typeTraits = FormatSet.affixes.union(.timeOfDay)

    /// The affixes of most numbers; those with the fewest bits among equals.
    private static func commonAffixes(of votes: [FormatSet: Int]) -> FormatSet {
        var counts: [FormatSet: Int] = [:]
        for (set, count) in votes where !set.isDisjoint(with: .numbers) { counts[set.intersection(.affixes), default: 0] += count }
        return counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? []
    }

    /// A format of a type.
    private struct Candidate {
        let type: ColumnType
        let inferred: InferredFormat

        /// What the values may have besides, in each of the cases that are counted apart.
        func traits(commonAffixes: FormatSet) -> [FormatSet] {
            if type.kind.holdsNumbers { return [commonAffixes] }
            return type.kind.traits.isEmpty ? [[]] : [[], type.kind.traits]
        }
    }

    /// From the narrowest to the widest: among equals the first wins.
    private static let candidates: [Candidate] = ColumnType.allCases
        .flatMap { type in type.kind.inferredFormats.map { Candidate(type: type, inferred: $0) } }
        .enumerated().sorted { ($0.element.inferred.breadth, $0.offset) < ($1.element.inferred.breadth, $1.offset) }.map(\.element)

    /// The types that a mixture may be of, by what their values may have: numbers, and dates.
    private static let families: [FormatSet] = {
        var families: [FormatSet] = []
        for type in ColumnType.allCases where !type.kind.traits.isEmpty && !families.contains(type.kind.traits) {
            families.append(type.kind.traits)
        }
        return families
    }()

    /// What a profile is drafted from: the formats of the type, in the order of the list.
    var draftFormats: [(type: ColumnType, format: InferredFormat)] {
        Self.candidates.filter { formats.contains($0.inferred.format) }.map { ($0.type, $0.inferred) }
    }
}
