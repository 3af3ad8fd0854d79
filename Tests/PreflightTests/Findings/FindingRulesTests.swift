import ImportProfiles
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import PreflightReports

/// Rules decide which findings count; what they leave out is still counted.
@Suite struct FindingRulesTests {
    private static let columns = "columns: [{name: a, type: text}, {name: n, type: number}]"
    private static let file = Array("a,n\nx,1\n\ny,bad\nz,5-\nw\n".utf8)

    private func report(_ rules: String, select: [String]? = nil) throws -> Report {
        var options = CheckOptions(profile: try Profile(yaml: "version: 1\n\(Self.columns)\n\(rules)"))
        if let select {
            var chosen = FindingRules()
            chosen.selected = select
            options.findingRules = chosen
        }
        return PreflightTests.report(on: Self.file, options: options)
    }

    /// What is found without a rule: PF204, PF206, PF401, PF411.
    @Test(
        arguments: [
            ("", ["PF204 error", "PF206 warning", "PF401 error", "PF411 warning"], [], 1, 2),
            ("rules: {PF206: ignore}", ["PF204 error", "PF401 error", "PF411 warning"], ["PF206"], 1, 2),
            ("rules: {PF2: ignore, PF206: note}", ["PF206 note", "PF401 error", "PF411 warning"], ["PF204"], 1, 2),
            ("rules: {PF206: note, PF2: ignore}", ["PF206 note", "PF401 error", "PF411 warning"], ["PF204"], 1, 2),
            // What is ignored is not predicted to be skipped either.
            ("rules: {PF411: ignore}", ["PF204 error", "PF206 warning", "PF401 error"], ["PF411"], 1, 1),
            ("rules: {PF4: ignore}", ["PF204 error", "PF206 warning"], ["PF401", "PF411"], 0, 0),
            ("rules: {PF411: error, PF204: warning}", ["PF204 warning", "PF206 warning", "PF401 error", "PF411 error"], [], 1, 2),
        ] as [(String, [String], [String], Int, Int)])
    func rules(rules: String, findings: [String], ignored: [String], least: Int, most: Int) throws {
        let report = try report(rules)
        #expect(report.findings.map { "\($0.code) \($0.severity.rawValue)" } == findings)
        #expect(report.ignored.map(\.kind.code) == ignored)
        #expect(report.prediction.skippedRows == Bounds(min: least, max: most))
        #expect(report.totals.errors == findings.count { $0.hasSuffix("error") })
    }

    @Test func selection() throws {
        let report = try report("", select: ["PF20"])
        #expect(report.findings.map(\.code) == ["PF204", "PF206"])
        #expect(report.ignored.map(\.kind.code) == ["PF401", "PF411"])
        #expect(report.prediction.skippedRows == .zero)
    }

    /// An ignored finding does not block; one that is made an error does, whatever may be skipped.
    @Test func gate() throws {
        let lenient = GatePolicy(maxSkipped: .rows(10))
        #expect(try report("rules: {PF204: ignore}").refusals(under: lenient).isEmpty)
        #expect(try !report("").refusals(under: lenient).isEmpty)
        #expect(try !report("rules: {PF204: ignore, PF411: error}").refusals(under: lenient).isEmpty)
        #expect(try report("rules: {PF204: note}").refusals(under: GatePolicy(failOn: .warning, maxSkipped: .rows(10))).count == 1)
    }

    /// Damage is reported whatever is ignored.
    @Test func guardingCodesStay() {
        var rules = FindingRules()
        rules.entries = [FindingRules.Entry("PF0", .ignore)]
        rules.selected = ["PF4"]
        for code in FindingKind.guardingCodes {
            let kind = FindingKind(code: code)
            #expect(kind?.action(under: rules) == nil)
        }
        #expect(FindingKind.blankLine.action(under: rules) == .ignore)
    }

    @Test(arguments: [
        ("PF999: ignore", "p:3:9: \"rules\": \"PF999\" is not a finding code"),
        ("PF2O6: ignore", "p:3:9: \"rules\": \"PF2O6\" is not a finding code. Did you mean PF206?"),
        ("PF002: note", "p:3:9: \"rules\": PF002 says that the file is damaged or cannot be checked, so it cannot be changed"),
        ("PF0: ignore", "p:3:9: \"rules\": PF0 includes PF002, which says that the file is damaged"),
    ])
    func mistakes(rule: String, message: String) throws {
        let profile = try Profile(yaml: "version: 1\n\(Self.columns)\nrules: {\(rule)}", fileName: "p")
        let found = profile.rules.mistakes(in: "p").map(\.description)
        #expect(found.count == 1 && found[0].hasPrefix(message), "\(found)")
    }

    @Test func unknownWords() {
        #expect(throws: ProfileError.self) { try Profile(yaml: "version: 1\n\(Self.columns)\nrules: {PF206: ignored}") }
        #expect(throws: ProfileError.self) { try Profile(yaml: "version: 1\n\(Self.columns)\nrules: [PF206]") }
    }

    @Test func theProfileIsWrittenWithItsRules() throws {
        let profile = try Profile(yaml: "version: 1\n\(Self.columns)\nrules: {PF206: ignore, PF4: warning}")
        #expect(try Profile(yaml: ProfileWriter.text(of: profile)) == profile)
        #expect(profile.rules.entries.count == 2)
    }

    @Test func reports() throws {
        let report = try report("rules: {PF206: ignore, PF411: ignore}")
        #expect(ReportFormat.human.text(for: report).contains("Ignored: PF206 (1), PF411 (1)"))
        #expect(ReportFormat.json.text(for: report).contains("\"ignored\""))
    }
}
