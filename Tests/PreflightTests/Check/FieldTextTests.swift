import CSVTokenizer
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// How a field's text is shown in examples and in the samples of the prediction.
@Suite(.computing) struct FieldTextTests {
    @Test(arguments: [
        ("5\" pipe", "\"5\"\" pipe\""), ("a \"b\" \"c\"", "\"a \"\"b\"\" \"\"c\"\"\""), ("\"", "\"\"\"\""), ("plain", "plain"),
        ("quoted", "\"quoted\""), ("it's", "it's"), ("''", "\"''\""), ("\u{e9}\"", "\"\u{e9}\"\"\""),
    ])
    func quotesAreTakenOff(text: String, field: String) throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: number}, {name: B, type: text}]")
        let report = steadyReport(on: Array("A,B\n\(field),x\n".utf8), options: CheckOptions(profile: profile))
        #expect(report.findings.map(\.examples.first?.value) == [VisibleText(text)])
        #expect(report.prediction.columns.map(\.samples) == [[text]])
    }

    /// As in the check without a profile.
    @Test func estimates() {
        let report = steadyReport(on: Array(("A\n" + String(repeating: "1\n", count: 40) + "\"5\"\" pipe\"\n").utf8))
        #expect(report.findings.map(\.examples.first?.value) == [VisibleText("5\" pipe")])
        #expect(report.prediction.columns.map(\.samples) == [["5\" pipe"]])
    }

    /// Longer than what is certainly in memory: as in the file, however much is in memory.
    @Test func longFields() throws {
        let limits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1500)
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: number}, {name: B, type: text}]")
        for pairs in [198, 199, 200, 201, 2_000] {
            let field = "\"" + String(repeating: "\"\"", count: pairs) + "\""
            let report = steadyReport(
                on: Array("A,B\n\(field),x\n".utf8), options: CheckOptions(profile: profile), limits: limits, sizes: [1, 7, 64, 800, nil])
            let value = try #require(report.findings.first?.examples.first?.value)
            #expect(value.text == String(repeating: "\"", count: 80) + "…")
            #expect(value.byteCount == (pairs <= 199 ? pairs : 2 * pairs))
            #expect(report.prediction.columns.map(\.samples) == [[value.text]])
        }
    }

    /// Samples differ in their text, however it is written, and are the first that do.
    @Test(arguments: [
        (["N/A", "N/A", "\"N/A\"", "x", "N/A", "\"x\"", "y", "z"], ["N/A", "x", "y"]), (["N/A", "\"N/A\"", "N/A"], ["N/A"]),
        (["\"a\"\"\"", "\"a\"\"\"", "\"a\""], ["a\"", "a"]),
        (
            ["1", "2", "3"].map { String(repeating: "x", count: 80) + $0 } + [String(repeating: "x", count: 80)],
            [String(repeating: "x", count: 80) + "…", String(repeating: "x", count: 80)]
        ),
        (
            [323, 324, 325, 400].map { String(repeating: "x", count: $0) } + ["y" + String(repeating: "x", count: 400)],
            [String(repeating: "x", count: 80) + "…", "y" + String(repeating: "x", count: 79) + "…"]
        ),
    ])
    func samplesAreDistinct(fields: [String], samples: [String]) throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: boolean}]")
        let input = "A\n" + fields.map { $0 + "\n" }.joined()
        let report = steadyReport(on: Array(input.utf8), options: CheckOptions(profile: profile))
        #expect(report.prediction.columns.map(\.samples) == [samples])
    }
}
