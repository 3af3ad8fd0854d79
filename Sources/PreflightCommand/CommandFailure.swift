import ByteSources
import ImportProfiles
import Preflight

/// Why a command cannot continue, and its exit status.
struct CommandFailure: Error {
    var status: ExitStatus
    /// Safe to print; may hold several lines.
    var message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    init(_ status: ExitStatus, _ error: ProfileError) {
        self.init(status, error.mistakes.map { "\($0)" }.joined(separator: "\npreflight: "))
    }

    init(_ error: SourceError) {
        self.init(.unable, error.message)
    }

    init(_ error: OutputFile.Refusal) {
        self.init(error.isMisuse ? .usage : .unable, error.message)
    }
}
