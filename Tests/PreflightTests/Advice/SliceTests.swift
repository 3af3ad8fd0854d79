import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// What failures have in common, against a count made by hand.
@Suite(.computing) struct SliceTests {
    private static let profile = Profile(columns: [
        ColumnProfile(name: "Entity", type: .text), ColumnProfile(name: "Account", type: .text),
        ColumnProfile(name: "Amount", type: .number),
    ])

    private static func slice(of rows: [(entity: String, account: String, amount: String)], sizes: [Int?] = [64, 4096, nil])
        -> FailureSlice?
    {
        let text = "Entity,Account,Amount\n" + rows.map { "\($0.entity),\($0.account),\($0.amount)\n" }.joined()
        let report = steadyReport(on: Array(text.utf8), options: CheckOptions(profile: profile), sizes: sizes)
        return report.prediction.advice.first?.slice
    }

    /// 50 entities; one of them has most of the failures.
    @Test(arguments: isDebugBuild ? [40, 400] : [40, 400, 4_000])
    func oneEntity(_ failures: Int) throws {
        var generator = SeededGenerator(seed: failures)
        var rows = (0..<(failures * 20)).map { _ in
            (entity: "E\(generator.below(50))", account: "\(generator.below(9))", amount: "12.5")
        }
        var covered = 0
        var failed = 0
        for index in rows.indices where rows[index].entity == "E7" {
            rows[index].amount = "x"
            covered += 1
            failed += 1
        }
        for index in stride(from: 11, to: rows.count, by: rows.count / 2) where rows[index].entity != "E7" {
            rows[index].amount = "y"
            failed += 1
        }
        let slice = try #require(Self.slice(of: rows))
        #expect(slice.column == ColumnReference(index: 1, name: "Entity"))
        #expect(slice.value.text == "E7")
        #expect((slice.covered, slice.failures) == (covered, failed))
        #expect(abs(slice.baseShare - 0.02) < 0.015)
    }

    /// A value that half of all rows have says nothing; nor do a few failures, nor failures anywhere.
    @Test func nothingTelling() {
        let usual = (0..<2_000).map { row in (entity: row % 10 == 0 ? "B" : "A", account: "1", amount: row % 40 == 1 ? "x" : "1") }
        #expect(Self.slice(of: usual) == nil)
        let few = (0..<2_000).map { row in (entity: row < 10 ? "B" : "A", account: "1", amount: row < 10 ? "x" : "1") }
        #expect(Self.slice(of: few) == nil)
        let anywhere = (0..<2_000).map { row in (entity: "E\(row % 50)", account: "\(row % 7)", amount: row % 3 == 0 ? "x" : "1") }
        #expect(Self.slice(of: anywhere) == nil)
    }

    @Test func emptyValuesCount() throws {
        let rows = (0..<3_000).map { row in (entity: row % 30 == 0 ? "" : "A", account: "1", amount: row % 30 == 0 ? "x" : "1") }
        let slice = try #require(Self.slice(of: rows))
        #expect(slice.value.text.isEmpty)
        #expect((slice.covered, slice.failures) == (100, 100))
    }

    /// The sample knows its rows also after blank lines, ragged rows and the header.
    @Test func sampleBesideOddRows() {
        var text = "\n\nEntity,Account,Amount\n"
        for row in 0..<300 {
            text += row % 10 == 0 ? "B,1,x\n" : "A,1,1\n"
            if row % 7 == 0 { text += "\n" }
            if row % 11 == 0 { text += "A,1\n" }
        }
        let report = steadyReport(on: Array(text.utf8), options: CheckOptions(profile: Self.profile), sizes: [7, 64, nil])
        let slice = report.prediction.advice.first?.slice
        #expect(slice?.covered == 30)
        #expect(slice.map { abs($0.baseShare - 0.1) < 0.001 } == true)
    }
}
