import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import SafeText
import Synchronization
import SystemCalls
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
/// A closed output is remembered and not fatal: it must not end an upload.
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

    /// The first error while writing to standard output, if any.
    var outputError: Int32? {
        let code = failure.withLock { $0 }
        return code == 0 ? nil : code
    }

    /// The width of the terminal; `nil` if standard output is not a terminal or its width is unknown.
    static var width: Int? {
        let width = system_terminal_width(STDOUT_FILENO)
        return width > 0 ? Int(width) : nil
    }

    /// Refuses to print to a file that the run reads, as in `check a.csv >> a.csv`.
    func refuseAsOutput(_ inputs: [FilePath]) throws(CommandFailure) {
        do throws(OutputFile.Refusal) {
            _ = try OutputFile(path: .standardStream, collision: .replace, inputs: inputs)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Prints a result unchanged.
    func print(_ text: String) {
        clearProgress()
        let error = Self.write(text, to: STDOUT_FILENO)
        if error != 0 { failure.withLock { if $0 == 0 { $0 = error } } }
    }

    /// Prints bytes that are no text.
    func print(_ bytes: [UInt8]) {
        clearProgress()
        do throws(Descriptor.Failure) {
            try Descriptor(STDOUT_FILENO, isOwned: false).writeAll(bytes.span)
        } catch {
            failure.withLock { if $0 == 0 { $0 = error.errno } }
        }
    }

    /// Prints a warning or a failure: a line to standard error.
    func say(_ text: String) {
        hasComplained.withLock { $0 = true }
        write(text)
    }

    /// Remembers that a failure was shown without ``say(_:)``.
    func noteComplaint() {
        hasComplained.withLock { $0 = true }
    }

    /// Whether standard output and standard error are the same terminal.
    static var isOneTerminal: Bool {
        guard isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
        guard let output = Descriptor.attributes(of: STDOUT_FILENO), let error = Descriptor.attributes(of: STDERR_FILENO) else {
            return false
        }
        return output.specialDevice == error.specialDevice
    }

    /// Prints a line to standard error.
    private func write(_ text: String) {
        clearProgress()
        _ = Self.write("preflight: " + text + "\n", to: STDERR_FILENO)
    }

    /// Logs a step with the time (UTC).
    func note(_ text: @autoclosure () -> String) {
        if logsSteps { write("\(Self.timestamp()) \(text())") }
    }

    /// Logs a long wait; on a terminal the progress line shows it.
    func log(_ text: String) {
        if !showsProgress, !isQuiet { write(logsSteps ? "\(Self.timestamp()) \(text)" : text) }
    }

    /// The wall clock as `2026-01-31T23:59:59Z`.
    private static func timestamp() -> String { UTCTime.now.description }

    /// Replaces the progress line; does nothing if standard error is not a terminal.
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

    /// Runs a command, prints the reason if it fails, and ends with its exit status. Every failure prints something to standard error.
    func perform(_ body: () throws(CommandFailure) -> ExitStatus) throws {
        let status: ExitStatus
        do throws(CommandFailure) {
            status = try body()
        } catch {
            throw end(error)
        }
        throw end(status)
    }

    /// The same for a command that waits.
    func perform(_ body: () async throws(CommandFailure) -> ExitStatus) async throws {
        let status: ExitStatus
        do throws(CommandFailure) {
            status = try await body()
        } catch {
            throw end(error)
        }
        throw end(status)
    }

    private func end(_ failure: CommandFailure) -> ExitCode {
        say(failure.message)
        return end(failure.status)
    }

    private func end(_ status: ExitStatus) -> ExitCode {
        // A reader that stops early, such as `head`, is not a failure of this run.
        if status != .done, outputError != Self.brokenPipe, !hasComplained.withLock({ $0 }) { say(status.meaning) }
        return ExitCode(status.rawValue)
    }

    /// The status to end with, considering whether the result could be written.
    ///
    /// - Parameter accepted: The import that the server has accepted. The run then keeps its status, and the ID is printed to standard error:
    ///   a second run could double the data.
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
        return [.done, .findings, .unexpected].contains(status) ? .unable : status
    }

    /// The reader of standard output stopped early, as `head` does: not an error.
    static let brokenPipe = EPIPE

    /// Why standard output could not be written to.
    static func outputReason(_ error: Int32) -> String {
        error == EBADF ? "standard output is closed" : text(of: error)
    }

    /// The system's message for an error number.
    static func text(of error: Int32) -> String {
        systemText(of: error)
    }

    /// Writes all of it. Returns the error number, 0 for success.
    static func write(_ text: String, to descriptor: Int32) -> Int32 {
        do throws(Descriptor.Failure) {
            try Descriptor(descriptor, isOwned: false).writeAll(Array(text.utf8).span)
            return 0
        } catch {
            return error.errno
        }
    }
}
