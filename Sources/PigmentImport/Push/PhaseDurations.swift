import ByteSources
import ImportProfiles
import Preflight
package import SafeText

/// How long the phases of a push, a trigger or a following took. Pure: the clock is passed in.
package struct PhaseDurations: Sendable, Equatable {
    /// A stretch of time that belongs to one thing.
    package enum Stretch: String, Sendable, CaseIterable {
        /// Name look-up, connect, TLS.
        case connect
        case send
        /// From the last byte of the request to its answer.
        case answer
        /// Between attempts.
        case retryWait
        /// From the acceptance to the end of the following.
        case follow
    }

    private var taken: [Stretch: Duration] = [:]
    private var current: (stretch: Stretch, start: Duration)?

    package init() {}

    /// All attempts together; `nil` for what did not happen.
    package subscript(stretch: Stretch) -> Duration? { taken[stretch] }

    /// A phase begins.
    package mutating func observe(_ phase: PushPhase, at now: Duration) {
        switch phase {
        case .connecting: enter(.connect, at: now)
        case .sending: enter(.send, at: now)
        case .wholeBodySent: enter(.answer, at: now)
        case .waitingToRetry: enter(.retryWait, at: now)
        case .accepted: end(at: now)
        case .following: enter(.follow, at: now)
        }
    }

    /// Nothing more happens.
    package mutating func end(at now: Duration) {
        if let current { taken[current.stretch, default: .zero] += now - current.start }
        current = nil
    }

    private mutating func enter(_ stretch: Stretch, at now: Duration) {
        if current?.stretch == stretch { return }
        end(at: now)
        current = (stretch, now)
    }

    /// Seconds, to the millisecond; `null` for what did not happen.
    ///
    /// - Parameters:
    ///   - check: the reading and judging before; `nil` where no file was read.
    ///   - total: from the beginning of the command.
    package func json(check: Duration?, total: Duration) -> JSONValue {
        var members = [JSONValue.Member("check", Self.seconds(check))]
        members += Stretch.allCases.map { JSONValue.Member($0.rawValue, Self.seconds(taken[$0])) }
        members.append(JSONValue.Member("total", Self.seconds(total)))
        return .object(members)
    }

    private static func seconds(_ duration: Duration?) -> JSONValue {
        guard let (seconds, attoseconds) = duration?.components else { return .null }
        return .double(Double(seconds * 1000 + attoseconds / 1_000_000_000_000_000) / 1000)
    }

    package static func == (left: PhaseDurations, right: PhaseDurations) -> Bool {
        left.taken == right.taken && left.current?.stretch == right.current?.stretch && left.current?.start == right.current?.start
    }
}
