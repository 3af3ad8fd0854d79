import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Advice is counted: a check with the line that it gives reports the number that it gave.
@Suite(.computing) struct AdviceTests {
    /// The line of each setting, pasted into the sample's profile.
    @Test(arguments: SampleFolder.all)
    func samples(_ folder: SampleFolder) throws {
        guard folder.hasProfile else { return }
        let text = try folder.text("profile.yaml")
        let input = try folder.input()
        let advice = report(on: input, options: CheckOptions(profile: try folder.profile())).prediction.advice
        for column in advice {
            for setting in column.settings {
                let changed = try Self.pasted(setting.profileLine, into: text, column: column.column.name.text)
                let profile = try Profile(yaml: Array(changed.utf8), fileName: "profile.yaml") { path throws(SmallFile.Refusal) in
                    try SmallFile.read(path: FilePath(folder.url(path).path), limit: 1 << 20)
                }
                let second = report(on: input, options: CheckOptions(profile: profile))
                #expect(Self.cells(second, column.column) == setting.cells, "\(setting.words)")
            }
        }
    }

    /// The text of a profile with one of its lines replaced by another.
    private static func pasted(_ line: String, into text: String, column: String) throws -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = try #require(
            lines.firstIndex { $0.contains("name: \(column),") || $0.contains("name: \"\(column)\",") }, "no line of \(column)")
        lines[place] = lines[place].prefix { $0 == " " } + line
        return lines.joined(separator: "\n")
    }

    static func cells(_ report: Report, _ column: ColumnReference) -> Bounds {
        report.prediction.columns.filter { $0.column == column }.reduce(Bounds.zero) {
            Bounds(min: $0.min + $1.cells.min, max: $0.max + $1.cells.max)
        }
    }

    /// More kinds of wrong values than are kept: the counts stay exact.
    @Test func manyShapes() throws {
        let values = (0..<2_000).map { "\($0) unit\($0)" } + ["1,5", "2,5", "12", "x"]
        let bytes = Array(("A;B\n" + values.map { "x;\($0)\n" }.joined()).utf8)
        let column = ColumnProfile(name: "B", type: .number)
        func check(_ column: ColumnProfile) -> Report {
            let profile = Profile(columns: [ColumnProfile(name: "A", type: .text), column])
            return steadyReport(on: bytes, options: CheckOptions(profile: profile, delimiter: UInt8(ascii: ";")), sizes: [64, 4096, nil])
        }
        let advice = try #require(check(column).prediction.advice.first)
        #expect(advice.cells == Bounds(min: 2_003, max: 2_003))
        let best = try #require(advice.settings.first)
        #expect(best.words == "decimal \",\" and group none" || best.words == "decimal \",\"")
        #expect(best.cells == Bounds(min: 2_001, max: 2_001))
    }

    @Test func nothingHelps() {
        let profile = Profile(columns: [ColumnProfile(name: "A", type: .text), ColumnProfile(name: "B", type: .number)])
        let report = report(on: "A;B\nx;abc\ny;1\n", options: CheckOptions(profile: profile))
        #expect(report.prediction.advice.map(\.settings) == [[]])
    }
}
