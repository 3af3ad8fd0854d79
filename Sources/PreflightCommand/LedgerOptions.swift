import ArgumentParser
import PigmentImport
import SafeText

/// What a run writes into the ledger.
struct RecordingOptions: ParsableArguments {
    @Flag(help: "Also record what the server quotes from cells: samples of skipped values, and descriptions of errors.")
    var ledgerSamples = false
}

/// Which ledger.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Record of pushes on this machine, or none. Default: PREFLIGHT_LEDGER, else ~/.local/state/preflight/ledger.jsonl "
                + "(XDG_STATE_HOME is honoured).", valueName: "file"))
    var ledger: FilePath?

    /// The ledger to use; `nil` for `none`.
    func place() throws(CommandFailure) -> Ledger? {
        if let named = ledger ?? Program.variable("PREFLIGHT_LEDGER").map({ FilePath($0) }) {
            return named == Self.none ? nil : Ledger(path: named)
        }
        guard let path = Ledger.usualPath(environment: Program.environment) else {
            throw CommandFailure(
                .unable, "Cannot find the folder of the ledger: HOME is not set. Name a file with --ledger FILE, or use --ledger none.")
        }
        return Ledger(path: path, makesFolders: true)
    }

    /// The options as a command line has them; nothing where none was given.
    var words: [ShellCommand.Word] {
        ledger.map { ["--ledger", .init($0)] } ?? []
    }

    private static let none = FilePath("none")
}
