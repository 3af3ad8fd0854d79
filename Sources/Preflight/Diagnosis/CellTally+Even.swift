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
        guard !rows.isEmpty else { return }
        guard kernel != .scalar, rows.count >= Self.fewestRowsOfTile, sorter.sortsPlainNumbers, !selectsEmpty else {
            return readEach(batch, rows: rows, width: width, decoder)
        }
        // At the end of the input what comes after a carriage return is not part of the content: the kernel would look at it.
        let last = batch.fields(ofRow: rows.upperBound - 1).upperBound - 1
        let quick = batch.end(ofField: last) < batch.bytes.count ? rows : rows.dropLast()
        let tileCount = min(RowJudge.tileRowCount(in: batch), rows.count)
        var failures = Block<UInt32>(repeating: 0, count: tileCount)
        var start = quick.lowerBound
        while start < quick.upperBound {
            let end = min(start + tileCount, quick.upperBound)
            readNumbers(batch, RowTile(start..<end, of: batch, width: width), decoder, &failures)
            start = end
        }
        readEach(batch, rows: quick.upperBound..<rows.upperBound, width: width, decoder)
    }

    private mutating func readEach(_ batch: borrowing RowBatch, rows: Range<Int>, width: Int, _ decoder: FieldDecoder) {
        if rows.isEmpty { return }
        let tile = RowTile(rows, of: batch, width: width)
        let column = kernelColumn(of: tile, in: batch)
        for index in 0..<tile.count { read(column, tile, index, limit: batch.limits.fieldBytes, decoder) }
    }

    @_lifetime(borrow batch, copy tile)
    private func kernelColumn(of tile: RowTile, in batch: borrowing RowBatch) -> KernelColumn {
        KernelColumn(question.column - 1, of: tile, in: batch, quote: quote, isLast: question.column == tile.width)
    }

    private mutating func readNumbers(
        _ batch: borrowing RowBatch, _ tile: RowTile, _ decoder: FieldDecoder, _ failures: inout Block<UInt32>
    ) {
        let column = kernelColumn(of: tile, in: batch)
        let limit = batch.limits.fieldBytes
        let found = column.findNumbers(kernel, decimal: plainDecimal, others: &failures)
        let failed = found.row_count
        let decimal = plainDecimal
        if failed > tile.count / 2 { plainDecimal = decimal == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".") }
        let (separated, grouped, empty) = (Int(found.counts.separated), Int(found.counts.grouped), Int(found.counts.empty))
        var counts = PlainCounts(counts: (tile.count - failed - empty - separated, separated - grouped, grouped), decimal: decimal)
        guard counts.allSatisfy({ isOnlySelected(sort: sorter.plainSorts[$0.rawValue]) }) else {
            for index in 0..<tile.count { read(column, tile, index, limit: limit, decoder) }
            return
        }
        let isSelecting = !counts.allSatisfy { isOnlyCounted(sort: sorter.plainSorts[$0.rawValue]) }
        // Numbers of one kind may be selected and those of another not; an empty cell is never.
        let selectsSome = isSelecting && (empty > 0 || !counts.allSatisfy { selects(sort: sorter.plainSorts[$0.rawValue]) })
        let hasOthers = !lookup.isEmpty || sorter.tellsFractions && separated > 0
        // Rows before this one were looked at.
        var (start, next) = (0, 0)
        while start < tile.count {
            var index = next < failed ? Int(failures[next]) : tile.count
            var isCounted = false
            if hasOthers {
                for row in start..<index where mayDiffer(column, row) {
                    (index, isCounted) = (row, true)
                    break
                }
            }
            cells += index - start
            if selectsSome {
                for row in start..<index { selectPlain(column, tile, row, decoder) }
            } else if isSelecting, index > start {
                select(rows: tile.row(start)..<(tile.row(index - 1) + 1))
            }
            start = index + 1
            guard index < tile.count else { break }
            if isCounted {
                decoder.withText(of: column.text(ofRow: index).prefix(limit)) { counts.takeOff($0) }
            } else {
                next += 1
            }
            read(column, tile, index, limit: limit, decoder)
        }
        counts.forEach { kind, count in
            filled += count
            add(count, ofSort: sorter.plainSorts[kind.rawValue])
        }
    }

    /// Whether a plain number may be a sample, or judged in another way than others with the same mask.
    @inline(__always)
    private func mayDiffer(_ column: borrowing KernelColumn, _ index: Int) -> Bool {
        lookup.mayMatch(plain: column.text(ofRow: index), quote: quote, orBelowOne: sorter.tellsFractions)
    }

    /// Selects a plain number that was counted by the kernel, if its kind is selected.
    @inline(__always)
    private mutating func selectPlain(_ column: borrowing KernelColumn, _ tile: RowTile, _ index: Int, _ decoder: FieldDecoder) {
        let isSelected = decoder.withText(of: column.text(ofRow: index)) { value in
            guard !value.isEmpty, let kind = PlainKind(value) else { return false }
            // Those below 1 were counted with the others, or are read one by one.
            let sort = sorter.plainSorts[kind.regardlessOfSize.rawValue]
            return sort >= 0 && selects(sort: sort)
        }
        if isSelected { select(rows: tile.row(index)..<(tile.row(index) + 1)) }
    }

    /// - Parameter limit: bytes of a field that are looked at.
    @inline(__always)
    private mutating func read(
        _ column: borrowing KernelColumn, _ tile: RowTile, _ index: Int, limit: Int, _ decoder: FieldDecoder
    ) {
        let (row, field) = (tile.row(index), tile.field(index, column: question.column - 1))
        decoder.withText(of: column.text(ofRow: index).prefix(limit)) { add($0, field: field, row: row) }
    }
}

extension PlainKind {
    fileprivate var regardlessOfSize: PlainKind {
        switch self {
        case .pointBelowOne, .pointZero: .point
        case .commaBelowOne, .commaZero: .comma
        case .whole, .point, .groupedPoint, .comma, .groupedComma: self
        }
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
