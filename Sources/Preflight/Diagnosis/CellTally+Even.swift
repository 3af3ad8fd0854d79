import ByteSpans
internal import CSVKernels
import CSVTokenizer
import ValueFormats

/// Rows of equal width, all of them in memory: their fields are read without a look at anything else. In a column of numbers a kernel counts the
/// plain ones of a tile of rows, so that only the others are read at all.
///
/// ```
///   84608.68    plain  ─┐
///   1204.50     plain  ─┼─ counted as 2 of the sort of plain numbers with a point
///   84.608,68   fails the kernel ── read and sorted
///   17.25       plain, may be a sample ── taken off the count, read and sorted
/// ```
extension CellTally {
    /// Fewer rows are read one by one.
    private static let fewestRowsOfTile = 16

    /// Reads the column's field of some rows.
    mutating func readEven(_ batch: borrowing RowBatch, rows: Range<Int>, width: Int, _ decoder: FieldDecoder) {
        guard let fields = EvenFields(batch, rows: rows, width: width, column: question.column, quote: quote) else { return }
        guard kernel != .scalar, rows.count >= Self.fewestRowsOfTile, sorter.sortsPlainNumbers else {
            return readEach(fields, rows: rows, decoder)
        }
        // At the end of the input what comes after a carriage return is not part of the content: the kernel would look at it.
        let quick = fields.hasLineEnd(row: rows.upperBound - 1) ? rows : rows.dropLast()
        let tile = RowJudge.tileRowCount(in: batch)
        var start = quick.lowerBound
        while start < quick.upperBound {
            let end = min(start + tile, quick.upperBound)
            readNumbers(fields, rows: start..<end, decoder)
            start = end
        }
        readEach(fields, rows: quick.upperBound..<rows.upperBound, decoder)
    }

    private mutating func readEach(_ fields: EvenFields, rows: Range<Int>, _ decoder: FieldDecoder) {
        for row in rows {
            let field = fields.field(ofRow: row)
            decoder.withText(of: fields.text(of: field)) { add($0, field: field, row: row) }
        }
    }

    private mutating func readNumbers(_ fields: EvenFields, rows: Range<Int>, _ decoder: FieldDecoder) {
        var column = unsafe fields.column(rows: rows)
        var found = csv_number_counts()
        let failed = unsafe csv_column_numbers(kernel.number, &column, plainDecimal, failures.rows, &found)
        let decimal = plainDecimal
        if failed > rows.count / 2 { plainDecimal = decimal == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".") }
        let (separated, grouped, empty) = (Int(found.separated), Int(found.grouped), Int(found.empty))
        var counts = PlainCounts(counts: (rows.count - failed - empty - separated, separated - grouped, grouped), decimal: decimal)
        guard counts.allSatisfy({ isOnlyCounted(sort: sorter.plainSorts[$0.rawValue]) }) else {
            return readEach(fields, rows: rows, decoder)
        }
        if lookup.isEmpty, !sorter.tellsFractions || separated == 0 {
            for index in 0..<failed { unsafe read(fields, row: rows.lowerBound + Int(failures.rows[index]), decoder) }
            cells += rows.count - failed
        } else {
            var next = 0
            for row in rows {
                if next < failed, unsafe rows.lowerBound + Int(failures.rows[next]) == row {
                    next += 1
                } else {
                    guard lookup.mayMatch(plain: fields.beginning(ofRow: row), quote: fields.quote, orBelowOne: sorter.tellsFractions)
                    else {
                        cells += 1
                        continue
                    }
                    decoder.withText(of: fields.text(of: fields.field(ofRow: row))) { counts.takeOff($0) }
                }
                read(fields, row: row, decoder)
            }
        }
        counts.forEach { kind, count in
            filled += count
            add(count, ofSort: sorter.plainSorts[kind.rawValue])
        }
    }

    private mutating func read(_ fields: EvenFields, row: Int, _ decoder: FieldDecoder) {
        let field = fields.field(ofRow: row)
        decoder.withText(of: fields.text(of: field)) { add($0, field: field, row: row) }
    }
}

