import ByteSpans
internal import CSVKernels

// How it works
// ============
//
// Two machines read the same format. The *scalar machine* (`Tokenizer+Machine.swift`) goes byte by byte, knows all eight states, and is the
// definition. The *kernels* (`CSVKernels`) look at 64 bytes at once and know well-formed text only. Take the dialect `,` and `"`:
//
//     bytes      F R , " 1 , 5 " " " , x \n
//     quote      . . . 1 . . . 1 1 1 . .  .    one comparison for all 64 bytes
//     inside     . . . 1 1 1 1 . 1 . . .  .    prefix xor: set while an odd number of quotes was seen
//     delimiter  . . 1 . . 1 . . . . 1 .  .
//     ends       . . 1 . . . . . . . 1 .  1    (delimiter | LF) & ~inside
//
// That is all of CSV, as long as quotes are where they may be: an opening one after a delimiter, line end or quote, and a closing one before
// a delimiter, line end or quote. Both are a shift and a mask; so is a CR outside quotes that no LF follows. If none of the 64 bytes
// breaks these rules, which is one test, the block is done.
//
// If one does, the kernel stops before it and returns its state. The scalar machine takes over there, notes an ``Anomaly``, reads the
// rest of that field literally, and hands back at the next field. So damage costs what is damaged, and its meaning is written down once.
//
// The kernel checks UTF-8 and looks for NULs on the way, in the same registers, but says only whether there is something: who wants to know
// where scans the batch again (``CharacterScan``), which clean files never pay for.
//
// Chunks are cut anywhere. The tail, everything after the last row end of a chunk, goes to the front of the next one and is read there
// again from the state "field start": nothing has to be carried for it. Only a row that is longer than a whole chunk is read on: then the
// state, the positions of its fields and its anomalies stay, and beyond a limit its bytes are thinned (`RowBatch+Thinning.swift`).
//
// If you change a rule here, change `csv_structure` in `bits.h`, the machine, and `ReferenceTokenizer` in the tests; they are compared.

/// Cuts a stream of bytes into rows and fields. Accepts any bytes, always yields rows, cannot fail.
///
/// The rules: fields are separated by the delimiter; a row ends at LF or CRLF outside quotes, and at the end of the stream; a CR that
/// no LF follows is text. A field that begins with the quote is quoted: delimiters and line ends in it are text, a doubled quote is one
/// quote, a single one closes the field. Where a file breaks these rules an ``Anomaly`` is noted, the rest of that field is taken
/// literally up to the next delimiter or line end, and tokenizing goes on: one anomaly of quoting per field at most.
///
/// The stream may be cut anywhere: rows, fields and anomalies do not depend on it, nor on the kernel.
///
///     var tokenizer = Tokenizer(dialect: Dialect())
///     var batch = RowBatch()
///     while let count = read(…) {
///         tokenizer.tokenize(into: &batch, byteCount: count) { $0.copyMemory(from: chunk); return chunk.count }
///         for row in 0..<batch.rowCount { … }
///     }
///     tokenizer.finish(&batch)
public struct Tokenizer: ~Copyable {
    package let dialect: Dialect
    package let kernel: Kernel
    /// Whether values whose bytes are not all kept are digested: see ``RowBatch/digest(ofField:quote:)``.
    package let digestsLongFields: Bool
    /// Row ends so far that were CRLF, and that were LF alone.
    package internal(set) var crlfCount = 0
    /// Rows that ended with a line feed alone.
    package internal(set) var lfCount = 0
    /// CRs outside quotes that no LF followed, in complete rows.
    package internal(set) var loneCarriageReturnCount = 0

    /// What the next byte means. The first six have the numbers of `csv_state`.
    enum State: UInt8 {
        /// First byte of a field.
        case fieldStart
        case unquoted
        /// In an unquoted field, after a CR that may belong to a line end.
        case unquotedCarriage
        case quoted
        /// After a quote in a quoted field: it closed the field, or it is the first of two.
        case quoteInQuoted
        /// After a closing quote and a CR.
        case closedCarriage
        /// After an anomaly: quotes mean nothing until the field ends.
        case literal
        case literalCarriage
    }

