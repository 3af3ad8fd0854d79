import SafeText
public import ValueFormats

/// Judges the values of one column under its profile.
///
/// Compiled once per column. Judging reads the decoded bytes of a field (quotes taken off, doubled quotes single), allocates nothing and
/// takes time linear in the field's length.
public final class ValueRule: Sendable {
    /// The column's type.
    public let kind: ColumnType
    // Used by kind.
    private let number: NumberParser
    private let date: DateParser
    private let boolean: BooleanParser
    private let items: ItemSet?
    /// Values that are empty, whatever the type.
    package let nullWords: NullWords
    package let onMissing: MissingItemPolicy

    public init(column: ColumnProfile) {
        kind = column.type
        nullWords = column.compiledNullWords
        onMissing = column.onMissing
        number = NumberParser(column.number, isInteger: column.type == .integer)
        date = DateParser(column.date)
        boolean = BooleanParser(column.boolean)
        items = column.type == .dimension ? column.items : nil
    }

    /// What the import will make of `field`. The empty field and the column's null words are empty, whatever the type.
    public func judge(_ field: UnsafeRawBufferPointer) -> Judgement {
        if field.isEmpty || nullWords.contains(field) { return .empty }
        switch kind {
        case .text: return .parses
        case .number, .integer: return Self.isTooLong(field) ? Self.judgeLongNumber(field) : number.judge(field)
        case .date: return Self.isTooLong(field) ? .fails(.notADate) : date.judge(field)
        case .boolean: return Self.isTooLong(field) ? .fails(.notABoolean) : boolean.judge(field)
        case .dimension: return items.map { Self.judge(field, among: $0) } ?? .parses
        }
    }

    /// Whether any value parses.
    package var takesAnyText: Bool { kind == .text || (kind == .dimension && items == nil) }

    /// Whether `field` is one of the dimension's items, byte by byte.
    package func isItem(_ field: UnsafeRawBufferPointer) -> Bool {
        items?.contains(field) ?? false
    }

    /// Whether `field` is one of the items but for blanks around it, and but for letter case.
    package func itemLikeness(_ field: UnsafeRawBufferPointer) -> (isTrimmedItem: Bool, isCaselessItem: Bool) {
        (items?.containsTrimmed(field) ?? false, items?.containsCaseless(field) ?? false)
    }

    private static func isTooLong(_ field: UnsafeRawBufferPointer) -> Bool {
        field.count > ValueMask.longestValue && Whitespace.trim(field).count > ValueMask.longestValue
    }

    /// Some readers take any number of digits, and round.
    private static func judgeLongNumber(_ field: UnsafeRawBufferPointer) -> Judgement {
        let isNumber =
            field.contains(where: ASCII.isDigit)
            && field.allSatisfy { byte in
                ASCII.isDigit(byte) || Whitespace.isASCIIBlank(byte) || ".,'+-eE".utf8.contains(byte)
            }
        return isNumber ? .doubtful(.tooManyDigits) : .fails(.notANumber)
    }

    private static func judge(_ field: UnsafeRawBufferPointer, among items: ItemSet) -> Judgement {
        if items.contains(field) || items.matches(field) { return .parses }
        let text = Whitespace.trim(field)
        if text.isEmpty { return .doubtful(.blanksOnly) }
        return items.containsFolded(text) ? .doubtful(.itemCaseOrBlanks) : .fails(.unknownItem)
    }
}
