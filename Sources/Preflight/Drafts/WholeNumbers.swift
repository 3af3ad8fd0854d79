import ImportProfiles
import SafeText
import ValueFormats

/// Decides what a column of whole numbers is: an amount, a code, an ID, a day, a month, or a flag.
struct WholeNumbers {
    private let judge: ColumnJudge
    private let reading: ColumnReading
    private var column: FeedColumn { judge.column }
    private var hint: NameHint { judge.hint }

    /// From so many digits on a number is kept as text: no program that counts in floating point keeps them all.
    private static let mostDigits = 15
    private static let fewestDigitsOfID = 6
    private static let fewestDigitsOfCode = 3
    /// Different values that a scale, such as a rating, may have.
    private static let mostSteps = 12

    init(_ judge: ColumnJudge, _ reading: ColumnReading) { (self.judge, self.reading) = (judge, reading) }

    private func profile(_ type: ColumnType) -> ColumnProfile { ColumnProfile(name: column.name, type: type) }
    private func choice(_ type: ColumnType, _ words: String) -> ColumnReading { ColumnReading(profile(type), words) }

    private var integer: ColumnReading {
        var reading = reading
        reading.column = profile(.integer)
        reading.words = "whole numbers"
        return reading
    }

    private var notes: [String] { [judge.evidence(reading)] }

    private var digitCounts: ClosedRange<Int>? {
        guard let numbers = reading.count.numbers, numbers.smallest.units >= 0, reading.count.fails == 0 else { return nil }
        return String(numbers.smallest.units).count...String(numbers.largest.units).count
    }

    private var smallest: Int { reading.count.numbers.flatMap { Int(exactly: $0.smallest.units) } ?? .min }
    private var largest: Int { reading.count.numbers.flatMap { Int(exactly: $0.largest.units) } ?? .max }

    var decision: ColumnDecision {
        if reading.count.fails > 0 { return judge.askAboutOthers(integer, notes + judge.unread(reading)) }
        // A sign: no code.
        guard let digits = digitCounts else { return judge.decide(profile(.integer), notes: notes) }
        if let special = flags ?? months ?? seconds ?? spreadsheetDays { return special }
        if column.parts.contains(where: { $0.formats.contains(.leadingZeros) }) { return leadingZeros }
        if digits.upperBound > Self.mostDigits { return judge.decide(profile(.text), notes: notes + ["too many digits for a number"]) }
        let isEven = digits.lowerBound == digits.upperBound
        if let count = column.dataValues?.count, 2 * count <= column.valueCount, count > 0 {
            return few(count, isEven: isEven, digits: digits.lowerBound)
        }
        if hint.saysMeasure { return judge.decide(profile(.integer), notes: notes) }
        if hint.saysCode {
            return judge.decide(profile(.text), notes: notes + ["the name says that these are codes, not amounts"])
        }
        if isEven, digits.lowerBound >= Self.fewestDigitsOfID {
            return judge.ask("IDs or amounts?", [choice(.text, "IDs"), integer], notes)
        }
        return judge.decide(profile(.integer), notes: notes)
    }

    /// Values of which each comes again.
    private func few(_ count: Int, isEven: Bool, digits: Int) -> ColumnDecision {
        if hint.saysCode, !hint.saysMeasure { return dimension }
        if hint.saysMeasure { return judge.decide(profile(.integer), notes: notes) }
        let looksLikeCode = isEven && digits >= Self.fewestDigitsOfCode && count > 1
        let isScale = count <= Self.mostSteps && column.valueCount >= 20 * count
        guard looksLikeCode || isScale else {
            return judge.decide(profile(.integer), notes: notes)
        }
        var asked = judge.ask(
            "codes or amounts?",
            looksLikeCode ? [choice(.dimension, "codes"), integer] : [integer, choice(.dimension, "codes")], notes)
        asked.items = column.dataValues?.map(\.text) ?? []
        return asked
    }

    private var dimension: ColumnDecision {
        var decision = judge.decide(profile(.dimension), notes: [judge.valueCounts("codes") + "; " + judge.different])
        decision.items = column.dataValues?.map(\.text) ?? []
        return decision
    }

    /// 0 and 1.
    private var flags: ColumnDecision? {
        guard smallest == 0, largest == 1, let values = column.dataValues, values.allSatisfy({ $0.text.count == 1 }) else { return nil }
        let boolean = ColumnReading(
            ColumnProfile(name: column.name, type: .boolean, boolean: BooleanFormat(trueSpellings: ["1"], falseSpellings: ["0"])), "boolean"
        )
        return judge.ask(
            "true and false, or numbers?", hint.saysMeasure ? [integer, boolean] : [boolean, integer], [judge.valueCounts("0 and 1")])
    }

    /// `202601`
    private var months: ColumnDecision? {
        guard smallest >= 190_001, largest <= 209_912, let values = column.dataValues,
            values.allSatisfy({
                $0.text.count == 6 && (1...12).contains(Int(String(decoding: $0.text, as: UTF8.self)).map { $0 % 100 } ?? 0)
            }),
            let pattern = DatePattern("yyyyMM")
        else { return nil }
        var reading = ColumnReading(ColumnProfile(name: column.name, type: .date, date: DateFormat([pattern])), "months yyyyMM")
        var tally = ReadingCounter(reading.column, today: nil)
        for value in values { tally.add(value.text, count: value.count) }
        reading.count = tally.count
        guard reading.count.fails == 0 else { return nil }
        return judge.ask("months or codes?", [reading, choice(.dimension, "codes"), integer], notes)
    }

    /// Seconds or milliseconds since 1970, in a column whose name says that it is a time.
    private var seconds: ColumnDecision? {
        guard hint.saysDate else { return nil }
        let unit = smallest >= 946_684_800_000 && largest < 4_102_444_800_000 ? 1_000 : 1
        guard smallest / unit >= 946_684_800, largest / unit < 4_102_444_800 else { return nil }
        let (first, last) = (Self.day(smallest / unit / 86_400), Self.day(largest / unit / 86_400))
        let words =
            "as \(unit == 1 ? "seconds" : "milliseconds") since 1970 they are \(first.text) to \(last.text); an import reads no date from them"
        return judge.ask(
            "a time in \(unit == 1 ? "seconds" : "milliseconds"), or a number?", [integer, choice(.text, "text")],
            notes + [words + ": export dates, or load the numbers"])
    }

    /// `46082`
    private var spreadsheetDays: ColumnDecision? {
        guard hint.saysDate, smallest >= 20_000, largest < 80_000 else { return nil }
        // Day 25569 is 1970-01-01.
        let (first, last) = (Self.day(smallest - 25_569), Self.day(largest - 25_569))
        return judge.ask(
            "day numbers of Excel?", [integer, choice(.text, "text")],
            notes + [
                "as day numbers of Excel they are \(first.text) to \(last.text); an import reads no date from them: export dates, or load the numbers"
            ])
    }

    /// Few numbers begin with a zero: with many the column would be text.
    private var leadingZeros: ColumnDecision {
        let count = column.count { $0.contains(.leadingZeros) }
        return judge.ask(
            "codes or amounts?", [choice(.text, "codes"), integer],
            notes + ["\(count.counted("value")) begin\(count == 1 ? "s" : "") with 0, which a number loses"])
    }

    /// The day of the calendar, so many days after 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func day(_ days: Int) -> Expectation.Day {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return Expectation.Day(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
