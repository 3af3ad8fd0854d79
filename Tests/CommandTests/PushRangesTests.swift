import Foundation
import ScriptedServer
import TestSupport
import Testing

@testable import PigmentImport

/// A file that was checked in ranges is sent only as it was then.
@Suite("Push of what was checked in ranges", .timeLimit(.minutes(30)))
struct PushRangesTests {
    private static let push: [ScriptStep] = [
        .readHead, .readWholeBody, .answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#),
    ]
    private static let completed: [ScriptStep] = [
        .readHead,
        .answer(
            "200 OK",
            body: #"{"importId":"\#(Tool.importID)","importStatus":"Completed","detailedReport":{"blockType":"List","summary":{"#
                + #""insertedCount":1,"updatedCount":0,"deletedCount":0,"skippedCount":0},"impactedBlocks":[]}}"#),
    ]

    private static let csv = "id,name,amount\n" + (0..<200).map { "\($0),\"Okoro, \($0)\nLtd\",\($0).5\n" }.joined()

    /// A file, its plan, and the partial results of its ranges, made with a script of the shell.
    private func scratch(_ csv: String = csv, plan: String = "--digests", ranges: Int = 4) async throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write(csv, to: "in.csv")
        let script = """
            $PREFLIGHT plan in.csv --range-size \((csv.utf8.count + ranges - 1) / ranges) \(plan) > plan.json || exit 9
            for n in $(seq 0 \(ranges - 1)); do $PREFLIGHT check in.csv --plan plan.json --range $n --partial part-$n || exit 9; done
            """
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.status == 0, "\(ending.everything)")
        return scratch
    }

    /// Pushes, and gives the bodies that arrived whole.
    private func pushed(
        _ scratch: Scratch, parts: [Int] = [3, 1, 0, 2], _ more: [String] = []
    ) async throws -> (ending: Tool.Ending, bodies: [[UInt8]], connections: Int) {
        try await withScriptedServer(scripts: [Self.push, Self.completed]) { server in
            let path = { scratch.path + "/" + $0 }
            let arguments = Tool.pushArguments(
                path("in.csv"), port: server.port, more: parts.map { path("part-\($0)") } + ["--plan", path("plan.json")] + more)
            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
            return (ending, server.requests.prefix(server.completeBodyCount).map(\.body), server.connections.count)
        }
    }

    @Test func sendsTheFile() async throws {
        let result = try await pushed(try await scratch(), ["--format", "json"])
        #expect(result.ending.status == 0, "\(result.ending.everything)")
        #expect(result.bodies == [Array(Self.csv.utf8)])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(result.ending.output.utf8)) as? [String: Any])
        var digest = SHA256Digest()
        digest.update(Array(Self.csv.utf8).span)
        #expect((object["push"] as? [String: Any])?["sha256"] as? String == SHA256Digest.hexadecimal(digest.finalize()))
        #expect((object["totals"] as? [String: Any])?["rows"] as? Int == 200)
    }

    /// Also where the length and the time of the last change are as before.
    @Test(arguments: [(15, 0), (900, 0), (1_500, 1), (2_600, 2), (-2, 3)]) func sendsNothingElse(offset: Int, range: Int) async throws {
        let scratch = try await scratch()
        let count = Self.csv.utf8.count
        let place = offset < 0 ? count + offset : offset
        let script = """
            touch -r in.csv time
            byte=$(tail -c +\(place + 1) in.csv | head -c 1 | od -An -tu1 | tr -d ' ')
            printf "\\\\$(printf %03o $((byte ^ 1)))" | dd of=in.csv bs=1 seek=\(place) conv=notrunc 2> /dev/null
            touch -r time in.csv; wc -c < in.csv | tr -d ' '
            """
        #expect(try await Tool.shell(script, in: scratch).output == "\(count)\n")
        let result = try await pushed(scratch)
        #expect(result.ending.status == 2, "\(result.ending.everything)")
        #expect(result.connections == 0)
        #expect(result.ending.complaints.contains("(range \(range)) are others now"), "\(result.ending.everything)")
    }

    @Test func theGateKeepsItAtHome() async throws {
        let scratch = try await scratch(Self.csv + "200,x\n")
        let result = try await pushed(scratch)
        #expect(result.ending.status == 1, "\(result.ending.everything)")
        #expect(result.ending.output.contains("PF204") && result.ending.complaints.contains("nothing was sent"))
        #expect(result.connections == 0)
    }

    /// The plan's options decide, not those of the push.
    @Test func thePlanHasTheGate() async throws {
        let result = try await pushed(try await scratch(Self.csv + "200,x\n", plan: "--digests --ignore PF204"))
        #expect(result.ending.status == 0, "\(result.ending.everything)")
        #expect(result.bodies == [Array((Self.csv + "200,x\n").utf8)])
    }

    @Test func anotherEncodingIsConverted() async throws {
        let result = try await pushed(try await scratch("id,name\n1,caf\u{E9}\n2,x\n3,y\n4,z\n", plan: "--digests"))
        #expect(result.ending.status == 0, "\(result.ending.everything)")
        let scratch = try Scratch()
        let script = """
            printf 'id,name\\n1,caf\\351\\n2,x\\n3,y\\n4,z\\n' > in.csv
            $PREFLIGHT plan in.csv --range-size 7 --digests --encoding latin1 --transcode > plan.json
            for n in 0 1 2 3; do $PREFLIGHT check in.csv --plan plan.json --range $n --partial part-$n || exit 9; done
            """
        #expect(try await Tool.shell(script, in: scratch).status == 0)
        let converted = try await pushed(scratch)
        #expect(converted.bodies == [Array("id,name\n1,caf\u{E9}\n2,x\n3,y\n4,z\n".utf8)], "\(converted.ending.everything)")
    }

    @Test(arguments: [
        ([0, 1, 2], [], "--digests", Int32(10)), ([0, 1, 2, 3], [], "", 2), ([], [], "--digests", 64),
        ([0, 1, 2, 3], ["-p", "p.yaml"], "--digests", 64),
        ([0, 1, 2, 3], ["--max-skipped", "1"], "--digests", 64), ([0, 1, 2, 3], ["--drift", "fail"], "--digests", 2),
        ([0, 1, 2, 3], ["--report", "html=x.html"], "--digests", 2), ([0, 1, 2, 3], ["--dry-run"], "--digests", 0),
    ])
    func sendsNothing(parts: [Int], more: [String], plan: String, status: Int32) async throws {
        let result = try await pushed(try await scratch(plan: plan), parts: parts, more)
        #expect(result.ending.status == status, "\(result.ending.everything)")
        #expect(result.connections == 0)
    }

    /// A digest of the whole file among the totals is compared when the file is read again.
    @Test(arguments: [(true, "0 0"), (false, "9 9")]) func digestsAsTotals(isRight: Bool, statuses: String) async throws {
        let scratch = try Scratch()
        try scratch.write(Self.csv, to: "in.csv")
        let script = """
            sum=\(isRight ? "$(sha256sum in.csv | cut -d' ' -f1)" : String(repeating: "0", count: 64))
            $PREFLIGHT plan in.csv --range-size 3000 --expect sha256=$sum > plan.json || exit 9
            for n in $(seq 0 $(($(grep -c '"from"' plan.json) - 1))); do $PREFLIGHT check in.csv --plan plan.json --range $n --partial part-$n; done
            $PREFLIGHT check in.csv --expect sha256=$sum --format json > whole; a=$?
            $PREFLIGHT merge --plan plan.json part-* --source in.csv --format json > merged; echo $a $?
            cmp whole merged
            $PREFLIGHT merge --plan plan.json part-* 2> words; echo $?; grep -c -- '--source' words
            """
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.output == "\(statuses)\n2\n1\n", "\(ending.everything)")
    }
}
