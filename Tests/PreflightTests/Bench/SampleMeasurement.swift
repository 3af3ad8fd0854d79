import CSVTokenizer
import Preflight

@testable import ByteSources

/// A measurement with round numbers, as no machine gives it.
enum SampleMeasurement {
    static let rates = [TransferRate(bytesPerSecond: 5_000_000), TransferRate(bytesPerSecond: 200_000_000)]

    static let gzip = BenchReport(
        input: InputSummary(
            path: "plan.csv.gz", compression: .gzip, bytes: 20_000_000, decompressedBytes: 100_000_000, hasByteOrderMark: false,
            dialect: InputSummary.DialectSummary(
                delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""), hasHeader: true, origin: .detected),
            lineEnds: InputSummary.LineEnds(lf: 1_000_001), columnNames: []),
        totals: BenchReport.Totals(rows: 1_000_000, columns: 8, fields: 8_000_008), kernel: .avx2, roundCount: 5,
        stages: [
            stage(.read, milliseconds: 5, cpu: 4, peak: 12), stage(.inflate, milliseconds: 250, cpu: 240, peak: 13),
            stage(.scan, milliseconds: 300, cpu: 300, peak: 16), stage(.judge(threadCount: 1), milliseconds: 400, cpu: 390, peak: 17),
            stage(.judge(threadCount: 2), milliseconds: 280, cpu: 410, peak: 20),
            stage(.judgeWithDigest(threadCount: 2), milliseconds: 500, cpu: 700, peak: 20),
        ])

    /// Of a file too small for the clock, without a field.
    static let nothing = BenchReport(
        input: InputSummary(
            path: "-", compression: .none, bytes: 1, decompressedBytes: 1, hasByteOrderMark: false, dialect: gzip.input.dialect,
            lineEnds: InputSummary.LineEnds(lf: 1), columnNames: []),
        totals: BenchReport.Totals(rows: 0, columns: 0, fields: 0), kernel: .scalar, roundCount: 1,
        stages: [stage(.read, milliseconds: 0, cpu: 0, peak: 1), stage(.judge(threadCount: 1), milliseconds: 0, cpu: 0, peak: 1)])

    private static func stage(_ stage: BenchStage, milliseconds: Int, cpu: Int, peak: Int) -> BenchReport.Stage {
        BenchReport.Stage(
            stage: stage,
            time: Spread(
                min: .milliseconds(milliseconds) * 4 / 5, median: .milliseconds(milliseconds), max: .milliseconds(milliseconds) * 2),
            processorTime: .milliseconds(cpu), peakByteCount: peak * 1_000_000)
    }
}
