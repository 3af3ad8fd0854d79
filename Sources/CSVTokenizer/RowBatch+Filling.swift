import ByteSpans

extension RowBatch {
    /// Drops everything and makes room for the next chunk: see ``space``. Once it was written call ``Tokenizer/index(_:newByteCount:)``.
    package mutating func prepare(byteCount wanted: Int) {
        removeAll()
        reserve(Self.headroom + wanted)
        front += Self.headroom
        spaceByteCount = wanted
    }

    /// Where the next chunk is written.
    package var space: MutableSpan<UInt8> {
        @_lifetime(&self)
        mutating get { block.mutableSpan(front..<(front + spaceByteCount)) }
    }

    /// Writes to the beginning of ``space``.
    ///
    /// - Returns: how many bytes were written.
    package mutating func writeSpace(_ write: (inout OutputSpan<UInt8>) -> Void) -> Int {
        // The room is a part of the block, which lives until the call has ended, and nothing else uses it meanwhile.
        let room = unsafe UnsafeMutableBufferPointer(start: block.pointer + front, count: spaceByteCount)
        var output = unsafe OutputSpan(buffer: room, initializedCount: 0)
        write(&output)
        return unsafe output.finalize(for: room)
    }

    /// What was written to ``space``.
    package var written: Span<UInt8> {
        @_lifetime(borrow self) get { block.span[front..<(front + spaceByteCount)] }
    }

    /// Drops the first bytes that were written to ``space``.
    package mutating func dropWritten(_ count: Int) {
        precondition(0...spaceByteCount ~= count)
        front += count
        spaceByteCount -= count
    }

    /// Forgets what the tokenizer found in what was written: it is to be tokenized again.
    package mutating func forgetRows() {
        let (start, count) = (front, spaceByteCount)
        removeAll()
        (front, spaceByteCount) = (start, count)
    }

    mutating func removeAll() {
        byteCount = 0
        rowCount = 0
        endCount = 0
        stride = 0
        isIndexed = false
        wasReadInPieces = false
        isSuspicious = false
        hasNul = false
        hasControl = false
        hasOddBits = false
        takenBack.removeAll(keepingCapacity: true)
        carried.removeAll()
        carriedFieldCount = 0
        elisions.removeAll()
        missing = nil
        gaps.removeAll()
        thinnedByteCount = 0
        thinnedFieldCount = 0
        front = Self.padding
        spaceByteCount = 0
    }

    /// Puts an open row before the content.
    ///
    /// - Precondition: it fits the headroom.
    mutating func prepend(_ row: borrowing RowBatch) {
        front -= row.byteCount
        block.copy(row.bytes, at: front)
        byteCount += row.byteCount
        takePlace(of: row)
    }

    /// Puts bytes after the content.
    mutating func append(_ bytes: Span<UInt8>) {
        reserve(byteCount + bytes.count)
        block.copy(bytes, at: front + byteCount)
        byteCount += bytes.count
    }

    /// Takes over everything after the last row of a batch.
    ///
    /// - Parameter lineFeedCount: of the batch, from its beginning to its end.
    mutating func takeTail(of batch: inout RowBatch, lineFeedCount: Int) {
        removeAll()
        let cut = batch.rowsEnd
        append(batch.bytes[cut...])
        takePlace(of: batch)
        byteOffset = batch.streamOffset(ofPosition: cut)
        firstLine += lineFeedCount - Self.newlines(in: batch.bytes[cut...])
        batch.dropAnomalies(from: cut)
        batch.byteCount = cut
        batch.clearEnds(from: cut)
    }

    private mutating func takePlace(of other: borrowing RowBatch) {
        limits = other.limits
        unit = other.unit
        byteOffset = other.byteOffset
        firstLine = other.firstLine
    }

    /// Position after the last complete row. Complexity: the words after it.
    private var rowsEnd: Int {
        var word = byteCount / 64
        while word >= 0 {
            let bits = rowEnds[word]
            if bits != 0 { return min(word * 64 + 64 - bits.leadingZeroBitCount, byteCount) }
            word -= 1
        }
        return 0
    }

    /// A scan of bytes of the rows may have found something.
    mutating func noteFaults(_ scan: CharacterScan) {
        if !scan.isClean { isSuspicious = true }
        if scan.nulCount > 0 { hasNul = true }
    }

    /// Bytes of the rows were read without a kernel.
    mutating func noteControls(_ range: Range<Int>) {
        hasControl = hasControl || firstControl(in: range) != nil
    }

    // MARK: Bitmaps

    /// Room in the bitmaps for the content and one byte more. What is written stays.
    mutating func reserveWords() {
        let wanted = byteCount / 64 + 1
        guard wanted > ends.count else { return }
        let larger = max(wanted, ends.count * 2)
        ends.grow(to: larger, with: 0)
        rowEnds.grow(to: larger, with: 0)
    }

    /// From this position on no field ends yet.
    mutating func clearEnds(from position: Int) {
        clearedWord = position / 64
        let mask = (UInt64(1) << (position % 64)) &- 1
        ends[clearedWord] &= mask
        rowEnds[clearedWord] &= mask
    }

    /// The words up to that of a position are written next: those not written yet are empty.
    @inline(__always)
    mutating func clearEnds(upTo position: Int) {
        let word = position / 64
        while clearedWord < word {
            clearedWord += 1
            ends[clearedWord] = 0
            rowEnds[clearedWord] = 0
        }
    }

    /// The last word of the content is to be written next, unless the one of this position is the last: that is partly written.
    mutating func clearLastWord(of end: Int, unlessAt position: Int) {
        let last = end / 64
        guard position / 64 != last else { return }
        ends[last] = 0
        rowEnds[last] = 0
    }

    /// A field ends here.
    @inline(__always)
    mutating func setEnd(at position: Int, endsRow: Bool) {
        clearEnds(upTo: position)
        let bit = UInt64(1) << (position % 64)
        ends[position / 64] |= bit
        if endsRow {
            rowEnds[position / 64] |= bit
            rowCount += 1
        }
    }

    /// The ends were turned into positions: an open row that is read on keeps only these.
    ///
    /// - Parameter start: where reading began; the words before it are empty.
    mutating func forgetEnds(from start: Int) {
        guard byteCount > 0 else { return }
        for word in (start / 64)...(byteCount / 64) {
            ends[word] = 0
            rowEnds[word] = 0
        }
    }

    /// Position of the field after the last field end that was written.
    @inline(__always)
    var startOfOpenField: Int {
        var word = min(clearedWord, byteCount / 64)
        while word >= 0 {
            if ends[word] != 0 { return word * 64 + 64 - ends[word].leadingZeroBitCount }
            word -= 1
        }
        return endCount == 0 ? 0 : start(ofField: endCount)
    }

    // MARK: Memory

    /// Room for the content from the beginning of the block on.
    private mutating func reserve(_ wanted: Int) {
        precondition(wanted < Int(UInt32.max), "positions are 32-bit")
        let capacity = block.count - 2 * Self.padding
        guard front - Self.padding + wanted > capacity else { return }
        // Zeroed, so that what wide loads see in the padding is defined.
        var larger = Block<UInt8>(repeating: 0, count: max(wanted, min(capacity * 2, wanted + 1 << 20)) + 2 * Self.padding)
        larger.copy(bytes, at: Self.padding)
        block = larger
        front = Self.padding
    }
}
