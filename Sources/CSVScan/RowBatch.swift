/// The complete rows of one chunk, with the index of their fields, and behind them the beginning of a row still to come.
///
/// Memory picture, for the chunk `a,"b"\nc,d\ne,f` (the last row is incomplete):
///
///     bytes         a , " b " \n c , d \n | e , f
///     ends            1       5    7   9  |   11          positions of the delimiters and LFs that end fields
///     rowEnds                 2        4  |               number of field ends up to the end of each row
///                                         ^ the tail: moves to the front when the rows are removed
///
/// Field *k* begins behind field end *k − 1* and ends at field end *k*. The batch owns its memory and is reused for every chunk;
/// views into it are valid until it is changed.
///
/// A row that grows beyond ``Limits/rowBytes`` is thinned while it is still open: of its unfinished field only a beginning stays, and
/// fields beyond ``Limits/fields`` are only counted. What was taken out is remembered as an ``Elision``, so offsets and lengths stay true.
/// Memory stays below three times ``Limits/headBytes``, and linear in the chunk.
public struct RowBatch: ~Copyable {
    /// When an open row is thinned.
    public struct Limits: Sendable {
        /// Bytes of an open row above which it is thinned.
        public var rowBytes: Int
        /// Bytes that stay of a field that is thinned. Who reads fields must not look further into any field than this: whether more
        /// is there depends on how the input was cut into chunks.
        public var fieldBytes: Int
        /// Fields of one row that are kept.
        public var fields: Int
        /// What is kept of the fields of one row together; those behind are only counted, as those beyond ``fields``.
        public var headBytes: Int

        public init(rowBytes: Int = 1 << 20, fieldBytes: Int = 1 << 12, fields: Int = 1 << 20, headBytes: Int = 1 << 24) {
            self.rowBytes = rowBytes
            self.fieldBytes = fieldBytes
            self.fields = fields
            self.headBytes = headBytes
        }
    }

    /// What was taken out of one long field.
    struct Elision {
        var field: Int
        /// The dropped bytes stood in front of the byte at this position.
        var position: Int
        var byteCount = 0
        var newlineCount = 0
        /// The scan of the field's characters from its beginning up to the byte at ``position``.
        var characters: CharacterScan
        /// LFs of the field in front of its first ill-formed sequence and its first NUL, where those were taken out.
        var newlinesBeforeInvalid = 0
        var newlinesBeforeNul = 0
    }

    /// Where something was taken out in front of the byte at a position, and how much up to there in all.
    struct Gap {
        var position: Int
        var byteCount: Int
        var newlineCount: Int
    }

    /// What became of the fields beyond ``Limits/fields``.
    struct MissingFields {
        var count = 0
        /// The first kept field behind them.
        var field: Int
        /// They stood in front of the byte at this position.
        var position: Int
        var byteCount = 0
        var newlineCount = 0
        var characters: CharacterScan
    }

    /// Readable bytes in front of and behind the content, so that wide loads at its edges stay inside.
    static let padding = 64

    public var limits: Limits
    /// Stream offset of the first byte of ``bytes``.
    public internal(set) var byteOffset: Int
    /// Physical line of the first byte of ``bytes``; lines count from 1.
    public internal(set) var firstLine = 1
    /// Whether some byte of the rows, or of the tail, is NUL or ill-formed UTF-8. Explained by ``characters(ofField:)``.
    public internal(set) var isSuspicious = false
    /// Oddities of the complete rows and of the tail, by field.
    public internal(set) var anomalies: [Anomaly] = []

    /// Complete rows.
    public private(set) var rowCount = 0

    var storage: UnsafeMutableRawPointer
    private var capacity = 0
    var byteCount = 0
    var endStorage: UnsafeMutablePointer<UInt32>
    private var rowEndStorage: UnsafeMutablePointer<UInt32>
    private var indexCapacity = 0
    var endCount = 0
    // Only a row that was open when the batch was filled can have been thinned: these belong to row 0, by position.
    var elisions: [Elision] = []
    var missing: MissingFields?
    /// Of both, by position.
    var gaps: [Gap] = []
    private var thinnedByteCount = 0

