import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// What the columns hold is what a simple reading of all values says, whatever the chunks and the threads.
@Suite(.computing) struct ColumnStatisticsTests {
    private static let profile = """
        version: 1
        dialect: {delimiter: ";"}
        columns:
          - {name: Code, type: text, null: ["n/a"]}
          - {name: Amount, type: number, number: {decimal: ",", group: "."}}
          - {name: Day, type: date, date: {format: dd/MM/yyyy}}
          - {name: Memo, type: text}
        """

    /// A table, and the same values by column.
    private static func table(_ generator: inout SeededGenerator, rows: Int) -> (bytes: [UInt8], columns: [[String]]) {
        var text = "Code;Amount;Day;Memo\n"
        var columns: [[String]] = [[], [], [], []]
        for _ in 0..<rows {
            let cents = generator.below(400_000_000) - 100_000_000
            let values = [
                generator.element(of: ["FR03", "DE1", "n/a", "", "É9"]),
                generator.once(in: 9) ? "" : generator.once(in: 3) ? grouped(cents) : plain(cents),
                day(generator.below(700)),
                generator.once(in: 50) ? "a \"word\"; and more of them" : "Item \(generator.below(40))",
            ]
            for (index, value) in values.enumerated() { columns[index].append(value) }
            text += values.map { $0.contains("\"") ? "\"" + $0.replacing("\"", with: "\"\"") + "\"" : $0 }.joined(separator: ";") + "\n"
            if generator.once(in: 40) { text += "FR03;1,00\n" }
        }
        return (Array(text.utf8), columns)
    }

    private static func plain(_ cents: Int) -> String {
        let digits = String(cents.magnitude)
        let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return (cents < 0 ? "-" : "") + padded.dropLast(2) + "," + padded.suffix(2)
    }

    private static func grouped(_ cents: Int) -> String {
        let text = plain(cents)
        var whole = Array(text.drop { $0 == "-" }.prefix { $0 != "," })
        for place in stride(from: whole.count - 3, to: 0, by: -3) { whole.insert(".", at: place) }
        return (cents < 0 ? "-" : "") + String(whole) + "," + text.suffix(2)
    }

