import Foundation
import PigmentHTTP
import Preflight
import ScriptedServer
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import PigmentImport
@testable import SafeText

/// One push, and where it was accepted the following, against a server that misbehaves; with what both sides saw of it.
struct FaultRun: Sendable {
    /// Sent as the key in every run; no text of ours may hold it.
    static let canary = "pgmt_canary7f3a9c51d2e84b60"
    static let configurationID = "33d0d7d0-6125-47c4-b36a-882f4ed53b33"
    static let importID = "7b0c2f1e-5a64-4d0e-9c57-0f6f4f3b2a19"
    /// More than all buffers between the two programs can hold, so that a server which stops reading holds the client.
    static let largeByteCount = 16 << 20
    static let smallByteCount = 1000
    /// The rest of a status document, see ``ScriptStep/status(_:id:rest:)``: nothing was skipped.
    static let cleanReport = #","errorsDetails":null,"detailedReport":{"summary":{"skippedCount":0}}"#

    /// What is different from run to run.
    struct Conditions: Sendable {
        var byteCount = FaultRun.smallByteCount
        var tls: TLSIdentity?
        /// `https` also against a server that speaks none.
        var isSecure = false
        var host = "127.0.0.1"
        /// A quarter of a second where the test is about silence; else long enough for a busy machine.
        var limits = AsyncHTTPTransport.Limits(
            connect: .seconds(10), stall: .seconds(10), reply: .seconds(10), replyBody: .seconds(10))
        var policy = RetryPolicy()
        var receiveBufferByteCount: Int?
        var chunkByteCount = UploadBody.defaultChunkByteCount
        var follows = false
        /// Called with the file between the check and the push.
        var beforePush: @Sendable (ClearedFile) throws -> Void = { _ in }
        /// Runs beside the push.
        var duringPush: @Sendable (ClearedFile) async throws -> Void = { _ in }
    }

    let outcome: ImportOutcome
    let push: PushRecord
    let waits: [Duration]
    let connections: [ConnectionLog]
    let completeBodyCount: Int

    var requests: [RequestLog] { connections.flatMap(\.requests) }

    /// Pushes to a server with the given scripts.
    ///
    /// When the call returns, the server has read all that its scripts wanted to read, unless one of them stalls.
    init(_ scripts: [[ScriptStep]], _ conditions: Conditions = Conditions()) async throws {
        let time = VirtualTime()
        let file = try ClearedFile(byteCount: conditions.byteCount)
        let server = ScriptedServer(
            scripts: scripts,
            configuration: .init(tls: conditions.tls, receiveBufferByteCount: conditions.receiveBufferByteCount))
        try await server.start()
        do {
            try conditions.beforePush(file)
            let session = try Self.session(conditions, port: server.port, authority: file.neighbour("authority.pem"), time: time)
            async let interference: Void = conditions.duringPush(file)
            push = await session.push(origin: BodyOrigin(file.clearance), chunkByteCount: conditions.chunkByteCount)
            try await interference
            var follow: FollowOutcome?
            if conditions.follows, let id = push.outcome.importID { follow = await session.follow(id, isOwnPush: true) }
            outcome = ImportOutcome(push: push, follow: follow)
            if !scripts.joined().contains(where: \.isStall) { await server.waitUntilIdle() }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
        waits = time.waits
        connections = server.connections
        completeBodyCount = server.completeBodyCount
    }

    private static func session(
        _ conditions: Conditions, port: Int, authority: String, time: VirtualTime
    ) throws -> PushSession {
        let isSecure = conditions.isSecure || conditions.tls != nil
        let service = try ServiceURL("\(isSecure ? "https" : "http")://\(conditions.host):\(port)")
        let key = try APIKey(validating: canary)
        try Data(TLSIdentity.authority.utf8).write(to: URL(filePath: authority))
        let transport = try AsyncHTTPTransport(service: service, limits: conditions.limits, trustRootsPath: authority)
        return PushSession(
            target: PigmentTarget(service: service, configuration: try ConfigurationID(configurationID), key: key),
            transport: transport, redactor: Redactor(key), policy: conditions.policy,
            pacing: ImportFollower.Pacing(first: .seconds(3), longest: .seconds(15), timeout: .seconds(120)), timing: time.timing)
    }

    /// Expects how the run ended, what it says, that at most one whole body arrived, and that the key is in no text.
    func expect(
        _ exits: ExitClass..., says fragments: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(exits.contains(outcome.exit), "\(outcome.message)", sourceLocation: sourceLocation)
        for fragment in fragments {
            #expect(outcome.message.contains(fragment), sourceLocation: sourceLocation)
        }
        #expect(completeBodyCount <= 1, sourceLocation: sourceLocation)
        let service = try ServiceURL("http://127.0.0.1:1")
        let texts = [
            outcome.message, push.outcome.message, outcome.json.text(isPretty: false),
            push.json(configuration: try ConfigurationID(Self.configurationID), service: service, digest: nil).text(isPretty: false),
            String(reflecting: outcome),
        ]
        for text in texts {
            #expect(!text.contains(Self.canary), sourceLocation: sourceLocation)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 }, sourceLocation: sourceLocation)
        }
    }
}

extension ScriptStep {
    fileprivate var isStall: Bool {
        if case .stall = self { true } else { false }
    }

    /// The answer to an accepted push.
    static let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(FaultRun.importID)"}"#)

    /// A status document. `rest` continues the object and begins with a comma.
    static func status(_ status: String, id: String = FaultRun.importID, rest: String = "") -> ScriptStep {
        .answer("200 OK", body: #"{"importId":"\#(id)","createdAt":"2026-01-01T00:00:00Z","importStatus":"\#(status)"\#(rest)}"#)
    }
}

extension FaultRun.Conditions {
    /// A file larger than all buffers.
    static var large: Self { Self(byteCount: FaultRun.largeByteCount, receiveBufferByteCount: 64 << 10) }

    /// A quarter of a second for everything.
    static var impatient: Self {
        let limit = Duration.milliseconds(250)
        return Self(limits: .init(connect: .seconds(10), stall: limit, reply: limit, replyBody: limit))
    }

    /// One attempt to connect.
    static var oneTry: Self {
        var policy = RetryPolicy()
        policy.connectTries = 1
        return Self(policy: policy)
    }
}
