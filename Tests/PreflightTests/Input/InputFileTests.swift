import ByteSpans
import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import SafeText

/// Files that can be read again from any byte, and paths that name no such thing.
@Suite(.computing) struct InputFileTests {
    private static let content = Array("a,b\n1,2\n".utf8)
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test(arguments: [0, 1, 8, 100_000])
    func regularFileTwice(byteCount: Int) throws {
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let path = try folder.write(bytes, to: "x.csv")
        let file = try InputFile.open(path: path, spoolsStream: true)
        #expect(file.isSeekable)
        #expect(file.size() == byteCount)
        #expect(file.path == path)
        for bufferByteCount in [1, 7, 4096] where byteCount <= 4096 * bufferByteCount {
            var first = try file.firstPass()
            #expect(Drained(&first, bufferByteCount: bufferByteCount) == Drained(bytes))
            #expect(first.byteOffset == byteCount)
        }
        #expect(Drained(all: try file.firstPass()) == Drained(bytes))
        #expect(Drained(all: try file.secondPass()) == Drained(bytes))
    }

    @Test func passesDoNotDisturbEachOther() throws {
        let file = try InputFile.open(path: try folder.write(Self.content, to: "x.csv"), spoolsStream: false)
        var first = try file.firstPass()
        var byte = [UInt8](repeating: 0, count: 1)
        _ = try first.read(into: &byte, from: 0)
        #expect(Drained(all: try file.secondPass()) == Drained(Self.content))
        #expect(Drained(&first) == Drained(Array(Self.content.dropFirst())))
    }

    @Test func aSourceKeepsItsFileOpen() throws {
        let path = try folder.write(Self.content, to: "x.csv")
        let source = try InputFile.open(path: path, spoolsStream: false).firstPass()
        #expect(Drained(all: source) == Drained(Self.content))
    }

    @Test func theEndStaysTheEnd() throws {
        let file = try InputFile.open(path: try folder.write(Self.content, to: "x.csv"), spoolsStream: false)
        var source = try file.firstPass()
        #expect(Drained(&source).bytes == Self.content)
        try folder.append([0x21], to: "x.csv")
        #expect(Drained(&source) == Drained([]))
        #expect(file.size() == Self.content.count + 1)
    }

    @Test func aFileThatIsReplacedIsReadAsItWas() throws {
        let path = try folder.write(Self.content, to: "x.csv")
        let file = try InputFile.open(path: path, spoolsStream: false)
        let other = try folder.write(Array("other\n".utf8), to: "y.csv")
        #expect(Drained(all: try file.firstPass()) == Drained(Self.content))
        #expect(rename(other, path) == 0)
        #expect(Drained(all: try file.secondPass()) == Drained(Self.content))
        #expect(Drained(all: try InputFile.open(path: path, spoolsStream: false).firstPass()) == Drained("other\n"))
    }

    @Test func identityStaysWhileTheFileDoes() throws {
        let path = try folder.write(Self.content, to: "x.csv")
        let file = try InputFile.open(path: path, spoolsStream: false)
        let identity = try file.identity()
        _ = Drained(all: try file.firstPass())
        #expect(try file.identity() == identity)
        #expect(identity.size == Int64(Self.content.count))
        #expect(try InputFile.open(path: path, spoolsStream: false).identity() == identity)
    }

    @Test func identityShowsAnAppend() throws {
        let file = try InputFile.open(path: try folder.write(Self.content, to: "x.csv"), spoolsStream: false)
        let identity = try file.identity()
        try folder.append([0x21], to: "x.csv")
        #expect(try file.identity() != identity)
    }

    @Test func identityShowsARewriteWithTheOldTimeRestored() throws {
        let path = try folder.write(Self.content, to: "x.csv")
        let file = try InputFile.open(path: path, spoolsStream: false)
        let identity = try file.identity()
        try waitUntilTheFileSystemClockPasses(identity.changed)
        let writer = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try writer.write(contentsOf: Data(Self.content.reversed()))
        let restored = timespec(tv_sec: Int(identity.modified.seconds), tv_nsec: Int(identity.modified.nanoseconds))
        #expect(futimens(writer.fileDescriptor, [restored, restored]) == 0)
        let after = try file.identity()
        #expect(after.modified == identity.modified && after.size == identity.size)
        #expect(after != identity)
    }

