import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// What the cells of a file say does not depend on how the file is read.
@Suite(.computing) struct CellScanTests {
    private static let samples = ["1,5", "0", "84.608,68", "01/03/2026", " x ", "TRUE", "12-", "0,00", "n/a", "'N/A' "]

    private static func sample(_ text: String, isCut: Bool = false) -> SampleText { SampleText(Array(text.utf8), isCut: isCut) }

    /// Every cell that a sample is, in whatever spelling, passes the quick test.
    @Test func quickTestHidesNoSample() {
        var generator = SeededGenerator(seed: 41)
        let pieces = [
            "0", "1", "12", "2026", "03", "84", "608", "68", "5", ",", ".", "/", "-", " ", "x", "\"", "TRUE", "true", "00", "n/a", "N", "'",
            "\u{A0}",
        ]
        func text(_ most: Int) -> String { (0..<(1 + generator.below(most))).map { _ in generator.element(of: pieces) }.joined() }
        var found = 0
        for _ in 0..<(isDebugBuild ? 300 : 3_000) {
            let samples = (0..<(1 + generator.below(4))).map { _ in
                Self.sample(generator.once(in: 2) ? generator.element(of: Self.samples) : text(5), isCut: generator.once(in: 9))
            }
            let lookup = SampleLookup(samples)
            for _ in 0..<30 {
                let base = generator.element(of: samples).bytes
                let value = generator.once(in: 2) ? Array(text(6).utf8) : Array((generator.once(in: 2) ? " " : "0").utf8) + base
                var matches = 0
                lookup.forEachMatch(value.span) { _, _ in matches += 1 }
                found += matches
                #expect(matches == 0 || lookup.mayMatch(value.span), "\(String(decoding: value, as: UTF8.self))")
            }
        }
        #expect(found > 100)
    }

    /// What is remembered of the values before says of each value what every rule says of it.
    @Test(arguments: [
        NumberFormat(), NumberFormat(decimal: .comma), NumberFormat(isPercent: true), NumberFormat(decimal: .comma, isPercent: true),
    ])
    func sortsAreWhatTheRulesSay(format: NumberFormat) {
        let column = ColumnProfile(name: "Amount", type: .number, number: format)
        let rules = [ValueRule(column: column)] + ProfileEdits.usual(for: column).map(\.rule)
        var generator = SeededGenerator(seed: 43)
        let parts = ["0", "00", "1", "6", "12", "345", ".", ",", "-", "%", " "]
        for _ in 0..<40 {
            let lookup = SampleLookup([])
            let sorter = CellSorter(CellQuestion(column: 1, rules: rules), lookup: lookup)
            for _ in 0..<60 {
                let text = (0..<(1 + generator.below(4))).map { _ in generator.element(of: parts) }.joined()
                // 16 bytes are read at the beginning of a value.
                let bytes = Array((text + String(repeating: "7", count: 16)).utf8)
                let value = bytes.span.extracting(..<text.utf8.count)
                let sort = sorter.sort(of: value)
                let failing = sorter.sorts[sort].outcomes.map { $0 != nil }
                let judged = rules.map { [.fails, .doubtful].contains($0.judge(value).verdict) }
                #expect(failing == judged, "\(text)")
            }
        }
    }

