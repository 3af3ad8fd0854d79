import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// The numbers of a column under one format: their sum, or the smallest and the largest.
struct Amounts {
    let reader: AmountReader
    /// Digits after the separator that the numbers have, as far as was seen.
    private(set) var usualScale = 2
    private(set) var total = DecimalTotal()
    private(set) var smallest: (value: ExactDecimal, row: Int)?
    private(set) var largest: (value: ExactDecimal, row: Int)?
    private var plain = PlainBounds()
    private(set) var unreadCount = 0
    private(set) var firstUnread: Int?

    init(decimal: UInt8) { reader = AmountReader(decimal: decimal) }
    init(_ format: NumberFormat, _ rule: ValueRule) { reader = AmountReader(format, rule) }

    var takesPlain: Bool { reader.takesPlain }

    /// Adds numbers that have so many digits after the separator.
    mutating func add(units: Int64, scale: Int) { total.add(units: units, scale: scale) }

    /// - Returns: `false` if the value is no number under the format.
    mutating func add(_ value: Span<UInt8>) -> Bool {
        if takesPlain, let plain = DecimalDigits.read(value, decimal: reader.decimal) {
            total.add(units: plain.units, scale: plain.scale)
            usualScale = plain.scale
            return true
        }
        guard let number = reader.closely(value) else { return false }
        total.add(number)
        return true
    }

    /// - Returns: `false` if the value is no number under the format.
    mutating func compare(_ value: Span<UInt8>, row: Int, _ rows: BatchRows) -> Bool {
        if takesPlain, let number = DecimalDigits.read(value, decimal: reader.decimal) {
            if plain.widen(units: number.units, scale: number.scale) {
                note(ExactDecimal(units: Int128(number.units), scale: number.scale), row: rows.number(of: row))
            }
            return true
        }
        guard let number = reader.closely(value) else { return false }
        note(number, row: rows.number(of: row))
        return true
    }

    private mutating func note(_ number: ExactDecimal, row: Int) {
        if smallest.map({ number < $0.value }) ?? true { smallest = (number, row) }
        if largest.map({ number > $0.value }) ?? true { largest = (number, row) }
    }

    mutating func noteUnread(_ row: () -> Int) {
        unreadCount += 1
        if firstUnread == nil { firstUnread = row() }
    }

    /// - Parameter first: the number of the first of these rows, which may come before those that were noted last.
    mutating func noteUnread(count: Int, first: Int) {
        unreadCount += count
        firstUnread = min(firstUnread ?? first, first)
    }

    mutating func merge(_ later: Amounts, rows: Int) {
        total.merge(later.total)
        if let other = later.smallest, smallest.map({ other.value < $0.value }) ?? true { smallest = (other.value, other.row + rows) }
        if let other = later.largest, largest.map({ other.value > $0.value }) ?? true { largest = (other.value, other.row + rows) }
        unreadCount += later.unreadCount
        firstUnread = firstUnread ?? later.firstUnread.map { $0 + rows }
    }
}

/// The numbers of a column with a decimal point and with a decimal comma, where no profile tells which it is.
struct BothReadings {
    private(set) var amounts: [Amounts]

    init(_ amounts: [Amounts]) { self.amounts = amounts }

    /// Which numbers can be summed together: they have this separator and so many digits after it.
    var usual: (decimal: UInt8, scale: Int) {
        let slot = amounts[1].unreadCount < amounts[0].unreadCount ? 1 : 0
        let scale = amounts[slot].usualScale
        // Three digits after a separator may be a group in the other reading.
        return (amounts[slot].reader.decimal, scale == 3 ? 0 : scale)
    }

    /// Adds numbers that have this separator and so many digits after it, not three.
    ///
    /// - Parameters:
    ///   - rows: how many numbers there are, and the first row that has one.
    ///   - number: of a row.
    mutating func add(units: Int64, decimal: UInt8, scale: Int, rows: () -> (count: Int, first: Int?), number: (Int) -> Int) {
        let slot = amounts[0].reader.decimal == decimal ? 0 : 1
        amounts[slot].add(units: units, scale: scale)
        if scale == 0 { return amounts[1 - slot].add(units: units, scale: scale) }
        let read = rows()
        if let first = read.first { amounts[1 - slot].noteUnread(count: read.count, first: number(first)) }
    }

    /// Adds a value.
    ///
    /// - Parameter number: of its row.
    mutating func add(_ value: Span<UInt8>, number: () -> Int) {
        read(value, number) { $0.add(value) }
    }

