import ImportProfiles
import Preflight
import SafeText

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Events of OpenLineage, one a line as its file transport writes them: the run of the check begins and ends, and its input has the facet of data
/// quality assertions.
///
/// Schemas: `OpenLineage.json` 2-0-2 and `DataQualityAssertionsDatasetFacet.json` 1-0-1.
enum OpenLineageReport {
    private static let schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
    private static let facets = "https://openlineage.io/spec/facets/"

    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        progress.isFirst = false
        let run = UUID().uuidString.lowercased()
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        switch result {
        case .judged(let file):
            let path = file.report.input.path
            let start = event("START", run, time, input: dataset(path, facets: []))
            let facets = [statistics(file.report), assertions(file)]
            return start + event("COMPLETE", run, time, input: dataset(path, facets: facets))
        case .unreadable(let path, let message, _):
            let start = event("START", run, time, input: dataset(path, facets: []))
            let assertion = JSONValue.members([
                "assertion": .string("readable"), "success": .bool(false),
            ])
            let failure = facet(
                "errorMessage", "1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet",
                [
                    .init("message", .string(message)), .init("programmingLanguage", .string("Swift")),
                ])
            return start + event("FAIL", run, time, input: dataset(path, facets: [list([assertion])]), runFacets: [failure])
        }
    }

    private static func event(
        _ type: String, _ run: String, _ time: String, input: JSONValue, runFacets: [JSONValue.Member] = []
    ) -> String {
        var members: [JSONValue.Member] = [.init("runId", .string(run))]
        if !runFacets.isEmpty { members.append(.init("facets", .object(runFacets))) }
        let event = JSONValue.members([
            "eventType": .string(type), "eventTime": .string(time), "run": .object(members),
            "job": .members(["namespace": .string("preflight"), "name": .string("check")]), "inputs": .array([input]),
            "outputs": .array([]),
            "producer": .string(producer), "schemaURL": .string(schema),
        ])
        return event.text(isPretty: false) + "\n"
    }

    /// A URI that names the program and its version.
    private static var producer: String { "urn:csv-preflight:\(ToolVersion.current)" }

    private static func dataset(_ path: String, facets: [JSONValue.Member]) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("namespace", .string("file")), .init("name", .string(path == "-" ? "stdin" : path)),
        ]
        if !facets.isEmpty { members.append(.init("inputFacets", .object(facets))) }
        return .object(members)
    }

    private static func facet(_ name: String, _ schema: String, _ members: [JSONValue.Member]) -> JSONValue.Member {
        let base: [JSONValue.Member] = [.init("_producer", .string(producer)), .init("_schemaURL", .string(facets + schema))]
        return .init(name, .object(base + members))
    }

    private static func list(_ assertions: [JSONValue]) -> JSONValue.Member {
        facet(
            "dataQualityAssertions", "1-0-1/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet",
            [.init("assertions", .array(assertions))])
    }

    private static func statistics(_ report: Report) -> JSONValue.Member {
        facet(
            "inputStatistics", "1-0-0/InputStatisticsInputDatasetFacet.json#/$defs/InputStatisticsInputDatasetFacet",
            [.init("rowCount", .int(report.totals.rows)), .init("size", .int(report.input.bytes)), .init("fileCount", .int(1))])
    }

    /// The gate, each control total, and each finding that is more than a note.
    private static func assertions(_ file: FileReport) -> JSONValue.Member {
        var assertions = [assertion("gate", holds: file.refusals.isEmpty, column: nil)]
        for result in file.report.expectations {
            if let holds = result.holds { assertions.append(assertion(result.expectation.quantity.key, holds: holds, column: nil)) }
        }
        for finding in file.report.findings where finding.severity > .note {
            assertions.append(assertion("\(finding.code) \(finding.kind.slug)", holds: false, column: finding.column))
        }
        return list(assertions)
    }

    private static func assertion(_ name: String, holds: Bool, column: ColumnReference?) -> JSONValue {
        var members: [JSONValue.Member] = [.init("assertion", .string(name)), .init("success", .bool(holds))]
        if let column, !column.name.isEmpty { members.append(.init("column", .string(column.name.text))) }
        return .object(members)
    }
}

extension ReportFormat {
    /// Events of OpenLineage.
    package static let openlineage = ReportFormat(
        name: "openlineage",
        summary: "Events of OpenLineage, one a line: the gate, control totals and findings as data quality assertions.",
        entry: OpenLineageReport.entry)
}
