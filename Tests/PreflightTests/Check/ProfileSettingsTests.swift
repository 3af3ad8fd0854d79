import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Files under the settings of a profile that say how lenient the import configuration is, and under the pivoted layout.
@Suite(.computing) struct ProfileSettingsTests {
    private typealias Case = ProfileTableTests.Case

    private static let pivoted = "dialect: {layout: pivoted}"
    private static let entity = "name: E, type: text"

    static let spellings: [ProfileTableTests.Case] = [
        Case(
            "spellings of booleans", ["name: B, type: boolean, boolean: {true: [yes, Y], false: [no, \"0\"]}"],
            "B\nTRUE\nyes\nY\nFALSE\nno\n0\n\"yes\"\n\n", "PF206@-:-"),
        Case(
            "other spellings stay in doubt", ["name: B, type: boolean, boolean: {true: [yes], false: [no]}"],
            "B\nYes\n1\n yes\ntrue\nnot so\n", "PF404@5:1 PF414@1:1 PF414@2:1 PF414@3:1", cells: 1...5),
        Case(
            "spellings of the defaults", ["defaults: {boolean: {true: [ja], false: [nein]}}", "name: B, type: boolean"],
            "B\nja\nnein\noui\n", "PF414@3:1", cells: 0...1),
        Case(
            "spellings over the defaults, key by key",
            ["defaults: {boolean: {true: [ja], false: [nein]}}", "name: B, type: boolean, boolean: {true: [oui]}"], "B\noui\nnein\nja\n",
            "PF414@3:1", cells: 0...1),
        Case(
            "a multiplier changes nothing", ["name: A, type: number, number: {multiplier: thousand}"], "A\n1.5\n1000\n1k\n", "PF401@3:1",
            cells: 1...1),
        Case(
            "a prefix of the defaults taken back", ["defaults: {number: {prefix: $}}", "name: A, type: number, number: {prefix: \"\"}"],
            "A\n1.5\n", ""),
    ]

    static let items: [ProfileTableTests.Case] = [
        Case(
            "in a list", ["name: E, type: dimension, items: [FR01, DE01], on-missing: skip"], "E\nFR01\nDE01\nIT01\n", "PF501@3:1",
            rows: 1...1),
        Case(
            "blanks do not matter", ["name: E, type: dimension, items: {list: [FR01, \" DE01\"], trim: true}, on-missing: skip"],
            "E\n FR01\nFR01\u{A0}\nDE01\nfr01\n", "PF511@4:1", rows: 0...1),
        Case(
            "letter case does not matter", ["name: E, type: dimension, items: {list: [FR01, Été], case: ignore}, on-missing: skip"],
            "E\nfr01\nÉTÉ\n été\n", "PF511@3:1", rows: 0...1),
        Case(
            "neither matters", ["name: E, type: dimension, items: {list: [FR01], case: ignore, trim: true}, on-missing: skip"],
            "E\n fr01 \nFr01\nfr1\n", "PF501@3:1", rows: 1...1),
        Case(
            "both matter", ["name: E, type: dimension, items: {list: [FR01], case: exact, trim: false}, on-missing: skip"],
            "E\n FR01\nfr01\nFR01\n", "PF511@1:1 PF511@2:1", rows: 0...2),
        Case(
            "a file", ["name: E, type: dimension, items: {file: x.txt, case: ignore}, on-missing: skip"], "E\nfr01\nDE01 \n", "PF511@2:1",
            rows: 0...1),
        Case(
            "blanks alone are no item", ["name: E, type: dimension, items: {list: [FR01], trim: true}, on-missing: skip"], "E\n  \n",
            "PF511@1:1", rows: 0...1),
    ]

