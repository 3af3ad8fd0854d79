import ImportProfiles
import SafeText
import ValueFormats

/// Finds the ways to read the values of a column that are worth counting on all rows.
struct ReadingSearch {
    let column: FeedColumn
    /// What nearly all values are; `nil` for texts and for a mixture.
    let type: InferredType?
    /// Whether the values are numbers or dates in several formats.
    private(set) var isMixed = false
    /// By format: the readings of one format differ in strictness only, the strictest first.
    private(set) var formats: [[ColumnReading]] = []

    private static let mostReadings = 4

    init(_ column: FeedColumn) {
        self.column = column
        let histogram = column.histogram
        let likeNumbers = Self.datesLikeNumbers(in: column)
        type = likeNumbers.isEmpty ? InferredType.infer(from: histogram) ?? InferredType.infer(from: histogram, takesDoubtful: true) : nil
        if !likeNumbers.isEmpty {
            formats = likeNumbers
        } else if let type {
            formats = Self.readings(of: type, in: column)
        } else {
            for type in InferredType.mixture(of: histogram) {
                let found = Self.readings(of: type, in: column)
                formats += found.filter { new in !formats.contains { $0.first?.column == new.first?.column } }
            }
            isMixed = formats.count > 1
            if !isMixed { formats = [] }
        }
        if formats.isEmpty, type == nil { formats = Self.otherDates(in: column) + Self.quantities(in: column) }
        if formats.isEmpty, type == nil { formats = Self.namedDates(in: column) }
        if formats.isEmpty, type == nil { formats = Self.datesInOtherDigits(in: column) }
        if formats.isEmpty, type == nil { formats = Self.mostlyTyped(column) }
    }

    private static func readings(of type: InferredType, in column: FeedColumn) -> [[ColumnReading]] {
        let evidence = column.evidence(fitting: type)
        return type.draftFormats.compactMap { found in
            let own = ColumnProfile(name: column.name, type: type.kind)
            let readings: [ColumnReading]
            if found.type == .date {
                let texts = column.parts.filter { $0.formats.contains(found.format.format) }.flatMap(\.examples).map { Array($0.utf8) }
                readings = dates(found.format.patterns(with: type.traits), texts: texts, name: column.name)
            } else {
                var drafted = own
                guard found.type.kind.draft(found.format, from: evidence, into: &drafted) else { return nil }
                readings = [ColumnReading(drafted, Self.words(of: drafted))]
            }
            return readings.isEmpty ? nil : readings
        }
    }

    /// The patterns that read most of some texts; among equals those that are listed first.
    private static func dates(_ patterns: [String], texts: [[UInt8]], name: String) -> [ColumnReading] {
        let compiled = patterns.compactMap { DatePattern($0) }
        let counted = compiled.enumerated().map { place, pattern in
            let rule = ValueRule(column: ColumnProfile(name: name, type: .date, date: DateFormat([pattern])))
            return (pattern: pattern, place: place, count: texts.count { rule.judge(text: $0).verdict == .parses })
        }.filter { $0.count > 0 }.sorted { ($1.count, $0.place) < ($0.count, $1.place) }
        return counted.prefix(mostReadings).map {
            ColumnReading(ColumnProfile(name: name, type: .date, date: DateFormat([$0.pattern])), $0.pattern.text)
        }
    }

    /// Months and times in forms that few files have.
    private static func otherDates(in column: FeedColumn) -> [[ColumnReading]] {
        let texts = column.knownTexts.filter { !ASCII.isNullWord(text: $0) }
        guard let first = texts.first, first.contains(where: ASCII.isDigit), texts.allSatisfy({ (5...40).contains($0.count) }) else {
            return []
        }
        let found = dates(otherPatterns, readingAll: texts, name: column.name)
        if !found.isEmpty || !texts.allSatisfy({ $0.contains(UInt8(ascii: ",")) }) { return found }
        return dates(dayFirstPatterns, readingAll: texts, name: column.name)
            + dates(monthFirstPatterns, readingAll: texts, name: column.name)
    }

