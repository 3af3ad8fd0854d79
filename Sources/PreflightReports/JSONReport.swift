import ByteSources
import ImportProfiles
package import Preflight
package import SafeText
import ValueFormats

/// The report for machines. `report-v1.schema.json` describes it key by key; within version 1 keys are only added.
///
/// The same report always gives the same bytes: keys have a fixed order, and there are no times or host names.
package enum JSONReport {
    /// The document of one file.
    ///
    /// - Parameters:
    ///   - report: The report to write.
    ///   - refusals: The gate's answer, empty if the file passes; `nil` if the gate was not asked.
    ///   - push: What was sent; `nil` if nothing was to be sent.
    ///   - outcome: What happened to the import; `nil` if there was none.
    ///   - reconciliation: The prediction compared with what the server reported; `nil` if there is nothing to compare.
    ///   - split: Where the rows went; `nil` if none were written.
    ///   - showsPositions: Whether to say where in the file the findings are, if the report knows.
    ///   - exit: How the run ended.
    package static func document(
        _ report: Report, refusals: [GateRefusal]? = nil, push: JSONValue? = nil, outcome: JSONValue? = nil,
        reconciliation: JSONValue? = nil, split: SplitSummary? = nil, showsPositions: Bool = false, exit: ExitSummary
    ) -> JSONValue {
        var members = heading
        members += [
            .init("input", input(report)),
            .init("totals", totals(report.totals)),
            .init("complete", .bool(report.isComplete)),
            .init("findings", .array(report.findings.map(finding))),
            .init("prediction", prediction(report.prediction)),
        ]
        if report.input.notJudged == nil { members.append(.init("account", account(report, split))) }
        if !report.expectations.isEmpty { members.append(.init("expectations", .array(report.expectations.map(expectation)))) }
        if !report.ignored.isEmpty { members.append(.init("ignored", .array(report.ignored.map(ignored)))) }
        if !report.prediction.advice.isEmpty { members.append(.init("advice", .array(report.prediction.advice.map(advice)))) }
        if showsPositions, let map = report.positions {
            members.append(.init("positions", positions(map, byteCount: report.input.decompressedBytes)))
        }
        if let refusals { members.append(.init("gate", gate(refusals))) }
        if let split { members.append(.init("split", split.json)) }
        for (key, value) in [("push", push), ("outcome", outcome), ("reconciliation", reconciliation)] {
            if let value { members.append(.init(key, value)) }
        }
        if let retry = exit.retry { members.append(.init("retry", .string(retry.rawValue))) }
        members.append(.init("exit", self.exit(exit)))
        return .object(members)
    }

    /// The document of a file that could not be read to its end.
    ///
    /// - Parameters:
    ///   - path: The path, safe to print.
    ///   - message: The reason, a sentence that is safe to print.
    ///   - exit: How the run ended.
    package static func unreadable(path: String, message: String, exit: ExitSummary) -> JSONValue {
        .object(
            heading + [
                .init("input", .members(["path": .string(path)])), .init("error", .members(["message": .string(message)])),
                .init("exit", self.exit(exit)),
            ])
    }

    /// The beginning of every document.
    static let heading: [JSONValue.Member] = [
        .init("version", .int(1)),
        .init("tool", .members(["name": .string("preflight"), "version": .string(ToolVersion.current)])),
    ]

    static func exit(_ exit: ExitSummary) -> JSONValue {
        .members(["status": .int(exit.status), "reason": .string(exit.reason)])
    }

    private static func gate(_ refusals: [GateRefusal]) -> JSONValue {
        .members([
            "state": .string(refusals.isEmpty ? "open" : "closed"),
            "reasons": .array(GateRefusal.merged(refusals).map(reason)),
        ])
    }

    private static func reason(_ refusal: GateRefusal) -> JSONValue {
        let facts: [JSONValue.Member] =
            switch refusal {
            case .finding(let kind, let count):
                [.init("kind", .string("finding")), .init("code", .string(kind.code)), .init("count", .int(count))]
            case .predictedSkips(let rows, let allowed, let isUpperBound):
                [
                    .init("kind", .string("predicted-skips")), .init("rows", .int(isUpperBound ? rows.max : rows.min)),
                    .init("allowed", .int(allowed)),
                    .init("bound", .string(isUpperBound ? "max" : "min")),
                ]
            case .incomplete: [.init("kind", .string("incomplete"))]
            }
        return .object(facts + [.init("message", .string(refusal.message))])
    }

    private static func input(_ report: Report) -> JSONValue {
        let input = report.input
        var more: [JSONValue.Member] = []
        if let kind = input.notJudged { more.append(.init("notJudged", .string(kind))) }
        if let proposed = input.proposedEncoding { more.append(.init("proposedEncoding", .string(proposed.rawValue))) }
        return JSONValue.members([
            "path": .string(input.path),
            "compression": .string(input.compression.rawValue),
            "bytes": .int(input.bytes),
            "decompressedBytes": .int(input.decompressedBytes),
            "encoding": .string(report.encoding.rawValue),
            "bom": .bool(input.hasByteOrderMark),
            "dialect": .members([
                "delimiter": .string(character(input.dialect.delimiter)),
                "quote": .string(character(input.dialect.quote)),
                "origin": .string(input.dialect.origin.rawValue),
                "evidence": input.dialect.evidence.map(JSONValue.string) ?? .null,
            ]),
            "lineEnds": .members([
                "lf": .int(input.lineEnds.lf), "crlf": .int(input.lineEnds.crlf), "cr": .int(input.lineEnds.cr),
            ]),
        ]).adding(more)
    }

    private static func character(_ byte: UInt8) -> String {
        String(Unicode.Scalar(byte))
    }

    private static func totals(_ totals: Report.Totals) -> JSONValue {
        .members([
            "rows": .int(totals.rows),
            "columns": .int(totals.columns),
            "errors": .int(totals.errors),
            "warnings": .int(totals.warnings),
            "notes": .int(totals.notes),
        ])
    }

    /// What became of each line and each row.
    private static func account(_ report: Report, _ split: SplitSummary?) -> JSONValue {
        let (lines, rows, skipped) = (report.lineAccount, report.totals.rows, report.prediction.skippedRows)
        var members: [JSONValue.Member] = [
            .init("lines", .int(lines.total)), .init("headerLines", .int(lines.header)), .init("passedOverLines", .int(lines.passedOver)),
            .init("blankLines", .int(lines.blank)), .init("rowLines", .int(lines.ofRows)), .init("rows", .int(rows)),
            .init("loadableRows", .members(["min": .int(max(0, rows - skipped.max)), "max": .int(max(0, rows - skipped.min))])),
        ]
        if let split { members.append(.init("quarantinedRows", .int(split.split.quarantine.rows))) }
        members.append(.init("addsUp", .bool(lines.addsUp(rows: rows))))
        return .object(members)
    }

    private static func expectation(_ result: ExpectationResult) -> JSONValue {
        var more: [JSONValue.Member] = []
        if let row = result.row { more.append(.init("row", .int(row))) }
        if let suspects = result.suspects {
            let rows = JSONValue.members(["count": .int(suspects.count), "first": .array(suspects.first.map { .int($0) })])
            more.append(.init("suspectRows", rows))
        }
        if let remark = result.remark { more.append(.init("remark", .string(remark))) }
        return JSONValue.members([
            "key": .string(VisibleText(result.expectation.quantity.key).text),
            "expected": .string(result.expectation.wanted.setting),
            "found": result.found.map(JSONValue.string) ?? .null,
            "difference": result.difference.map { .string($0.text) } ?? .null,
            "holds": result.holds.map(JSONValue.bool) ?? .null,
            "origin": .string(result.expectation.origin),
        ]).adding(more)
    }

    private static func finding(_ finding: Finding) -> JSONValue {
        let shares = finding.shares.map { share in
            JSONValue.members([
                "index": .int(share.column.index), "name": .string(share.column.name.text), "count": .int(share.count),
                "rows": .int(share.rows),
            ])
        }
        return JSONValue.members([
            "code": .string(finding.code),
            "slug": .string(finding.kind.slug),
            "severity": .string(finding.severity.rawValue),
            "column": finding.column.map(column) ?? .null,
            "count": .int(finding.count),
            "rows": .int(finding.rows),
            "message": .string(message(finding)),
            "help": .string(finding.help),
            "examples": .array(finding.examples.map(example)),
        ]).adding(shares.isEmpty ? [] : [.init("columns", .array(shares))])
            .adding(finding.doubts.isEmpty ? [] : [.init("doubts", doubts(finding.doubts))])
    }

    private static func ignored(_ findings: IgnoredFindings) -> JSONValue {
        .members([
            "code": .string(findings.kind.code), "column": findings.column.map(column) ?? .null, "count": .int(findings.count),
            "rows": .int(findings.rows),
        ])
    }

    /// One entry for each set of doubts that values have together.
    static func doubts(_ counts: DoubtCounts) -> JSONValue {
        .array(
            counts.entries.map { entry in
                .members(["names": .array(entry.doubts.doubts.map { .string($0.name) }), "count": .int(entry.count)])
            })
    }

    /// The message says what was found and why the import cares; other keys say where, and what to do.
    private static func message(_ finding: Finding) -> String {
        let why = finding.kind.why
        return finding.message.isEmpty ? why : "\(finding.message). \(why)"
    }

    private static func example(_ example: Finding.Example) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("row", example.place.row.map(JSONValue.int) ?? .null),
            .init("line", .int(example.place.line)),
            .init("column", example.place.column.map(JSONValue.int) ?? .null),
            .init("byteOffset", .int(example.place.byteOffset)),
            .init("value", example.value.map { .string($0.text) } ?? .null),
        ]
        if let value = example.value, value.isCut { members.append(.init("valueBytes", .int(value.byteCount))) }
        if let reason = example.reason { members.append(.init("reason", .string(reason))) }
        if let first = example.first {
            members.append(
                .init(
                    "first",
                    .members([
                        "row": first.row.map(JSONValue.int) ?? .null, "line": .int(first.line), "byteOffset": .int(first.byteOffset),
                    ])))
        }
        return .object(members)
    }
}

extension ReportFormat {
    /// One document, also for several files.
    public static let json = ReportFormat(
        name: "json", summary: "One document: a report, or for several files all reports and a summary.",
        outcome: .document(isPretty: true), importText: { $0.document.text(isPretty: true) + "\n" }, beginning: ReportsDocument.beginning,
        entry: { ReportsDocument.entry($0.document, isFirst: $1) }, end: { ReportsDocument.end($0.json, exit: $0.exit) }
    ) { $0.document.text(isPretty: true) + "\n" }
}
