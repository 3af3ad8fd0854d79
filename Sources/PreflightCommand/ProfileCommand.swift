import ArgumentParser

/// `preflight profile …`
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Write, check and print profiles: local mirrors of import configurations.",
        subcommands: [ProfileInitCommand.self, ProfileInferCommand.self, ProfileLintCommand.self, ProfileShowCommand.self])
}
