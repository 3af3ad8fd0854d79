import ImportProfiles
import Preflight
import SafeText

/// The Static Analysis Results Interchange Format, version 2.1.0 (OASIS), which GitHub, Azure DevOps and editors read.
///
/// One result for each finding: its first place is the location, further examples are related locations, and `occurrenceCount` is exact.
enum SARIFReport {
    static let beginning: String = {
        let driver = JSONValue.members([
            "name": .string("preflight"), "version": .string(ToolVersion.current), "semanticVersion": .string(ToolVersion.current),
            "rules": .array(FindingKind.all.map(rule) + [unreadableRule]),
        ])
        let tool = JSONValue.members(["driver": driver]).text(isPretty: true, indentation: 6)
        return """
            {
              "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
              "version": "2.1.0",
              "runs": [
                {
                  "tool": \(tool),
                  "columnKind": "unicodeCodePoints",
                  "results": [
            """
    }()

    static let end = "\n      ]\n    }\n  ]\n}\n"

    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        let results: [JSONValue] =
            switch result {
            case .judged(let file):
                zip(file.report.findings, ReportWords.fingerprints(file.report)).map { self.result($0, fingerprint: $1, file.report) }
            case .unreadable(let path, let message, _): [unreadable(path, message)]
            }
        var text = ""
        for result in results {
            text += (progress.isFirst ? "\n        " : ",\n        ") + result.text(isPretty: true, indentation: 8)
            progress.isFirst = false
        }
        return text
    }

    private static func rule(_ kind: FindingKind) -> JSONValue {
        .members([
            "id": .string(kind.code), "name": .string(kind.slug),
            "shortDescription": message(kind.title), "fullDescription": message(kind.why), "help": message(kind.help),
            "defaultConfiguration": .members(["level": .string(kind.severity.rawValue)]),
        ])
    }

    private static let unreadableRule = JSONValue.members([
        "id": .string("unreadable-file"), "shortDescription": message("The file cannot be read"),
        "defaultConfiguration": .members(["level": .string("error")]),
    ])

    private static func unreadable(_ path: String, _ text: String) -> JSONValue {
        .members([
            "ruleId": .string("unreadable-file"), "ruleIndex": .int(FindingKind.all.count), "level": .string("error"),
            "message": message(text),
            "locations": .array([.members(["physicalLocation": artifact(path)])]),
            "partialFingerprints": .members(["findingIdentity/v1": .string(ReportWords.fingerprint([path, "unreadable-file"]))]),
        ])
    }

    private static func result(_ finding: Finding, fingerprint: String, _ report: Report) -> JSONValue {
        let path = report.input.path
        let help = finding.help.isEmpty ? "" : " What to do: \(finding.help)"
        var members: [JSONValue.Member] = [
            .init("ruleId", .string(finding.code)),
            .init("ruleIndex", FindingKind.all.firstIndex(of: finding.kind).map(JSONValue.int) ?? .int(-1)),
            .init("level", .string(finding.severity.rawValue)),
            .init("message", message("\(ReportWords.statement(finding, report)). \(finding.kind.why)\(help)")),
            .init("locations", .array([location(finding.examples.first, of: finding, path: path)])),
        ]
        let others = finding.examples.dropFirst()
        if !others.isEmpty {
            members.append(
                .init(
                    "relatedLocations",
                    .array(
                        others.enumerated().map { number, example in
                            .members([
                                "id": .int(number + 1), "physicalLocation": artifact(path, example),
                                "message": message(ReportWords.example(example)),
                            ])
                        })))
        }
        members += [
            .init("occurrenceCount", .int(max(1, finding.count))),
            .init("partialFingerprints", .members(["findingIdentity/v1": .string(fingerprint)])),
            .init(
                "properties", .members(["rows": .int(finding.rows), "predicts": finding.predicts.map { .string($0.rawValue) } ?? .null])),
        ]
        return .object(members)
    }

    private static func location(_ example: Finding.Example?, of finding: Finding, path: String) -> JSONValue {
        let column = finding.column.map { column in
            JSONValue.Member(
                "logicalLocations",
                .array([
                    .members([
                        "name": .string(column.name.isEmpty ? "column \(column.index)" : column.name.text), "index": .int(-1),
                        "kind": .string("column"),
                    ])
                ]))
        }
        return JSONValue.members(["physicalLocation": artifact(path, example)]).adding(column.map { [$0] } ?? [])
    }

    private static func artifact(_ path: String, _ example: Finding.Example? = nil) -> JSONValue {
        let location = JSONValue.members(["artifactLocation": .members(["uri": .string(ReportWords.uri(path))])])
        guard let example else { return location }
        var region: [JSONValue.Member] = [.init("startLine", .int(example.place.line))]
        if let column = example.excerpt?.characterColumn { region.append(.init("startColumn", .int(column))) }
        region.append(.init("byteOffset", .int(example.place.byteOffset)))
        if let value = example.value { region.append(.init("byteLength", .int(value.byteCount))) }
        return location.adding([.init("region", .object(region))])
    }

    private static func message(_ text: String) -> JSONValue { .members(["text": .string(text)]) }
}

extension ReportFormat {
    /// The interchange format of static analysis.
    package static let sarif = ReportFormat(
        name: "sarif", summary: "SARIF 2.1.0: one result for each finding, for GitHub code scanning, Azure DevOps and editors.",
        beginning: SARIFReport.beginning, end: SARIFReport.end, entry: SARIFReport.entry)
}
