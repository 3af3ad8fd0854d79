import ByteSources
import ByteSpans
import SafeText

// The keys of a range, as its partial result has them after its state: one block of bytes after the other, and an empty one after the last key of each
// of the profile's keys. However many keys there are, only a block of them is in memory.

extension KeyIndex {
    private static let blockByteCount = 1 << 16

    /// Writes all keys, in blocks.
    func store(_ take: (_ block: [UInt8]) -> Void) throws(Descriptor.Failure) {
        var coder = StateCoder()
        try forEach { key, place, isRepeated in
            var (key, place, isRepeated) = (Array(key), place, isRepeated)
            coder(&isRepeated)
            coder(&key)
            coder(&place)
            if coder.bytes.count < Self.blockByteCount { return }
            take(coder.bytes)
            coder = StateCoder()
        }
        if !coder.bytes.isEmpty { take(coder.bytes) }
        take([])
    }

    /// Adds keys that were written, of the range after those that were added before.
    ///
    /// - Parameters:
    ///   - hash: of keys, as in all ranges.
    ///   - repeated: as for ``merge(_:at:repeated:)``.
    /// - Returns: `false` where they are damaged.
    mutating func add(
        _ stored: any StoredBlocks, hash: KeyHash, at joint: Joint, repeated: inout [KeyPlace]?
    ) throws(Descriptor.Failure) -> Bool {
        while let block = stored.nextBlock() {
            if block.isEmpty { return true }
            var coder = StateCoder(reading: block)
            while !coder.isAtEnd {
                var (isRepeated, key, place) = (false, [UInt8](), KeyPlace(row: 0, line: 0, byteOffset: 0))
                coder(&isRepeated)
                coder(&key)
                coder(&place)
                if coder.damage != nil { return false }
                place = place.shifted(by: joint)
                if try add(key.span, hash: hash(key.span), at: place, isRepeated: isRepeated) { repeated?.append(place) }
            }
        }
        return false
    }
}