    private static func dates(_ patterns: [String], readingAll texts: [[UInt8]], name: String) -> [[ColumnReading]] {
        let texts = Array(texts.prefix(mostExamples))
        let readings = dates(patterns, texts: texts, name: name).filter { reading in
            let rule = ValueRule(column: reading.column)
            return texts.allSatisfy { rule.judge(text: $0).verdict == .parses }
        }
        return readings.isEmpty ? [] : [readings]
    }

    /// Dates that else look like numbers with their digits in odd groups: with a point after the last number, as in Hungary and Croatia, and with a
    /// time, both without separators.
    private static func datesLikeNumbers(in column: FeedColumn) -> [[ColumnReading]] {
        let texts = column.knownTexts.filter { !ASCII.isNullWord(text: $0) }
        guard !texts.isEmpty, texts.allSatisfy({ $0.first.map(ASCII.isDigit) == true }) else { return [] }
        if texts.allSatisfy({ $0.last == UInt8(ascii: ".") }) { return dates(pointedPatterns, readingAll: texts, name: column.name) }
        guard texts.allSatisfy({ $0.count == 15 && $0[8] == UInt8(ascii: " ") }) else { return [] }
        return dates(["yyyyMMdd HHmmss"], readingAll: texts, name: column.name)
    }

    private static let pointedPatterns = [
        "yyyy.MM.dd.", "yyyy.M.d.", "yyyy. MM. dd.", "yyyy. M. d.", "dd.MM.yyyy.", "d.M.yyyy.", "dd. MM. yyyy.", "d. M. yyyy.",
    ]

