/// A transport that waits before a request for which the limits of the service have no room.
package struct BudgetedTransport: HTTPTransport {
    private let transport: any HTTPTransport
    private let service: ServiceURL
    private let counter: RequestCounter
    private let timing: BudgetTiming
    /// Told of a wait before it begins: how long, and why.
    private let tell: @Sendable (Duration, String) -> Void

    package init(
        _ transport: any HTTPTransport, to service: ServiceURL, counter: RequestCounter, timing: BudgetTiming = .system,
        tell: @escaping @Sendable (Duration, String) -> Void
    ) {
        self.transport = transport
        self.service = service
        self.counter = counter
        self.timing = timing
        self.tell = tell
    }

    package func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        var isTold = false
        while case .wait(let milliseconds, let reason) = counter.ask(sent(request)) {
            if !isTold { tell(.milliseconds(milliseconds), reason) }
            isTold = true
            // Others may take the room: it is looked for again, a little later than it should be there.
            do { try await timing.sleep(.milliseconds(min(milliseconds, 60_000) + 10)) } catch {
                throw TransportFailure(phase: .connecting, kind: .cancelled, text: "interrupted")
            }
        }
        return try await transport.send(request)
    }

    private func sent(_ request: TransportRequest) -> RequestBudget.Sent {
        RequestBudget.Sent(
            time: timing.now(), service: service.authority,
            configuration: request.method == .post ? Self.configuration(in: request.url) : nil)
    }

    /// The last UUID of the URL: of the query, or of the path of the deprecated endpoint.
    private static func configuration(in url: String) -> String? {
        url.split { $0 == "/" || $0 == "=" || $0 == "?" || $0 == "&" }.last { (try? ConfigurationID(String($0))) != nil }.map(String.init)
    }
}

/// The wall clock, which processes share, and waiting.
package struct BudgetTiming: Sendable {
    /// Milliseconds since 1970, to the second.
    package var now: @Sendable () -> Int
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(now: @escaping @Sendable () -> Int, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        (self.now, self.sleep) = (now, sleep)
    }

    /// The system's clock.
    package static var system: BudgetTiming {
        let timing = Timing.system
        return BudgetTiming(now: { timing.wallClock() * 1000 }, sleep: timing.sleep)
    }
}
