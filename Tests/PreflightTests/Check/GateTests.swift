import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// The gate, asked about real reports.
@Suite(.computing) struct GateTests {
    /// 10 rows: 2 certainly fail and 1 may.
    private static func skipping() throws -> Report {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: number}]")
        return report(on: "A\nabc\ndef\n(1)\n" + String(repeating: "1\n", count: 7), options: CheckOptions(profile: profile))
    }

    @Test(arguments: [
        (SkipLimit.rows(0), true, GateRefusal?.some(.predictedSkips(rows: Bounds(min: 2, max: 3), allowed: 0, isUpperBound: true))),
        (.rows(2), true, .predictedSkips(rows: Bounds(min: 2, max: 3), allowed: 2, isUpperBound: true)), (.rows(3), true, nil),
        (.rows(2), false, nil),
        (.rows(1), false, .predictedSkips(rows: Bounds(min: 2, max: 3), allowed: 1, isUpperBound: false)), (.percent(30), true, nil),
        (.percent(29.9), true, .predictedSkips(rows: Bounds(min: 2, max: 3), allowed: 2, isUpperBound: true)), (.percent(20), false, nil),
        (.percent(100), true, nil),
    ])
    func skips(limit: SkipLimit, countsUncertain: Bool, refusal: GateRefusal?) throws {
        let policy = GatePolicy(maxSkipped: limit, countsUncertain: countsUncertain)
        #expect(try Self.skipping().refusals(under: policy) == [refusal].compactMap(\.self))
    }

    /// The share as a person reckons it, rounded down: no binary fraction of it may cost a row.
    @Test(arguments: [
        ("0.57%", 10_000, 57), ("0.29%", 10_000, 29), ("1.1%", 1_000, 11), ("0.07%", 100_000, 70), ("33.3%", 1_000, 333),
        ("0.1%", 336_777, 336), ("0.5%", 199, 0), ("0.5%", 200, 1), ("29.9%", 10, 2), ("0%", 1_000_000, 0),
        ("100%", 999_999_999, 999_999_999),
        ("99.9999999%", 1_000_000_000, 999_999_999), ("99.99999999%", 1_000_000_000, 999_999_999), ("7%", 0, 0), ("12", 5, 12),
    ])
    func allowedRows(argument: String, rows: Int, allowed: Int) throws {
        #expect(try #require(SkipLimit(argument: argument)).allowedRows(of: rows) == allowed)
    }

    /// Every share of two places: as integers have it.
    @Test func allowedRowsOfAllShares() throws {
        for hundredths in 0...10_000 {
            let limit = try #require(SkipLimit(argument: "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)%"))
            for rows in [1, 7, 10_000, 336_777, 10_000_000] {
                #expect(limit.allowedRows(of: rows) == rows * hundredths / 10_000, "\(limit) of \(rows)")
            }
        }
    }

    /// Findings that predict a skip are counted, whatever the severity that blocks.
    @Test func predictedSkipsDoNotBlockTwice() throws {
        #expect(try Self.skipping().refusals(under: GatePolicy(failOn: .warning, maxSkipped: .rows(3))) == [])
    }

    @Test(arguments: [
        ("A,B\n1,2\n", Severity.error, []), ("A,B\n1\n", .error, [GateRefusal.finding(.tooFewFields, count: 1)]),
        ("A,B\n1\n2\n3,4,5\n", .error, [.finding(.tooFewFields, count: 2), .finding(.tooManyFields, count: 1)]),
        ("A,B\n\n1,2\n", .error, []), ("A,B\n\n1,2\n", .warning, [.finding(.blankLine, count: 1)]),
        ("\u{FEFF}A,B\n1,2\n", .warning, []), ("\u{FEFF}A,B\n1,2\n", .note, [.finding(.byteOrderMark, count: 1)]),
        ("", .error, [.finding(.emptyFile, count: 1)]), ("A,B\n", .error, [.finding(.noDataRows, count: 1)]),
    ])
    func findings(input: String, failOn: Severity, refusals: [GateRefusal]) {
        #expect(report(on: input).refusals(under: GatePolicy(failOn: failOn)) == refusals)
    }

    /// The types of the columns are unknown.
    @Test func estimatesNeverBlock() {
        let report = report(on: "A\n" + String(repeating: "1\n", count: 20) + "abc\n")
        #expect(report.prediction.parsingErrorCells == Bounds(min: 0, max: 1))
        #expect(report.findings.map(\.kind) == [.unlikeItsColumn])
        #expect(report.refusals(under: GatePolicy(maxSkipped: .rows(0))) == [])
    }

    /// An unknown item that is created or replaced costs no row: it blocks only who asked for it.
    @Test func createdItems() throws {
        let items = ItemSet([Array("FR01".utf8)])
        let profile = Profile(columns: [ColumnProfile(name: "E", type: .dimension, items: items, onMissing: .create)])
        let report = report(on: "E\nXX\n", options: CheckOptions(profile: profile))
        #expect(report.refusals(under: GatePolicy()) == [])
        #expect(report.refusals(under: GatePolicy(failOn: .warning)) == [.finding(.unknownItem, count: 1)])
    }

    /// However good what was read looks: the rest may be anything.
    @Test(arguments: [1, 7, nil])
    func cutGzip(chunkByteCount: Int?) {
        let damage = GzipDamage(kind: .truncated, member: 1, compressedOffset: 99, decompressedOffset: 13)
        let report = report(on: Array("A,B\n1,2\n3,4\n5".utf8), chunkByteCount: chunkByteCount, damage: damage)
        #expect(!report.isComplete)
        #expect(report.totals.rows == 2)
        #expect(report.lines == ["PF002 error 1 @-:-:13"])
        #expect(report.findings.first?.examples.first?.place.line == 4)
        #expect(report.refusals(under: GatePolicy()) == [.incomplete, .finding(.gzipTruncated, count: 1)])
    }

    @Test func utf16() {
        let report = report(on: [0xFF, 0xFE, 0x41, 0x00, 0x0A, 0x00])
        #expect(!report.isComplete)
        #expect(report.refusals(under: GatePolicy()) == [.incomplete, .finding(.utf16, count: 1)])
    }
}
