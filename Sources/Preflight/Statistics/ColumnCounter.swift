import ByteSpans
internal import CSVKernels
import CSVTokenizer
import SafeText
import ValueFormats

/// Counts all values of a column in one pass, exactly: one by one as long as there are few different ones; of more, what is needed to tell what
/// readings make of them.
///
/// ```
///   up to 1,024 different values      each with its count
///   more                              plain numbers: how many, the smallest and the largest, by their separator
///                                     days: each with its count, up to 16,384; of a timestamp its day and the class of its time
///                                     other values: each with its count, up to 1,024
///   more of these                     nothing
/// ```
///
/// Which of them it is depends on the values alone, not on their order or on how a file was cut: counters of different rows merge in any order.
struct ColumnCounter {
    /// How much is counted one by one.
    struct Limits {
        var values: Int
        var bytes: Int
        var days: Int
        /// Whether numbers are counted where there are many different ones.
        var takesNumbers: Bool

        /// The limits of a column where there are so many columns: all together take a few megabytes.
        init(columnCount: Int) {
            let count = max(1, columnCount)
            values = min(1_024, max(32, (1 << 17) / count))
            bytes = min(64 << 10, max(2 << 10, (2 << 20) / count))
            days = min(1 << 14, max(values, (1 << 17) / count))
            takesNumbers = count <= 512
        }

        fileprivate var room: ValueTable.Room { ValueTable.Room(values: values, bytes: bytes, longestValue: longestValue) }
    }

    /// How much is left of what a column holds: that of all its rows is the least of any.
    enum Detail: Int, Comparable {
        case values, numbers, nothing

        static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
    }

    private static let longestValue = 256

    private let limits: Limits
    /// All values; once they are too many, those that are no numbers.
    private var table = ValueTable()
    /// `nil` as long as all values are in the table.
    private var numbers: NumberTotals?
    private var dayCount = 0
    private var otherByteCount = 0
    private var time = TimeOfDayClass()
    /// Whether most values are numbers: then these are looked for first.
    private var areMostlyNumbers = false
    /// Whether all fields of the batch are numbers, or empty.
    private var areAllNumbers = false
    /// Whether most values are timestamps that do not repeat.
    private var areMostlyTimes = false
    private var timeCount = 0
    /// Whether there are too many values of a kind that is counted one by one, or one is too long.
    private(set) var isClosed = false

    init(_ limits: Limits) { self.limits = limits }

    // MARK: Values

    /// Adds the values of a column in rows of equal width.
    ///
    /// - Parameters:
    ///   - forms: tell which fields are numbers, if `hasForms` is set.
    ///   - firstField: of the column, in the batch.
    ///   - width: of the rows.
    ///   - rows: has room for all rows.
    /// - Returns: whether anything is left to be counted.
    mutating func read(
        _ column: KernelColumn, _ reader: ValueReader, _ kernel: Kernel, _ forms: borrowing FieldBits, hasForms: Bool, firstField: Int,
        width: Int, rows: inout Block<UInt32>
    ) -> Bool {
        if numbers == nil {
            let first = table.count(column, reader, room: limits.room)
            if first == column.rowCount { return true }
            divide(reader)
            for row in first..<column.rowCount where !isClosed {
                reader.decoder.withText(of: column.text(ofRow: row).prefix(reader.limit)) { add($0, reader) }
            }
            return !isClosed
        }
        guard areMostlyNumbers, kernel != .scalar else {
            let count = areMostlyTimes ? column.listAll(&rows) : table.countKnown(column, reader, others: &rows)
            timeCount = 0
            for index in 0..<count where !isClosed {
                reader.decoder.withText(of: column.text(ofRow: Int(rows[index])).prefix(reader.limit)) { add($0, reader) }
            }
            areMostlyTimes = 2 * timeCount > column.rowCount
            areMostlyNumbers = !areMostlyTimes && 2 * count > column.rowCount
            return !isClosed
        }
        var counts = csv_window_counts()
        let count = findBeyond(column, forms, hasForms: hasForms, rows: &rows, &counts)
        numbers?.add(integers: Int(counts.integers), separated: Int(counts.separated))
        var numberCount = column.rowCount - count
        for index in 0..<count where !isClosed {
            let text = column.text(ofRow: Int(rows[index])).prefix(reader.limit)
            let isCounted = hasForms && !forms.has(FieldBits.FormKind.odd, field: firstField + Int(rows[index]) * width)
            reader.decoder.withText(of: text) { value in
                if numbers?.add(value, count: isCounted ? 0 : 1) == true {
                    numberCount += 1
                } else if !isCounted {
                    add(value, reader)
                }
            }
        }
        areMostlyNumbers = hasForms || 2 * numberCount > column.rowCount
        return !isClosed
    }

    private func findBeyond(
        _ column: KernelColumn, _ forms: borrowing FieldBits, hasForms: Bool, rows: inout Block<UInt32>, _ counts: inout csv_window_counts
    ) -> Int {
        guard let windows = numbers?.windows else { return 0 }
        return hasForms
            ? column.findBeyond(windows, forms, areAll: areAllNumbers, others: &rows) : column.findBeyond(windows, others: &rows, &counts)
    }

