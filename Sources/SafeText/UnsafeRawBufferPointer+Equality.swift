extension UnsafeRawBufferPointer {
    /// Whether two texts have the same bytes. Complexity: a step for each eight of them.
    @inlinable
    package func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index &+ 8 <= count {
            let words = (
                loadUnaligned(fromByteOffset: index, as: UInt64.self), other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            )
            if words.0 != words.1 { return false }
            index &+= 8
        }
        while index < count {
            if self[index] != other[index] { return false }
            index &+= 1
        }
        return true
    }
}
