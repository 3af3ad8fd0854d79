import CSVTokenizer
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// Rows beyond what is kept whole: counts, lengths and places stay true, and memory stays bounded.
@Suite(.computing) struct LongRowTests {
    private static let sizes: [Int?] = isDebugBuild ? [65_536, nil] : [4096, 65_536, nil]

    @Test func fieldOfThreeMebibytes() throws {
        let long = 3 << 20
        let bytes = Array("A,B\nx,".utf8) + [UInt8](repeating: 0x79, count: long) + Array("\n1,2,3\n".utf8) + [0x7A, 0x2C, 0xFF, 0x0A]
        let report = steadyReport(on: bytes, options: CheckOptions(delimiter: 0x2C), sizes: Self.sizes)
        #expect(report.lines == ["PF101 error 1 @3:2:\(long + 15)", "PF205 error 1 @2:3:\(long + 11)"])
        #expect(report.findings.map { $0.examples[0].place.line } == [4, 3])
        #expect(report.totals.rows == 3)
        #expect(report.input.decompressedBytes == long + 17)
    }

    /// A broken character deep inside, and a number of more digits than some readers take.
    @Test func faultsInsideALongField() throws {
        let long = 3 << 20
        var bytes = Array("A,B\nx,1\ny,".utf8) + [UInt8](repeating: 0x39, count: long) + Array("\nz,2\n".utf8)
        bytes[10 + 2_000_000] = 0xFF
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: text}, {name: B, type: number}]")
        let broken = steadyReport(on: bytes, options: CheckOptions(profile: profile), sizes: Self.sizes)
        #expect(broken.lines == ["PF101 error 1 @2:2:2000010"])

        bytes[10 + 2_000_000] = 0x39
        let failing = steadyReport(on: bytes, options: CheckOptions(profile: profile), sizes: Self.sizes)
        #expect(failing.lines == ["PF411 warning 1 @2:2:10"])
        let value = try #require(failing.findings[0].examples[0].value)
        #expect(value.byteCount == long)
        #expect(value.text == String(repeating: "9", count: 80) + "…")
    }

    @Test func manyColumns() throws {
        // More than a row may have bytes, which is less in a debug build.
        let count = isDebugBuild ? 25_000 : 200_000
        let limits = RowBatch.Limits(rowBytes: isDebugBuild ? 1 << 17 : 1 << 20)
        let names = (1...count).map { "c\($0)" }.joined(separator: ",")
        let row = String(repeating: "1,", count: count - 1) + "1\n"
        let bytes = Array((names + "\n" + row + row.dropLast(3) + "\n").utf8)
        let report = steadyReport(on: bytes, options: CheckOptions(delimiter: 0x2C), limits: limits, sizes: Self.sizes)
        #expect(report.totals.columns == count)
        #expect(report.totals.rows == 2)
        #expect(report.lines == ["PF204 error 1 @2:\(count - 1):\(names.utf8.count + 1 + row.utf8.count + row.utf8.count - 4)"])
        #expect(report.findings.map { $0.examples[0].place.line } == [3])
    }

    /// A quoted text of 2 MiB with a line end after every 63 bytes.
    @Test func quotedLineEnds() throws {
        let line = [UInt8](repeating: 0x61, count: 63) + [0x0A]
        let lineCount = 32_768
        var bytes = Array("A,B\nx,\"".utf8)
        for _ in 0..<lineCount { bytes += line }
        bytes += Array("\"\ny\n".utf8)
        let report = steadyReport(on: bytes, options: CheckOptions(delimiter: 0x2C), sizes: Self.sizes)
        #expect(report.lines == ["PF204 error 1 @2:1:\(7 + lineCount * 64 + 2)"])
        #expect(report.findings[0].examples[0].place.line == 2 + lineCount + 1)
        #expect(report.input.lineEnds.lf == 3)

        // The same, never closed.
        let open = steadyReport(on: Array(bytes.dropLast(4)), options: CheckOptions(delimiter: 0x2C), sizes: Self.sizes)
        #expect(open.lines == ["PF203 error 1 @1:2:6"])
        #expect(open.findings[0].examples[0].place.line == 2)
        #expect(open.findings[0].message.contains("\(lineCount.grouped) line ends"))
    }
}