/// Numbers that a kernel counted, by what ``PlainKind`` says of them.
private struct PlainCounts {
    /// Whole numbers, those with the separator, and those in which it may be between thousands.
    var counts: (Int, Int, Int)
    let decimal: UInt8

    private var kinds: (PlainKind, PlainKind) { decimal == UInt8(ascii: ".") ? (.point, .groupedPoint) : (.comma, .groupedComma) }

    func forEach(_ body: (_ kind: PlainKind, _ count: Int) -> Void) {
        if counts.0 > 0 { body(.whole, counts.0) }
        if counts.1 > 0 { body(kinds.0, counts.1) }
        if counts.2 > 0 { body(kinds.1, counts.2) }
    }

    func allSatisfy(_ predicate: (_ kind: PlainKind) -> Bool) -> Bool {
        var isSo = true
        forEach { kind, _ in isSo = isSo && predicate(kind) }
        return isSo
    }

    /// One of them is counted by itself.
    mutating func takeOff(_ value: Span<UInt8>) {
        guard !value.isEmpty, let kind = PlainKind(value) else { return }
        switch kind {
        case .whole: counts.0 -= 1
        case .groupedPoint, .groupedComma: counts.2 -= 1
        case .point, .comma, .pointBelowOne, .commaBelowOne, .pointZero, .commaZero: counts.1 -= 1
        }
    }
}

/// The fields of one column in rows of equal width, as long as their batch is not changed.
// Safe: the fields are those of the batch, which is borrowed as long as this lives.
@safe
private struct EvenFields: ~Escapable {
    let quote: UInt8
    private let bytes: Span<UInt8>
    private let content: UnsafePointer<UInt8>
    private let ends: UnsafePointer<UInt32>
    private let width: Int
    /// Counts from 0.
    private let index: Int
    /// Of row 0, if all rows before had the same width.
    private let firstField: Int
    /// Bytes of a field that are looked at.
    private let limit: Int

    /// - Returns: `nil` where there are none.
    @_lifetime(borrow batch)
    init?(_ batch: borrowing RowBatch, rows: Range<Int>, width: Int, column: Int, quote: UInt8) {
        guard !rows.isEmpty else { return nil }
        bytes = batch.bytes
        unsafe content = batch.content
        unsafe ends = batch.endPositions
        self.width = width
        index = column - 1
        firstField = batch.fields(ofRow: rows.lowerBound).lowerBound - rows.lowerBound * width
        limit = batch.limits.fieldBytes
        self.quote = quote
    }

    @inline(__always)
    func field(ofRow row: Int) -> Int { firstField &+ row &* width &+ index }

    @inline(__always)
    func beginning(ofRow row: Int) -> UInt64 { unsafe bytes.paddedWord(at: Int(ends[field(ofRow: row) &- 1] &+ 1)) }

    @inline(__always)
    @_lifetime(copy self)
    func text(of field: Int) -> Span<UInt8> {
        let start = unsafe Int(ends[field &- 1] &+ 1)
        var end = unsafe Int(ends[field])
        // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
        if index &+ 1 == width, end > start, end < bytes.count, bytes[end] == 0x0A, bytes[end &- 1] == 0x0D { end &-= 1 }
        return bytes[start..<min(end, start &+ limit)]
    }

    func hasLineEnd(row: Int) -> Bool { unsafe Int(ends[field(ofRow: row) - index + width - 1]) < bytes.count }

    func column(rows: Range<Int>) -> csv_column {
        unsafe csv_column(
            bytes: content, ends: ends, first: field(ofRow: rows.lowerBound), width: width, row_count: rows.count, quote: quote,
            is_last: index + 1 == width, is_required: false)
    }
}
