import ImportProfiles

/// How the server plays its part. The default accepts every push and reports what the judge found.
public struct RehearsalBehaviour: Sendable {
    /// Answers to the first pushes and triggers, before anything is accepted. The key and the configuration are not looked at.
    public var refusals: [Refusal]
    /// How many status requests are answered `InProgress` before the end is told.
    public var inProgressPollCount: Int
    public var ending: Ending
    /// A pause after each piece of a body that was read: a slow reader.
    public var pausePerPiece: Duration
    /// A pause between the last byte of a body and the answer.
    public var pauseBeforeAnswer: Duration

    public init(
        refusals: [Refusal] = [], inProgressPollCount: Int = 0, ending: Ending = .judged, pausePerPiece: Duration = .zero,
        pauseBeforeAnswer: Duration = .zero
    ) {
        self.refusals = refusals
        self.inProgressPollCount = inProgressPollCount
        self.ending = ending
        self.pausePerPiece = pausePerPiece
        self.pauseBeforeAnswer = pauseBeforeAnswer
    }

    /// What the status says in the end.
    public enum Ending: Sendable {
        /// `Completed`, with what the judge found in the body.
        case judged
        /// `Completed`, with this whatever the body was.
        case completed(RehearsalResult)
        /// `Failed`.
        case failed([FailureDetail])
    }

    /// One entry of `errorsDetails`.
    public struct FailureDetail: Sendable, Equatable {
        public var name: String
        public var description: String

        public init(name: String, description: String) {
            self.name = name
            self.description = description
        }
    }

    /// The same refusal, one or more times.
    public struct Refusal: Sendable, Equatable {
        /// 400 to 599.
        public var status: Int
        /// The value of `Retry-After`, sent as it is.
        public var retryAfter: String?
        /// The body, as plain text.
        public var message: String
        public var times: Int

        public init(status: Int, retryAfter: String? = nil, message: String? = nil, times: Int = 1) {
            self.status = status
            self.retryAfter = retryAfter
            self.message = message ?? Self.usualMessage(of: status)
            self.times = times
        }

        /// The published texts where there are any (Pigment's OpenAPI, "Pigment External API").
        private static func usualMessage(of status: Int) -> String {
            switch status {
            case 400: "Bad request or size limit exceeded"
            case 401: "Unauthorized"
            case 404: "Import configuration not found"
            case 429: "Maximum number of reports per configuration per hour exceeded, maximum: 300"
            default: "Refused with status \(status)"
            }
        }
    }
}
