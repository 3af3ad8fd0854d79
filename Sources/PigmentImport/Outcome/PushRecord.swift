import Preflight
package import SafeText

/// One push or trigger, as the report tells it.
public struct PushRecord: Sendable, Equatable {
    /// What became of it.
    public var outcome: PushOutcome
    /// Requests sent or tried.
    public var attempts: Int
    /// Body bytes that the socket took in the last attempt.
    public var sentByteCount: Int

    package init(outcome: PushOutcome, attempts: Int, sentByteCount: Int) {
        self.outcome = outcome
        self.attempts = attempts
        self.sentByteCount = sentByteCount
    }

    /// The `push` object of the report.
    ///
    /// - Parameters:
    ///   - configuration: The import configuration.
    ///   - service: The service that received the push.
    ///   - digest: SHA-256 of the body; `nil` for a trigger.
    ///   - durations: see ``PhaseDurations/json(check:total:)``; left out where nothing was measured.
    package func json(
        configuration: ConfigurationID, service: ServiceURL, digest: [UInt8]?, durations: JSONValue? = nil
    ) -> JSONValue {
        let account: PushOutcome.Account? =
            switch outcome {
            case .accepted: nil
            case .notAccepted(_, let account), .unknown(let account): account
            }
        var members: [JSONValue.Member] = JSONValue.members([
            "configurationId": .string(configuration.text), "host": .string(service.authority), "bytesSent": .int(sentByteCount),
            "sha256": digest.map { .string(SHA256Digest.hexadecimal($0)) } ?? .null, "attempts": .int(attempts),
            "outcome": .string(outcome.name), "cause": account.map { .string($0.cause.rawValue) } ?? .null,
            "httpStatus": account?.status.map { .int($0) } ?? .null, "message": .string(outcome.message),
        ]).members
        if let durations { members.append(JSONValue.Member("durations", durations)) }
        return .object(members)
    }
}

extension PushOutcome {
    /// A name for machines, stable.
    package var name: String {
        switch self {
        case .accepted: "accepted"
        case .notAccepted: "not-accepted"
        case .unknown: "unknown"
        }
    }
}
