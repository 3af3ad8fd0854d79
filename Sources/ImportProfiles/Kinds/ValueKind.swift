package import ValueFormats

/// One kind of value, whole: how it is judged, counted, advised on and inferred. A kind is a type without values, in a folder of its own;
/// ``ColumnType/allCases`` lists them. What a profile says about it is ``KindSettings``.
///
/// Only ``name``, ``parser(for:)`` and ``codes`` must be written. Everything else has a default that is right for a kind with one
/// spelling for each value.
package protocol ValueKind: Sendable {
    /// The word of a profile: `type: number`.
    static var name: String { get }

    // MARK: Judging

    /// What judges the values of a column; `nil` where every value parses.
    static func parser(for column: ColumnProfile) -> (any ValueParser)?
    /// The findings about values that do not parse; `nil` where every value does.
    static var codes: KindCodes? { get }
    /// The doubts that its values can have.
    static var doubts: DoubtSet { get }
    /// What the import does with a value that does not parse.
    static func consequence(for column: ColumnProfile) -> FailureConsequence
    /// The test that most values pass in a few instructions; `nil` where there is nothing to test.
    static func quickTest(for column: ColumnProfile) -> QuickTest?
    /// How values are counted for advice; `nil` where they are not.
    static func maskForm(for column: ColumnProfile) -> ValueMask.Form?
    /// Whether values with the same outline are judged alike.
    static func judgesByOutline(_ column: ColumnProfile) -> Bool

    // MARK: Other settings

    /// The settings that are most easily mistaken for the column's; `nil` where its values can be read one way only.
    static func alternative(to column: ColumnProfile) -> AlternativeFormat.Change?
    /// What a column's settings make of a value that parses: two settings that give different bytes load different data.
    static func reading(of value: Span<UInt8>, under column: ColumnProfile) -> [UInt8]
    /// Settings that are tried for every column of the kind; among equals an earlier one is preferred.
    static func usualEdits(of column: ColumnProfile) -> [ProfileEdit]
    /// Parsers of all formats that ``usualEdits(of:)`` and their rivals ask for: a value that fails under each of them fails under every such setting,
    /// however its doubts are settled. Empty where each value must be tried under each setting.
    static func triedFormats(of column: ColumnProfile) -> [any ValueParser]
    /// Settings that the values suggest which fail or may fail, one of each mask, the most frequent first.
    static func suggestedEdits(of column: ColumnProfile, by values: [ArraySlice<UInt8>]) -> [ProfileEdit]
    /// The edit that is most easily mistaken for another one; `nil` where there is none.
    static func rival(of edit: ProfileEdit, instead profile: ColumnProfile) -> (reading: AlternativeFormat, edit: ProfileEdit)?

    // MARK: Inference

    /// Whether its values are quantities and not categories: they may have a percent sign or a currency.
    static var holdsNumbers: Bool { get }
    /// Whether every value goes with the kind once a column is taken for it.
    static var takesAnyValue: Bool { get }
    /// What its values may have besides their format, and a profile can say.
    static var traits: FormatSet { get }
    /// The formats by which a column is taken for this kind, the narrowest first.
    static var inferredFormats: [InferredFormat] { get }
    /// The label of a format for values that have traits, too.
    static func label(_ label: String, with traits: FormatSet) -> String
    /// Writes into a column what a format and the values of the file say about its settings.
    ///
    /// - Returns: `false` where the format cannot be written.
    static func draft(_ format: InferredFormat, from evidence: DraftEvidence, into column: inout ColumnProfile) -> Bool
}

extension ValueKind {
    package static var doubts: DoubtSet { [] }
    package static func consequence(for column: ColumnProfile) -> FailureConsequence { codes == nil ? .nothing : .parsingError }
    package static func quickTest(for column: ColumnProfile) -> QuickTest? { .rule }
    package static func maskForm(for column: ColumnProfile) -> ValueMask.Form? { codes == nil ? nil : .value }
    package static func judgesByOutline(_ column: ColumnProfile) -> Bool { false }

    package static func alternative(to column: ColumnProfile) -> AlternativeFormat.Change? { nil }
    package static func reading(of value: Span<UInt8>, under column: ColumnProfile) -> [UInt8] { [] }
    package static func usualEdits(of column: ColumnProfile) -> [ProfileEdit] { [] }
    package static func triedFormats(of column: ColumnProfile) -> [any ValueParser] { [] }
    package static func suggestedEdits(of column: ColumnProfile, by values: [ArraySlice<UInt8>]) -> [ProfileEdit] { [] }
    package static func rival(of edit: ProfileEdit, instead profile: ColumnProfile) -> (reading: AlternativeFormat, edit: ProfileEdit)? {
        nil
    }

    package static var holdsNumbers: Bool { false }
    package static var takesAnyValue: Bool { false }
    package static var traits: FormatSet { [] }
    package static var inferredFormats: [InferredFormat] { [] }
    package static func label(_ label: String, with traits: FormatSet) -> String { label }
    package static func draft(_ format: InferredFormat, from evidence: DraftEvidence, into column: inout ColumnProfile) -> Bool { true }
}

/// The codes of the findings about the values of a kind, as the checks declare them.
package struct KindCodes: Sendable {
    /// Values that fail, and values that may fail.
    package var fails: String
    package var doubtful: String
    /// Values that can be read two ways.
    package var readsTwoWays: String?

    package init(fails: String, doubtful: String, readsTwoWays: String? = nil) {
        self.fails = fails
        self.doubtful = doubtful
        self.readsTwoWays = readsTwoWays
    }
}

/// What an import does with a value that does not parse.
package enum FailureConsequence: Sendable, Equatable {
    /// There is no such value.
    case nothing
    /// It skips the row and reports a `ParsingError`.
    case parsingError
    /// It treats the value as an item that the list does not have.
    case missingItem(MissingItemPolicy)
}

/// A test that tells of most values, in a few instructions each, that they surely parse. The others are judged by the column's rule.
///
/// A closed set, each with a loop of its own.
package enum QuickTest: Sendable, Equatable {
    /// A plain number: digits, perhaps a minus and the separator; 0 for whole numbers.
    case number(decimal: UInt8)
    /// A date of a pattern with parts of fixed width.
    case date(DatePattern)
    /// Exactly `TRUE` or `FALSE`.
    case boolean
    /// One of the dimension's items.
    case item
    /// Some text that is there.
    case presentText
    /// None: the rule judges every value.
    case rule
}
