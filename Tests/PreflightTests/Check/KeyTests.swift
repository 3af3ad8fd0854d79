import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Blank and duplicate keys, against a dictionary of all keys.
@Suite(.computing) struct KeyTests {
    /// What a check must report of one key: the rows that repeat an earlier one, each with that, and the blank ones.
    private struct Expectation: Equatable {
        var repeated: [(row: Int, first: Int)] = []
        var repeatedKeys = 0
        var blank: [Int] = []

        static func == (left: Self, right: Self) -> Bool {
            left.repeated.elementsEqual(right.repeated) { $0 == $1 } && left.repeatedKeys == right.repeatedKeys && left.blank == right.blank
        }
    }

    private static func expectation(of rows: [[[UInt8]]], columns: [Int], width: Int) -> Expectation {
        var expected = Expectation()
        var known: [[[UInt8]]: (first: Int, count: Int)] = [:]
        for (index, row) in rows.enumerated() where row.count == width {
            let key = columns.map { row[$0] }
            if key.allSatisfy({ $0.isEmpty || $0 == Array("NA".utf8) }) {
                expected.blank.append(index + 1)
            } else if let before = known[key] {
                expected.repeated.append((index + 1, before.first))
                if before.count == 1 { expected.repeatedKeys += 1 }
                known[key] = (before.first, before.count + 1)
            } else {
                known[key] = (index + 1, 1)
            }
        }
        return expected
    }

    /// Random tables: short keys that often meet, quotes, line ends and odd bytes inside, ragged rows, blank lines.
    @Test(arguments: 0..<10)
    func randomTables(_ shard: Int) throws {
        for seed in (shard * 6)..<(shard * 6 + (isDebugBuild ? 2 : 6)) {
            var generator = SeededGenerator(seed: seed)
            let rows = (0..<(1 + generator.below(300))).map { _ in generator.keyRow() }
            var bytes = Array("A;B;C\n".utf8)
            for row in rows {
                bytes += row.map { generator.written($0) }.joined(separator: [UInt8(ascii: ";")]) + Array("\n".utf8)
                if generator.once(in: 20) { bytes += Array("\n".utf8) }
            }
            let keys = generator.element(of: [[["A"]], [["A", "B"]], [["C", "A"], ["B"]], [["B", "C", "A"]]])
            var profile = Profile(columns: ["A", "B", "C"].map { ColumnProfile(name: $0, type: .text, nullWords: ["NA"]) }, keys: keys)
            profile.dialect.delimiter = UInt8(ascii: ";")
            var options = CheckOptions(profile: profile, samples: 5)
            let usual = steadyReport(on: bytes, options: options, sizes: [1, 64, nil], comment: "seed \(seed)")
            options.keyMemory = 1
            #expect(report(on: bytes, options: options).json == usual.json, "spilled, seed \(seed)")
            expectMergedIsWhole(bytes, options: options, seed: seed, comment: "spilled")
            for key in keys {
                let columns = key.map { Int($0.unicodeScalars.first!.value) - 65 }
                let expected = Self.expectation(of: rows, columns: columns, width: 3)
                let repeated = usual.findings.first { $0.kind == .duplicateKey && $0.column?.index == columns[0] + 1 }
                #expect((repeated?.count ?? 0) == expected.repeated.count, "seed \(seed), \(key)")
                #expect(repeated?.examples.map(\.place.row) ?? [] == expected.repeated.prefix(5).map(\.row), "seed \(seed)")
                if let first = expected.repeated.first {
                    #expect(repeated?.message.contains("row \(first.row) repeats row \(first.first), line") == true, "seed \(seed)")
                    let keys = expected.repeatedKeys.counted("key") + (expected.repeatedKeys == 1 ? " occurs" : " occur")
                    #expect(repeated?.message.contains(keys + " more than once") == true, "seed \(seed)")
                }
                let blank = usual.findings.first { $0.kind == .blankKey && $0.column?.index == columns[0] + 1 }
                #expect((blank?.count ?? 0) == expected.blank.count, "seed \(seed)")
                #expect(blank?.examples.map(\.place.row) ?? [] == expected.blank.prefix(5).map { $0 }, "seed \(seed)")
            }
        }
    }

