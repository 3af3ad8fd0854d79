import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import SafeText
import Synchronization
import ValueFormats

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The two outputs of the process. Results go to standard output; progress, warnings, failures and the log to standard error.
///
/// A closed output is remembered, not fatal: an upload in flight is not killed by it.
final class Terminal: Sendable {
    /// The error number of the first failed write to standard output; 0 while there is none.
    private let failure = Mutex<Int32>(0)
    private let progressIsShown = Mutex(false)
    private let hasComplained = Mutex(false)
    let showsProgress: Bool
    /// Whether each step is logged with its time.
    let logsSteps: Bool
    /// Whether only failures and warnings are printed.
    let isQuiet: Bool

    init(showsProgress: Bool, logsSteps: Bool = false, isQuiet: Bool = false) {
        self.showsProgress = showsProgress
        self.logsSteps = logsSteps
        self.isQuiet = isQuiet
    }

    /// The first error of writing to standard output; `nil` while all went well.
    var outputError: Int32? {
        let code = failure.withLock { $0 }
        return code == 0 ? nil : code
    }

    /// Columns of the terminal that standard output is; `nil` where it is none, or does not tell.
    static var width: Int? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Refuses to print into a file that the run reads, as in `check a.csv >> a.csv`.
    func refuseAsOutput(_ inputs: [FilePath]) throws(CommandFailure) {
        do throws(OutputFile.Refusal) {
            _ = try OutputFile(path: .standardStream, collision: .replace, inputs: inputs)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Prints a result, as it is.
    func print(_ text: String) {
        clearProgress()
        let error = Self.write(text, to: STDOUT_FILENO)
        if error != 0 { failure.withLock { if $0 == 0 { $0 = error } } }
    }

    /// Prints a warning or a failure: a line of standard error.
    func say(_ text: String) {
        hasComplained.withLock { $0 = true }
        write(text)
    }

    /// Remembers that a failure was shown by other means than ``say(_:)``.
    func noteComplaint() {
        hasComplained.withLock { $0 = true }
    }

    /// Whether standard output and standard error are the same terminal.
    static var isOneTerminal: Bool {
        guard isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
        var (output, error) = (stat(), stat())
        return fstat(STDOUT_FILENO, &output) == 0 && fstat(STDERR_FILENO, &error) == 0 && output.st_rdev == error.st_rdev
    }

    /// A line of standard error.
    private func write(_ text: String) {
        clearProgress()
        _ = Self.write("preflight: " + text + "\n", to: STDERR_FILENO)
    }

    /// Logs a step with the time (UTC).
    func note(_ text: @autoclosure () -> String) {
        if logsSteps { write("\(Self.timestamp()) \(text())") }
    }

    /// Logs that something takes long; a terminal has the progress line for that.
    func log(_ text: String) {
        if !showsProgress, !isQuiet { write(logsSteps ? "\(Self.timestamp()) \(text)" : text) }
    }

    /// The wall clock as `2026-01-31T23:59:59Z`.
    private static func timestamp() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(1900 + parts.tm_year)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return "\(date)T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }

    /// Replaces the progress line; does nothing where standard error is not a terminal.
    func progress(_ text: String) {
        guard showsProgress else { return }
        progressIsShown.withLock { isShown in
            isShown = true
            _ = Self.write("\r\u{1B}[K" + text, to: STDERR_FILENO)
        }
    }

    func clearProgress() {
        guard showsProgress else { return }
        progressIsShown.withLock { isShown in
            if isShown { _ = Self.write("\r\u{1B}[K", to: STDERR_FILENO) }
            isShown = false
        }
    }

    /// Runs a command, says why it failed if it does, and ends with its exit status: no failure leaves standard error empty.
    func perform(_ body: () async throws(CommandFailure) -> ExitStatus) async throws {
        let status: ExitStatus
        do throws(CommandFailure) {
            status = try await body()
        } catch {
            say(error.message)
            status = error.status
        }
        // A reader that went away, as `head` does, is not a failure of this run.
        if status != .done, outputError != Self.brokenPipe, !hasComplained.withLock({ $0 }) { say(status.meaning) }
        throw ExitCode(status.rawValue)
    }

    /// The status to end with: a result that could not be written is not a result.
    ///
    /// - Parameter accepted: what a server has accepted by then. The run keeps its status, and the ID is printed where it would be lost: running
    ///   it again could double the data.
    func finish(_ status: ExitStatus, accepted: ImportID? = nil) -> ExitStatus {
        guard let error = outputError else { return status }
        if let accepted {
            let reason = Self.outputReason(error)
            say("the server has accepted import \(accepted), but the report could not be written: \(reason). Do not push again.")
            return status
        }
        if error != Self.brokenPipe {
            say("cannot write the report: \(Self.outputReason(error))")
        }
        return status == .done || status == .findings ? .unable : status
    }

    /// The reader of standard output went away, as `head` does: nothing to complain about.
    static let brokenPipe = EPIPE

    /// Why standard output could not be written to.
    static func outputReason(_ error: Int32) -> String {
        error == EBADF ? "standard output is closed" : text(of: error)
    }

    /// The system's words for an error number.
    static func text(of error: Int32) -> String {
        String(cString: strerror(error))
    }

    /// Writes all of it. Returns the error number, 0 for success.
    static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let slice = UnsafeRawBufferPointer(rebasing: rest)
                #if canImport(Darwin)
                    let count = Darwin.write(descriptor, slice.baseAddress, slice.count)
                #elseif canImport(Musl)
                    let count = Musl.write(descriptor, slice.baseAddress, slice.count)
                #else
                    let count = Glibc.write(descriptor, slice.baseAddress, slice.count)
                #endif
                if count < 0 {
                    if errno == EINTR { continue }
                    // Another process may have made the terminal or pipe non-blocking.
                    var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    if errno == EAGAIN, poll(&output, 1, -1) >= 0 { continue }
                    return errno
                }
                rest = rest.dropFirst(count)
            }
            return 0
        }
    }
}
