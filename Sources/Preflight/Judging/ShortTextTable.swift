/// Remembers something of short texts: a table of fixed size in which a text displaces the one in its place.
///
/// A class, because Swift 6.3 cannot compile tests against a noncopyable one whose entries are of a private type.
// Safe: the memory is this object's, and a place has as many bits as it has entries.
@safe
final class ShortTextTable<Entry> {
    let count: Int
    private let bits: Int
    /// A block that is written in place; a place has as many bits as it has entries.
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

    /// The entry in the text's place, which may be that of another text.
    @inline(__always)
    func entry(for text: ShortText) -> UnsafeMutablePointer<Entry> { unsafe entries + text.place(bits: bits) }

    @inline(__always)
    func entry(at place: Int) -> UnsafeMutablePointer<Entry> { unsafe entries + place }
}
