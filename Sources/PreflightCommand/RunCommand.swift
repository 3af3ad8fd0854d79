import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight run MANIFEST`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Push the files of a manifest in order; run it again to go on where it stopped.",
        discussion: """
            Each file is checked, sent, followed and compared as push does. What the ledger knows to be pushed is not pushed again: a run that \
            was stopped, by a failure, a signal or a loss of power, is resumed by running it again. A file whose outcome is unknown is not sent \
            until it is settled (history settle).

            Examples:
              preflight run nightly.yaml
              preflight run nightly.yaml --dry-run
              preflight run nightly.yaml --date 2026-11-30 --format json

            Exit status: 0 every file is pushed and confirmed, else that of the gravest failure: 6 outcome unknown, 8 still running, \
            4 an import failed, 3 too many or unpredicted skips, 7 rejected, 2 could not run, 9 not the expected file, 1 blocked, \
            5 temporary failure.
            """)

    @Argument(help: "YAML: which files to push, where to, and in which order.")
    var manifest: FilePath

    @Option(
        help: ArgumentHelp(
            "The day that dates in names of files mean, and that of the files: 2026-11-30. Default: today.", valueName: "day"))
    var date: CalendarDay?

    @Option(help: ArgumentHelp("Only this step, without those that it comes after. Repeatable.", valueName: "name"))
    var only: [String] = []

    @Flag(help: "Check every file and show what would be pushed; nothing is sent.")
    var dryRun = false

    @Flag(help: "Go on as soon as an import is accepted. Same as --timeout 0.")
    var noWait = false

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Following") var follow: FollowOptions
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Ledger") var recording: RecordingOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var reports: ReportOptions

    func validate() throws {
        try reports.validatePositions(with: output.format)
        guard manifest != .standardStream else { throw ValidationError("A manifest is a file: paths in it are relative to its folder.") }
        guard reports.standardFormat == nil else {
            throw ValidationError("The reports of a run go to files: standard output has its result.")
        }
    }

    func run() async throws {
        let terminal = output.terminal(isLogged: true)
        try await terminal.perform { () async throws(CommandFailure) in
            let steps = try ManifestSteps(self)
            let server = dryRun && !service.hasKey ? nil : try service.service(terminal: terminal)
            let inputs = [manifest] + steps.readPaths
            let files = try reports.files(inputs: inputs, isOneFile: steps.fileCount == 1, redacts: output.redact)
            var run = ManifestRun(command: self, steps: steps, server: server, files: files, terminal: terminal)
            return try await run.perform()
        }
    }
}