    private static let otherPatterns: [String] =
        ["yyyy'年'M'月'd'日'", "yyyy'年'MM'月'dd'日'", "yyyy'년' M'월' d'일'", "yyyy'년'M'월'd'일'"]
        + ["MM/yyyy", "MM.yyyy", "MM-yyyy", "M/yyyy", "M.yyyy", "yyyy/MM", "yyyy.MM", "MMM-yyyy", "MMMyy"]
        + ["dd-MMM-yyyy", "dd MMM yyyy", "d MMM yyyy", "MMM d, yyyy", "dd/MMM/yyyy"].flatMap { date in
            [" HH:mm:ss", " HH:mm", " hh:mm:ss tt", ":HH:mm:ss", " h:mm tt"].map { date + $0 }
        } + ["yyyyMMddHHmmss", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmssK", "ddd, dd MMM yyyy", "ddd MMM d HH:mm:ss yyyy"]
        + ["", ".fff", ".ffffff"].map { "yyyy-MM-dd HH:mm:ss\($0) 'UTC'" } + localTimes.flatMap { ["dd.MM.yyyy" + $0, "d.M.yyyy" + $0] }

    /// What browsers write between date and time.
    private static let localTimes = [", HH:mm:ss", ", HH:mm", ", hh:mm:ss tt", ", h:mm:ss tt"]
    private static let dayFirstPatterns = localTimes.flatMap { ["dd/MM/yyyy" + $0, "d/M/yyyy" + $0] }
    private static let monthFirstPatterns = localTimes.flatMap { ["MM/dd/yyyy" + $0, "M/d/yyyy" + $0] }

    /// Dates in the digits of another script, by those that they stand for.
    private static func datesInOtherDigits(in column: FeedColumn) -> [[ColumnReading]] {
        let texts = column.knownTexts.filter { !ASCII.isNullWord(text: $0) }
        guard !texts.isEmpty, texts.allSatisfy({ $0.contains { $0 >= 0x80 } }) else { return [] }
        var histogram: [FormatSet: Int] = [:]
        let usual = texts.map(NumberDigits.usualDigits)
        for text in usual { histogram[FormatSet.formats(text: text), default: 0] += 1 }
        guard let type = InferredType.infer(from: histogram), type.kind == .date else { return [] }
        return type.draftFormats.compactMap { found in
            let readings = dates(found.format.patterns(with: type.traits), texts: usual, name: column.name)
            return readings.isEmpty ? nil : readings
        }
    }

    /// Numbers or dates of one format that are most values, but not nearly all, where the name of the column says that all should be.
    private static func mostlyTyped(_ column: FeedColumn) -> [[ColumnReading]] {
        let hint = NameHint(column.name)
        guard hint.saysMeasure || (hint.saysDate && !hint.saysCode) else { return [] }
        let typed = column.histogram.filter { !$0.key.isDisjoint(with: FormatSet.numbers.union(.dates)) }
        let count = typed.values.reduce(0, +)
        guard 2 * count > column.valueCount, let type = InferredType.infer(from: typed) else { return [] }
        return readings(of: type, in: column)
    }

    /// Dates with the names of months, some of them in another language than English.
    private static func namedDates(in column: FeedColumn) -> [[ColumnReading]] {
        let texts = column.knownTexts.filter { !ASCII.isNullWord(text: $0) }.prefix(mostExamples)
        let named = texts.filter { DateInWords.matches($0.span) }
        guard !named.isEmpty, 10 * named.count >= 9 * texts.count else { return [] }
        let isFull = named.contains { text in
            text.split { $0 < 0x80 && !("a"..."z").contains(Character(Unicode.Scalar($0 | 0x20))) }.contains { word in
                // Abbreviations have four letters at most.
                word.count { $0 & 0xC0 != 0x80 } > 4
            }
        }
        let patterns = namedPatterns.map { isFull ? $0.replacing("MMM", with: "MMMM") : $0 }
        let judged = patterns.compactMap { DatePattern($0) }.map { pattern in
            let rule = ValueRule(column: ColumnProfile(name: column.name, type: .date, date: DateFormat([pattern])))
            let judgements = named.map { rule.judge(text: $0) }
            return (
                pattern: pattern, fails: judgements.count { $0.verdict == .fails }, doubts: judgements.reduce(0) { $0 + $1.doubts.count }
            )
        }
        // Of equal ones the first.
        guard let best = judged.min(by: { ($0.fails, $0.doubts) < ($1.fails, $1.doubts) }), best.fails == 0 else { return [] }
        return [[ColumnReading(ColumnProfile(name: column.name, type: .date, date: DateFormat([best.pattern])), best.pattern.text)]]
    }

    private static let mostExamples = 100
    private static let namedPatterns =
        ["dd-MMM-yyyy", "dd MMM yyyy", "dd. MMM yyyy", "dd.MMM.yyyy", "dd/MMM/yyyy", "d-MMM-yyyy", "d MMM yyyy", "d. MMM yyyy"]
        + [
            "dd-MMM-yy", "dd MMM yy", "dd. MMM yy", "dd/MMM/yy", "d MMM yy", "d 'de' MMM 'de' yyyy", "MMM d, yyyy", "MMM dd, yyyy",
            "yyyy-MMM-dd",
        ]

    /// Numbers with a unit that all of them have, or a currency before them.
    private static func quantities(in column: FeedColumn) -> [[ColumnReading]] {
        let texts = column.knownTexts.filter { !ASCII.isNullWord(text: $0) }
        let priced = prices(texts, name: column.name)
        if !priced.isEmpty { return priced }
        var suffix: String?
        var bare: [FormatSet: Int] = [:]
        for text in texts {
            guard let first = text.first, ASCII.isDigit(first) || first == UInt8(ascii: "-"),
                let own = NumberAffixes(text[...]).suffix, suffix ?? own == own, isUnit(own) || isScale(own)
            else { return [] }
            suffix = own
            bare[FormatSet.formats(text: text.dropLast(own.utf8.count)), default: 0] += 1
        }
        guard let suffix, let type = InferredType.infer(from: bare), type.kind.kind.holdsNumbers else { return [] }
        // Sizes and models have such a letter, too.
        if isScale(suffix), type.kind == .integer, !NameHint(column.name).saysMeasure { return [] }
        return type.draftFormats.compactMap { found in
            var drafted = ColumnProfile(name: column.name, type: .number)
            found.format.apply(&drafted)
            drafted.number.suffix = suffix
            return [ColumnReading(drafted, words(of: drafted))]
        }
    }

    private static func prices(_ texts: [[UInt8]], name: String) -> [[ColumnReading]] {
        var prefix: String?
        var bare: [FormatSet: Int] = [:]
        for text in texts {
            guard
                let own = NumberAffixes(text[...]).prefixes.first(where: {
                    currencies.contains($0.lowercased().filter { !$0.isWhitespace })
                }),
                prefix ?? own == own, let start = text.firstRange(of: Array(own.utf8))
            else { return [] }
            prefix = own
            bare[FormatSet.formats(text: Array(text[..<start.lowerBound]) + Array(text[start.upperBound...])), default: 0] += 1
        }
        // Rooms are numbered, too.
        guard let prefix, NameHint(name).saysMeasure || bare.keys.contains(where: { !$0.contains(.integer) }),
            let type = InferredType.infer(from: bare), type.kind.kind.holdsNumbers
        else { return [] }
        return type.draftFormats.map { found in
            var drafted = ColumnProfile(name: name, type: .number)
            found.format.apply(&drafted)
            drafted.number.prefix = prefix
            return [ColumnReading(drafted, words(of: drafted))]
        }
    }

    /// Currencies before a number, in lower case, beside those with a code or a sign.
    private static let currencies: Set<String> = [
        "kr", "kr.", "zł", "kč", "ft", "lei", "fr", "fr.", "sfr", "sfr.", "rs", "rs.", "rp", "rp.", "rm", "ksh", "руб", "руб.", "грн",
        "грн.", "лв", "лв.", "дин.", "din.", "tl", "元", "円",
    ]

    /// A letter right after the digits is more often part of a code.
    private static func isUnit(_ suffix: String) -> Bool {
        let word = suffix.drop { $0.isWhitespace }
        let isLetter = word.count == 1 && word.utf8.count == 1
        return units.contains(word.lowercased()) && (!isLetter || word.count < suffix.count)
    }

    /// A letter right after the digits that stands for thousands, millions or billions.
    static func isScale(_ suffix: String) -> Bool { ["k", "K", "M", "B"].contains(suffix) }

    /// Units after a number, in lower case.
    private static let units: Set<String> = [
        "kg", "g", "mg", "t", "to", "lb", "lbs", "oz", "m", "km", "cm", "mm", "mi", "ft", "in", "m2", "m²", "m3", "m³", "l", "ml", "hl",
        "kwh",
        "mwh", "gwh", "wh", "kw", "mw", "w", "v", "a", "h", "hrs", "hours", "std", "std.", "min", "s", "sec", "ms", "d", "days", "tage",
        "pcs",
        "pc", "stk", "stk.", "st", "st.", "stück", "units", "unit", "ea", "°c", "°f", "hpa", "bar", "km/h", "m/s", "ppm", "k", "m", "mio",
        "mio.", "mrd", "bn", "tsd", "tsd.", "fte", "pt", "pts", "px", "mb", "gb", "tb", "kb", "jahre", "years", "%", "円", "元", "원", "kr",
        "kr.", "zł", "kč", "ft", "lei", "руб", "руб.", "грн", "шт", "шт.", "кг", "szt",
        "szt.",
    ]

    /// A number format in a few words.
    static func words(of column: ColumnProfile) -> String {
        if column.type == .date { return column.date.patterns.map(\.text).joined(separator: ", ") }
        guard column.type.kind.holdsNumbers else { return column.type.rawValue }
        var words = [column.number.decimal == .comma ? "decimal \",\"" : "decimal \".\""]
        if let group = column.number.group { words.append("thousands \(group.words)") }
        if let prefix = column.number.prefix { words.append("prefix \(YAMLText.shown(prefix))") }
        if let suffix = column.number.suffix { words.append("suffix \(YAMLText.shown(suffix))") }
        if column.number.isPercent { words.append("per cent") }
        return column.type == .integer ? "whole numbers" : words.joined(separator: ", ")
    }
}