    /// - Parameter byteOffset: stream offset of the first byte to come (3 behind a byte order mark).
    public init(byteOffset: Int = 0, limits: Limits = Limits()) {
        self.byteOffset = byteOffset
        self.limits = limits
        storage = Self.allocate(0)
        endStorage = .allocate(capacity: 1)
        rowEndStorage = .allocate(capacity: 1)
    }

    deinit {
        (storage - Self.padding).deallocate()
        endStorage.deallocate()
        rowEndStorage.deallocate()
    }

    // MARK: Rows and fields

    /// The content: complete rows, then the tail. Padded on both sides.
    public var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: storage, count: byteCount)
    }

    /// Indexes of the row's fields in the batch; never empty. Fields that were elided are missing: see ``fieldCount(ofRow:)``.
    @inline(__always)
    public func fields(ofRow row: Int) -> Range<Int> {
        let first = row == 0 ? 0 : Int(rowEndStorage[row - 1])
        return first..<Int(rowEndStorage[row])
    }

    /// The row's true number of fields.
    public func fieldCount(ofRow row: Int) -> Int {
        fields(ofRow: row).count + (row == 0 ? missing?.count ?? 0 : 0)
    }

    /// How many of the row's fields, from its beginning, are at hand however the input was cut into chunks: all of them, except in rows
    /// beyond ``Limits/fields`` or ``Limits/headBytes``. Complexity: constant in rows of usual size, else the number of fields.
    public func steadyFieldCount(ofRow row: Int) -> Int {
        if row == 0, let missing { return missing.field }
        let fields = fields(ofRow: row)
        let start = range(ofField: fields.lowerBound).lowerBound
        let end = range(ofField: fields.upperBound - 1).upperBound
        if fields.count <= limits.fields, end - start <= limits.headBytes { return fields.count }
        var kept = 0
        for (index, field) in fields.enumerated() {
            // The same rule as in `thinTail`.
            if index >= limits.fields || kept >= limits.headBytes { return index }
            kept += min(range(ofField: field).count, limits.fieldBytes) + 1
        }
        return fields.count
    }

    /// Number of the field in its row, from 1. All fields beyond those that are kept have the number of the first of them: which one
    /// is still at hand depends on how the input was cut into chunks.
    public func column(ofField field: Int, inRow row: Int) -> Int {
        let kept = row == 0 ? missing?.field ?? limits.fields : limits.fields
        return min(field - fields(ofRow: row).lowerBound, kept) + 1
    }

    /// Positions of the field's bytes in ``bytes``, its quotes included and the line end (LF or CRLF) excluded.
    @inline(__always)
    public func range(ofField field: Int) -> Range<Int> {
        let start = field == 0 ? 0 : Int(endStorage[field - 1]) + 1
        var end = Int(endStorage[field])
        // Only an LF strips a CR: at a delimiter, and at the end of the input, a CR is text.
        if end > start, end < byteCount, self[end] == .lineFeed, self[end - 1] == .carriageReturn { end -= 1 }
        return start..<end
    }

    /// Length of the field's bytes in the stream, elided ones included.
    public func byteCount(ofField field: Int) -> Int {
        range(ofField: field).count + (elision(ofField: field)?.byteCount ?? 0)
    }

    /// Scans the field's characters, elided ones included. Complexity: the length of the kept bytes.
    public func characters(ofField field: Int) -> CharacterScan {
        characters(ofField: field, range: range(ofField: field))
    }

    func characters(ofField field: Int, range: Range<Int>) -> CharacterScan {
        var range = range
        var scan = CharacterScan(offset: streamOffset(ofPosition: range.lowerBound))
        if let elision = elision(ofField: field) {
            scan = elision.characters
            range = min(elision.position, range.upperBound)..<range.upperBound
        }
        scan.update(UnsafeRawBufferPointer(rebasing: bytes[range]))
        scan.finish()
        return scan
    }

    /// The scan of the fields of row 0 that are missing; `nil` when none is.
    public var missingFieldsCharacters: CharacterScan? {
        missing?.characters
    }

    /// Physical line of the first ill-formed sequence or NUL that ``characters(ofField:)`` found.
    ///
    /// - Parameter fieldLine: the line in which the field begins.
    public func lines(of scan: CharacterScan, inField field: Int, fieldLine: Int) -> (invalid: Int, nul: Int) {
        let start = range(ofField: field).lowerBound
        let elision = elision(ofField: field)
        func line(_ offset: Int, takenOut: Int?) -> Int {
            let position = position(ofStreamOffset: offset)
            if position == nil, let takenOut { return fieldLine + takenOut }
            // A sequence that was still open at the gap began in front of it; it holds no LF, so its end has the same line.
            let end = position ?? elision?.position ?? start
            return fieldLine + newlines(before: max(end, start)) - newlines(before: start)
        }
        let isInvalidTakenOut = elision.map { $0.characters.invalidCount > 0 } ?? false
        return (
            line(scan.firstInvalidOffset, takenOut: isInvalidTakenOut ? elision?.newlinesBeforeInvalid : nil),
            line(scan.firstNulOffset, takenOut: elision?.newlinesBeforeNul)
        )
    }

    func elision(ofField field: Int) -> Elision? {
        guard !elisions.isEmpty else { return nil }
        let index = elisions.partitionPoint { $0.field < field }
        return index < elisions.count && elisions[index].field == field ? elisions[index] : nil
    }

    // MARK: Places

    /// Stream offset of a position in ``bytes``.
    public func streamOffset(ofPosition position: Int) -> Int {
        byteOffset + position + (lastGap(upTo: position)?.byteCount ?? 0)
    }

    /// Position in ``bytes`` of a stream offset; `nil` when the byte is not here.
    public func position(ofStreamOffset offset: Int) -> Int? {
        var position = offset - byteOffset
        let index = gaps.partitionPoint { $0.position + $0.byteCount <= position }
        if index > 0 { position -= gaps[index - 1].byteCount }
        if index < gaps.count, position >= gaps[index].position { return nil }
        return bytes.indices.contains(position) ? position : nil
    }

    /// Line ends in front of a position, counted from the beginning of the batch or from a place already counted.
    ///
    /// - Parameter known: a position not behind the wanted one, and the count there.
    public func newlines(before position: Int, known: (position: Int, count: Int) = (-1, 0)) -> Int {
        let counted = Self.newlines(in: bytes[max(known.position, 0)..<position])
        let taken = (lastGap(upTo: position)?.newlineCount ?? 0) - (lastGap(upTo: known.position)?.newlineCount ?? 0)
        return known.count + counted + taken
    }

    private func lastGap(upTo position: Int) -> Gap? {
        guard !gaps.isEmpty else { return nil }
        let index = gaps.partitionPoint { $0.position <= position }
        return index > 0 ? gaps[index - 1] : nil
    }

    static func newlines(in bytes: Slice<UnsafeRawBufferPointer>) -> Int {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        var (count, index) = (0, 0)
        // Sixteen counters of one byte each, which are emptied before they overflow.
        while index &+ 16 <= bytes.count {
            var counters = SIMD16<UInt8>(repeating: 0)
            for _ in 0..<min(255, (bytes.count &- index) / 16) {
                let block = bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
                counters.replace(with: counters &+ SIMD16<UInt8>(repeating: 1), where: block .== SIMD16<UInt8>(repeating: .lineFeed))
                index &+= 16
            }
            count &+= Int(SIMD16<UInt16>(truncatingIfNeeded: counters).wrappedSum())
        }
        for byte in bytes[index...] where byte == .lineFeed { count &+= 1 }
        return count
    }

    @inline(__always)
    subscript(position: Int) -> UInt8 {
        storage.load(fromByteOffset: position, as: UInt8.self)
    }

    // MARK: Filling

    /// Room for more content behind the present one; what was written is then announced by ``didAppend(_:)``.
    mutating func freeSpace(_ count: Int) -> UnsafeMutableRawBufferPointer {
        reserve(byteCount: byteCount + count, endCount: endCount + count + 1)
        return UnsafeMutableRawBufferPointer(start: storage + byteCount, count: count)
    }

    mutating func didAppend(_ count: Int) {
        byteCount += count
    }

    @inline(__always)
    mutating func appendEnd(at position: Int) {
        endStorage[endCount] = UInt32(truncatingIfNeeded: position)
        endCount &+= 1
    }

    @inline(__always)
    mutating func appendRowEnd() {
        rowEndStorage[rowCount] = UInt32(truncatingIfNeeded: endCount)
        rowCount &+= 1
    }

    /// Position of the first byte behind the complete rows.
    var tailStart: Int {
        rowCount == 0 ? 0 : min(Int(endStorage[Int(rowEndStorage[rowCount - 1]) - 1]) + 1, byteCount)
    }

    /// Drops the complete rows, moves the tail to the front and thins it where it is too long.
    mutating func removeRows() {
        if rowCount > 0 {
            let cut = tailStart
            let removedEnds = Int(rowEndStorage[rowCount - 1])
            firstLine += newlines(before: cut)
            byteOffset = streamOffset(ofPosition: cut)
            elisions.removeAll()
            missing = nil
            gaps.removeAll()
            thinnedByteCount = 0
            anomalies.removeAll { $0.field < removedEnds }
            for index in anomalies.indices { anomalies[index].field -= removedEnds }
            storage.copyMemory(from: storage + cut, byteCount: byteCount - cut)
            byteCount -= cut
            for index in removedEnds..<endCount { endStorage[index - removedEnds] = endStorage[index] - UInt32(cut) }
            endCount -= removedEnds
            rowCount = 0
            // What else the tail may hold shows itself with the next chunk. As long as no row is removed, a suspicion stays.
            if isSuspicious { isSuspicious = !scan(0..<byteCount).isClean }
        }
        // Thinning costs the length of what is kept: the tail has to grow by as much first.
        if byteCount > max(limits.rowBytes, 2 * thinnedByteCount) {
            thinTail()
            thinnedByteCount = byteCount
        }
    }

    /// Grows the memory so that the given sizes fit; amortised linear.
    private mutating func reserve(byteCount wantedBytes: Int, endCount wantedEnds: Int) {
        precondition(wantedBytes < Int(UInt32.max), "positions are 32-bit")
        if wantedBytes > capacity {
            let larger = max(wantedBytes, min(capacity * 2, wantedBytes + 1 << 20))
            let new = Self.allocate(larger)
            new.copyMemory(from: storage, byteCount: byteCount)
            (storage - Self.padding).deallocate()
            (storage, capacity) = (new, larger)
        }
        if wantedEnds > indexCapacity {
            let larger = max(wantedEnds, min(indexCapacity * 2, wantedEnds + 1 << 20))
            endStorage = Self.moved(endStorage, count: endCount, capacity: larger)
            rowEndStorage = Self.moved(rowEndStorage, count: rowCount, capacity: larger)
            indexCapacity = larger
        }
    }

    private static func moved(_ old: UnsafeMutablePointer<UInt32>, count: Int, capacity: Int) -> UnsafeMutablePointer<UInt32> {
        let new = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        new.update(from: old, count: count)
        old.deallocate()
        return new
    }

    /// Zeroed padding, so that what wide loads see there is defined.
    private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let whole = UnsafeMutableRawPointer.allocate(byteCount: byteCount + 2 * padding, alignment: 64)
        whole.initializeMemory(as: UInt8.self, repeating: 0, count: padding)
        (whole + padding + byteCount).initializeMemory(as: UInt8.self, repeating: 0, count: padding)
        return whole + padding
    }
}

extension Array {
    /// Index of the first element that does not belong to the front. Complexity: logarithmic.
    func partitionPoint(_ belongsToFront: (Element) -> Bool) -> Int {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = belongsToFront(self[middle]) ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
}
