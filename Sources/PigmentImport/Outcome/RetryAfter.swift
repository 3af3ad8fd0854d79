import ByteSources
import ImportProfiles

/// Reads a `Retry-After` header (RFC 9110, 10.2.3): seconds, or a date in one of the three forms of HTTP.
package enum RetryAfter {
    /// Longer waits are read as this one: no one waits a day for a push.
    package static let longest: Duration = .seconds(86_400)

    /// - Parameters:
    ///   - text: the header's value.
    ///   - now: the wall clock in seconds since 1970-01-01 UTC.
    /// - Returns: the wait, from zero (a date in the past) to ``longest``; `nil` for text that is neither form.
    package static func wait(_ text: String, now: Int) -> Duration? {
        let trimmed = text.trimmingPrefix { $0 == " " || $0 == "\t" }
        let value = String(trimmed.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        if !value.isEmpty, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return min(Int(value).map { .seconds($0) } ?? longest, longest)
        }
        guard let date = seconds(ofDate: value) else { return nil }
        return min(max(.seconds(date - now), .zero), longest)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
    static func seconds(ofDate text: String) -> Int? {
        guard text.utf8.count <= 40 else { return nil }
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        let (day, month, year, time): (String, String, String, String)
        switch words.count {
        case 6 where words[5] == "GMT": (day, month, year, time) = (words[1], words[2], words[3], words[4])
        case 5: (day, month, year, time) = (words[2], words[1], words[4], words[3])
        default: return nil
        }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let monthIndex = months.firstIndex(of: month), let day = number(day, 1...31), var year = number(year, 0...9999) else {
            return nil
        }
        // The middle form has two digits. A header speaks of the near future, so the century is this one.
        let hasTwoDigits = words.count == 6 && words[3].count == 2
        guard hasTwoDigits || words[words.count == 6 ? 3 : 4].count == 4 else { return nil }
        if hasTwoDigits { year += 2000 }
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard clock.count == 3, let hour = number(clock[0], 0...23), let minute = number(clock[1], 0...59),
            let second = number(clock[2], 0...60)
        else { return nil }
        return daysSince1970(year: year, month: monthIndex + 1, day: day) * 86_400 + hour * 3600 + minute * 60 + second
    }

    private static func number(_ text: String, _ range: ClosedRange<Int>) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let value = Int(text), range.contains(value)
        else { return nil }
        return value
    }

    /// The proleptic Gregorian calendar, counted from 1 March so that the leap day is the last of its year.
    static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
