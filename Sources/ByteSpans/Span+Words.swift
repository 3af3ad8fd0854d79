/// Bytes read several at a time. The one place where it is done: what can be read is checked here, or stated by who asks.
extension Span where Element == UInt8 {
    /// Eight bytes, the first in the lowest place on the machines this runs on.
    @inlinable @inline(__always)
    package func word(at index: Int) -> UInt64 { load(at: index) }

    /// A number that takes several bytes, in the order of the machine.
    @inlinable @inline(__always)
    package func load<Number: FixedWidthInteger & BitwiseCopyable>(at index: Int, as type: Number.Type = Number.self) -> Number {
        precondition(index >= 0 && index <= count &- MemoryLayout<Number>.size, "within the bytes")
        // Checked just now; any bytes are a number.
        return unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: type)
    }

    /// Sixteen bytes.
    ///
    /// - Parameter index: sixteen bytes follow, which a loop over all of them has checked already.
    @unsafe @inlinable @inline(__always)
    package func vector(uncheckedAt index: Int) -> SIMD16<UInt8> {
        assert(index >= 0 && index <= count &- 16, "within the bytes")
        return unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
    }

    /// Eight bytes, some of them perhaps after the end.
    ///
    /// - Parameter index: from here on eight bytes belong to the memory that the bytes are a part of: see `RowBatch.padding`.
    @unsafe @inlinable @inline(__always)
    package func paddedWord(at index: Int) -> UInt64 {
        unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
    }
}
