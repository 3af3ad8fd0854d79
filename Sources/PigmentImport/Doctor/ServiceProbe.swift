/// One cheap look at a service: the status of an import that does not exist. Nothing is changed, and no data is sent.
package struct ServiceProbe: Sendable {
    private let target: PigmentTarget
    private let transport: any HTTPTransport
    private let timing: Timing

    package init(service: ServiceURL, key: APIKey, transport: any HTTPTransport, timing: Timing = .system) {
        target = PigmentTarget(service: service, configuration: nil, key: key)
        self.transport = transport
        self.timing = timing
    }

    /// How far the look came.
    package struct Result: Sendable, Equatable {
        /// What failed, if anything did.
        package var failure: LookUpFailure?
        /// Where it failed; `nil` where an answer came.
        package var stage: Stage?
        /// Of the answer.
        package var status: Int?
        /// Seconds by which this machine's clock is ahead of the server's; `nil` where the answer has no date.
        package var clockOffset: Int?
    }

    /// The steps to an answer, in their order.
    package enum Stage: Int, Sendable, CaseIterable, Comparable {
        case name
        case proxy
        case connection
        case tls
        case answer

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    package func look() async -> Result {
        guard let id = try? ImportID("00000000-0000-0000-0000-000000000000"), let request = target.request(for: .status(id)) else {
            preconditionFailure("every service has a status")
        }
        do throws(TransportFailure) {
            let reply = try await transport.send(request)
            var result = Result(status: reply.status)
            result.clockOffset = reply.header("date").flatMap { RetryAfter.seconds(ofDate: $0) }.map { timing.wallClock() - $0 }
            // Such an import cannot exist: 404 means that the key may ask for imports (assumed), and 400 that the ID was looked at.
            if ![200, 400, 404].contains(reply.status) { result.failure = LookUpFailure(status: reply.status, keyType: "Import") }
            return result
        } catch {
            return Result(failure: LookUpFailure(error), stage: Self.stage(of: error))
        }
    }

    private static func stage(of failure: TransportFailure) -> Stage {
        switch failure.kind {
        case .dns, .unknownHost: .name
        case .proxy, .proxyLogin: .proxy
        case .tlsHandshake, .badCertificate: .tls
        case .refused, .unreachable, .connectTimeout: .connection
        case .reset, .stalled, .replyTimeout, .malformedReply, .cancelled, .body, .other:
            failure.phase == .connecting ? .connection : .answer
        }
    }
}
