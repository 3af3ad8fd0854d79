import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// `preflight profile lint PROFILE…`
struct ProfileLintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Report every mistake in profiles with its place, and warn about what looks wrong.",
        discussion: """
            Also reads the items files that a profile names.

            Examples:
              preflight profile lint profile.yaml
              preflight profile lint profiles/*.yaml
              preflight profile lint schema.json

            Exit status: 0 every profile can be used, perhaps with warnings, 2 one cannot be used.
            """)

    @Argument(help: "Profiles (YAML or JSON) or Table Schemas.")
    var profiles: [FilePath]

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () throws(CommandFailure) in
            try terminal.refuseAsOutput(profiles)
            var worst = ExitStatus.done
            for path in profiles {
                do throws(ProfileError) {
                    let reading = try ProfileReading(path: path)
                    let mistakes = reading.profile.rules.mistakes(in: path.description)
                    if !mistakes.isEmpty { throw ProfileError(mistakes) }
                    for remark in ProfileLint.remarks(on: reading, fileName: path.description) {
                        terminal.print("\(remark.described(as: "warning"))\n")
                    }
                } catch {
                    for mistake in error.mistakes { terminal.print("\(mistake.described(as: "error"))\n") }
                    terminal.say("\(path): cannot be used: \(error.mistakes.count.counted("mistake"))")
                    worst = .unable
                }
            }
            return terminal.finish(worst)
        }
    }
}
