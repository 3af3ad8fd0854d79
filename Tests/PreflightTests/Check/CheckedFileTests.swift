import ByteSpans
import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Files as the command reads them.
@Suite(.computing) struct CheckedFileTests {
    private let folder: ScratchFolder
    private static let content = Array("Entity,Amount\nFR01,1.50\nFR02,1.50,2\nDE01,\"3\n4\"\n".utf8)
    private static let found = ["PF205 error 1 @2:3:34"]

    init() throws {
        folder = try ScratchFolder()
    }

    @Test(arguments: [1, 3, 4096])
    func plain(chunkByteCount: Int) throws {
        let path = try folder.write(Self.content, to: "plan.csv")
        let options = CheckOptions(chunkByteCount: chunkByteCount)
        let checked = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options, digest: Copy())
        #expect(checked.report.lines == Self.found)
        #expect(checked.report.isComplete)
        #expect(checked.report.input.compression == .none)
        #expect(checked.report.input.path == path)
        #expect(checked.report.input.bytes == Self.content.count)
        #expect(checked.digest == Self.content)
    }

    @Test(arguments: [1, 3, 4096])
    func gzip(chunkByteCount: Int) throws {
        var member = GzipMember("")
        member.content = Self.content
        // By its first bytes, not by its name.
        let path = try folder.write(member.bytes, to: "plan.csv")
        let options = CheckOptions(chunkByteCount: chunkByteCount)
        let report = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options)
        #expect(report.lines == ["PF009 warning 1 @-:-:0"] + Self.found)
        #expect(report.isComplete)
        #expect(report.input.compression == .gzip)
        #expect(report.input.bytes == member.bytes.count)
        #expect(report.input.decompressedBytes == Self.content.count)
    }

    @Test func cutGzip() throws {
        var member = GzipMember("")
        member.content = Self.content
        // Header and block head are 15 bytes: the first row and half of the second.
        let path = try folder.write(member.bytes.prefix(15 + 30), to: "plan.csv.gz")
        let checked = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: CheckOptions(), digest: Copy())
        #expect(!checked.report.isComplete)
        #expect(checked.report.lines == ["PF002 error 1 @-:-:30"])
        #expect(checked.report.totals.rows == 1)
        guard case .refused(let refusals) = checked.clearance(under: GatePolicy()) else {
            Issue.record("a cut file was cleared")
            return
        }
        #expect(refusals.contains(.incomplete))
    }

    @Test func fifo() throws {
        let path = folder.path + "/fifo"
        try #require(mkfifo(path, 0o600) == 0)
        let content = Self.content
        Thread.detachNewThread { Self.write(content, into: path) }
        let file = try InputFile.open(path: path, spoolsStream: true)
        let checked = try CheckRun.check(file, options: CheckOptions(), digest: Copy())
        #expect(checked.report.lines == Self.found)
        #expect(checked.identity.size == Int64(Self.content.count))
        #expect(Drained(all: try file.secondPass()) == Drained(Self.content))
    }

    /// All bytes are shown to the digest once and in order, and the clearance carries what it made of them.
    @Test func clearance() throws {
        let clean = Array("Entity,Amount\nFR01,1.50\n".utf8)
        let path = try folder.write(clean, to: "plan.csv")
        let file = try InputFile.open(path: path, spoolsStream: false)
        let checked = try CheckRun.check(file, options: CheckOptions(chunkByteCount: 5), digest: Copy())
        #expect(checked.digest == clean)
        guard case .cleared(let clearance) = checked.clearance(under: GatePolicy()) else {
            Issue.record("a clean file was refused")
            return
        }
        #expect(clearance.byteCount == clean.count)
        #expect(clearance.digest == clean)
        #expect(clearance.identity == (try file.identity()))
        #expect(Drained(all: try clearance.file.secondPass()) == Drained(clean))
    }

    @Test func progress() throws {
        let path = try folder.write(Self.content, to: "plan.csv")
        var seen: [Int] = []
        let file = try InputFile.open(path: path, spoolsStream: false)
        _ = try CheckRun.check(file, options: CheckOptions(chunkByteCount: 20)) { seen.append($0) }
        #expect(seen.last == Self.content.count)
        #expect(seen == seen.sorted())
        #expect(seen.count > 1)
    }

    /// While it is read: the content that was judged is no longer there.
    @Test(arguments: ["append", "overwrite", "truncate"], [1, 2])
    func changes(how: String, threads: Int) throws {
        let path = try folder.write(Self.content, to: "plan.csv")
        let file = try InputFile.open(path: path, spoolsStream: false)
        var options = CheckOptions(chunkByteCount: 16, threadCount: threads)
        // Threads start at once.
        if threads > 1 { options.headByteCount = 4 }
        var isDone = false
        #expect(throws: SourceError.changed(path: path)) {
            try CheckRun.check(file, options: options) { _ in
                guard !isDone else { return }
                isDone = true
                Self.change(path, how: how)
            }
        }
        #expect(isDone)
    }

    private static func change(_ path: String, how: String) {
        switch how {
        case "append": write(Array("more\n".utf8), into: path, flags: O_WRONLY | O_APPEND)
        case "overwrite": write(Array("Entity".utf8), into: path, flags: O_WRONLY)
        default: truncate(path, 3)
        }
    }

    private static func write(_ bytes: [UInt8], into path: String, flags: Int32 = O_WRONLY) {
        let descriptor = Descriptor(open(path, flags), isOwned: true)
        // A failure shows as content that is missing at the other end.
        try? descriptor.writeAll(bytes.span)
    }

    /// A digest that is the content itself.
    private struct Copy: StreamDigest {
        var bytes: [UInt8] = []

        mutating func update(_ bytes: Span<UInt8>) {
            self.bytes += bytes
        }

        mutating func finalize() -> [UInt8] { bytes }
    }
}
