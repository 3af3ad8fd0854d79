import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Files of more columns than have findings of their own: what is reported of the further ones together is true.
@Suite(.computing) struct ManyColumnTests {
    private static let width = 600

    /// `abc` in the columns of a row, from 1; whole numbers elsewhere.
    private static func file(rowCount: Int, wrong: (Int) -> [Int]) -> [UInt8] {
        var text = (1...width).map { "c\($0)" }.joined(separator: ",") + "\n"
        for row in 1...rowCount {
            var fields = Array(repeating: "\(row)", count: width)
            for column in wrong(row) { fields[column - 1] = "abc" }
            text += fields.joined(separator: ",") + "\n"
        }
        return Array(text.utf8)
    }

    private static func options(hasProfile: Bool, samples: Int = 3) -> CheckOptions {
        let columns = (1...width).map { ColumnProfile(name: "c\($0)", type: .integer) }
        return CheckOptions(profile: hasProfile ? Profile(columns: columns) : nil, delimiter: 0x2C, samples: samples)
    }

    private static func folded(_ report: Report, hasProfile: Bool) -> Finding? {
        report.findings.first { $0.kind == (hasProfile ? .notAnInteger : .unlikeItsColumn) && $0.column == nil }
    }

    @Test(arguments: [true, false])
    func oneWrongValueInEachColumn(hasProfile: Bool) throws {
        // Five in each of the first 120 rows.
        let bytes = Self.file(rowCount: 130) { row in row > 120 ? [] : stride(from: row, through: Self.width, by: 120).map { $0 } }
        let report = steadyReport(on: bytes, options: Self.options(hasProfile: hasProfile), sizes: [65_536])
        let finding = try #require(Self.folded(report, hasProfile: hasProfile))
        #expect(finding.count == 100)
        #expect(finding.rows == 100)
        #expect(finding.examples.map(\.place.row) == [21, 22, 23])
        #expect(finding.examples.map(\.place.column) == [501, 502, 503])
        #expect(finding.message.contains("in 100 columns (501 to 600)"))
        let own = report.findings.filter { $0.kind == finding.kind && $0.column != nil }
        #expect(own.map(\.column?.index) == (1...500).map { $0 })
        #expect(own.allSatisfy { $0.count == 1 && $0.rows == 1 })
    }

    /// Columns of one row count as one row, in whatever order they come.
    @Test(arguments: [true, false])
    func severalColumnsOfARow(hasProfile: Bool) throws {
        let wrong = [3: [600, 501], 5: [550], 9: [501, 502, 503, 600]]
        let bytes = Self.file(rowCount: 100) { wrong[$0] ?? [] }
        let report = steadyReport(on: bytes, options: Self.options(hasProfile: hasProfile), sizes: isDebugBuild ? [700] : [700, 65_536])
        let finding = try #require(Self.folded(report, hasProfile: hasProfile))
        #expect(finding.count == 7)
        #expect(finding.rows == 3)
        #expect(finding.examples.map(\.place.row) == [3, 3, 5])
        #expect(finding.examples.map(\.place.column) == [501, 600, 550])
        #expect(finding.message.hasPrefix("7 values in 3 rows "))
        #expect(finding.message.contains("in 5 columns (from 501 to 600)"))
    }

    /// Nothing but missing values, which are counted in bulk: of the further columns together, a row with several of them is one row.
    @Test func missingInManyColumns() throws {
        var text = (1...Self.width).map { "c\($0)" }.joined(separator: ",") + "\n"
        for row in 1...300 {
            let missing = [0..<0, 501..<601, 400..<521][row % 3]
            text += (1...Self.width).map { missing.contains($0) ? "" : "x" }.joined(separator: ",") + "\n"
        }
        let columns = (1...Self.width).map { ColumnProfile(name: "c\($0)", type: .text, isRequired: true) }
        let options = CheckOptions(profile: Profile(columns: columns), delimiter: 0x2C)
        let report = steadyReport(on: Array(text.utf8), options: options, sizes: isDebugBuild ? [65_536] : [4096, 65_536, nil])
        let found = report.findings.filter { $0.kind == .requiredValueEmpty }
        let together = try #require(found.first { $0.column == nil })
        #expect(together.count == 100 * 100 + 100 * 20)
        #expect(together.rows == 200)
        let own = found.filter { $0.column != nil }
        #expect(own.map(\.column?.index) == (400...500).map { $0 })
        #expect(own.allSatisfy { $0.count == 100 && $0.rows == 100 })
    }

