import Foundation
import TestSupport
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight

@Suite(.computing) struct LedgerRecordTests {
    private let schema: JSONSchema
    private static let id = LedgerEntryID("k3x9m2ab")!

    init() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let package = tests.resolvingSymlinksInPath().appending(path: "../../..").standardized
        let file = package.appending(path: "Sources/PigmentImport/Ledger/ledger-v1.schema.json")
        var schema = try JSONSchema(String(contentsOf: file, encoding: .utf8))
        schema.allowsUndescribedMembers = false
        self.schema = schema
    }

    /// Written, read, and described by the schema to the last member.
    @Test(arguments: LedgerSamples.events.indices) func roundTrip(index: Int) throws {
        let record = LedgerRecord(time: LedgerSamples.now, entry: Self.id, event: LedgerSamples.events[index])
        #expect(try LedgerRecord(line: Array(record.line.utf8)) == record)
        #expect(!record.line.contains("\n") && !record.line.contains("\u{202e}"))
        #expect(try schema.failures(in: record.line) == [])
    }

    /// The quick look at a line finds what the full reading does.
    @Test(arguments: LedgerSamples.events.indices) func headOfEachLine(index: Int) throws {
        let event = LedgerSamples.events[index]
        let head = try #require(LedgerLineHead(Array(LedgerRecord(time: LedgerSamples.now, entry: Self.id, event: event).line.utf8)))
        #expect(head.entry == Self.id)
        #expect(head.namesContent == ["intent", "retry-file"].contains(event.name))
    }

    @Test func samplesAreLeftOut() {
        for document in [LedgerSamples.document, LedgerSamples.failed] {
            let end = LedgerRecord.End.reported(document)
            let record = LedgerRecord(time: LedgerSamples.now, entry: Self.id, event: .end(end))
            #expect(record.line.contains("secret cell"))
            let bare = LedgerRecord(time: LedgerSamples.now, entry: Self.id, event: .end(end.withoutSamples))
            #expect(!bare.line.contains("secret cell"))
        }
    }

    /// However many columns there are, a line stays short enough to be written by one call.
    @Test func manyColumnsAreCounted() throws {
        var intent = LedgerSamples.intent()
        intent.prediction?.columns = (1...100_000).map { index in
            .init(column: .init(index: index, name: ColumnName("Column \(index)")), reason: .parsingError, cells: .zero, samples: [])
        }
        let record = LedgerRecord(time: LedgerSamples.now, entry: Self.id, event: .intent(intent))
        #expect(record.line.utf8.count < 2 * LedgerRecord.columnTextLimit)
        guard case .intent(let read) = try LedgerRecord(line: Array(record.line.utf8)).event else {
            Issue.record("no intent")
            return
        }
        #expect(try #require(read.prediction).columns.count + read.unrecordedColumns == 100_000)
    }

    static let lines: [(text: String, error: LedgerRecord.Unreadable)] = [
        ("", .foreign), ("hello", .foreign), ("{}", .foreign), (#"{"v":"1"}"#, .foreign), (#"{"v":2,"anything":true}"#, .newer),
        (#"{"v":1,"time":"2026-01-31T23:59:59Z","id":"k3x9m2ab","event":"baseline"}"#, .newer),
        (#"{"v":1,"time":"2026-02-31T23:59:59Z","id":"k3x9m2ab","event":"settlement","settled":"did-not-arrive"}"#, .foreign),
        (#"{"v":1,"time":"2026-01-31T23:59:59Z","id":"k3x9m2al","event":"settlement","settled":"did-not-arrive"}"#, .foreign),
        (#"{"v":1,"time":"2026-01-31T23:59:59Z","id":"k3x9m2ab","event":"settlement","settled":"import"}"#, .foreign),
        (#"{"v":1,"time":"2026-01-31T23:59:59Z","id":"k3x9m2ab","event":"outcome","outcome":"accepted"}"#, .foreign),
        (#"{"v":1,"time":"2026-01-31T23:59:59Z","id":"k3x9m2ab","event":"end","status":"InProgress"}"#, .foreign),
    ]

    @Test(arguments: lines.indices) func otherLines(index: Int) {
        let (text, error) = Self.lines[index]
        #expect(throws: error) { try LedgerRecord(line: Array(text.utf8)) }
    }

    /// A record of which a part is missing is none: not one prefix is taken for a whole line.
    @Test func cutLines() {
        for event in LedgerSamples.events {
            let line = Array(LedgerRecord(time: LedgerSamples.now, entry: Self.id, event: event).line.utf8)
            for length in 0..<line.count {
                #expect(throws: LedgerRecord.Unreadable.foreign) { try LedgerRecord(line: Array(line[..<length])) }
            }
        }
    }

    static let times: [(text: String, seconds: Int?)] = [
        ("1970-01-01T00:00:00Z", 0), ("2026-01-31T23:59:59Z", 1_769_903_999), ("2024-02-29", 1_709_164_800),
        ("2026-01-31T23:59:59.123Z", 1_769_903_999), ("2023-02-29", nil), ("2026-13-01", nil), ("2026-01-31T24:00:00Z", nil),
        ("2026-01-31T23:59:59", nil), ("2026-1-31", nil), ("", nil), ("2026-01-31T23:59:59.Z", 1_769_903_999),
    ]

    @Test(arguments: times.indices) func moments(index: Int) {
        let (text, seconds) = Self.times[index]
        let time = UTCTime(text)
        #expect(time?.seconds == seconds)
        if let time, text.utf8.count == 20 { #expect(time.description == text) }
    }

    @Test func identifiersReadBack() {
        for _ in 0..<1000 {
            let id = LedgerEntryID.random()
            #expect(LedgerEntryID(id.text) == id)
            #expect(LedgerEntryID(id.text.uppercased()) == id)
        }
        for text in ["", "k3x9m2a", "k3x9m2abc", "k3x9m2ai", "k3x9m2aé"] { #expect(LedgerEntryID(text) == nil) }
    }
}
