#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension RowBatch {
    /// Adds the fields with a control character other than NUL, tab, line feed and carriage return: those that begin before a stream offset, and those of
    /// a last row without a line end. The batch must be indexed. Complexity: linear in the bytes that are looked at.
    package func addFieldsWithControl(before offset: Int, to found: inout BitSet) {
        var place = OddPlace()
        if byteOffset < offset {
            // A character of another encoding has at most three bytes for each of its own.
            let end = min(byteCount, (offset - byteOffset) * (unit.isByte ? 1 : 3))
            for position in 0..<end where Self.isControl(self[position]) {
                if streamOffset(ofPosition: position) >= offset { break }
                add(position, &place, to: &found)
            }
        }
        guard rowCount > 0, endsWithoutLineEnd(rowCount - 1) else { return }
        let start = range(ofField: fields(ofRow: rowCount - 1).lowerBound).lowerBound
        for position in start..<byteCount where Self.isControl(self[position]) { add(position, &place, to: &found) }
    }

    /// Whether a byte is a control character that no text has.
    package static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    /// Adds the fields with two characters that could be the bytes of one: U+00C2 to U+00F4, then one that has a place from 80 to BF in Windows-1252.
    /// The batch must be indexed. Complexity: linear in the bytes, very fast where none is C3.
    package func addFieldsThatMayBeEncodedTwice(to found: inout BitSet) {
        guard byteCount > 0, let first = memchr(storage, 0xC3, byteCount) else { return }
        let start = UnsafeRawPointer(first) - UnsafeRawPointer(storage)
        var place = OddPlace()
        var position = start
        while let next = Self.mayBeEncodedTwice.firstPlace(in: bytes, from: position) {
            let third = self[next + 2]
            guard third & ~0x20 == 0xC2 || third & ~0x03 == 0xC4 else {
                position = next + 1
                continue
            }
            add(next, &place, to: &found)
            // Further ones in the field make no difference.
            position = place.field < endCount ? max(next + 1, Int(endStorage[place.field])) : byteCount
        }
    }

    /// C3 and, after one byte, C0 to C7 or E0 to E7: among them are C2, E2 and C4 to C7, which are looked for.
    private static let mayBeEncodedTwice = BytePattern((first: 0xC3, mask: 0), (second: 0xE7, mask: 0x27), distance: 2)

    private struct OddPlace {
        var field = 0
    }

    private func add(_ position: Int, _ place: inout OddPlace, to found: inout BitSet) {
        // The next one is usually near.
        while place.field < endCount, Int(endStorage[place.field]) < position { place.field &+= 1 }
        if place.field < endCount { found.insert(place.field) }
    }
}
