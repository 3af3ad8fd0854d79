import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText
@testable import ValueFormats

/// Rows that would be skipped without a profile are rows, not cells.
@Suite(.computing) struct EstimatedRowsTests {
    /// Flights that were cancelled have no times at all: many cells, few rows.
    @Test func cellsOfOneRowAreOneRow() {
        var text = "day,departure,delay,arrival,tail\n"
        for row in 0..<2_000 {
            text += row % 40 == 0 ? "2026-01-31,NA,NA,NA,N1\n" : row % 100 == 7 ? "2026-01-31,5,6,NA,N2\n" : "2026-01-31,5,6,7,N3\n"
        }
        let report = steadyReport(on: Array(text.utf8), sizes: [97, 4096, nil])
        #expect(report.prediction.parsingErrorCells == Bounds(min: 0, max: 170))
        #expect(report.prediction.skippedRows == Bounds(min: 0, max: 70))
        #expect(report.prediction.estimatedRows == Bounds(min: 70, max: 70))
        let human = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(human.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(" Up to 70 of 2,000 rows may be skipped."))
    }

    /// The rows of plain numbers that do not fit are unknown: the bounds are true, and the report says so.
    @Test func boundsWhereRowsAreNotKnown() {
        var text = "a,b\n"
        for row in 0..<100 {
            text += row == 3 ? "7,7\n" : row == 4 ? "7,2026-01-31\n" : row == 5 ? "x,2026-01-31\n" : "2026-02-28,2026-01-31\n"
        }
        let report = steadyReport(on: Array(text.utf8))
        // Three rows: 3, 4 and 5.
        #expect(report.prediction.estimatedRows == Bounds(min: 3, max: 4))
        #expect(report.prediction.skippedRows == Bounds(min: 0, max: 4))
        let human = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(human.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(" Up to 4 of 100 rows may be skipped."))
        #expect(report.json.contains(#""skippedRows":{"min":0,"max":4},"estimatedRows":{"min":3,"max":4}"#))
    }

    /// Whatever the values are, the rows lie between the bounds, and the upper one is no more than the rows.
    @Test(arguments: 0..<(isDebugBuild ? 20 : 60))
    func boundsHold(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let usual = [["1", "2"], ["1.5", "2"], ["2026-01-31"], ["x", "y"], ["5 €"], ["TRUE"], ["31/01/2026"]]
        let odd = ["", "n/a", "NULL", "x", "#REF!", "(5)", "1.5", "7", "2026-01-31", "31/01/2026", "5%", "yes", "\"quoted\"", "+3"]
        let columnCount = 1 + generator.below(5)
        let kinds = (0..<columnCount).map { _ in usual[generator.below(usual.count)] }
        var rows: [[String]] = []
        for _ in 0..<(20 + generator.below(400)) {
            rows.append(kinds.map { generator.below(25) == 0 ? odd[generator.below(odd.count)] : $0[generator.below($0.count)] })
        }
        let names = (0..<columnCount).map { "c\($0)" }.joined(separator: "|")
        let text = names + "\n" + rows.map { $0.joined(separator: "|") + "\n" }.joined()
        let report = steadyReport(on: Array(text.utf8), sizes: [64, nil])
        let types = report.prediction.evidence.map(\.type)
        let unlikeCount = rows.count { row in
            // A row of one empty field is a blank line.
            guard row != [""] else { return false }
            return row.enumerated().contains { column, value in
                let bare = Array(value.replacing("\"", with: "").utf8)
                guard let type = types[column] else { return false }
                return !type.fits(FormatSet.formats(of: bare.span))
            }
        }
        let bounds = try #require(report.prediction.estimatedRows)
        let hasMixture = report.findings.contains { $0.kind == .mixedFormats }
        #expect(hasMixture || bounds.contains(unlikeCount), "\(bounds) \(unlikeCount)")
        #expect(bounds.min <= bounds.max && bounds.max <= report.totals.rows)
        #expect(report.prediction.skippedRows == Bounds(min: 0, max: bounds.max))
    }

    @Test func runsAreDroppedWhereTheyAreMany() {
        var rows = RowRuns()
        for row in 0..<10 { rows.add((row * 2)..<(row * 2 + 1), limit: 10) }
        #expect(rows.isWhole && rows.runs.count == 10)
        rows.add(19..<30, limit: 10)
        #expect(rows.isWhole && RowRuns.rowCount(of: rows.runs) == 21)
        rows.add(40..<41, limit: 10)
        #expect(!rows.isWhole && rows.runs.isEmpty)
    }
}
