import ByteSpans
import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight

/// Several threads read a plain file in blocks, and cut them into rows before it is known what comes before them.
@Suite(.computing) struct BlockTests {
    private static let shardCount = 20
    /// Fewer in debug builds: 20 000 files in all otherwise.
    private static let filesPerShard = isDebugBuild ? 15 : 1_000

    private static func report(
        on path: String, options: CheckOptions, threads: Int, chunkByteCount: Int, kernel: Kernel = .best
    ) throws -> Report {
        var options = options
        // Threads start at once.
        options.headByteCount = 4
        (options.threadCount, options.chunkByteCount, options.kernel) = (threads, chunkByteCount, kernel)
        return try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options)
    }

    private static let profile = """
        version: 1
        columns:
          - {name: a, type: text}
          - {name: b, type: number}
          - {name: c, type: date}
        keys: [[a, b]]
        """

    @Test(arguments: 0..<shardCount)
    func oddQuotesEverywhere(shard: Int) throws {
        let scratch = try ScratchFolder()
        let profile = try Profile(yaml: Self.profile)
        let kernels = Kernel.allCases.filter(\.isAvailable)
        for seed in (shard * Self.filesPerShard)..<((shard + 1) * Self.filesPerShard) {
            var generator = SeededGenerator(seed: seed)
            let path = try scratch.write(generator.oddQuotes(), to: "odd.csv")
            var options = CheckOptions(
                profile: generator.once(in: 2) ? profile : nil, delimiter: UInt8(ascii: ","), samples: [0, 3, 1000][generator.below(3)])
            options.countsColumns = generator.once(in: 2)
            options.mapsPositions = generator.once(in: 4)
            if generator.once(in: 3) {
                options.rowLimits = RowBatch.Limits(rowBytes: 100 + generator.below(200), fieldBytes: 40, fields: 20, headBytes: 500)
            }
            let expected = try Self.report(on: path, options: options, threads: 1, chunkByteCount: 512 << 10, kernel: .scalar)
            for threads in [2, 3, 8] {
                let size = generator.element(of: [1, 3, 16, 50, 128, 300, 1000, 4096, 20_000])
                let kernel = generator.element(of: kernels)
                let found = try Self.report(on: path, options: options, threads: threads, chunkByteCount: size, kernel: kernel)
                if found == expected, found.json == expected.json { continue }
                let difference = firstDifference(found.json, expected.json) ?? "only the excerpts differ"
                Issue.record("seed \(seed), \(threads) threads, blocks of \(size), \(kernel): \(difference)")
                return
            }
        }
    }

    /// The blocks of a file, once its first bytes were read in order.
    private static func blocks(of path: String, byteCount: Int) throws -> (head: [UInt8], blocks: [FileBlock]) {
        let reader = try ChunkReader(try InputFile.open(path: path, spoolsStream: false).firstPass())
        #expect(reader.nextBlock(byteCount: byteCount) == nil, "the first bytes come first")
        let head = Array(try reader.peek(byteCount: 6, readByteCount: 6))
        var batch = RowBatch()
        batch.prepare(byteCount: head.count)
        let first = read(reader, into: &batch)
        #expect(first == head.count)
        var blocks: [FileBlock] = []
        while let block = reader.nextBlock(byteCount: byteCount) { blocks.append(block) }
        let last = read(reader, into: &batch)
        #expect(last == nil, "nothing is left to be read in order")
        return (head, blocks)
    }

    private static func read(_ reader: ChunkReader, into batch: inout RowBatch) -> Int? {
        var space = batch.space
        var packed = PackedMembers()
        return reader.next(into: &space, packed: &packed).flatMap { $0.isEnd ? nil : $0.byteCount }
    }

    /// However blocks are cut, and whatever their borders are worth, the pieces of all threads together are the file.
    @Test(arguments: 0..<20)
    func piecesAreTheFile(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let scratch = try ScratchFolder()
        let bytes = generator.oddQuotes()
        let path = try scratch.write(bytes, to: "odd.csv")
        for byteCount in [1, 2, 7, 64, 100, 1000, 10_000] {
            let (head, blocks) = try Self.blocks(of: path, byteCount: byteCount)
            var joined = head
            var batch = RowBatch()
            let ahead = RowsAhead(Tokenizer(dialect: Dialect(), firstRowWidth: 3), blockByteCount: byteCount)
            for block in blocks {
                let count = try ahead.read(block, into: &batch)
                joined += Array(batch.written.extracting(first: count))
            }
            #expect(joined == bytes, "blocks of \(byteCount)")
        }
    }

    /// In a file without odd quotes every piece begins with a row, but for the first, and is cut into rows ahead.
    @Test(arguments: ["1,2,3\n", "10,\"x, y\",\"a\"\"b\"\r\n", "Zürich,\"x\ny\",z\n"])
    func usualFiles(row: String) throws {
        let scratch = try ScratchFolder()
        let path = try scratch.write(Array(("a,b,c\n" + String(repeating: row, count: 5_000)).utf8), to: "usual.csv")
        let (_, blocks) = try Self.blocks(of: path, byteCount: 3_000)
        var rowCount = 0
        var batch = RowBatch()
        let ahead = RowsAhead(Tokenizer(dialect: Dialect(), firstRowWidth: 3), blockByteCount: 3_000)
        for block in blocks {
            let count = try ahead.read(block, into: &batch)
            #expect(ahead.hasRows == block.followsBlock)
            if !ahead.hasRows { rowCount += count / row.utf8.count }
            rowCount += ahead.hasRows ? batch.rowCount : 0
        }
        #expect(rowCount == 5_000)
    }
}

extension SeededGenerator {
    /// Rows of three fields with quotes where they may be and where not, line ends inside quotes, quotes that nobody closes, rows of one byte and
    /// of thousands.
    mutating func oddQuotes() -> [UInt8] {
        let oddity = [0, 2, 10, 40][below(4)]
        let isLong = once(in: 5)
        var text = "a,b,c\n"
        for _ in 0..<below(isLong ? 400 : 60) {
            let width = below(100) < oddity ? below(6) : 3
            let fields = (0..<width).map { _ in
                below(100) < oddity
                    ? element(of: [
                        "\"", "x\"y", "\"x\"y", "\"x", "x\"", "\"\"\"", "\"a\n", "b\"", "\r", "x\ry", "\"x\"\r", "\u{0}", " \"x\"",
                        "\"\n\"",
                        "\\\"", "\"a\nb,c,d\ne,f,g\n\"h", "\"1,2\n3,4,5\n6,7,8\n",
                    ])
                    : element(of: [
                        "", "1", "2.5", "2026-01-02", "x", "Zürich", "\"x\"", "\"1\"", "\"a,b\"", "\"a\"\"b\"", "\"a\nb\"", "\"a\r\nb\"",
                        "\"\"",
                        "\"\"\"\"", once(in: 20) ? String(repeating: "y", count: below(700)) : "z",
                        once(in: 20) ? "\"" + String(repeating: "y\n", count: below(300)) + "\"" : "w",
                    ])
            }
            text += fields.joined(separator: ",") + (once(in: 5) ? "\r\n" : "\n")
            if below(100) < oddity { text += element(of: ["\n", "\r\n", "\n\n\n", "\r"]) }
        }
        var bytes = Array(text.utf8)
        if below(100) < oddity { bytes[below(bytes.count)] = element(of: [0x00, 0xFF, 0xC3, 0x22, 0x0D, 0x0A]) }
        if once(in: 3) { bytes.removeLast() }
        return bytes
    }
}
