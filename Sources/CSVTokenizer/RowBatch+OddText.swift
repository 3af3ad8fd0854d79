import ByteSpans

extension RowBatch {
    /// Adds the fields with a control character: see ``control(at:in:)``. The batch must be indexed. Complexity: linear in the bytes, very fast
    /// where there is none.
    package func addFieldsWithControl(to found: inout BitSet) {
        if hasControl { addFieldsWithLowControl(to: &found) }
        var place = OddPlace()
        var position = 0
        while let delete = bytes.nextIndex(of: Self.delete, from: position) {
            add(delete, &place, to: &found)
            position = delete + 1
        }
        guard let first = bytes.nextIndex(of: Self.highControl, from: 0) else { return }
        place = OddPlace()
        position = first
        while let next = Self.highControls.firstPlace(in: bytes, from: position) {
            add(next, &place, to: &found)
            position = next + 1
        }
    }

    private func addFieldsWithLowControl(to found: inout BitSet) {
        var place = OddPlace()
        var position = 0
        while let next = firstControl(in: position..<byteCount) {
            add(next, &place, to: &found)
            position = next + 1
        }
    }

    /// The first byte that is a control character. Complexity: eight bytes a step.
    func firstControl(in range: Range<Int>) -> Int? {
        var position = range.lowerBound
        while position < range.upperBound {
            let end = min(position &+ 8, range.upperBound)
            // Bytes after the range count as spaces.
            let word = word(at: position) | (end &- position == 8 ? 0 : Self.spaces << UInt64(truncatingIfNeeded: 8 &* (end &- position)))
            if Self.mayHaveControl(word) {
                for odd in position..<end where Self.isControl(self[odd]) { return odd }
            }
            position = end
        }
        return nil
    }

    private static let spaces: UInt64 = 0x2020_2020_2020_2020

    /// Whether some of eight bytes is below a space and neither LF nor CR.
    @inline(__always)
    private static func mayHaveControl(_ word: UInt64) -> Bool {
        let low = ~(((word & ~highBits) &+ 0x6060_6060_6060_6060) | word) & highBits
        return low != 0 && low & ~zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A) & ~zeroBytes(word ^ 0x0D0D_0D0D_0D0D_0D0D) != 0
    }

    /// The high bits of the bytes that are 0. No byte carries into the next.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 { ~(((word & ~highBits) &+ ~highBits) | word) & highBits }

    private static let delete: UInt8 = 0x7F
    /// The first byte of U+0080 to U+009F.
    private static let highControl: UInt8 = 0xC2
    private static let highControls = BytePattern((first: highControl, mask: 0), (second: 0x9F, mask: 0x1F), distance: 1)

    /// Whether a byte is a control character that no text has: neither NUL, a tab nor part of a line end.
    @inline(__always)
    static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    /// The control character at a position, U+0080 to U+009F included, and its length in bytes; `nil` where there is none.
    package static func control(at position: Int, in bytes: Span<UInt8>) -> (code: UInt8, length: Int)? {
        let byte = bytes[position]
        if isControl(byte) || byte == delete { return (byte, 1) }
        guard byte == highControl, position + 1 < bytes.count, (0x80...0x9F).contains(bytes[position + 1]) else { return nil }
        return (bytes[position + 1], 2)
    }

    /// Adds the fields with two characters that could be the bytes of one: U+00C2 to U+00F4, then one that has a place from 80 to BF in Windows-1252.
    /// The batch must be indexed. Complexity: linear in the bytes, very fast where none is C3.
    package func addFieldsThatMayBeEncodedTwice(to found: inout BitSet) {
        guard let start = bytes.nextIndex(of: 0xC3, from: 0) else { return }
        var place = OddPlace()
        var position = start
        while let next = nextThatMayBeEncodedTwice(from: position) {
            add(next, &place, to: &found)
            // Further ones in the field make no difference.
            position = place.field < endCount ? max(next + 1, end(ofField: place.field)) : byteCount
        }
    }

    /// Bytes from the last place on that are looked at one by one: where a text has one such character it usually has more, and a search begins
    /// with a hundred instructions.
    private static let near = 64

    private func nextThatMayBeEncodedTwice(from position: Int) -> Int? {
        var position = position
        let end = min(position &+ Self.near, byteCount &- 2)
        while position < end {
            if self[position] == 0xC3, Self.mayBegin(self[position &+ 2]) { return position }
            position &+= 1
        }
        while let next = Self.mayBeEncodedTwice.firstPlace(in: bytes, from: position) {
            if Self.mayBegin(self[next + 2]) { return next }
            position = next + 1
        }
        return nil
    }

    /// Whether a character that begins with this byte may be the second of two that are the bytes of one.
    @inline(__always)
    private static func mayBegin(_ third: UInt8) -> Bool { third & ~0x20 == 0xC2 || third & ~0x03 == 0xC4 }

    /// C3 and, after one byte, C0 to C7 or E0 to E7: among them are C2, E2 and C4 to C7, which are looked for.
    private static let mayBeEncodedTwice = BytePattern((first: 0xC3, mask: 0), (second: 0xE7, mask: 0x27), distance: 2)

    private struct OddPlace {
        var field = 0
    }

    private func add(_ position: Int, _ place: inout OddPlace, to found: inout BitSet) {
        // The next one is usually near.
        while place.field < endCount, end(ofField: place.field) < position { place.field &+= 1 }
        if place.field < endCount { found.insert(place.field) }
    }
}
