#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Time and chance, passed in: a push of an hour is tested in a millisecond.
public struct Timing: Sendable {
    /// A monotonic clock's reading.
    public var elapsed: @Sendable () -> Duration
    /// Waits; throws when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// The wall clock in seconds since 1970-01-01 UTC, for `Retry-After` dates only.
    public var wallClock: @Sendable () -> Int
    /// 0 to 1.
    public var jitter: @Sendable () -> Double

    public init(
        elapsed: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
        wallClock: @escaping @Sendable () -> Int, jitter: @escaping @Sendable () -> Double
    ) {
        self.elapsed = elapsed
        self.sleep = sleep
        self.wallClock = wallClock
        self.jitter = jitter
    }

    /// The system's clocks. A laptop that sleeps in between does not stop them.
    public static var system: Timing {
        let start = ContinuousClock.now
        return Timing(
            elapsed: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0, clock: .continuous) },
            wallClock: { Int(time(nil)) }, jitter: { Double.random(in: 0...1) })
    }
}
