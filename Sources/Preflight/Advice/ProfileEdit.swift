import ImportProfiles
import SafeText
import ValueFormats

/// A column's profile with one setting changed.
struct ProfileEdit: Sendable {
    /// The setting in a few words, safe to print.
    let words: String
    let column: ColumnProfile
    let rule: ValueRule

    init(_ words: String, _ column: ColumnProfile, _ change: (inout ColumnProfile) -> Void) {
        var column = column
        change(&column)
        self.words = words
        self.column = column
        rule = ValueRule(column: column)
    }

    /// The setting that is most easily mistaken for this one: the other decimal separator, or the added date pattern with day and month
    /// exchanged; `nil` where there is none.
    func otherReading(instead profile: ColumnProfile) -> (reading: AlternativeFormat, change: ProfileEdit)? {
        switch column.type {
        case .number:
            guard let reading = AlternativeFormat(column) else { return nil }
            return (
                reading,
                ProfileEdit(ProfileEdits.words(for: reading.otherColumn.number, instead: profile.number), reading.otherColumn) { _ in }
            )
        case .date:
            guard column.date != profile.date, let reading = AlternativeFormat(column, pattern: column.date.patterns.count - 1),
                !ProfileEdits.mixesOrders(reading.otherColumn.date.patterns)
            else { return nil }
            return (reading, ProfileEdit(ProfileEdits.words(for: reading.otherColumn.date), reading.otherColumn) { _ in })
        case .integer, .boolean, .dimension, .text: return nil
        }
    }
}

/// The settings that are tried for a column; among those that leave the same number of failures an earlier one is preferred.
enum ProfileEdits {
    /// Those that do not depend on what the column holds.
    static func usual(for column: ColumnProfile) -> [ProfileEdit] {
        switch column.type {
        case .number: separators(column) + percent(column)
        case .integer:
            [ProfileEdit("type number", column) { $0.type = .number }] + separators(column) + percent(column)
        case .date: dates(column)
        case .dimension: matching(column)
        case .boolean, .text: []
        }
    }

    /// Those that what the column holds suggests.
    ///
    /// - Parameter values: that fail or may fail, one of each shape, the most frequent first.
    static func suggested(for column: ColumnProfile, by values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        // A column that must have values has none under these words.
        let nullWords = column.isRequired ? [] : nullWords(column, values)
        switch column.type {
        case .number, .integer: return nullWords + affixes(column, values)
        case .boolean: return nullWords + booleans(column, values)
        case .date, .dimension: return nullWords
        case .text: return []
        }
    }

    // MARK: Numbers

    /// Every decimal separator with every group separator.
    private static let formats: [(decimal: NumberFormat.DecimalSeparator, group: NumberFormat.GroupSeparator?)] =
        NumberFormat.DecimalSeparator.allCases.flatMap { decimal in
            let groups: [NumberFormat.GroupSeparator?] = [nil] + NumberFormat.GroupSeparator.allCases
            return groups.filter { $0?.rawValue != decimal.rawValue }.map { (decimal, $0) }
        }

    private static func separators(_ column: ColumnProfile) -> [ProfileEdit] {
        formats.filter { $0 != (column.number.decimal, column.number.group) }.map { format in
            ProfileEdit(words(format.decimal, format.group, instead: column.number), column) {
                ($0.number.decimal, $0.number.group) = (format.decimal, format.group)
            }
        }
    }

    /// The format in a few words, as it differs from another.
    static func words(for format: NumberFormat, instead other: NumberFormat) -> String {
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
        if group != format.group { words.append(group.map { "group \"\($0.rawValue)\"" } ?? "group none") }
        return words.joined(separator: " and ")
    }

    private static func percent(_ column: ColumnProfile) -> [ProfileEdit] {
        column.number.isPercent ? [] : [ProfileEdit("percent true", column) { $0.number.isPercent = true }]
    }

    /// Texts in front of numbers or behind them that are tried, of each the most frequent.
    private static let mostAffixes = 4

    private static func affixes(_ column: ColumnProfile, _ values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        var prefixes: [String?] = []
        var suffixes: [String?] = []
        if column.number.prefix != nil { prefixes.append(nil) }
        if column.number.suffix != nil { suffixes.append(nil) }
        for value in values {
            let affixes = NumberAffixes(value)
            for prefix in affixes.prefixes
            where prefix != column.number.prefix && prefixes.count < mostAffixes && !prefixes.contains(prefix) {
                prefixes.append(prefix)
            }
            if let suffix = affixes.suffix, suffix != column.number.suffix, suffixes.count < mostAffixes, !suffixes.contains(suffix) {
                suffixes.append(suffix)
            }
        }
        let own = (column.number.decimal, column.number.group)
        return ([own] + formats.filter { $0 != own }).flatMap { format in
            func change(_ affix: String?, _ path: WritableKeyPath<NumberFormat, String?>) -> ProfileEdit {
                var number = column.number
                (number.decimal, number.group) = format
                number[keyPath: path] = affix
                return ProfileEdit(words(for: number, instead: column.number), column) { $0.number = number }
            }
            return prefixes.map { change($0, \.prefix) } + suffixes.map { change($0, \.suffix) }
        }
    }

    // MARK: Dates

