package import ValueFormats

/// A format by which a column of a file without a profile is taken for a kind.
package struct InferredFormat: Sendable {
    package let format: FormatSet
    /// For people, for instance `number (decimal .)`.
    package let label: String
    /// The format alone, where the label in parentheses does not say it.
    package let words: String?
    /// Formats of equal right that contradict it, with the label of both.
    package let rivals: [(format: FormatSet, labelOfBoth: String)]
    /// Among formats that fit equally many values one of a lower number wins.
    package let breadth: Int
    /// Whether the column holds ids or codes, which are text: more than 1 value in 100 has leading zeros.
    package let excludesLeadingZeros: Bool
    /// Date patterns of a draft, the strictest first; the last takes all.
    package let patterns: [String]
    /// Writes the format into a column of a draft.
    package let apply: @Sendable (inout ColumnProfile) -> Void

    init(
        _ format: FormatSet, _ label: String, words: String? = nil, rivals: [(format: FormatSet, labelOfBoth: String)] = [],
        breadth: Int = 2, excludesLeadingZeros: Bool = false, patterns: [String] = [],
        apply: @escaping @Sendable (inout ColumnProfile) -> Void = { _ in }
    ) {
        self.format = format
        self.label = label
        self.words = words
        self.rivals = rivals
        self.breadth = breadth
        self.excludesLeadingZeros = excludesLeadingZeros
        self.patterns = patterns
        self.apply = apply
    }
}

/// What a file says about a column, for the draft of a profile.
package struct DraftEvidence: Sendable {
    /// Values of one set of formats.
    package struct Part: Sendable {
        package var formats: FormatSet
        package var count: Int
        /// The first ones in the file.
        package var examples: [String]
        /// The first one as it is shown, and its line; `nil` where no example is kept.
        package var first: (shown: String, line: Int)?

        package init(formats: FormatSet, count: Int, examples: [String], first: (shown: String, line: Int)?) {
            self.formats = formats
            self.count = count
            self.examples = examples
            self.first = first
        }
    }

    /// Of the column.
    package var name: String
    /// All sets of formats.
    package var parts: [Part]
    /// Examples of the values that fit the inferred type.
    package var fitting: [String]
    /// What the values have besides their format.
    package var traits: FormatSet

    package init(name: String, parts: [Part], fitting: [String], traits: FormatSet) {
        self.name = name
        self.parts = parts
        self.fitting = fitting
        self.traits = traits
    }

    /// The parts with values: neither empty nor a word for no value.
    package var values: [Part] { parts.filter { $0.formats.isDisjoint(with: [.empty, .nullWord]) } }

    /// The different examples of some parts.
    package func words(where isWanted: (FormatSet) -> Bool) -> [String] {
        var words: [String] = []
        for text in parts.filter({ isWanted($0.formats) }).flatMap(\.examples) where !words.contains(text) { words.append(text) }
        return words
    }
}