    @Test func aPathWithControlCharactersIsShownEscaped() throws {
        let file = try InputFile.open(path: try folder.write(Self.content, to: "a\u{1B}[31m\n.csv"), spoolsStream: false)
        #expect(file.displayPath == folder.path + "/a\\u{1b}[31m\\u{a}.csv")
        #expect(Drained(all: try file.firstPass()) == Drained(Self.content))
    }

    @Test func whatIsNoFile() throws {
        let missing = folder.path + "/missing\u{1B}.csv"
        let shown = folder.path + "/missing\\u{1b}.csv"
        #expect(throws: SourceError.system(operation: "open", path: shown, errno: ENOENT, byteOffset: nil)) { try open(missing) }

        let loop = folder.path + "/loop"
        #expect(symlink("loop", loop) == 0)
        #expect(throws: SourceError.system(operation: "open", path: loop, errno: ELOOP, byteOffset: nil)) { try open(loop) }

        let below = try folder.write([], to: "file") + "/x.csv"
        #expect(throws: SourceError.system(operation: "open", path: below, errno: ENOTDIR, byteOffset: nil)) { try open(below) }

        #expect(throws: SourceError.notReadable(path: folder.path, reason: "it is a directory")) { try open(folder.path) }
        #expect(throws: SourceError.notReadable(path: "file\\u{0}.csv", reason: "the path contains a NUL byte")) {
            try open("file\0.csv")
        }
    }

    @Test func aSocketsPath() throws {
        let descriptor = socket(AF_UNIX, streamSocketType, 0)
        defer { close(descriptor) }
        let path = folder.path + "/s"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isBound = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        try #require(isBound)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        #expect(throws: SourceError.notReadable(path: path, reason: "it is a socket")) { try open(path) }
    }

    #if os(Linux)
        /// The kernel makes the content up; its size claims to be 0.
        @Test func filesOfTheKernel() throws {
            let file = try InputFile.open(path: "/proc/self/status", spoolsStream: false)
            #expect(file.size() == 0)
            for source in [try file.firstPass(), try file.secondPass()] {
                let drained = Drained(all: source, bufferByteCount: 64)
                #expect(drained.error == nil)
                #expect(drained.bytes.starts(with: Array("Name:".utf8)))
                #expect(drained.bytes.last == 0x0A)
            }
        }
    #endif

    @Test func gzipFromDisk() throws {
        let path = try folder.write(GzipFixture.dynamicCodes, to: "x.csv")
        let file = try InputFile.open(path: path, spoolsStream: false)
        for source in [try file.firstPass(), try file.secondPass()] {
            var content = try ContentSource(source)
            #expect(content.compression == .gzip)
            #expect(Drained(&content) == Drained(GzipFixture.dynamicCodesContent))
            #expect(content.compressedByteCount == file.size())
        }
    }

    private func open(_ path: String) throws(SourceError) -> InputFile {
        try InputFile.open(path: FilePath(path), spoolsStream: true, temporaryDirectory: FilePath(folder.path))
    }

    private var streamSocketType: Int32 {
        #if canImport(Glibc)
            Int32(SOCK_STREAM.rawValue)
        #else
            SOCK_STREAM
        #endif
    }

    /// Times of files advance in steps of up to 10 ms: writes until a step is seen.
    private func waitUntilTheFileSystemClockPasses(_ time: FileIdentity.Timestamp) throws {
        let clock = try InputFile.open(path: try folder.write([], to: "clock"), spoolsStream: false)
        repeat {
            try folder.append([0], to: "clock")
        } while try clock.identity().changed == time || clock.identity().changed.isBefore(time)
    }
}

extension FileIdentity.Timestamp {
    fileprivate func isBefore(_ other: Self) -> Bool {
        (seconds, nanoseconds) < (other.seconds, other.nanoseconds)
    }
}
