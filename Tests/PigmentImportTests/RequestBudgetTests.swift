import Foundation
import Synchronization
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import SafeText

/// One budget of requests over all processes of a host.
@Suite struct RequestBudgetTests {
    private static let limits = RequestLimits(
        requests: .init(count: 3, window: .seconds(10)), pushes: .init(count: 2, window: .seconds(60)))
    private static let configuration = "33d0d7d0-6125-47c4-b36a-882f4ed53b33"

    private static func request(_ second: Int, _ configuration: String? = nil, to service: String = "pigment.app") -> RequestBudget.Sent {
        RequestBudget.Sent(time: second * 1000, service: service, configuration: configuration)
    }

    /// Sent before, and how long the next one waits: in seconds, one more than the window, since times are known to the second.
    @Test(arguments: [
        ([], 0), ([0, 0], 0), ([0, 0, 0], 11), ([0, 4, 5], 6), ([0, 1, 2, 3], 9), ([0, 0, 0, 0, 0], 11),
    ])
    func waitsForTheWindow(before: [Int], expected: Int) {
        var budget = RequestBudget(limits: Self.limits)
        for second in before { budget.add(Self.request(second)) }
        let now = before.max() ?? 0
        let wait = budget.wait(for: Self.request(now))?.milliseconds ?? 0
        #expect(wait == (expected == 0 ? 0 : expected * 1000), "\(wait)")
        // After that wait there is room.
        #expect(budget.wait(for: Self.request(now + expected)) == nil)
    }

    @Test func pushesHaveALimitOfTheirOwn() {
        var budget = RequestBudget(limits: RequestLimits(requests: nil, pushes: Self.limits.pushes))
        budget.add(Self.request(0, Self.configuration))
        budget.add(Self.request(30, Self.configuration))
        #expect(budget.wait(for: Self.request(31, Self.configuration))?.milliseconds == 30_000)
        #expect(budget.wait(for: Self.request(31, Self.configuration))?.reason.contains("2 pushes to this configuration") == true)
        #expect(budget.wait(for: Self.request(31, "00000000-0000-4000-8000-000000000001")) == nil)
        #expect(budget.wait(for: Self.request(31)) == nil)
        #expect(budget.wait(for: Self.request(31, Self.configuration, to: "other.example")) == nil)
    }

    /// After the clock was set back, requests of the future do not block.
    @Test func theFutureIsForgotten() {
        var budget = RequestBudget(limits: Self.limits)
        for _ in 0..<5 { budget.add(Self.request(1_000)) }
        budget.forget(before: 10_000)
        #expect(budget.sent.isEmpty)
    }

    @Test func linesReadBack() {
        for request in [Self.request(5), Self.request(7, Self.configuration)] {
            #expect(RequestBudget.sent(Array(RequestBudget.line(request).utf8)) == request)
        }
        for text in ["", "x y", "5", "5 a b c", "1764489600123 pigm"] where text != "1764489600123 pigm" {
            #expect(RequestBudget.sent(Array(text.utf8)) == nil, "\(text)")
        }
    }

    /// A clock in seconds, and when requests were sent.
    private final class Shared: Sendable {
        let clock = Mutex(0)
        let sent = Mutex<[Int]>([])
    }

    /// Several logs on one file are what several processes are: together they send no more than the limit in any window.
    @Test func processesShareOneBudget() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("requests-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = FilePath(folder + "/preflight/requests")
        let shared = Shared()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let counter = RequestCounter(path: path, limits: Self.limits)
                    for _ in 0..<5 {
                        while true {
                            let now = shared.clock.withLock { $0 }
                            switch counter.ask(Self.request(now)) {
                            case .go: shared.sent.withLock { $0.append(now) }
                            case .wait:
                                shared.clock.withLock { $0 += 1 }
                                await Task.yield()
                                continue
                            }
                            break
                        }
                    }
                }
            }
        }
        let times = shared.sent.withLock { $0.sorted() }
        #expect(times.count == 20)
        for (index, time) in times.enumerated() { #expect(times[index...].prefix { $0 < time + 10 }.count <= 3, "\(times)") }
    }

    /// The file stays small: what no limit looks at any more is dropped.
    @Test func theFileStaysSmall() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("requests-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = FilePath(folder + "/requests")
        let counter = RequestCounter(path: path, limits: Self.limits)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let old = String(repeating: RequestBudget.line(Self.request(1, Self.configuration)) + "\n", count: 6_000)
        try Data(old.utf8).write(to: URL(fileURLWithPath: path.text))
        #expect(counter.ask(Self.request(1_000)) == .go)
        let text = try String(contentsOfFile: path.text, encoding: .utf8)
        #expect(text == "1000000 pigment.app\n")
        #expect(try FileManager.default.attributesOfItem(atPath: path.text)[.posixPermissions] as? Int != nil)
    }

    /// A file that cannot be used does not stop a push: this process is counted alone.
    @Test func anUnusableFileStopsNothing() {
        let counter = RequestCounter(path: FilePath("/dev/null/requests"), limits: Self.limits)
        let answers = (0..<4).map { _ in counter.ask(Self.request(1)) }
        #expect(answers.prefix(3).allSatisfy { $0 == .go })
        #expect(answers[3] != .go)
    }

    @Test func theTransportWaitsAndTells() async throws {
        let slept = Mutex<[Duration]>([])
        let told = Mutex<[String]>([])
        let now = Mutex(0)
        let timing = BudgetTiming(
            now: { now.withLock { $0 } },
            sleep: { duration in
                slept.withLock { $0.append(duration) }
                now.withLock { $0 += Int(duration / .milliseconds(1)) }
            })
        let scripted = ScriptedTransport(
            Array(repeating: .answer(TransportReply(status: 200, sentByteCount: 0, isRequestWhole: true)), count: 4))
        let service = try ServiceURL("https://pigment.app")
        let transport = BudgetedTransport(
            scripted, to: service, counter: RequestCounter(path: nil, limits: Self.limits), timing: timing,
            tell: { _, reason in told.withLock { $0.append(reason) } })
        let request = TransportRequest(
            method: .get, url: "https://pigment.app/x", credential: .bearer(try APIKey(validating: "pgmt_x")), userAgent: "test")
        for _ in 0..<4 { _ = try await transport.send(request) }
        #expect(scripted.stepsLeft == 0)
        #expect(told.withLock { $0 } == ["3 requests in 10 s from this host, 3 allowed"])
        #expect(slept.withLock { $0 }.reduce(.zero, +) >= .seconds(11))
    }
}
