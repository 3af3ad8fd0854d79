/// What became of a push or a trigger: accepted, not accepted, or unknown. Never two.
public enum PushOutcome: Sendable, Equatable {
    case accepted(Acceptance)
    /// Certain: the server cannot have taken it.
    case notAccepted(Permanence, Account)
    /// The server may or may not have taken it. Never retried.
    case unknown(Account)

    /// An import has begun.
    public struct Acceptance: Sendable, Equatable {
        /// The import that has begun.
        public var importID: ImportID
        /// The server answered before it can have read the whole body: then completion proves nothing about the file.
        public var isEarly: Bool
        /// Why the rest of the body was not sent after an early answer, if the file is the reason.
        package var fileFault: UploadBody.Failure?
        /// Whether the service can tell how the import goes on.
        package var hasStatus: Bool

        package init(importID: ImportID, isEarly: Bool = false, fileFault: UploadBody.Failure? = nil, hasStatus: Bool = true) {
            self.importID = importID
            self.isEarly = isEarly
            self.fileFault = fileFault
            self.hasStatus = hasStatus
        }

        fileprivate var message: String {
            let begun =
                isEarly
                ? "The server answered before it had read the whole file: import \(importID) has started, but may load only a part."
                : "Accepted: import \(importID) has started."
            let next =
                hasStatus
                ? (isEarly ? "Compare its counts with the file." : "")
                : "This endpoint has no status. Check in Pigment how the import ends\(isEarly ? " and what it loaded" : "")."
            return [begun, fileFault.map(PushMessages.happened) ?? "", next].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    /// What would have to change before another try makes sense.
    public enum Permanence: Sendable {
        /// Time.
        case temporary
        /// The key, the configuration, the file: something that was refused.
        case final
        /// Something on this machine: the file changed, or the proxy wants a login.
        case local
    }

    /// A story in three sentences, each safe to print: what happened, whether the file may have been taken, what to do next.
    public struct Account: Sendable, Equatable {
        /// The cause, for machines.
        public var cause: Cause
        /// The server's status, where one came.
        public var status: Int?
        package var happened: String
        package var taken: String
        package var next: String

        package init(cause: Cause, status: Int? = nil, happened: String, taken: String, next: String) {
            self.cause = cause
            self.status = status
            self.happened = happened
            self.taken = taken
            self.next = next
        }

        /// The three sentences in one.
        public var message: String { [happened, taken, next].filter { !$0.isEmpty }.joined(separator: " ") }
    }

    /// A name for machines, stable.
    public enum Cause: String, Sendable, CaseIterable {
        case nameLookUp = "name-look-up"
        /// The name of the host does not exist.
        case unknownHost = "unknown-host"
        case connect
        case tlsHandshake = "tls-handshake"
        case certificate
        case proxy
        case interrupted
        case fileChanged = "file-changed"
        case bodyIncomplete = "body-incomplete"
        case refused
        case rateLimited = "rate-limited"
        case unavailable
        case redirected
        case noAnswer = "no-answer"
        case garbledAnswer = "garbled-answer"
        case gatewayError = "gateway-error"
        case notSupported = "not-supported"
    }

    /// The import that has begun; `nil` unless accepted.
    public var importID: ImportID? {
        guard case .accepted(let acceptance) = self else { return nil }
        return acceptance.importID
    }

    /// What happened, whether the file may have been taken, and what to do next. Safe to print.
    public var message: String {
        switch self {
        case .accepted(let acceptance): acceptance.message
        case .notAccepted(_, let account), .unknown(let account): account.message
        }
    }

    /// The same with a further sentence about what to do next, where the server may have taken it.
    package func advising(_ sentence: String) -> PushOutcome {
        guard case .unknown(var account) = self else { return self }
        account.next += " " + sentence
        return .unknown(account)
    }

    /// How the command ends when nothing follows; an accepted import that is not followed is done.
    package var exit: ExitClass {
        switch self {
        case .accepted(let acceptance): acceptance.isEarly ? .endNotSeen : .done
        case .notAccepted(.temporary, _): .temporary
        case .notAccepted(.final, _): .refused
        case .notAccepted(.local, _): .localFault
        case .unknown: .unknown
        }
    }
}
