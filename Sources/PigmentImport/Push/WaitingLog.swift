import ByteSources
import CSVTokenizer
import ImportProfiles
import Preflight
import SafeText
import ValueFormats

/// What a run waits for, for logs: one line after each period in which nothing else happened. Pure: the clock is passed in.
package struct WaitingLog: Sendable {
    /// The limits that a line may name, with their options.
    package struct Limits: Sendable, Equatable {
        /// From the end of the request to the beginning of the answer.
        package var reply: Duration
        /// For the following.
        package var follow: Duration

        package init(reply: Duration, follow: Duration) {
            self.reply = reply
            self.follow = follow
        }
    }

    private let limits: Limits
    private let period: Duration
    private var phase: PushPhase?
    /// When the wait began, not its last sign of life.
    private var start = Duration.zero
    private var lastLine = Duration.zero

    package init(limits: Limits, period: Duration = .seconds(60)) {
        self.limits = limits
        self.period = period
    }

    /// A phase begins, or goes on.
    package mutating func observe(_ phase: PushPhase, at now: Duration) {
        if !phase.continues(self.phase) {
            start = now
            lastLine = now
        }
        self.phase = phase
    }

    /// Nothing is waited for any more.
    package mutating func end() {
        phase = nil
    }

    /// A line where one is due: what is waited for, for how long, and for how long at most. Safe to print.
    package mutating func line(at now: Duration) -> String? {
        guard let phase, now - lastLine >= period else { return nil }
        lastLine = now
        return words(phase, waited: now - start)
    }

    /// The same without a period, for a display: `nil` where nothing is waited for, or where the bytes on their way show it better.
    package func status(at now: Duration) -> String? {
        switch phase {
        case nil, .sending?, .accepted?: nil
        case .connecting?, .wholeBodySent?, .waitingToRetry?, .following?: phase.map { words($0, waited: now - start) }
        }
    }

    private func words(_ phase: PushPhase, waited: Duration) -> String {
        switch phase {
        case .connecting(let attempt): "connecting\(attempt == 1 ? "" : ", attempt \(attempt)"), \(waited.shown)"
        case .sending(let progress):
            "sending, \(ByteCount(progress.byteCount)) of \(ByteCount(progress.totalByteCount)) after \(waited.shown)"
        case .wholeBodySent:
            "everything is sent; waiting for the answer, \(waited.shown) of at most \(limits.reply.shown) (--reply-timeout)"
        case .waitingToRetry(let delay, _): "waiting before the next attempt, \(waited.shown) of \(delay.shown)"
        case .accepted(let id): "import \(id) has started"
        case .following(let id, let status, let fault):
            "waiting for import \(id), \(waited.shown) of at most \(limits.follow.shown) (--timeout)"
                + (status.map { "; status \($0.text)" } ?? fault.map { "; \($0)" } ?? "")
        }
    }
}

extension PushPhase {
    /// Whether this is only news of the phase before.
    fileprivate func continues(_ other: PushPhase?) -> Bool {
        switch (self, other) {
        case (.sending, .sending?), (.following, .following?): true
        default: false
        }
    }
}
