/// Blocks of memory that never move, of any size. A large table grows by one without a copy of what it has.
///
/// The pointers are private to this file, the memory lives as long as the value, every element is set from the beginning, and every place is checked:
/// so it is safe.
///
/// All of it is inlinable: what is generic and is not finds its type anew at each call.
@safe @usableFromInline
package struct BlockList<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var blocks: [UnsafeMutableBufferPointer<Element>]

    @inlinable
    package init() {
        unsafe blocks = []
    }

    @inlinable
    deinit {
        for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
    }

    @inlinable
    package var count: Int { unsafe blocks.count }

    /// Adds a block with this element in all places.
    @inlinable
    package mutating func append(repeating element: Element, count: Int) {
        let block = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
        unsafe block.initialize(repeating: element)
        unsafe blocks.append(block)
    }

    /// An element of a block.
    @inlinable @inline(__always)
    package subscript(block: Int, index: Int) -> Element {
        unsafeAddress {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: unsafe blocks[block].count), "within the block")
            return unsafe UnsafePointer(blocks[block].baseAddress.unsafelyUnwrapped + index)
        }
        unsafeMutableAddress {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: unsafe blocks[block].count), "within the block")
            return unsafe blocks[block].baseAddress.unsafelyUnwrapped + index
        }
    }

    /// The elements of a block.
    @inlinable @inline(__always)
    package subscript(block: Int) -> Span<Element> {
        @_lifetime(borrow self)
        get { unsafe _overrideLifetime(Span(_unsafeElements: UnsafeBufferPointer(blocks[block])), borrowing: self) }
    }

    /// Writes elements to a block.
    @inlinable
    package mutating func write(_ elements: Span<Element>, block: Int, at index: Int) {
        var span = unsafe MutableSpan(_unsafeElements: blocks[block])
        span.copy(elements, at: index)
    }
}
