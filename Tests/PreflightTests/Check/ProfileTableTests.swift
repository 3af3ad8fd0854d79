import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// What a profile makes of a file, one line per case: `code@row:column`, the predicted cells and rows.
@Suite(.computing) struct ProfileTableTests {
    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var profile: String
        var input: String
        var places: [String]
        var cells: Bounds
        var rows: Bounds

        /// - Parameters:
        ///   - profile: the text between the braces of each column, or whole lines of a profile that begin with another key.
        ///   - cells: predicted parsing errors.
        init(
            _ description: String, _ profile: [String], _ input: String, _ places: String, cells: ClosedRange<Int> = 0...0,
            rows: ClosedRange<Int>? = nil
        ) {
            self.description = description
            let other = profile.filter { !$0.hasPrefix("name:") }
            let columns = profile.filter { $0.hasPrefix("name:") }.map { "  - {\($0)}" }
            self.profile = (["version: 1"] + other + ["columns:"] + columns).joined(separator: "\n")
            self.input = input
            self.places = places.split(separator: " ").map(String.init)
            self.cells = Bounds(min: cells.lowerBound, max: cells.upperBound)
            let rows = rows ?? cells
            self.rows = Bounds(min: rows.lowerBound, max: rows.upperBound)
        }

        func loaded() throws -> Profile {
            try Profile(yaml: Array(profile.utf8), fileName: "profile") { _ throws(SmallFile.Refusal) in
                Array("FR01\nDE01\nS\u{E3}o Paulo\n".utf8)
            }
        }
    }

    private static let entity = "name: E, type: text"
    private static let amount = "name: A, type: number"
    private static let european = "name: A, type: number, number: {decimal: \",\", group: \".\"}"
    private static let dimension = "name: E, type: dimension, items: entities.txt"

    static let values: [Case] = [
        Case("clean", [entity, amount], "E,A\nFR01,1.5\nDE01,-2\n", ""),
        Case("a number fails", [entity, amount], "E,A\nx,1.5\ny,abc\n", "PF401@2:2", cells: 1...1),
        Case("a number is doubtful", [entity, amount], "E,A\nx,(1.5)\ny,2\n", "PF411@1:2", cells: 0...1),
        Case("both in one column", [entity, amount], "E,A\nx,abc\ny,+2\nz,3\n", "PF401@1:2 PF411@2:2", cells: 1...2),
        Case("decimal comma under a point", [entity, amount], "E;A\nx;1,5\n", "PF401@1:2", cells: 1...1),
        Case("decimal comma, points between thousands", [entity, european], "E;A\nx;1.234,56\ny;1.23,4\n", "PF411@2:2", cells: 0...1),
        Case("quoted numbers are numbers", [entity, amount], "E,A\n\"x\",\"1.5\"\n", ""),
        Case("blanks around a number", [entity, amount], "E,A\nx, 1.5\n", "PF411@1:2", cells: 0...1),
        Case("integers", ["name: N, type: integer"], "N\n1\n2.5\nx\n-3\n", "PF402@3:1 PF412@2:1", cells: 1...2),
        Case(
            "dates", ["name: D, type: date"], "D\n2026-01-31\n2026-02-30\n31/01/2026\n2026-1-5\n", "PF403@2:1 PF403@3:1 PF413@4:1",
            cells: 2...3),
        Case(
            "dates, day first", ["name: D, type: date, date: {format: dd/MM/yyyy}"], "D\n31/01/2026\n31/04/2026\n2026-01-31\n01/31/2026\n",
            "PF403@2:1 PF413@3:1 PF413@4:1", cells: 1...3),
        Case("two patterns", ["name: D, type: date, date: {format: [dd/MM/yyyy, yyyy-MM-dd]}"], "D\n31/01/2026\n2026-01-31\n", ""),
        Case("booleans", ["name: B, type: boolean"], "B\nTRUE\nFALSE\nyes\nor not\n", "PF404@4:1 PF414@3:1", cells: 1...2),
        Case("text is never judged", [entity], "E\n \n(1)\n", ""),
        Case("errors of a spreadsheet are no texts", [entity], "E\n#N/A\n", "PF609@1:1"),
        Case("empty cells are blank", [entity, amount], "E,A\nx,\n,2\n\"\",\"\"\n", "PF225@3:-"),
        Case("required", ["name: E, type: text, required: true", amount], "E,A\n,1\nx,2\n\"\",3\n", "PF306@1:1 PF306@3:1"),
        Case("blanks are a value", ["name: E, type: text, required: true"], "E\n \n", ""),
        Case("null words", ["defaults: {\"null\": [NA, \"-\"]}", entity, amount], "E,A\nx,NA\ny,-\nz,na\n", "PF411@3:2", cells: 0...1),
        Case(
            "null words of a column", [entity, "name: A, type: number, \"null\": [none]"], "E,A\nx,none\ny,NA\n", "PF411@2:2", cells: 0...1),
        Case(
            "a null word in a required column is empty", ["defaults: {\"null\": [NA]}", "name: A, type: number, required: true"],
            "A\nNA\n1\n",
            "PF306@1:1"),
        Case(
            "several in one row", [entity, amount, "name: D, type: date"], "E,A,D\nx,abc,31.12.\ny,(1),2026-01-01\n",
            "PF401@1:2 PF403@1:3 PF411@2:2", cells: 2...3, rows: 1...2),
        Case(
            "sure and doubtful in one row", [entity, amount, "name: D, type: date"], "E,A,D\nx,abc,2026-1-1\n", "PF401@1:2 PF413@1:3",
            cells: 1...2, rows: 1...1),
        Case(
            "rows of another width are not judged", [entity, amount], "E,A\nabc\nx,abc,1\ny,abc\n", "PF204@1:1 PF205@2:3 PF401@3:2",
            cells: 1...1),
        Case("fields with a fault of quoting are not judged", [entity, amount], "E,A\nx,\"1\"2\ny,3\"\n", "PF201@2:2 PF202@1:2"),
        Case("fields with broken characters are not judged", [entity, amount], "E,A\nx,1\0\n", "PF103@1:2"),
    ]

    static let items: [Case] = [
        Case("known items", [dimension], "E\nFR01\nS\u{E3}o Paulo\n\"DE01\"\n\n", "PF206@-:-"),
        Case("unknown, created", [dimension + ", on-missing: create"], "E\nXX\n fr01\n", "PF501@1:1 PF511@2:1"),
        Case("created is the default", [dimension], "E\nXX\n", "PF501@1:1"),
        Case("unknown, replaced", [dimension + ", on-missing: default"], "E\nXX\nfr01\n", "PF501@1:1 PF511@2:1"),
        Case("unknown, skipped", [dimension + ", on-missing: skip"], "E\nXX\nfr01\nFR01\n", "PF501@1:1 PF511@2:1", rows: 1...2),
        Case(
            "unknown and no number in one row", [dimension + ", on-missing: skip", amount], "E,A\nXX,abc\nYY,1\nFR01,+1\n",
            "PF401@1:2 PF411@3:2 PF501@1:1 PF501@2:1", cells: 1...2, rows: 2...3),
        Case("a dimension without items", ["name: E, type: dimension, on-missing: skip"], "E\nXX\n", ""),
        Case("no item is empty", [dimension + ", on-missing: skip, required: true"], "E\n\"\"\nFR01\n", "PF306@1:1"),
    ]

    static let header: [Case] = [
        Case("missing", [entity, amount, "name: M, type: text"], "E,A\nx,1\n", "PF303@0:-"),
        Case("two missing", [entity, amount], "X\ny\n", "PF303@0:- PF303@0:- PF304@0:1"),
        Case("blank lines in front", [entity, amount], "\n\nE\nx\n", "PF215@-:- PF303@0:-"),
        Case("letter case counts", [entity], "e\nx\n", "PF303@0:-"),
        Case("extra: warn", [entity], "E,X\n1,2\n", "PF304@0:2"),
        Case("extra: ignore", ["extra-columns: ignore", entity], "E,X\n1,2\n", ""),
        Case("extra: error", ["extra-columns: error", entity], "E,X\n1,2\n", "PF304@0:2"),
        Case("any order", [entity, amount], "A,E\nx,1\n", "PF401@1:1", cells: 1...1),
        Case("an extra column is not judged", ["extra-columns: ignore", amount], "X,A\nabc,1\n", ""),
        Case("quoted names", [entity, "name: \"A \\\"B\\\"\", type: number"], "\"E\",\"A \"\"B\"\"\"\nx,y\n", "PF401@1:2", cells: 1...1),
        Case(
            "both of two equal names", [entity, amount], "E,A,A\nx,abc,def\n", "PF302@0:3 PF401@1:2 PF401@1:3", cells: 2...2, rows: 1...1),
        Case("empty name", [entity], "E,\nx,\n", "PF301@0:2"),
        Case("header alone", [entity], "E\n", "PF305@-:-"),
        Case("empty file", [entity], "", "PF001@-:-"),
        Case("byte order mark", [entity], "\u{FEFF}E\nx\n", "PF102@-:-"),
        Case("no header, by order", ["dialect: {header: 0}", entity, amount], "x,abc\ny,1\n", "PF401@1:2", cells: 1...1),
        Case("no header, a column too few", ["dialect: {header: 0}", entity, amount], "x\ny\n", "PF303@1:-"),
        Case("no header, a column too many", ["dialect: {header: 0}", entity], "x,1\ny,2\n", "PF304@1:2"),
        Case("no header, extra ignored", ["dialect: {header: 0}", "extra-columns: ignore", entity], "x,1\ny,2\n", ""),
        Case("no header, other widths", ["dialect: {header: 0}", entity, amount], "x,1\ny\nz,2,3\n", "PF204@2:1 PF205@3:3"),
        Case("the profile's delimiter", ["dialect: {delimiter: \";\"}", entity, amount], "E;A\nx,y;1\n", ""),
        Case("a delimiter that is not offered", ["dialect: {delimiter: \"|\"}", entity, amount], "E|A\nx,y|1\n", "PF209@-:-"),
        Case("the profile's quote", ["dialect: {quote: \"'\"}", entity, amount], "E,A\n'x,\"y',1\n", ""),
    ]

    @Test(arguments: values + items + header)
    func judged(test: Case) throws {
        let report = steadyReport(on: Array(test.input.utf8), options: CheckOptions(profile: try test.loaded()))
        #expect(report.places == test.places)
        #expect(report.prediction.basis == .profile)
        #expect(report.prediction.parsingErrorCells == test.cells)
        #expect(report.prediction.skippedRows == test.rows)
    }

    /// What the gate gets: a policy for missing items decides whether a finding is a skip to count or only a warning.
    @Test(arguments: [
        ("create", Severity.warning, SkipReason?.none, []), ("default", .warning, nil, [SkipReason.missingItemUsesDefault]),
        ("skip", .error, .missingItemSkipsRow, [.missingItemSkipsRow]),
    ])
    func missingItems(policy: String, severity: Severity, predicts: SkipReason?, reasons: [SkipReason]) throws {
        let test = Case("", [Self.dimension + ", on-missing: \(policy)"], "E\nXX\nXX\nYY\nFR01\n", "")
        let report = report(on: test.input, options: CheckOptions(profile: try test.loaded()))
        let finding = try #require(report.findings.first)
        #expect(report.findings.count == 1)
        #expect(finding.kind == .unknownItem)
        #expect(finding.severity == severity)
        #expect(finding.predicts == predicts)
        #expect(finding.count == 3)
        #expect(report.prediction.columns.map(\.reason) == reasons)
        #expect(report.prediction.columns.allSatisfy { $0.cells == Bounds(min: 3, max: 3) && $0.samples == ["XX", "YY"] })
    }

    @Test(arguments: [("warn", Severity.warning), ("error", .error)])
    func extraColumns(word: String, severity: Severity) throws {
        let test = Case("", ["extra-columns: \(word)", Self.entity], "E,X\n1,2\n", "")
        #expect(report(on: test.input, options: CheckOptions(profile: try test.loaded())).findings.map(\.severity) == [severity])
    }

    /// A flag wins over the profile.
    @Test func flags() throws {
        let test = Case("", ["dialect: {delimiter: \";\", quote: \"'\", header: 1}", Self.entity, Self.amount], "", "")
        let options = CheckOptions(profile: try test.loaded(), delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""), hasHeader: false)
        let report = report(on: "\"a,b\",1\nc,x\n", options: options)
        #expect(report.places == ["PF401@2:2"])
        #expect(report.totals.rows == 2)
        #expect(report.input.dialect.origin == .flag)
    }

    @Test func examplesAreCappedAndCountsAreNot() throws {
        let test = Case("", [Self.entity, Self.amount], "E,A\n" + (1...50).map { "x,v\($0)\n" }.joined(), "")
        let report = steadyReport(on: Array(test.input.utf8), options: CheckOptions(profile: try test.loaded(), samples: 2))
        let finding = try #require(report.findings.first)
        #expect(finding.count == 50)
        #expect(finding.rows == 50)
        #expect(finding.examples.map(\.value?.text) == ["v1", "v2"])
        #expect(report.prediction.columns.map(\.samples) == [["v1", "v2"]])
        #expect(report.totals.errors == 50)
    }
}