    @Test func answersDoNotDependOnHowTheFileIsCut() throws {
        var generator = SeededGenerator(seed: 42)
        let amounts = [
            "1", "22", "1,5", "84.608,68", "84608.68", "12-", " 7", "x", "", "-", "0", "1.250", "3,25E2", "0,5", "-0,75", "0.125", "0,00",
            "-0,0", "0,06",
        ]
        var text = "Note;Amount;Day\n"
        for row in 0..<700 {
            let note = generator.once(in: 20) ? "\"a\nb;\"\"c\"\"\"" : "n\(row)"
            let day = generator.once(in: 9) ? "03/01/2026" : "0\(1 + generator.below(9))/0\(1 + generator.below(9))/2026"
            text += "\(note);\(generator.once(in: 3) ? generator.element(of: amounts) : "\(row)");\(day)\n"
            if generator.once(in: 90) { text += "\n" }
            if generator.once(in: 90) { text += "too;many;fields;here\n" }
        }
        let number = ColumnProfile(name: "Amount", type: .number, number: NumberFormat(decimal: .comma))
        let rules = [ValueRule(column: number)] + ProfileEdits.usual(for: number).map(\.rule)
        let date = ValueRule(column: ColumnProfile(name: "Day", type: .date, date: DateFormat([DatePattern("dd.MM.yyyy")!])))
        let questions = [
            CellQuestion(
                column: 2, rules: rules, samples: Self.samples.map { Self.sample($0) },
                test: .any([.rejected(by: rules[0], doubts: DoubtSet(.trailingSign)), .texts([Array("22".utf8)])])),
            CellQuestion(
                column: 3, rules: [date], samples: Self.samples.map { Self.sample($0) }, countsTexts: true,
                test: .rejected(by: date, doubts: [])),
        ]
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("cells-\(UUID().uuidString).csv").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try InputFile.open(path: path, spoolsStream: false)
        var known: String?
        for size in [64, 65, 127, 4096, 1 << 20] {
            for threads in [1, 2, 4] {
                var options = CheckOptions(dialect: DialectOverrides(delimiter: UInt8(ascii: ";"), quote: nil) ?? .none)
                (options.chunkByteCount, options.threadCount) = (size, threads)
                let result = try CellScan.ask(questions, of: file, options: options)
                let found = "\(result.rows) \(result.selectedRows) " + result.answers.map(Self.words).joined(separator: "\n")
                if let known { #expect(found == known, "chunks of \(size), \(threads) threads") }
                known = known ?? found
            }
        }
        // Of the first column of numbers every group is what its rule makes of each cell.
        #expect(known?.contains("selected") ?? false)
    }

    /// In rows of equal width a kernel counts plain numbers. What it counts is what is found without it.
    @Test(arguments: [[], ["12"], ["1,5", "84608.68", "0.5"], ["7"]] as [[String]])
    func kernelsCountWhatTheyPass(samples: [String]) throws {
        var generator = SeededGenerator(seed: 43)
        let plain: [() -> String] = [
            { "\(generator.below(30))" }, { "\(1 + generator.below(999)).\(100 + generator.below(900))" }, { "\(generator.below(99)).5" },
            { "\(generator.below(99)),25" }, { "-\(generator.below(12)),\(100 + generator.below(900))" }, { "0.\(generator.below(9))" },
        ]
        let odd = [
            "84.608,68", "84608.68", "12-", " 7", "x", "", "\"\"", "\"", "\"1\"\"5\"", "-", "0", "1234567890123456",
            "1.250.000", "\"12\"",
        ]
        for end in isDebugBuild ? ["\r\n"] : ["\n", "\r\n", "\n\r"] {
            var text = "A;B" + end
            for _ in 0..<(isDebugBuild ? 250 : 2_000) {
                let first = generator.once(in: 9) ? generator.element(of: odd) : plain[generator.below(plain.count)]()
                let last = generator.once(in: 9) ? generator.element(of: odd) : plain[generator.below(3)]()
                text += "\(generator.once(in: 5) && !first.contains("\"") ? "\"\(first)\"" : first);\(last)" + end
            }
            text += "5;7\r"
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("even-\(UUID().uuidString).csv").path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            defer { try? FileManager.default.removeItem(atPath: path) }
            let file = try InputFile.open(path: path, spoolsStream: false)
            for nullWords in [[], ["0", "12"]] as [[String]] {
                let number = ColumnProfile(
                    name: "A", type: .number, number: NumberFormat(decimal: .comma, group: .point), nullWords: nullWords)
                let rules = [ValueRule(column: number)] + ProfileEdits.usual(for: number).map(\.rule)
                let questions = [1, 2].map {
                    CellQuestion(
                        column: $0, rules: rules, samples: samples.map { Self.sample($0) },
                        test: .rejected(by: rules[$0 == 1 ? 0 : 1], doubts: DoubtSet(.trailingSign)))
                }
                var known: String?
                for (size, kernel) in [(1 << 20, Kernel.scalar), (1 << 20, .best), (64, .best), (1_000, .best), (4096, .best)] {
                    var options = CheckOptions(dialect: DialectOverrides(delimiter: UInt8(ascii: ";"), quote: nil) ?? .none)
                    (options.chunkByteCount, options.kernel) = (size, kernel)
                    let result = try CellScan.ask(questions, of: file, options: options)
                    let found = "\(result.rows) \(result.selectedRows) " + result.answers.map(Self.words).joined(separator: "\n")
                    if let known { #expect(found == known, "chunks of \(size), \(kernel), \(nullWords)") }
                    known = known ?? found
                    #expect(result.rows > 100)
                }
            }
        }
    }

