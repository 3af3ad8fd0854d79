import ImportProfiles
import SafeText
import ValueFormats

/// The lines of a draft for one column.
struct ColumnDraft {
    private(set) var lines: [String] = []
    private let evidence: ColumnEvidence
    private let name: String

    init(_ evidence: ColumnEvidence, name: String) {
        self.evidence = evidence
        self.name = name
        lines.append("# \(comment)")
        noteDoubts()
        let choices = choices
        switch choices.count {
        case 0: lines.append(ProfileWriter.columnLine(for: ColumnProfile(name: name, type: .text)))
        case 1:
            noteUnlike()
            lines.append(ProfileWriter.columnLine(for: choices[0]))
        default:
            lines += UndecidedColumn.draft(name: name, choices: choices.map { ProfileWriter.columnLine(for: $0) })
        }
    }

    // MARK: Evidence

    /// `number (decimal .): 328 like "12.5", 5 empty`.
    private var comment: String {
        let parts = evidence.parts.sorted { $0.count > $1.count }
        var words = parts.prefix(4).map { part in
            part.formats == .empty ? "\(part.count.grouped) empty" : "\(part.count.grouped) like \(Self.shown(part))"
        }
        if parts.count > 4 { words.append(parts.dropFirst(4).reduce(0) { $0 + $1.count }.counted("other")) }
        let label = evidence.type?.label ?? (parts.contains { $0.formats != .empty } ? "text" : "nothing but empty fields")
        return words.isEmpty ? "no value" : "\(label): \(words.joined(separator: ", "))"
    }

    private static func shown(_ part: ColumnEvidence.Part) -> String {
        part.examples.first?.value.map { "\"\($0.text.prefix(40))\"" } ?? "?"
    }

    private mutating func noteUnlike() {
        guard let type = evidence.type else { return }
        for part in evidence.parts where !type.fits(part.formats) && !part.formats.contains(.nullWord) {
            guard let place = part.examples.first?.place else { continue }
            let verdict = type.mayFit(part.formats) ? "may not parse so (assumed)" : "will not parse so"
            lines.append("# \(part.count.counted("value")) \(verdict), first \(Self.shown(part)) in line \(place.line).")
        }
    }

    /// What a person should know before the column's type is settled.
    private mutating func noteDoubts() {
        let values = evidence.parts.filter { $0.formats.isDisjoint(with: [.empty, .nullWord]) }
        if let part = values.first(where: { $0.formats.contains(.mangledID) }), let place = part.examples.first?.place {
            lines.append("# \(Self.shown(part)) in line \(place.line) is how Excel shows an id of many digits: the last ones are lost.")
        }
        if evidence.type == nil, !values.isEmpty, values.allSatisfy({ $0.formats.contains(.otherBoolean) }) {
            let words = Self.distinct(values)
            let yes = words.filter { "yot".contains($0.lowercased().first ?? " ") && $0.lowercased() != "off" }
            let column = ColumnProfile(
                name: name, type: .boolean, boolean: BooleanFormat(trueSpellings: yes, falseSpellings: words.filter { !yes.contains($0) }))
            lines.append("# If it is a boolean: \(ProfileWriter.columnLine(for: column))")
        }
        let count = values.reduce(0) { $0 + $1.count }
        if evidence.type == nil, let distinct = evidence.distinctCount, distinct > 0, distinct * 2 <= count {
            let column = ColumnProfile(name: name, type: .dimension)
            lines.append("# \(distinct.counted("different value")). If they are items: \(ProfileWriter.columnLine(for: column))")
        }
        let saysDate = ["date", "day"].contains { name.lowercased().contains($0) }
        if saysDate, !values.isEmpty, values.allSatisfy({ $0.formats.contains(.serialDay) }) {
            lines.append("# These may be days as Excel counts them: then write dates into the file, for instance yyyy-MM-dd.")
        }
    }

    // MARK: Choices

    /// What the column may be: nothing for text, several where the values leave it open.
    private var choices: [ColumnProfile] {
        guard let type = evidence.type else { return [] }
        let settings = Self.settings.filter { type.formats.contains($0.format) }
        return settings.compactMap { setting in
            var column = ColumnProfile(name: name, type: type.kind, nullWords: nullWords)
            setting.apply(&column)
            applyAffixes(of: type, to: &column)
            switch type.kind {
            case .date:
                let patterns = type.traits.contains(.timeOfDay) ? setting.patterns.flatMap(Self.withTime) : setting.patterns
                guard let pattern = pattern(among: patterns, setting.format) else { return nil }
                column.date = DateFormat([pattern])
            case .boolean: column.boolean = spellings
            case .number, .integer, .text, .dimension: break
            }
            return column
        }
    }

    /// The percent sign, or the currency of the first values that have one.
    private func applyAffixes(of type: InferredType, to column: inout ColumnProfile) {
        if type.traits.isEmpty || type.kind != .number { return }
        column.number.isPercent = type.traits.contains(.percent)
        let values = evidence.parts.filter { type.fits($0.formats) }.flatMap(\.examples).compactMap { $0.value?.text }
        let affixes = values.map { NumberAffixes(ArraySlice($0.utf8)) }
        if type.traits.contains(.currencyPrefix) { column.number.prefix = affixes.compactMap(\.prefixes.last).first }
        if type.traits.contains(.currencySuffix) { column.number.suffix = affixes.compactMap(\.suffix).first }
    }

    private static func withTime(_ pattern: String) -> [String] {
        [" HH:mm:ss", " HH:mm", " HH:mm:ss zzz", " HH:mm:ssK", " hh:mm:ss tt", " h:mm tt", " H:mm"].map { pattern + $0 }
    }

