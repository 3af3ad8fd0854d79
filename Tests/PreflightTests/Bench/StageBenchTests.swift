import CSVTokenizer
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Files measured with a clock that goes on by one second whenever it is looked at.
@Suite(.computing) struct StageBenchTests {
    private let folder: ScratchFolder
    private static let content = Array("\u{FEFF}\"Entity,\nname\",Amount\nFR01,1.50\n\nFR02,1.50,2\nDE01,\"3\n4\"\n".utf8)

    init() throws {
        folder = try ScratchFolder()
    }

    private func bench(
        _ path: String, options: CheckOptions = CheckOptions(threadCount: 2), rounds: Int = 2, makeDigest: (() -> any StreamDigest)? = nil
    ) throws(StageBenchError) -> StageBench {
        let file: InputFile
        do {
            file = try InputFile.open(path: path, spoolsStream: false)
        } catch {
            throw .source(error)
        }
        return try StageBench(file, options: options, roundCount: rounds, makeDigest: makeDigest, clock: SteppingClock())
    }

    @Test(arguments: [1, 3, 512 << 10], Kernel.allCases.filter(\.isAvailable))
    func plain(chunkByteCount: Int, kernel: Kernel) throws {
        let path = try folder.write(Self.content, to: "plan.csv")
        let options = CheckOptions(chunkByteCount: chunkByteCount, threadCount: 2, kernel: kernel)
        let report = try bench(path, options: options).run()
        #expect(report.totals == BenchReport.Totals(rows: 3, columns: 2, fields: 10))
        #expect(report.input.path == path)
        #expect(report.input.bytes == Self.content.count)
        #expect(report.kernel == kernel)
        #expect(report.roundCount == 2)
        #expect(report.stages.map(\.stage.title) == ["read", "scan + UTF-8", "judge", "judge, 2 threads"])
        for stage in report.stages {
            #expect(stage.time == Spread(min: .seconds(1), median: .seconds(1), max: .seconds(1)))
            #expect(stage.peakByteCount > 1 << 20)
            #expect(stage.processorTime >= .zero)
        }
        #expect(report.stages.map(\.peakByteCount) == report.stages.map(\.peakByteCount).sorted())
    }

    @Test func gzip() throws {
        var member = GzipMember("")
        member.content = Self.content
        let path = try folder.write(member.bytes, to: "plan.csv")
        let report = try bench(path, makeDigest: { CountingDigest() }).run()
        #expect(report.totals == BenchReport.Totals(rows: 3, columns: 2, fields: 10))
        #expect(report.input.bytes == member.bytes.count)
        #expect(report.input.decompressedBytes == Self.content.count)
        let titles = report.stages.map(\.stage.title)
        #expect(titles == ["read", "inflate", "scan + UTF-8", "judge", "judge, 2 threads", "judge + digest, 2 threads"])
        #expect(report.pushEstimate(at: TransferRate(bytesPerSecond: 1))?.sending == .seconds(Self.content.count))
    }

    @Test func aLargerFileThanTheBeginning() throws {
        let row = Array("FR01;\"1;2\";3\n".utf8)
        let path = try folder.write(Array(repeatElement(row, count: 20_000).joined()), to: "plan.csv")
        let report = try bench(path, options: CheckOptions(chunkByteCount: 4096, threadCount: 1)).run()
        #expect(report.totals == BenchReport.Totals(rows: 19_999, columns: 3, fields: 60_000))
    }

    @Test func progressCountsAllPasses() throws {
        let path = try folder.write(Self.content, to: "plan.csv")
        let bench = try bench(path)
        var told: [Int] = []
        _ = try bench.run { told.append($0) }
        let size = Self.content.count
        #expect(bench.plannedByteCount == 12 * size)
        #expect(told == (0..<12).map { $0 * size })
    }

    @Test(arguments: [
        ("", "is empty"), ("\u{FF}\u{FE}a", "is UTF-16"),
    ])
    func nothingToJudge(text: String, reason: String) throws {
        let path = try folder.write(text.unicodeScalars.map { UInt8($0.value) }, to: "plan.csv")
        let error = #expect(throws: StageBenchError.self) { try bench(path).run() }
        #expect(error?.message(path: path).hasPrefix("\(path) \(reason)") == true)
    }

    @Test func cutGzip() throws {
        var member = GzipMember("")
        member.content = Self.content
        let path = try folder.write(member.bytes.prefix(30), to: "plan.csv.gz")
        let error = #expect(throws: StageBenchError.self) { try bench(path).run() }
        #expect(error?.message(path: path).hasPrefix("\(path): The gzip stream ends inside member 1") == true)
    }

    @Test func streamIsRefused() throws {
        let pipe = Pipe()
        let file = try InputFile(
            descriptor: Descriptor(pipe.fileHandleForReading.fileDescriptor, isOwned: false), path: .standardStream, spoolsStream: false,
            temporaryDirectory: FilePath(folder.path))
        let error = #expect(throws: StageBenchError.self) { try StageBench(file, options: CheckOptions()) }
        #expect(
            error?.message(path: "-")
                == "Cannot read standard input: it is a stream, and every stage reads it from its beginning. Use a file instead.")
    }
}

/// A clock that goes on by one second whenever it is looked at.
private final class SteppingClock: Clock, Sendable {
    private let looks = Mutex(0)

    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        func duration(to other: Instant) -> Duration { other.offset - offset }

        static func < (first: Instant, second: Instant) -> Bool { first.offset < second.offset }
    }

    var now: Instant {
        looks.withLock {
            $0 += 1
            return Instant(offset: .seconds($0))
        }
    }

    var minimumResolution: Duration { .seconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
}

/// Counts what it is shown.
private struct CountingDigest: StreamDigest {
    private var count: UInt8 = 0

    mutating func update(_ bytes: Span<UInt8>) {
        count &+= UInt8(truncatingIfNeeded: bytes.count)
    }

    mutating func finalize() -> [UInt8] { [count] }
}
