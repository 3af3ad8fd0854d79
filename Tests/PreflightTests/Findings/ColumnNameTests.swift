import Foundation
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// Names of columns are their bytes from the header to the report; only what is shown to people is escaped and cut.
@Suite(.computing) struct ColumnNameTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var names: [[UInt8]]
        /// Of each name in JSON.
        var texts: [String]
        var hexes: [String?] = [nil, nil]
    }

    static let long = String(repeating: "Amount in the currency of the group, ", count: 5)

    static let cases = [
        Case(
            testDescription: "alike in the first 80 characters", names: [Array((long + "plan").utf8), Array((long + "actual").utf8)],
            texts: [long + "plan", long + "actual"]),
        Case(
            testDescription: "alike in the first 5 000 bytes",
            names: [Array((String(repeating: "n", count: 5000) + "1").utf8), Array((String(repeating: "n", count: 5000) + "2").utf8)],
            texts: [String(repeating: "n", count: 5000) + "1", String(repeating: "n", count: 5000) + "2"]),
        Case(
            testDescription: "composed and decomposed", names: [Array("Caf\u{E9}".utf8), Array("Cafe\u{301}".utf8)],
            texts: ["Caf\u{E9}", "Cafe\u{301}"]),
        Case(
            testDescription: "a control character, and its escape in letters", names: [[0x61, 0x1B], Array(#"a\u{1b}"#.utf8)],
            texts: ["a\u{1B}", #"a\u{1b}"#]),
        Case(
            testDescription: "bytes that are not UTF-8, and their escape in letters",
            names: [[0x5A, 0xFC, 0x72], Array(#"Z\x{fc}r"#.utf8)],
            texts: [#"Z\x{fc}r"#, #"Z\x{fc}r"#], hexes: ["5afc72", nil]),
        Case(
            testDescription: "quotes and delimiters", names: [Array(#"a "b", c"#.utf8), Array("d\ne".utf8)], texts: [#"a "b", c"#, "d\ne"]),
    ]

    private static func file(_ names: [[UInt8]]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        let header = names.map { name in [quote] + name.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote] }
        return Array(header.joined(separator: [UInt8(ascii: ";")])) + Array("\n1;x\n2;y\n".utf8)
    }

    private static func check(_ names: [[UInt8]], chunk: Int) throws -> Report {
        var options = CheckOptions(profile: nil, chunkByteCount: chunk)
        options.dialect = DialectOverrides(delimiter: UInt8(ascii: ";")) ?? .none
        var run = CheckRun(options: options)
        let content = file(names)
        for start in stride(from: 0, to: content.count, by: chunk) {
            run.feed(content[start..<min(content.count, start + chunk)].span)
        }
        return run.finish(path: "names.csv")
    }

    @Test(arguments: cases, [1, 7, 64, 4096, 1 << 20]) func theReportHoldsTheirBytes(_ testCase: Case, chunk: Int) throws {
        let report = try Self.check(testCase.names, chunk: chunk)
        #expect(report.input.columnNames.map(\.bytes) == testCase.names)
        #expect(report.prediction.evidence.map(\.column.name.bytes) == testCase.names)
        let document = JSONReport.document(report, exit: ExitSummary(status: 0, reason: "")).text(isPretty: false)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
        let evidence = try #require((object["prediction"] as? [String: Any])?["evidence"] as? [[String: Any]])
        let columns = evidence.compactMap { $0["column"] as? [String: Any] }
        #expect(columns.map { ($0["name"] as? String).map { Array($0.utf8) } } == testCase.texts.map { Array($0.utf8) })
        #expect(columns.map { $0["nameHex"] as? String } == testCase.hexes)
    }

    /// What `--predict` writes: the names that the server's report would have.
    @Test func thePredictionHasWholeNames() throws {
        let names = [Self.long + "plan", Self.long + "actual"].map { ColumnName($0) }
        let columns = names.enumerated().map { index, name in
            Prediction.ColumnPrediction(
                column: ColumnReference(index: index + 1, name: name), reason: .parsingError, cells: Bounds(min: 1, max: 1), samples: [])
        }
        let prediction = Prediction(basis: .profile, parsingErrorCells: .zero, skippedRows: .zero, columns: columns)
        guard case .array(let blocks)? = JSONReport.detailedReport(prediction)["impactedBlocks"],
            case .array(let skipped)? = blocks.first?["skippedData"]
        else {
            Issue.record("no skipped data")
            return
        }
        #expect(skipped.map { $0["sourceColumnName"] } == names.map { .string($0.text) })
    }

    @Test func isShownEscapedAndCut() {
        #expect(ColumnName(Self.long).shown.count == VisibleText.defaultLimit + 1)
        #expect("\(ColumnName([0x1B]))" == #"\u{1b}"#)
        // Alike for people, and different all the same.
        #expect(ColumnName(Self.long + "a").shown == ColumnName(Self.long + "b").shown)
        #expect(ColumnName(Self.long + "a") != ColumnName(Self.long + "b"))
        #expect(ColumnName("\u{E9}") != ColumnName("e\u{301}"))
    }
}
