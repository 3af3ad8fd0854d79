import ByteSources
import ImportProfiles
import Preflight

/// What to do after an attempt: the one place that decides whether a request is sent again.
///
/// A push must reach the server at most once, unless it is certain that it was not accepted:
///
/// | how far it came                                    | push, trigger                   | status            |
/// | -------------------------------------------------- | ------------------------------- | ----------------- |
/// | nothing has left (look-up, connect, TLS)           | again, ``connectTries`` in all  | again             |
/// | there is no such host                              | once more                       | once more; over   |
/// | left in part, connection lost                      | not accepted, temporary         | again             |
/// | complete refusal: 429, 503 with JSON or Retry-After | again, ``refusalRetries`` times | again             |
/// | other 4xx, 3xx                                     | not accepted, for good          | 404 a while; over |
/// | all left, no answer or a garbled one, other 5xx    | **unknown**                     | again             |
///
/// (RFC 9110, 9.2.2: no automatic retry of a method that is not idempotent, unless known not to have been applied.)
///
/// Pure: clock and randomness are passed in.
package struct RetryPolicy: Sendable, Equatable {
    /// Attempts to connect, the first included.
    package var connectTries = 5
    /// Attempts to find a host whose name does not exist, the first included: a second one, in case the answer was a passing one.
    package var unknownHostTries = 2
    /// Further pushes after complete refusals.
    package var refusalRetries = 3
    /// Wait after the first failed connect; doubles each time.
    package var firstDelay: Duration = .seconds(1)
    /// Wait after a 429 without `Retry-After`; doubles each time. Pigment's limit per address clears within five minutes.
    package var rateLimitDelay: Duration = .seconds(30)
    /// The longest wait between two polls that fail, unless the server asks for more.
    package var longestPollDelay: Duration = .seconds(30)
    /// A wait that would go beyond this since the first attempt is not begun.
    package var budget: Duration = .seconds(900)
    /// How long a status may be 404 after a push of this run: an import may take a moment to appear.
    package var notFoundGrace: Duration = .seconds(60)

    /// The policy of the command.
    package init() {}

    /// How an attempt ended.
    package enum Event: Sendable, Equatable {
        /// An answer came, whole or in part.
        case answered(ServerAnswer)
        /// None did.
        case failed(TransportFailure)
    }

    /// What came before, this attempt included.
    package struct History: Sendable, Equatable {
        /// Attempts that failed before a byte had left; for a status: all failures in a row.
        package var failures: Int
        /// Complete refusals.
        package var refusals: Int
        /// Since the first attempt.
        package var elapsed: Duration

        package init(failures: Int = 0, refusals: Int = 0, elapsed: Duration = .zero) {
            self.failures = failures
            self.refusals = refusals
            self.elapsed = elapsed
        }
    }

    /// What to do next.
    package enum Decision: Sendable, Equatable {
        case retry(after: Duration)
        /// The end of a push or a trigger.
        case stop(PushOutcome)
        /// The end of the polling.
        case endPolling(PollEnd)
    }

    /// Why polling is over although the import may go on.
    package enum PollEnd: Sendable, Equatable {
        /// 401 or 403.
        case notAllowed(status: Int)
        /// 404 beyond the grace.
        case notFound
        /// Another status that waiting will not change.
        case refused(status: Int, text: String)
        case redirected(host: String)
        case badCertificate(text: String)
        case proxyLogin(text: String)
        /// The host does not exist.
        case unknownHost(text: String)
        case interrupted
    }

    /// Decides on one attempt.
    ///
    /// - Parameters:
    ///   - call: What was asked for.
    ///   - event: How the attempt ended.
    ///   - history: What came before, this attempt included.
    ///   - jitter: 0 to 1; spreads waits over up to half of their length more, so that parallel jobs part.
    package func decision(_ call: ImportCall.Kind, after event: Event, history: History, jitter: Double) -> Decision {
        switch (call, event) {
        case (.status, .failed(let failure)): afterFailedPoll(failure, history: history, jitter: jitter)
        case (.status, .answered(let answer)): afterPollAnswer(answer, history: history, jitter: jitter)
        case (.push, .failed(let failure)), (.trigger, .failed(let failure)):
            afterFailure(failure, words: PushMessages(call), history: history, jitter: jitter)
        case (.push, .answered(let answer)), (.trigger, .answered(let answer)):
            afterAnswer(answer, words: PushMessages(call), history: history, jitter: jitter)
        }
    }

    // MARK: - Push and trigger

    private func afterFailure(_ failure: TransportFailure, words: PushMessages, history: History, jitter: Double) -> Decision {
        switch (failure.phase, failure.kind) {
        case (_, .body(let fault)) where failure.phase != .awaitingReply: return .stop(.notAccepted(.local, words.fileFault(fault)))
        case (.connecting, .badCertificate): return .stop(.notAccepted(.final, words.badCertificate(failure)))
        case (.connecting, .proxyLogin): return .stop(.notAccepted(.local, words.proxyLogin(failure)))
        case (.connecting, .cancelled), (.sending, .cancelled): return .stop(.notAccepted(.temporary, words.interrupted()))
        case (.connecting, _):
            let wait = doubled(firstDelay, times: history.failures - 1, jitter: jitter)
            let tries = failure.kind == .unknownHost ? min(unknownHostTries, connectTries) : connectTries
            guard history.failures < tries, history.elapsed + wait <= budget else {
                return .stop(.notAccepted(.temporary, words.notConnected(failure, tries: history.failures)))
            }
            return .retry(after: wait)
        case (.sending, _): return .stop(.notAccepted(.temporary, words.incomplete(failure)))
        case (.awaitingReply, _), (.readingReply, _): return .stop(.unknown(words.noAnswer(failure)))
        }
    }

    private func afterAnswer(_ answer: ServerAnswer, words: PushMessages, history: History, jitter: Double) -> Decision {
        switch answer.status {
        case 200..<300:
            guard let id = answer.importID else { return .stop(.unknown(words.noImportID(answer))) }
            if let taken = answer.takenByteCount, taken != answer.sentByteCount {
                return .stop(.unknown(words.takenInPart(answer, id: id, takenByteCount: taken)))
            }
            let isEarly = answer.isEarly || !answer.isRequestWhole
            return .stop(.accepted(PushOutcome.Acceptance(importID: id, isEarly: isEarly, fileFault: answer.fileFault)))
        case 300..<400: return .stop(.notAccepted(.final, words.redirected(answer)))
        case 429: return afterRefusal(answer, account: words.rateLimited(answer), history: history, jitter: jitter)
        case 503 where answer.isComplete && (answer.isJSON || answer.retryAfter != nil):
            return afterRefusal(answer, account: words.unavailable(answer), history: history, jitter: jitter)
        case 400..<500 where answer.status != 408: return .stop(.notAccepted(.final, words.refused(answer)))
        default:
            return answer.isRequestWhole
                ? .stop(.unknown(words.gatewayError(answer))) : .stop(.notAccepted(.temporary, words.brokenOff(answer)))
        }
    }

    /// Only a refusal that was read to its end shows that the server is done with this push.
    private func afterRefusal(_ answer: ServerAnswer, account: PushOutcome.Account, history: History, jitter: Double) -> Decision {
        let shortest = answer.status == 429 ? rateLimitDelay : firstDelay
        let wait =
            answer.retryAfter.map { spread($0, share: 0.1 * jitter) } ?? doubled(shortest, times: history.refusals - 1, jitter: jitter)
        guard answer.isComplete, history.refusals <= refusalRetries, history.elapsed + wait <= budget else {
            return .stop(.notAccepted(.temporary, account))
        }
        return .retry(after: wait)
    }

    // MARK: - Status

    private func afterFailedPoll(_ failure: TransportFailure, history: History, jitter: Double) -> Decision {
        switch failure.kind {
        case .badCertificate: .endPolling(.badCertificate(text: failure.text))
        case .proxyLogin: .endPolling(.proxyLogin(text: failure.text))
        case .unknownHost where history.failures >= unknownHostTries: .endPolling(.unknownHost(text: failure.text))
        case .cancelled: .endPolling(.interrupted)
        default: .retry(after: pollDelay(history, jitter: jitter))
        }
    }

    private func afterPollAnswer(_ answer: ServerAnswer, history: History, jitter: Double) -> Decision {
        switch answer.status {
        case 300..<400: .endPolling(.redirected(host: answer.redirectHost ?? "elsewhere"))
        case 401, 403: .endPolling(.notAllowed(status: answer.status))
        case 404 where history.elapsed >= notFoundGrace: .endPolling(.notFound)
        case 408, 404, 429: .retry(after: max(answer.retryAfter ?? .zero, pollDelay(history, jitter: jitter)))
        case 400..<500: .endPolling(.refused(status: answer.status, text: answer.text))
        default: .retry(after: max(answer.retryAfter ?? .zero, pollDelay(history, jitter: jitter)))
        }
    }

    private func pollDelay(_ history: History, jitter: Double) -> Duration {
        min(doubled(firstDelay, times: history.failures - 1, jitter: jitter), longestPollDelay)
    }

    // MARK: - Waits

    private func doubled(_ delay: Duration, times: Int, jitter: Double) -> Duration {
        // Ten doublings of a second are a quarter of an hour: beyond, the budget has spoken.
        spread(delay * (1 << min(max(times, 0), 10)), share: 0.5 * jitter)
    }

    private func spread(_ delay: Duration, share: Double) -> Duration {
        delay + delay * min(max(share, 0), 1)
    }
}
