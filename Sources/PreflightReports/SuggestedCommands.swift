package import SafeText

/// What a report suggests to run, ready to be pasted: for the same file, read in the same way.
package struct SuggestedCommands: Sendable, Equatable {
    /// The file as it was given.
    private let file: ShellCommand.Word
    /// The options that decide how it is read, its profile among them.
    private let options: [ShellCommand.Word]
    /// Those of them that the drafting of a profile takes; `nil` where there is a profile, or where it cannot read the file in the same way.
    private let draftOptions: [ShellCommand.Word]?

    /// - Returns: `nil` for standard input, which cannot be read again.
    package init?(file: FilePath, options: [ShellCommand.Word], draftOptions: [ShellCommand.Word]?) {
        if file == .standardStream { return nil }
        self.file = .init(file)
        self.options = options
        self.draftOptions = draftOptions
    }

    /// Shows every row with a finding of this code.
    func locate(_ code: String) -> ShellCommand {
        ShellCommand.preflight("locate", file).adding(options + ["--code", .init(code)])
    }

    /// Drafts a profile from the file.
    var inferProfile: ShellCommand? {
        draftOptions.map { ShellCommand.preflight("profile", "infer", file).adding($0 + ["-o", "profile.yaml"]) }
    }

    /// Checks the file once more.
    func check(_ more: ShellCommand.Word...) -> ShellCommand {
        ShellCommand.preflight("check", file).adding(options + more)
    }
}
