import SeededRandom
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Shortcuts of a draft's second pass change nothing.
@Suite struct FeedTallyTests {
    /// A time of the same class is judged alike under every pattern, and its day is the same.
    @Test(arguments: 0..<20) func timesOfAClassAreReadAlike(_ seed: Int) {
        var random = SeededGenerator(seed: seed)
        let patterns = [
            "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "dd/MM/yyyy HH:mm", "dd/MM/yyyy hh:mm:ss tt", "M/d/yyyy h:mm tt", "yyyy-MM-dd",
            "dd.MM.yyyy HH:mm:ss.fff", "MM/dd/yyyy",
        ].compactMap { DatePattern($0) }
        let rules = patterns.map { ValueRule(column: ColumnProfile(name: "D", type: .date, date: DateFormat([$0]))) }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var time = TimeOfDayClass()
        var written = 0
        for _ in 0..<400 {
            let (day, month, year) = (two(1 + random.below(31)), two(1 + random.below(13)), "202\(random.below(10))")
            let date = ["\(year)-\(month)-\(day)", "\(day)/\(month)/\(year)", "\(day).\(month).\(year)"][random.below(3)]
            let hour = random.once(in: 5) ? "\(random.below(10))" : two(random.below(26))
            var text = date + [" ", "T", "  ", "_"][random.below(4)] + hour + ":" + two(random.below(62))
            if random.once(in: 2) { text += ":" + two(random.below(63)) }
            if random.once(in: 3) { text += ".\(random.below(1_000))" }
            text += ["", "", "Z", "+01:00", " PM", " am", " x"][random.below(7)]
            guard time.read(Array(text.utf8).span) else { continue }
            written += 1
            for (rule, pattern) in zip(rules, patterns) {
                #expect(rule.judge(text: Array(text.utf8)) == rule.judge(text: time.text), "\(text), \(pattern.text)")
                #expect(pattern.day(text: Array(text.utf8)) == pattern.day(text: time.text), "\(text), \(pattern.text)")
            }
        }
        #expect(written > 100)
    }

    /// Looks of codes are counted to the end, however they are mixed; of free texts they are given up.
    @Test func looksOfCodes() {
        func masks(_ texts: [String]) -> [ColumnStatistics.Mask] {
            var tally = LookTally(limit: texts.count / 10)
            for text in texts {
                let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 16)
                tally.add(bytes.span.extracting(first: text.utf8.count), hash: UInt64(bitPattern: Int64(text.hashValue)))
                tally.closeIfSpread()
            }
            return tally.masks
        }
        let codes = (0..<1_000).map { $0 % 10 == 0 ? "X-\($0)" : $0 % 2 == 0 ? "FR\(100 + $0 % 800)" : "ITEM\(10 + $0 % 80)" }
        #expect(masks(codes).prefix(2).map(\.count).reduce(0, +) == 900)
        let texts = (0..<1_000).map { String(repeating: "word ", count: 1 + $0 % 17) + String(repeating: "9", count: $0 % 13) }
        #expect(masks(texts).isEmpty)
    }
}
