import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// Reports that other systems collect: OpenLineage, Prometheus and Dagster.
@Suite(.computing) struct PipelineReportTests {
    private static func result(_ report: Report) -> FileResult {
        let refusals = report.refusals(under: GatePolicy())
        let exit = ExitSummary(status: refusals.isEmpty ? 0 : 1, reason: "Why.")
        return .judged(FileReport(report: report, refusals: refusals, policy: GatePolicy(), style: .plain, exit: exit, showsGate: true))
    }

    private static let unreadable = FileResult.unreadable(
        path: "gone.csv", message: "cannot read gone.csv: it is not there", exit: ExitSummary(status: 2, reason: "No."))

    private static func text(_ format: ReportFormat, _ results: [FileResult]) -> String {
        var stream = format.stream(isOneFile: results.count == 1)
        let totals = RunTotals(passed: 0, blocked: 1, unreadable: 1, exit: ExitSummary(status: 2, reason: "No."))
        return stream.begin() + results.map { stream.add($0) }.joined() + stream.finish(totals)
    }

    private static func lines(_ format: ReportFormat, _ results: [FileResult]) throws -> [[String: Any]] {
        try text(format, results).split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    // MARK: OpenLineage

    @Test func aRunBeginsAndEnds() throws {
        let events = try Self.lines(.openlineage, [Self.result(SampleReports.mixed), Self.unreadable])
        #expect(events.map { $0["eventType"] as? String } == ["START", "COMPLETE", "START", "FAIL"])
        let runs = events.map { ($0["run"] as? [String: Any])?["runId"] as? String ?? "" }
        #expect(runs[0] == runs[1] && runs[2] == runs[3] && runs[0] != runs[2])
        for (event, run) in zip(events, runs) {
            #expect(UUID(uuidString: run) != nil)
            let time = try #require(event["eventTime"] as? String)
            #expect((try? Date(time, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))) != nil, "\(time)")
            for key in ["producer", "schemaURL", "job", "inputs", "outputs"] { #expect(event[key] != nil) }
        }
    }

    /// The gate, and each finding that is more than a note, with its column.
    @Test func findingsAreAssertions() throws {
        let event = try #require(try Self.lines(.openlineage, [Self.result(SampleReports.mixed)]).last)
        let input = try #require((event["inputs"] as? [[String: Any]])?.first)
        let facets = try #require(input["inputFacets"] as? [String: [String: Any]])
        let facet = try #require(facets["dataQualityAssertions"])
        #expect((facet["_schemaURL"] as? String)?.contains("DataQualityAssertionsDatasetFacet") == true && facet["_producer"] != nil)
        let assertions = try #require(facet["assertions"] as? [[String: Any]])
        #expect(assertions.first?["assertion"] as? String == "gate")
        #expect(assertions.first?["success"] as? Bool == SampleReports.mixed.refusals(under: GatePolicy()).isEmpty)
        let findings = SampleReports.mixed.findings.filter { $0.severity > .note }
        #expect(assertions.dropFirst().map { $0["assertion"] as? String } == findings.map { "\($0.code) \($0.kind.slug)" })
        for (assertion, finding) in zip(assertions.dropFirst(), findings) {
            #expect(assertion["success"] as? Bool == false)
            #expect(assertion["column"] as? String == finding.column.flatMap { $0.name.isEmpty ? nil : $0.name.text })
        }
        #expect(facets["inputStatistics"]?["rowCount"] as? Int == SampleReports.mixed.totals.rows)
    }

    // MARK: Prometheus

    /// All samples of a metric are one group, with its help and type before them.
    @Test func samplesOfAMetricAreOneGroup() {
        let text = Self.text(.prometheus, [Self.result(SampleReports.mixed), Self.result(SampleReports.clean), Self.unreadable])
        var seen: Set<String> = []
        var current = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# HELP ") {
                current = String(line.split(separator: " ")[2])
                #expect(seen.insert(current).inserted, "\(current) twice")
            } else if line.hasPrefix("# TYPE ") {
                #expect(line == "# TYPE \(current) gauge")
            } else {
                #expect(line.prefix { $0 != "{" } == current)
            }
        }
        #expect(seen.isSuperset(of: ["preflight_passed", "preflight_rows", "preflight_findings", "preflight_exit_status"]))
        #expect(text.contains("preflight_passed{file=\"gone.csv\"} 0\n"))
        #expect(text.contains("preflight_exit_status{file=\"gone.csv\"} 2\n"))
        #expect(text.hasSuffix("\n"))
    }

    @Test func namesAreEscapedOnce() {
        let result = FileResult.unreadable(path: "a\"b\\c", message: "", exit: ExitSummary(status: 2, reason: ""))
        #expect(Self.text(.prometheus, [result]).contains("{file=\"a\\\"b\\\\c\"} 0"))
    }

    @Test func anImportIsCounted() {
        guard case .judged(var file) = Self.result(SampleReports.clean) else { return }
        file.outcome = .members(["counts": .members(["inserted": .int(7), "updated": .null, "deleted": .null, "skipped": .int(2)])])
        let text = Self.text(.prometheus, [.judged(file)])
        #expect(text.contains("what=\"inserted\"} 7\n") && text.contains("what=\"skipped\"} 2\n") && !text.contains("updated"))
    }

    // MARK: Dagster

    /// A result for each of the checks that an asset declares, and one channel for the run.
    @Test(arguments: [false, true]) func resultsOfAFixedSetOfChecks(several: Bool) throws {
        let results = [Self.result(SampleReports.mixed)] + (several ? [Self.result(SampleReports.clean)] : [])
        let messages = try Self.lines(.dagster, results)
        #expect(messages.allSatisfy { $0["__dagster_pipes_version"] as? String == "0.1" })
        #expect(messages.first?["method"] as? String == "opened" && messages.last?["method"] as? String == "closed")
        let checks = messages.filter { $0["method"] as? String == "report_asset_check" }.compactMap { $0["params"] as? [String: Any] }
        #expect(checks.count == messages.count - 2)
        let names = ["gate", "structure", "values", "keys", "totals"]
        #expect(checks.map { $0["check_name"] as? String } == (several ? names + names : names))
        #expect(Set(checks.first?.keys.map(\.self) ?? []) == ["asset_key", "check_name", "passed", "severity", "metadata"])
        #expect(checks.first?["passed"] as? Bool == SampleReports.mixed.refusals(under: GatePolicy()).isEmpty)
        for check in checks {
            #expect(["WARN", "ERROR"].contains(check["severity"] as? String))
            for value in (check["metadata"] as? [String: [String: Any]] ?? [:]).values {
                #expect(Set(value.keys) == ["raw_value", "type"])
            }
        }
    }

    @Test(arguments: [("exports/ledger-2026.csv.gz", "ledger_2026"), ("-", "stdin"), (".csv", "file"), ("Übersicht 1.csv", "_bersicht_1")])
    func assetsAreNamedLikeFiles(path: String, key: String) throws {
        let result = FileResult.unreadable(path: path, message: "", exit: ExitSummary(status: 2, reason: ""))
        let message = try #require(try Self.lines(.dagster, [result]).dropFirst().first)
        #expect((message["params"] as? [String: Any])?["asset_key"] as? String == key)
    }
}