    /// Rows of other widths, blank lines and a header among the others: each cell of the column is counted where it is, and no other.
    @Test(arguments: [1, 2, 30, 100]) func rowsBetweenOthers(step: Int) throws {
        var generator = SeededGenerator(seed: 44)
        var text = "A;B;C\n"
        var expected: [(row: Int, value: String)] = []
        var row = 0
        for _ in 0..<600 {
            if generator.once(in: step) {
                let other = generator.element(of: ["\n", "1;2\n", "x;7;8;9\n", "12-\n"])
                row += other == "\n" ? 0 : 1
                text += other
            }
            row += 1
            let value = generator.once(in: 6) ? generator.element(of: ["12-", "x", "7,5"]) : "\(generator.below(500)).25"
            if value == "12-" { expected.append((row, value)) }
            text += "x;\(value);\(generator.element(of: ["12-", "1"]))\n"
        }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("others-\(UUID().uuidString).csv").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try InputFile.open(path: path, spoolsStream: false)
        let rule = ValueRule(column: ColumnProfile(name: "B", type: .number))
        let question = CellQuestion(column: 2, rules: [rule], samples: [Self.sample("12-")], test: .texts([Array("12-".utf8)]))
        for (size, kernel) in [(1 << 20, Kernel.scalar), (1 << 20, .best), (64, .best), (1_000, .best)] {
            var options = CheckOptions(dialect: DialectOverrides(delimiter: UInt8(ascii: ";"), quote: nil) ?? .none)
            (options.chunkByteCount, options.kernel) = (size, kernel)
            let answer = try CellScan.ask([question], of: file, options: options).answers[0]
            #expect(answer.cells == 600 && answer.selectedCount == expected.count, "chunks of \(size), \(kernel)")
            #expect(answer.samples[0].count == expected.count)
            #expect(answer.samples[0].first.map(\.row) == expected.prefix(answer.samples[0].first.count).map(\.row))
        }
    }

    private static func words(_ answer: CellAnswer) -> String {
        func cells(_ cells: [FoundCell]) -> String {
            cells.map { "\($0.value)@\($0.row):\($0.line):\($0.byteOffset)" }.joined(separator: " ")
        }
        let groups = answer.groups.map { $0.map { "\($0.outcome) \($0.count) \(cells($0.first))" }.joined(separator: ", ") }
        let samples = answer.samples.map { sample in
            "\(sample.count) \(cells(sample.first)) " + sample.like.map { "\($0.count) \(cells($0.first))" }.joined(separator: ", ")
        }
        return "\(answer.cells) \(answer.filled) \(groups) \(samples) \(answer.texts.map { "\($0.count) \(cells($0.first))" }) selected "
            + "\(answer.selectedCount) \(answer.selectedFirst) \(String(describing: answer.slice))"
    }
}
