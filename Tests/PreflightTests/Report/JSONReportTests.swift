import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

@Suite(.computing) struct JSONReportTests {
    private let exit = ExitSummary(status: 0, reason: "All judged files pass the gate.")

    @Test func cleanFileInFull() {
        var report = SampleReports.clean
        report.lineAccount = LineAccount(total: 336_778, header: 1)
        #expect(
            JSONReport.document(report, exit: exit).text(isPretty: true) == """
                {
                  "version": 1,
                  "tool": {
                    "name": "preflight",
                    "version": "\(ToolVersion.current)"
                  },
                  "input": {
                    "path": "orders.csv",
                    "compression": "none",
                    "bytes": 31099999,
                    "decompressedBytes": 31099999,
                    "encoding": "utf-8",
                    "bom": false,
                    "dialect": {
                      "delimiter": ",",
                      "quote": "\\"",
                      "origin": "profile",
                      "evidence": null
                    },
                    "lineEnds": {
                      "lf": 336778,
                      "crlf": 0,
                      "cr": 0
                    }
                  },
                  "totals": {
                    "rows": 336777,
                    "columns": 19,
                    "errors": 0,
                    "warnings": 0,
                    "notes": 0
                  },
                  "complete": true,
                  "findings": [],
                  "prediction": {
                    "basis": "profile",
                    "parsingErrorCells": {
                      "min": 0,
                      "max": 0
                    },
                    "skippedRows": {
                      "min": 0,
                      "max": 0
                    },
                    "detailedReport": {
                      "blockType": null,
                      "summary": {
                        "insertedCount": null,
                        "updatedCount": null,
                        "deletedCount": null,
                        "skippedCount": 0
                      },
                      "impactedBlocks": [
                        {
                          "blockId": null,
                          "scenarioId": null,
                          "insertedCount": null,
                          "updatedCount": null,
                          "deletedCount": null,
                          "skippedData": []
                        }
                      ],
                      "autoCreatedDimensionModalities": []
                    },
                    "evidence": []
                  },
                  "account": {
                    "lines": 336778,
                    "headerLines": 1,
                    "passedOverLines": 0,
                    "blankLines": 0,
                    "rowLines": 336777,
                    "rows": 336777,
                    "loadableRows": {
                      "min": 336777,
                      "max": 336777
                    },
                    "addsUp": true
                  },
                  "exit": {
                    "status": 0,
                    "reason": "All judged files pass the gate."
                  }
                }
                """)
    }

    @Test func findingsOfTheMixedFile() {
        let expected = [
            #"{"code":"PF102","slug":"byte-order-mark","severity":"note","column":null,"count":1,"rows":0,"#
                + #""message":"File starts with a UTF-8 byte order mark. \#(why(.byteOrderMark))","help":"Nothing to do.","examples":[]}"#,
            #"{"code":"PF205","slug":"too-many-fields","severity":"error","column":null,"count":1,"rows":1,"#
                + #""message":"1 row has too many fields (4 instead of 3). \#(why(.tooManyFields))","help":"Quote fields that hold the delimiter.","#
                + #""examples":[{"row":5,"line":7,"column":4,"byteOffset":120,"value":null}]}"#,
            #"{"code":"PF401","slug":"not-a-number","severity":"error","column":{"index":3,"name":"Amount"},"count":3,"rows":3,"#
                + #""message":"3 values cannot be read as numbers (exponent; no number). \#(why(.notANumber))","help":"Compare the separators with \"number:\" in the profile.","#
                + #""examples":[{"row":1,"line":2,"column":3,"byteOffset":40,"value":"n/a"},"#
                + #"{"row":336777,"line":336780,"column":3,"byteOffset":8999000,"value":"xxxx…","valueBytes":2048}]}"#,
            #"{"code":"PF411","slug":"doubtful-number","severity":"warning","column":{"index":3,"name":"Amount"},"count":9,"rows":8,"#
                + #""message":"9 values in 8 rows may be rejected as numbers (exponent). \#(why(.doubtfulNumber))","help":"","#
                + #""examples":[{"row":2,"line":3,"column":3,"byteOffset":52,"value":"1e5"}]}"#,
        ]
        let document = JSONReport.document(SampleReports.mixed, exit: exit)
        #expect(document["findings"]?.text(isPretty: false) == "[" + expected.joined(separator: ",") + "]")
    }

    @Test func messageWithoutAFactIsTheReason() {
        var report = SampleReports.clean
        report.findings = [
            Finding(kind: .emptyFile, severity: .error, column: nil, count: 1, rows: 0, message: "", help: "", examples: [])
        ]
        let findings = JSONReport.document(report, exit: exit)["findings"]?.text(isPretty: false)
        #expect(findings?.contains(#""message":"The file has neither a header nor rows. An import"#) == true)
    }

    private func why(_ kind: FindingKind) -> String {
        kind.why
    }

    @Test func predictionInTheServersShapeHasUpperBounds() {
        let document = JSONReport.document(SampleReports.mixed, exit: exit)
        #expect(
            document["prediction"]?.text(isPretty: false)
                == #"{"basis":"profile","parsingErrorCells":{"min":3,"max":12},"skippedRows":{"min":3,"max":11},"detailedReport":"#
                + #"{"blockType":null,"summary":{"insertedCount":null,"updatedCount":null,"deletedCount":null,"skippedCount":11},"#
                + #""impactedBlocks":[{"blockId":null,"scenarioId":null,"insertedCount":null,"updatedCount":null,"deletedCount":null,"#
                + #""skippedData":[{"count":12,"reason":"ParsingError","sourceColumnName":"Amount","samples":["n/a","1e5"]}]}],"#
                + #""autoCreatedDimensionModalities":[]},"evidence":[]}"#)
    }

    /// Without a profile: what each column holds, format by format.
    @Test func evidence() throws {
        var run = CheckRun(options: CheckOptions(samples: 1))
        run.feed(Array("a;b\n$5;x\n$1,234;\n".utf8).span)
        let document = JSONReport.document(run.finish(path: "e.csv"), exit: ExitSummary(status: 0, reason: "yes"))
        let point = #""decimal-point","#
        let comma = #""decimal-comma","grouped-by-comma","grouped-by-point","grouped-by-space-decimal-comma""#
        #expect(
            document["prediction"]?["evidence"]?.text(isPretty: false)
                == #"[{"column":{"index":1,"name":"a"},"type":"number (currency prefix; , for decimals or for thousands)","formats":["#
                + #"{"names":["integer","# + point + comma
                + #","grouped-by-space-decimal-point","grouped-by-apostrophe","currency-prefix"],"count":1,"line":2,"value":"$5"},"#
                + #"{"names":["# + comma + #","currency-prefix"],"count":1,"line":3,"value":"$1,234"}]},"#
                + #"{"column":{"index":2,"name":"b"},"type":null,"formats":[{"names":["text"],"count":1,"line":2,"value":"x"},"#
                + #"{"names":["empty"],"count":1,"line":3,"value":""}]}]"#)
    }

    @Test func cutGzipFromStandardInput() {
        let document = JSONReport.document(SampleReports.cut, exit: ExitSummary(status: 1, reason: "no"))
        #expect(document["complete"] == .bool(false))
        #expect(
            document["input"]?.text(isPretty: false)
                == #"{"path":"-","compression":"gzip","bytes":31,"decompressedBytes":20,"encoding":"utf-8","bom":false,"#
                + #""dialect":{"delimiter":",","quote":"'","origin":"flag","evidence":null},"lineEnds":{"lf":3,"crlf":0,"cr":0}}"#)
        let examples = document["findings"]?.text(isPretty: false)
        #expect(examples?.hasSuffix(#""examples":[{"row":null,"line":4,"column":null,"byteOffset":20,"value":null}]}]"#) == true)
        #expect(document["exit"]?.text(isPretty: false) == #"{"status":1,"reason":"no"}"#)
    }

    @Test func columnWithoutNameIsNullInTheServersShape() throws {
        let text = JSONReport.document(SampleReports.inferred, exit: exit).text(isPretty: false)
        #expect(text.contains(#""column":{"index":2,"name":""}"#))
        #expect(text.contains(#""sourceColumnName":null"#))
        #expect(text.contains(#""delimiter":"\t""#))
        #expect(text.contains(#""basis":"inferred""#))
    }

    @Test func utf16IsNamed() {
        var report = SampleReports.clean
        report.input.encoding = .utf16
        #expect(JSONReport.document(report, exit: exit)["input"]?["encoding"] == .string("utf-16"))
    }

    @Test func membersOfAPushStandBeforeTheExit() {
        let document = JSONReport.document(
            SampleReports.clean, refusals: [], push: .members(["bytes": .int(1)]), outcome: .members([:]), reconciliation: .array([]),
            exit: ExitSummary(status: 5, reason: "no", retry: .safe))
        guard case .object(let members) = document else {
            Issue.record("no object")
            return
        }
        #expect(
            members.map(\.key) == [
                "version", "tool", "input", "totals", "complete", "findings", "prediction", "account", "gate", "push", "outcome",
                "reconciliation", "retry", "exit",
            ])
    }

    @Test func linesFormatIsTheSameDocumentOnOneLine() {
        func render(_ format: ReportFormat) -> String {
            format.render(SampleReports.mixed, refusals: [], policy: GatePolicy(), style: .plain, exit: exit)
        }
        let document = JSONReport.document(SampleReports.mixed, exit: exit)
        #expect(render(.jsonl) == document.text(isPretty: false) + "\n")
        #expect(render(.jsonl).filter { $0 == "\n" }.count == 1)
        #expect(render(.json) == document.text(isPretty: true) + "\n")
    }
}
