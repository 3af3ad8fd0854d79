/// Remembers something of short texts: a table of fixed size in which a text displaces the one in its place.
///
/// A class, because Swift 6.3 cannot compile tests against a noncopyable one whose entries are of a private type.
// Safe: the memory is this object's, and no place is beyond its end.
@safe
final class ShortTextTable<Entry> {
    let count: Int
    private let bits: Int
    /// A block that is written in place; `count` is a power of two.
    private let entries: UnsafeMutablePointer<Entry>

    /// - Parameter bits: of the number of entries.
    init(bits: Int, repeating entry: Entry) {
        (self.bits, count) = (bits, 1 << bits)
        unsafe entries = .allocate(capacity: count)
        unsafe entries.initialize(repeating: entry, count: count)
    }

    deinit {
        unsafe entries.deinitialize(count: count)
        unsafe entries.deallocate()
    }

    /// Where the text's entry is, which may be that of another text.
    @inline(__always)
    func place(of text: ShortText) -> Int { text.place(bits: bits) }

    /// The entry in a place.
    subscript(place: Int) -> Entry {
        @inline(__always) unsafeAddress { unsafe UnsafePointer(entries + (place & (count &- 1))) }
        @inline(__always) unsafeMutableAddress { unsafe entries + (place & (count &- 1)) }
    }
}
