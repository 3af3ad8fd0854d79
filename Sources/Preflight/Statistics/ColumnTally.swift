import ByteSpans
import ImportProfiles
import SafeText
import ValueFormats

/// Counts what a column holds. Tallies of different rows merge in any order.
struct ColumnTally {
    private let nullWords: WordSet?
    /// `nil` without a profile.
    private let typeName: String?
    /// Under the column's format; without a profile, with a decimal point and with a decimal comma. None for other columns.
    private var numbers: [NumberTally] = []
    /// `nil` for columns that hold no dates.
    private var dates: DateTally?
    /// Without a profile.
    private var looseDates = LooseDateTally()
    private var rowCount = 0
    private var emptyCount = 0
    private var longest = 0
    private var distinct = DistinctSketch()
    private var masks = MaskTally()
    /// By the lowest bits of a value's hash, the one seen last, and how often it was seen since: many columns have few values.
    private var recent: [Recent] = []

    /// Plain numbers by their decimal separator, sign and scale: nearly all numbers are, and need no table.
    private var plain: [PlainLook] = []

    private struct PlainLook {
        var count = 0
        /// The smallest hash of the values so far, and that value.
        var hash = UInt64.max
        var value: [UInt8] = []
    }

    private struct Recent {
        var hash: UInt64 = 0
        var look = ValueLook()
        /// Not counted elsewhere yet.
        var count = 0
    }

    private static let recentCount = 128
    private static let hash = KeyHash.stable

    /// - Parameter settings: `nil` for a column that no profile names.
    init(_ settings: ColumnSettings?) {
        guard let settings else {
            (nullWords, typeName) = (nil, nil)
            numbers = [UInt8(ascii: "."), UInt8(ascii: ",")].map { NumberTally(AmountReader(decimal: $0)) }
            plain = Array(repeating: PlainLook(), count: 4 * PlainBounds.mostScales)
            return
        }
        let words = settings.rule.nullWords
        nullWords = words.words.isEmpty ? nil : words
        typeName = settings.profile.type.rawValue
        if settings.profile.type.kind.holdsNumbers {
            numbers = [NumberTally(AmountReader(settings.profile.number, settings.rule))]
        } else if settings.profile.type == .date {
            dates = DateTally(settings.profile.date)
        }
        if numbers.isEmpty {
            recent = Array(repeating: Recent(), count: Self.recentCount)
        } else {
            plain = Array(repeating: PlainLook(), count: 4 * PlainBounds.mostScales)
        }
    }

    /// Counts a value.
    ///
    /// - Parameter value: without quotes; sixteen bytes can be read from its start.
    @inline(__always)
    mutating func add(_ value: Span<UInt8>) {
        rowCount &+= 1
        if value.isEmpty || nullWords?.contains(value) == true { return emptyCount &+= 1 }
        // A text has no more characters than bytes.
        if value.count > longest { longest = max(longest, value.count { $0 & 0xC0 != 0x80 }) }
        let hash = Self.hash(padded: value)
        if !numbers.isEmpty { return addNumber(value, hash) }
        let slot = Int(truncatingIfNeeded: hash) & (Self.recentCount &- 1)
        if recent[slot].hash == hash { return recent[slot].count &+= 1 }
        addText(value, hash, slot)
    }

    @inline(never)
    private mutating func addText(_ value: Span<UInt8>, _ hash: UInt64, _ slot: Int) {
        countRecent(slot)
        distinct.add(hash)
        dates?.add(value)
        let look = ValueLook(value)
        masks.add(look, valueHash: hash, value)
        recent[slot] = Recent(hash: hash, look: look)
    }

    private mutating func countRecent(_ slot: Int) {
        let count = recent[slot].count
        if count == 0 { return }
        recent[slot].count = 0
        distinct.add(recent[slot].hash, count: count)
        masks.add(recent[slot].look, count: count)
    }

    /// Counts all that was put off.
    private mutating func countRecent() {
        for slot in recent.indices { countRecent(slot) }
        countPlain()
    }

