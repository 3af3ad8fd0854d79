import SafeText
import ValueFormats

/// The settings of numbers that are tried in the place of a column's.
extension NumberKind {
    static func usualEdits(of column: ColumnProfile) -> [ProfileEdit] { separators(column) + percent(column) }

    static func suggestedEdits(of column: ColumnProfile, by values: [ArraySlice<UInt8>]) -> [ProfileEdit] { affixes(column, values) }

    static func rival(of edit: ProfileEdit, instead profile: ColumnProfile) -> (reading: AlternativeFormat, edit: ProfileEdit)? {
        guard let reading = AlternativeFormat(edit.column) else { return nil }
        return (reading, ProfileEdit(words(for: reading.otherColumn.number, instead: profile.number), reading.otherColumn))
    }

    /// Every decimal separator with every group separator.
    private static let separatorPairs: [(decimal: NumberFormat.DecimalSeparator, group: NumberFormat.GroupSeparator?)] =
        NumberFormat.DecimalSeparator.allCases.flatMap { decimal in
            let groups: [NumberFormat.GroupSeparator?] = [nil] + NumberFormat.GroupSeparator.allCases
            return groups.filter { $0?.rawValue != decimal.rawValue }.map { (decimal, $0) }
        }

    static func separators(_ column: ColumnProfile) -> [ProfileEdit] {
        let format = column.number
        return separatorPairs.filter { $0 != (format.decimal, format.group) }.map { pair in
            ProfileEdit(words(pair.decimal, pair.group, instead: format), column) {
                ($0.number.decimal, $0.number.group) = (pair.decimal, pair.group)
            }
        }
    }

    /// The format in a few words, as it differs from another.
    private static func words(for format: NumberFormat, instead other: NumberFormat) -> String {
        var parts = [words(format.decimal, format.group, instead: other)].filter { !$0.isEmpty }
        if format.prefix != other.prefix { parts.append(affixWords("prefix", format.prefix)) }
        if format.suffix != other.suffix { parts.append(affixWords("suffix", format.suffix)) }
        if format.isPercent != other.isPercent { parts.append("percent \(format.isPercent)") }
        return parts.joined(separator: " and ")
    }

    private static func affixWords(_ name: String, _ affix: String?) -> String {
        affix.map { "\(name) \"\(VisibleText($0).text)\"" } ?? "no \(name)"
    }

    /// What differs from `format`; a decimal separator alone says that nothing is grouped where something was.
    private static func words(
        _ decimal: NumberFormat.DecimalSeparator, _ group: NumberFormat.GroupSeparator?, instead format: NumberFormat
    ) -> String {
        var words: [String] = []
        if decimal != format.decimal { words.append("decimal \"\(decimal.rawValue)\"") }
        if group != format.group { words.append(group.map { "group \($0.words)" } ?? "group none") }
        return words.joined(separator: " and ")
    }

    static func percent(_ column: ColumnProfile) -> [ProfileEdit] {
        column.number.isPercent ? [] : [ProfileEdit("percent true", column) { $0.number.isPercent = true }]
    }

    /// Texts before and after numbers that are tried, the most frequent of each.
    private static let mostAffixes = 4

    static func affixes(_ column: ColumnProfile, _ values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        let format = column.number
        var prefixes: [String?] = []
        var suffixes: [String?] = []
        if format.prefix != nil { prefixes.append(nil) }
        if format.suffix != nil { suffixes.append(nil) }
        for value in values {
            let affixes = NumberAffixes(value)
            for prefix in affixes.prefixes
            where prefix != format.prefix && prefixes.count < mostAffixes && !prefixes.contains(prefix) {
                prefixes.append(prefix)
            }
            if let suffix = affixes.suffix, suffix != format.suffix, suffixes.count < mostAffixes, !suffixes.contains(suffix) {
                suffixes.append(suffix)
            }
        }
        let own = (format.decimal, format.group)
        return ([own] + separatorPairs.filter { $0 != own }).flatMap { pair in
            func change(_ affix: String?, _ path: WritableKeyPath<NumberFormat, String?>) -> ProfileEdit {
                var number = format
                (number.decimal, number.group) = pair
                number[keyPath: path] = affix
                return ProfileEdit(words(for: number, instead: format), column) { $0.number = number }
            }
            return prefixes.map { change($0, \.prefix) } + suffixes.map { change($0, \.suffix) }
        }
    }
}
