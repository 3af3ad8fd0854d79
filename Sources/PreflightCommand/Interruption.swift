import Preflight
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ends the process on SIGINT and SIGTERM, at once and with the truth about the body.
///
/// A thread of its own waits for the signals, so neither a blocking read nor a busy loop can delay it. Ending the process closes the
/// connection: a body that was not whole by then never becomes whole. Temporary files have no name, so none stays behind.
enum Interruption {
    /// What to say of the body if a signal arrives now; set by whoever moves it on.
    private static let account = Mutex("Interrupted: nothing had been sent.")

    static func setAccount(_ text: String) {
        account.withLock { $0 = text }
    }

    /// Call once, before any other thread exists: they inherit the mask.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        pthread_create(&thread, nil, { _ in Interruption.wait() }, nil)
    }

    private static func wait() -> UnsafeMutableRawPointer? {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        var number: Int32 = 0
        while sigwait(&signals, &number) != 0 {}
        let status: ExitStatus = number == SIGINT ? .interrupted : .terminated
        let text = account.withLock { $0 }
        _ = Terminal.write("\npreflight: \(text)\n", to: STDERR_FILENO)
        _exit(status.rawValue)
    }
}
