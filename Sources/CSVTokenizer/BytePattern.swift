import ByteSpans
internal import CSVKernels

/// Finds the places where some bytes may begin, very fast: two of them are compared.
package struct BytePattern: Sendable {
    private let pair: csv_byte_pair
    /// Of the first compared byte in the text.
    private let offset: Int

    /// - Parameters:
    ///   - text: not empty.
    ///   - compared: offsets in the text of the two bytes that are compared, ascending; they may be the same.
    ///   - ignoresCase: whether ASCII letters among the two count in either case.
    package init(_ text: [UInt8], compared: (Int, Int), ignoresCase: Bool) {
        func masked(_ byte: UInt8) -> (byte: UInt8, mask: UInt8) {
            let isLetter = ignoresCase && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            return isLetter ? (byte | 0x20, 0x20) : (byte, 0)
        }
        let (first, second) = (masked(text[compared.0]), masked(text[compared.1]))
        offset = compared.0
        pair = csv_byte_pair(
            first: first.byte, first_mask: first.mask, second: second.byte, second_mask: second.mask, distance: compared.1 - compared.0)
    }

    /// - Parameters:
    ///   - first: a byte of the text, with the bits of its mask set.
    ///   - second: the same of one that follows it.
    package init(_ first: (first: UInt8, mask: UInt8), _ second: (second: UInt8, mask: UInt8), distance: Int) {
        offset = 0
        pair = csv_byte_pair(
            first: first.first, first_mask: first.mask, second: second.second, second_mask: second.mask, distance: distance)
    }

    /// The next place from `start` on where the text may begin; `nil` where there is none. A mask maps some bytes that are no letters to
    /// letters, so the caller compares.
    package func firstPlace(in bytes: Span<UInt8>, from start: Int) -> Int? {
        guard start + offset < bytes.count else { return nil }
        let found = csv_search_bytes(bytes.view, start + offset, pair)
        return found < bytes.count ? found - offset : nil
    }
}
