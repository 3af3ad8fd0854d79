import ArgumentParser
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at all that a push needs: key, service, network, clock, profile, ledger, temporary space.",
        discussion: """
            One request, for the status of an import that does not exist: nothing is changed, and no data is sent. That an answer of 404 means a \
            good key is assumed: Pigment does not say so.

            Examples:
              preflight doctor
              preflight doctor -p profile.yaml --format json
              preflight doctor --base-url https://eu.pigment.example --api-key-file key.txt

            Exit status: 0 all is well, perhaps with warnings, 2 something here must be corrected, 5 temporary failure of the network or the \
            service, 7 rejected.
            """)

    @Option(name: [.short, .long], help: ArgumentHelp("Profile to look at, with its items files.", valueName: "file"))
    var profile: FilePath?

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = BenchCommand.Format.human

    @Option(help: ArgumentHelp("auto, always or never. auto honours NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE.", valueName: "when"))
    var color = OutputOptions.When.auto

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () async throws(CommandFailure) in
            var examination = Examination(service: service, ledger: ledger, profile: profile, terminal: terminal)
            let status = await examination.perform()
            let report = examination.report
            switch format {
            case .json: terminal.print(report.document.text(isPretty: true) + "\n")
            case .human: terminal.print(report.text(style: OutputOptions.style(color, environment: Program.environment)))
            }
            // The report says what fails.
            if format == .human { terminal.noteComplaint() } else if status != .done { terminal.say(report.exit.reason) }
            return terminal.finish(status)
        }
    }
}
