import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

@Suite(.computing) struct ReportSchemaTests {
    private let schema: JSONSchema
    private let exit = ExitSummary(status: 1, reason: "no")

    init() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        // The folder may be reached through a symbolic link: the schema is found from the real place of this file.
        let package = tests.resolvingSymlinksInPath().appending(path: "../../..").standardized
        let file = package.appending(path: "Sources/PreflightReports/report-v1.schema.json")
        schema = try JSONSchema(String(contentsOf: file, encoding: .utf8))
    }

    @Test(arguments: [
        SampleReports.clean, SampleReports.mixed, SampleReports.advised, SampleReports.cut, SampleReports.inferred,
        SampleReports.hostile("\u{1b}[2J\u{202e}"),
    ])
    func documentsFit(report: Report) throws {
        var strict = schema
        strict.allowsUndescribedMembers = false
        #expect(try strict.failures(in: JSONReport.document(report, exit: exit).text(isPretty: false)) == [])
    }

    @Test(arguments: [nil, "version: 1\ncolumns: [{name: a, type: number}, {name: b, type: date}, {name: c, type: text}]"])
    func columnsFit(profile: String?) throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let file = tests.resolvingSymlinksInPath().appending(path: "../../../Sources/PreflightReports/columns-v1.schema.json").standardized
        var strict = try JSONSchema(String(contentsOf: file, encoding: .utf8))
        strict.allowsUndescribedMembers = false
        var options = CheckOptions(profile: try profile.map { try Profile(yaml: $0) })
        options.countsColumns = true
        let found = report(on: "a,b,c,\u{FFFD}\n1.50,2026-01-31,x,\n-2,,\"y\"\"\",z\n", options: options)
        #expect(found.columns.count == 4)
        #expect(try strict.failures(in: ColumnsDocument.json(found).text(isPretty: false)) == [])
        #expect(try strict.failures(in: ColumnsDocument.json(found.redacted()).text(isPretty: false)) == [])
    }

    @Test func membersOfAPushFit() throws {
        let document = JSONReport.document(
            SampleReports.mixed, push: .members(["anything": .int(1)]), outcome: .members(["status": .string("Completed")]),
            reconciliation: .array([.members(["column": .string("Amount")])]), exit: exit)
        #expect(try schema.failures(in: document.text(isPretty: true)) == [])
    }

    private static let refusals: [[GateRefusal]] = [
        [], [.incomplete],
        [.finding(.unclosedQuote, count: 2), .predictedSkips(rows: Bounds(min: 1, max: 3), allowed: 0, isUpperBound: true)],
        [.predictedSkips(rows: Bounds(min: 1, max: 3), allowed: 2, isUpperBound: false)],
    ]

    @Test(arguments: refusals) func answersOfTheGateFit(refusals: [GateRefusal]) throws {
        var strict = schema
        strict.allowsUndescribedMembers = false
        let document = JSONReport.document(SampleReports.mixed, refusals: refusals, exit: exit)
        #expect(try strict.failures(in: document.text(isPretty: false)) == [])
        #expect(document["gate"]?["state"] == .string(refusals.isEmpty ? "open" : "closed"))
    }

    /// Cells without such rows are left out, and lines that are no rows have no row numbers. Only where they are asked for.
    @Test func positionsFit() throws {
        var strict = schema
        strict.allowsUndescribedMembers = false
        var options = CheckOptions(samples: 1)
        options.mapsPositions = true
        let lines = ["a,b"] + (1...3_000).map { $0 == 1_500 ? "" : $0 > 2_990 ? "\($0)" : "\($0),x" }
        let report = report(on: lines.joined(separator: "\n") + "\n", options: options)
        let document = JSONReport.document(report, showsPositions: true, exit: exit)
        #expect(try strict.failures(in: document.text(isPretty: false)) == [])
        let byteCount = lines.joined(separator: "\n").utf8.count + 1
        let positions = try #require(document["positions"])
        #expect(positions["cellBytes"] == .int(32) && positions["cells"] == .int((byteCount + 31) / 32))
        let lanes = positions.list("lanes")
        #expect(lanes.map { $0.text("code") } == ["PF204", "PF206"])
        #expect(lanes[0].integer("count") == 10 && lanes[0].list("cells").reduce(0) { $0 + ($1.integer("count") ?? 0) } == 10)
        #expect(lanes[0].list("cells").first?["firstRow"] == .int(2_990) && lanes[0].list("cells").first?["firstLine"] == .int(2_992))
        #expect(lanes[0].list("cells").last?["cell"] == .int((byteCount - 5) / 32))
        #expect(lanes[1].list("cells").count == 1 && lanes[1].list("cells")[0]["firstRow"] == .null)
        #expect(lanes[1].list("cells")[0]["firstLine"] == .int(1_501))
        #expect(JSONReport.document(report, exit: exit)["positions"] == nil)
    }

    @Test func reasonsAndFirstPlacesFit() throws {
        var strict = schema
        strict.allowsUndescribedMembers = false
        var report = SampleReports.mixed
        report.findings[2].examples[0].reason = "no number"
        report.findings[2].examples[0].first = Place(row: 1, line: 2, column: 1, byteOffset: 4)
        #expect(try strict.failures(in: JSONReport.document(report, exit: exit).text(isPretty: false)) == [])
    }

    /// One document about a good file, one with findings, and one that could not be read.
    @Test func severalFilesFit() throws {
        var strict = schema
        strict.allowsUndescribedMembers = false
        let unreadable = JSONReport.unreadable(path: "none.csv", message: "Cannot open none.csv.", exit: exit)
        #expect(try strict.failures(in: unreadable.text(isPretty: true)) == [])
        let entries = [
            JSONReport.document(SampleReports.clean, refusals: [], exit: exit), unreadable,
            JSONReport.document(SampleReports.mixed, refusals: Self.refusals[2], exit: exit),
        ]
        let summary = JSONValue.members(["files": .int(3), "passed": .int(1), "blocked": .int(1), "unreadable": .int(1)])
        let pieces = entries.enumerated().map { ReportsDocument.entry($1, isFirst: $0 == 0) }
        let text = ReportsDocument.beginning + pieces.joined() + ReportsDocument.end(summary, exit: exit)
        #expect(try strict.failures(in: text) == [])
        // As it would be written in one piece.
        let whole = JSONValue.object([
            .init("version", .int(1)),
            .init("tool", .members(["name": .string("preflight"), "version": .string(ToolVersion.current)])),
            .init("files", .array(entries)), .init("summary", summary),
            .init("exit", .members(["status": .int(exit.status), "reason": .string(exit.reason)])),
        ])
        #expect(text == whole.text(isPretty: true) + "\n")
        #expect(try !schema.failures(in: text.replacing(#""passed": 1"#, with: #""passed": -1"#)).isEmpty)
    }

    @Test func membersOfLaterVersionsFit() throws {
        let text = JSONReport.document(SampleReports.mixed, exit: exit).text(isPretty: false)
            .replacing(#"{"version":1,"#, with: #"{"version":1,"later":[],"#)
            .replacing(#""bom":"#, with: #""later":{},"bom":"#)
        #expect(try schema.failures(in: text) == [])
    }

    /// One change each to a good document, and the failure it must give.
    @Test(arguments: [
        (#"{"version":1,"#, #"{"version":2,"#, "$.version: const"),
        (#"{"version":1,"#, #"{"version":true,"#, "$.version: type"),
        (#"{"version":1,"#, "{", "$: required version"),
        (#""name":"preflight""#, #""name":"other""#, "$.tool.name: const"),
        (#""complete":true"#, #""complete":1"#, "$.complete: type"),
        (#""complete":true"#, #""complete":null"#, "$.complete: type"),
        (#""compression":"none""#, #""compression":"zstd""#, "$.input.compression: enum"),
        (#""delimiter":";""#, #""delimiter":"""#, "$.input.dialect.delimiter: minLength"),
        (#""delimiter":";""#, #""delimiter":";;""#, "$.input.dialect.delimiter: maxLength"),
        (#""origin":"profile""#, #""origin":"guess""#, "$.input.dialect.origin: enum"),
        (#""crlf":336776"#, #""crlf":-1"#, "$.input.lineEnds.crlf: minimum"),
        (#""crlf":336776,"#, "", "$.input.lineEnds: required crlf"),
        (#""rows":336777"#, #""rows":1.5"#, "$.totals.rows: type"),
        (#""code":"PF205""#, #""code":"XX205""#, "$.findings[1].code: pattern"),
        (#""severity":"note""#, #""severity":"fatal""#, "$.findings[0].severity: enum"),
        (#""count":9"#, #""count":0"#, "$.findings[3].count: minimum"),
        (#""column":{"index":3,"name":"Amount"},"count":9"#, #""column":"Amount","count":9"#, "$.findings[3].column: anyOf"),
        (#""line":7"#, #""line":0"#, "$.findings[1].examples[0].line: minimum"),
        (#""line":7"#, #""line":"7""#, "$.findings[1].examples[0].line: type"),
        (#""byteOffset":120,"#, "", "$.findings[1].examples[0]: required byteOffset"),
        (#""value":"n/a""#, #""value":7"#, "$.findings[2].examples[0].value: type"),
        (#""basis":"profile""#, #""basis":"guess""#, "$.prediction.basis: enum"),
        (#""skippedRows":{"min":3,"max":11}"#, #""skippedRows":{"min":3}"#, "$.prediction.skippedRows: required max"),
        (#""blockType":null"#, #""blockType":"List""#, "$.prediction.detailedReport.blockType: type"),
        (#""samples":["n/a","1e5"]"#, #""samples":"n/a""#, "$.prediction.detailedReport.impactedBlocks[0].skippedData[0].samples: type"),
        (#""exit":{"status":1"#, #""push":[],"exit":{"status":1"#, "$.push: type"),
        (#""exit":{"status":1"#, #""reconciliation":{},"exit":{"status":1"#, "$.reconciliation: type"),
        (#","reason":"no"}"#, "}", "$.exit: required reason"),
    ])
    func brokenDocumentsFail(good: String, broken: String, failure: String) throws {
        let document = JSONReport.document(SampleReports.mixed, exit: exit).text(isPretty: false)
        let changed = document.replacing(good, with: broken, maxReplacements: 1)
        try #require(changed != document)
        #expect(try schema.failures(in: changed).contains(failure))
    }

    @Test(arguments: [
        (#"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, "7", ["$: oneOf"]),
        (#"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, "3", []),
        (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1,"b":2}"#, ["$: additionalProperties b"]),
        (#"{"additionalProperties":{"type":"string"}}"#, #"{"b":2}"#, ["$.b: type"]),
        (##"{"$ref":"#/$defs/none"}"##, "1", ["$: dangling $ref #/$defs/none"]),
        (#"{"uniqueItems":true}"#, "[1,1]", ["$: unknown keyword uniqueItems"]),
    ])
    func validatorItself(schema: String, document: String, failures: [String]) throws {
        #expect(try JSONSchema(schema).failures(in: document) == failures)
    }

    @Test func everyKeyIsDescribed() {
        #expect(undescribed(schema.root, at: "$") == [])
    }

    private func undescribed(_ schema: [String: Any], at path: String) -> [String] {
        var missing = schema["description"] is String || schema["type"] as? String == "null" ? [] : [path]
        for keyword in ["properties", "$defs"] {
            for (key, child) in schema[keyword] as? [String: [String: Any]] ?? [:] { missing += undescribed(child, at: "\(path).\(key)") }
        }
        if let items = schema["items"] as? [String: Any] { missing += undescribed(items, at: path + "[]") }
        for child in schema["anyOf"] as? [[String: Any]] ?? [] { missing += undescribed(child, at: path + "|") }
        return missing.sorted()
    }
}
