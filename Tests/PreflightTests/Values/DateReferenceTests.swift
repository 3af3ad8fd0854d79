import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Compares the judge of dates and booleans with a reference: a pattern as a regular expression, and a calendar that counts days.
@Suite(.computing) struct DateReferenceTests {
    static let patterns = [
        "yyyy-MM-dd", "dd/MM/yyyy", "M/d/yyyy", "dd.MM.yy", "yyyyMMdd", "yyyy-MM-dd HH:mm:ss", "MM/dd/yyyy HH:mm:ss zzz", "d MMM yyyy",
        "dddd, MMMM d, yyyy", "MMM yy",
    ]

    /// What parses under a pattern, and what does not.
    @Test(arguments: patterns)
    func parses(_ text: String) throws {
        let pattern = try #require(DatePattern(text))
        let rule = ValueRule(column: ColumnProfile(name: "D", type: .date, date: DateFormat([pattern])))
        let reference = DateReference(text)
        var generator = SeededGenerator(seed: text.utf8.count)
        var seen = [false: 0, true: 0]
        for _ in 0..<ReferenceFields.count(usual: 1_200, share: 20) {
            let value = generator.dateText(text)
            let isDate = reference.parses(value)
            seen[isDate, default: 0] += 1
            #expect((rule.judge(value).verdict == .parses) == isDate, "\(value.debugDescription) under \(text)")
        }
        #expect(seen.values.allSatisfy { $0 > 50 }, "\(seen)")
    }

    /// Under several patterns a value is what it is under the mildest of them, whatever patterns come first and differ in separators only.
    @Test(arguments: 0..<4)
    func severalPatterns(seed: Int) throws {
        let texts = [
            "dd/MM/yyyy", "MM/dd/yyyy", "yyyy/MM/dd", "dd.MM.yyyy", "MM.dd.yyyy", "yyyy.MM.dd", "dd-MM-yyyy", "MM-dd-yyyy", "yyyy-MM-dd",
            "dd MMM yyyy", "dd.MMM.yyyy", "MMM dd yyyy", "dd/MM/yyyy HH:mm", "dd.MM.yyyy HH.mm", "yyyyMMdd",
        ]
        var generator = SeededGenerator(seed: seed)
        var patterns = texts
        for index in patterns.indices { patterns.swapAt(index, generator.below(patterns.count)) }
        func rule(_ patterns: some Sequence<String>) -> ValueRule {
            ValueRule(column: ColumnProfile(name: "D", type: .date, date: DateFormat(patterns.compactMap { DatePattern($0) })))
        }
        let (all, each) = (rule(patterns), patterns.map { rule([$0]) })
        for _ in 0..<ReferenceFields.count(usual: 1_200, share: 20) {
            let value = generator.dateText(generator.element(of: texts))
            // One of them is ISO, which other patterns doubt.
            let expected = each.map { $0.judge(value).verdict.rawValue }.min()
            #expect(all.judge(value).verdict.rawValue == expected, "\(value.debugDescription) under \(patterns)")
        }
    }

    /// Exactly TRUE and FALSE parse; what some importer may take for one of them is in doubt: any single word; all else fails.
    @Test func booleans() {
        let rule = ValueRule(column: ColumnProfile(name: "B", type: .boolean))
        let words = [
            "TRUE", "FALSE", "true", "False", "yes", "NO", "y", "N", "t", "F", "1", "0", "on", "OFF", "ja", "2", "x", "NA", "#REF!", "truе",
            "oui", "Wahr",
            "ΝΑΙ", "✓", "maybe", "-1", "1.0", "12", "2026", "2026-01-31", "not sure", "item7", "abcdefghijklmnopqr", "#N/A", "1.5",
        ]
        let fails = Set(["#REF!", "12", "2026", "2026-01-31", "not sure", "item7", "abcdefghijklmnopqr", "1.5"])
        for word in words {
            for (front, back) in [("", ""), (" ", ""), ("", "\t"), ("\u{A0}", " ")] {
                let expected: Verdict =
                    front.isEmpty && back.isEmpty && ["TRUE", "FALSE"].contains(word)
                    ? .parses : fails.contains(word) ? .fails : .doubtful
                #expect(rule.judge(front + word + back).verdict == expected, "\(front + word + back)")
            }
        }
    }
}

