import ByteSources
import PigmentImport
import Preflight
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ends the process on SIGINT and SIGTERM at once, with a message that says what the server has.
///
/// A separate thread waits for the signals, so neither a blocking read nor a busy loop can delay it. When the process ends, its connection is
/// closed: an incomplete body never becomes complete. Temporary files have no names, so none remains.
enum Interruption {
    /// The message if a signal arrives now, and what to record about it; set by the code that sends the body.
    private struct Account {
        var text = "Interrupted: nothing had been sent."
        var record: @Sendable () -> Void = {}
    }

    private static let account = Mutex(Account())

    /// - Parameters:
    ///   - text: What to say of the body.
    ///   - record: writes down what the text says; it returns within half a second.
    static func setAccount(_ text: String, record: @escaping @Sendable () -> Void = {}) {
        account.withLock { $0 = Account(text: text, record: record) }
    }

    /// The handler writes the number of the signal into this pipe, and the waiting thread reads it: a handler can safely do little else.
    private static let pipeEnds: (reading: Int32, writing: Int32) = {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return (-1, -1) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }()

    /// Call once. A signal that the caller set to be ignored, as `nohup` does, stays ignored.
    ///
    /// Handlers instead of blocked signals: the dispatch library waits in the main thread with no signal blocked.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        // A file that reaches its size limit is an error when writing, and does not end the process.
        signal(SIGXFSZ, SIG_IGN)
        guard pipeEnds.reading >= 0 else { return }
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        unsafe pthread_create(&thread, nil, { _ in unsafe Interruption.wait() }, nil)
        for number in [SIGINT, SIGTERM] {
            var old = sigaction()
            unsafe sigaction(number, nil, &old)
            #if canImport(Darwin)
                let isIgnored = unsafe old.__sigaction_u.__sa_handler == SIG_IGN
            #else
                // Functions cannot be compared, their addresses can.
                let isIgnored =
                    unsafe unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
            #endif
            if isIgnored { continue }
            signal(number) { number in
                var byte = UInt8(truncatingIfNeeded: number)
                _ = unsafe write(Interruption.pipeEnds.writing, &byte, 1)
            }
        }
    }

    private static func wait() -> UnsafeMutableRawPointer? {
        var number: UInt8 = 0
        while unsafe read(pipeEnds.reading, &number, 1) != 1 {}
        let status: ExitStatus = Int32(number) == SIGINT ? .interrupted : .terminated
        // The lock is never released: code that would send more of the body waits in `setAccount`, so the message stays true.
        return unsafe account.withLock { account in
            account.record()
            // A blocked terminal must not delay the end.
            var output = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
            if unsafe poll(&output, 1, 300) == 1, output.revents & Int16(POLLOUT) != 0 {
                _ = Terminal.write("\npreflight: \(account.text)\n", to: STDERR_FILENO)
            }
            _exit(status.rawValue)
        }
    }
}
