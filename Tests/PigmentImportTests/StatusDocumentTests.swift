import PigmentImport
import Preflight
import TestSupport
import Testing

@testable import PigmentImport
@testable import SafeText

@Suite(.computing) struct JSONReaderTests {
    static let readable: [(text: String, compact: String)] = [
        ("null", "null"), (" [ ] ", "[]"), ("{\"a\":[1,-2,3.5,true,false,null]}", "{\"a\":[1,-2,3.5,true,false,null]}"),
        ("\u{FEFF}{}", "{}"), (#""\u0041\n\"\\\/\t""#, #""A\n\"\\/\t""#), (#""\ud83d\ude00""#, "\"😀\""), (#""\ud83dx""#, "\"\u{FFFD}x\""),
        (#""\ude00""#, "\"\u{FFFD}\""), ("1e400", "null"), ("-1e400", "null"), ("99999999999999999999", "1e+20"), ("1E2", "100.0"),
        ("{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}"),
    ]

    @Test(arguments: readable) func reads(_ text: String, compact: String) throws {
        #expect(try JSONReader.value(of: Array(text.utf8)).text(isPretty: false) == compact)
    }

    @Test(arguments: [
        "", " ", "{", "[", "\"", "\"\\", "\"\\u12", "\"\\x\"", "{a:1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[1 2]", "tru", "nul",
        "--1",
        "{} x", "1.2.3", "+", "\"\\u00g0\"",
    ]) func refuses(_ text: String) {
        #expect(throws: JSONReader.Flaw.self) { try JSONReader.value(of: Array(text.utf8)) }
    }

    @Test func bytesThatAreNoUTF8AreReplaced() throws {
        #expect(try JSONReader.value(of: [0x22, 0xFF, 0x61, 0x22]) == .string("\u{FFFD}a"))
    }

    @Test(arguments: ["[", "{\"a\":"]) func depthIsBounded(_ opening: String) {
        let bomb = Array(String(repeating: opening, count: 100_000).utf8)
        #expect(throws: JSONReader.Flaw.tooDeep) { try JSONReader.value(of: bomb) }
    }

    @Test func depthWithinTheBoundIsRead() throws {
        let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try JSONReader.value(of: Array(nested.utf8))
    }

    @Test func theNumberOfValuesIsBounded() {
        let bomb = Array(("[" + String(repeating: "0,", count: 600_000) + "0]").utf8)
        #expect(throws: JSONReader.Flaw.tooManyValues) { try JSONReader.value(of: bomb) }
    }

    /// Every prefix of a document is refused or read, and never ends the process.
    @Test func everyCutIsSurvived() {
        let whole = Array(#"{"a":[1.5e3,"\u00e9\ud83d\ude00",true,null,{"b":-0}]}"#.utf8)
        for count in 0..<whole.count {
            #expect(throws: JSONReader.Flaw.self) { try JSONReader.value(of: Array(whole[..<count])) }
        }
    }
}

@Suite(.computing) struct StatusDocumentTests {
    static func read(_ text: String) -> StatusDocument? {
        StatusDocument(Array(text.utf8), redactor: Redactor(nil))
    }

    @Test func readsAFullReport() throws {
        let document = try #require(
            Self.read(
                """
                {"importId":"33D0D7D0-6125-47c4-b36a-882f4ed53b33","createdAt":"2026-01-01T00:00:00Z","completedAt":null,
                 "importStatus":"Completed","errorsDetails":null,"future":{"x":[1]},
                 "detailedReport":{"blockType":"List","summary":{"insertedCount":10,"updatedCount":"2","deletedCount":0.0,"skippedCount":3},
                  "impactedBlocks":[
                   {"blockId":"b","skippedData":[
                     {"count":2,"reason":"ParsingError","sourceColumnName":"Amount","samples":["1,5","x"]},
                     {"count":1,"reason":"NewReason","sourceColumnName":null,"samples":[]}]},
                   {"blockId":"c","skippedData":[{"count":1,"reason":"ParsingError","sourceColumnName":"Amount","samples":["y"]}]}],
                  "autoCreatedDimensionModalities":[{"blockId":"b","count":4},{"blockId":"c","count":1}]}}
                """))
        #expect(document.importID?.text == "33d0d7d0-6125-47c4-b36a-882f4ed53b33")
        #expect(document.status == .completed)
        #expect(document.createdAt == "2026-01-01T00:00:00Z")
        #expect(document.completedAt == nil)
        let detail = try #require(document.detail)
        #expect(detail.counts == .init(inserted: 10, updated: 2, deleted: 0, skipped: 3))
        #expect(detail.createdItems == 5)
        var amount = StatusDocument.Skipped(columnName: "Amount", reason: .parsingError, count: 3, samples: ["1,5", "x", "y"])
        amount.texts = ["1,5", "x", "y"].map { SampleText(Array($0.utf8)) }
        #expect(
            detail.skipped == [
                amount,
                .init(columnName: nil, reason: SkipReason(rawValue: "NewReason"), count: 1),
            ])
    }

    static let statuses: [(text: String, status: StatusDocument.Status)] = [
        (#"{"importStatus":"InProgress"}"#, .inProgress), (#"{"importStatus":"Failed"}"#, .failed),
        (#"{"importStatus":"completed"}"#, .unknown("completed")), (#"{"importStatus":"COMPLETED"}"#, .unknown("COMPLETED")),
        (#"{"importStatus":"Completed "}"#, .unknown("Completed ")), (#"{"importStatus":null}"#, .unknown("none")),
        ("{}", .unknown("none")),
        (#"{"importStatus":2}"#, .unknown("2")), (#"{"importStatus":["Completed"]}"#, .unknown("none")),
        (#"{"importStatus":"\u001b[2J"}"#, .unknown("\\u{1b}[2J")),
    ]

    @Test(arguments: statuses) func readsStatuses(_ text: String, status: StatusDocument.Status) {
        #expect(Self.read(text)?.status == status)
    }

    static let counts: [(json: String, count: Int?)] = [
        ("0", 0), ("7", 7), ("\"7\"", 7), ("7.0", 7), ("7.5", nil), ("-1", nil), ("\"-1\"", nil), ("1e400", nil), ("1e3", 1000),
        ("null", nil),
        ("99999999999999999999", nil), ("9223372036854775807", Int.max), ("true", nil), ("[]", nil), ("\"many\"", nil),
    ]

    @Test(arguments: counts) func readsCounts(_ json: String, count: Int?) {
        let document = Self.read(#"{"importStatus":"Completed","detailedReport":{"summary":{"skippedCount":\#(json)}}}"#)
        #expect(document?.detail?.counts.skipped == count)
    }

    @Test func sumsThatOverflowAreNoCount() {
        let entry = #"{"count":9223372036854775807,"reason":"ParsingError","sourceColumnName":"A"}"#
        let document = Self.read(#"{"detailedReport":{"impactedBlocks":[{"skippedData":[\#(entry),\#(entry)]}]}}"#)
        #expect(document?.detail?.skipped == [.init(columnName: "A", reason: .parsingError, count: nil)])
    }

    @Test(arguments: ["", "null", "[]", "3", "<html>", "{", "{\"importStatus\":"]) func refusesWhatIsNoObject(_ text: String) {
        #expect(Self.read(text) == nil)
    }

    @Test func oddKindsAreIgnored() throws {
        let document = try #require(
            Self.read(#"{"importId":5,"importStatus":"Failed","errorsDetails":{"name":"x"},"detailedReport":[1],"createdAt":{}}"#))
        #expect(document == StatusDocument(status: .failed))
    }

    @Test func errorsAreCappedWithAnExactCount() throws {
        let list = Array(repeating: #"{"name":"<b>\u202e","description":"d"}"#, count: 100_000).joined(separator: ",")
        let document = try #require(Self.read(#"{"importStatus":"Failed","errorsDetails":[\#(list)]}"#))
        #expect(document.errorCount == 100_000)
        #expect(document.errors.count == StatusDocument.shownErrors)
        #expect(document.errors[0].name == "<b>\\u{202e}")
        #expect(FollowOutcome.failed(document).message.contains("and 99980 more"))
    }

    static let begun = #"{"importId":"33d0d7d0-6125-47c4-b36a-882f4ed53b33","importStatus":"Failed","errorsDetails":["#

    /// Wherever a report is cut: never another status than its own, and no detailed report that lacks something.
    @Test func everyCutReportIsReadAsFarAsItGoes() throws {
        let report = #"{"summary":{"skippedCount":0},"impactedBlocks":[]}"#
        let whole = Array(
            (Self.begun + #"{"name":"a","description":"b"},{"name":"c","description":"d"}],"detailedReport":\#(report)}"#).utf8)
        let statusEnd = try #require(String(decoding: whole, as: UTF8.self).firstRange(of: "\"Failed\""))
        let statusEndOffset = String(decoding: whole, as: UTF8.self).utf8.distance(from: "".startIndex, to: statusEnd.upperBound)
        for count in 0...whole.count {
            let document = StatusDocument(Array(whole[..<count]), redactor: Redactor(nil), isCut: true)
            #expect((document?.status == .failed) == (count >= statusEndOffset), "\(count)")
            #expect(document?.detail == nil)
            #expect(document?.isCut ?? true)
            #expect(document?.errors.allSatisfy { ["a", "c", ""].contains($0.name) } ?? true, "\(count)")
        }
    }

    @Test func whatFollowsAFaultIsNotRead() {
        let text = #"{"x":{"y":,"importStatus":"Completed"},"importStatus":"Failed"}"#
        #expect(StatusDocument(Array(text.utf8), redactor: Redactor(nil), isCut: true)?.status == .unknown("none"))
        #expect(Self.read(text) == nil)
    }

    @Test func moreValuesThanAreReadCutAReportToo() throws {
        let list = Array(repeating: "0", count: 600_000).joined(separator: ",")
        let document = try #require(
            Self.read(#"{"importStatus":"Completed","x":[\#(list)],"detailedReport":{"summary":{"skippedCount":0}}}"#))
        #expect(document.status == .completed)
        #expect(document.detail == nil)
    }

    @Test func aCutListOfErrorsHasNoExactCount() throws {
        let text = Self.begun + Array(repeating: #"{"name":"a","description":"b"}"#, count: 30).joined(separator: ",")
        let document = try #require(StatusDocument(Array(text.utf8), redactor: Redactor(nil), isCut: true))
        #expect(document.errorCount == 30)
        #expect(FollowOutcome.failed(document).message.contains("and at least 10 more"))
    }

    @Test func theKeyIsRemovedAlsoFromEscapedText() throws {
        let redactor = Redactor(try APIKey(validating: "canary-Key"))
        let text = #"{"importStatus":"Failed","errorsDetails":[{"name":"canary-Key","description":"\u0063anary-Key"}]}"#
        let document = try #require(StatusDocument(Array(text.utf8), redactor: redactor))
        #expect(document.errors == [.init(name: "***", description: "***")])
    }
}
