import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Rows between others of another width are judged together, and those are counted together: with the same report as row by row.
@Suite(.computing) struct UnevenRowTests {
    private static let profile = """
        version: 1
        columns:
          - {name: A, type: text, required: true}
          - {name: B, type: number, null: ["0"]}
          - {name: C, type: date, date: {format: dd/MM/yyyy}}
          - {name: D, type: dimension, items: [x, Yes], on-missing: skip}
          - {name: E, type: boolean}
        """

    private static let values = [
        ["k", "", "\"k\"", "a\u{301}"], ["1", "0", "1.234", "\"2.5\"", "w", ""],
        ["05/06/2026", "31/12/2026", "2026-01-01", "\"01/02/2026\""],
        ["x", "X", "y", ""], ["TRUE", "yes", "\"FALSE\"", "7"],
    ]

    /// Stretches of a few rows and of many, between rows that are shorter, longer or blank.
    private static func file(seed: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        let lineEnd = generator.once(in: 2) ? "\n" : "\r\n"
        var text = "A,B,C,D,E" + lineEnd
        while text.utf8.count < 3_000 {
            for _ in 0..<(generator.once(in: 8) ? generator.below(40) : generator.below(3)) {
                text += values.map { generator.element(of: $0) }.joined(separator: ",") + lineEnd
            }
            let width = generator.below(8)
            text += Array(repeating: generator.once(in: 9) ? "a\"b" : "1", count: width).joined(separator: ",") + lineEnd
        }
        return Array(text.utf8)
    }

    @Test(arguments: 1...(isDebugBuild ? 6 : 60)) func rowsBetweenOthers(seed: Int) throws {
        let bytes = Self.file(seed: seed)
        let ways = [
            EveryWayTests.Way(kernel: .best, threadCount: 1, chunkByteCount: 512 << 10),
            EveryWayTests.Way(kernel: .best, threadCount: 2, chunkByteCount: 700),
        ]
        for profile in [nil, try Profile(yaml: Self.profile)] {
            let options = CheckOptions(profile: profile, delimiter: UInt8(ascii: ","))
            let (report, paths) = try FactMatrixTests.oneReport(on: bytes, options, ways, comment: "seed \(seed)")
            #expect(paths.isSuperset(of: [.unevenRows, .columns]))
            #expect(report.findings.contains { $0.kind == .tooFewFields })
        }
    }

    /// Once enough rows are explained, further ones are counted, and a new width is still named.
    @Test(arguments: [4096, nil]) func manyRaggedRows(chunkByteCount: Int?) {
        let text = "a,b,c\n" + String(repeating: "1,2,3\n1,2\n", count: 1_050) + "1,2,3,4\n\n1\n1,2\n1,2,3,4,5\n1,2,3,\n"
        let report = report(on: text, options: CheckOptions(delimiter: UInt8(ascii: ",")), chunkByteCount: chunkByteCount)
        let found = report.findings.filter { [.tooFewFields, .tooManyFields].contains($0.kind) }
        #expect(found.map(\.count) == [1_052, 3])
        #expect(found.map(\.rows) == [1_052, 3])
        #expect(found[0].message.contains("2 instead of 3; 1 instead of 3"))
        #expect(found[1].message.contains("4 instead of 3; 5 instead of 3"))
        #expect(found.map { $0.examples.compactMap(\.place.row) } == [[2, 4, 6], [2_101, 2_104, 2_105]])
    }

    /// A shorter header is found whatever its first letter looks like.
    @Test(arguments: ["TOKEN,NAME", "\"token\",name", " token ,name", "\u{A0}Token,name", "To\u{212A}en,name", "\u{FEFF}token,name"])
    func shorterHeader(row: String) {
        let text = "Token,Name,Amount\n" + String(repeating: "x,y,1\n", count: 5) + row + "\nz,y\n"
        let report = report(on: text, options: CheckOptions(delimiter: UInt8(ascii: ",")))
        #expect(report.findings.filter { $0.kind == .repeatedHeader }.map(\.count) == [1], "\(row)")
        #expect(report.findings.filter { $0.kind == .tooFewFields }.map(\.count) == [1], "\(row)")
    }

    /// The hash of a key does not depend on where its bytes are.
    @Test func hashOfPaddedBytes() {
        let hash = KeyHash()
        let bytes = (0..<64).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
        let span = bytes.span
        for count in 0...48 {
            let key = span.extracting(..<count)
            #expect(hash(padded: key) == hash(key), "\(count) bytes")
        }
    }
}
