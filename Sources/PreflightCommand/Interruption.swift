import ByteSources
import ByteSpans
import PigmentImport
import Preflight
import Synchronization
import SystemCalls

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

    /// Call once. A signal that the caller set to be ignored, as `nohup` does, stays ignored.
    ///
    /// Handlers instead of blocked signals: the dispatch library waits in the main thread with no signal blocked. They only write down the number of
    /// the signal, since they can safely do little else.
    static func install() {
        let signals = system_catch_signals()
        if signals >= 0 { _ = Threads.start { wait(for: signals) } }
    }

    private static func wait(for signals: Int32) {
        var number: [UInt8] = [0]
        var room = number.mutableSpan
        while system_read(signals, room.room) != 1 {}
        let status: ExitStatus = Int32(number[0]) == SIGINT ? .interrupted : .terminated
        // The lock is never released: code that would send more of the body waits in `setAccount`, so the message stays true.
        account.withLock { account in
            account.record()
            // A blocked terminal must not delay the end.
            let events = system_wait(STDERR_FILENO, Int16(POLLOUT), 300)
            if events > 0, events & Int32(POLLOUT) != 0 {
                _ = Terminal.write("\npreflight: \(account.text)\n", to: STDERR_FILENO)
            }
            _exit(status.rawValue)
        }
    }
}
