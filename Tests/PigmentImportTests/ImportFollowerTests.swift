import PigmentImport
import Preflight
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import SafeText
@testable import ValueFormats

@Suite struct ImportFollowerTests {
    static let id = try! ImportID("33d0d7d0-6125-47c4-b36a-882f4ed53b33")
    static let other = try! ImportID("00000000-6125-47c4-b36a-882f4ed53b33")
    static let pacing = ImportFollower.Pacing(first: .seconds(2), longest: .seconds(4), timeout: .seconds(60))

    static func document(_ status: StatusDocument.Status, id: ImportID? = id) -> ImportFollower.Event {
        .document(StatusDocument(importID: id, status: status))
    }

    static func answered(_ status: Int, retryAfter: Duration? = nil) -> ImportFollower.Event {
        .failed(.answered(ServerAnswer(status: status, retryAfter: retryAfter)))
    }

    static let lost = ImportFollower.Event.failed(
        .failed(TransportFailure(phase: .awaitingReply, kind: .reset, text: "the connection broke")))

    /// Plays events with the waits that the follower asks for, and writes down what it does.
    static func play(
        _ events: [ImportFollower.Event], isOwnPush: Bool = true, pacing: ImportFollower.Pacing = pacing
    ) -> [String] {
        var follower = ImportFollower(importID: id, pacing: pacing, isOwnPush: isOwnPush)
        var elapsed = Duration.zero
        var log: [String] = []
        var rest = events[...]
        var action = follower.start()
        while true {
            switch action {
            case .wait(let delay):
                log.append("wait \(delay.components.seconds)")
                elapsed += delay
                action = follower.handle(.waited, elapsed: elapsed, jitter: 0)
            case .poll:
                log.append("poll")
                guard let event = rest.popFirst() else { return log }
                action = follower.handle(event, elapsed: elapsed, jitter: 0)
            case .finish(let outcome):
                log.append("finish \(outcome.exit.rawValue)")
                return log
            }
        }
    }

    static let unknownHost = ImportFollower.Event.failed(
        .failed(TransportFailure(phase: .connecting, kind: .unknownHost, text: "there is no host")))

    /// Without time to wait there is one question and no wait, no matter who started the import.
    @Test(arguments: [true, false]) func noTimeAsksOnce(isOwnPush: Bool) {
        let pacing = ImportFollower.Pacing(timeout: .zero)
        #expect(Self.play([Self.document(.completed)], isOwnPush: isOwnPush, pacing: pacing) == ["poll", "finish 0"])
        #expect(Self.play([Self.document(.inProgress)], isOwnPush: isOwnPush, pacing: pacing) == ["poll", "finish 8"])
        #expect(Self.play([Self.lost], isOwnPush: isOwnPush, pacing: pacing) == ["poll", "finish 8"])
    }

    @Test func whatTheServerSaidLastIsKept() throws {
        var follower = ImportFollower(importID: Self.id, pacing: .init(timeout: .zero), isOwnPush: false)
        _ = follower.start()
        let document = StatusDocument(importID: Self.id, status: .inProgress, createdAt: "2026-01-01T00:00:00Z")
        guard case .finish(let outcome) = follower.handle(.document(document), elapsed: .seconds(1), jitter: 0) else {
            Issue.record("no end")
            return
        }
        #expect(outcome.message.contains("Import \(Self.id) is still running."))
        let json = ImportOutcome(follow: outcome).json
        #expect(json["status"] == .string("InProgress"))
        #expect(json["createdAt"] == .string("2026-01-01T00:00:00Z"))
        #expect(json["completedAt"] == .null)
    }

