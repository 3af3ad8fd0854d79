import CSVTokenizer
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// In a column of percentages a number below 1 without a sign is doubtful; the kernels count it like any other.
@Suite(.computing) struct PercentColumnTests {
    /// Values, and whether they are such numbers.
    private static let values: [(text: String, isShare: Bool)] = [
        ("12.5", false), ("0.5", true), ("-0.25", true), ("0.0", false), ("00.5", false), ("0.50", true), ("\"0.75\"", true),
        ("12.5%", false), ("7", false), ("0.005", true), ("-0.0", false), ("0.5%", false), ("", false), ("-3.125", false), ("0", false),
        ("0.12345678901234", true), ("1.500", false), ("0.500", true),
    ]

    @Test(arguments: [
        (settings: "", share: 0), (settings: ", null: [\"\", \"0.5\"]", share: 1),
        (settings: ", assume: {missing-percent-sign: accepted}", share: -1),
    ])
    func sharesAreFound(settings: String, share: Int) throws {
        let yaml = "version: 1\ncolumns: [{name: A, type: text}, {name: B, type: number, number: {percent: true}\(settings)}]\n"
        let options = CheckOptions(profile: try Profile(yaml: yaml))
        var text = "A,B\r\n"
        var expected = 0
        for row in 0..<700 {
            let value = Self.values[row * 5 % Self.values.count]
            text += "x\(row),\(value.text)\r\n"
            if value.isShare, share >= 0, share == 0 || value.text != "0.5" { expected += 1 }
        }
        let ways = FactMatrixTests.ways.filter { $0.chunkByteCount > 63 }
        let report = try FactMatrixTests.oneReport(on: Array(text.utf8), options, ways, comment: settings).report
        #expect((report.prediction.columns.first?.doubts.count(of: .missingPercentSign) ?? 0) == expected)
        #expect(report.findings.filter { $0.code == "PF411" }.map(\.count) == (expected > 0 ? [expected] : []))
    }
}
