import CSVTokenizer
import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// One content gives one report, whether it comes from a file, through a pipe in pieces of any size, or out of gzip.
@Suite(.computing) struct EveryInputTests {
    private static let yaml = """
        version: 1
        columns:
          - {name: T, type: text}
          - {name: N, type: number, null: ["0", "1.234"]}
          - {name: D, type: date, date: {format: dd/MM/yyyy}, null: ["01/02/1900"]}
          - {name: B, type: boolean}
          - {name: M, type: number}
        """

    /// Long rows, null words that look like values, and in the last columns more kinds of values than are kept, of few looks and of many.
    private static func content(_ generator: inout SeededGenerator) -> [UInt8] {
        let manyKinds = generator.once(in: 2)
        var text = "T,N,D,B,M\n"
        let longRow = generator.below(1_000)
        for row in 0..<1_000 {
            text += row == longRow ? String(repeating: "x", count: 1_300_000) : "E\(row % 7)"
            text += "," + generator.element(of: ["0", "1.234", "2.345", "7", "1.5", "$4", "\"0\"", ""])
            text += "," + generator.element(of: ["01/02/1900", "05/06/2026", "13/06/2026", "06/13/2026", "x", ""])
            text += "," + (manyKinds && row % 4 > 0 ? "w\(row)" : generator.element(of: ["TRUE", "FALSE", "yes", "x", ""]))
            text += "," + (manyKinds ? "a\(row)b" : "a1b") + (manyKinds ? "c\(generator.below(900))" : "") + "\n"
        }
        return Array(text.utf8)
    }

    private static func report(_ path: String, _ profile: Profile?, chunkByteCount: Int, threads: Int, kernel: Kernel) throws -> Report {
        var options = CheckOptions(profile: profile, delimiter: UInt8(ascii: ","))
        (options.chunkByteCount, options.threadCount, options.kernel) = (chunkByteCount, threads, kernel)
        options.countsColumns = true
        var report = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options)
        report.input.path = ""
        return report
    }

    /// Whether two inputs have the same content.
    private static func isSame(_ report: Report, _ other: Report) -> Bool {
        report.findings == other.findings && report.prediction == other.prediction && report.columns == other.columns
    }

    /// A debug build takes minutes for small chunks.
    private static let chunkByteCounts = isDebugBuild ? [40_000, 100_000, 512 << 10, 1 << 20] : [64, 65, 4096, 512 << 10]

    @Test(arguments: 0..<4)
    func filesPipesAndGzip(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let content = Self.content(&generator)
        let scratch = try ScratchFolder()
        let profile = seed == 3 ? nil : try Profile(yaml: Self.yaml)
        let file = try scratch.write(content, to: "input.csv")
        let packed = try scratch.write(Self.members(of: content), to: "input.csv.gz")
        let usual = try Self.report(file, profile, chunkByteCount: 512 << 10, threads: 1, kernel: .scalar)
        for (row, chunkByteCount) in Self.chunkByteCounts.enumerated() {
            for (column, threads) in [1, 2, 4].enumerated() where !isDebugBuild || (row + column) % 4 == seed {
                let kernel = generator.element(of: Kernel.allCases.filter(\.isAvailable))
                let way = "seed \(seed), chunks of \(chunkByteCount), \(threads) threads, \(kernel)"
                let other = try Self.report(file, profile, chunkByteCount: chunkByteCount, threads: threads, kernel: kernel)
                #expect(other == usual && firstDifference(other.json, usual.json) == nil, "\(way)")
                let unpacked = try Self.report(packed, profile, chunkByteCount: chunkByteCount, threads: threads, kernel: kernel)
                #expect(Self.isSame(unpacked, usual), "gzip, \(way)")
                let fifo = scratch.path + "/fifo-\(chunkByteCount)-\(threads)"
                try #require(mkfifo(fifo, 0o600) == 0)
                Self.write(content, to: fifo, sizes: generator)
                let piped = try Self.report(fifo, profile, chunkByteCount: chunkByteCount, threads: threads, kernel: kernel)
                #expect(Self.isSame(piped, usual), "pipe, \(way)")
            }
        }
    }

    private static func members(of content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = content[...]
        while !rest.isEmpty {
            var member = GzipMember("")
            member.content = Array(rest.prefix(60_001))
            bytes += member.bytes
            rest = rest.dropFirst(60_001)
        }
        return bytes
    }

    /// Writes on a thread of its own, in pieces of any size.
    private static func write(_ content: [UInt8], to path: String, sizes: SeededGenerator) {
        Thread.detachNewThread {
            var sizes = sizes
            let descriptor = Descriptor(open(path, O_WRONLY), isOwned: true)
            var rest = content[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 + sizes.below([10, 1_300, 70_000][sizes.below(3)]))
                rest = rest.dropFirst(piece.count)
                try? descriptor.writeAll(piece.span)
            }
        }
    }
}