    static let stories: [(row: String, events: [ImportFollower.Event], isOwnPush: Bool, log: [String])] = [
        ("completed at once", [document(.completed)], true, ["wait 2", "poll", "finish 0"]),
        ("by hand: asked at once", [document(.completed)], false, ["poll", "finish 0"]),
        ("failed", [document(.failed)], true, ["wait 2", "poll", "finish 4"]),
        (
            "back-off to the longest", [document(.inProgress), document(.inProgress), document(.inProgress), document(.completed)], true,
            ["wait 2", "poll", "wait 3", "poll", "wait 4", "poll", "wait 4", "poll", "finish 0"]
        ),
        ("P4 another id", [document(.completed, id: other)], true, ["wait 2", "poll", "finish 8"]),
        ("no id in the answer", [document(.completed, id: nil)], true, ["wait 2", "poll", "finish 0"]),
        (
            "P6 unknown statuses are no end", [document(.unknown("completed")), document(.unknown("none")), document(.completed)], true,
            ["wait 2", "poll", "wait 3", "poll", "wait 4", "poll", "finish 0"]
        ),
        ("P1 404, then there", [answered(404), document(.completed)], true, ["wait 2", "poll", "wait 3", "poll", "finish 0"]),
        (
            "P2 faults in between", [lost, .garbled, answered(502), document(.completed)], true,
            [
                "wait 2", "poll", "wait 3", "poll", "wait 4", "poll", "wait 4", "poll", "finish 0",
            ]
        ),
        ("P1 404 by hand", [answered(404), document(.completed)], false, ["poll", "finish 7"]),
        ("P8 401", [document(.inProgress), answered(401)], true, ["wait 2", "poll", "wait 3", "poll", "finish 8"]),
        ("P8 403 by hand", [answered(403)], false, ["poll", "finish 7"]),
        (
            "P9 429 with a wait", [answered(429, retryAfter: .seconds(20)), document(.completed)], true,
            [
                "wait 2", "poll", "wait 20", "poll", "finish 0",
            ]
        ),
        (
            "P9 a wait beyond the timeout is cut", [answered(429, retryAfter: .seconds(3600)), document(.inProgress)], true,
            [
                "wait 2", "poll", "wait 58", "poll", "finish 8",
            ]
        ),
        ("redirected", [answered(302)], true, ["wait 2", "poll", "finish 8"]),
        ("by hand, a host that does not exist: once more", [unknownHost, unknownHost], false, ["poll", "wait 2", "poll", "finish 5"]),
        (
            "a host that was there a moment ago", [unknownHost, unknownHost, unknownHost, document(.completed)], true,
            ["wait 2", "poll", "wait 3", "poll", "wait 4", "poll", "wait 4", "poll", "finish 0"]
        ),
    ]

    @Test(arguments: stories) func follows(_ row: String, events: [ImportFollower.Event], isOwnPush: Bool, log: [String]) {
        #expect(Self.play(events, isOwnPush: isOwnPush) == log)
    }

    @Test func aMissingImportIsToleratedForAWhileOnly() {
        var follower = ImportFollower(importID: Self.id, pacing: .init(timeout: .seconds(600)), isOwnPush: true)
        _ = follower.start()
        guard case .wait = follower.handle(Self.answered(404), elapsed: .seconds(59), jitter: 0) else {
            Issue.record("gave up too early")
            return
        }
        let end = follower.handle(Self.answered(404), elapsed: .seconds(60), jitter: 0)
        guard case .finish(let outcome) = end else {
            Issue.record("never gives up")
            return
        }
        #expect(outcome.exit == .endNotSeen)
        #expect(outcome.message.contains(Self.id.text))
        #expect(outcome.message.contains("do not push again"))
    }

    @Test func theCommandThatFollowsHasTheOptionsOfTheRun() {
        let options: [ShellCommand.Word] = ["--base-url", "http://127.0.0.1:8080", "--api-key-file", "my key"]
        func message(_ followUp: FollowUp?) -> String {
            FollowOutcome.EndNotSeen(importID: Self.id, cause: .timeout, isOwnPush: true, followUp: followUp).message
        }
        #expect(
            message(FollowUp(options: options)).hasSuffix(
                "preflight status \(Self.id) --base-url http://127.0.0.1:8080 --api-key-file 'my key'"))
        #expect(!message(nil).contains("preflight"))
    }

    @Test func anImportThatIsNotFoundIsNamedSo() {
        let end = FollowOutcome.EndNotSeen(importID: Self.id, cause: .pollingEnded(.notFound), isOwnPush: false)
        for part in ["was not found (404)", "owner of the key cannot see it", "Check the import ID"] {
            #expect(end.message.contains(part), "\(end.message)")
        }
        #expect(!end.message.contains("preflight status"))
    }

    @Test func theTimeEndsWithAPollAndThenAnEnd() {
        let log = Self.play(Array(repeating: Self.document(.inProgress), count: 100))
        #expect(log.suffix(3) == ["wait 3", "poll", "finish 8"], "\(log)")
        #expect(log.compactMap { $0.hasPrefix("wait ") ? Int($0.dropFirst(5)) : nil }.reduce(0, +) == 60)
    }

    @Test func theFirstEndWins() {
        var follower = ImportFollower(importID: Self.id, isOwnPush: true)
        _ = follower.start()
        let end = follower.handle(Self.document(.completed), elapsed: .seconds(3), jitter: 0)
        for event in [Self.document(.inProgress), Self.document(.failed), Self.lost, .waited] {
            #expect(follower.handle(event, elapsed: .seconds(9999), jitter: 0) == end)
        }
    }

    @Test func aTimeoutNamesTheLastStatusTheFaultAndTheNextStep() {
        var follower = ImportFollower(importID: Self.id, pacing: Self.pacing, isOwnPush: true)
        _ = follower.start()
        _ = follower.handle(Self.document(.unknown("Paused")), elapsed: .seconds(2), jitter: 0)
        guard case .finish(let outcome) = follower.handle(Self.lost, elapsed: .seconds(60), jitter: 0) else {
            Issue.record("no end")
            return
        }
        for part in ["Paused", "60 s", "the connection broke", "preflight status \(Self.id)", "do not push again"] {
            #expect(outcome.message.contains(part), "\(outcome.message)")
        }
    }
}
