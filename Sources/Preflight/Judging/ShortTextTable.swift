import ByteSpans

/// Remembers something of short texts: a table of fixed size in which a text displaces the one in its place.
///
/// A class, because Swift 6.3 cannot compile tests against a noncopyable one whose entries are of a private type.
// Safe: the memory is this object's, and no place is beyond its end.
@safe
final class ShortTextTable<Entry: BitwiseCopyable> {
    let count: Int
    private let bits: Int
    private let memory: Block<Entry>
    /// Where it is, as it is written in place; `count` is a power of two.
    private let entries: UnsafeMutablePointer<Entry>

    /// - Parameter bits: of the number of entries.
    convenience init(bits: Int, repeating entry: Entry) {
        self.init(bits: bits, Block(repeating: entry, count: 1 << bits))
    }

    /// The same of entries that are nothing but zeros, which costs nothing until they are written.
    @unsafe
    convenience init(zeros bits: Int) {
        unsafe self.init(bits: bits, Block(zeros: 1 << bits))
    }

    private init(bits: Int, _ memory: consuming Block<Entry>) {
        (self.bits, count) = (bits, memory.count)
        unsafe entries = memory.pointer
        self.memory = memory
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
