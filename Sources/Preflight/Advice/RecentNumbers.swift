/// The numbers of texts that were looked up before: most rows have one of a few.
///
/// A table of fixed size in which a text displaces the one in its place.
struct RecentNumbers {
    private static let bits = 8
    private var texts = Array(repeating: ShortText(), count: 1 << bits)
    private var numbers = Array(repeating: Int32(0), count: 1 << bits)

    /// - Returns: `nil` where it is not known.
    @inline(__always)
    func number(of text: ShortText) -> Int32? {
        let place = text.place(bits: Self.bits)
        return texts[place] == text ? numbers[place] : nil
    }

    mutating func keep(_ number: Int32, of text: ShortText) {
        let place = text.place(bits: Self.bits)
        (texts[place], numbers[place]) = (text, number)
    }
}