    /// Without a profile rows are known by their examples: where these are too few, no number is invented.
    @Test func moreRowsThanAreKept() throws {
        let bytes = Self.file(rowCount: 100) { $0 % 13 == 1 ? [501, 502] : [] }
        let report = Self.report(on: bytes, samples: 3)
        let finding = try #require(Self.folded(report, hasProfile: false))
        #expect(finding.count == 16)
        #expect(finding.message.contains("16 values in at least 8 rows"))
        let all = try #require(Self.folded(Self.report(on: bytes, samples: 100), hasProfile: false))
        #expect(all.rows == 8)
        #expect(all.message.contains("16 values in 8 rows"))
    }

    private static func report(on bytes: [UInt8], samples: Int) -> Report {
        PreflightTests.report(on: bytes, options: options(hasProfile: false, samples: samples))
    }

    /// A group of one column is that column's.
    @Test(arguments: [true, false])
    func oneFurtherColumn(hasProfile: Bool) throws {
        let bytes = Self.file(rowCount: 100) { $0 % 30 == 1 ? [2, 555] : [] }
        let report = steadyReport(on: bytes, options: Self.options(hasProfile: hasProfile), sizes: isDebugBuild ? [700] : [700, 65_536])
        let found = report.findings.filter { $0.kind == (hasProfile ? .notAnInteger : .unlikeItsColumn) }
        #expect(found.map(\.column?.index) == [2, 555])
        #expect(found.map(\.count) == [4, 4])
        #expect(found.map(\.rows) == [4, 4])
        #expect(found[0].message == found[1].message)
    }

    /// Ill-formed text is counted together over the further columns, by kind. So many characters of UTF-8 leave no doubt about the encoding.
    @Test func kindsOfIllFormedText() throws {
        var bytes = Array((1...Self.width).map { "c\($0)" }.joined(separator: ",").utf8) + [0x0A]
        for _ in 0..<2 {
            for column in 1...Self.width { bytes += column > 590 ? [0xC0, 0xAF, 0x2C] : [0xC3, 0xA9, 0x2C] }
            bytes[bytes.count - 1] = 0x0A
        }
        let report = steadyReport(on: bytes, options: CheckOptions(delimiter: 0x2C), sizes: [64, nil])
        let finding = try #require(report.findings.first { $0.kind == .invalidUTF8 })
        #expect(finding.column == nil)
        #expect(finding.count == 40)
        #expect(finding.rows == 2)
        #expect(finding.message.contains("20 overlong; 20 stray continuation"))
        #expect(finding.message.hasSuffix("in 10 columns (591 to 600)"))
    }

    /// Groups of one code whose values have different consequences are not thrown together.
    @Test func consequencesStayApart() throws {
        var columns = (1...Self.width).map { ColumnProfile(name: "c\($0)", type: .integer) }
        let items = try Profile(
            yaml: """
                version: 1
                columns:
                  - {name: a, type: dimension, items: [x], on-missing: skip}
                  - {name: b, type: dimension, items: [x], on-missing: create}
                """
        ).columns
        for (column, item) in [(598, 0), (599, 0), (599, 1), (600, 1)] {
            columns[column - 1] = items[item]
            columns[column - 1].name = "c\(column)"
        }
        columns[596] = items[0]
        columns[596].name = "c597"
        let bytes = Self.file(rowCount: 3) { $0 == 2 ? [597, 598, 599, 600] : [] }
        let report = PreflightTests.report(on: bytes, options: CheckOptions(profile: Profile(columns: columns), delimiter: 0x2C))
        let found = report.findings.filter { $0.kind == .unknownItem }
        #expect(Set(found.map(\.predicts)) == [nil, .missingItemSkipsRow])
        #expect(found.map(\.rows) == [3, 3])
        #expect(found.reduce(0) { $0 + $1.count } == 12)
    }
}
