/// Blocks of memory that never move, of any size. A large table grows by one without a copy of what it has.
///
/// The pointers are private to this file, the memory lives as long as the value, every element is set from the beginning, and every place is checked:
/// so it is safe.
@safe
package struct BlockList<Element: BitwiseCopyable>: ~Copyable {
    private var blocks: [UnsafeMutableBufferPointer<Element>] = unsafe []

    package init() {}

    deinit {
        for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
    }

    package var count: Int { unsafe blocks.count }

    /// Adds a block with this element in all places.
    package mutating func append(repeating element: Element, count: Int) {
        let block = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
        unsafe block.initialize(repeating: element)
        unsafe blocks.append(block)
    }

    /// An element of a block.
    package subscript(block: Int, index: Int) -> Element {
        @inline(__always) unsafeAddress {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: unsafe blocks[block].count), "within the block")
            return unsafe UnsafePointer(blocks[block].baseAddress.unsafelyUnwrapped + index)
        }
        @inline(__always) unsafeMutableAddress {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: unsafe blocks[block].count), "within the block")
            return unsafe blocks[block].baseAddress.unsafelyUnwrapped + index
        }
    }

    /// The elements of a block.
    package subscript(block: Int) -> Span<Element> {
        @inline(__always) @_lifetime(borrow self)
        get { unsafe _overrideLifetime(Span(_unsafeElements: UnsafeBufferPointer(blocks[block])), borrowing: self) }
    }

    /// Writes elements to a block.
    package mutating func write(_ elements: Span<Element>, block: Int, at index: Int) {
        var span = unsafe MutableSpan(_unsafeElements: blocks[block])
        span.copy(elements, at: index)
    }
}
