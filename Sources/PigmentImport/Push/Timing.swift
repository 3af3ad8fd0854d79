#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Time and chance, passed in: a push of an hour is tested in a millisecond.
package struct Timing: Sendable {
    /// A monotonic clock's reading.
    package var elapsed: @Sendable () -> Duration
    /// Waits; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// The wall clock in seconds since 1970-01-01 UTC, for `Retry-After` dates only.
    package var wallClock: @Sendable () -> Int
    /// 0 to 1.
    package var jitter: @Sendable () -> Double

    package init(
        elapsed: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
        wallClock: @escaping @Sendable () -> Int, jitter: @escaping @Sendable () -> Double
    ) {
        self.elapsed = elapsed
        self.sleep = sleep
        self.wallClock = wallClock
        self.jitter = jitter
    }

    /// The system's clocks. A laptop that sleeps in between does not stop them.
    package static var system: Timing {
        let start = ContinuousClock.now
        return Timing(
            elapsed: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0, clock: .continuous) },
            wallClock: { Int(time(nil)) }, jitter: { Double.random(in: 0...1) })
    }
}
