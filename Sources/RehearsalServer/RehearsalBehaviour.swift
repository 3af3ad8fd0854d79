import ImportProfiles

/// How the server plays its part. The default accepts every push and reports what the judge found.
public struct RehearsalBehaviour: Sendable {
    /// Answers to the first pushes and triggers, before anything is accepted. The key and the configuration are not looked at.
    package var refusals: [Refusal]
    /// How many status requests are answered `InProgress` before the end is reported.
    package var inProgressPollCount: Int
    package var ending: Ending
    /// A pause after each piece of a body that was read: a slow reader.
    package var pausePerPiece: Duration
    /// A pause between the last byte of a body and the answer.
    package var pauseBeforeAnswer: Duration

    /// How the server plays its part.
    ///
    /// - Parameters:
    ///   - refusals: Answers to the first pushes and triggers, before anything is accepted.
    ///   - inProgressPollCount: How many status requests are answered `InProgress` before the end is reported.
    ///   - ending: What the status says in the end.
    ///   - pausePerPiece: A pause after each piece of a body that was read: a slow reader.
    ///   - pauseBeforeAnswer: A pause between the last byte of a body and the answer.
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
        package var name: String
        package var description: String

        /// An entry with these members.
        public init(name: String, description: String) {
            self.name = name
            self.description = description
        }
    }

    /// The same refusal, one or more times.
    public struct Refusal: Sendable, Equatable {
        /// 400 to 599.
        package var status: Int
        /// The value of `Retry-After`, sent as it is.
        package var retryAfter: String?
        /// The body, as plain text.
        package var message: String
        package var times: Int

        /// A refusal.
        ///
        /// - Parameters:
        ///   - status: 400 to 599.
        ///   - retryAfter: The value of `Retry-After`, sent as it is.
        ///   - message: The body, as plain text; `nil` for the text that the API publishes for the status.
        ///   - times: How often it is given.
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