    mutating func compare(_ value: Span<UInt8>, row: Int, _ rows: BatchRows) {
        read(value, { rows.number(of: row) }, { $0.compare(value, row: row, rows) })
    }

    private mutating func read(_ value: Span<UInt8>, _ number: () -> Int, _ read: (inout Amounts) -> Bool) {
        for slot in 0...1 {
            guard let plain = DecimalDigits.read(value, decimal: amounts[slot].reader.decimal) else { continue }
            note(read(&amounts[slot]), slot, number)
            // With one separator and not three digits after it, it is no number in the other reading.
            let isBoth = plain.scale == 0 || plain.scale == 3
            return note(isBoth && read(&amounts[1 - slot]), 1 - slot, number)
        }
        for slot in 0...1 { note(read(&amounts[slot]), slot, number) }
    }

    private mutating func note(_ isRead: Bool, _ slot: Int, _ number: () -> Int) {
        if !isRead { amounts[slot].noteUnread(number) }
    }
}

/// The first and the last day in a column.
struct Days {
    private let patterns: [DatePattern]
    private(set) var first: (day: Expectation.Day, row: Int)?
    private(set) var last: (day: Expectation.Day, row: Int)?
    /// Texts that were read before, as long as there are few: they change nothing.
    private var known = ByteTable(capacity: mostKnown)
    private static let mostKnown = 1 << 12

    init(_ format: DateFormat) { patterns = format.patterns }

    /// - Returns: `false` if the value is no date under the format.
    mutating func read(_ value: Span<UInt8>, row: @autoclosure () -> Int) -> Bool {
        if known.contains(value) { return true }
        for pattern in patterns {
            var matcher = DatePatternMatcher(value)
            guard matcher.judge(pattern).verdict == .parses else { continue }
            if known.count < Self.mostKnown { _ = known.insert(value) }
            let row = row()
            let day = Expectation.Day(year: matcher.date.year, month: matcher.date.month, day: matcher.date.day)
            if first.map({ day < $0.day }) ?? true { first = (day, row) }
            if last.map({ day > $0.day }) ?? true { last = (day, row) }
            return true
        }
        return false
    }

    mutating func merge(_ later: Days, rows: Int) {
        if let other = later.first, first.map({ other.day < $0.day }) ?? true { first = (other.day, other.row + rows) }
        if let other = later.last, last.map({ other.day > $0.day }) ?? true { last = (other.day, other.row + rows) }
    }
}

/// The different values of a column, as long as there are not too many.
struct DistinctValues {
    static let most = 1 << 20
    private static let mostBytes = 64 << 20

    private var table = ByteTable(capacity: 64)
    private var capacity = 64
    private var byteCount = 0
    private var isFull = false

    /// `nil` if there are too many.
    var count: Int? { isFull ? nil : table.count }

    /// - Returns: `true`.
    mutating func insert(_ value: Span<UInt8>) -> Bool {
        if isFull { return true }
        if table.count == capacity { grow() }
        if table.insert(value) { byteCount += value.count }
        if table.count > Self.most || byteCount > Self.mostBytes {
            isFull = true
            table = ByteTable(capacity: 1)
        }
        return true
    }

    private mutating func grow() {
        capacity *= 4
        var larger = ByteTable(capacity: capacity)
        for number in 0..<table.count { _ = larger.insert(table[number].span) }
        table = larger
    }

    mutating func merge(_ later: DistinctValues) {
        if later.isFull {
            isFull = true
            return
        }
        for number in 0..<later.table.count { _ = insert(later.table[number].span) }
    }
}

extension Amounts: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&total)
        coder.optional(&smallest, blank: (ExactDecimal(), 0)) { coder, found in
            coder(&found.value)
            coder(&found.row)
        }
        coder.optional(&largest, blank: (ExactDecimal(), 0)) { coder, found in
            coder(&found.value)
            coder(&found.row)
        }
        coder(&unreadCount)
        coder(&firstUnread)
    }
}

extension Days: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.optional(&first, blank: (.blank, 0)) { coder, found in
            coder(&found.day)
            coder(&found.row)
        }
        coder.optional(&last, blank: (.blank, 0)) { coder, found in
            coder(&found.day)
            coder(&found.row)
        }
    }
}

extension DistinctValues: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&isFull)
        var values = isFull ? [] : (0..<table.count).map { Array(table[$0]) }
        coder(&values)
        guard coder.isReading else { return }
        for value in values { _ = insert(value.span) }
    }
}
