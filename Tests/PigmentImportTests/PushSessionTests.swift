import Preflight
import Synchronization
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import SafeText
@testable import ValueFormats

@Suite struct PushSessionTests {
    static let id = try! ImportID("33d0d7d0-6125-47c4-b36a-882f4ed53b33")
    static let key = try! APIKey(validating: "canary-Key_42")
    static let content = UploadBodyTests.content(300)

    static func reply(_ status: Int, _ body: String = "", headers: [TransportReply.Header] = []) -> TransportReply {
        TransportReply(status: status, headers: headers, body: Array(body.utf8), sentByteCount: 0, isRequestWhole: false)
    }

    /// The same answer, begun before the whole request was sent.
    static func early(_ reply: TransportReply) -> TransportReply {
        var reply = reply
        reply.isEarly = true
        return reply
    }

    static let accepted = reply(200, #"{"importId":"33D0D7D0-6125-47c4-b36a-882f4ed53b33"}"#)

    /// A session whose clock runs only while it waits.
    final class Stage: Sendable {
        let transport: ScriptedTransport
        let phases = Mutex<[PushPhase]>([])
        /// What became of a push, as it was to be recorded, and whether the import had been announced by then.
        let records = Mutex<[(record: PushRecord, isAnnounced: Bool)]>([])
        let clock = Mutex(Duration.zero)

        init(_ steps: [ScriptedTransport.Step]) {
            transport = ScriptedTransport(steps)
        }

        func session(
            _ target: (any ImportTarget)? = nil, pacing: ImportFollower.Pacing = ImportFollower.Pacing()
        ) throws -> PushSession {
            let timing = Timing(
                elapsed: { self.clock.withLock { $0 } }, sleep: { delay in self.clock.withLock { $0 += delay } },
                wallClock: { 784_111_777 },
                jitter: { 0 })
            let configuration = try ConfigurationID("00000000-0000-0000-0000-000000000001")
            let pigment = PigmentTarget(service: .pigment, configuration: configuration, key: PushSessionTests.key)
            return PushSession(
                target: target ?? pigment, transport: transport, redactor: Redactor(PushSessionTests.key), pacing: pacing, timing: timing
            ) { phase in
                self.phases.withLock { $0.append(phase) }
            } record: { record in
                let isAnnounced = self.phases.withLock { $0.contains { if case .accepted = $0 { true } else { false } } }
                self.records.withLock { $0.append((record, isAnnounced)) }
            }
        }

        func push(
            _ content: [UInt8] = PushSessionTests.content, second: [UInt8]? = nil, target: (any ImportTarget)? = nil
        ) async throws -> PushRecord {
            let source = UploadBodyTests.FakeSource(bytes: (second ?? content)[...])
            let origin = BodyOrigin(byteCount: content.count, digest: UploadBodyTests.digest(content)) {
                source
            } isUnchanged: {
                true
            }
            return try await session(target).push(origin: origin, chunkByteCount: 100)
        }
    }

    static let stories: [(row: String, steps: [ScriptedTransport.Step], exit: Int, bodies: Int, attempts: Int, seconds: Int)] = [
        ("accepted", [.answer(accepted)], 0, 1, 1, 0),
        ("refused connections, then accepted", [.failToConnect(.refused), .failToConnect(.dns), .answer(accepted)], 0, 1, 3, 3),
        ("never connected", Array(repeating: .failToConnect(.refused), count: 9), 5, 0, 5, 15),
        ("no such host", Array(repeating: .failToConnect(.unknownHost), count: 9), 5, 0, 2, 1),
        ("no such host for a moment", [.failToConnect(.unknownHost), .answer(accepted)], 0, 1, 2, 1),
        ("bad certificate", [.failToConnect(.badCertificate), .answer(accepted)], 7, 0, 1, 0),
        ("reset in the middle", [.fail(.reset, chunks: 1), .answer(accepted)], 5, 0, 1, 0),
        ("reset after the whole body", [.fail(.reset), .answer(accepted)], 6, 1, 1, 0),
        ("silence after the whole body", [.fail(.replyTimeout), .answer(accepted)], 6, 1, 1, 0),
        ("early 429, then accepted", [.answer(reply(429), chunks: 1), .answer(accepted)], 0, 1, 2, 30),
        (
            "early 429 with a wait", [.answer(reply(429, headers: [.init("retry-after", "5")]), chunks: 1), .answer(accepted)], 0, 1, 2, 5
        ),
        (
            "early 429 with a date",
            [.answer(reply(429, headers: [.init("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT")]), chunks: 0), .answer(accepted)], 0, 1, 2,
            60
        ),
        ("429 for ever", Array(repeating: .answer(reply(429), chunks: 1), count: 9), 5, 0, 4, 210),
        ("502 after the whole body", [.answer(reply(502, "<html>")), .answer(accepted)], 6, 1, 1, 0),
        ("401 early", [.answer(reply(401), chunks: 1), .answer(accepted)], 7, 0, 1, 0),
        ("redirect", [.answer(reply(307, headers: [.init("location", "https://evil.example/x?k=1")])), .answer(accepted)], 7, 1, 1, 0),
        ("200 without an id", [.answer(reply(200, "{}")), .answer(accepted)], 6, 1, 1, 0),
        ("200 with a login page", [.answer(reply(200, "<html>login</html>")), .answer(accepted)], 6, 1, 1, 0),
        ("200 with an id that is none", [.answer(reply(200, #"{"importId":"../../x"}"#)), .answer(accepted)], 6, 1, 1, 0),
        ("200 with an id that is a number", [.answer(reply(200, #"{"importId":7}"#)), .answer(accepted)], 6, 1, 1, 0),
        (
            "200 with a byte order mark", [.answer(reply(200, "\u{FEFF}" + #"{"importId":"33d0d7d0-6125-47c4-b36a-882f4ed53b33"}"#))], 0, 1,
            1, 0
        ),
        ("200 cut within the id", [.cutAnswer(reply(200, #"{"importId":"33d0"#)), .answer(accepted)], 6, 1, 1, 0),
        ("early 413, then reset", [.cutAnswer(reply(413)), .answer(accepted)], 7, 1, 1, 0),
        ("early 200", [.answer(accepted, chunks: 1)], 8, 0, 1, 0),
        ("early 200, whole afterwards", [.answer(early(accepted))], 8, 1, 1, 0),
    ]

    @Test(arguments: stories) func neverSendsTwoWholeBodies(
        _ row: String, steps: [ScriptedTransport.Step], exit: Int, bodies: Int, attempts: Int, seconds: Int
    ) async throws {
        let stage = Stage(steps)
        let record = try await stage.push()
        #expect(record.outcome.exit.rawValue == exit, "\(record.outcome)")
        #expect(stage.records.withLock { $0.map(\.record) } == [record])
        #expect(stage.records.withLock { $0.allSatisfy { !$0.isAnnounced } })
        #expect(record.attempts == attempts)
        #expect(stage.transport.requests.count == attempts)
        #expect(stage.transport.wholeBodies.count == bodies)
        #expect(stage.transport.wholeBodies.allSatisfy { $0 == Self.content })
        #expect(stage.clock.withLock { $0 } == .seconds(seconds))
        // Nothing of an outcome may carry the query of a redirect.
        #expect(!record.outcome.message.contains("k=1"))
    }

    /// Any sequence of faults: the server never gets the body whole twice, nor at all when the run says that it was not accepted.
    @Test(arguments: 0..<300) func holdsForRandomScripts(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let steps = (0..<12).map { _ -> ScriptedTransport.Step in
            let chunks: Int? = [nil, 0, 1, 2].randomElement(using: &random)!
            let status = [200, 202, 204, 301, 400, 401, 408, 413, 429, 500, 502, 503].randomElement(using: &random)!
            let text = ["", "{}", "<html>", #"{"importId":"33d0d7d0-6125-47c4-b36a-882f4ed53b33"}"#].randomElement(using: &random)!
            let headers = Bool.random(using: &random) ? [TransportReply.Header("retry-after", "1")] : []
            switch Int.random(in: 0..<4, using: &random) {
            case 0: return .failToConnect(.refused)
            case 1: return .fail(.reset, chunks: chunks)
            case 2: return .cutAnswer(Self.reply(status, text, headers: headers))
            default: return .answer(Self.reply(status, text, headers: headers), chunks: chunks)
            }
        }
        let stage = Stage(steps)
        let record = try await stage.push()
        let wholeBodies = stage.transport.wholeBodies.count
        // A refusal that was read to its end is the only thing after which a whole body may be sent again.
        let refusals = steps.prefix(record.attempts).dropLast().filter {
            if case .answer(let reply, _) = $0 { reply.status == 429 || reply.status == 503 } else { false }
        }
        #expect(wholeBodies <= 1 + refusals.count, "seed \(seed)")
        if case .accepted(let acceptance) = record.outcome, !acceptance.isEarly { #expect(wholeBodies >= 1, "seed \(seed)") }
    }

    @Test func aChangedFileIsALocalFault() async throws {
        let stage = Stage([.answer(Self.accepted)])
        var other = Self.content
        other[299] ^= 1
        let record = try await stage.push(second: other)
        #expect(record.outcome.exit == .localFault)
        #expect(stage.transport.wholeBodies.isEmpty)
        #expect(record.outcome.message.contains("changed after it was checked"))
    }

    @Test func tellsEachPhaseInOrder() async throws {
        let stage = Stage([.failToConnect(.refused), .answer(Self.accepted)])
        _ = try await stage.push()
        #expect(
            stage.phases.withLock { $0 } == [
                .connecting(attempt: 1), .waitingToRetry(.seconds(1), reason: "no connection"), .connecting(attempt: 2),
                .sending(.init(byteCount: 100, totalByteCount: 300)), .sending(.init(byteCount: 200, totalByteCount: 300)), .wholeBodySent,
                .accepted(Self.id),
            ])
    }

    @Test func theServersEchoOfTheKeyIsScrubbed() async throws {
        let stage = Stage([.answer(Self.reply(401, "Bearer canary-Key_42 is wrong \u{1b}[31m"))])
        let message = try await stage.push().outcome.message
        #expect(message.contains("Bearer *** is wrong \\u{1b}[31m"))
        #expect(!message.contains("canary"))
    }

    @Test func theRequestIsAsTheAPIWantsIt() async throws {
        let stage = Stage([.answer(Self.accepted), .answer(Self.reply(200, #"{"importStatus":"Completed"}"#))])
        let session = try stage.session()
        _ = await session.trigger()
        _ = await session.follow(Self.id, isOwnPush: false)
        #expect(
            stage.transport.requests == [
                "POST https://pigment.app/api/v1/import/trigger?configurationId=00000000-0000-0000-0000-000000000001",
                "GET https://pigment.app/api/v1/import/33d0d7d0-6125-47c4-b36a-882f4ed53b33/status?includedDetailedReport=true",
            ])
        let body = UploadBodyTests.body(judged: [1], source: .init(bytes: [1]))
        let target = PigmentTarget(
            service: .pigment, configuration: try ConfigurationID("00000000-0000-0000-0000-000000000001"), key: Self.key, userAgent: "t/1")
        let request = try #require(target.request(for: .push(body)))
        #expect(request.url == "https://pigment.app/api/v1/import/push/csv?configurationId=00000000-0000-0000-0000-000000000001")
        #expect(request.method == .post)
        #expect(request.contentType == "text/csv")
        #expect(request.headers.map { "\($0.name): \($0.value)" }.contains("Authorization: Bearer canary-Key_42"))
    }

    @Test func triggersFollowTheSameRules() async throws {
        let stage = Stage([.failToConnect(.dns), .fail(.reset), .answer(Self.accepted)])
        let record = try await stage.session().trigger()
        #expect(record.outcome.exit == .unknown)
        #expect(record.attempts == 2)
        #expect(record.outcome.message.contains("started the import"))
        #expect(stage.phases.withLock { $0 }.last == .wholeBodySent)
    }

    @Test func followsThroughFaultsToTheEnd() async throws {
        let stage = Stage([
            .answer(Self.reply(404)), .fail(.reset), .answer(Self.reply(200, "<html>")),
            .answer(Self.reply(200, #"{"importStatus":"InProgress"}"#)),
            .answer(Self.reply(200, #"{"importStatus":"Failed","errorsDetails":[{"name":"canary-Key_42","description":"\u001b"}]}"#)),
        ])
        let outcome = try await stage.session().follow(Self.id, isOwnPush: true)
        #expect(outcome.exit == .failed)
        #expect(outcome.message.contains("***: \\u{1b}"))
        #expect(stage.transport.stepsLeft == 0)
        #expect(
            stage.phases.withLock { $0 }.last == .following(Self.id, status: .failed, fault: nil))
    }

    /// A poll that hangs does not hold the following up much beyond its time; a single question has all the time of one.
    @Test(arguments: [(10, [7, 5, 5]), (600, [30, 30, 30]), (0, [30])] as [(Int, [Int])])
    func thePollsShareTheTime(timeout: Int, limits: [Int]) async throws {
        let stage = Stage(Array(repeating: .answer(Self.reply(200, #"{"importStatus":"InProgress"}"#)), count: 500))
        let session = try stage.session(pacing: .init(timeout: .seconds(timeout)))
        #expect(await session.follow(Self.id, isOwnPush: true).exit == .endNotSeen)
        #expect(stage.transport.replyTimeouts.prefix(limits.count) == limits.map { .seconds($0) }[...])
        #expect(stage.clock.withLock { $0 } == .seconds(timeout))
    }

    @Test func givesUpFollowingInTime() async throws {
        let stage = Stage(Array(repeating: .answer(Self.reply(200, #"{"importStatus":"InProgress"}"#)), count: 500))
        let outcome = try await stage.session().follow(Self.id, isOwnPush: true)
        #expect(outcome.exit == .endNotSeen)
        #expect(stage.clock.withLock { $0 } == .seconds(600))
    }

    static let legacy = LegacyTarget(
        service: .pigment, configuration: try! ConfigurationID("00000000-0000-0000-0000-000000000001"), key: key)

    static func legacyReply(_ byteCount: String) -> TransportReply {
        reply(200, #"{"tranferLogId":"33d0d7d0-6125-47c4-b36a-882f4ed53b33","nbBytesPushed":\#(byteCount)}"#)
    }

    /// 300 bytes are sent.
    static let takenByteCounts: [(json: String, exit: Int)] = [
        ("300", 0), ("300.0", 0), ("\"300\"", 0), ("null", 0), ("\"many\"", 0), ("{}", 0), ("299", 6), ("301", 6), ("0", 6), ("-1", 6),
        ("\"299\"", 6), ("9223372036854775807", 6),
    ]

    @Test(arguments: takenByteCounts) func theLegacyEndpointMustHaveTakenEachByte(_ json: String, exit: Int) async throws {
        let record = try await Stage([.answer(Self.legacyReply(json)), .answer(Self.legacyReply("300"))]).push(target: Self.legacy)
        #expect(record.outcome.exit.rawValue == exit)
        #expect(record.attempts == 1)
        guard exit == 6 else { return }
        let number = json.filter { $0 != "\"" }
        for part in [" \(number) ", " 300 ", Self.id.text, "may or may not have accepted the file", "Check in Pigment"] {
            #expect(record.outcome.message.contains(part), "\(record.outcome.message)")
        }
    }

    @Test func aLegacyPushIsNotFollowed() async throws {
        let stage = Stage([.answer(Self.legacyReply("300"))])
        let record = try await stage.push(target: Self.legacy)
        let follow = try await stage.session(Self.legacy).follow(Self.id, isOwnPush: true)
        #expect(follow == .endNotSeen(.init(importID: Self.id, cause: .notSupported, isOwnPush: true)))
        let outcome = ImportOutcome(push: record, follow: follow)
        #expect(outcome.exit == .endNotSeen)
        // Nothing to wait for, no one to ask.
        #expect(stage.clock.withLock { $0 } == .zero)
        #expect(stage.transport.requests.count == 1)
        for text in [record.outcome.message, outcome.message] + stage.phases.withLock({ $0.map { $0.interruptionMessage() } }) {
            #expect(!text.contains("preflight status"), "\(text)")
        }
        #expect(record.outcome.message.contains("no status"))
    }

    @Test func anInterruptionWhileFollowingTellsHowToGoOn() async throws {
        let stage = Stage([.answer(Self.reply(200, #"{"importStatus":"Completed"}"#))])
        _ = try await stage.session().follow(Self.id, isOwnPush: true)
        let first = try #require(stage.phases.withLock { $0.first })
        #expect(first == .following(Self.id, status: nil, fault: nil))
        #expect(first.interruptionMessage().contains("preflight status \(Self.id)"))
    }

    @Test func anAnswerCutWithinTheKeyShowsNoneOfIt() async throws {
        for (end, rest) in [("canary-Ke", "canary"), (#"can\u0061ry\u00"#, "can"), ("canary%2", "canary"), ("Y2FuYXJ5LUtle", "Y2Fu")] {
            let message = try await Stage([.cutAnswer(Self.reply(401, "Bearer \(end)"))]).push().outcome.message
            #expect(message.contains("Bearer ***"), "\(message)")
            #expect(!message.contains(rest), "\(message)")
        }
    }

    @Test(arguments: ["https://x@canary-Key_42/", "https://canary-Key_42", "/canary-Key_42/x", "https://canary-Ke/y_42"])
    func aRedirectShowsNoneOfTheKey(_ location: String) async throws {
        let stage = Stage([.answer(Self.reply(307, headers: [.init("location", location)]))])
        let message = try await stage.push().outcome.message
        #expect(message.contains("redirects to ") && !message.contains("canary"), "\(message)")
    }

    /// The file changes after the first chunk, and the server has answered already.
    @Test(arguments: [("{\"importId\":\"33d0d7d0-6125-47c4-b36a-882f4ed53b33\"}", 8), ("{}", 6)])
    func anEarlySuccessDoesNotHideThatTheFileChanged(body: String, exit: Int) async throws {
        var other = Self.content
        other[299] ^= 1
        let record = try await Stage([.answerDespiteFault(Self.reply(200, body))]).push(second: other)
        #expect(record.outcome.exit.rawValue == exit)
        #expect(record.outcome.message.contains("The file changed after it was checked"), "\(record.outcome.message)")
    }

    static let longReports: [(row: String, body: String, exit: Int)] = [
        ("failed", #"{"importStatus":"Failed","errorsDetails":[{"name":"a","description":"b"},{"na"#, 4),
        ("failed, cut before its details", #"{"importStatus":"Failed","errorsD"#, 4),
        ("completed", #"{"importStatus":"Completed","detailedReport":{"summary":{"skippedCount":0},"impactedBlocks":[{"#, 3),
    ]

    @Test(arguments: longReports) func aReportTooLongIsReadAsFarAsItGoes(_ row: String, body: String, exit: Int) async throws {
        var reply = Self.reply(200, body)
        reply.isCut = true
        let stage = Stage([.answer(reply)])
        let follow = try await stage.session().follow(Self.id, isOwnPush: true)
        #expect(ImportOutcome(follow: follow).exit.rawValue == exit, "\(follow)")
        #expect(stage.transport.requests.count == 1)
    }

    @Test func theLegacyEndpointPushesButHasNoStatus() async throws {
        let target = Self.legacy
        let body = UploadBodyTests.body(judged: [1], source: .init(bytes: [1]))
        let request = try #require(target.request(for: .push(body)))
        #expect(request.url == "https://pigment.app/api/importservice/Csv/ApiPush/00000000-0000-0000-0000-000000000001")
        #expect(request.headers.contains { $0.name == "X-Pigment-Api-Key" && $0.value == "canary-Key_42" })
        #expect(!request.headers.contains { $0.name == "Authorization" })
        #expect(target.importID(in: Array(#"{"tranferLogId":"33d0d7d0-6125-47c4-b36a-882f4ed53b33","nbBytesPushed":1}"#.utf8)) == Self.id)
        let session = PushSession(target: target, transport: ScriptedTransport([]), redactor: Redactor(Self.key))
        #expect(await session.trigger().outcome.exit == .localFault)
        #expect(await session.follow(Self.id, isOwnPush: false).exit == .endNotSeen)
        #expect(LegacyTarget.warning.contains("/api/v1/import/push/csv"))
    }
}

/// Sebastiano Vigna's SplitMix64: the same script for the same seed on every machine.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
