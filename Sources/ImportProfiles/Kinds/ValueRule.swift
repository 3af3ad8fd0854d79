import SafeText
package import ValueFormats

/// Judges the values of one column under its profile.
///
/// Compiled once per column. Judging reads the decoded bytes of a field (quotes taken off, doubled quotes single), allocates nothing and
/// takes time linear in the field's length.
package final class ValueRule: Sendable {
    /// The column's type.
    package let kind: ColumnType
    private let parser: any ValueParser
    private let items: ItemSet?
    private let assumptions: Assumptions
    /// Whether a value with a doubt never parses.
    private let isStrict: Bool
    /// Values that are empty, whatever the type.
    package let nullWords: WordSet
    /// How the mask of a value is made that this rule judges by; `nil` where any value may be judged on its own.
    package let maskForm: ValueMask.Form?
    /// Whether it judges plain numbers below 1 in another way than others.
    package let tellsFractions: Bool
    /// By what short values are known to be judged and masked alike.
    package let likeness: Likeness
    /// Whether it judges values with the same ``DateOutline`` alike, but for ``nullWords``.
    package let judgesByOutline: Bool
    /// Whether any value parses.
    package let takesAnyText: Bool
    /// What the import does with a value that does not parse.
    package let consequence: FailureConsequence

    /// What short values of a column have in common that are judged and masked alike.
    package enum Likeness: Sendable {
        /// Every byte.
        case bytes
        /// Of numbers: every byte but the digits from the first on that is not 0.
        case equalDigits
        /// Of dates: every byte but the digits, and the ``DateClass``.
        case dateClass

        fileprivate init(_ column: ColumnProfile) {
            // What the profile spells with digits is told by its digits.
            let words = column.nullWords + [column.number.prefix ?? "", column.number.suffix ?? ""]
            func spells(_ digits: ClosedRange<UInt8>) -> Bool { words.contains { $0.utf8.contains(where: digits.contains) } }
            if column.type.kind.holdsNumbers {
                self = spells(UInt8(ascii: "1")...UInt8(ascii: "9")) ? .bytes : .equalDigits
            } else {
                let isClassed = column.type == .date && column.date.patterns.allSatisfy(\.goesByClass)
                self = isClassed && !spells(UInt8(ascii: "0")...UInt8(ascii: "9")) ? .dateClass : .bytes
            }
        }
    }

    package init(column: ColumnProfile) {
        kind = column.type
        nullWords = column.compiledNullWords
        let parser = column.type.kind.parser(for: column)
        maskForm = column.type.kind.maskForm(for: column)
        tellsFractions = column.type.kind.holdsNumbers && column.number.isPercent
        likeness = Likeness(column)
        judgesByOutline = column.type.kind.judgesByOutline(column)
        takesAnyText = parser == nil
        assumptions = column.assume
        isStrict = column.assume.isEmpty
        self.parser = parser ?? TextParser()
        items = column.type == .dimension ? column.items : nil
        consequence = column.type.kind.consequence(for: column)
    }

    /// What the import will make of `field`, with the doubts settled that the column settles. The empty field and the column's null words
    /// are empty, whatever the type.
    package func judge(_ field: Span<UInt8>) -> Judgement {
        if field.isEmpty || nullWords.contains(field) { return .empty }
        let found = field.count > ValueMask.longestValue && Self.isLong(field) ? parser.judgeLong(field) : parser.judge(field)
        return found.verdict == .doubtful && !isStrict ? assumptions.settle(found) : found
    }

    /// What to make of a value of which only the beginning was judged.
    package func judgementOfBeginning(_ judgement: Judgement) -> Judgement {
        takesAnyText ? judgement : assumptions.settle(judgement.ofBeginning)
    }

    /// Whether `field` is one of the dimension's items, byte by byte.
    package func isItem(_ field: Span<UInt8>) -> Bool {
        items?.contains(field) ?? false
    }

    /// Whether `field` parses. Of most values of another format a glance tells that they do not.
    package func parses(_ field: Span<UInt8>) -> Bool {
        if field.isEmpty || (isStrict && !parser.mayParse(field)) { return false }
        if !isStrict || field.count > ValueMask.longestValue { return judge(field).verdict == .parses }
        return !nullWords.contains(field) && parser.parses(field)
    }

    /// Whether `field` is one of the items except for surrounding spaces, and except for letter case.
    ///
    /// - Parameter judgement: what the rule made of it.
    package func itemLikeness(
        _ field: Span<UInt8>, _ judgement: Judgement
    ) -> (isTrimmedItem: Bool, isCaselessItem: Bool) {
        // An item that is known but for both has another reason.
        guard judgement.reason != .unknownItem, let items else { return (false, false) }
        // What does not parse is none of the items as they are.
        if judgement.verdict != .parses, items.haveNoBlanks(field, trimmed: Whitespace.trim(field)) { return (false, true) }
        return (items.containsTrimmed(field), items.containsCaseless(field))
    }

    private static func isLong(_ field: Span<UInt8>) -> Bool {
        Whitespace.trim(field).count > ValueMask.longestValue
    }
}
