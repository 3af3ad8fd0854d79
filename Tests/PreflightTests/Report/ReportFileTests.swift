import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// The formats of `--report`: each is what its readers expect, whatever the file holds.
@Suite(.computing) struct ReportFileTests {
    private static let policy = GatePolicy()

    private static func result(_ report: Report, policy: GatePolicy = Self.policy) -> FileResult {
        let refusals = report.refusals(under: policy)
        let exit = ExitSummary(status: refusals.isEmpty ? 0 : 1, reason: "Why.")
        return .judged(FileReport(report: report, refusals: refusals, policy: policy, style: .plain, exit: exit, showsGate: true))
    }

    private static let unreadable = FileResult.unreadable(
        path: "gone.csv", message: "cannot read gone.csv: it is not there", exit: ExitSummary(status: 2, reason: "No."))

    /// Several files as one run writes them.
    private static func text(_ format: ReportFormat, _ results: [FileResult]) -> String {
        var stream = format.stream(isOneFile: results.count == 1)
        let exit = ExitSummary(status: 2, reason: "No.")
        return stream.begin() + results.map { stream.add($0) }.joined()
            + stream.finish(RunTotals(passed: 0, blocked: 1, unreadable: 1, exit: exit))
    }

    private static func json(_ format: ReportFormat, _ results: [FileResult]) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text(format, results).utf8))
    }

    // MARK: SARIF

    private static func results(_ results: [FileResult]) throws -> (rules: [[String: Any]], results: [[String: Any]]) {
        let document = try #require(try json(.sarif, results) as? [String: Any])
        #expect(document["version"] as? String == "2.1.0")
        let run = try #require((document["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        return (try #require(driver["rules"] as? [[String: Any]]), try #require(run["results"] as? [[String: Any]]))
    }

    @Test func sarifHasAResultForEachFinding() throws {
        let (rules, results) = try Self.results([Self.result(SampleReports.mixed)])
        #expect(results.map { $0["ruleId"] as? String } == SampleReports.mixed.findings.map(\.code))
        for (result, finding) in zip(results, SampleReports.mixed.findings) {
            let rule = rules[try #require(result["ruleIndex"] as? Int)]
            #expect(rule["id"] as? String == finding.code)
            #expect(result["level"] as? String == finding.severity.rawValue)
            #expect(result["occurrenceCount"] as? Int == finding.count)
            let location = try #require((result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
            #expect((location["artifactLocation"] as? [String: Any])?["uri"] as? String == "export.csv")
            let region = location["region"] as? [String: Any]
            #expect(region?["startLine"] as? Int == finding.examples.first?.place.line)
            #expect(region?["byteOffset"] as? Int == finding.examples.first?.place.byteOffset)
            #expect((result["relatedLocations"] as? [Any])?.count ?? 0 == max(0, finding.examples.count - 1))
        }
    }

    @Test func sarifOfSeveralFiles() throws {
        let (rules, results) = try Self.results([Self.result(SampleReports.clean), Self.unreadable, Self.result(SampleReports.mixed)])
        #expect(results.count == 1 + SampleReports.mixed.findings.count)
        #expect(rules[try #require(results[0]["ruleIndex"] as? Int)]["id"] as? String == "unreadable-file")
        #expect(try Self.results([Self.result(SampleReports.clean)]).results.isEmpty)
    }

    /// A fingerprint is that of the finding, not of its places, and no two are equal.
    @Test(arguments: [ReportFormat.sarif, .gitlab]) func fingerprintsStay(format: ReportFormat) throws {
        func fingerprints(_ report: Report) throws -> [String] {
            if format == .gitlab {
                return try #require(try Self.json(.gitlab, [Self.result(report)]) as? [[String: Any]]).compactMap {
                    $0["fingerprint"] as? String
                }
            }
            return try Self.results([Self.result(report)]).results.compactMap {
                ($0["partialFingerprints"] as? [String: String])?.values.first
            }
        }
        var moved = SampleReports.mixed
        moved.findings.append(moved.findings[2])
        let before = try fingerprints(moved)
        for index in moved.findings.indices {
            moved.findings[index].count += 7
            for example in moved.findings[index].examples.indices { moved.findings[index].examples[example].place.line += 3 }
        }
        #expect(try fingerprints(moved) == before)
        #expect(Set(before).count == moved.findings.count)
    }

    // MARK: CI services

    @Test func gitlabHasAnIssueForEachFinding() throws {
        let issues = try #require(try Self.json(.gitlab, [Self.result(SampleReports.mixed), Self.unreadable]) as? [[String: Any]])
        #expect(issues.map { $0["severity"] as? String } == ["info", "critical", "critical", "minor", "blocker"])
        let locations = issues.map { $0["location"] as? [String: Any] }
        #expect(locations.map { $0?["path"] as? String } == Array(repeating: "export.csv", count: 4) + ["gone.csv"])
        #expect(locations.allSatisfy { ($0?["lines"] as? [String: Int])?["begin"] ?? 0 >= 1 })
        #expect((try Self.json(.gitlab, [Self.result(SampleReports.clean)]) as? [Any])?.isEmpty == true)
    }

    @Test func junitFailsWhereTheGateDoes() {
        let text = Self.text(.junit, [Self.result(SampleReports.mixed)])
        // The gate, too many fields, and both findings about numbers.
        #expect(text.contains("<testsuite name=\"export.csv\" tests=\"5\" failures=\"4\" errors=\"0\" skipped=\"0\">"))
        var lenient = GatePolicy()
        lenient.countsUncertain = false
        let other = Self.text(.junit, [Self.result(SampleReports.mixed, policy: lenient)])
        #expect(other.contains("tests=\"5\" failures=\"3\""))
        #expect(Self.text(.junit, [Self.result(SampleReports.clean)]).contains("tests=\"1\" failures=\"0\""))
        #expect(Self.text(.junit, [Self.unreadable]).contains("tests=\"1\" failures=\"0\" errors=\"1\""))
    }

    @Test func githubHasAtMostTenAnnotationsOfASeverity() {
        var report = SampleReports.wide(columns: 40)
        for index in report.findings.indices { report.findings[index].help = "Fix \(index)" }
        let lines = Self.text(.github, [Self.result(report), Self.result(report)]).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("::error ") } == 10)
        #expect(lines.contains { $0.contains("31 more findings") })
        #expect(lines[0].hasPrefix("::error file=orders.csv,line=5,title=PF404 not-a-boolean::column 1 \"c1\": 2 values are neither"))
    }

    /// Nothing in a value ends a command, a property, a cell, a code span or an element.
    @Test(arguments: [
        "%0A::error::x", "a,b:c=d", "::stop-commands::x", "|a|`b`", "```", "<script>alert(1)</script>", "</pre></main>",
        "\"\u{301} onmouseover=\"alert(1)", "<\u{338}img src=x onerror=alert(1)>", "&lt;&amp;", "]]>", "<!--", "{{verdict}}", "@everyone",
    ])
    func markupInValues(value: String) throws {
        let result = Self.result(SampleReports.hostile(value))
        let github = Self.text(.github, [result]).split(separator: "\n")
        for line in github where line.hasPrefix("::") {
            let parts = line.dropFirst(2).split(separator: "::", maxSplits: 1)
            #expect(try #require(parts.first).split(separator: ",").dropFirst().allSatisfy { $0.contains("=") }, "\(line)")
        }
        for format in [ReportFormat.html, .junit] {
            let text = Self.text(format, [result])
            let own = Self.text(format, [Self.result(SampleReports.hostile("x"))])
            // The elements are those of any other value.
            func tags(_ text: String) -> [String] {
                text.unicodeScalars.split(separator: "<").dropFirst().map { String($0.prefix { $0 != ">" && $0 != " " }) }
            }
            #expect(tags(text) == tags(own), "\(format)")
            let quotes = text.unicodeScalars.filter { $0 == "\"" }.count
            #expect(quotes == own.unicodeScalars.filter { $0 == "\"" }.count, "\(format)")
        }
        // In a code span nothing is markup.
        let markdown = Self.text(.markdown, [result]).replacing(#/`+[^`].*?`+/#, with: "")
        #expect(!markdown.contains("<script") && !markdown.contains(" @everyone"))
    }

    // MARK: HTML

    @Test func htmlStaysSmall() {
        var report = SampleReports.wide(columns: 20_000)
        let long = VisibleText(String(repeating: "\u{e0041}", count: 5000))
        for index in report.findings.indices {
            report.findings[index].help = "Fix \(index)"
            report.findings[index].examples = Array(repeating: report.findings[index].examples[0], count: 5)
            for example in 0..<5 { report.findings[index].examples[example].value = long }
        }
        report.prediction.columns = report.findings.map {
            .init(
                column: $0.column ?? ColumnReference(index: 1, name: ""), reason: .parsingError, cells: Bounds(min: 2, max: 2),
                samples: [long.text, long.text, long.text])
        }
        let text = Self.text(.html, [Self.result(report)])
        #expect(text.utf8.count <= HTMLReport.mostBytes)
        #expect(text.contains("more findings: the JSON report has all."))
        #expect(text.contains("more columns: see the JSON report and <code>preflight columns</code>."))
    }

    /// 500 columns, each with every kind of finding, names of all sorts, and every kind everywhere in the file.
    @Test(arguments: [false, true]) func htmlStaysSmallWithEverything(isEven: Bool) {
        let names = ["<script>x</script>", "\"\u{301} onload=\"x", "\u{202e}abc", String(repeating: "'", count: 500), "{{{style}}}"]
        var report = SampleReports.wide(columns: 500)
        var findings: [Finding] = []
        var map = PositionMap()
        for kind in FindingKind.all {
            for column in 1...500 {
                var finding = report.findings[column - 1]
                (finding.kind, finding.severity, finding.help) = (kind, kind.severity, "'\(column)")
                finding.column = ColumnReference(index: column, name: ColumnName(names[column % 5]))
                finding.examples[0].value = VisibleText(names[column % 5] + "\(column)")
                findings.append(finding)
            }
            for cell in 0..<1_000 where isEven || cell % 3 != 1 {
                for part in 0...(cell % 4) {
                    map.record(kind, kind.severity, at: cell * 1_000_000 + part, row: cell * 7 + part, line: cell * 9 + part)
                }
            }
        }
        report.findings = findings
        report.input.columnNames = findings.prefix(500).compactMap(\.column?.name)
        report.input.decompressedBytes = 1_000_000_000
        report.positions = map.fitted(to: 1_000_000_000)
        report.prediction.columns = findings.prefix(500).map {
            .init(column: $0.column!, reason: .parsingError, cells: Bounds(min: 2, max: 2), samples: names)
        }
        let text = Self.text(.html, [Self.result(report)])
        #expect(text.utf8.count <= HTMLReport.mostBytes)
        // All kinds are drawn.
        for kind in FindingKind.all { #expect(text.contains(">\(kind.code)</span> ")) }
        #expect(text.components(separatedBy: "<rect ").count > FindingKind.all.count)
    }

    /// Cells, their rows and their lines, at their places.
    @Test func htmlDrawsPositions() throws {
        var report = SampleReports.mixed
        report.input.decompressedBytes = 2_000
        var map = PositionMap()
        map.record(.notANumber, .error, at: 6, row: 2, line: 3)
        map.record(.notANumber, .error, at: 7, row: 3, line: 4)
        map.record(.notANumber, .error, at: 1_990, row: 400, line: 410)
        map.record(.tooManyFields, .error, at: 1_990, row: 400, line: 410)
        report.positions = map.fitted(to: 2_000)
        let text = Self.text(.html, [Self.result(report)])
        #expect(text.contains("<title>lines 3 to 4, rows 2 to 3: 2 rows</title>"))
        #expect(text.contains("x=\"3\" y=\"0\" width=\"1\" height=\"10\"><title>lines 3 to 4, rows 2 to 3: 2 rows"))
        #expect(text.contains("x=\"995\" y=\"3\" width=\"1\" height=\"7\"><title>line 410, row 400: 1 row"))
        #expect(text.contains("<title>line 410, row 400: PF205 and 1 other kind</title>"))
        #expect(text.contains("3 rows, lines 3 to 410, rows 2 to 400"))
        #expect(text.contains("All 2,000 bytes, from the first to the last, in 1,000 cells of 2 bytes."))
        report.input.compression = .gzip
        #expect(Self.text(.html, [Self.result(report)]).contains("2,000 bytes of the decompressed content"))
        // Without a finding there is no strip.
        report.positions = PositionMap()
        #expect(!Self.text(.html, [Self.result(report)]).contains("Where in the file"))
    }

    /// What the server sampled is found among the places of the report.
    @Test func htmlAfterAnImport() throws {
        let outcome = JSONValue.members([
            "skipped": .array([
                .members(["column": .string("Amount"), "samples": .array([.string("n/a"), .string("<b>gone</b>")])])
            ])
        ])
        let entry = JSONValue.members([
            "column": .string("Amount"), "reason": .string("ParsingError"), "predicted": .members(["min": .int(3), "max": .int(12)]),
            "reported": .int(4), "verdict": .string("as-predicted"),
        ])
        let file = FileReport(
            report: SampleReports.mixed, refusals: [], policy: Self.policy, style: .plain, exit: ExitSummary(status: 0, reason: "Done."),
            outcome: outcome, reconciliation: .array([entry]))
        let text = Self.text(.html, [.judged(file)])
        let example = try #require(SampleReports.mixed.findings.flatMap(\.examples).first { $0.value?.text == "n/a" })
        #expect(text.contains("<code>n/a</code> <span class=\"place\">first at line \(example.place.line),"))
        #expect(text.contains("<code>&lt;b&gt;gone&lt;/b&gt;</code> <span class=\"place\">not among the first places"))
        #expect(text.contains("<td class=\"number\">3 to 12</td><td class=\"number\">4</td><td>as-predicted</td>"))
    }

    @Test func htmlLoadsNothing() throws {
        for report in [SampleReports.clean, SampleReports.mixed, SampleReports.advised, SampleReports.cut, SampleReports.inferred] {
            let text = Self.text(.html, [Self.result(report)])
            #expect(!text.contains("://") && !text.contains("url(") && !text.contains("@import") && !text.contains(" src="))
            #expect(text.contains("Content-Security-Policy") && text.contains("<script>\(HTMLStyle.script)</script>"))
            #expect(!text.contains("{{") && text.hasSuffix("</html>\n"))
        }
    }

    @Test func htmlShowsAdviceAndMarksTheFault() {
        let text = Self.text(.html, [Self.result(SampleReports.advised)])
        #expect(text.contains("decimal &quot;,&quot; and group &quot;.&quot;: 48,210 \u{2192} 3"))
        #expect(text.contains("- {name: Amount, type: number, number: {decimal: &quot;,&quot;, group: &quot;.&quot;}}</pre>"))
        #expect(text.contains("48,207 of 48,210 have column 1 &quot;Entity&quot; = &quot;FR03&quot; (about 4% of all rows)"))
        #expect(text.contains("<mark>"))
    }
}