    static let pivotedFiles: [ProfileTableTests.Case] = [
        Case("clean", [pivoted, entity], "E,Jan 26,Feb 26,Q1 FY 2026,FY 2026,Week 1 2026,2026-01-01\nx,1,2.5,-3,,5,6\n", ""),
        Case(
            "values", [pivoted, entity], "E,Jan 26,Feb 26\nx,1,\"2,5\"\ny,abc,+1\n", "PF401@2:2 PF401@1:3 PF411@2:3", cells: 2...3,
            rows: 2...2),
        Case(
            "values in the format of the pivot", [pivoted, "pivot: {values: {type: number, number: {decimal: \",\"}}}", entity],
            "E;Jan 26;Feb 26\nx;1,5;2.5\n", "PF401@1:3", cells: 1...1),
        Case(
            "values in the format of the defaults", [pivoted, "defaults: {number: {decimal: \",\"}, \"null\": [\"-\"]}", entity],
            "E;Jan 26\nx;1,5\ny;-\nz;1.5\n", "PF401@3:2", cells: 1...1),
        Case(
            "required values", [pivoted, "pivot: {values: {type: integer, required: true}}", entity], "E,Jan 26\nx,\ny,1\nz,a\n",
            "PF306@1:2 PF402@3:2", cells: 1...1),
        Case("no period", [pivoted, entity], "E,Jan 26,Total,Jan-26\nx,1,a,b\n", "PF304@0:3 PF304@0:4"),
        Case("no period, an error", [pivoted, "extra-columns: error", entity], "E,Jan 26,Total\nx,1,a\n", "PF304@0:3"),
        Case("no period, ignored", [pivoted, "extra-columns: ignore", entity], "E,Jan 26,Total\nx,1,a\n", ""),
        Case(
            "periods in a form", [pivoted, "pivot: {periods: {format: MMM-yy}}", entity], "E,Jan-26,Feb-26,Mar 26\nx,a,2,c\n",
            "PF304@0:4 PF401@1:2", cells: 1...1),
        Case("one period twice", [pivoted, entity], "E,Jan 26,2026-01,Feb 26,January 2026\nx,1,2,3,4\n", "PF302@0:3 PF302@0:5"),
        Case("one name twice", [pivoted, entity], "E,Jan 26,Jan 26\nx,1,2\n", "PF302@0:3"),
        Case(
            "one period twice, other columns ignored", [pivoted, "extra-columns: ignore", entity], "E,FY 26,FY 2026,X\nx,1,2,3\n",
            "PF302@0:3"),
        Case("a key column is missing", [pivoted, entity, "name: A, type: text"], "E,Jan 26\nx,1\n", "PF303@0:-"),
        Case("no column of a period", [pivoted, entity], "E,Total\nx,1\n", "PF303@0:- PF304@0:2"),
        Case("a key column that looks like a period", [pivoted, "name: FY 2026, type: text"], "FY 2026,Jan 26\nx,1\n", ""),
        Case(
            "key columns behind", [pivoted, entity, "name: N, type: integer"], "Jan 26,E,Feb 26,N\na,x,1,b\n", "PF401@1:1 PF402@1:4",
            cells: 2...2, rows: 1...1),
        Case("a column without a name", [pivoted, entity], "E,Jan 26,\nx,1,\n", "PF301@0:3"),
        Case("quoted names", [pivoted, entity], "\"E\",\"Jan 26\"\n\"x\",\"a\"\n", "PF401@1:2", cells: 1...1),
        Case("flat files know no periods", [entity], "E,Jan 26\nx,a\n", "PF304@0:2"),
        Case("header alone", [pivoted, entity], "E,Jan 26\n", "PF305@-:-"),
        Case("empty file", [pivoted, entity], "", "PF001@-:-"),
    ]

    @Test(arguments: spellings + items + pivotedFiles)
    func judged(test: ProfileTableTests.Case) throws {
        let report = steadyReport(on: Array(test.input.utf8), options: CheckOptions(profile: try test.loaded()))
        #expect(report.places == test.places)
        #expect(report.prediction.parsingErrorCells == test.cells)
        #expect(report.prediction.skippedRows == test.rows)
    }

    @Test func words() throws {
        let test = Case("", [Self.pivoted, Self.entity, "name: A, type: text"], "E,Total,FY 26,2026\nx,1,2,3\n", "")
        let report = report(on: test.input, options: CheckOptions(profile: try test.loaded()))
        #expect(
            report.findings.map { "\($0.code) \($0.severity.rawValue) \($0.message)" } == [
                "PF302 error Named for the same period as column 3", "PF303 error Not in the header: \"A\"",
                "PF304 warning Not in the profile (and not a period)",
            ])
    }

    @Test func wordsOnAFileWithoutPeriods() throws {
        let test = Case("", [Self.pivoted, Self.entity, "name: A, type: text"], "E,Total\nx,1\n", "")
        let report = report(on: test.input, options: CheckOptions(profile: try test.loaded()))
        #expect(report.findings.first?.message == "Not in the header: a column for a period, \"A\"")
    }

    /// Somebody says that the first row is data: the further columns are taken for periods in the profile's order.
    @Test func withoutAHeader() throws {
        let test = Case("", [Self.pivoted, Self.entity], "", "")
        let options = CheckOptions(profile: try test.loaded(), hasHeader: false)
        #expect(steadyReport(on: Array("x,1,a\ny,b,2\n".utf8), options: options).places == ["PF401@2:2", "PF401@1:3"])
    }

    /// As wide as planning files get, on the quick ways of judging and on the exact one.
    @Test func manyPeriods() throws {
        let test = Case("", [Self.pivoted, Self.entity], "", "")
        let names = (2000..<2100).flatMap { year in (1...12).map { "\(year)-" + ($0 < 10 ? "0" : "") + "\($0)" } }
        let row = names.indices.map { $0 == 700 ? "x" : String($0) }
        let text = "E," + names.joined(separator: ",") + "\n" + (0..<5).map { _ in "e," + row.joined(separator: ",") + "\n" }.joined()
        let report = steadyReport(on: Array(text.utf8), options: CheckOptions(profile: try test.loaded()), sizes: [4096, nil])
        #expect(report.findings.map { "\($0.code) \($0.column?.name ?? "") \($0.count)" } == ["PF401 2058-05 5"])
    }
}
