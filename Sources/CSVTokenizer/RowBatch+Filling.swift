extension RowBatch {
    @inline(__always)
    subscript(position: Int) -> UInt8 {
        storage.load(fromByteOffset: position, as: UInt8.self)
    }

    /// Drops everything and makes room for the next chunk.
    ///
    /// - Returns: where to write the chunk. Then call ``Tokenizer/index(_:newByteCount:)`` with the number of bytes written.
    package mutating func prepare(byteCount wanted: Int) -> UnsafeMutableRawBufferPointer {
        removeAll()
        reserve(Self.headroom + wanted)
        storage += Self.headroom
        return UnsafeMutableRawBufferPointer(start: storage, count: wanted)
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
        storage = block + Self.padding
    }

    /// Puts an open row before the content.
    ///
    /// - Precondition: it fits the headroom.
    mutating func prepend(_ row: borrowing RowBatch) {
        storage -= row.byteCount
        storage.copyMemory(from: row.storage, byteCount: row.byteCount)
        byteCount += row.byteCount
        takePlace(of: row)
    }

    /// Puts bytes after the content.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        reserve(byteCount + bytes.count)
        guard let start = bytes.baseAddress else { return }
        (storage + byteCount).copyMemory(from: start, byteCount: bytes.count)
        byteCount += bytes.count
    }

    /// Takes over everything after the last row of a batch.
    ///
    /// - Parameter lineFeedCount: of the batch, from its beginning to its end.
    mutating func takeTail(of batch: inout RowBatch, lineFeedCount: Int) {
        removeAll()
        let cut = batch.rowsEnd
        let tail = UnsafeRawBufferPointer(rebasing: batch.bytes[cut...])
        append(tail)
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
        guard wanted > wordCapacity else { return }
        let larger = max(wanted, wordCapacity * 2)
        ends = Self.moved(ends, count: wordCapacity, capacity: larger)
        rowEnds = Self.moved(rowEnds, count: wordCapacity, capacity: larger)
        wordCapacity = larger
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
    var startOfOpenField: Int {
        var word = min(clearedWord, byteCount / 64)
        while word >= 0 {
            if ends[word] != 0 { return word * 64 + 64 - ends[word].leadingZeroBitCount }
            word -= 1
        }
        return endCount == 0 ? 0 : Int(endStorage[endCount - 1]) + 1
    }

    // MARK: Memory

    /// Room for the content from the beginning of the block on.
    private mutating func reserve(_ wanted: Int) {
        precondition(wanted < Int(UInt32.max), "positions are 32-bit")
        let front = storage - (block + Self.padding)
        guard front + wanted > blockByteCount else { return }
        let larger = max(wanted, min(blockByteCount * 2, wanted + 1 << 20))
        let new = Self.allocate(larger)
        (new + Self.padding).copyMemory(from: storage, byteCount: byteCount)
        block.deallocate()
        (block, blockByteCount) = (new, larger)
        storage = new + Self.padding
    }

    /// The entry before the first is the highest number: one more is 0, where the first field begins.
    static func allocateEnds(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        let block = UnsafeMutablePointer<UInt32>.allocate(capacity: count + 1)
        block.pointee = .max
        return block + 1
    }

    static func moved<Element: BitwiseCopyable>(
        _ old: UnsafeMutablePointer<Element>, count: Int, capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        new.update(from: old, count: count)
        old.deallocate()
        return new
    }

    /// Zeroed padding, so that what wide loads see there is defined.
    static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let block = UnsafeMutableRawPointer.allocate(byteCount: byteCount + 2 * padding, alignment: 64)
        block.initializeMemory(as: UInt8.self, repeating: 0, count: padding)
        (block + padding + byteCount).initializeMemory(as: UInt8.self, repeating: 0, count: padding)
        return block
    }
}
