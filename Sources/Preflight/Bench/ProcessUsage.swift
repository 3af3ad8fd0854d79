import ByteSources

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the process has used since it began, as the system counts it.
struct ProcessUsage: Equatable {
    /// Of all threads, in the program and in the system on its behalf.
    var processorTime: Duration
    /// The most memory that was resident at any time: it only grows.
    var peakByteCount: Int

    static func now() -> ProcessUsage {
        var usage = rusage()
        // `RUSAGE_SELF`, whose imported type differs between systems. The call fails for unknown numbers only.
        unsafe getrusage(0, &usage)
        #if canImport(Darwin)
            let unit = 1
        #else
            let unit = 1024
        #endif
        return ProcessUsage(processorTime: duration(usage.ru_utime) + duration(usage.ru_stime), peakByteCount: Int(usage.ru_maxrss) * unit)
    }

    private static func duration(_ time: timeval) -> Duration {
        .seconds(Int(time.tv_sec)) + .microseconds(Int(time.tv_usec))
    }
}
