/// Memory of a fixed size that a value owns: what an array would be without references to count and without a check whether it is shared.
///
/// The pointer is private to this file but for ``pointer``, the memory lives as long as the value, every element is set from the beginning, and every
/// index is checked: so it is safe.
@safe @usableFromInline
package struct Block<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<Element>
    @usableFromInline package internal(set) var count: Int

    /// - Parameter element: is every element at first.
    @inlinable
    package init(repeating element: Element, count: Int) {
        unsafe self.init(zeros: count)
        unsafe start.initialize(repeating: element, count: count)
    }

    /// Elements whose bytes are all 0, which costs nothing.
    ///
    /// - Parameter count: of elements for which zeros are a value.
    @unsafe @inlinable
    package init(zeros count: Int) {
        precondition(count >= 0 && MemoryLayout<Element>.alignment <= 16, "a size, and aligned as the C library does it")
        unsafe start = Memory.zeros(byteCount: count * MemoryLayout<Element>.stride).bindMemory(to: Element.self, capacity: count)
        self.count = count
    }

    @inlinable
    deinit {
        unsafe Memory.release(start)
    }

    @inlinable @inline(__always)
    package subscript(index: Int) -> Element {
        unsafeAddress {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "within the block")
            return unsafe UnsafePointer(start + index)
        }
        unsafeMutableAddress {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "within the block")
            return unsafe start + index
        }
    }

    /// An element, checked in a debug build only.
    ///
    /// - Parameter index: who asks knows that it is below ``count``.
    @unsafe @inlinable @inline(__always)
    package subscript(unchecked index: Int) -> Element {
        get {
            assert(UInt(bitPattern: index) < UInt(bitPattern: count), "within the block")
            return unsafe start[index]
        }
    }

    /// All elements.
    @inlinable @inline(__always)
    package var span: Span<Element> {
        @_lifetime(borrow self)
        get { unsafe _overrideLifetime(Span(_unsafeStart: start, count: count), borrowing: self) }
    }

    @inlinable @inline(__always)
    package var mutableSpan: MutableSpan<Element> {
        @_lifetime(&self)
        mutating get { unsafe _overrideLifetime(MutableSpan(_unsafeStart: start, count: count), mutating: &self) }
    }

    /// Some of the elements.
    @inlinable
    @_lifetime(&self)
    package mutating func mutableSpan(_ range: Range<Int>) -> MutableSpan<Element> {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "within the block")
        return unsafe _overrideLifetime(MutableSpan(_unsafeStart: start + range.lowerBound, count: range.count), mutating: &self)
    }

    /// For the kernels: who uses it keeps to ``count`` and to the life of this value.
    @unsafe @inlinable
    package var pointer: UnsafeMutablePointer<Element> { unsafe start }

    /// Sets the first elements.
    @inlinable
    package mutating func fill(_ element: Element, count filled: Int) {
        precondition(0...count ~= filled, "within the block")
        unsafe start.update(repeating: element, count: filled)
    }

    /// Copies elements that are elsewhere.
    @inlinable
    package mutating func copy(_ elements: Span<Element>, at index: Int) {
        precondition(index >= 0 && index <= count &- elements.count, "within the block")
        unsafe elements.withUnsafeBufferPointer {
            unsafe (start + index).update(from: $0.baseAddress ?? UnsafePointer(start), count: $0.count)
        }
    }

    /// Makes room for more elements after those that there are.
    @inlinable
    package mutating func grow(to larger: Int, with element: Element) {
        var grown = Block(repeating: element, count: larger)
        grown.copy(span, at: 0)
        self = grown
    }

    /// Moves elements to another place, which may overlap with theirs.
    @inlinable
    package mutating func move(_ range: Range<Int>, to index: Int) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count && index >= 0 && index <= count &- range.count, "within the block")
        unsafe (start + index).update(from: start + range.lowerBound, count: range.count)
    }
}

extension Block where Element: FixedWidthInteger {
    /// The same; of zeros it costs nothing.
    @inlinable
    package init(repeating element: Element, count: Int) {
        unsafe self.init(zeros: count)
        if element != 0 { unsafe start.initialize(repeating: element, count: count) }
    }
}

extension Block where Element == UInt8 {
    /// Writes the eight bytes of a word, the lowest first.
    @inlinable @inline(__always)
    package mutating func store(_ word: UInt64, at index: Int) {
        precondition(index >= 0 && index <= count &- 8, "within the block")
        unsafe UnsafeMutableRawPointer(start + index).storeBytes(of: word.littleEndian, as: UInt64.self)
    }

    /// Writes bytes that are elsewhere.
    @inlinable @inline(__always)
    package mutating func write(_ bytes: Span<UInt8>, at index: Int) {
        precondition(index >= 0 && index <= count &- bytes.count, "within the block")
        for offset in bytes.indices { unsafe start[index &+ offset] = bytes[offset] }
    }
}
