import ByteSpans
import SafeText

/// Writes a timestamp with another time of day that every reading takes in the same way, so that timestamps of one day are read once.
///
/// ```
///   2026-03-04T17:05:33Z  ─┬─ 2026-03-04T13:01:01Z
///   2026-03-04T21:00:01Z  ─┘
///   2026-03-04T09:44:01Z  ─── 2026-03-04T01:01:01Z, which may be one of half a day
///   2026-03-04T00:44:01Z  ─── 2026-03-04T00:01:01Z, which is none of half a day
/// ```
struct TimeOfDayClass {
    /// What was written.
    private(set) var text: [UInt8] = []

    private static let (fewestOfDate, longest) = (8, 40)
    private static let (zero, one, three) = (UInt8(ascii: "0"), UInt8(ascii: "1"), UInt8(ascii: "3"))

    /// - Returns: whether the value ends in a time that is in some class, after a blank or a `T`.
    mutating func read(_ value: Span<UInt8>) -> Bool {
        guard value.count <= Self.longest, let colon = value.firstIndex(of: UInt8(ascii: ":")), colon > Self.fewestOfDate + 1,
            let hour = Self.number(value, colon - 2, ifDigits: 2) ?? Self.number(value, colon - 1, ifDigits: 1), hour < 24,
            let minute = Self.number(value, colon + 1, ifDigits: 2), minute < 60
        else { return false }
        let start = ASCII.isDigit(value[colon - 2]) ? colon - 2 : colon - 1
        let before = value[start - 1]
        guard before == UInt8(ascii: " ") || before | 0x20 == UInt8(ascii: "t") else { return false }
        // A copy that is kept would make it larger each time.
        text.removeAll(keepingCapacity: text.capacity <= 2 * Self.longest)
        text += value
        // Hours of half a day, and those of the other half.
        if start == colon - 2, hour > 0 {
            (text[start], text[start + 1]) = hour > 12 ? (Self.one, Self.three) : (Self.zero, Self.one)
        } else if hour > 0 {
            text[start] = Self.one
        }
        classify(colon + 1, 2)
        var end = colon + 3
        guard end < text.count, text[end] == UInt8(ascii: ":"), let second = Self.number(value, end + 1, ifDigits: 2) else { return true }
        if second > 59 { return false }
        classify(end + 1, 2)
        end += 3
        guard end < text.count, text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ",") else { return true }
        let digits = text[(end + 1)...].prefix(while: ASCII.isDigit).count
        classify(end + 1, digits)
        return true
    }

    /// Replaces a number by another one of as many digits.
    private mutating func classify(_ start: Int, _ count: Int) {
        for index in start..<(start + count) { text[index] = index == start + count - 1 ? Self.one : Self.zero }
    }

    private static func number(_ text: Span<UInt8>, _ start: Int, ifDigits count: Int) -> Int? {
        guard start >= 0, start + count <= text.count else { return nil }
        var number = 0
        for index in start..<(start + count) {
            guard ASCII.isDigit(text[index]) else { return nil }
            number = 10 * number + Int(text[index] - zero)
        }
        return number
    }
}
