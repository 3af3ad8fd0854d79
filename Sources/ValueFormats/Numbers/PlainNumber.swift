import SafeText

/// A number as most files have it: digits, perhaps a minus before them, perhaps one point or comma between them. `-1234.5`
///
/// The one definition for the parser, the masks, the detector and the counts of the kernels, which find the same numbers 64 bytes at a
/// time (`csv_column_numbers`).
package struct PlainNumber {
    /// Digits before the separator, at least one.
    package let wholeCount: Int
    /// A point or comma; 0 for none.
    package let separator: UInt8
    /// Digits after the separator, at least one if there is one.
    package let fractionCount: Int
    private let beginsWithZero: Bool

    /// - Parameter text: not empty.
    /// - Returns: `nil` for anything else.
    @inline(__always)
    package init?(_ text: Span<UInt8>) {
        let start = text[0] == UInt8(ascii: "-") ? 1 : 0
        var index = start
        while index < text.count, ASCII.isDigit(text[index]) { index += 1 }
        guard index > start else { return nil }
        wholeCount = index - start
        beginsWithZero = text[start] == UInt8(ascii: "0")
        if index == text.count {
            (separator, fractionCount) = (0, 0)
            return
        }
        let found = text[index]
        let next = index + 1
        guard found == UInt8(ascii: ".") || found == UInt8(ascii: ","), next < text.count else { return nil }
        index = next
        while index < text.count, ASCII.isDigit(text[index]) { index += 1 }
        guard index == text.count else { return nil }
        (separator, fractionCount) = (found, index - next)
    }

    /// Whether the part before the separator is `0`.
    package var hasWholeZero: Bool { wholeCount == 1 && beginsWithZero }

    /// Whether the separator may also mark thousands.
    package var mayBeGrouped: Bool { fractionCount == 3 && wholeCount <= 3 && !beginsWithZero }
}
