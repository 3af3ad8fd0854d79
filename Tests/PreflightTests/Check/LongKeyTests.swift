import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText
@testable import ValueFormats

/// Keys are exact at any length, whether all of their bytes are kept or not.
@Suite(.computing) struct LongKeyTests {
    private static let options = CheckOptions(
        profile: Profile(columns: ["K", "V"].map { ColumnProfile(name: $0, type: .text) }, keys: [["K"]]),
        delimiter: UInt8(ascii: ","))

    private static func duplicates(_ report: Report) -> [Int] {
        report.findings.filter { $0.kind == .duplicateKey }.flatMap { $0.examples.compactMap(\.place.row) }
    }

    private static func bytes(_ keys: [String]) -> [UInt8] {
        Array(("K,V\n" + keys.map { "\($0),1\n" }.joined()).utf8)
    }

    private static func text(_ byteCount: Int, end: String = "") -> String {
        String(repeating: "k", count: byteCount - end.utf8.count) + end
    }

    /// What is alike up to the 4096th byte, and what only its quotes tell apart.
    @Test(arguments: [27, 28, 2_000, 2_047, 2_048, 4_095, 4_096, 4_097, 5_000, 70_000])
    func keysOfEveryLength(byteCount: Int) throws {
        let (key, other) = (Self.text(byteCount, end: "a"), Self.text(byteCount, end: "b"))
        let different = steadyReport(on: Self.bytes([key, other, key + "x"]), options: Self.options, sizes: [64, 4096, nil])
        #expect(Self.duplicates(different) == [])
        let same = steadyReport(on: Self.bytes([key, "\"\(key)\"", other]), options: Self.options, sizes: [64, 4096, nil])
        #expect(Self.duplicates(same) == [2])
        let value = try #require(same.findings.first { $0.kind == .duplicateKey }?.examples.first?.value)
        #expect(value.text == (byteCount > 80 ? Self.text(80) + "…" : key))
        #expect(value.byteCount == byteCount)
        // A doubled quote is one.
        let quotes = String(repeating: "\"\"", count: byteCount)
        let doubled = steadyReport(
            on: Self.bytes(["\"\(quotes)a\"", "\"\(quotes)b\"", "\"\(quotes)a\""]), options: Self.options, sizes: [64, 4096, nil])
        #expect(Self.duplicates(doubled) == [3])
    }

    /// In rows that lack bytes.
    @Test func keysOfMebibytes() {
        let long = isDebugBuild ? 5 << 18 : 3 << 20
        var keys = (0..<3).map { _ in [UInt8](repeating: 0x6B, count: long) }
        keys[1][long / 2] = 0x78
        var bytes = Array("K,V\n".utf8)
        for key in keys { bytes += key + Array(",1\n".utf8) }
        bytes += Array("\"".utf8) + keys[1] + Array("\",1\n".utf8)
        let report = steadyReport(on: bytes, options: Self.options, sizes: [4096, 65_536, nil])
        #expect(Self.duplicates(report) == [3, 4])
        #expect(report.findings.map(\.count) == [2])
    }

    /// Composite keys whose parts may be long, with quotes at every place, against a dictionary.
    @Test(arguments: 0..<8)
    func randomKeys(shard: Int) {
        var options = Self.options
        options.samples = 1000
        options.profile?.keys = [["K", "V"], ["V"]]
        let limits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1_000_000)
        for seed in (shard * 4)..<(shard * 4 + 4) {
            var generator = SeededGenerator(seed: seed)
            let texts = (0..<6).map { _ in generator.longText() }
            var bytes = Array("K,V\n".utf8)
            var known: [Set<[[UInt8]]>] = [[], []]
            var expected: [Int] = []
            for row in 1...20 {
                let (key, value) = (generator.element(of: texts), generator.element(of: texts))
                bytes += generator.quoted(key) + [0x2C] + generator.quoted(value) + [0x0A]
                if !known[0].insert([key, value]).inserted { expected.append(row) }
                if !known[1].insert([value]).inserted { expected.append(row) }
            }
            let report = steadyReport(
                on: bytes, options: options, limits: limits, sizes: [seed % 4 == 0 ? 1 : 7, 64, 800, nil], comment: "seed \(seed)")
            #expect(Self.duplicates(report).sorted() == expected.sorted(), "seed \(seed)")
        }
    }

    /// A key that begins where nothing is judged any more is not compared, and the report is not complete.
    @Test func keysOutOfReach() {
        var options = Self.options
        options.profile?.keys = [["V"]]
        let limits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 1, headBytes: 1_000_000)
        let report = steadyReport(on: Self.bytes(["a", "b"]), options: options, limits: limits, sizes: [1, 7, 64, nil])
        #expect(!report.isComplete)
        #expect(report.cutRows == 2)
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(text.contains("  Incomplete: 2 rows are too long: "))
    }

    /// The opening quote of a field that no quote closes belongs to its text.
    @Test(arguments: [4_000, 5_000])
    func literalFieldThatBeginsWithAQuote(byteCount: Int) throws {
        let field = "\"a\"" + String(repeating: "b", count: byteCount)
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: K, type: text}, {name: V, type: text}]")
        let found = steadyReport(
            on: Array("K,V\n\(field),1\n".utf8), options: CheckOptions(profile: profile, delimiter: 0x2C), sizes: [64, nil])
        let value = try #require(found.findings.first { $0.kind == .textAfterClosingQuote }?.examples[0].value)
        #expect(value.text.hasPrefix("\"a\"b"))
        #expect(value.byteCount == field.utf8.count)
    }
}

extension SeededGenerator {
    /// As long as what is kept of a field, half of it, or anything; half of some are quotes.
    fileprivate mutating func longText() -> [UInt8] {
        let count = [199, 200, 201, 399, 400, 401, 27, 28, 1 + below(1500)][below(9)] + below(3)
        let alphabet: [UInt8] = once(in: 2) ? [0x61, 0x22] : [0x61]
        return (0..<count).map { _ in element(of: alphabet) }
    }

    fileprivate mutating func quoted(_ text: [UInt8]) -> [UInt8] {
        if !text.contains(0x22), once(in: 2) { return text }
        return [0x22] + text.flatMap { $0 == 0x22 ? [$0, $0] : [$0] } + [0x22]
    }
}