    var state = State.fieldStart
    /// Whether the scalar machine is in the middle of a field that a kernel left to it.
    var isInsideOddField = false
    /// Fields of the first row that has a byte; `nil` before it.
    package internal(set) var firstRowWidth: Int?
    /// The blank lines that the batch begins with: how many rows were looked at, and where the last ends.
    var blankRows = (count: 0, end: 0)
    /// Where the open row begins, found when the batch had so many rows.
    var knownRowStart = (rowCount: -1, position: 0)
    /// Whether the open row has reached its limit of bytes, so that no quote in it is taken back any more.
    private var isRowDecided = false
    /// Of the bytes that the scalar machine reads.
    var characters = CharacterScan(offset: 0)
    var place = FieldCursor()
    /// LFs from the beginning of the batch to where it is read, taken-out ones included.
    var lineFeedCount = 0
    /// How many bytes after an oddity the scalar machine reads too; where it ended last; and the oddities since it began.
    var patience = 0
    var lastOddEnd = 0
    var oddCount = 0
    /// The row that is open.
    var open: RowBatch
    /// Whether ``open`` was read already, up to its end: the row is longer than its chunk.
    var readsOn = false

    /// A tokenizer at the beginning of a stream, or of a part of one.
    ///
    /// - Parameters:
    ///   - dialect: Delimiter and quote.
    ///   - kernel: How bytes are read.
    ///   - byteOffset: Stream offset of the first byte to come (3 after a byte order mark).
    ///   - firstLine: Physical line of that byte, from 1.
    /// - Precondition: the kernel is available.
    public init(dialect: Dialect, kernel: Kernel = .best, byteOffset: Int = 0, firstLine: Int = 1) {
        self.init(dialect: dialect, kernel: kernel, byteOffset: byteOffset, firstLine: firstLine, digestsLongFields: false)
    }

    /// - Parameters:
    ///   - unit: what offsets count.
    ///   - limits: when a row is thinned.
    ///   - digestsLongFields: whether values with only their beginning kept are to be compared.
    ///   - firstRowWidth: The number of fields in the first row of the file, if reading starts at a later row.
    package init(
        dialect: Dialect, kernel: Kernel = .best, byteOffset: Int = 0, firstLine: Int = 1, unit: OffsetUnit = .byte,
        limits: RowBatch.Limits = RowBatch.Limits(), digestsLongFields: Bool = false, firstRowWidth: Int? = nil
    ) {
        precondition(kernel.isAvailable, "this processor has no such kernel")
        self.dialect = dialect
        self.kernel = kernel
        self.digestsLongFields = digestsLongFields
        self.firstRowWidth = firstRowWidth
        open = RowBatch()
        open.kernel = kernel
        open.byteOffset = byteOffset
        open.firstLine = firstLine
        open.unit = unit
        open.limits = limits
    }

    /// Physical line of the next byte of the stream; lines count from 1.
    package var currentLine: Int {
        open.firstLine + open.newlines(before: open.byteCount)
    }

    /// Stream offsets of the open row as far as it was read. Complexity: linear in its kept bytes where offsets do not count bytes.
    package var openRow: Range<Int> {
        open.byteOffset..<(open.byteOffset + open.unit.length(of: open.bytes) + (open.gaps.last?.length ?? 0))
    }

    /// Physical line in which the open row begins.
    package var openRowLine: Int { open.firstLine }

