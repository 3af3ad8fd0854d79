import ByteSpans
import ImportProfiles
import SafeText
import ValueFormats

/// The numbers of a column under one format: how many, their sum, the smallest and the largest.
struct NumberTally {
    let reader: AmountReader
    private(set) var count = 0
    private(set) var unreadCount = 0
    // Apart, so that they tell both sums, with the signs and without.
    private var positive = DecimalTotal()
    private var negative = DecimalTotal()
    private var bounds: (smallest: ExactDecimal, largest: ExactDecimal)?
    private var plain = PlainBounds()

    init(_ reader: AmountReader) { self.reader = reader }

    /// Adds a plain number.
    @inline(__always)
    mutating func add(units: Int64, scale: Int) {
        count &+= 1
        if units < 0 { negative.add(units: units, scale: scale) } else { positive.add(units: units, scale: scale) }
        if plain.widen(units: units, scale: scale) { note(ExactDecimal(units: Int128(units), scale: scale)) }
    }

    /// Adds what is no plain number, if it is one under the format.
    mutating func addClosely(_ value: Span<UInt8>) {
        guard let number = reader.closely(value) else { return unreadCount &+= 1 }
        count += 1
        if number.units < 0 { negative.add(number) } else { positive.add(number) }
        note(number)
    }

    mutating func addUnread() { unreadCount &+= 1 }

    private mutating func note(_ number: ExactDecimal) {
        guard let bounds else { return bounds = (number, number) }
        self.bounds = (min(bounds.smallest, number), max(bounds.largest, number))
    }

    mutating func merge(_ other: NumberTally) {
        count += other.count
        unreadCount += other.unreadCount
        positive.merge(other.positive)
        negative.merge(other.negative)
        if let theirs = other.bounds {
            note(theirs.smallest)
            note(theirs.largest)
        }
    }

    /// `nil` without a number.
    var numbers: ColumnStatistics.Numbers? {
        guard let bounds else { return nil }
        let (up, down) = (positive.sum, negative.sum)
        return ColumnStatistics.Numbers(
            count: count, smallest: bounds.smallest, largest: bounds.largest, sum: up.flatMap { up in down.flatMap { up.adding($0) } },
            magnitude: up.flatMap { up in down.flatMap { up.adding(-$0) } })
    }
}

extension NumberTally: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&count)
        coder(&unreadCount)
        coder(&positive)
        coder(&negative)
        coder.optional(&bounds, blank: (ExactDecimal(), ExactDecimal())) { coder, bounds in
            coder(&bounds.smallest)
            coder(&bounds.largest)
        }
    }
}
