import ByteSpans
internal import CSVKernels
import CSVTokenizer
import ValueFormats

/// A column of some rows of equal width, as the kernels look at it: the fields of the column in the rows of a tile, counted from 0.
///
/// What the kernels need of memory, they get here.
// Safe: the bytes and the ends are those of the batch, which is borrowed as long as this lives, or of the tile, see there.
@safe
struct KernelColumn: ~Escapable {
    let rowCount: Int
    let quote: UInt8
    private let bytes: Span<UInt8>
    private let ends: UnsafePointer<UInt32>
    private let first: Int
    private let stride: Int
    private let isLast: Bool
    private let isRequired: Bool
    private let content: UnsafePointer<UInt8>

    /// - Parameters:
    ///   - index: of the column in the rows.
    ///   - isLast: whether it is the last one.
    ///   - isRequired: whether an empty field does not pass.
    @_lifetime(borrow batch)
    init(_ index: Int, of tile: RowTile, in batch: borrowing RowBatch, quote: UInt8, isLast: Bool, isRequired: Bool = false) {
        bytes = batch.bytes
        unsafe (ends, content) = (tile.ends, batch.content)
        self.quote = quote
        (rowCount, first, stride) = (tile.count, tile.first &+ index, tile.stride)
        (self.isLast, self.isRequired) = (isLast, isRequired)
    }

    private func withColumn<Result>(_ body: (inout csv_column) -> Result) -> Result {
        var column = unsafe csv_column(
            bytes: content, ends: ends, first: first, width: stride, row_count: rowCount, quote: quote, is_last: isLast,
            is_required: isRequired)
        return unsafe body(&column)
    }

    /// The bytes of a row's field.
    @inline(__always)
    @_lifetime(copy self)
    func text(ofRow row: Int) -> Span<UInt8> {
        let field = first &+ row &* stride
        let start = unsafe Int(ends[field &- 1] &+ 1)
        var end = unsafe Int(ends[field])
        // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
        if isLast, end > start, end < bytes.count, bytes[end] == 0x0A, bytes[end &- 1] == 0x0D { end &-= 1 }
        return bytes[start..<end]
    }

    /// Counts plain numbers, and lists the rows of the other fields.
    ///
    /// - Parameter rows: has room for all of them.
    /// - Returns: how many they are.
    func findNumbers(_ kernel: Kernel, decimal: UInt8, others rows: inout Block<UInt32>, _ counts: inout csv_number_counts) -> Int {
        precondition(rowCount <= rows.count, "room for all rows")
        return unsafe withColumn { unsafe csv_column_numbers(kernel.number, &$0, decimal, rows.pointer, &counts) }
    }

    /// The same for dates of a shape.
    func findDates(
        _ kernel: Kernel, _ shape: csv_date_shape, others rows: inout Block<UInt32>, _ counts: inout csv_date_counts
    ) -> Int {
        precondition(rowCount <= rows.count, "room for all rows")
        var shape = shape
        return unsafe withColumn { unsafe csv_column_dates(kernel.number, &$0, &shape, rows.pointer, &counts) }
    }

    /// Writes what each field obviously is, and counts it.
    ///
    /// - Parameters:
    ///   - forms: has room for all rows.
    ///   - counts: by form.
    func findForms(_ kernel: Kernel, date: csv_date_shape, into forms: inout Block<UInt8>, _ counts: inout Block<UInt32>) {
        precondition(rowCount <= forms.count && counts.count >= Int(CSV_FORM_COUNT.rawValue), "room for all rows and forms")
        counts.fill(0, count: counts.count)
        var date = date
        unsafe withColumn { unsafe csv_column_forms(kernel.number, &$0, &date, forms.pointer, counts.pointer) }
    }
}