    private static func day(_ number: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(number % 28 + 1))/\(two(number / 28 % 12 + 1))/\(2025 + number / 336)"
    }

    private static func cents(_ text: String) -> Int {
        let digits = text.filter { $0.isNumber }
        return (text.hasPrefix("-") ? -1 : 1) * (Int(digits) ?? 0)
    }

    /// What a text of up to 16 bytes of ASCII looks like.
    private static func look(_ text: String) -> String {
        String(text.map { $0.isNumber ? "9" : $0.isUppercase ? "A" : $0.isLetter ? "a" : $0 })
    }

    @Test func sameAsSimpleReading() throws {
        for seed in 0..<(isDebugBuild ? 4 : 40) {
            var generator = SeededGenerator(seed: seed)
            let (bytes, columns) = Self.table(&generator, rows: 1 + generator.below(3_000))
            var options = CheckOptions(profile: try Profile(yaml: Self.profile))
            options.countsColumns = true
            let found = steadyReport(on: bytes, options: options, comment: "seed \(seed)").columns
            #expect(found.count == 4)
            for (statistics, values) in zip(found, columns) {
                let nullWords = statistics.column.index == 1 ? ["", "n/a"] : [""]
                let shown = values.filter { !nullWords.contains($0) }
                #expect(statistics.rowCount == values.count)
                #expect(statistics.emptyCount == values.count - shown.count)
                #expect(statistics.longest == shown.map(\.count).max() ?? 0)
                let distinct = Set(shown).count
                if distinct <= DistinctSketch.mostExact {
                    #expect(statistics.distinct == ColumnStatistics.Distinct(count: distinct, isExact: true))
                } else {
                    #expect(!statistics.distinct.isExact)
                    #expect(abs(statistics.distinct.count - distinct) < distinct / 8)
                }
                #expect(statistics.masks.reduce(statistics.otherMasks) { $0 + $1.count } == shown.count)
            }
            let codes = columns[0].filter { !["", "n/a"].contains($0) }
            let counts = Dictionary(grouping: codes) { $0 == "É9" ? "a9" : Self.look($0) }.mapValues(\.count)
            let occurrences = Dictionary(grouping: codes) { code in KeyHash.stable(Array(code.utf8).span) }
            #expect(found[0].valueCounts == occurrences.mapValues(\.count))
            #expect(Dictionary(uniqueKeysWithValues: found[0].masks.map { ($0.text, $0.count) }) == counts)
            let amounts = columns[1].filter { !$0.isEmpty }.map(Self.cents)
            func decimal(_ cents: Int) -> ExactDecimal { ExactDecimal(units: Int128(cents), scale: 2) }
            if let least = amounts.min(), let most = amounts.max() {
                #expect(
                    found[1].numbers
                        == ColumnStatistics.Numbers(
                            count: amounts.count, smallest: decimal(least), largest: decimal(most), sum: decimal(amounts.reduce(0, +)),
                            magnitude: decimal(amounts.reduce(0) { $0 + abs($1) })))
            }
            let days = columns[2].map { $0.split(separator: "/").reversed().joined(separator: "-") }
            #expect(found[2].dates?.first.text == days.min())
            #expect(found[2].dates?.last.text == days.max())
        }
    }

    /// Neither the number of threads nor the chunks make a difference, not with more masks and values than are kept.
    @Test func sameOnManyThreads() throws {
        var generator = SeededGenerator(seed: 7)
        var text = "a,b\n"
        for row in 0..<40_000 {
            let letters = (0..<generator.below(14)).map { _ in generator.element(of: ["x", "Y", "7", "-", "."]) }
            text += "\(letters.joined()),\(row)\n"
        }
        var options = CheckOptions()
        options.countsColumns = true
        let usual = report(on: Array(text.utf8), options: options).columns
        let scratch = try ScratchFolder()
        let path = try scratch.write(Array(text.utf8), to: "input.csv")
        #expect(usual[0].otherMasks > 1_000)
        #expect(usual[0].masks.count == MaskTally.most)
        #expect(usual[1].numbers?.sum == ExactDecimal(units: 799_980_000))
        for (threads, chunk) in [(3, 70_000), (2, 9_000), (8, 33_000)] {
            (options.threadCount, options.chunkByteCount) = (threads, chunk)
            let found = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options).columns
            #expect(found == usual, "\(threads) threads, chunks of \(chunk)")
        }
    }

    /// The estimate is within four standard errors.
    @Test(arguments: [1_025, 5_000, 60_000, 700_000])
    func distinctValuesAreEstimated(count: Int) {
        var sketch = DistinctSketch()
        for number in 0..<count {
            sketch.add(KeyHash.stable(Array(String(number).utf8).span))
        }
        #expect(abs(Double(sketch.distinct.count) / Double(count) - 1) < 4 * 0.023)
        #expect(!sketch.distinct.isExact)
    }

    /// What is read quickly is what reading part by part gives.
    @Test func quickAmountsAreTheSame() {
        var generator = SeededGenerator(seed: 11)
        let formats = [
            NumberFormat(), NumberFormat(decimal: .comma, group: .point), NumberFormat(decimal: .point, group: .comma, prefix: "€"),
            NumberFormat(decimal: .comma, group: .space, suffix: " kg"), NumberFormat(decimal: .point, group: .noBreakSpace),
            NumberFormat(decimal: .point, group: .apostrophe, prefix: "Fr.", suffix: "-"), NumberFormat(prefix: "1"),
        ]
        let readers = formats.map { AmountReader($0, ValueRule(column: ColumnProfile(name: "", type: .number, number: $0))) }
        let plain = [AmountReader(decimal: UInt8(ascii: ".")), AmountReader(decimal: UInt8(ascii: ","))]
        let parts = ["1", "12", "123", "000", "0", ",", ".", " ", "\u{A0}", "'", "-", "€", " kg", "Fr.", "%", "+", "(", ")", "e"]
        var quickCount = 0
        for _ in 0..<(isDebugBuild ? 60_000 : 1_000_000) {
            let text = (0..<(1 + generator.below(7))).map { _ in generator.element(of: parts) }.joined()
            let reader = generator.element(of: readers + plain)
            let value = Array(text.utf8)
            guard let quick = reader.quickly(value.span) else { continue }
            quickCount += 1
            #expect(reader.partByPart(value.span) == quick, "\(text)")
        }
        #expect(quickCount > 3_000)
    }

    @Test func nothingOfACellAfterRedaction() throws {
        var options = CheckOptions(profile: try Profile(yaml: Self.profile))
        options.countsColumns = true
        let bytes = Array("Code;Amount;Day;Memo\nQzxw;84608,73;31/12/2063;Qzxw\n".utf8)
        let report = report(on: bytes, options: options)
        #expect("\(report.columns)".contains("84608"))
        let shown = "\(report.redacted().columns)"
        for canary in ["Qzxw", "84608", "2063"] { #expect(!shown.contains(canary)) }
    }
}
