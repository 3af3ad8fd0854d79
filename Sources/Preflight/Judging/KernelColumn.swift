import ByteSpans
internal import CSVKernels
import CSVTokenizer
import ValueFormats

/// A column of some rows of equal width, as the kernels look at it: the fields of the column in the rows of a tile, counted from 0.
struct KernelColumn: ~Escapable {
    private let memory: Span<UInt8>
    private let bytes: Span<UInt8>
    private let ends: Span<UInt32>
    private let place: csv_column_place

    var rowCount: Int { place.row_count }
    var quote: UInt8 { place.quote }

    /// - Parameters:
    ///   - index: of the column in the rows.
    ///   - isLast: whether it is the last one.
    ///   - isRequired: whether an empty field does not pass.
    @_lifetime(borrow batch, copy tile)
    init(_ index: Int, of tile: RowTile, in batch: borrowing RowBatch, quote: UInt8, isLast: Bool, isRequired: Bool = false) {
        (memory, bytes) = (batch.memory, batch.bytes)
        ends = tile.ends
        place = csv_column_place(
            content: csv_content(front: batch.contentStart, count: bytes.count), first: tile.first &+ index, width: tile.stride,
            row_count: tile.count, quote: quote, is_last: isLast, is_required: isRequired)
    }

    /// The bytes of a row's field.
    @inline(__always)
    @_lifetime(copy self)
    func text(ofRow row: Int) -> Span<UInt8> {
        let field = place.first &+ row &* place.width
        // Asked for rows of the tile, which has two ends for each of their fields: a debug build checks it.
        assert(field >= 0 && field &+ 1 < ends.count)
        let start = unsafe Int(ends[unchecked: field] &+ 1)
        var end = unsafe Int(ends[unchecked: field &+ 1])
        // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
        if place.is_last, end > start, end < bytes.count, bytes[end] == 0x0A, bytes[end &- 1] == 0x0D { end &-= 1 }
        return bytes[start..<end]
    }

    /// Counts plain numbers, and lists the rows of the other fields.
    ///
    /// - Parameter rows: has room for all of them.
    func findNumbers(_ kernel: Kernel, decimal: UInt8, others rows: inout Block<UInt32>) -> csv_column_number_result {
        var room = rows.mutableSpan
        return csv_test_numbers(kernel.number, place, memory.view, ends.view, decimal, room.room)
    }

    /// The same for dates of a shape.
    func findDates(_ kernel: Kernel, _ shape: csv_date_shape, others rows: inout Block<UInt32>) -> csv_column_date_result {
        var room = rows.mutableSpan
        return csv_test_dates(kernel.number, place, memory.view, ends.view, shape, room.room)
    }

    /// Writes what each field obviously is, and counts it.
    ///
    /// - Parameters:
    ///   - forms: has room for all rows.
    ///   - counts: by form.
    func findForms(_ kernel: Kernel, date: csv_date_shape, into forms: inout Block<UInt8>, _ counts: inout Block<UInt32>) {
        counts.fill(0, count: counts.count)
        var formRoom = forms.mutableSpan
        var countRoom = counts.mutableSpan
        csv_find_forms(kernel.number, place, memory.view, ends.view, date, formRoom.room, countRoom.room)
    }

    /// Lists the rows whose field is neither empty nor a plain number between others of the column, and counts the rest.
    ///
    /// - Parameter rows: has room for all of them.
    /// - Returns: how many they are.
    func findBeyond(_ windows: NumberWindows, others rows: inout Block<UInt32>, _ counts: inout csv_window_counts) -> Int {
        if windows.isEmpty { return listAll(&rows) }
        var room = rows.mutableSpan
        let found = csv_find_beyond(place, memory.view, ends.view, windows.span.view, windows.separator, room.room)
        counts.empty += found.counts.empty
        counts.integers += found.counts.integers
        counts.separated += found.counts.separated
        return found.row_count
    }

    /// The same where it is known which fields are numbers, and that all of these have the separator of the windows, or none. Nothing is counted.
    ///
    /// - Parameter areAll: whether all fields of the column are numbers.
    func findBeyond(_ windows: NumberWindows, _ numbers: borrowing FieldBits, areAll: Bool, others rows: inout Block<UInt32>) -> Int {
        if windows.isEmpty { return listAll(&rows) }
        var room = rows.mutableSpan
        if areAll { return csv_find_beyond_all(place, memory.view, ends.view, windows.span.view, windows.separator, room.room) }
        return csv_find_beyond_known(
            place, memory.view, ends.view, windows.span.view, windows.separator, numbers.formWords.view, room.room)
    }

    /// Lists all rows.
    func listAll(_ rows: inout Block<UInt32>) -> Int {
        for row in 0..<rowCount { rows[row] = UInt32(row) }
        return rowCount
    }
}
