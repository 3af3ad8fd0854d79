import Foundation
import Testing

@testable import PigmentImport
@testable import Preflight
@testable import SafeText

/// The forms in which a report comes.
@Suite struct ServerReportTests {
    private static let entry = """
        {"count": 2, "reason": "ParsingError", "sourceColumnName": "Amount", "samples": ["1,5", "a\\u001bb", 7]}
        """
    private static let detail = """
        {"blockType": "List", "summary": {"insertedCount": 8, "updatedCount": 0, "deletedCount": 0, "skippedCount": 2},
         "impactedBlocks": [{"skippedData": [\(entry)]}]}
        """

    private static let expected = ServerReport.Entry(
        columnName: "Amount", reason: .parsingError, count: 2,
        samples: ["1,5", "a\u{1b}b", "7"].map { SampleText(Array($0.utf8)) })

    @Test func statusDocument() throws {
        let text =
            "{\"importId\": \"a5002346-d45c-4773-892f-53273b040ca0\", \"importStatus\": \"Completed\", \"detailedReport\": \(Self.detail)}"
        let report = try ServerReport(json: Array(text.utf8))
        #expect(report.entries == [Self.expected])
        #expect(report.origin == .status)
        #expect(report.isComplete)
        #expect(report.counts?.skipped == 2)
        #expect(try ServerReport(json: Array(Self.detail.utf8)).entries == [Self.expected])
    }

    @Test func savedPush() throws {
        let text = """
            {"push": {"sha256": "ab"}, "outcome": {"importId": "a5002346-d45c-4773-892f-53273b040ca0", "status": "Completed",
             "counts": {"inserted": 8, "updated": 0, "deleted": 0, "skipped": 2},
             "skipped": [{"column": "Amount", "reason": "ParsingError", "count": 2, "samples": ["1,5", "a\\\\u{1b}b", "7", "long…"]}]}}
            """
        let report = try ServerReport(json: Array(text.utf8))
        #expect(report.entries[0].samples.dropLast() == Self.expected.samples[...])
        #expect(report.entries[0].samples.last == SampleText(Array("long".utf8), isCut: true))
        #expect(report.sha256 == "ab")
        #expect(report.origin == .push)
    }

    @Test(arguments: ["", "[]", "{}", "{\"outcome\": {}}", "{\"importStatus\": \"Completed\"}", "{\"detailedReport\": null}"])
    func whatIsNoReportIsRefused(text: String) {
        #expect(throws: ServerReport.Refusal.self) { try ServerReport(json: Array(text.utf8)) }
    }

    /// Screens cut long values.
    @Test func cutSamples() throws {
        func sample(_ text: String) throws -> SampleText {
            try ServerReport(reported: [Array("A:1".utf8)], samples: [Array(text.utf8)]).entries[0].samples[0]
        }
        #expect(try sample("long…") == SampleText(Array("long".utf8), isCut: true))
        #expect(try sample("long...") == SampleText(Array("long".utf8), isCut: true))
        #expect(try sample("…") == SampleText(Array("…".utf8)))
        #expect(try sample(" 12 ") == SampleText(Array(" 12 ".utf8)))
    }

    @Test func screen() throws {
        func entry(_ text: String) throws -> ServerReport.Entry {
            try ServerReport(reported: [Array(text.utf8)], samples: []).entries[0]
        }
        #expect(try entry("Amount:ParsingError:48") == ServerReport.Entry(columnName: "Amount", reason: .parsingError, count: 48))
        #expect(try entry("Amount:1,048") == ServerReport.Entry(columnName: "Amount", reason: .parsingError, count: 1048))
        #expect(try entry("a:b:parsing error:3") == ServerReport.Entry(columnName: "a:b", reason: .parsingError, count: 3))
        #expect(try entry("a:b:3") == ServerReport.Entry(columnName: "a:b", reason: .parsingError, count: 3))
        #expect(try entry("E:MissingModalitySkippedDataRow:3").reason == .missingItemSkipsRow)
        #expect(try entry("E:MissingModalities:3").reason == .missingItemInSnapshot)
        #expect(throws: ServerReport.Refusal.self) { try entry("E:MissingModality:3") }
        #expect(throws: ServerReport.Refusal.self) { try entry("Amount") }
        #expect(throws: ServerReport.Refusal.self) { try entry("Amount:many") }
        let report = try ServerReport(
            reported: ["A:1", "B:2"].map { Array($0.utf8) }, samples: ["b=x", "c=y"].map { Array($0.utf8) })
        #expect(report.entries.map { $0.samples.map { String(decoding: $0.bytes, as: UTF8.self) } } == [["c=y"], ["x", "c=y"]])
        #expect(!report.isComplete)
    }