/// A date pattern, written for the eye and not for speed.
private struct DateReference {
    private let regex: Regex<AnyRegexOutput>
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let fullMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    init(_ pattern: String) {
        let tokens: [(token: String, regex: String)] = [
            ("yyyy", "(?<year>[0-9]{4})"), ("yy", "(?<year>[0-9]{2})"), ("MMMM", "(?<name>(?i)\(Self.fullMonths.joined(separator: "|")))"),
            ("MMM", "(?<name>(?i)\(Self.months.joined(separator: "|")))"), ("MM", "(?<month>[0-9]{2})"), ("M", "(?<month>[0-9]{1,2})"),
            ("dddd", "(?<weekday>(?i)\(Self.weekdays.joined(separator: "|")))"), ("dd", "(?<day>[0-9]{2})"), ("d", "(?<day>[0-9]{1,2})"),
            ("HH", "(?:[01][0-9]|2[0-3])"), ("mm", "[0-5][0-9]"), ("ss", "[0-5][0-9]"), ("zzz", "[-+](?:0[0-9]|1[0-4]):[0-5][0-9]"),
        ]
        var rest = pattern[...]
        var text = ""
        while let first = rest.first {
            if let found = tokens.first(where: { rest.hasPrefix($0.token) }) {
                text += found.regex
                rest = rest.dropFirst(found.token.count)
            } else {
                text += first == "." ? "\\." : String(first)
                rest = rest.dropFirst()
            }
        }
        regex = try! Regex(text).matchingSemantics(.unicodeScalar)
    }

    func parses(_ value: String) -> Bool {
        guard let match = value.wholeMatch(of: regex) else { return false }
        func part(_ name: String) -> String? { match.output[name]?.substring.map(String.init) }
        func number(_ name: String) -> Int? { part(name).flatMap { Int($0) } }
        let digits = part("year") ?? ""
        let year = digits.count == 2 ? 2000 + Int(digits)! : Int(digits)!
        let named = part("name").map { name in Self.months.firstIndex { name.lowercased().hasPrefix($0) }! + 1 }
        let month = number("month") ?? named ?? 1
        let day = number("day") ?? 1
        // The day exists if counting on from the first of the month stays in the month.
        guard year >= 1, (1...12).contains(month), day >= 1, day <= Self.dayNumber(year, month + 1) - Self.dayNumber(year, month) else {
            return false
        }
        guard let weekday = part("weekday"), digits.count == 4 else { return true }
        return (Self.dayNumber(year, month) + day - 1) % 7 == Self.weekdays.firstIndex(of: weekday.lowercased())!
    }

    /// Days from Monday, the 1st of January of the year 1 (proleptic Gregorian), to the first of a month; months go on after December.
    private static func dayNumber(_ year: Int, _ month: Int) -> Int {
        // March comes first, so that the day that leaps is the last (Howard Hinnant, "chrono-compatible low-level date algorithms").
        let months = year * 12 + month - 1
        let (y, m) = ((months - 2) / 12, (months - 2) % 12)
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 - 306
    }
}

extension SeededGenerator {
    /// A date of a pattern, or almost.
    mutating func dateText(_ pattern: String) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let months = ["Jan", "feb", "MAR", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let full = [
            "January", "february", "MARCH", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ]
        let weekdays = ["Monday", "tuesday", "Wednesday", "Thursday", "Friday", "SATURDAY", "Sunday"]
        let day = once(in: 12) ? element(of: [0, 29, 30, 31, 32, 99]) : 1 + below(31)
        let month = once(in: 12) ? element(of: [0, 13, 2, 99]) : 1 + below(12)
        let year = once(in: 12) ? element(of: [0, 1, 1900, 2000, 2023, 2024, 9999]) : 1990 + below(50)
        var digits = String(year)
        while digits.count < 4 { digits = "0" + digits }
        let values: [(String, String)] = [
            ("yyyy", digits), ("yy", String(digits.suffix(2))), ("MMMM", full[below(12)]), ("MMM", months[below(12)]), ("MM", two(month)),
            ("M", once(in: 2) ? String(month) : two(month)), ("dddd", weekdays[below(7)]), ("dd", two(day)),
            ("d", once(in: 2) ? String(day) : two(day)), ("HH", two(below(25))), ("mm", two(below(61))), ("ss", two(below(61))),
            ("zzz", element(of: ["+00:00", "-05:30", "+14:00", "+15:00", "Z", "+0100"])),
        ]
        var rest = pattern[...]
        var text = ""
        while let first = rest.first {
            if let found = values.first(where: { rest.hasPrefix($0.0) }) {
                text += found.1
                rest = rest.dropFirst(found.0.count)
            } else {
                text.append(first)
                rest = rest.dropFirst()
            }
        }
        guard once(in: 4), !text.isEmpty else { return text }
        var characters = Array(text)
        let odd: [Character] = ["0", "1", "9", "/", "-", ".", " ", ":", "T", "x", "é"]
        switch below(3) {
        case 0: characters.remove(at: below(characters.count))
        case 1: characters.insert(element(of: odd), at: below(characters.count + 1))
        default: characters[below(characters.count)] = element(of: odd)
        }
        return String(characters)
    }
}
