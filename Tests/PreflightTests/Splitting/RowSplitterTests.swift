import CSVTokenizer
import Foundation
import ImportProfiles
import SafeText
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight

/// Each byte of a file is in the clean rows, in the quarantine, in the header of both, or is dropped, and the rows are those of the findings.
@Suite(.computing) struct RowSplitterTests {
    private static let shardCount = 20
    /// Fewer in debug builds: 10 000 files in all otherwise.
    private static let filesPerShard = isDebugBuild ? 12 : 500

    @Test(arguments: 0..<shardCount)
    func generatedFiles(shard: Int) throws {
        let folder = try ScratchFolder()
        let profile = try Profile(yaml: SplitCase.profile)
        for seed in (shard * Self.filesPerShard)..<((shard + 1) * Self.filesPerShard) {
            var random = SeededGenerator(seed: seed + 1_000_000)
            let made = SplitCase(seed: seed)
            let path = try folder.write(made.bytes, to: "in.csv")
            var options = CheckOptions(profile: profile, samples: random.below(4))
            options.threadCount = random.below(3) + 1
            options.chunkByteCount = [1, 7, 64, 1000, 512 << 10][random.below(5)]
            options.kernel = random.once(in: 3) ? .scalar : .best
            // Long rows are only partly in memory, and the rows of a longer file are written as they come.
            if random.once(in: 3) { options.rowLimits.rowBytes = 8 }
            if random.once(in: 2) { options.headByteCount = 16 }
            let level = SplitOutputs.Level.allCases[random.below(3)]
            let usual = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options)
            guard usual.isComplete else { continue }
            let result = try SplitResult(path, in: folder, options: options, level: level)
            #expect(result.report == usual, "seed \(seed): splitting changes the report")
            #expect(shown(result.clean) == shown(made.clean(level)), "seed \(seed), \(level)")
            #expect(shown(result.quarantine) == shown(made.quarantine(level)), "seed \(seed), \(level)")
            let split = result.split
            let parts = split.clean.byteCount + split.quarantine.byteCount + split.sharedByteCount + split.dropped.byteCount
            #expect(parts == made.bytes.count, "seed \(seed)")
            #expect(split.clean.rows + split.quarantine.rows == usual.totals.rows, "seed \(seed)")
            #expect(split.dropped.lines == made.rows.count { $0.kind == .blank }, "seed \(seed)")
            guard split.clean.rows > 0 else { continue }
            let again = try CheckRun.check(
                try InputFile.open(path: folder.path + "/clean.csv", spoolsStream: false), options: CheckOptions(profile: profile))
            let severity: Severity = level == .warning ? .warning : .error
            let left = again.findings.filter { finding in
                finding.severity >= severity && finding.rows > 0 && !split.undivided.contains(finding.code)
            }
            #expect(left.isEmpty, "seed \(seed): \(left.map(\.code))")
        }
    }

    private func shown(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(arguments: [TextEncoding.utf16LittleEndian, .windows1252], 0..<12)
    func otherEncodings(encoding: TextEncoding, seed: Int) throws {
        func encoded(_ bytes: [UInt8]) -> [UInt8] {
            guard encoding != .windows1252 else { return bytes.map { $0 == UInt8(ascii: "p") ? 0xE4 : $0 } }
            return bytes.flatMap { [$0, 0] }
        }
        var made = SplitCase(seed: seed, isPlain: true)
        made.mark = []
        made.header = encoded(made.header)
        for row in made.rows.indices { made.rows[row].text = encoded(made.rows[row].text) }
        let folder = try ScratchFolder()
        let path = try folder.write(made.bytes, to: "in.csv")
        for transcodes in [false, true] {
            for head in [16, 1 << 20] {
                var options = CheckOptions(profile: try Profile(yaml: SplitCase.profile))
                (options.encoding, options.transcodes, options.headByteCount, options.chunkByteCount) = (encoding, transcodes, head, 7)
                let result = try SplitResult(path, in: folder, options: options)
                #expect(result.clean == made.clean(.error))
                #expect(result.quarantine == made.quarantine(.error))
            }
        }
    }

    @Test func annotations() throws {
        let folder = try ScratchFolder()
        let text = "id;amount\r\na;1\r\nb;x\r\n\r\nc;2;3\r\nd;\"y\nz\""
        let path = try folder.write(Array(text.utf8), to: "in.csv")
        let profile = "version: 1\ndialect: {delimiter: \";\"}\ncolumns: [{name: id, type: text}, {name: amount, type: number}]"
        let result = try SplitResult(path, in: folder, options: CheckOptions(profile: try Profile(yaml: profile)), annotates: true)
        #expect(shown(result.clean) == "id;amount\r\na;1\r\n")
        let header = "id;amount;\"_code\";\"_column\";\"_row\";\"_line\"\r\n"
        let rows = [
            "b;x;\"PF401\";\"amount\";\"2\";\"3\"\r\n", "c;2;3;\"PF205\";\"\";\"3\";\"5\"\r\n",
            "d;\"y\nz\";\"PF401\";\"amount\";\"4\";\"6\"",
        ]
        #expect(shown(result.quarantine) == header + rows.joined())
    }

    /// What is known at the end of a file only.
    @Test(arguments: [16, 1 << 20])
    func totals(headByteCount: Int) throws {
        let folder = try ScratchFolder()
        let text = "Entity,Amount\nA,10\nB,20\nC,30\nTotal,60\n"
        let path = try folder.write(Array(text.utf8), to: "in.csv")
        var options = CheckOptions()
        options.headByteCount = headByteCount
        let result = try SplitResult(path, in: folder, options: options, level: .warning)
        #expect(result.report.findings.map(\.code).contains("PF214"))
        #expect(shown(result.quarantine) == "Entity,Amount\nTotal,60\n")
        #expect(shown(result.clean) == "Entity,Amount\nA,10\nB,20\nC,30\n")
    }

    @Test func whatIsNoDataIsDropped() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(Array("sep=;\na;b\n1;2\n\n3\n".utf8), to: "in.csv")
        let result = try SplitResult(path, in: folder, options: CheckOptions())
        #expect(shown(result.clean) == "a;b\n1;2\n")
        #expect(shown(result.quarantine) == "a;b\n3\n")
        #expect(result.split.dropped == (2, 7))
    }

    /// Lines that an option skips are needed by whoever reads the files with the same options.
    @Test func skippedLinesStay() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(Array("title\na;b\n1;2\n3\n".utf8), to: "in.csv")
        var options = CheckOptions()
        options.skippedLines = 1
        let result = try SplitResult(path, in: folder, options: options)
        #expect(shown(result.clean) == "title\na;b\n1;2\n")
        #expect(shown(result.quarantine) == "title\na;b\n3\n")
    }

    @Test func longRowsPassThroughATemporaryFile() throws {
        let folder = try ScratchFolder()
        let long = String(repeating: "x", count: 9 << 20)
        let text = "a,b\n1,2\n\(long),2\n\(long),2,3\n4,5\n"
        let path = try folder.write(Array(text.utf8), to: "in.csv")
        let result = try SplitResult(path, in: folder, options: CheckOptions())
        #expect(result.clean == Array("a,b\n1,2\n\(long),2\n4,5\n".utf8))
        #expect(result.quarantine == Array("a,b\n\(long),2,3\n".utf8))
    }

    @Test func compressedFiles() throws {
        let folder = try ScratchFolder()
        let rows = (0..<50_000).map { "\($0),\($0 % 7 == 0 ? "2,3" : "2")\n" }
        let path = try folder.write(Array(("a,b\n" + rows.joined()).utf8), to: "in.csv")
        let result = try SplitResult(path, in: folder, options: CheckOptions(), suffix: ".gz")
        var source = try ContentSource(BytesSource(result.clean))
        let clean = Drained(&source)
        #expect(clean.error == nil)
        #expect(clean.bytes == Array(("a,b\n" + rows.filter { !$0.hasSuffix("2,3\n") }.joined()).utf8))
    }

    @Test func nothingIsWrittenOfAFileThatIsNotWhole() throws {
        let folder = try ScratchFolder()
        let whole = GzipMember("a,b\n1,2\n3,4\n").bytes
        let path = try folder.write(whole.dropLast(5), to: "in.csv.gz")
        #expect(throws: RowSplitter.Failure.self) { try SplitResult(path, in: folder, options: CheckOptions()) }
        #expect(try folder.fileNames == ["in.csv.gz"])
    }

    /// Keys that do not fit into memory are compared at the end of the file: which rows repeat one is not known in the pass.
    @Test func keysBeyondMemory() throws {
        let folder = try ScratchFolder()
        let rows = (0..<5000).map { "k\($0),1\n" } + ["k7,2\n"]
        let path = try folder.write(Array(("id,n\n" + rows.joined()).utf8), to: "in.csv")
        var options = CheckOptions(
            profile: try Profile(yaml: "version: 1\ncolumns: [{name: id, type: text}]\nextra-columns: ignore\nkeys: [[id]]"))
        let result = try SplitResult(path, in: folder, options: options)
        #expect(shown(result.quarantine) == "id,n\nk7,2\n")
        options.keyMemory = 1000
        #expect(throws: RowSplitter.Failure.self) { try SplitResult(path, in: folder, options: options) }
    }

    @Test func aFullDiskLeavesNothing() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(Array(("a,b\n" + String(repeating: "1,2\n", count: 100_000)).utf8), to: "in.csv")
        var outputs = SplitOutputs()
        outputs.clean = try OutputFile(path: FilePath("/dev/full"), collision: .replace, inputs: [])
        outputs.quarantine = try OutputFile(path: FilePath(folder.path + "/bad.csv"), collision: .replace, inputs: [])
        let splitter = try RowSplitter(outputs)
        let report = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: CheckOptions(), splitter: splitter)
        #expect(throws: RowSplitter.Failure.self) { try splitter.finish(report) }
        #expect(try folder.fileNames == ["in.csv"])
    }
}
