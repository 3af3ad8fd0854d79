import Foundation
import Testing

@testable import ImportProfiles
@testable import Preflight

@Suite("bench, as a user runs it", .timeLimit(.minutes(30)))
struct BenchCommandTests {
    private let scratch: Scratch
    private let file: String

    init() throws {
        scratch = try Scratch()
        let rows = (1...2_000).map { "FR\($0),\"a, b\",\($0).50\n" }
        file = try scratch.write("Entity,Text,Amount\n" + rows.joined(), to: "plan.csv")
    }

    @Test func human() async throws {
        let ending = try await Tool.run(["bench", file, "--rounds", "1", "--threads", "2", "--rate", "1MB/s"])
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(ending.complaints.isEmpty)
        let lines = ending.output.split(separator: "\n")
        for stage in ["read ", "scan + UTF-8 ", "judge ", "judge, 2 threads ", "judge + digest, 2 threads ", "  1.0 MB/s "] {
            #expect(lines.contains { $0.hasPrefix(stage) }, "\(stage): \(ending.output)")
        }
        #expect(ending.output.contains("2,000 rows, 3 columns, 6,003 fields"))
    }

    @Test func json() async throws {
        let profile = try scratch.write("version: 1\ncolumns: [{name: Amount, type: date}]\n", to: "profile.yaml")
        let arguments = ["bench", file, "-p", profile, "--rounds", "1", "--threads", "1", "--format", "json", "--kernel", "scalar"]
        let ending = try await Tool.run(arguments)
        // All values are wrong, which is not a matter here.
        #expect(ending.status == 0, "\(ending.everything)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
        #expect(
            object.keys.sorted() == ["exit", "input", "kernel", "push", "rounds", "stages", "tool", "totals", "version"])
        #expect(object["kernel"] as? String == "scalar")
        let stages = try #require(object["stages"] as? [[String: Any]])
        #expect(stages.compactMap { $0["stage"] as? String } == ["read", "scan + UTF-8", "judge", "judge + digest"])
        for stage in stages {
            let seconds = try #require(stage["seconds"] as? [String: Double])
            #expect(seconds.keys.sorted() == ["max", "median", "min"])
            #expect(seconds.values.allSatisfy { $0 > 0 })
        }
        let push = try #require(object["push"] as? [[String: Any]])
        #expect(push.compactMap { $0["bytesPerSecond"] as? Int } == [5_000_000, 20_000_000, 100_000_000])
    }

    @Test func progressIsComplaintsOnly() async throws {
        let ending = try await Tool.run(["bench", file, "--rounds", "1", "--progress", "always", "--format", "json"])
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(ending.complaints.contains("Measuring  0 bytes of "))
        #expect(ending.output.hasPrefix("{"))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8] = []
        var arguments: [String] = []
        var status: Int32
        var complains: String
    }

    static let refusals = [
        Refusal(testDescription: "empty", status: 1, complains: "is empty"),
        Refusal(testDescription: "UTF-16", bytes: [0xFF, 0xFE, 0x61, 0x00], status: 1, complains: "is UTF-16"),
        Refusal(testDescription: "cut gzip", bytes: [0x1F, 0x8B, 8, 0, 0], status: 1, complains: "gzip stream ends inside member 1"),
        Refusal(testDescription: "bad rate", bytes: [0x61], arguments: ["--rate", "20"], status: 64, complains: "--rate"),
        Refusal(testDescription: "no rounds", bytes: [0x61], arguments: ["--rounds", "0"], status: 64, complains: "--rounds"),
    ]

    @Test(arguments: refusals) func refuses(_ refusal: Refusal) async throws {
        let path = scratch.path + "/refused.csv"
        try Data(refusal.bytes).write(to: URL(fileURLWithPath: path))
        let ending = try await Tool.run(["bench", path] + refusal.arguments)
        #expect(ending.status == refusal.status, "\(ending.everything)")
        #expect(ending.output.isEmpty)
        #expect(ending.complaints.contains(refusal.complains), "\(ending.complaints)")
    }

    @Test func streamsAndMissingFilesAreRefused() async throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.close()
        let stream = try await Tool.run(["bench", "-"], input: pipe.fileHandleForReading)
        #expect(stream.status == 2)
        #expect(stream.complaints.contains("standard input: it is a stream"), "\(stream.complaints)")
        let missing = try await Tool.run(["bench", scratch.path + "/missing.csv"])
        #expect(missing.status == 2)
        #expect(missing.complaints.contains("missing.csv: No such file"), "\(missing.complaints)")
    }
}
