import PigmentImport
import Preflight
import Synchronization
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import SafeText
@testable import ValueFormats

/// What is reported of long waits, and what is measured. The clock is the test's own.
@Suite struct WaitingTests {
    static let id = try! ImportID("33d0d7d0-6125-47c4-b36a-882f4ed53b33")
    static let limits = WaitingLog.Limits(reply: .seconds(300), follow: .seconds(600))

    /// A phase that begins at a second.
    typealias Event = (second: Int, phase: PushPhase)

    static let stories: [(row: String, events: [Event], until: Int, lines: [(second: Int, parts: [String])])] = [
        ("nothing under way", [], 600, []),
        ("quick", [(0, .connecting(attempt: 1)), (1, .wholeBodySent), (5, .accepted(id))], 59, []),
        (
            "a server that hangs after the body", [(0, .connecting(attempt: 1)), (2, .wholeBodySent)], 200,
            [
                (62, ["waiting for the answer", "60 s", "at most 5 min", "--reply-timeout"]),
                (122, ["waiting for the answer", "2 min", "--reply-timeout"]), (182, ["waiting for the answer", "3 min"]),
            ]
        ),
        (
            "a slow reader",
            [(0, .connecting(attempt: 1))]
                + (1...150).map { ($0, .sending(.init(byteCount: $0 * 1_000_000, totalByteCount: 500_000_000))) },
            150, [(61, ["sending", "61.0 MB of 500.0 MB", "60 s"]), (121, ["121.0 MB of 500.0 MB", "2 min"])]
        ),
        (
            "an import that goes on, polled all the time",
            [(0, .accepted(id))] + (0..<13).map { ($0 * 10, .following(id, status: .inProgress, fault: nil)) }, 125,
            [(60, [id.text, "60 s", "at most 10 min", "--timeout", "InProgress"]), (120, ["2 min"])]
        ),
        (
            "a long wait before the next attempt", [(0, .waitingToRetry(.seconds(300), reason: "the server answered 429"))], 100,
            [(60, ["next attempt", "60 s of 5 min"])]
        ),
        ("each attempt counts anew", [(0, .connecting(attempt: 1)), (50, .connecting(attempt: 2))], 109, []),
    ]

    @Test(arguments: stories) func tellsOnceAMinute(
        _ row: String, events: [Event], until: Int, lines: [(second: Int, parts: [String])]
    ) throws {
        var log = WaitingLog(limits: Self.limits)
        var rest = events[...]
        var told: [(second: Int, text: String)] = []
        for second in 0...until {
            while let event = rest.first, event.second == second {
                log.observe(event.phase, at: .seconds(second))
                rest.removeFirst()
            }
            if let line = log.line(at: .seconds(second)) { told.append((second, line)) }
        }
        #expect(told.map(\.second) == lines.map(\.second), "\(told)")
        for (line, expected) in zip(told, lines) {
            for part in expected.parts { #expect(line.text.contains(part), "\(line.text)") }
        }
    }

    /// A clock that moves a tick at each look, and ends when it is reported to.
    @Test func aRunningPushIsToldOf() async throws {
        let now = Mutex(Duration.zero)
        let isOver = Mutex<CheckedContinuation<Void, Never>?>(nil)
        let timing = Timing(
            elapsed: { now.withLock { $0 } },
            sleep: { delay in
                try Task.checkCancellation()
                let time = now.withLock { time in
                    time += delay
                    return time
                }
                // Three minutes, then the answer comes.
                if time >= .seconds(185) { isOver.withLock { $0.take() }?.resume() }
                await Task.yield()
            }, wallClock: { 0 }, jitter: { 0 })
        let clock = WaitingClock(limits: Self.limits, timing: timing)
        let told = Mutex<[String]>([])
        let result = await clock.telling({ line in told.withLock { $0.append(line) } }) {
            clock.observe(.connecting(attempt: 1))
            clock.observe(.wholeBodySent)
            await withCheckedContinuation { continuation in isOver.withLock { $0 = continuation } }
            return 7
        }
        #expect(result == 7)
        #expect(told.withLock { $0.count } >= 3)
        #expect(told.withLock { $0.allSatisfy { $0.contains("waiting for the answer") } })
        #expect((clock.durations[.answer] ?? .zero) >= .seconds(180))
    }

    @Test func measuresEachStretch() {
        var durations = PhaseDurations()
        let events: [(Int, PushPhase)] = [
            (1000, .connecting(attempt: 1)), (1500, .waitingToRetry(.seconds(1), reason: "no")), (2500, .connecting(attempt: 2)),
            (2600, .sending(.init(byteCount: 1, totalByteCount: 2))), (2900, .sending(.init(byteCount: 2, totalByteCount: 2))),
            (3000, .wholeBodySent), (3250, .accepted(Self.id)), (3250, .following(Self.id, status: nil, fault: nil)),
            (6000, .following(Self.id, status: .inProgress, fault: nil)),
        ]
        for (millisecond, phase) in events { durations.observe(phase, at: .milliseconds(millisecond)) }
        durations.end(at: .milliseconds(9001))
        #expect(
            durations.json(check: .milliseconds(12), total: .seconds(10)).text(isPretty: false)
                == #"{"check":0.012,"connect":0.6,"send":0.4,"answer":0.25,"retryWait":1.0,"follow":5.751,"total":10.0}"#)
        #expect(
            PhaseDurations().json(check: nil, total: .zero).text(isPretty: false)
                == #"{"check":null,"connect":null,"send":null,"answer":null,"retryWait":null,"follow":null,"total":0.0}"#)
    }

    static let durations: [(Duration, String)] = [
        (.zero, "no time"), (.milliseconds(50), "50 ms"), (.milliseconds(999), "999 ms"), (.seconds(1), "1 s"),
        (.milliseconds(1500), "1.5 s"),
        (.milliseconds(9999), "9.9 s"), (.milliseconds(10_400), "10 s"), (.seconds(90), "90 s"), (.seconds(120), "2 min"),
        (.seconds(150), "2 min 30 s"), (.seconds(3600), "1 h"), (.seconds(7500), "2 h 5 min"), (.nanoseconds(1), "no time"),
    ]

    @Test(arguments: durations) func writesDurations(_ duration: Duration, text: String) {
        #expect(duration.shown == text)
        #expect(!duration.shown.hasPrefix("0 "))
    }
}
