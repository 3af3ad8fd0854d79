import ByteSources
import ImportProfiles
import Preflight

/// Follows one import to its end: events in, actions out. No socket and no clock in it.
///
/// ```
///   start → wait 3 s → poll → InProgress → wait 4.5 s → poll → … wait 15 s → poll → Completed → finish
/// ```
///
/// The first terminal state wins: whatever comes after it changes nothing. An answer for another import ends the following, as it
/// proves that the server mixes something up. A status this version does not know is not an end.
package struct ImportFollower: Sendable {
    /// How often to ask and how long.
    package struct Pacing: Sendable, Equatable {
        /// Wait before the first poll.
        package var first: Duration
        /// Waits grow by half up to this one.
        package var longest: Duration
        /// From the start to the last poll. Zero asks once.
        package var timeout: Duration

        package init(first: Duration = .seconds(3), longest: Duration = .seconds(15), timeout: Duration = .seconds(600)) {
            self.first = first
            self.longest = longest
            self.timeout = timeout
        }
    }

    /// What has happened.
    package enum Event: Sendable, Equatable {
        /// A wait is over.
        case waited
        case document(StatusDocument)
        /// A poll brought no document.
        case failed(RetryPolicy.Event)
        /// A poll brought an answer that is not a document.
        case garbled
    }

    /// What to do now.
    package enum Action: Sendable, Equatable {
        case wait(Duration)
        case poll
        case finish(FollowOutcome)
    }

    private let importID: ImportID
    private let pacing: Pacing
    private var policy: RetryPolicy
    private let isOwnPush: Bool
    private let followUp: FollowUp?
    private var nextWait: Duration
    private var failures = 0
    private var lastDocument: StatusDocument?
    private var lastFault: String?
    private var outcome: FollowOutcome?

    /// - Parameters:
    ///   - importID: The import to follow.
    ///   - pacing: How often to ask, and for how long.
    ///   - policy: What to do about requests that fail.
    ///   - isOwnPush: whether this run pushed it, see ``FollowOutcome/EndNotSeen/isOwnPush``.
    ///   - followUp: the command that an outcome may name; `nil` where none would work.
    package init(
        importID: ImportID, pacing: Pacing = Pacing(), policy: RetryPolicy = RetryPolicy(), isOwnPush: Bool,
        followUp: FollowUp? = FollowUp()
    ) {
        self.importID = importID
        self.pacing = pacing
        self.policy = policy
        // An import ID on the command line is expected to be one that exists: a 404 is an answer.
        if !isOwnPush { self.policy.notFoundGrace = .zero }
        // The server of a push was found a moment ago: its name exists.
        if isOwnPush { self.policy.unknownHostTries = .max }
        self.isOwnPush = isOwnPush
        self.followUp = followUp
        nextWait = pacing.first
    }

    /// The first action. An import that this run began is given a moment; any other is asked for at once.
    package mutating func start() -> Action {
        isOwnPush && pacing.timeout > .zero ? wait(takeNextWait(), elapsed: .zero) : .poll
    }

    /// - Parameters:
    ///   - event: What happened.
    ///   - elapsed: since ``start()``, on a monotonic clock.
    ///   - jitter: 0 to 1, see ``RetryPolicy``.
    package mutating func handle(_ event: Event, elapsed: Duration, jitter: Double) -> Action {
        if let outcome { return .finish(outcome) }
        switch event {
        case .waited: return .poll
        case .document(let document): return read(document, elapsed: elapsed)
        case .failed(let event):
            lastFault = Self.fault(event)
            return fail(event, elapsed: elapsed, jitter: jitter)
        case .garbled:
            lastFault = "the answer was no status document"
            // Like a server error: ask again.
            return fail(.answered(ServerAnswer(status: 500)), elapsed: elapsed, jitter: jitter)
        }
    }

    private mutating func read(_ document: StatusDocument, elapsed: Duration) -> Action {
        failures = 0
        lastFault = nil
        if let other = document.importID, other != importID { return finish(endNotSeen(.otherImport(other))) }
        lastDocument = document
        switch document.status {
        case .completed: return finish(.completed(document))
        case .failed: return finish(.failed(document))
        case .inProgress, .unknown: return wait(takeNextWait(), elapsed: elapsed)
        }
    }

    private mutating func fail(_ event: RetryPolicy.Event, elapsed: Duration, jitter: Double) -> Action {
        failures += 1
        let history = RetryPolicy.History(failures: failures, elapsed: elapsed)
        switch policy.decision(.status, after: event, history: history, jitter: jitter) {
        case .retry(let delay): return wait(max(delay, takeNextWait()), elapsed: elapsed)
        case .endPolling(let end): return finish(endNotSeen(.pollingEnded(end)))
        case .stop: preconditionFailure("a status request has no push outcome")
        }
    }

    /// The last wait is cut short, so that the time to wait ends with a poll and not with a nap.
    private mutating func wait(_ delay: Duration, elapsed: Duration) -> Action {
        guard elapsed < pacing.timeout else { return finish(endNotSeen(.timeout)) }
        return .wait(min(delay, pacing.timeout - elapsed))
    }

    private mutating func takeNextWait() -> Duration {
        defer { nextWait = min(nextWait * 3 / 2, max(pacing.longest, pacing.first)) }
        return nextWait
    }

    private mutating func finish(_ outcome: FollowOutcome) -> Action {
        self.outcome = outcome
        return .finish(outcome)
    }

    private func endNotSeen(_ cause: FollowOutcome.EndNotSeen.Cause) -> FollowOutcome {
        .endNotSeen(
            FollowOutcome.EndNotSeen(
                importID: importID, cause: cause, lastDocument: lastDocument, lastFault: lastFault, isOwnPush: isOwnPush,
                waited: pacing.timeout, followUp: followUp))
    }

    private static func fault(_ event: RetryPolicy.Event) -> String {
        switch event {
        case .answered(let answer): "the server answered \(answer.status)"
        case .failed(let failure): failure.text
        }
    }
}
