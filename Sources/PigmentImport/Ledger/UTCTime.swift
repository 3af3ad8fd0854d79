/// A moment, to the second, as the ledger writes it: `2026-01-31T23:59:59Z`.
package struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Since 1970-01-01 UTC.
    package let seconds: Int

    package init(seconds: Int) {
        self.seconds = seconds
    }

    /// Reads `2026-01-31T23:59:59Z`, a fraction of a second included, or a day such as `2026-01-31`, which means its first second.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 || (bytes.count >= 20 && bytes[10] == UInt8(ascii: "T") && bytes.last == UInt8(ascii: "Z")),
            let year = Self.number(bytes[0..<4], 1970...9999), bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let month = Self.number(bytes[5..<7], 1...12), let day = Self.number(bytes[8..<10], 1...31)
        else { return nil }
        let midnight = RetryAfter.daysSince1970(year: year, month: month, day: day) * 86_400
        // 31 June is no day: it would be printed as another one.
        guard Self.day(midnight / 86_400) == (year, month, day) else { return nil }
        if bytes.count == 10 {
            seconds = midnight
            return
        }
        let fraction = bytes[19..<(bytes.count - 1)]
        guard bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let hour = Self.number(bytes[11..<13], 0...23),
            let minute = Self.number(bytes[14..<16], 0...59), let second = Self.number(bytes[17..<19], 0...60),
            fraction.isEmpty || (fraction.first == UInt8(ascii: ".") && fraction.dropFirst().allSatisfy { (0x30...0x39).contains($0) })
        else { return nil }
        seconds = midnight + hour * 3600 + minute * 60 + second
    }

    package static func < (left: UTCTime, right: UTCTime) -> Bool { left.seconds < right.seconds }

    /// `2026-01-31T23:59:59Z`.
    package var description: String {
        let rest = seconds % 86_400
        return "\(dayText)T\(Self.two(rest / 3600)):\(Self.two(rest / 60 % 60)):\(Self.two(rest % 60))Z"
    }

    /// For people: `2026-01-31 23:59:59 UTC`.
    package var shown: String { description.replacing("T", with: " ").replacing("Z", with: " UTC") }

    private var dayText: String {
        let (year, month, day) = Self.day(seconds / 86_400)
        return "\(String(repeating: "0", count: max(0, 4 - "\(year)".count)))\(year)-\(Self.two(month))-\(Self.two(day))"
    }

    /// The day of the proleptic Gregorian calendar, counted from 1 March so that the leap day is the last of its year.
    private static func day(_ daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let days = daysSince1970 + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func number(_ digits: ArraySlice<UInt8>, _ range: ClosedRange<Int>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return range.contains(value) ? value : nil
    }
}