    private mutating func addNumber(_ value: Span<UInt8>, _ hash: UInt64) {
        distinct.add(hash)
        var isPlain = false
        for index in numbers.indices {
            let decimal = numbers[index].reader.decimal
            if numbers[index].reader.takesPlain, let plain = DecimalDigits.read(value, decimal: decimal) {
                numbers[index].add(units: plain.units, scale: plain.scale)
                if !isPlain { countPlain(value, hash, plain, decimal) }
                isPlain = true
            } else if typeName != nil || Self.mayBeNumber(value) {
                numbers[index].addClosely(value)
            } else {
                numbers[index].addUnread()
            }
        }
        // Eight digits may be a day.
        if typeName == nil, !isPlain || value.count == 8 { looseDates.add(value) }
        if !isPlain { masks.add(ValueLook(value), valueHash: hash, value) }
    }

    @inline(__always)
    private mutating func countPlain(
        _ value: Span<UInt8>, _ hash: UInt64, _ number: (units: Int64, scale: Int), _ decimal: UInt8
    ) {
        let look = 2 * (decimal == UInt8(ascii: ",") ? 1 : 0) + (value[0] == UInt8(ascii: "-") ? 1 : 0)
        let index = look &* PlainBounds.mostScales &+ number.scale
        plain[index].count &+= 1
        if hash < plain[index].hash {
            plain[index].hash = hash
            plain[index].value = Array(value)
        }
    }

    /// Counts the looks of plain numbers with those of the others.
    private mutating func countPlain() {
        for (index, look) in plain.enumerated() where look.count > 0 {
            let (sign, scale) = index.quotientAndRemainder(dividingBy: PlainBounds.mostScales)
            let decimal = UInt8(ascii: sign >= 2 ? "," : ".")
            masks.add(
                ValueLook(isNegative: !sign.isMultiple(of: 2), scale: scale, decimal: decimal), count: look.count, valueHash: look.hash,
                look.value.span)
            plain[index] = PlainLook()
        }
    }

    /// Whether a value has digits and no letters: others are no numbers unless a profile says so.
    private static func mayBeNumber(_ value: Span<UInt8>) -> Bool {
        value.contains(where: ASCII.isDigit) && !value.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(ASCII.lowercased($0)) }
    }

    mutating func merge(_ other: ColumnTally) {
        var other = other
        other.countRecent()
        countRecent()
        rowCount += other.rowCount
        emptyCount += other.emptyCount
        longest = max(longest, other.longest)
        distinct.merge(other.distinct)
        masks.merge(other.masks)
        for index in numbers.indices { numbers[index].merge(other.numbers[index]) }
        if let theirs = other.dates { dates?.merge(theirs) }
        looseDates.merge(other.looseDates)
    }

    /// - Parameter inferred: what the column holds where no profile says that.
    func statistics(_ column: ColumnReference, inferred: InferredType?) -> ColumnStatistics {
        var counted = self
        counted.countRecent()
        return counted.statistics(of: column, inferred: inferred)
    }

    private func statistics(of column: ColumnReference, inferred: InferredType?) -> ColumnStatistics {
        let masks = masks.masks
        var statistics = ColumnStatistics(
            column: column, type: typeName ?? inferred?.label, rowCount: rowCount, emptyCount: emptyCount, distinct: distinct.distinct,
            masks: masks, otherMasks: rowCount - emptyCount - masks.reduce(0) { $0 + $1.count }, longest: longest)
        if typeName != nil || inferred?.kind.kind.holdsNumbers == true {
            // A decimal point, unless a comma reads more of them.
            statistics.numbers = numbers.min { $0.unreadCount < $1.unreadCount }?.numbers
        }
        statistics.dates = dates?.dates
        if let inferred, typeName == nil, inferred.kind == .date { statistics.dates = looseDates.dates(inferred) }
        if statistics.numbers == nil, statistics.dates == nil { statistics.valueCounts = distinct.counts ?? [:] }
        return statistics
    }
}

extension ColumnTally: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        if !coder.isReading { countRecent() }
        coder(&rowCount)
        coder(&emptyCount)
        coder(&longest)
        coder(&distinct)
        coder(&masks)
        coder.each(&numbers)
        coder(&looseDates)
        if var counted = dates {
            coder(&counted)
            dates = counted
        }
    }
}
