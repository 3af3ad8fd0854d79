import ByteSpans
import ImportProfiles
import SafeText
import ValueFormats

/// Values of one column format: one that surely parses, one that surely fails, and one for each doubt.
///
/// Spellings are proposed here and proved by the column's rule: a proposal that has other doubts than intended is not used.
struct FormatSpellings {
    let plain: String
    let failing: String?
    /// Of each doubt that a value can have, in the order of the list.
    let doubtful: [(doubt: Doubt, value: String)]
    /// Doubts of the type that no proposal has.
    let missing: [Doubt]

    /// `nil` where no value surely parses, or none is doubtful.
    init?(_ column: ColumnProfile) {
        var open = column
        open.assume = Assumptions()
        let rule = ValueRule(column: open)
        func judge(_ text: String) -> Judgement { rule.judge(Array(text.utf8).span) }
        guard let plain = Self.plain(column).first(where: { judge($0).verdict == .parses }) else { return nil }
        self.plain = plain
        failing = ["no value", "not a value 1", "?? no such item ??"].first { judge($0).verdict == .fails }
        var doubtful: [(doubt: Doubt, value: String)] = []
        var missing: [Doubt] = []
        var combined: [Doubt] = []
        for doubt in column.type.kind.doubts.doubts {
            let proposals = Self.proposals(doubt, column, plain: plain)
            if let value = proposals.first(where: { judge($0).doubts == DoubtSet(doubt) && judge($0).verdict == .doubtful }) {
                doubtful.append((doubt, value))
            } else {
                combined.append(doubt)
            }
        }
        // What never stands alone is tried beside doubts that have a value of their own.
        let single = DoubtSet(doubtful.map(\.doubt))
        for doubt in combined {
            let value = Self.proposals(doubt, column, plain: plain).first {
                let judgement = judge($0)
                return judgement.verdict == .doubtful && judgement.doubts.contains(doubt)
                    && judgement.doubts.subtracting(DoubtSet(doubt)).isSubset(of: single)
            }
            if let value { doubtful.append((doubt, value)) } else { missing.append(doubt) }
        }
        guard !doubtful.isEmpty else { return nil }
        self.doubtful = doubtful
        self.missing = missing
    }

    /// Values that another format may read differently.
    static func telling(_ column: ColumnProfile) -> [String] {
        let formatted: [String] =
            switch column.type {
            case .number, .integer: NumberSpelling(column.number).telling
            case .date: column.date.patterns.map { DateSpelling(day: 27).text($0) }
            case .boolean: column.boolean.trueSpellings + column.boolean.falseSpellings
            default: []
            }
        let spellings = FormatSpellings(column)
        let doubtful = spellings?.doubtful.map(\.value) ?? []
        return formatted + plain(column) + doubtful + column.nullWords + (spellings?.failing.map { [$0] } ?? [])
    }

    // MARK: Proposals

    private static func plain(_ column: ColumnProfile) -> [String] {
        switch column.type {
        case .number, .integer: NumberSpelling(column.number).plain
        case .date: column.date.patterns.prefix(1).map { DateSpelling().text($0) }
        case .boolean: ["TRUE"]
        case .dimension: items(of: column)
        default: []
        }
    }

    private static func proposals(_ doubt: Doubt, _ column: ColumnProfile, plain: String) -> [String] {
        switch doubt {
        case .leadingBlank: return [" " + plain]
        case .trailingBlank: return [plain + " "]
        case .blanksOnly: return ["   "]
        case .nullWord: return ["n/a", "NA", "null", "none", "-", "N.A."]
        case .errorValue: return ["#N/A", "#NV"]
        default: break
        }
        switch column.type {
        case .number, .integer: return NumberSpelling(column.number).proposals(doubt)
        case .date: return column.date.patterns.prefix(1).flatMap { DateSpelling.proposals(doubt, $0) }
        case .boolean: return words(doubt)
        case .dimension: return items(of: column).flatMap { spellings(ofItem: $0, doubt) }
        default: return []
        }
    }

