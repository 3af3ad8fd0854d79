import SafeText
import ValueFormats

extension ProfileEdits {
    /// Settings that take something away from a column, or change no more than one key of it. Together with those that are usual or that the
    /// values suggest they are what a configuration may have instead.
    package static func single(for column: ColumnProfile) -> [ProfileEdit] {
        if column.type.kind.codes == nil { return [] }
        var edits = nullWordRemovals(column)
        if column.type == .number || column.type == .integer { edits += numberEdits(column) }
        if column.type == .date, column.date.patterns.count > 1 {
            edits += column.date.patterns.map { pattern in
                ProfileEdit("date format \(VisibleText(pattern.text).text)", column) {
                    $0.date = DateFormat([pattern], years: $0.date.years)
                }
            }
        }
        if column.type == .boolean, column.boolean != BooleanFormat() {
            edits.append(ProfileEdit("boolean TRUE and FALSE only", column) { $0.boolean = BooleanFormat() })
        }
        return edits
    }

    private static func nullWordRemovals(_ column: ColumnProfile) -> [ProfileEdit] {
        let words = column.nullWords
        if words.isEmpty { return [] }
        var edits = [ProfileEdit("no null words", column) { $0.nullWords = [] }]
        if words.count > 1 {
            edits += words.prefix(8).map { word in
                ProfileEdit("null without \"\(VisibleText(word).text)\"", column) { $0.nullWords.removeAll { $0 == word } }
            }
        }
        return edits
    }

    private static func numberEdits(_ column: ColumnProfile) -> [ProfileEdit] {
        let format = column.number
        var edits: [ProfileEdit] = []
        if format.prefix != nil { edits.append(ProfileEdit("no prefix", column) { $0.number.prefix = nil }) }
        if format.suffix != nil { edits.append(ProfileEdit("no suffix", column) { $0.number.suffix = nil }) }
        if format.isPercent { edits.append(ProfileEdit("percent false", column) { $0.number.isPercent = false }) }
        if column.type == .number { edits.append(ProfileEdit("type integer", column) { $0.type = .integer }) }
        return edits
    }

    /// Tells columns apart that read values differently; the name makes no difference.
    package static func key(of column: ColumnProfile) -> String {
        let number = column.number
        let matching = column.itemsSource?.matching
        let words = [
            column.type.rawValue, number.decimal.rawValue, number.group?.rawValue ?? "none", number.prefix ?? "", number.suffix ?? "",
            "\(number.isPercent)", "\(matching?.trimsBlanks ?? false)", "\(matching?.ignoresCase ?? false)",
        ]
        let lists = [
            column.date.patterns.map(\.text), column.boolean.trueSpellings, column.boolean.falseSpellings, column.nullWords,
        ]
        return words.joined(separator: "\u{1}") + "\u{2}" + lists.map { $0.joined(separator: "\u{1}") }.joined(separator: "\u{2}")
    }

    /// How many keys of a profile differ in what they say of a column's values.
    package static func distance(from left: ColumnProfile, to right: ColumnProfile) -> Int {
        if left.type != right.type { return 1 + (left.number == right.number ? 0 : 1) + (left.nullWords == right.nullWords ? 0 : 1) }
        let (own, other) = (left.number, right.number)
        let differences = [
            own.decimal != other.decimal, own.group != other.group, own.prefix != other.prefix, own.suffix != other.suffix,
            own.isPercent != other.isPercent, left.date != right.date, left.boolean != right.boolean, left.nullWords != right.nullWords,
            left.itemsSource?.matching.trimsBlanks != right.itemsSource?.matching.trimsBlanks,
            left.itemsSource?.matching.ignoresCase != right.itemsSource?.matching.ignoresCase,
        ]
        return differences.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
}