    /// More keys than fit into one level of files.
    @Test(arguments: [64 << 10, 1 << 20, 256 << 20])
    func manyKeys(_ memory: Int) throws {
        var generator = SeededGenerator(seed: 3)
        var keys = (0..<20_000).map { "K\($0)" }
        keys += (0..<500).map { _ in "K\(generator.below(20_000))" }
        for index in keys.indices.reversed() { keys.swapAt(index, generator.below(index + 1)) }
        let bytes = Array(("Id,V\n" + keys.map { "\($0),1\n" }.joined()).utf8)
        var options = CheckOptions(
            profile: Profile(columns: [ColumnProfile(name: "Id", type: .text), ColumnProfile(name: "V", type: .number)], keys: [["Id"]]))
        options.keyMemory = memory
        expectMergedIsWhole(bytes, options: options, seed: 3)
        let finding = try #require(report(on: bytes, options: options).findings.first { $0.kind == .duplicateKey })
        let rows = keys.map { [Array($0.utf8), [1]] }
        let expected = Self.expectation(of: rows, columns: [0], width: 2)
        #expect(finding.count == 500)
        #expect(finding.count == expected.repeated.count)
        #expect(finding.examples.map(\.place.row) == expected.repeated.prefix(3).map(\.row))
        #expect(finding.message.contains(expected.repeatedKeys.counted("key")))
    }

    /// Files of plain numbers are judged without an index of their fields, unless they have keys.
    @Test func keysOfNumbers() {
        let profile = Profile(columns: ["A", "B"].map { ColumnProfile(name: $0, type: .number) }, keys: [["A"]])
        let report = steadyReport(on: Array("A,B\n1,2\n2,2\n1,3\n".utf8), options: CheckOptions(profile: profile))
        #expect(report.findings.map(\.kind) == [.duplicateKey])
    }

    @Test func withoutAHeaderAndWithAMissingColumn() {
        var profile = Profile(columns: ["A", "B"].map { ColumnProfile(name: $0, type: .text) }, keys: [["B"], ["A"]])
        profile.dialect.hasHeader = false
        let report = steadyReport(on: Array("x,1\ny,1\n".utf8), options: CheckOptions(profile: profile))
        #expect(report.findings.map(\.kind) == [.duplicateKey])
        profile.dialect.hasHeader = true
        let missing = steadyReport(on: Array("A,C\nx,1\nx,1\n".utf8), options: CheckOptions(profile: profile))
        #expect(Set(missing.findings.map(\.kind)) == [.missingColumn, .duplicateKey])
    }

    /// Where nothing can be put aside there is no report that says "no duplicates".
    @Test func noRoomForKeys() throws {
        var index = KeyIndex(memoryLimit: 1, samples: 1, directory: FilePath("/no/such/folder"))
        let key: [UInt8] = [1, 2, 3]
        #expect(throws: Descriptor.Failure.self) {
            try index.add(key.span, hash: 1, at: KeyPlace(row: 1, line: 2, byteOffset: 4))
        }
    }
}

extension SeededGenerator {
    /// Three fields, or by mistake two or four.
    fileprivate mutating func keyRow() -> [[UInt8]] {
        let count = once(in: 15) ? 2 + 2 * below(2) : 3
        let texts = ["", "a", "ab", "b", "NA", "a;b", "\"", "x\ny", "0000000000000000000012", "é", "1", "a b"].map { Array($0.utf8) }
        let odd: [[UInt8]] = [[0xFF], [0x00], [0x61, 0x00]]
        return (0..<count).map { _ in once(in: 30) ? element(of: odd) : element(of: texts) }
    }

    /// As a field of the file.
    fileprivate mutating func written(_ text: [UInt8]) -> [UInt8] {
        let needsQuotes = text.contains { [0x3B, 0x0A, 0x22].contains($0) }
        guard needsQuotes || once(in: 5) else { return text }
        return [0x22] + text.flatMap { $0 == 0x22 ? [$0, $0] : [$0] } + [0x22]
    }
}
