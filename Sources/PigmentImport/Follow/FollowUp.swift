import Preflight
package import SafeText

/// How to ask for an import again, in a command that can be pasted: with the service and the key file of this run.
package struct FollowUp: Sendable, Equatable {
    /// Options of `preflight status` that this run depends on; none where its defaults and the environment say everything.
    package var options: [ShellCommand.Word]

    package init(options: [ShellCommand.Word] = []) {
        self.options = options
    }

    /// The command that follows an import.
    package func status(_ id: ImportID) -> ShellCommand {
        ShellCommand.preflight("status", .init(id.text)).adding(options)
    }
}