    private static func words(_ doubt: Doubt) -> [String] {
        switch doubt {
        case .booleanCase: ["true", "True", "false"]
        case .booleanDigit: ["1", "0"]
        case .otherBoolean: ["yes", "no", "y", "n", "ja", "on"]
        case .unknownWord: ["perhaps", "maybe", "w", "q"]
        default: []
        }
    }

    private static let mostItems = 200

    /// Items that can be written into a file of text.
    static func items(of column: ColumnProfile) -> [String] {
        guard let items = column.items else { return [] }
        return (0..<min(items.count, mostItems)).compactMap { String(validating: items[$0], as: UTF8.self) }
    }

    private static func spellings(ofItem item: String, _ doubt: Doubt) -> [String] {
        switch doubt {
        case .itemCase: [item.lowercased(), item.uppercased()]
        case .itemBlank: [trimmed(item)]
        default: []
        }
    }

    private static func trimmed(_ text: String) -> String {
        String(decoding: Whitespace.trim(Array(text.utf8).span), as: UTF8.self)
    }
}

/// Numbers under one format.
private struct NumberSpelling {
    private let prefix: String
    private let suffix: String
    private let decimal: String
    private let group: String

    init(_ format: NumberFormat) {
        prefix = format.prefix ?? ""
        suffix = format.suffix ?? ""
        decimal = format.decimal.rawValue
        group = format.group?.rawValue ?? ""
    }

    var plain: [String] { [around("12")] }

    var telling: [String] {
        (group.isEmpty ? [] : [around("1\(group)234"), around("1\(group)234\(decimal)5")]) + [around("12\(decimal)5")]
    }

    private func around(_ body: String) -> String { prefix + body + suffix }

    func proposals(_ doubt: Doubt) -> [String] {
        switch doubt {
        case .notFinite: ["NaN", "Infinity"]
        case .exponent: [around("1\(decimal)5E+03"), around("1E3")]
        case .plusSign: [around("+12"), "+" + around("12")]
        case .otherMinus: [around("\u{2212}12"), "\u{2212}" + around("12")]
        case .trailingSign: [around("12-"), around("12") + "-"]
        case .signBeforePrefix: ["-" + around("12")]
        case .parentheses: ["(" + around("12") + ")", around("(12)")]
        case .innerBlank: [around("- 12"), prefix + " 12" + suffix, prefix + "12 " + suffix]
        case .missingPrefix: ["12" + suffix]
        case .missingSuffix: [prefix + "12"]
        case .missingPercentSign: [around("0\(decimal)2")]
        case .affixSpelling:
            [
                Self.otherCase(prefix) + "12" + suffix, prefix + "12" + Self.otherCase(suffix), Self.trimmed(prefix) + "12" + suffix,
                prefix + "12" + Self.trimmed(suffix),
            ]
        case .irregularGrouping: [around("12\(group)34\(group)567"), around("1\(group)23\(group)456")]
        case .groupAfterDecimal: [around("1\(decimal)234\(group)567")]
        case .otherGroupSeparator: [around("1_234")]
        case .missingLeadingDigit: [around("\(decimal)5"), around("\(decimal)5%")]
        case .missingTrailingDigit: [around("5\(decimal)")]
        case .foreignDigits: [around("\u{FF11}\u{FF12}")]
        case .tooManyDigits: [around(String(repeating: "1234567890", count: 3))]
        case .decimalsInInteger: [around("12\(decimal)5")]
        default: []
        }
    }

    private static func otherCase(_ text: String) -> String {
        let lower = text.lowercased()
        return lower == text ? text.uppercased() : lower
    }

    private static func trimmed(_ text: String) -> String {
        String(decoding: Whitespace.trim(Array(text.utf8).span), as: UTF8.self)
    }
}

/// The 7th of March 2026, a Saturday, at 09:05:07, as a pattern has it or nearly so.
private struct DateSpelling {
    var day = 7
    var month = 3
    var weekday = 6
    var hour = 9
    var hasShortDay = false
    var hasShortMonth = false
    var hasShortTime = false
    var yearDigits: Int?
    var separator: UInt8?
    var hasOtherNameLength = false
    var foreignMonth: String?
    var fractionDigits: Int?
    var offset = "+01:00"
    var hasTime = true

