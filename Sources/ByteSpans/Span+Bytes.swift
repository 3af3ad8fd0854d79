/// What a collection of bytes offers, for bytes that are only looked at: a span is no collection, since it cannot be kept.
extension Span where Element == UInt8 {
    /// Some of the bytes. Unlike a slice of an array, they are counted from 0.
    @inlinable @inline(__always)
    package subscript(range: Range<Int>) -> Span<UInt8> {
        @_lifetime(copy self) get { extracting(range) }
    }

    @inlinable @inline(__always)
    package subscript(range: some RangeExpression<Int>) -> Span<UInt8> {
        @_lifetime(copy self) get { extracting(range.relative(to: indices)) }
    }

    @inlinable @inline(__always)
    package var first: UInt8? { isEmpty ? nil : self[0] }

    @inlinable @inline(__always)
    package var last: UInt8? { isEmpty ? nil : self[count &- 1] }

    @inlinable @inline(__always)
    @_lifetime(copy self)
    package func prefix(_ length: Int) -> Span<UInt8> { extracting(first: length) }

    @inlinable @inline(__always)
    @_lifetime(copy self)
    package func suffix(_ length: Int) -> Span<UInt8> { extracting(last: length) }

    @inlinable @inline(__always)
    @_lifetime(copy self)
    package func dropFirst(_ length: Int = 1) -> Span<UInt8> { extracting(droppingFirst: length) }

    @inlinable @inline(__always)
    @_lifetime(copy self)
    package func dropLast(_ length: Int = 1) -> Span<UInt8> { extracting(droppingLast: length) }

    @inlinable @inline(__always)
    package func firstIndex(where isWanted: (UInt8) -> Bool) -> Int? {
        var index = 0
        while index < count {
            if isWanted(self[index]) { return index }
            index &+= 1
        }
        return nil
    }

    @inlinable @inline(__always)
    package func lastIndex(where isWanted: (UInt8) -> Bool) -> Int? {
        var index = count
        while index > 0 {
            index &-= 1
            if isWanted(self[index]) { return index }
        }
        return nil
    }

    @inlinable
    package func firstIndex(of byte: UInt8) -> Int? { firstIndex { $0 == byte } }

    /// The place of a byte in a range; counted, unlike that in a part of the bytes, from the first of all.
    @inlinable
    package func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        extracting(range).firstIndex(of: byte).map { range.lowerBound &+ $0 }
    }

    /// The same of the last of them.
    @inlinable
    package func lastIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        extracting(range).lastIndex(of: byte).map { range.lowerBound &+ $0 }
    }

    @inlinable
    package func lastIndex(of byte: UInt8) -> Int? { lastIndex { $0 == byte } }

    @inlinable @inline(__always)
    package func contains(where isWanted: (UInt8) -> Bool) -> Bool { firstIndex(where: isWanted) != nil }

    @inlinable
    package func contains(_ byte: UInt8) -> Bool { firstIndex(of: byte) != nil }

    @inlinable @inline(__always)
    package func allSatisfy(_ isWanted: (UInt8) -> Bool) -> Bool { firstIndex { !isWanted($0) } == nil }

    /// The first byte of which something is true.
    @inlinable @inline(__always)
    package func first(where isWanted: (UInt8) -> Bool) -> UInt8? { firstIndex(where: isWanted).map { self[$0] } }

    /// Calls `body` with each byte.
    @inlinable @inline(__always)
    package func forEach(_ body: (UInt8) -> Void) {
        var index = 0
        while index < count {
            body(self[index])
            index &+= 1
        }
    }

    /// The number of bytes of which something is true.
    @inlinable @inline(__always)
    package func count(where isWanted: (UInt8) -> Bool) -> Int {
        var wanted = 0
        forEach { if isWanted($0) { wanted &+= 1 } }
        return wanted
    }

    /// Whether the bytes begin with those of an array.
    @inlinable
    package func starts(with beginning: [UInt8]) -> Bool {
        count >= beginning.count && extracting(first: beginning.count).hasSameBytes(as: beginning.span)
    }

    @inlinable
    package func starts(with beginning: String.UTF8View) -> Bool { starts(with: Array(beginning)) }

    @inlinable
    package func elementsEqual(_ other: [UInt8]) -> Bool { hasSameBytes(as: other.span) }

    @inlinable
    package func elementsEqual(_ other: String.UTF8View) -> Bool { hasSameBytes(as: Array(other).span) }

    /// The character that begins at an index; `nil` if the bytes there are none.
    package func scalar(at index: Int) -> Unicode.Scalar? {
        var bytes = CharacterBytes(self[index..<Swift.min(index + 4, count)])
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return nil }
        return scalar
    }

    /// Whether two texts have the same bytes. Complexity: a step for each eight of them.
    @inlinable
    package func hasSameBytes(as other: Span<UInt8>) -> Bool {
        let count = count
        guard count == other.count else { return false }
        if count >= 8 {
            var index = 0
            while index &+ 8 <= count {
                // Both have eight bytes more.
                if unsafe paddedWord(at: index) != other.paddedWord(at: index) { return false }
                index &+= 8
            }
            // The last eight: some were compared before.
            return load(at: count &- 8, as: UInt64.self) == other.load(at: count &- 8)
        }
        if count >= 4 {
            return load(at: 0, as: UInt32.self) == other.load(at: 0) && load(at: count &- 4, as: UInt32.self) == other.load(at: count &- 4)
        }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }
}

/// The up to four bytes of a character, for the decoder of the standard library.
private struct CharacterBytes: IteratorProtocol {
    /// The next byte is the lowest.
    private var bytes: UInt32 = 0
    private var count: Int

    init(_ text: Span<UInt8>) {
        count = text.count
        for index in text.indices { bytes |= UInt32(text[index]) << UInt32(8 * index) }
    }

    mutating func next() -> UInt8? {
        if count == 0 { return nil }
        defer { (bytes, count) = (bytes >> 8, count - 1) }
        return UInt8(truncatingIfNeeded: bytes)
    }
}
