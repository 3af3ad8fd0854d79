import ByteSpans
internal import CSVKernels
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// What is counted of one column while a file of a feed is read once more. Tallies of different rows merge in any order.
struct FeedTally {
    /// A text that came last, and how often it was seen since: dates come again and again.
    private struct Recent {
        var hash: UInt64 = 0
        var text: [UInt8] = []
        var count = 0
    }

    private(set) var readings: [ReadingCounter]
    private(set) var looks: LookTally?
    private(set) var nullWords: Set<String> = []
    private let wantsNullWords: Bool
    /// Where a single reading takes plain numbers: their decimal separator.
    private let plainDecimal: UInt8?
    /// Whether the single reading is of whole numbers.
    private let isWhole: Bool
    /// Whether all readings are of dates.
    private let areDates: Bool
    private var plain = PlainBounds()
    private var windows: NumberWindows
    /// By the lowest bits of their hashes.
    private var recent: [Recent] = []
    private let recentCount: Int
    private var time = TimeOfDayClass()

    /// Dates of some years. All columns together remember a few times as many.
    private static let mostRecent = 1 << 13
    private static let fewestRecent = 1 << 6

    /// - Parameter columnCount: columns that are read.
    init(_ question: FeedPass.Question, today: Expectation.Day?, among columnCount: Int) {
        readings = question.readings.map { ReadingCounter($0, today: today) }
        looks = question.wantsMasks ? LookTally(limit: question.lookLimit) : nil
        wantsNullWords = question.wantsNullWords
        plainDecimal = readings.count == 1 && !question.wantsMasks ? readings[0].plainDecimal : nil
        windows = NumberWindows(separator: plainDecimal ?? UInt8(ascii: "."))
        isWhole = question.readings.first?.type == .integer
        areDates = !question.readings.isEmpty && question.readings.allSatisfy { $0.type == .date }
        var count = Self.mostRecent
        while count > Self.fewestRecent, count * columnCount > 4 * Self.mostRecent { count /= 2 }
        recentCount = count
    }

    /// Whether anything is left to be counted.
    var isOpen: Bool { readsTexts || looks?.isOpen == true }

    /// Whether values are looked at one by one.
    var readsTexts: Bool { wantsNullWords || !readings.isEmpty }

    // MARK: Values

    /// Adds the values of a column in rows of equal width.
    mutating func read(
        _ tile: RowTile, column index: Int, of batch: borrowing RowBatch, _ decoder: FieldDecoder, kernel: Kernel, quote: UInt8
    ) {
        let column = KernelColumn(index, of: tile, in: batch, quote: quote, isLast: index == tile.width - 1)
        let limit = batch.limits.fieldBytes
        guard plainDecimal != nil, kernel != .scalar else {
            for row in 0..<tile.count { decoder.withText(of: column.text(ofRow: row).prefix(limit)) { _ = add($0) } }
            return
        }
        var others = Block<UInt32>(repeating: 0, count: tile.count)
        var found = csv_window_counts()
        let otherCount = column.findBeyond(windows, others: &others, &found)
        readings[0].add(plainCount: Int(found.integers + found.separated))
        for index in 0..<otherCount {
            decoder.withText(of: column.text(ofRow: Int(others[index])).prefix(limit)) { value in
                if add(value) { windows.add(value) }
            }
        }
    }

    /// Adds a value.
    ///
    /// - Parameter value: eight bytes more can be read after it.
    /// - Returns: whether it is a plain number of the single reading.
    mutating func add(_ value: Span<UInt8>) -> Bool {
        if value.isEmpty { return false }
        // Most numbers are read faster than they are looked up.
        if let plainDecimal, let number = DecimalDigits.read(value, decimal: plainDecimal), number.scale == 0 || !isWhole {
            readings[0].add(plainCount: 1)
            plain.widen(units: number.units, scale: number.scale)
            return true
        }
        addOther(value)
        return false
    }

    private mutating func addOther(_ value: Span<UInt8>) {
        let hash = KeyHash.stable(padded: value)
        looks?.add(value, hash: hash)
        guard readsTexts else { return }
        if countRecent(hash) { return }
        if areDates, time.read(value) {
            // Of a timestamp the day is what differs: all times of a class are read alike.
            let (text, hash) = (time.text, KeyHash.stable(time.text.span))
            if !countRecent(hash) { remember(text, hash: hash) }
        } else {
            remember(Array(value), hash: hash)
        }
    }

    /// Counts a value that is among the last ones.
    ///
    /// - Returns: `false` if it is not: then it is added with its text.
    @inline(__always)
    private mutating func countRecent(_ hash: UInt64) -> Bool {
        let slot = Int(truncatingIfNeeded: hash) & (recentCount &- 1)
        guard !recent.isEmpty, recent[slot].hash == hash else { return false }
        recent[slot].count &+= 1
        return true
    }

    private mutating func remember(_ text: [UInt8], hash: UInt64) {
        if recent.isEmpty { recent = Array(repeating: Recent(), count: recentCount) }
        let slot = Int(truncatingIfNeeded: hash) & (recentCount - 1)
        count(recent[slot])
        recent[slot] = Recent(hash: hash, text: text, count: 1)
    }

    private mutating func countRecent() {
        for one in recent { count(one) }
        recent = []
    }

    private mutating func count(_ recent: Recent) {
        guard recent.count > 0 else { return }
        if wantsNullWords, ASCII.isNullWord(text: recent.text) {
            nullWords.insert(String(decoding: recent.text, as: UTF8.self))
        } else {
            for index in readings.indices { readings[index].add(recent.text, count: recent.count) }
        }
    }

    // MARK: The sum

    /// A batch was read.
    mutating func endBatch() { looks?.closeIfSpread() }

    /// How many values are in which heap of looks, since the last time; `nil` where looks are not counted.
    mutating func takeHeaps() -> [Int]? { looks?.takeHeaps() }

    /// Looks are not wanted any more.
    mutating func closeLooks() { looks?.close() }

    mutating func merge(_ other: FeedTally) {
        var other = other
        other.countRecent()
        countRecent()
        for bound in other.plain.bounds { readings[0].note(bound) }
        for index in readings.indices { readings[index].merge(other.readings[index]) }
        if let theirs = other.looks { looks?.merge(theirs) }
        nullWords.formUnion(other.nullWords)
    }
}