    private static let patterns: [DatePattern] = [
        "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "MM-dd-yyyy", "MM.dd.yyyy", "yyyy/MM/dd", "yyyy.MM.dd",
        "d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "d-M-yyyy", "M-d-yyyy", "dd/MM/yy", "MM/dd/yy", "dd.MM.yy", "dd-MM-yy", "d/M/yy", "M/d/yy",
        "yyyyMMdd", "ddMMyyyy", "MMddyyyy", "dd MMM yyyy", "d MMM yyyy", "dd-MMM-yyyy", "dd-MMM-yy", "dd MMMM yyyy", "d MMMM yyyy",
        "MMM d, yyyy", "MMMM d, yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.fffK", "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm",
        "MM/dd/yyyy HH:mm:ss zzz", "M/d/yyyy h:mm:ss tt", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "MMM yy", "MMM yyyy", "MMMM yyyy",
        "yyyy-MM", "MM/yyyy", "yyyyMM", "yyyy",
    ].compactMap { DatePattern($0) }

    /// Another pattern, or one more. Day first and month first are never in one list: what fits both would be read by chance.
    private static func dates(_ column: ColumnProfile) -> [ProfileEdit] {
        let own = column.date.patterns
        // Times that a fixed pattern takes are not told further apart: which hours a clock of twelve has is not known of them.
        let hasTime = own.contains(where: \.hasTime)
        let others = patterns.filter { !own.contains($0) && !(hasTime && $0.hasHalfDays) }
        return (others.map { [$0] } + others.map { own + [$0] }.filter { !mixesOrders($0) }).map { patterns in
            let format = DateFormat(patterns)
            return ProfileEdit(words(for: format), column) { $0.date = format }
        }
    }

    static func words(for format: DateFormat) -> String {
        "date format " + format.patterns.map { VisibleText($0.text).text }.joined(separator: " or ")
    }

    static func mixesOrders(_ patterns: [DatePattern]) -> Bool {
        let orders = patterns.compactMap(\.isDayFirst)
        return orders.contains(true) && orders.contains(false)
    }

    // MARK: Words

    /// All words for no value that the column has, in one setting, and in another the errors of formulas with them, which say more than that
    /// there is no value.
    private static func nullWords(_ column: ColumnProfile, _ values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        var words: [String] = []
        var errors: [String] = []
        for value in values where value.count <= 24 {
            let (isError, isNull) = value.withUnsafeBytes { (FormulaError.matches($0), ASCII.isNullWord($0)) }
            guard isError || isNull, let word = String(validating: value, as: UTF8.self) else { continue }
            if isError { errors.append(word) } else { words.append(word) }
        }
        func change(_ added: [String]) -> [ProfileEdit] {
            guard !added.isEmpty, added.count <= 16 else { return [] }
            let shown = added.map { "\"\(VisibleText($0).text)\"" }.joined(separator: ", ")
            return [ProfileEdit("null \(shown)", column) { $0.nullWords += added }]
        }
        return change(words) + (errors.isEmpty ? [] : change(words + errors))
    }

    /// All spellings that the column has, in one setting.
    private static func booleans(_ column: ColumnProfile, _ values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        var format = column.boolean
        for value in values {
            guard let meaning = value.withUnsafeBytes({ BooleanWords.meaning(of: $0) }),
                let text = String(validating: value, as: UTF8.self)
            else { continue }
            // By bytes: equal strings may be composed in other ways.
            func isKnown(_ spellings: [String]) -> Bool { spellings.contains { $0.utf8.elementsEqual(value) } }
            if isKnown(format.trueSpellings) || isKnown(format.falseSpellings) { continue }
            if meaning { format.trueSpellings.append(text) } else { format.falseSpellings.append(text) }
        }
        guard format != column.boolean, format.trueSpellings.count + format.falseSpellings.count <= 24 else { return [] }
        func words(_ name: String, _ spellings: [String]) -> String? {
            spellings.isEmpty ? nil : "\(name) " + spellings.map { "\"\(VisibleText($0).text)\"" }.joined(separator: ", ")
        }
        let shown = [words("true", format.trueSpellings), words("false", format.falseSpellings)].compactMap { $0 }
        return [ProfileEdit("boolean " + shown.joined(separator: " and "), column) { $0.boolean = format }]
    }

    // MARK: Items

    private static func matching(_ column: ColumnProfile) -> [ProfileEdit] {
        guard let source = column.itemsSource else { return [] }
        let (trims, ignoresCase) = (source.matching.trimsBlanks, source.matching.ignoresCase)
        let choices = [
            ItemMatching(trimsBlanks: true, ignoresCase: ignoresCase), ItemMatching(trimsBlanks: trims, ignoresCase: true),
            ItemMatching(trimsBlanks: true, ignoresCase: true),
        ]
        return choices.enumerated().filter { place, matching in
            matching != source.matching && choices.firstIndex(of: matching) == place
        }.map { _, matching in
            let words = [
                matching.trimsBlanks == trims ? nil : "trim true", matching.ignoresCase == ignoresCase ? nil : "case ignore",
            ].compactMap { $0 }
            return ProfileEdit("items " + words.joined(separator: " and "), column) {
                $0.itemsSource?.matching = matching
                $0.items = $0.items?.matched(by: matching)
            }
        }
    }
}
