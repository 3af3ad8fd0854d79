import TestSupport
import Testing

@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight

/// Columns that not every file has.
@Suite(.computing) struct OptionalColumnTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Further keys of the column `B` of `A`, `B` and `C`.
        var presence: String
        var day = "2026-06-01"
        var text: String
        var expected: String
    }

    static let cases = [
        Case(testDescription: "always expected", presence: "", text: "A,C\n1,2\n", expected: "PF303"),
        Case(testDescription: "optional and missing", presence: ", optional: true", text: "A,C\n1,2\n", expected: ""),
        Case(testDescription: "not optional", presence: ", optional: false", text: "A,C\n1,2\n", expected: "PF303"),
        Case(testDescription: "optional and there", presence: ", optional: true", text: "A,B,C\n1,x,2\n", expected: "PF401"),
        Case(
            testDescription: "required where it is there", presence: ", optional: true, required: true", text: "A,B,C\n1,,2\n",
            expected: "PF306"),
        Case(testDescription: "before its time", presence: ", since: 2026-06-02", text: "A,C\n1,2\n", expected: ""),
        Case(testDescription: "from its day on", presence: ", since: 2026-06-01", text: "A,C\n1,2\n", expected: "PF303"),
        Case(testDescription: "early", presence: ", since: 2026-06-02", text: "A,B,C\n1,2,3\n", expected: ""),
        // It is not silently lost where it has nearly its name.
        Case(testDescription: "renamed", presence: ", optional: true", text: "A,b,C\n1,2,3\n", expected: "PF304"),
        Case(testDescription: "another column", presence: ", optional: true", text: "A,Z,C\n1,2,3\n", expected: "PF304"),
    ]

    @Test(arguments: cases) func findings(_ item: Case) throws {
        var profile = try Profile(
            yaml: "version: 1\ncolumns: [{name: A, type: text}, {name: B, type: number\(item.presence)}, {name: C, type: text}]")
        profile.settle(on: try #require(CalendarDay(item.day)))
        let found = report(on: item.text, options: CheckOptions(profile: profile))
        #expect(found.findings.map(\.code).joined(separator: " ") == item.expected)
    }

    @Test func aRenamedOptionalColumnIsNamed() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: text}, {name: Cost Centre, type: text, optional: true}]")
        let found = report(on: "A,Cost Center\n1,2\n", options: CheckOptions(profile: profile))
        let message = try #require(found.findings.first { $0.code == "PF304" }?.message)
        #expect(message.contains("like \"Cost Centre\", which is missing"), "\(message)")
    }

    @Test func theDayIsSaid() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: text}, {name: B, type: text, since: 2026-03-01}]")
        let found = report(on: "A\n1\n", options: CheckOptions(profile: profile))
        #expect(found.findings.first?.message.contains("\"B\", expected since 2026-03-01") == true, "\(found.findings)")
    }

    /// Without a header, columns apply in order: only the last ones can be missing.
    @Test func withoutAHeader() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: text}, {name: B, type: text, optional: true}]")
        let found = report(on: "1\n2\n", options: CheckOptions(profile: profile, hasHeader: false))
        #expect(found.findings.map(\.code) == [])
    }

    @Test(arguments: ["optional: true", "since: 2026-03-01"]) func aKeyIsInEveryFile(presence: String) {
        let yaml = "version: 1\ncolumns: [{name: A, type: text, \(presence)}]\nkeys: [[A]]"
        let error = #expect(throws: ProfileError.self) { try Profile(yaml: yaml) }
        #expect(error?.description.contains("3:7: \"A\" is a column of a key") == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        ("optional: yes", "must be one of \"true\", \"false\""), ("since: soon", "must be a day like 2026-03-01"),
        ("since: 2026-02-30", "must be a day"),
    ])
    func mistakes(presence: String, words: String) {
        let error = #expect(throws: ProfileError.self) { try Profile(yaml: "version: 1\ncolumns: [{name: A, type: text, \(presence)}]") }
        #expect(error?.description.contains(words) == true)
    }

    @Test func whatIsWrittenReadsBack() throws {
        let yaml = "version: 1\ncolumns: [{name: A, type: text, optional: true}, {name: B, type: text, since: 2026-03-01}]"
        let profile = try Profile(yaml: yaml)
        for detail in [ProfileWriter.Detail.short, .full] {
            let text = ProfileWriter.text(of: profile, detail: detail)
            #expect(text.contains("optional: true") && text.contains("since: 2026-03-01"), "\(text)")
            #expect(try Profile(yaml: text).columns == profile.columns)
        }
    }
}