    private struct Setting: Sendable {
        var format: FormatSet
        var patterns: [String] = []
        var apply: @Sendable (inout ColumnProfile) -> Void = { _ in }
    }

    private static let settings: [Setting] = [
        Setting(format: .integer), Setting(format: .decimalPoint),
        Setting(format: .decimalComma, apply: { $0.number.decimal = .comma }),
        Setting(format: .groupedByComma, apply: { $0.number.group = .comma }),
        Setting(format: .groupedByPoint, apply: { ($0.number.decimal, $0.number.group) = (.comma, .point) }),
        Setting(format: .groupedBySpaceDecimalComma, apply: { ($0.number.decimal, $0.number.group) = (.comma, .space) }),
        Setting(format: .groupedBySpaceDecimalPoint, apply: { $0.number.group = .space }),
        Setting(format: .groupedByApostrophe, apply: { $0.number.group = .apostrophe }),
        Setting(format: .isoDate, patterns: ["yyyy-MM-dd"]),
        Setting(
            format: .isoDateTime,
            patterns: [
                "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK",
                "yyyy-MM-dd'T'HH:mm:ss.fffK", "yyyy-MM-dd HH:mm:ss.fff", "yyyy-MM-dd'T'HH:mm",
            ]),
        Setting(format: .yearFirstSlash, patterns: ["yyyy/MM/dd", "yyyy/M/d"]),
        Setting(format: .yearFirstPoint, patterns: ["yyyy.MM.dd", "yyyy.M.d"]),
        Setting(format: .dayFirstSlash, patterns: ["dd/MM/yyyy", "d/M/yyyy"]),
        Setting(format: .monthFirstSlash, patterns: ["MM/dd/yyyy", "M/d/yyyy"]),
        Setting(format: .dayFirstDash, patterns: ["dd-MM-yyyy", "d-M-yyyy"]),
        Setting(format: .monthFirstDash, patterns: ["MM-dd-yyyy", "M-d-yyyy"]),
        Setting(format: .dayFirstPoint, patterns: ["dd.MM.yyyy", "d.M.yyyy"]),
        Setting(format: .monthFirstPoint, patterns: ["MM.dd.yyyy", "M.d.yyyy"]),
        Setting(format: .dayFirstSlashShortYear, patterns: ["dd/MM/yy", "d/M/yy"]),
        Setting(format: .monthFirstSlashShortYear, patterns: ["MM/dd/yy", "M/d/yy"]),
        Setting(format: .dayFirstDashShortYear, patterns: ["dd-MM-yy", "d-M-yy"]),
        Setting(format: .monthFirstDashShortYear, patterns: ["MM-dd-yy", "M-d-yy"]),
        Setting(format: .dayFirstPointShortYear, patterns: ["dd.MM.yy", "d.M.yy"]),
        Setting(format: .monthFirstPointShortYear, patterns: ["MM.dd.yy", "M.d.yy"]),
        Setting(format: .compactDate, patterns: ["yyyyMMdd"]),
        Setting(format: .yearMonth, patterns: ["yyyy-MM"]),
        Setting(format: .dayMonthName, patterns: forms("dd# MMM# yyyy") + forms("d# MMM# yyyy")),
        Setting(format: .monthNameDay, patterns: ["MMM d, yyyy", "MMM dd, yyyy", "MMMM d, yyyy", "MMMM dd, yyyy"]),
        Setting(format: .monthNameYear, patterns: forms("MMM# yyyy")),
        Setting(format: .period),
        Setting(format: .boolean),
    ]

    /// A pattern with a named month in its usual forms: other separators, the year short, the name long.
    private static func forms(_ pattern: String) -> [String] {
        [" ", "-", "/", "."].flatMap { separator in
            ["MMM", "MMMM"].flatMap { month in
                ["yyyy", "yy"].map { year in
                    pattern.replacing("# ", with: separator).replacing("MMM", with: month).replacing("yyyy", with: year)
                }
            }
        }
    }

    /// The first pattern that reads all examples, or else the last: it takes one digit and two.
    private func pattern(among patterns: [String], _ format: FormatSet) -> DatePattern? {
        let values = evidence.parts.filter { $0.formats.contains(format) }.flatMap(\.examples).compactMap { $0.value?.text }
        let compiled = patterns.compactMap { DatePattern($0) }
        return compiled.first { pattern in
            let rule = ValueRule(column: ColumnProfile(name: name, type: .date, date: DateFormat([pattern])))
            return values.allSatisfy { value in Array(value.utf8).withUnsafeBytes { rule.judge($0).verdict == .parses } }
        } ?? compiled.last
    }

    /// The words for no value among the examples.
    private var nullWords: [String] {
        Self.distinct(evidence.parts.filter { $0.formats == .nullWord })
    }

    /// Spellings other than TRUE and FALSE.
    private var spellings: BooleanFormat {
        let words = Self.distinct(evidence.parts.filter { $0.formats == .boolean })
        return BooleanFormat(
            trueSpellings: words.filter { $0 != "TRUE" && $0.lowercased() == "true" },
            falseSpellings: words.filter { $0 != "FALSE" && $0.lowercased() == "false" })
    }

    private static func distinct(_ parts: [ColumnEvidence.Part]) -> [String] {
        var words: [String] = []
        for text in parts.flatMap(\.examples).compactMap({ $0.value?.text }) where !words.contains(text) { words.append(text) }
        return words
    }
}
