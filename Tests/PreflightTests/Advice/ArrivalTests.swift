import CSVTokenizer
import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// What is counted does not depend on how bytes arrive: null words that look like values, more kinds of values than are kept, long rows.
@Suite(.computing) struct ArrivalTests {
    private static func read(_ yaml: String) throws -> CheckOptions {
        CheckOptions(profile: try Profile(yaml: yaml), delimiter: UInt8(ascii: ","))
    }

    /// The report on a file, which is the same for all chunk sizes and, read from a file, all kernels and thread counts.
    private static func report(
        _ text: String, _ options: CheckOptions, sizes: [Int?] = [1, 2, 3, 7, 63, 64, 65, 4096, 64 << 10, nil],
        limits: RowBatch.Limits = RowBatch.Limits()
    ) throws -> Report {
        let bytes = Array(text.utf8)
        let usual = steadyReport(on: bytes, options: options, limits: limits, sizes: sizes)
        let scratch = try ScratchFolder()
        let path = try scratch.write(bytes, to: "input.csv")
        // A debug build reads it on one thread and on several, by two kernels.
        for kernel in isDebugBuild ? [.scalar, .best] : Kernel.allCases where kernel.isAvailable {
            for threads in kernel == .scalar ? [1] : isDebugBuild ? [2] : kernel == .best ? [1, 2, 4] : [1] {
                var other = options
                (other.kernel, other.threadCount, other.chunkByteCount, other.headByteCount) = (kernel, threads, 1 << 12, 4)
                var report = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: other)
                report.input.path = usual.input.path
                guard limits.rowBytes == RowBatch.Limits().rowBytes else { continue }
                #expect(firstDifference(report.json, usual.json) == nil, "\(kernel), \(threads) threads")
            }
        }
        return usual
    }

    private static func advice(_ type: String, _ values: [String]) throws -> ColumnAdvice? {
        let options = try read("version: 1\ncolumns: [{name: T, type: text}, {name: D, \(type)}]")
        return try report("T,D\n" + values.map { "x,\($0)\n" }.joined(), options).prediction.advice.first
    }

    // MARK: Wrong values in stretches

    /// Columns whose values are wrong for a while, right for a while, and wrong again: equal wrong values, quoted ones and missing ones. After a
    /// tile of wrong values the next one is judged in another way.
    @Test func stretches() throws {
        let profile = """
            {version: 1, columns: [{name: T, type: text}, {name: N, type: number, required: true}, {name: D, type: date, date: {format: dd/MM/yyyy}},
             {name: B, type: boolean}, {name: I, type: dimension, items: {list: [A, B]}, on-missing: skip}]}
            """
        var generator = SeededGenerator(seed: 19)
        let right = [["1", "2.5", "1.234", "-7"], ["31/01/2026", "01/02/2026", "05/05/2026"], ["TRUE", "FALSE"], ["A", "B"]]
        let wrong = [
            ["n.a.", "\"x\"", "", "1 5", "a12"], ["2026-01-31", "soon", "\"01/13/2026\"", "32/01/2026"], ["yes", "12"],
            ["a", "C", "\" B\""],
        ]
        // Tiles of some thirty rows.
        let padding = String(repeating: "p", count: 500)
        var text = "T,N,D,B,I\n"
        var wrongCount = 0
        for row in 0..<200 {
            let isWrong = (row / 50).isMultiple(of: 2)
            let values = right.indices.map { column in
                let value = generator.element(of: isWrong && !generator.once(in: 9) ? wrong[column] : right[column])
                if column == 0, !right[0].contains(value) { wrongCount += 1 }
                return value
            }
            text += padding + "," + values.joined(separator: ",") + (row % 7 == 0 ? "\r\n" : "\n")
        }
        let report = try Self.report(text, try Self.read(profile), sizes: [nil])
        let found = report.findings.filter { $0.column?.name == "N" && $0.code != "PF601" }.reduce(0) { $0 + $1.count }
        #expect(found == wrongCount)
    }

    // MARK: Null words

    /// A null word in a row of its own after a row that is cut, where the quick tests are not used.
    @Test func nullWordAfterALongRow() throws {
        let options = try Self.read(
            #"{version: 1, columns: [{name: T, type: text}, {name: D, type: date, date: {format: dd/MM/yyyy}, null: ["01/02/1900"]}]}"#)
        let long = String(repeating: "x", count: 1_300_000)
        let text = "T,D\n\(long),01/02/1900\nb,05/05/2026\n"
        #expect(try Self.report(text, options, sizes: isDebugBuild ? [4096, nil] : [64, 4096, nil]).findings.isEmpty)
    }

    /// Values that only look like null words are counted as before.
    @Test(arguments: [
        (#"type: number, null: ["9"]"#, ["5", "$3", "$4"], Bounds(min: 1, max: 1)),
        (#"type: number, null: ["0"]"#, ["0", "$3", "$4"], Bounds(min: 0, max: 0)),
        (#"type: number, null: ["0", "00"]"#, ["0", "\"0\"", "7", "$3", "$4"], Bounds(min: 1, max: 1)),
    ])
    func nullWordsAmongNumbers(type: String, values: [String], left: Bounds) throws {
        let advice = try #require(try Self.advice(type, values))
        let prefix = try #require(advice.settings.first { $0.words.contains("prefix \"$\"") })
        // Bare numbers under a prefix are doubtful, or fail: they count among the most in any case.
        #expect(prefix.cells.max == left.max)
    }

    /// Of all columns with null words that look like values: kernels, and judging field by field, count the same.
    @Test(arguments: 0..<(isDebugBuild ? 12 : 40))
    func generatedNullWords(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let kinds: [(setting: String, values: [String])] = [
            ("type: number", ["0", "9", "1.5", "1.234", "-1", "12,5", "n/a", "007", "1.000", "\"0\"", "\"1.234\"", ""]),
            ("type: number, number: {decimal: \",\"}", ["0", "9", "\"1,5\"", "\"1,234\"", "-1", "1.5", "\"0,0\"", ""]),
            ("type: integer", ["0", "9", "-1", "1.5", "00", "\"0\"", "x", ""]),
            (
                "type: date, date: {format: dd/MM/yyyy}",
                ["01/02/1900", "05/05/2026", "13/01/2026", "01/13/2026", "31/12/2026", "\"01/02/1900\"", "n/a", ""]
            ),
            ("type: date", ["1900-01-01", "2026-05-06", "2026-02-31", "\"1900-01-01\"", "9999-12-31", ""]),
            ("type: boolean", ["TRUE", "FALSE", "yes", "n/a", "\"TRUE\"", ""]),
        ]
        let kind = generator.element(of: kinds)
        let words = (0...generator.below(6)).map { _ in generator.element(of: kind.values).replacing("\"", with: "") }
        let null = words.map { "\"\($0)\"" }.joined(separator: ", ")
        let required = generator.once(in: 3) ? ", required: true" : ""
        let options = try Self.read("version: 1\ncolumns: [{name: T, type: text}, {name: D, \(kind.setting), null: [\(null)]\(required)}]")
        let values = (0..<(20 + generator.below(200))).map { _ in generator.element(of: kind.values) }
        let text = "T,D\n" + values.map { "x,\($0)\n" }.joined()
        _ = try Self.report(text, options, sizes: [1, 7, 64, nil])
        // Long rows are judged field by field.
        let limits = RowBatch.Limits(rowBytes: 256)
        let long = "T,D\n" + values.map { (generator.once(in: 20) ? String(repeating: "y", count: 400) : "x") + ",\($0)\n" }.joined()
        _ = steadyReport(on: Array(long.utf8), options: options, limits: limits, sizes: [1, 7, 64, 1000, nil])
    }

    // MARK: More kinds of values than are kept

    /// Ten letters, other ones for each number.
    private static func word(_ number: Int) -> String {
        let letters = Array("bcdfghjklm".utf8)
        var (rest, word) = (number, [UInt8]())
        for _ in 0..<10 {
            word.append(letters[rest % 10])
            rest /= 10
        }
        return String(decoding: word, as: UTF8.self)
    }

    /// Who kept masks by arrival kept other ones where spellings came in other batches.
    @Test func manyBooleanColumns() throws {
        let names = (0..<40).map { "c\($0)" }
        let columns = names.map { "  - {name: \($0), type: boolean}\n" }.joined()
        let options = try Self.read("version: 1\ncolumns:\n" + columns)
        var text = names.joined(separator: ",") + "\n"
        let repeated = isDebugBuild ? 20 : 800
        for _ in 0..<repeated { text += "yes," + Array(repeating: "x", count: 39).joined(separator: ",") + "\n" }
        for row in 0..<500 { text += (0..<40).map { Self.word(row * 40 + $0) }.joined(separator: ",") + "\n" }
        let report = try Self.report(text, options, sizes: isDebugBuild ? [1300] : [1300, 64 << 10, nil])
        // 500 words and one of the two before: more than 16 384 masks in 40 columns are kept of each.
        #expect(report.prediction.advice.allSatisfy { !$0.wereSettingsTried && $0.settings.isEmpty && $0.shapes.isEmpty })
        #expect(report.prediction.advice.map(\.cells.max) == Array(repeating: repeated + 500, count: 40))
    }

    @Test func masksOneByOne() throws {
        let repeated = isDebugBuild ? 100 : 1_000
        let values = (0..<511).map { "a\($0 % 10)" + Self.word($0) } + ["zz1", "5"] + Array(repeating: "zz1", count: repeated)
        let advice = try #require(try Self.advice("type: number", values))
        #expect(advice.cells.max == 512 + repeated)
        #expect(advice.wereSettingsTried)
        // One more, wherever it comes.
        for place in [0, 300, values.count] {
            let more = Array(values[..<place]) + ["b2b"] + Array(values[place...])
            let advice = try #require(try Self.advice("type: number", more))
            #expect(!advice.wereSettingsTried)
            #expect(advice.otherShapes == 513 + repeated)
        }
    }

    /// 40 date columns of anything: over 16 384 kinds of values.
    @Test func messyDateColumns() throws {
        var generator = SeededGenerator(seed: 4)
        let names = (0..<40).map { "c\($0)" }
        let columns = names.map { "  - {name: \($0), type: date, date: {format: dd/MM/yyyy}}\n" }.joined()
        let options = try Self.read("version: 1\ncolumns:\n" + columns)
        var text = names.joined(separator: ",") + "\n"
        // A debug build has a third of the rows, with twice as many words in them.
        let scale = isDebugBuild ? 2 : 1
        for _ in 0..<(isDebugBuild ? 300 : 900) {
            text +=
                (0..<40).map { column in
                    switch generator.below((column < 20 ? 4 : 40) / scale) {
                    case 0: return Self.word(generator.below(100_000))
                    case 1: return "\(1 + generator.below(28))/\(1 + generator.below(12))/2026"
                    default: return generator.once(in: 2) ? "01/02/2026" : "13/02/2026"
                    }
                }.joined(separator: ",") + "\n"
        }
        let report = try Self.report(text, options, sizes: isDebugBuild ? [] : [1300, nil])
        #expect(report.prediction.advice.count == 40)
    }

    /// Fewer looks than are kept, of more masks: one batch may hold them all.
    @Test func fewLooksOfManyMasks() throws {
        let values = (0..<300).flatMap { ["\(Self.word($0)) 12", "\(Self.word($0)) 40"] }
        let advice = try #require(try Self.advice("type: date", values))
        #expect(!advice.wereSettingsTried)
        #expect(advice.shapes.count == ColumnAdvice.mostShapes)
        #expect(advice.otherShapes == 600 - advice.shapes.reduce(0) { $0 + $1.count })
    }

    /// More values than are kept, of which thousands look alike: those after the last that is kept are counted by what they look like.
    @Test func manyValuesOfOneLook() throws {
        let numbers = (1_000..<(isDebugBuild ? 1_600 : 4_000)).map { "w\($0)" }
        let values = numbers.prefix(550) + ["w\"\"1", "n/a", "late 7"] + numbers.dropFirst(550) + ["late 8", "w\"\"2", "yes"]
        let options = try Self.read("version: 1\ncolumns: [{name: T, type: text}, {name: D, type: boolean}]")
        let text = "T,D\n" + values.map { $0.contains("\"") ? "x,\"\($0)\"\n" : "x,\($0)\n" }.joined()
        let report = try Self.report(text, options, sizes: isDebugBuild ? [4096, nil] : [64, 4096, 64 << 10, nil])
        let advice = try #require(report.prediction.advice.first)
        #expect(!advice.wereSettingsTried)
        #expect(advice.cells.max == values.count)
        let shapes = advice.shapes.map { "\($0.value.text) \($0.count)" }
        #expect(shapes == ["w1000 \(numbers.count)", "w\"1 2", "late 7 2", "n/a 1"])
        #expect(advice.otherShapes == 1)
    }

    /// The order of the rows makes no difference to what is counted.
    @Test func orderOfRows() throws {
        var generator = SeededGenerator(seed: 8)
        var values = (0..<700).map { "q" + Self.word($0) + "1" } + Array(repeating: "1.234", count: 30) + Array(repeating: "2.5", count: 10)
        let options = try Self.read("version: 1\ncolumns: [{name: T, type: text}, {name: D, type: number}]")
        var first: Report?
        for _ in 0..<3 {
            for index in values.indices { values.swapAt(index, generator.below(values.count)) }
            let report = try Self.report("T,D\n" + values.map { "x,\($0)\n" }.joined(), options, sizes: [64, nil])
            #expect(first == nil || first?.prediction.advice == report.prediction.advice)
            #expect(first == nil || first?.findings.map(\.count) == report.findings.map(\.count))
            first = report
        }
        #expect(first?.findings.first { $0.kind == .numberReadsTwoWays }?.count == 30)
    }

    // MARK: What many columns take

    /// More failing columns than slices are looked for, each value another one.
    @Test func manyColumnsOfDistinctValues() throws {
        let names = (0..<300).map { "c\($0)" }
        let columns = names.map { "  - {name: \($0), type: number}\n" }.joined()
        let options = try Self.read("version: 1\ncolumns:\n  - {name: T, type: text}\n" + columns)
        var text = "T," + names.joined(separator: ",") + "\n"
        for row in 0..<40 { text += "E\(row / 39)," + names.indices.map { "w\(row)x\($0)" }.joined(separator: ",") + "\n" }
        let report = try Self.report(text, options, sizes: isDebugBuild ? [4096] : [64, 4096, nil])
        #expect(report.prediction.advice.count == 300)
        #expect(report.prediction.parsingErrorCells.max == 12_000)
    }

    /// Null words are a set, and one for all columns.
    @Test func manyNullWords() throws {
        let words = (0..<3_000).map { "NULL\($0)" }
        let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
        let profile = try Profile(
            yaml:
                """
                version: 1
                defaults: {null: [\(list)]}
                columns: [{name: T, type: text}, {name: D, type: number}, {name: E, type: number}]
                """)
        #expect(profile.columns[0].compiledNullWords === profile.columns[2].compiledNullWords)
        let options = CheckOptions(profile: profile, delimiter: UInt8(ascii: ","))
        let text = "T,D,E\n" + (0..<4_000).map { "x,NULL\($0),1\n" }.joined()
        #expect(try Self.report(text, options, sizes: [64, nil]).prediction.parsingErrorCells.max == 1_000)
    }
}
