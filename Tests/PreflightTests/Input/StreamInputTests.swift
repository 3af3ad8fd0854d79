import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Inputs that can be read only once, and their copies.
@Suite(.computing) struct StreamInputTests {
    /// More than a pipe holds.
    private static let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8 ^ $0 >> 16) }
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func fifo() throws {
        let path = folder.path + "/fifo"
        try #require(mkfifo(path, 0o600) == 0)
        Self.write(Self.content, to: { open(path, O_WRONLY) })
        let file = try InputFile.open(path: FilePath(path), spoolsStream: true, temporaryDirectory: FilePath(folder.path))
        #expect(!file.isSeekable)
        #expect(file.size() == nil)
        var first = try file.firstPass()
        #expect(Drained(&first, bufferByteCount: 99_999) == Drained(Self.content))
        #expect(first.byteOffset == Self.content.count)

        let identity = try file.identity()
        #expect(identity.size == Int64(Self.content.count))
        for _ in 1...2 {
            #expect(Drained(all: try file.secondPass(), bufferByteCount: 65_537) == Drained(Self.content))
        }
        #expect(try file.identity() == identity)
        #expect(try folder.fileNames == ["fifo"], "the copy has no name")
    }

    @Test(arguments: [0, 1, 100_000])
    func pipeByItsDescriptor(byteCount: Int) throws {
        let content = Self.content.prefix(byteCount)
        let pipe = try Self.pipe()
        Self.write(Array(content), to: { pipe.writing })
        let file = try InputFile.open(path: "/dev/fd/\(pipe.reading)", spoolsStream: true)
        close(pipe.reading)
        #expect(Drained(all: try file.firstPass()) == Drained(Array(content)))
        #expect(Drained(all: try file.secondPass()) == Drained(Array(content)))
    }

    @Test func aStreamIsReadOnce() throws {
        let file = try Self.fileOverPipe(delivering: [1, 2, 3], spoolsStream: false)
        #expect(Drained(all: try file.firstPass()) == Drained([1, 2, 3]))
        #expect(throws: SourceError.notReadable(path: "-", reason: "it is a stream, and was already read once")) {
            try file.firstPass()
        }
        #expect(throws: SourceError.notReadable(path: "-", reason: "it is a stream, and no copy of it was kept")) {
            try file.secondPass()
        }
    }

    /// Also when all bytes were seen but not the end after them.
    @Test func aCopyIsNotReadBeforeItIsWhole() throws {
        let file = try Self.fileOverPipe(delivering: [1, 2, 3], spoolsStream: true)
        var first = try file.firstPass()
        let error = SourceError.notReadable(path: "-", reason: "it is a stream, and was not read to its end before")
        #expect(throws: error) { try file.secondPass() }
        var bytes = [UInt8](repeating: 0, count: 3)
        #expect(try first.read(into: &bytes, from: 0) == 3)
        #expect(throws: error) { try file.secondPass() }
        #expect(Drained(&first) == Drained([]))
        #expect(Drained(all: try file.secondPass()) == Drained([1, 2, 3]))
    }

    @Test func gzipThroughACopy() throws {
        let file = try Self.fileOverPipe(delivering: GzipFixture.dynamicCodes, spoolsStream: true)
        #expect(Drained(all: try ContentSource(try file.firstPass())) == Drained(GzipFixture.dynamicCodesContent))
        #expect(Drained(all: try ContentSource(try file.secondPass())) == Drained(GzipFixture.dynamicCodesContent))
    }

    /// Another process may have made the shared descriptor non-blocking: waiting is then ours to do.
    @Test func aNonBlockingPipe() throws {
        let pipe = try Self.pipe()
        #expect(fcntl(pipe.reading, F_SETFL, O_NONBLOCK) == 0)
        let file = try Self.standardInput(pipe.reading, spoolsStream: false)
        Self.write(Self.content, to: { pipe.writing })
        #expect(Drained(all: try file.firstPass()) == Drained(Self.content))
    }

    /// `node` and `ksh` connect processes by sockets.
    @Test func aSocketAsStandardInput() throws {
        var ends: [Int32] = [0, 0]
        #if canImport(Glibc)
            let type = Int32(SOCK_STREAM.rawValue)
        #else
            let type = SOCK_STREAM
        #endif
        try #require(socketpair(AF_UNIX, type, 0, &ends) == 0)
        let writing = ends[1]
        Self.write(Self.content, to: { writing })
        let file = try Self.standardInput(ends[0], spoolsStream: false)
        #expect(!file.isSeekable)
        #expect(Drained(all: try file.firstPass()) == Drained(Self.content))
    }

    @Test func aFileAsStandardInput() throws {
        let path = try folder.write(Array("abcdef".utf8), to: "x.csv")
        let file = try Self.standardInput(open(path, O_RDONLY), spoolsStream: true)
        #expect(file.isSeekable)
        #expect(file.size() == 6)
        #expect(Drained(all: try file.firstPass()) == Drained("abcdef"))
        #expect(Drained(all: try file.secondPass()) == Drained("abcdef"))
    }

    /// As in `(read line; preflight check -) < file`.
    @Test func aFileThatIsPartlyRead() throws {
        let path = try folder.write(Array("abcdef".utf8), to: "x.csv")
        let descriptor = open(path, O_RDONLY)
        #expect(lseek(descriptor, 2, SEEK_SET) == 2)
        let file = try Self.standardInput(descriptor, spoolsStream: true)
        #expect(!file.isSeekable)
        #expect(file.size() == nil)
        #expect(Drained(all: try file.firstPass()) == Drained("cdef"))
        #expect(Drained(all: try file.secondPass()) == Drained("cdef"))
    }

    @Test func closedStandardInput() throws {
        #expect(throws: SourceError.system(operation: "open", path: "-", errno: EBADF, byteOffset: nil)) {
            try InputFile(
                descriptor: Descriptor(-1, isOwned: false), path: .standardStream, spoolsStream: false,
                temporaryDirectory: FilePath("/tmp"))
        }
    }

    @Test func noPlaceForTheCopy() throws {
        let pipe = try Self.pipe()
        close(pipe.writing)
        let error = SourceError.system(operation: "create the temporary copy of", path: "-", errno: ENOENT, byteOffset: nil)
        #expect(throws: error) {
            try InputFile(
                descriptor: Descriptor(pipe.reading, isOwned: true), path: .standardStream, spoolsStream: true,
                temporaryDirectory: FilePath(folder.path + "/missing"))
        }
    }

    #if os(Linux)
        /// `/dev/full` is a disk without a free byte.
        @Test func noRoomForTheCopy() throws {
            let pipe = try Self.pipe()
            Self.write([1, 2, 3], to: { pipe.writing })
            let full = Spool(descriptor: Descriptor(open("/dev/full", O_WRONLY), isOwned: true))
            let source = FileSource(.stream(Descriptor(pipe.reading, isOwned: true), copy: full), displayPath: "-")
            let error = SourceError.system(operation: "write to the temporary copy of", path: "-", errno: ENOSPC, byteOffset: 0)
            #expect(Drained(all: source) == Drained([], error: error))
            #expect(!full.isComplete)
        }
    #endif

    @Test func unnamedFileIsPrivateAndCloses() throws {
        let descriptor = try Descriptor.unnamedFile(in: FilePath(folder.path))
        #expect(try descriptor.status().mode & 0o777 == 0o600)
        #expect(try descriptor.status().linkCount == 0)
        #expect(fcntl(descriptor.number, F_GETFD) & FD_CLOEXEC != 0)
        #expect(try folder.fileNames.isEmpty)
    }

    private static func fileOverPipe(delivering content: [UInt8], spoolsStream: Bool) throws -> InputFile {
        let pipe = try pipe()
        write(content, to: { pipe.writing })
        return try standardInput(pipe.reading, spoolsStream: spoolsStream)
    }

    private static func standardInput(_ descriptor: Int32, spoolsStream: Bool) throws -> InputFile {
        try InputFile(
            descriptor: Descriptor(descriptor, isOwned: true), path: .standardStream, spoolsStream: spoolsStream,
            temporaryDirectory: Spool.defaultDirectory())
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        try #require(systemPipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    /// Opens, writes and closes on a thread of its own: each of these may wait for the reader.
    private static func write(_ content: [UInt8], to opening: @escaping @Sendable () -> Int32) {
        Thread.detachNewThread {
            let descriptor = Descriptor(opening(), isOwned: true)
            // A failure shows as content that is missing at the other end.
            try? descriptor.writeAll(content.span)
        }
    }
}

/// Outside the suite, where `pipe` would name its own function.
private func systemPipe(_ ends: inout [Int32]) -> Int32 {
    pipe(&ends)
}
