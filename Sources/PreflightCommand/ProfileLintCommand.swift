import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// `preflight profile lint PROFILE…`
struct ProfileLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Report every mistake in profiles with its place, and warn about what looks wrong.",
        discussion: """
            Also reads the items files that a profile names. With --file, also says what the files do not bear out: keys that are not unique, \
            and formats and words that no value has.

            Examples:
              preflight profile lint profile.yaml
              preflight profile lint profiles/*.yaml
              preflight profile lint profile.yaml --file 2026-06.csv --file 2026-07.csv

            Exit status: 0 every profile can be used, perhaps with warnings, 2 one cannot be used.
            """)

    @Argument(help: "Profiles (YAML or JSON), Table Schemas or data contracts.")
    var profiles: [FilePath]

    @Option(
        name: .customLong("file"), help: ArgumentHelp("File of the profile's feed, read to its end; may be given again.", valueName: "file")
    )
    var files: [FilePath] = []

    func validate() throws {
        guard files.isEmpty || profiles.count == 1 else { throw ValidationError("--file works with one profile.") }
        guard !files.contains(.standardStream) else { throw ValidationError("--file is read twice: name a file.") }
    }

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            try terminal.refuseAsOutput(profiles + files)
            var worst = ExitStatus.done
            for path in profiles {
                do throws(ProfileError) {
                    let reading = try ProfileReading(path: path)
                    let mistakes = reading.profile.rules.mistakes(in: path.description)
                    if !mistakes.isEmpty { throw ProfileError(mistakes) }
                    for remark in ProfileLint.remarks(on: reading, fileName: path.description) {
                        terminal.print("\(remark.described(as: "warning"))\n")
                    }
                    if !files.isEmpty, lint(reading, path, terminal) != .done { worst = .unable }
                } catch {
                    for mistake in error.mistakes { terminal.print("\(mistake.described(as: "error"))\n") }
                    terminal.say("\(path): cannot be used: \(error.mistakes.count.counted("mistake"))")
                    worst = .unable
                }
            }
            return terminal.finish(worst)
        }
    }

    /// Compares a profile with the files of its feed.
    private func lint(_ reading: ProfileReading, _ path: FilePath, _ terminal: Terminal) -> ExitStatus {
        do throws(SourceError) {
            var inputs: [InputFile] = []
            for file in files { inputs.append(try InputFile.open(path: file, spoolsStream: true)) }
            for remark in try FeedLint.remarks(on: reading.profile, files: inputs) {
                let mistake = reading.remark(remark.message, onColumn: remark.column, fileName: path.description)
                terminal.print("\(mistake.described(as: "warning"))\n")
            }
            return .done
        } catch {
            terminal.say(error.message)
            return .unable
        }
    }
}
