import Foundation
import ScriptedServer
import Testing

@testable import ByteSources
@testable import PigmentImport
@testable import Preflight

/// Within a second, on a machine that has the time. All that the command could wait for instead takes longer than what is allowed here.
@Suite("Signals: the end comes at once, with the truth about the body", .timeLimit(.minutes(30)))
struct SignalTests {
    struct Ending: Sendable, CustomTestStringConvertible {
        var number: Int32
        var status: Int32
        var testDescription: String
    }

    static let signals = [
        Ending(number: SIGINT, status: 130, testDescription: "SIGINT"), Ending(number: SIGTERM, status: 143, testDescription: "SIGTERM"),
    ]

    private func expectQuickEnd(_ tool: Tool, _ signal: Ending, says text: String) async {
        let start = ContinuousClock.now
        tool.send(signal: signal.number)
        let ending = await tool.ending()
        #expect(ending.time - start < .seconds(120))
        #expect(ending.status == signal.status)
        #expect(ending.complaints.contains(text), "\(ending.complaints)")
    }

    @Test(arguments: signals) func inCheckOfAPipeThatNobodyWrites(_ signal: Ending) async throws {
        let scratch = try Scratch()
        let path = scratch.path + "/fifo"
        try #require(mkfifo(path, 0o600) == 0)
        let tool = Tool(["check", path])
        try tool.start()
        // The command opens its end and waits: opening ours without waiting succeeds only from then on.
        var writer: Int32 = -1
        while writer < 0 {
            try await Task.sleep(for: .milliseconds(5))
            writer = open(path, O_WRONLY | O_NONBLOCK)
        }
        defer { close(writer) }
        await expectQuickEnd(tool, signal, says: "nothing had been sent")
    }

    @Test(arguments: signals) func inTheMiddleOfTheBody(_ signal: Ending) async throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "a,b\n" + String(repeating: "1,\(String(repeating: "x", count: 1000))\n", count: 20_000), to: "big.csv")
        let isSending = Latch()
        try await withScriptedServer(scripts: [[.readBody(byteCount: 1), .open(isSending), .stall]], receiveBufferByteCount: 4096) {
            server in
            let tool = Tool(Tool.pushArguments(file, port: server.port), environment: Tool.keyEnvironment)
            try tool.start()
            await isSending.wait()
            await expectQuickEnd(tool, signal, says: "the server did not accept the file")
            #expect(server.completeBodyCount == 0)
        }
    }

    @Test(arguments: signals) func behindTheBody(_ signal: Ending) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        let isWhole = Latch()
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, .open(isWhole), .stall]]) { server in
            let tool = Tool(Tool.pushArguments(file, port: server.port), environment: Tool.keyEnvironment)
            try tool.start()
            await isWhole.wait()
            await expectQuickEnd(tool, signal, says: "the server may have accepted it")
        }
    }

    @Test(arguments: signals) func whileFollowing(_ signal: Ending) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        let isPolled = Latch()
        let scripts: [[ScriptStep]] = [
            [.readHead, .readWholeBody, .answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)],
            [.readHead, .open(isPolled), .stall],
        ]
        try await withScriptedServer(scripts: scripts) { server in
            let tool = Tool(Tool.pushArguments(file, port: server.port), environment: Tool.keyEnvironment)
            try tool.start()
            await isPolled.wait()
            await expectQuickEnd(tool, signal, says: "preflight status \(Tool.importID)")
        }
    }

    @Test func aClosedOutputDoesNotKillAnUpload() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        let isClosed = Latch()
        let completed =
            #"{"importId":"\#(Tool.importID)","importStatus":"Completed","detailedReport":{"blockType":"List","#
            + #""summary":{"insertedCount":1,"updatedCount":0,"deletedCount":0,"skippedCount":0},"impactedBlocks":[]}}"#
        let scripts: [[ScriptStep]] = [
            [.readHead, .readWholeBody, .wait(isClosed), .answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)],
            [.readHead, .answer("200 OK", body: completed)],
        ]
        try await withScriptedServer(scripts: scripts) { server in
            let tool = Tool(Tool.pushArguments(file, port: server.port), environment: Tool.keyEnvironment)
            try tool.start()
            try tool.closeOutput()
            isClosed.open()
            let ending = await tool.ending(readsOutput: false)
            #expect(server.completeBodyCount == 1)
            #expect(server.requests.count == 2)
            // What the server confirmed stays confirmed; the id is said where it can still be read.
            #expect(ending.status == 0)
            #expect(ending.complaints.contains("accepted import \(Tool.importID)"))
        }
    }
}
