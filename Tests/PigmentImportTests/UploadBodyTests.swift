import ByteSpans
import Foundation
import Preflight
import Synchronization
import Testing

@testable import ByteSources
@testable import PigmentImport
@testable import Preflight
@testable import ValueFormats

/// What came out of one iteration.
struct Delivery: Sendable {
    var chunks: [[UInt8]] = []
    var failure: UploadBody.Failure?

    var bytes: [UInt8] { Array(chunks.joined()) }

    init(_ body: UploadBody) async {
        var iterator = body.makeAsyncIterator()
        do throws(UploadBody.Failure) {
            while let chunk = try await iterator.next() { chunks.append(chunk) }
            if try await iterator.next() != nil { Issue.record("goes on after its end") }
        } catch {
            failure = error
        }
    }
}

/// Over sources that lie: no file needed.
@Suite struct UploadBodyTests {
    /// Gives at most `portion` bytes a read, and fails where it is reported to.
    struct FakeSource: ByteSource {
        var bytes: ArraySlice<UInt8>
        var portion = Int.max
        var failsAtEnd: SourceError?

        mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
            let count = min(bytes.count, buffer.count, portion)
            guard count > 0 else {
                if let failsAtEnd { throw failsAtEnd }
                return 0
            }
            let part = bytes.prefix(count)
            buffer.copy(part.span)
            bytes = bytes.dropFirst(count)
            return count
        }
    }

    static func content(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) }
    }

    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var digest = SHA256Digest()
        digest.update(bytes.span)
        return digest.finalize()
    }

    /// A body that was judged as `judged` and is read a second time from `source`.
    static func body(
        judged: [UInt8], source: FakeSource, chunkByteCount: Int = 64, isUnchanged: @escaping @Sendable () -> Bool = { true },
        observe: @escaping @Sendable (UploadBody.Progress) -> Void = { _ in }
    ) -> UploadBody {
        let origin = BodyOrigin(byteCount: judged.count, digest: digest(judged)) {
            source
        } isUnchanged: {
            isUnchanged()
        }
        return UploadBody(origin: origin, chunkByteCount: chunkByteCount, observe: observe)
    }

    @Test(arguments: [1, 2, 63, 64, 65, 127, 128, 129, 640, 1000], [1, 7, 64, Int.max])
    func deliversTheJudgedBytes(count: Int, portion: Int) async {
        let content = Self.content(count)
        let delivery = await Delivery(Self.body(judged: content, source: FakeSource(bytes: content[...], portion: portion)))
        #expect(delivery.failure == nil)
        #expect(delivery.bytes == content)
        #expect(delivery.chunks.allSatisfy { !$0.isEmpty && $0.count <= 64 })
        #expect(delivery.chunks.count == (count + 63) / 64)
    }

    /// At every length of the second pass but the right one, at least the last chunk is missing.
    @Test(arguments: [1, 64, 65, 128, 200]) func neverWholeAtAnotherLength(count: Int) async {
        let longer = Self.content(count + 70)
        let content = Array(longer.prefix(count))
        for actual in 0...(count + 70) where actual != count {
            let delivery = await Delivery(Self.body(judged: content, source: FakeSource(bytes: longer.prefix(actual))))
            #expect(delivery.bytes.count < count, "\(actual)")
            #expect(delivery.failure == (actual < count ? .shorter(byteOffset: actual) : .longer))
        }
    }

    @Test(arguments: [1, 64, 65, 200]) func neverWholeWithAnyByteChanged(count: Int) async {
        let content = Self.content(count)
        for place in 0..<count {
            var other = content
            other[place] ^= 1
            let delivery = await Delivery(Self.body(judged: content, source: FakeSource(bytes: other[...])))
            #expect(delivery.failure == .otherBytes)
            #expect(delivery.bytes.count < count)
        }
    }

    @Test func neverWholeWhenTheEndCannotBeRead() async {
        let content = Self.content(200)
        let damage = SourceError.gzip(
            GzipDamage(kind: .badChecksum, member: 1, compressedOffset: 9, decompressedOffset: 200))
        for cut in [0, 64, 199, 200] {
            let source = FakeSource(bytes: content.prefix(cut), failsAtEnd: damage)
            let delivery = await Delivery(Self.body(judged: content, source: source))
            #expect(delivery.failure == .unreadable(damage))
            #expect(delivery.bytes.count < 200)
        }
    }

    /// The file is asked before the first byte and after each chunk was read: a change at any of these moments stops the body.
    @Test(arguments: 0...4) func neverWholeWhenTheFileChangesMidway(unchangedAnswers: Int) async {
        let content = Self.content(200)
        let answers = Mutex(unchangedAnswers)
        let isUnchanged: @Sendable () -> Bool = {
            answers.withLock { left in
                left -= 1
                return left >= 0
            }
        }
        let body = Self.body(judged: content, source: FakeSource(bytes: content[...]), isUnchanged: isUnchanged)
        let delivery = await Delivery(body)
        #expect(delivery.failure == .changed)
        #expect(delivery.chunks.count == max(0, unchangedAnswers - 1))
        #expect(delivery.bytes.count < 200)
        #expect(body.failure == .changed)
    }

    @Test func tellsOfEachChunkBeforeItGoes() async {
        let content = Self.content(130)
        let seen = Mutex<[UploadBody.Progress]>([])
        _ = await Delivery(
            Self.body(
                judged: content, source: FakeSource(bytes: content[...]), observe: { progress in seen.withLock { $0.append(progress) } }))
        let counts = seen.withLock { $0 }
        #expect(counts.map(\.byteCount) == [64, 128, 130])
        #expect(counts.map(\.isWhole) == [false, false, true])
    }

    @Test func givesNothingMoreOnceStopped() async throws {
        let content = Self.content(130)
        let body = Self.body(judged: content, source: FakeSource(bytes: content[...]))
        var iterator = body.makeAsyncIterator()
        _ = try await iterator.next()
        body.stop()
        await #expect(throws: UploadBody.Failure.stopped) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
    }

    @Test func anEmptyBodyIsCheckedToo() async {
        let delivery = await Delivery(Self.body(judged: [], source: FakeSource(bytes: [])))
        #expect(delivery.failure == nil && delivery.chunks.isEmpty)
        let grown = await Delivery(Self.body(judged: [], source: FakeSource(bytes: [1])))
        #expect(grown.failure == .longer)
    }

    /// FIPS 180-2, appendix B.1.
    @Test func theDigestIsSHA256() {
        #expect(
            SHA256Digest.hexadecimal(Self.digest(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}

/// Over real files, changed between the two passes.
@Suite struct ClearedFileTests {
    /// A fresh directory, removed with the value.
    final class Directory: Sendable {
        let path = NSTemporaryDirectory() + "preflight-body-" + UUID().uuidString

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }

        func write(_ bytes: [UInt8], to name: String = "file.csv") throws -> String {
            let file = path + "/" + name
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            return file
        }
    }

    /// Reads the first pass the way a check does.
    static func clearance(_ path: String) throws -> Clearance {
        let file = try InputFile.open(path: path, spoolsStream: false)
        let identity = try file.identity()
        var source = try ContentSource(file.firstPass())
        var digest = SHA256Digest()
        var byteCount = 0
        var buffer = [UInt8](repeating: 0, count: 1000)
        while true {
            let count = try source.read(into: &buffer, from: 0)
            if count == 0 { break }
            digest.update(buffer.span.prefix(count))
            byteCount += count
        }
        return Clearance(file: file, identity: identity, byteCount: byteCount, digest: digest.finalize())
    }

    static let chunk = 4096

    /// What happens to the file between the passes, or in the middle of the second.
    enum Mutation: CaseIterable, Sendable {
        case truncated
        case emptied
        case appended
        /// Same size, other bytes, and the modification time put back.
        case overwritten
        /// Only the times changed.
        case touched

        func apply(to path: String, size: Int) throws {
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            let modified = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
            switch self {
            case .truncated: try handle.truncate(atOffset: UInt64(size - 1))
            case .emptied: try handle.truncate(atOffset: 0)
            case .appended:
                try handle.seekToEnd()
                try handle.write(contentsOf: Data("more\n".utf8))
            case .overwritten:
                try handle.seek(toOffset: UInt64(size - 1))
                try handle.write(contentsOf: Data([0xFF]))
            case .touched: break
            }
            try handle.close()
            if self == .overwritten, let modified {
                try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: path)
            }
            if self == .touched {
                try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
            }
        }
    }

    static let sizes = [1, 100, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 5]

    @Test(arguments: sizes) func anUntouchedFileGoesWhole(size: Int) async throws {
        let directory = try Directory()
        let content = UploadBodyTests.content(size)
        let delivery = await Delivery(UploadBody(try Self.clearance(directory.write(content)), chunkByteCount: Self.chunk))
        #expect(delivery.failure == nil)
        #expect(delivery.bytes == content)
    }

    @Test(arguments: Mutation.allCases, sizes) func aFileChangedBetweenThePassesNeverGoesWhole(mutation: Mutation, size: Int) async throws {
        let directory = try Directory()
        let path = try directory.write(UploadBodyTests.content(size))
        let clearance = try Self.clearance(path)
        try mutation.apply(to: path, size: size)
        let delivery = await Delivery(UploadBody(clearance, chunkByteCount: Self.chunk))
        #expect(delivery.failure == .changed)
        #expect(delivery.bytes.isEmpty)
    }

    @Test(arguments: Mutation.allCases) func aFileChangedDuringTheSecondPassNeverGoesWhole(mutation: Mutation) async throws {
        let directory = try Directory()
        let size = 3 * Self.chunk
        let path = try directory.write(UploadBodyTests.content(size))
        let body = UploadBody(try Self.clearance(path), chunkByteCount: Self.chunk)
        var iterator = body.makeAsyncIterator()
        var sent = try await iterator.next()?.count ?? 0
        try mutation.apply(to: path, size: size)
        await #expect(throws: UploadBody.Failure.self) {
            while let chunk = try await iterator.next() { sent += chunk.count }
        }
        #expect(sent < size)
    }

    /// Replacing by rename leaves the open file as it was: its bytes go, not the new ones. Only its change time moved.
    @Test func aFileReplacedByRenameNeverSendsTheNewBytes() async throws {
        let directory = try Directory()
        let content = UploadBodyTests.content(5000)
        let path = try directory.write(content)
        let clearance = try Self.clearance(path)
        let other = try directory.write(Array(content.reversed()), to: "other.csv")
        #expect(rename(other, path) == 0)
        let delivery = await Delivery(UploadBody(clearance, chunkByteCount: Self.chunk))
        #expect(delivery.failure == .changed)
        #expect(delivery.bytes.isEmpty)
    }

    /// The digest counts alone where the system's times are too coarse to show a change.
    @Test func theDigestCatchesWhatTheTimesDoNotShow() async throws {
        let directory = try Directory()
        let path = try directory.write(UploadBodyTests.content(5000))
        let clearance = try Self.clearance(path)
        try Mutation.overwritten.apply(to: path, size: 5000)
        let blind = BodyOrigin(byteCount: clearance.byteCount, digest: clearance.digest, open: BodyOrigin(clearance).open) { true }
        let delivery = await Delivery(UploadBody(origin: blind, chunkByteCount: Self.chunk))
        #expect(delivery.failure == .otherBytes)
        #expect(delivery.bytes.count == Self.chunk)
    }
}
