import Foundation
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// The table of values beside this file: each under settings of a profile, with its verdict, the reason, and the formats it fits.
@Suite(.computing) struct ValueTableTests {
    struct Line: Sendable, CustomStringConvertible {
        var number: Int
        var value: String
        var settings: String
        var verdict: String
        var reason: String
        var formats: FormatSet

        var description: String { "line \(number): \(value.debugDescription) under \(settings)" }
    }

    private static let groups: [Substring: FormatSet] = [
        "any-number": [
            .integer, .decimalPoint, .decimalComma, .groupedByComma, .groupedByPoint, .groupedBySpaceDecimalComma,
            .groupedBySpaceDecimalPoint, .groupedByApostrophe,
        ],
        "point-number": [.decimalPoint, .groupedByComma, .groupedBySpaceDecimalPoint, .groupedByApostrophe],
        "comma-number": [.decimalComma, .groupedByPoint, .groupedBySpaceDecimalComma],
    ]

    static let lines: [Line] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("value-table.tsv")
        let names = Dictionary(uniqueKeysWithValues: FormatSet.allNames.map { (Substring($0.name), $0.format) })
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").enumerated().filter { !$1.hasPrefix("#") }.map { index, line in
            let fields = line.split(separator: "\t")
            let value = try? JSONDecoder().decode(String.self, from: Data(fields[0].utf8))
            let formats = fields[4].split(separator: " ").map { groups[$0] ?? names[$0] ?? [] }
            return Line(
                number: index + 1, value: value ?? "\(fields[0]) is no string", settings: String(fields[1]), verdict: String(fields[2]),
                reason: String(fields[3]), formats: formats.reduce([]) { $0.union($1) })
        }
    }()

    @Test func isWhole() {
        #expect(Self.lines.count >= 400)
    }

    @Test(arguments: lines)
    func value(_ line: Line) throws {
        let profile = try Profile(yaml: "version: 1\ncolumns:\n  - {name: X, \(line.settings)}\n")
        let judgement = ValueRule(column: try #require(profile.columns.first)).judge(line.value)
        #expect("\(judgement.verdict)" == line.verdict)
        #expect((judgement.reason == .none ? "-" : "\(judgement.reason)") == line.reason)
        #expect(FormatSet(of: line.value) == line.formats)
    }

    /// Each bit has a name of its own, and the table has a value for each.
    @Test func everyFormat() {
        let names = FormatSet.allNames
        #expect(Set(names.map(\.name)).count == names.count)
        #expect(names.allSatisfy { $0.format.rawValue.nonzeroBitCount == 1 })
        #expect(Set(names.map(\.format)).count == names.count)
        let seen = Self.lines.reduce(FormatSet()) { $0.union($1.formats) }
        #expect(names.filter { !seen.contains($0.format) }.map(\.name) == [])
    }
}