    @Test(arguments: [
        ("48", 48), ("1,048", 1048), ("1 048", 1048), (" 1.048 ", 1048), ("1\u{202F}048", 1048), ("12'345'678", 12_345_678),
        ("48 cells", 48),
        ("1,048 rows", 1048), ("0", 0), ("1.5", nil), ("1,04", nil), ("1,048.000", nil), ("2.7%", nil), ("-3", nil), ("", nil),
        ("cells", nil),
        ("1048,000", nil), ("99999999999999999999", nil),
    ])
    func countsAsAScreenShowsThem(text: String, count: Int?) throws {
        #expect(TypedCount.read(text) == count)
        let report = try? ServerReport(reported: [Array("Amount:\(text)".utf8)], samples: [])
        #expect(report?.entries.first?.count == count)
    }

    @Test func whatIsSaidOfAWrongCount() {
        func refusal(_ text: String) -> String? {
            do throws(ServerReport.Refusal) {
                _ = try ServerReport(reported: [Array(text.utf8)], samples: [])
                return nil
            } catch {
                return error.message
            }
        }
        #expect(
            refusal("Amount:2.7%")
                == "\"Amount:2.7%\" does not end in a count. Write the number of cells, not their share: Amount:ParsingError:48")
        #expect(refusal("Amount")?.hasSuffix("Write COLUMN:REASON:COUNT, for example Amount:ParsingError:48") == true)
    }

    /// A report may come from two blocks, and a person may type a line twice.
    @Test func theSameColumnTwice() throws {
        func entries(_ reported: [String]) throws -> [String] {
            try ServerReport(reported: reported.map { Array($0.utf8) }, samples: []).entries.map {
                "\($0.columnName?.text ?? "-") \($0.reason.rawValue) \($0.count ?? -1)"
            }
        }
        #expect(try entries(["Amount:54", "amount:ParsingError:54"]) == ["Amount ParsingError 54"])
        #expect(try entries(["Amount:50", "Amount:4", "Amount:4"]) == ["Amount ParsingError 54"])
        #expect(try entries(["A:1", "A:MissingWriteAccessRights:1"]) == ["A ParsingError 1", "A MissingWriteAccessRights 1"])
        #expect(try entries(["ParsingError:54"]) == ["- ParsingError 54"])
        #expect(throws: ServerReport.Refusal.self) { try entries(["A:\(Int.max)", "A:1"]) }
    }

    @Test func samplesNameTheirColumn() throws {
        func samples(_ sample: String) throws -> [[String]] {
            try ServerReport(reported: ["A:1", "b: c:2"].map { Array($0.utf8) }, samples: [Array(sample.utf8)]).entries.map {
                $0.samples.map { String(decoding: $0.bytes, as: UTF8.self) }
            }
        }
        #expect(try samples("A=x") == [["x"], []])
        #expect(try samples("a:x=y") == [["x=y"], []])
        #expect(try samples("b: c:x") == [[], ["x"]])
        #expect(try samples("10:30") == [["10:30"], ["10:30"]])
        for sample in ["", "A=", "A:"] { #expect(throws: ServerReport.Refusal.self) { try samples(sample) } }
    }

    @Test func namesThatAreCut() {
        let names: [ColumnName] = ["Posting Date", "Posting Text", "Amount in EUR"]
        #expect(NameMatch("Amount in…", among: names) == .loose(3))
        #expect(NameMatch("posting d...", among: names) == .loose(1))
        #expect(NameMatch("Posting…", among: names).column == nil)
        #expect(NameMatch("…", among: names).column == nil)
        #expect(NameMatch("Amount in", among: names).column == nil)
    }

    @Test func namesOfColumns() {
        let names: [ColumnName] = ["Amount", "Posting Date", "Entity", "Entity"]
        #expect(NameMatch("Amount", among: names) == .exact([1]))
        #expect(NameMatch("posting_date", among: names) == .loose(2))
        #expect(NameMatch("Amout", among: names) == .unknown(nearest: "Amount"))
        #expect(NameMatch("Entity", among: names) == .exact([3, 4]))
        #expect(NameMatch("Entity", among: names).column == nil)
        #expect(NameMatch(nil, among: names) == .unnamed)
    }
}
