import ArgumentParser

/// `preflight profile …`
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Write, check and print profiles, which mirror import configurations; settle their doubts.",
        discussion: """
            Examples:
              preflight profile infer export.csv -o profile.yaml
              preflight profile lint profile.yaml
              preflight profile show profile.yaml --as table-schema
            """,
        subcommands: [
            ProfileInitCommand.self, ProfileInferCommand.self, ProfileLintCommand.self, ProfileShowCommand.self,
            ProfileLearnCommand.self, ProfileKitCommand.self,
        ])
}
