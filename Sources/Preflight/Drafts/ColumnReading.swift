import ImportProfiles
import SafeText
import ValueFormats

/// One way to read the values of a column, and what it makes of them.
struct ColumnReading: Sendable, Equatable {
    var column: ColumnProfile
    /// The format in a few words: `dd/MM/yyyy`, `"," separates decimals`.
    var words: String
    /// Counted on all rows.
    var count = ReadingCount()

    init(_ column: ColumnProfile, _ words: String) { (self.column, self.words) = (column, words) }
}

/// What a reading makes of the values of a column. Counts of different rows add up in any order.
struct ReadingCount: Sendable, Equatable {
    /// Values, by what the import is predicted to make of them; empty fields and words for no value are in none.
    var parses = 0
    var doubtful = 0
    var fails = 0
    /// What makes values doubtful, and how many have it.
    var doubts: [Doubt: Int] = [:]
    /// Dates after the day of the run.
    var future = 0
    /// Values whose number or day is known; of the other readable ones an import may make one.
    fileprivate(set) var measured = 0
    /// Of the numbers that can be read.
    private(set) var numbers: (smallest: ExactDecimal, largest: ExactDecimal)?
    /// Of the dates that surely are some.
    private(set) var days: (first: Expectation.Day, last: Expectation.Day)?

    /// Values that load, or may.
    var readable: Int { parses + doubtful }

    mutating func note(_ number: ExactDecimal) {
        numbers = (min(numbers?.smallest ?? number, number), max(numbers?.largest ?? number, number))
    }

    mutating func note(_ day: Expectation.Day) {
        days = (min(days?.first ?? day, day), max(days?.last ?? day, day))
    }

    mutating func merge(_ other: ReadingCount) {
        parses += other.parses
        doubtful += other.doubtful
        fails += other.fails
        measured += other.measured
        future += other.future
        doubts.merge(other.doubts) { $0 + $1 }
        if let theirs = other.numbers {
            note(theirs.smallest)
            note(theirs.largest)
        }
        if let theirs = other.days {
            note(theirs.first)
            note(theirs.last)
        }
    }

    static func == (left: ReadingCount, right: ReadingCount) -> Bool {
        left.parses == right.parses && left.doubtful == right.doubtful && left.fails == right.fails && left.future == right.future
            && left.doubts == right.doubts && left.range == right.range
    }

    /// `2026-01-31 to 2026-12-31`, `0.5 to 1200`, `0.5 to 1200 in 5 of them`; empty where there is neither a number nor a date.
    var range: String {
        measured < readable && !bounds.isEmpty ? "\(bounds) in \(measured.grouped) of them" : bounds
    }

    private var bounds: String {
        if let days { return days.first == days.last ? "all \(days.first.text)" : "\(days.first.text) to \(days.last.text)" }
        guard let numbers else { return "" }
        return numbers.smallest == numbers.largest ? "all \(numbers.smallest.text)" : "\(numbers.smallest.text) to \(numbers.largest.text)"
    }
}

/// Counts what a reading makes of values.
struct ReadingCounter {
    private let rule: ValueRule
    private let amounts: AmountReader?
    private let patterns: [DatePattern]
    private let today: Expectation.Day?
    private(set) var count = ReadingCount()

    init(_ column: ColumnProfile, today: Expectation.Day?) {
        rule = ValueRule(column: column)
        amounts = column.type.kind.holdsNumbers ? AmountReader(column.number, rule) : nil
        patterns = column.type == .date ? column.date.patterns : []
        self.today = today
    }

    /// The decimal separator of plain numbers; `nil` where none is a value of the reading.
    var plainDecimal: UInt8? { amounts.flatMap { $0.takesPlain ? $0.decimal : nil } }

    /// Counts plain numbers, whose smallest and largest are noted apart.
    mutating func add(plainCount: Int) {
        count.parses += plainCount
        count.measured += plainCount
    }

    mutating func note(_ number: ExactDecimal) { count.note(number) }

    /// Counts a value, or several that are equal.
    mutating func add(_ text: [UInt8], count number: Int = 1) {
        let judgement = rule.judge(text: text)
        switch judgement.verdict {
        case .empty: return
        case .parses: count.parses += number
        case .fails: count.fails += number
        case .doubtful:
            count.doubtful += number
            for doubt in judgement.doubts.doubts { count.doubts[doubt, default: 0] += number }
        }
        if judgement.verdict == .fails { return }
        if let amount = amounts?.amount(text: text) {
            count.note(amount)
            count.measured += number
        }
        guard let day = patterns.lazy.compactMap({ $0.day(text: text) }).first else { return }
        count.note(day)
        count.measured += number
        if let today, day > today { count.future += number }
    }

    mutating func merge(_ other: ReadingCounter) { count.merge(other.count) }
}
