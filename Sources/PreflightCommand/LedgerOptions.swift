import ArgumentParser
import PigmentImport
import SafeText

/// Which ledger.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Record of pushes on this machine, or none. Default: PREFLIGHT_LEDGER, else ~/.local/state/preflight/ledger.jsonl "
                + "(XDG_STATE_HOME is honoured).", valueName: "file"))
    var ledger: FilePath?

    /// The ledger to use; `nil` for `none`.
    func place() throws(CommandFailure) -> Ledger? {
        let path = ledger ?? Program.variable("PREFLIGHT_LEDGER").map { FilePath($0) } ?? Ledger.usualPath(environment: Program.environment)
        guard let path else {
            throw CommandFailure(
                .unable, "Cannot find the folder of the ledger: HOME is not set. Name a file with --ledger FILE, or use --ledger none.")
        }
        return path == Self.none ? nil : Ledger(path: path)
    }

    /// The option as a command line has it; nothing where it was not given.
    var words: [ShellCommand.Word] {
        ledger.map { ["--ledger", .init($0)] } ?? []
    }

    private static let none = FilePath("none")
}
