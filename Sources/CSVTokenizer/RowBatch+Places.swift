import ByteSpans

extension RowBatch {
    /// Stream offset of a position in ``bytes``, in `unit`.
    public func streamOffset(ofPosition position: Int) -> Int {
        byteOffset + length(upTo: position) + (lastGap(upTo: position)?.length ?? 0)
    }

    /// What added to any position is its stream offset; `nil` where that differs, because something was taken out, or offsets do not count these bytes.
    package var plainOffset: Int? { gaps.isEmpty && unit.isByte ? byteOffset : nil }

    /// Position in ``bytes`` of a stream offset; `nil` when the byte is not here.
    package func position(ofStreamOffset offset: Int) -> Int? {
        let wanted = offset - byteOffset
        let index = gaps.partitionPoint { length(upTo: $0.position) + $0.length <= wanted }
        let position = position(ofLength: index > 0 ? wanted - gaps[index - 1].length : wanted)
        if index < gaps.count, position >= gaps[index].position { return nil }
        return bytes.indices.contains(position) ? position : nil
    }

    private static let measure = 512

    /// Measures the content, which was changed.
    mutating func measureContent() {
        guard !unit.isByte else { return }
        lengths.removeAll(keepingCapacity: true)
        var length = 0
        for start in Swift.stride(from: 0, through: byteCount, by: Self.measure) {
            lengths.append(length)
            length += unit.length(of: start..<min(start + Self.measure, byteCount), in: bytes)
        }
    }

    /// The length of the content before a position, in the unit of offsets.
    private func length(upTo position: Int) -> Int {
        if unit.isByte { return position }
        let block = position / Self.measure
        return lengths[block] + unit.length(of: (block * Self.measure)..<position, in: bytes)
    }

    /// The last position before which the content is no longer than a length. A character begins there.
    private func position(ofLength length: Int) -> Int {
        if unit.isByte { return length }
        let block = lengths.partitionPoint { $0 <= length } - 1
        guard block >= 0 else { return -1 }
        var position = block * Self.measure
        while position < byteCount, self.length(upTo: position + 1) <= length { position += 1 }
        return position
    }

    /// Line ends before a position, counted from the beginning of the batch or from a place already counted.
    ///
    /// - Parameters:
    ///   - position: Where to stop counting.
    ///   - known: a position not after the wanted one, and the count there.
    @inline(__always)
    package func newlines(before position: Int, known: (position: Int, count: Int) = (-1, 0)) -> Int {
        let counted = Self.newlines(in: bytes[max(known.position, 0)..<position])
        let taken = (lastGap(upTo: position)?.newlineCount ?? 0) - (lastGap(upTo: known.position)?.newlineCount ?? 0)
        return known.count + counted + taken
    }

    /// The same from a place on either side. Complexity: linear in the distance.
    package func lineEnds(before position: Int, near known: (position: Int, count: Int)) -> Int {
        if position >= known.position { return newlines(before: position, known: known) }
        return known.count - newlines(before: known.position, known: (position, 0))
    }

    private func lastGap(upTo position: Int) -> Gap? {
        guard !gaps.isEmpty else { return nil }
        let index = gaps.partitionPoint { $0.position <= position }
        return index > 0 ? gaps[index - 1] : nil
    }

    package static func newlines(in bytes: Span<UInt8>) -> Int {
        var (count, index) = (0, 0)
        // Sixteen counters of one byte each, which are emptied before they overflow.
        while index &+ 16 <= bytes.count {
            var counters = SIMD16<UInt8>(repeating: 0)
            for _ in 0..<min(255, (bytes.count &- index) / 16) {
                // The loops see to it that there are sixteen.
                let block = unsafe bytes.vector(uncheckedAt: index)
                counters.replace(with: counters &+ SIMD16<UInt8>(repeating: 1), where: block .== SIMD16<UInt8>(repeating: .lineFeed))
                index &+= 16
            }
            count &+= Int(SIMD16<UInt16>(truncatingIfNeeded: counters).wrappedSum())
        }
        if index &+ 8 <= bytes.count {
            let word = bytes.word(at: index) ^ 0x0A0A_0A0A_0A0A_0A0A
            let high: UInt64 = 0x8080_8080_8080_8080
            // The high bits of the bytes that are 0. No byte carries into the next.
            count &+= (~(((word & ~high) &+ ~high) | word) & high).nonzeroBitCount
            index &+= 8
        }
        return count &+ bytes[index...].count { $0 == .lineFeed }
    }
}

extension UInt8 {
    @inlinable static var lineFeed: UInt8 { UInt8(ascii: "\n") }
    @inlinable static var carriageReturn: UInt8 { UInt8(ascii: "\r") }
}
