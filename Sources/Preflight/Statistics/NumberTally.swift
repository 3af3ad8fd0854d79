import ImportProfiles
import ValueFormats

/// The numbers of a column under one format: how many, their sum, the smallest and the largest.
struct NumberTally {
    let reader: AmountReader
    private(set) var count = 0
    private(set) var unreadCount = 0
    private var total = DecimalTotal()
    /// Of the numbers without their signs.
    private var magnitudes = DecimalTotal()
    private var bounds: (smallest: ExactDecimal, largest: ExactDecimal)?
    /// The bounds so far as whole numbers of a scale: what is between them changes nothing.
    private var known: (scale: Int, units: ClosedRange<Int64>) = (-1, 0...0)

    init(_ reader: AmountReader) { self.reader = reader }

    /// Adds a plain number.
    @inline(__always)
    mutating func add(units: Int64, scale: Int) {
        count &+= 1
        total.add(units: units, scale: scale)
        magnitudes.add(units: abs(units), scale: scale)
        if known.scale == scale, known.units.contains(units) { return }
        widen(units, scale)
    }

    @inline(never)
    private mutating func widen(_ units: Int64, _ scale: Int) {
        note(ExactDecimal(units: Int128(units), scale: scale))
        let units = known.scale == scale ? min(units, known.units.lowerBound)...max(units, known.units.upperBound) : units...units
        known = (scale, units)
    }

    /// Adds what is no plain number, if it is one under the format.
    mutating func addClosely(_ value: UnsafeRawBufferPointer) {
        guard let number = reader.closely(value) else { return unreadCount &+= 1 }
        count += 1
        total.add(number)
        magnitudes.add(number.magnitude)
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
        total.merge(other.total)
        magnitudes.merge(other.magnitudes)
        if let theirs = other.bounds {
            note(theirs.smallest)
            note(theirs.largest)
        }
    }

    /// `nil` without a number.
    var numbers: ColumnStatistics.Numbers? {
        bounds.map {
            ColumnStatistics.Numbers(
                count: count, smallest: $0.smallest, largest: $0.largest, sum: total.sum, magnitude: magnitudes.sum)
        }
    }
}
