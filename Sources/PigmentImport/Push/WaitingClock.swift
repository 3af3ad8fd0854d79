import ByteSources
import Synchronization

/// Keeps a ``WaitingLog`` and a ``PhaseDurations`` by a clock, and tells of long waits while a run is under way.
package final class WaitingClock: Sendable {
    private struct State {
        var log: WaitingLog
        var durations = PhaseDurations()
    }

    private let state: Mutex<State>
    private let timing: Timing
    /// Between two looks at the clock.
    private let tick: Duration

    package init(limits: WaitingLog.Limits, period: Duration = .seconds(60), tick: Duration = .seconds(1), timing: Timing = .system) {
        state = Mutex(State(log: WaitingLog(limits: limits, period: period)))
        self.timing = timing
        self.tick = tick
    }

    /// What was measured so far.
    package var durations: PhaseDurations { state.withLock { $0.durations } }

    package func observe(_ phase: PushPhase) {
        let now = timing.elapsed()
        state.withLock {
            $0.log.observe(phase, at: now)
            $0.durations.observe(phase, at: now)
        }
    }

    /// Does something, and meanwhile tells of it.
    ///
    /// - Parameters:
    ///   - tell: gets each line that is due, see ``WaitingLog/line(at:)``.
    ///   - show: gets what is waited for at each tick.
    ///   - body: The work to do.
    package func telling<Result: Sendable>(
        _ tell: @escaping @Sendable (String) -> Void, show: @escaping @Sendable (String) -> Void = { _ in },
        while body: () async -> Result
    ) async -> Result {
        // Leaving the scope cancels it and waits for its end.
        async let _: Void = run(tell, show: show)
        let result = await body()
        let now = timing.elapsed()
        state.withLock {
            $0.log.end()
            $0.durations.end(at: now)
        }
        return result
    }

    /// Ends when its task is cancelled.
    func run(_ tell: @Sendable (String) -> Void, show: @Sendable (String) -> Void) async {
        while !Task.isCancelled, (try? await timing.sleep(tick)) != nil {
            let now = timing.elapsed()
            let (line, status) = state.withLock { ($0.log.line(at: now), $0.log.status(at: now)) }
            if let line { tell(line) }
            if let status { show(status) }
        }
    }
}
