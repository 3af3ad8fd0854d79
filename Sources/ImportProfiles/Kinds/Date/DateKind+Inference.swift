package import ValueFormats

/// How a column is taken for one of dates.
extension DateKind {
    static let traits = FormatSet.timeOfDay

    static let inferredFormats = [
        // Eight digits are an integer as well.
        InferredFormat(.compactDate, "date (yyyyMMdd)", breadth: 0, patterns: ["yyyyMMdd"]),
        InferredFormat(.isoDate, "date (yyyy-MM-dd)", patterns: ["yyyy-MM-dd"]),
        InferredFormat(
            .isoDateTime, "date and time (ISO 8601)",
            patterns: isoTimes.map { "yyyy-MM-dd" + $0 }),
        InferredFormat(.yearFirstSlash, "date (yyyy/M/d)", patterns: ["yyyy/MM/dd", "yyyy/M/d"]),
        InferredFormat(.yearFirstPoint, "date (yyyy.M.d)", patterns: ["yyyy.MM.dd", "yyyy.M.d"]),
        InferredFormat(
            .dayFirstSlash, "date (d/M/yyyy)", rivals: [(.monthFirstSlash, "date (d/M/yyyy or M/d/yyyy)")],
            patterns: ["dd/MM/yyyy", "d/M/yyyy"]),
        InferredFormat(
            .dayFirstDash, "date (d-M-yyyy)", rivals: [(.monthFirstDash, "date (d-M-yyyy or M-d-yyyy)")],
            patterns: ["dd-MM-yyyy", "d-M-yyyy"]),
        InferredFormat(
            .dayFirstPoint, "date (d.M.yyyy)", rivals: [(.monthFirstPoint, "date (d.M.yyyy or M.d.yyyy)")],
            patterns: ["dd.MM.yyyy", "d.M.yyyy"]),
        InferredFormat(.monthFirstSlash, "date (M/d/yyyy)", patterns: ["MM/dd/yyyy", "M/d/yyyy"]),
        InferredFormat(.monthFirstDash, "date (M-d-yyyy)", patterns: ["MM-dd-yyyy", "M-d-yyyy"]),
        InferredFormat(.monthFirstPoint, "date (M.d.yyyy)", patterns: ["MM.dd.yyyy", "M.d.yyyy"]),
        InferredFormat(
            .dayFirstSlashShortYear, "date (d/M/yy)", rivals: [(.monthFirstSlashShortYear, "date (d/M/yy or M/d/yy)")],
            patterns: ["dd/MM/yy", "d/M/yy"]),
        InferredFormat(.monthFirstSlashShortYear, "date (M/d/yy)", patterns: ["MM/dd/yy", "M/d/yy"]),
        InferredFormat(
            .dayFirstDashShortYear, "date (d-M-yy)", rivals: [(.monthFirstDashShortYear, "date (d-M-yy or M-d-yy)")],
            patterns: ["dd-MM-yy", "d-M-yy"]),
        InferredFormat(.monthFirstDashShortYear, "date (M-d-yy)", patterns: ["MM-dd-yy", "M-d-yy"]),
        InferredFormat(
            .dayFirstPointShortYear, "date (d.M.yy)", rivals: [(.monthFirstPointShortYear, "date (d.M.yy or M.d.yy)")],
            patterns: ["dd.MM.yy", "d.M.yy"]),
        InferredFormat(.monthFirstPointShortYear, "date (M.d.yy)", patterns: ["MM.dd.yy", "M.d.yy"]),
        InferredFormat(.dayMonthName, "date (d MMM yyyy)", patterns: forms("dd# MMM# yyyy") + forms("d# MMM# yyyy")),
        InferredFormat(
            .monthNameDay, "date (MMM d, yyyy)", patterns: ["MMM d, yyyy", "MMM dd, yyyy", "MMMM d, yyyy", "MMMM dd, yyyy"]),
        InferredFormat(.monthNameYear, "month (MMM yyyy)", patterns: forms("MMM# yyyy")),
        InferredFormat(.yearMonth, "month (yyyy-MM)", patterns: ["yyyy-MM"]),
    ]

    /// With fractions of a second as databases write them, and with an offset.
    private static let isoTimes: [String] = {
        let fractions = [3, 6, 7, 1, 2, 4, 5].map { ".\(String(repeating: "f", count: $0))" }
        let times = ["HH:mm:ss", "HH:mm"] + fractions.map { "HH:mm:ss" + $0 }
        return ["", "K", " zzz"].flatMap { offset in times.flatMap { [" \($0)\(offset)", "'T'\($0)\(offset)"] } }
    }()

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

    static func label(_ label: String, with traits: FormatSet) -> String {
        traits.contains(.timeOfDay) ? label.replacing("date (", with: "date and time (", maxReplacements: 1) : label
    }

    // MARK: Drafts

    /// The first pattern that reads all examples, or else the last: it takes one digit and two.
    static func draft(_ format: InferredFormat, from evidence: DraftEvidence, into column: inout ColumnProfile) -> Bool {
        let patterns = patterns(of: format, traits: evidence.traits)
        let values = evidence.parts.filter { $0.formats.contains(format.format) }.flatMap(\.examples)
        let compiled = patterns.compactMap { DatePattern($0) }
        let fitting = compiled.first { pattern in
            let rule = ValueRule(column: ColumnProfile(name: column.name, type: .date, date: DateFormat([pattern])))
            return values.allSatisfy { value in rule.judge(Array(value.utf8).span).verdict == .parses }
        }
        guard let pattern = fitting ?? compiled.last else { return false }
        column.date = DateFormat([pattern])
        return true
    }

    /// The patterns that a format stands for, the strictest first.
    ///
    /// - Parameter traits: what the values have besides.
    static func patterns(of format: InferredFormat, traits: FormatSet) -> [String] {
        traits.contains(.timeOfDay) ? format.patterns.flatMap(withTime) : format.patterns
    }

    private static func withTime(_ pattern: String) -> [String] {
        [
            " HH:mm:ss", " HH:mm", " HH:mm:ss zzz", " HH:mm:ssK", " hh:mm:ss tt", " h:mm:ss tt", " h:mm tt", " H:mm:ss", " H:mm",
            "'T'HH:mm:ss", "'T'HH:mm", " HH:mm:ss.fff", " HH:mm:ss.ffffff", " HH:mm:ss.f", " HH:mm:ss.ff",
        ].map { pattern + $0 }
    }
}

extension InferredFormat {
    /// The date patterns that the format stands for, the strictest first.
    ///
    /// - Parameter traits: what the values have besides.
    package func patterns(with traits: FormatSet) -> [String] { DateKind.patterns(of: self, traits: traits) }
}