    /// Drops what the batch holds, reads one chunk, and leaves in the batch the rows that are complete with it, indexed.
    ///
    /// - Parameters:
    ///   - batch: Receives the rows.
    ///   - byteCount: the most bytes that `fill` may write.
    ///   - fill: writes the chunk and returns its length; what it throws is passed on, and nothing has happened then.
    /// - Returns: what `fill` returned.
    @discardableResult
    public mutating func tokenize<Failure: Error>(
        into batch: inout RowBatch, byteCount: Int, fill: (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        batch.prepare(byteCount: byteCount)
        var space = batch.space
        let count = try fill(&space)
        index(&batch, newByteCount: count)
        batch.makeIndex()
        return count
    }

    /// The stream ends: the batch then holds the last row, if it did not end in a line end.
    public mutating func finish(_ batch: inout RowBatch) {
        swap(&open, &batch)
        open.removeAll()
        open.limits = batch.limits
        open.unit = batch.unit
        guard batch.byteCount > 0 else { return }
        batch.quote = dialect.quote
        batch.reserveWords()
        batch.measureContent()
        if !readsOn {
            beginRow()
            read(&batch, from: 0)
        }
        while state == .quoted, let back = takeBackAtEnd(&batch) {
            lineFeedCount -= RowBatch.newlines(in: batch.bytes[back...])
            read(&batch, from: back)
        }
        batch.clearEnds(from: batch.byteCount)
        // After a quote that was taken back, the last row may have ended already.
        if batch.rowCount == 0 || startOfRow(&batch) < batch.byteCount { endStream(&batch) }
        readsOn = false
        // The bit after the last field is after the content.
        batch.wasReadInPieces = true
        if kernel != .scalar, batch[batch.byteCount - 1] >= 0x80, !batch.isSuspicious {
            var characters = batch.scan(0..<batch.byteCount)
            characters.finish()
            batch.noteFaults(characters)
        }
        if batch.isThinned { (batch.isSuspicious, batch.hasNul, batch.hasControl) = (true, true, true) }
        count(batch)
        batch.makeIndex()
    }

    /// Tokenizes the bytes that were written where ``RowBatch/prepare(byteCount:)`` pointed, and leaves in the batch the rows that are complete
    /// with them. Their fields have no index yet.
    package mutating func index(_ batch: inout RowBatch, newByteCount: Int) {
        batch.byteCount = newByteCount
        batch.kernel = kernel
        var start = 0
        if readsOn || open.byteCount > RowBatch.headroom {
            start = readsOn ? open.byteCount : 0
            open.append(batch.bytes)
            swap(&open, &batch)
        } else {
            batch.prepend(open)
        }
        if !readRows(&batch, from: start) { keepOpen(&batch, readFrom: start) }
    }

    /// Reads what is new in the batch, and keeps what follows the last row for the next one.
    ///
    /// - Returns: whether the batch has a row; if not, nothing else has changed.
    mutating func readRows(_ batch: inout RowBatch, from start: Int) -> Bool {
        batch.reserveWords()
        batch.measureContent()
        batch.quote = dialect.quote
        if !readsOn { beginRow() }
        read(&batch, from: start)
        if batch.isThinned { (batch.isSuspicious, batch.hasNul, batch.hasControl) = (true, true, true) }
        guard batch.rowCount > 0 else { return false }
        open.takeTail(of: &batch, lineFeedCount: lineFeedCount)
        readsOn = false
        count(batch)
        return true
    }

    /// The batch begins with a row that was not read at all.
    private mutating func beginRow() {
        state = .fieldStart
        isInsideOddField = false
        lineFeedCount = 0
        isRowDecided = false
        place = FieldCursor()
    }

    /// No row ended: what was read stays with the open row.
    private mutating func keepOpen(_ batch: inout RowBatch, readFrom start: Int) {
        batch.appendPositions()
        batch.carryAnomalies()
        batch.forgetEnds(from: start)
        batch.wasReadInPieces = true
        place = FieldCursor()
        // Thinning costs the length of what is kept: the row has to grow by as much first.
        if batch.byteCount > max(batch.limits.rowBytes, 2 * batch.thinnedByteCount) {
            batch.thin(quote: digestsLongFields ? dialect.quote : nil)
            batch.thinnedByteCount = batch.byteCount
        }
        swap(&open, &batch)
        batch.removeAll()
        batch.limits = open.limits
        batch.unit = open.unit
        batch.byteOffset = open.byteOffset
        batch.firstLine = open.firstLine
        readsOn = open.byteCount > 0
    }

    private mutating func count(_ batch: borrowing RowBatch) {
        if batch.hasAnomalies { loneCarriageReturnCount += batch.loneCarriageReturnCount }
    }

    // MARK: Reading

    /// Reads the new bytes: the kernel as long as it can, the scalar machine where it must.
    private mutating func read(_ batch: inout RowBatch, from start: Int) {
        let end = batch.byteCount
        batch.clearEnds(from: start)
        knownRowStart.rowCount = -1
        blankRows = (0, 0)
        lastOddEnd = start - Self.near
        var position = start
        while position < end {
            // The place at which it is decided whether the row's open quote is one.
            let rowStart = startOfRow(&batch)
            let rowCount = batch.rowCount
            let limit = rowStart + batch.limits.rowBytes
            let isUndecided = rowStart == 0 ? !isRowDecided && !batch.isThinned : true
            let stop = isUndecided && position < limit ? min(end, limit) : end
            if kernel != .scalar, !isInsideOddField {
                position = runKernel(&batch, from: position, upTo: stop)
                if firstRowWidth == nil { learnWidth(&batch) }
            }
            if position < stop {
                let segment = position
                position = readOddity(&batch, from: segment, upTo: stop)
                if position >= segment {
                    lineFeedCount += RowBatch.newlines(in: batch.bytes[segment..<position])
                } else {
                    lineFeedCount -= RowBatch.newlines(in: batch.bytes[position..<segment])
                }
            }
            if firstRowWidth == nil { learnWidth(&batch) }
            guard position == limit, isUndecided, batch.rowCount == rowCount else { continue }
            if rowStart == 0 { isRowDecided = true }
            if let back = takeBackAtLimit(&batch, at: position, rowStart: rowStart) {
                lineFeedCount -= RowBatch.newlines(in: batch.bytes[back..<position])
                position = back
            }
        }
        batch.clearEnds(upTo: end)
    }

    /// Reads from an oddity on.
    private mutating func readOddity(_ batch: inout RowBatch, from start: Int, upTo end: Int) -> Int {
        if !isInsideOddField, patience == 0, start - lastOddEnd < Self.near { patience = 2 * Self.near }
        oddCount = 0
        let position = readFields(&batch, from: start, upTo: end)
        lastOddEnd = position
        patience = oddCount * Self.near >= position - start ? min(2 * patience, Self.farthest) : 0
        return position
    }

    // To start a kernel takes as long as the scalar machine takes for so many bytes. Where oddities are nearer to each other, it reads some more
    // fields, then twice as many as long as the oddities last.
    private static let near = 24
    private static let farthest = 2048

    private mutating func runKernel(_ batch: inout RowBatch, from start: Int, upTo end: Int) -> Int {
        batch.clearEnds(upTo: start)
        // The kernel leaves the bits after the content unchanged.
        batch.clearLastWord(of: end, unlessAt: start)
        let question = csv_scan_start(
            content: csv_content(front: batch.front, count: end), position: start, delimiter: dialect.delimiter, quote: dialect.quote,
            state: state.rawValue)
        let scan = Self.scan(question, batch.block, kernel, &batch.ends, &batch.rowEnds)
        let (rows, returns) = (Int(scan.row_count), Int(scan.crlf_count))
        if scan.has_invalid_utf8 || scan.has_nul { batch.isSuspicious = true }
        if scan.has_nul { batch.hasNul = true }
        if scan.has_control { batch.hasControl = true }
        batch.rowCount += rows
        crlfCount += returns
        lfCount += rows - returns
        lineFeedCount += Int(scan.line_feed_count)
        batch.clearEnds(from: scan.position)
        guard let state = State(rawValue: scan.state) else { preconditionFailure("the kernel knows other states") }
        self.state = state
        return scan.position
    }

    @inline(__always)
    private static func scan(
        _ start: csv_scan_start, _ memory: borrowing Block<UInt8>, _ kernel: Kernel, _ ends: inout Block<UInt64>,
        _ rowEnds: inout Block<UInt64>
    ) -> csv_scan_result {
        var endRoom = ends.mutableSpan
        var rowEndRoom = rowEnds.mutableSpan
        return csv_scan_content(kernel.number, start, memory.span.view, endRoom.room, rowEndRoom.room)
    }

    mutating func countRowEnd(isCRLF: Bool) {
        if isCRLF { crlfCount += 1 } else { lfCount += 1 }
    }
}
