/// A column's profile with one setting changed.
struct SettingChange: Sendable {
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
}

/// The settings that are tried for a column; among those that leave the same number of failures an earlier one is preferred.
enum SettingChanges {
    /// Those that do not depend on what the column holds.
    static func usual(for column: ColumnProfile) -> [SettingChange] {
        switch column.type {
        case .number: separators(column) + percent(column)
        case .integer:
            [SettingChange("type number", column) { $0.type = .number }] + separators(column) + percent(column)
        case .date: dates(column)
        case .dimension: matching(column)
        case .boolean, .text: []
        }
    }

    /// Those that what the column holds suggests.
    ///
    /// - Parameter values: that fail or may fail, one of each shape, the most frequent first.
    static func suggested(for column: ColumnProfile, by values: [ArraySlice<UInt8>]) -> [SettingChange] {
        let nullWords = nullWords(column, values)
        switch column.type {
        case .number, .integer: return nullWords + affixes(column, values)
        case .boolean: return nullWords + booleans(column, values)
        case .date: return nullWords
        case .dimension, .text: return []
        }
    }

    // MARK: Numbers

    /// Every decimal separator with every group separator.
    private static let formats: [(decimal: NumberFormat.DecimalSeparator, group: NumberFormat.GroupSeparator?)] =
        NumberFormat.DecimalSeparator.allCases.flatMap { decimal in
            let groups: [NumberFormat.GroupSeparator?] = [nil] + NumberFormat.GroupSeparator.allCases
            return groups.filter { $0?.rawValue != decimal.rawValue }.map { (decimal, $0) }
        }

    private static func separators(_ column: ColumnProfile) -> [SettingChange] {
        formats.filter { $0 != (column.number.decimal, column.number.group) }.map { format in
            SettingChange(words(format.decimal, format.group, instead: column.number), column) {
                ($0.number.decimal, $0.number.group) = (format.decimal, format.group)
            }
        }
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

    private static func percent(_ column: ColumnProfile) -> [SettingChange] {
        column.number.isPercent ? [] : [SettingChange("percent true", column) { $0.number.isPercent = true }]
    }

    /// Texts in front of numbers or behind them that are tried, of each the most frequent.
    private static let mostAffixes = 4

    private static func affixes(_ column: ColumnProfile, _ values: [ArraySlice<UInt8>]) -> [SettingChange] {
        var prefixes: [String?] = []
        var suffixes: [String?] = []
        if column.number.prefix != nil { prefixes.append(nil) }
        if column.number.suffix != nil { suffixes.append(nil) }
        for value in values {
            let affixes = NumberAffixes(value)
            if let prefix = affixes.prefix, prefix != column.number.prefix, prefixes.count < mostAffixes, !prefixes.contains(prefix) {
                prefixes.append(prefix)
            }
            if let suffix = affixes.suffix, suffix != column.number.suffix, suffixes.count < mostAffixes, !suffixes.contains(suffix) {
                suffixes.append(suffix)
            }
        }
        let own = (column.number.decimal, column.number.group)
        return ([own] + formats.filter { $0 != own }).flatMap { format in
            let words = words(format.0, format.1, instead: column.number)
            let start = words.isEmpty ? "" : words + " and "
            func change(_ affix: String?, _ name: String, _ path: WritableKeyPath<NumberFormat, String?>) -> SettingChange {
                SettingChange(start + (affix.map { "\(name) \"\(VisibleText($0).text)\"" } ?? "no \(name)"), column) {
                    ($0.number.decimal, $0.number.group) = format
                    $0.number[keyPath: path] = affix
                }
            }
            return prefixes.map { change($0, "prefix", \.prefix) } + suffixes.map { change($0, "suffix", \.suffix) }
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

    /// Another pattern, or one more.
    private static func dates(_ column: ColumnProfile) -> [SettingChange] {
        let own = column.date.patterns
        // Times that a fixed pattern takes are not told further apart: which hours a clock of twelve has is not known of them.
        let hasTime = own.contains(where: \.hasTime)
        let others = patterns.filter { !own.contains($0) && !(hasTime && $0.hasHalfDays) }
        return others.map { pattern in
            SettingChange("date format \(pattern.text)", column) { $0.date = DateFormat([pattern]) }
        }
            + others.map { pattern in
                let patterns = own + [pattern]
                let texts = patterns.map { VisibleText($0.text).text }.joined(separator: " or ")
                return SettingChange("date format \(texts)", column) { $0.date = DateFormat(patterns) }
            }
    }

    // MARK: Words

    /// All words for no value that the column has, in one setting.
    private static func nullWords(_ column: ColumnProfile, _ values: [ArraySlice<UInt8>]) -> [SettingChange] {
        var words: [String] = []
        for value in values where value.count <= 16 {
            let isNull = value.withUnsafeBytes { ASCIIWords.isNullWord($0) || $0.first == UInt8(ascii: "#") }
            guard isNull, let word = String(validating: value, as: UTF8.self), !words.contains(word) else { continue }
            words.append(word)
        }
        guard !words.isEmpty, words.count <= 16 else { return [] }
        let shown = words.map { "\"\(VisibleText($0).text)\"" }.joined(separator: ", ")
        return [SettingChange("null \(shown)", column) { $0.nullWords += words }]
    }

    private static let trueWords: [StaticString] = ["true", "yes", "y", "t", "1", "on"]
    private static let falseWords: [StaticString] = ["false", "no", "n", "f", "0", "off"]

    /// All spellings that the column has, in one setting.
    private static func booleans(_ column: ColumnProfile, _ values: [ArraySlice<UInt8>]) -> [SettingChange] {
        var format = column.boolean
        func add(_ value: ArraySlice<UInt8>, to spellings: inout [String], among words: [StaticString]) {
            let isKnown = value.withUnsafeBytes { text in words.contains { ASCIIWords.matches(text, $0) } }
            let text = String(decoding: value, as: UTF8.self)
            if isKnown, !spellings.contains(text) { spellings.append(text) }
        }
        for value in values {
            add(value, to: &format.trueSpellings, among: trueWords)
            add(value, to: &format.falseSpellings, among: falseWords)
        }
        guard format != column.boolean else { return [] }
        let words = (format.trueSpellings + format.falseSpellings).map { "\"\(VisibleText($0).text)\"" }.joined(separator: ", ")
        return [SettingChange("boolean \(words)", column) { $0.boolean = format }]
    }

    // MARK: Items

    private static func matching(_ column: ColumnProfile) -> [SettingChange] {
        guard let source = column.itemsSource else { return [] }
        let choices: [(words: String, matching: ItemMatching)] = [
            ("items trim true", ItemMatching(trimsBlanks: true, ignoresCase: source.matching.ignoresCase)),
            ("items case ignore", ItemMatching(trimsBlanks: source.matching.trimsBlanks, ignoresCase: true)),
            ("items trim true and case ignore", ItemMatching(trimsBlanks: true, ignoresCase: true)),
        ]
        return choices.filter { $0.matching != source.matching }.map { choice in
            SettingChange(choice.words, column) {
                $0.itemsSource?.matching = choice.matching
                $0.items = $0.items?.matched(by: choice.matching)
            }
        }
    }
}
