import ArgumentParser
import Preflight
import SafeText

/// `preflight profile init [FILE]`
struct ProfileInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented profile to start from.",
        discussion: """
            The same as profile infer --empty: with a file, the profile lists its columns, all of type text; without one it is an example. To \
            have types proposed, use preflight profile infer.

            Examples:
              preflight profile init
              preflight profile init -o profile.yaml
              preflight profile init export.csv -o profile.yaml

            Exit status: 0 written, 1 the file is not CSV, empty, or in an unknown encoding, 2 the file cannot be read or the profile cannot \
            be written.
            """)

    @Argument(help: "CSV or CSV.gz file with a header; - for standard input.")
    var file: FilePath?

    @OptionGroup var draft: DraftOptions

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            try EmptyProfile(options: draft).write(about: file, terminal: terminal)
        }
    }
}