    static func proposals(_ doubt: Doubt, _ pattern: DatePattern) -> [String] {
        func changed(_ change: (inout DateSpelling) -> Void) -> String {
            var spelling = DateSpelling()
            change(&spelling)
            return spelling.text(pattern)
        }
        switch doubt {
        case .shortDay: return [changed { $0.hasShortDay = true }]
        case .shortMonth: return [changed { $0.hasShortMonth = true }]
        case .shortTime: return [changed { $0.hasShortTime = true }]
        case .twoDigitYear: return [changed { $0.yearDigits = 2 }]
        case .fourDigitYear: return [changed { $0.yearDigits = 4 }]
        case .otherDateSeparator: return "/.- ".utf8.map { byte in changed { $0.separator = byte } }
        case .nameLength: return [changed { $0.hasOtherNameLength = true }]
        case .foreignName: return ["März", "Mär", "mars", "marzo"].map { name in changed { $0.foreignMonth = name } }
        case .fractionLength: return [1, 2, 4, 7].map { digits in changed { $0.fractionDigits = digits } }
        case .offsetSpelling: return ["+0100", "Z", "+01"].map { offset in changed { $0.offset = offset } }
        case .timePart: return [changed { _ in } + " 00:00:00", changed { _ in } + ":00"]
        case .missingTime: return [changed { $0.hasTime = false }]
        case .unusualTime: return [changed { $0.hour = 24 }, changed { $0.hour = 13 }]
        case .wrongWeekday: return [changed { $0.weekday = 2 }]
        case .swappedDayMonth: return [changed { ($0.day, $0.month) = (3, 27) }]
        case .isoDate: return ["2026-03-07", "20260307"]
        case .foreignDigits: return [Self.inFullWidth(changed { _ in })]
        case .serialDay: return ["46088"]
        default: return []
        }
    }

    /// With the digits of East Asia.
    private static func inFullWidth(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { ("0"..."9").contains($0) ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0 }))
    }

    func text(_ pattern: DatePattern) -> String {
        var text: [UInt8] = []
        var elements = pattern.elements[...]
        if !hasTime {
            let last = elements.lastIndex { $0.isDate } ?? elements.startIndex
            elements = elements[...last]
        }
        for element in elements {
            switch element {
            case .number(let part, let digits, let isFixed): text += number(part, digits: digits, isFixed: isFixed).utf8
            case .monthName(let isFull):
                text += (foreignMonth ?? Self.name(EnglishNames.months, month, isFull: isFull != hasOtherNameLength)).utf8
            case .weekdayName(let isFull): text += Self.name(EnglishNames.weekdays, weekday, isFull: isFull != hasOtherNameLength).utf8
            case .designator(let letters): text += (letters == 2 ? "AM" : "A").utf8
            case .offset: text += offset.utf8
            case .literal(let byte): text.append("/.- ".utf8.contains(byte) ? separator ?? byte : byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func number(_ part: DatePattern.Part, digits: Int, isFixed: Bool) -> String {
        switch part {
        case .year: return (yearDigits ?? digits) == 4 ? "2026" : "26"
        case .month: return Self.padded(month, hasShortMonth && !isFixed ? 1 : digits)
        case .day: return Self.padded(day, hasShortDay && !isFixed ? 1 : digits)
        case .hour24, .hour12: return Self.padded(hour, hasShortTime && !isFixed && hour == 9 ? 1 : digits)
        case .minute: return Self.padded(hour == 24 ? 0 : 5, digits)
        case .second: return Self.padded(hour == 24 ? 0 : 7, digits)
        case .fraction: return String(repeating: hour == 24 ? "0" : "5", count: fractionDigits ?? digits)
        }
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func name(_ names: [StaticString], _ number: Int, isFull: Bool) -> String {
        let name = "\(names[(number - 1) % names.count])"
        let capitalized = name.prefix(1).uppercased() + name.dropFirst()
        return isFull ? capitalized : String(capitalized.prefix(3))
    }
}
