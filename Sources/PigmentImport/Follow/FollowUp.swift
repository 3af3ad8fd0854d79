import Preflight
public import SafeText

/// How to ask for an import again, in a command that can be pasted: with the service and the key file of this run.
public struct FollowUp: Sendable, Equatable {
    /// Options of `preflight status` that this run depends on; none where its defaults and the environment say everything.
    public var options: [ShellCommand.Word]

    public init(options: [ShellCommand.Word] = []) {
        self.options = options
    }

    /// The command that follows an import.
    public func status(_ id: ImportID) -> ShellCommand {
        ShellCommand.preflight("status", .init(id.text)).adding(options)
    }
}