    /// Begins a batch, when the number of fields of the column in each form is known.
    ///
    /// - Parameter rowCount: of all its rows; the forms leave out those that do not count.
    /// - Returns: `false` if that is of no use: then it has to be seen in each field.
    mutating func begin(_ forms: borrowing FieldBits, column: Int, rowCount: Int) -> Bool {
        guard numbers != nil, areMostlyNumbers, !isClosed else { return false }
        func count(_ kind: FieldBits.FormKind) -> Int { forms.count(kind, column: column) }
        let points = count(.point) + count(.pointOrGroup) + count(.pointZeros)
        let commas = count(.comma) + count(.commaOrGroup) + count(.commaZeros)
        guard numbers?.expect(points: points, commas: commas) == true else { return false }
        areAllNumbers = count(.odd) == 0
        numbers?.add(integers: rowCount - count(.odd) - count(.empty) - points - commas, separated: points + commas)
        return true
    }

    /// Adds a value.
    ///
    /// - Parameter value: Sixteen bytes are readable from its start.
    mutating func add(_ value: Span<UInt8>, _ reader: ValueReader) {
        if value.isEmpty || isClosed { return }
        add(value, count: 1, reader)
    }

    private mutating func add(_ value: Span<UInt8>, count: Int, _ reader: ValueReader) {
        if isClosed { return }
        guard numbers != nil else {
            let hash = reader.hash(of: value)
            if table.countKnown(hash, count: count) || table.add(value, hash: hash, count: count, room: limits.room) { return }
            divide(reader)
            return add(value, count: count, reader)
        }
        if numbers?.add(value, count: count) == true { return }
        // All times of a class are read alike.
        if value.count > 8, time.read(value) {
            timeCount += 1
            let text = time.text
            addOther(text.span, count: count, reader)
        } else {
            addOther(value, count: count, reader)
        }
    }

    /// There are too many different values: leaves those one by one that are no numbers.
    private mutating func divide(_ reader: ValueReader) {
        guard limits.takesNumbers else { return close() }
        let values = table
        (table, numbers) = (ValueTable(), NumberTotals())
        var all = 0
        values.forEach { value, count in
            add(value, count: count, reader)
            all += count
        }
        areMostlyNumbers = 2 * (numbers?.count ?? 0) > all
    }

    private mutating func addCopy(_ value: ColumnValues.Value, _ reader: ValueReader) {
        let padded = value.text + [UInt8](repeating: 0, count: 16)
        add(padded.span.extracting(first: value.text.count), count: value.count, reader)
    }

    private mutating func addOther(_ value: Span<UInt8>, count: Int, _ reader: ValueReader) {
        let hash = reader.hash(of: value)
        if table.countKnown(hash, count: count) { return }
        if Self.isDay(value) {
            dayCount += 1
        } else {
            otherByteCount += value.count
        }
        guard dayCount <= limits.days, table.count - dayCount < limits.values, otherByteCount <= limits.bytes,
            value.count <= Self.longestValue
        else { return close() }
        table.add(value, hash: hash, count: count)
    }

    private static func isDay(_ value: Span<UInt8>) -> Bool {
        guard (4...40).contains(value.count) else { return false }
        return !FormatSet.formats(of: value).isDisjoint(with: .dates) || DateInWords.matches(value)
    }

    private mutating func close() {
        (table, numbers, isClosed) = (ValueTable(), nil, true)
    }

    // MARK: The sum

    var detail: Detail { isClosed ? .nothing : numbers == nil ? .values : .numbers }

    /// Leaves no more than the counter of other rows of the column does.
    mutating func reduce(to detail: Detail, _ reader: ValueReader) {
        guard detail > self.detail else { return }
        if detail == .nothing { close() } else { divide(reader) }
    }

    /// - Parameter reader: with the same hashes as that of all values.
    mutating func merge(_ other: ColumnCounter, _ reader: ValueReader) {
        if isClosed || other.isClosed { return close() }
        if let theirs = other.numbers {
            if numbers == nil { divide(reader) }
            numbers?.merge(theirs)
        }
        other.table.forEach { add($0, count: $1, reader) }
    }

    var values: ColumnValues {
        let all = isClosed ? [] : table.values.sorted { $0.text.lexicographicallyPrecedes($1.text) }
        if let numbers { return ColumnValues(values: nil, limit: limits.values, summary: ValueSummary(numbers, others: all)) }
        return ColumnValues(values: isClosed ? nil : all, limit: limits.values, summary: nil)
    }
}

extension ColumnCounter {
    /// - Parameter reader: with the hashes of the counter that is written, or read.
    mutating func code(_ coder: inout StateCoder, _ reader: ValueReader) {
        var values = table.values
        coder(&isClosed)
        coder.list(&values, blank: ColumnValues.Value(text: [], count: 0)) { coder, value in
            coder(&value.text)
            coder(&value.count)
        }
        var isDivided = numbers != nil
        coder(&isDivided)
        var totals = numbers ?? NumberTotals()
        if isDivided { coder(&totals) }
        guard coder.isReading else { return }
        (table, numbers, dayCount, otherByteCount) = (ValueTable(), isDivided ? totals : nil, 0, 0)
        for value in values where !isClosed { addCopy(value, reader) }
    }
}
