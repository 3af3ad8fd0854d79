import ArgumentParser
import Preflight

/// `preflight check FILE…`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judge files; nothing is sent and no network is used.",
        discussion: """
            Reads each file to its end: compression, encoding, quoting, row width, header, and the values under the profile. \
            Without a profile types are inferred from the whole file, and what does not fit them is an estimate that never blocks.

            Exit status: 0 the gate is open, 1 findings over the gate, 2 a file or the profile cannot be read.
            """,
        aliases: ["validate"])

    @Argument(help: "CSV or CSV.gz files; - is standard input.")
    var files: [String]

    @Option(help: "Write the prediction in the shape of the server's own detailedReport (JSON) to a file; one input file only.")
    var predict: String?

    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Gate") var gate: GateOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard let predict else { return }
        guard files.count == 1 else { throw ValidationError("--predict writes one file: check one file with it.") }
        guard !SmallFile.areSame(predict, files[0]) else { throw ValidationError("--predict would overwrite the file that is checked.") }
    }

    func run() async throws {
        let terminal = output.terminal()
        try await terminal.perform { () throws(CommandFailure) in
            let options = try input.checkOptions()
            var worst = ExitStatus.done
            for file in files {
                let status = check(file, options: options, terminal: terminal)
                // Unable outranks findings: the answer for that file is missing.
                if status == .unable || worst == .done { worst = status }
            }
            return terminal.finish(worst)
        }
    }

    private func check(_ path: String, options: CheckOptions, terminal: Terminal) -> ExitStatus {
        do throws(SourceError) {
            let file = try InputFile.open(path: path, spoolsStream: false)
            let display = ProgressDisplay("Checking", total: file.size(), terminal: terminal)
            let checked = try CheckRun.check(file, options: options, progress: display.update)
            return report(checked.report, options: options, terminal: terminal)
        } catch {
            terminal.say(error.message)
            return .unable
        }
    }

    private func report(_ report: Report, options: CheckOptions, terminal: Terminal) -> ExitStatus {
        let policy = gate.policy(profile: options.profile)
        let refusals = report.refusals(under: policy)
        var status: ExitStatus = refusals.isEmpty ? .done : .findings
        if let predict {
            do throws(SmallFile.Refusal) {
                let document = JSONReport.detailedReport(report.prediction)
                try SmallFile.replace(path: predict, text: document.text(isPretty: true) + "\n")
            } catch {
                terminal.say(error.message)
                status = .unable
            }
        }
        guard !output.quiet else { return status }
        // Several files under --format json: one object a line, as jsonl.
        let format = output.format == .json && files.count > 1 ? .jsonl : output.format
        terminal.print(
            format.render(
                report, refusals: refusals, policy: policy, style: output.style(environment: Program.environment),
                exit: status.summary(refusals: refusals)))
        return status
    }
}
