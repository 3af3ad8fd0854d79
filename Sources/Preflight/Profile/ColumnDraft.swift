/// The lines of a draft for one column.
struct ColumnDraft {
    private(set) var lines: [String] = []
    private let evidence: ColumnEvidence
    private let name: String

    init(_ evidence: ColumnEvidence, name: String) {
        self.evidence = evidence
        self.name = name
        lines.append("# \(comment)")
        let choices = choices
        switch choices.count {
        case 0: lines.append(ProfileWriter.columnLine(for: ColumnProfile(name: name, type: .text)))
        case 1:
            noteUnlike()
            lines.append(ProfileWriter.columnLine(for: choices[0]))
        default:
            lines.append("# Which is it? No value decides. Take one of these lines instead of the one below:")
            lines += choices.map { "#   " + ProfileWriter.columnLine(for: $0) }
            lines.append(ProfileWriter.columnLine(for: ColumnProfile(name: name, type: .text)))
        }
    }

    // MARK: Evidence

    /// `number (decimal .): 328 like "12.5", 5 empty`.
    private var comment: String {
        let parts = evidence.parts.sorted { $0.count > $1.count }
        var words = parts.prefix(4).map { part in
            part.formats == .empty ? "\(part.count.grouped) empty" : "\(part.count.grouped) like \(Self.shown(part))"
        }
        if parts.count > 4 { words.append("\(parts.dropFirst(4).reduce(0) { $0 + $1.count }.grouped) others") }
        let label = evidence.type?.label ?? (parts.contains { $0.formats != .empty } ? "text" : "nothing but empty fields")
        return words.isEmpty ? "no value" : "\(label): \(words.joined(separator: ", "))"
    }

    private static func shown(_ part: ColumnEvidence.Part) -> String {
        part.examples.first?.value.map { "\"\($0.text.prefix(40))\"" } ?? "?"
    }

    private mutating func noteUnlike() {
        guard let type = evidence.type else { return }
        for part in evidence.parts where !type.fits(part.formats) && part.formats != .nullWord {
            guard let place = part.examples.first?.place else { continue }
            lines.append("# \(part.count.counted("value")) will not parse so, first \(Self.shown(part)) in line \(place.line).")
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
            switch type.kind {
            case .date:
                guard let pattern = pattern(among: setting.patterns, setting.format) else { return nil }
                column.date = DateFormat([pattern])
            case .boolean: column.boolean = spellings
            case .number, .integer, .text, .dimension: break
            }
            return column
        }
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
        Setting(format: .boolean),
    ]

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
