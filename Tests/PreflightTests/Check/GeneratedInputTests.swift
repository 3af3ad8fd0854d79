import ByteSpans
import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Generated inputs: nothing may depend on how they are cut, and all must be as the reference says.
@Suite(.computing) struct GeneratedInputTests {
    private static let shardCount = 20
    /// Fewer in debug builds: 10 000 inputs in all otherwise.
    private static let inputsPerShard = isDebugBuild ? 25 : 500

    /// An input and how it is to be read.
    private struct Input {
        let seed: Int
        let bytes: [UInt8]
        let options: CheckOptions

        init(seed: Int) {
            self.seed = seed
            var generator = SeededGenerator(seed: seed)
            bytes = generator.nastyBytes(atMost: generator.below(6) == 0 ? 200 : 50)
            let quote: UInt8 = generator.below(4) == 0 ? 0x27 : 0x22
            options = CheckOptions(
                delimiter: [0x2C, 0x2C, 0x3B, nil][generator.below(4)], quote: quote, hasHeader: generator.below(4) > 0,
                samples: [0, 1, 3, 1000][generator.below(4)])
        }

        var description: String {
            "seed \(seed), \(options.hasHeader == true ? "header" : "no header"), \(String(decoding: bytes, as: UTF8.self).debugDescription)"
        }
    }

    @Test(arguments: 0..<shardCount)
    func sameForEveryChunkSizeAndAsTheReferenceSays(shard: Int) {
        for seed in (shard * Self.inputsPerShard)..<((shard + 1) * Self.inputsPerShard) {
            let input = Input(seed: seed)
            let report = steadyReport(on: input.bytes, options: input.options, comment: input.description)
            compare(report, with: input)
        }
    }

    private func compare(_ report: Report, with input: Input) {
        let dialect = report.input.dialect
        let given = FileHead.Given(
            delimiter: input.options.dialect.delimiter, quote: input.options.dialect.quote, hasHeader: input.options.hasHeader ?? true)
        let fileHead = FileHead(head: input.bytes.span, given: given)
        let reference = ReferenceCheck(input.bytes, fileHead, delimiter: dialect.delimiter, hasHeader: input.options.hasHeader ?? true)
        // Where another delimiter cuts the rows, consequences of the configured one are not reported.
        let expected = reference.lines(samples: input.options.samples).filter { line in
            fileHead.otherDelimiter == nil || FindingKind(argument: String(line.prefix(5)))?.mayComeFromDelimiter == false
        }
        let totals = [
            report.totals.rows, report.totals.columns, report.input.lineEnds.lf, report.input.lineEnds.crlf, report.input.lineEnds.cr,
        ]
        let expectedTotals = [
            reference.rowCount, reference.columnCount, reference.lfCount, reference.crlfCount, reference.loneCarriageReturnCount,
        ]
        if report.referenceLines != expected || totals != expectedTotals {
            Issue.record(
                """
                \(input.description), delimiter \(dialect.delimiter)
                \(report.referenceLines) \(totals)
                expected \(expected) \(expectedTotals)
                """)
        }
    }

    /// Compressed or not: only what the input was stored as differs.
    @Test func gzipIsTheSame() throws {
        for seed in stride(from: 0, to: Self.shardCount * Self.inputsPerShard, by: 20) {
            let input = Input(seed: seed)
            var member = GzipMember("")
            member.content = input.bytes
            var source = try ContentSource(BytesSource(member.bytes, readLimit: 1 + seed % 50))
            var plain = report(on: input.bytes, options: input.options)
            let packed = try checked(&source, options: input.options, bufferByteCount: 1 + seed % 33)
            #expect(packed.input.compression == .gzip)
            plain.input.compression = .gzip
            plain.input.path = packed.input.path
            plain.input.bytes = member.bytes.count
            #expect(packed == plain, "\(input.description)")
            #expect(packed.json == plain.json)
        }
    }

    private func checked(_ source: inout ContentSource<BytesSource>, options: CheckOptions, bufferByteCount: Int) throws -> Report {
        var run = CheckRun(options: options)
        var buffer = [UInt8](repeating: 0, count: bufferByteCount)
        while case let count = try source.read(into: &buffer, from: 0), count > 0 {
            run.feed(buffer.span[..<count])
        }
        return run.finish(path: "input.csv.gz", compression: source.compression, storedByteCount: source.compressedByteCount)
    }

    /// Rows that are thinned, with limits so low that kilobytes are enough. An excerpt needs more fields than bytes of one.
    @Test(arguments: 0..<10)
    func longRowsAreTheSameForEveryChunkSize(shard: Int) {
        let limits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1500)
        for seed in (shard * 10)..<((shard + 1) * 10) where !isDebugBuild || seed % 10 < 2 {
            var generator = SeededGenerator(seed: seed)
            let bytes = generator.longRows(byteCount: 6000)
            let options = CheckOptions(delimiter: 0x2C, samples: [1, 3, 1000][seed % 3])
            _ = steadyReport(on: bytes, options: options, limits: limits, sizes: [1, 7, 64, 800, 4096], comment: "seed \(seed)")
        }
    }
}

extension SeededGenerator {
    /// What a reader of CSV may stumble over, in an order that makes no sense; each input prefers some of it.
    mutating func nastyBytes(atMost limit: Int) -> [UInt8] {
        let alphabet: [[UInt8]] = [
            [0x2C], [0x2C], [0x3B], [0x09], [0x22], [0x22, 0x22], [0x27], [0x0D], [0x0A], [0x0A], [0x0D, 0x0A], [0x61], [0x31], [0x2E],
            [0x20],
            [0xC3, 0xA9], [0xC3], [0xE2, 0x82], [0xFF], [0x00], [0xEF, 0xBB, 0xBF],
        ]
        var bytes: [UInt8] = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [], [], [], [], [], []][below(8)]
        if below(4) > 0, bytes.first == 0xFF { bytes = [] }
        let favourites = (0..<4).map { _ in alphabet[below(alphabet.count)] }
        let count = below(limit + 1)
        while bytes.count < count { bytes += below(2) == 0 ? favourites[below(4)] : alphabet[below(alphabet.count)] }
        return bytes
    }

    /// Rows of long fields or of many, with quoted line ends and damage here and there.
    mutating func longRows(byteCount: Int) -> [UInt8] {
        let text: [[UInt8]] = [[0x61], [0x31], [0xC3, 0xA9], [0x2E], [0x0D], [0x00], [0xE2, 0x82], [0xFF], [0x22]]
        var bytes: [UInt8] = []
        while bytes.count < byteCount {
            let isWide = below(3) == 0
            for _ in 0...below(isWide ? 900 : 20) {
                let isQuoted = below(5) == 0
                let variety = below(5) == 0 ? text.count : 4
                if isQuoted { bytes.append(0x22) }
                for _ in 0..<below(isWide ? 5 : below(6) == 0 ? 1000 : 12) {
                    bytes += isQuoted && below(8) == 0 ? [[0x22, 0x22], [0x0A], [0x2C]][below(3)] : text[below(variety)]
                }
                if isQuoted { bytes.append(0x22) }
                bytes.append(0x2C)
            }
            bytes += below(2) == 0 ? [0x0A] : [0x0D, 0x0A]
        }
        return bytes
    }
}
