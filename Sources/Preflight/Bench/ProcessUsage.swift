import SystemCalls

/// What the process has used since it began, as the system counts it.
struct ProcessUsage: Equatable {
    /// Of all threads, in the program and in the system on its behalf.
    var processorTime: Duration
    /// The most memory that was resident at any time: it only grows.
    var peakByteCount: Int

    static func now() -> ProcessUsage {
        let usage = system_current_usage()
        return ProcessUsage(
            processorTime: .microseconds(usage.user_microseconds + usage.system_microseconds), peakByteCount: Int(usage.peak_byte_count))
    }
}
