import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight baseline`
struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Accepted files that later ones are compared with: show them, accept one by hand, forget some.",
        discussion: """
            Each accepted push is remembered with what its columns held: rows, empty fields, different values, sums, days, and what the values \
            look like. With three such files or more, push --drift warn (the default) and check --drift warn report what is not as usual.

            Examples:
              preflight baseline show -c 33d0d7d0-6125-47c4-b36a-882f4ed53b33
              preflight baseline accept export.csv -p profile.yaml
              preflight baseline forget k3x9m2ab -p profile.yaml
            """,
        subcommands: [BaselineShowCommand.self, BaselineAcceptCommand.self, BaselineForgetCommand.self],
        defaultSubcommand: BaselineShowCommand.self)
}

/// The configuration that a command is about, without a file.
struct BaselinePlace: ParsableArguments {
    @OptionGroup var configurationOption: ConfigurationOption
    @OptionGroup var ledger: LedgerOptions

    func store() throws(CommandFailure) -> BaselineStore {
        guard let place = try ledger.place() else { throw CommandFailure(.usage, "Accepted files are kept beside the ledger; it is none.") }
        return BaselineStore(beside: place)
    }
}

/// `preflight baseline show`
struct BaselineShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List the accepted files of a configuration.",
        discussion: """
            Examples:
              preflight baseline show -c 33d0d7d0-6125-47c4-b36a-882f4ed53b33
              preflight baseline show -p profile.yaml --format json

            Exit status: 0 shown, 2 the ledger or the profile cannot be read.
            """)

    @Option(name: [.short, .long], help: ArgumentHelp("Profile that names the configuration.", valueName: "file"))
    var profile: FilePath?

    @OptionGroup var place: BaselinePlace

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = BenchCommand.Format.human

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            let configuration = try place.configurationOption.identifier(profile: try InputOptions.profile(at: profile))
            let files: [Baseline]
            let store = try place.store()
            do throws(LedgerError) {
                files = try store.baselines(of: configuration)
            } catch {
                throw CommandFailure(.unable, "\(error.message).")
            }
            terminal.print(format == .json ? BaselineText.json(files, configuration) : BaselineText.text(files, configuration))
            return terminal.finish(.done)
        }
    }
}

/// `preflight baseline accept FILE`
struct BaselineAcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Remember a file as one that is as it should be.",
        discussion: """
            The file is read, not judged and not sent. Accepted pushes are remembered by themselves.

            Examples:
              preflight baseline accept export.csv -p profile.yaml
              preflight baseline accept january.csv -c 33d0d7d0-6125-47c4-b36a-882f4ed53b33

            Exit status: 0 remembered, 1 the file is damaged or is no CSV, 2 the file, the profile or the ledger cannot be read or written.
            """)

    @Argument(help: "CSV or CSV.gz file.")
    var file: FilePath

    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Ledger") var place: BaselinePlace

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            var options = try input.checkOptions()
            let configuration = try place.configurationOption.identifier(profile: options.profile)
            options.countsColumns = true
            let checked: CheckedFile
            do throws(SourceError) {
                checked = try CheckRun.check(try InputFile.open(path: file, spoolsStream: false), options: options, digest: SHA256Digest())
            } catch {
                throw CommandFailure(error)
            }
            guard checked.report.isComplete, !checked.report.columns.isEmpty else {
                let check = ShellCommand.preflight("check", .init(file))
                throw CommandFailure(.findings, "Not all of \(file) could be read. To see why: \(check)")
            }
            let baseline = Baseline(
                time: .now, id: .random(), configuration: configuration, file: file.description, origin: .hand,
                statistics: FileStatistics(checked.report, digest: checked.digest))
            let store = try place.store()
            do throws(LedgerError) {
                try store.accept(baseline)
            } catch {
                throw CommandFailure(.unable, "Nothing was recorded: \(error.message).")
            }
            terminal.print("Accepted \(file) for configuration \(configuration) as \(baseline.id).\n")
            return terminal.finish(.done)
        }
    }
}

/// `preflight baseline forget ID…`
struct BaselineForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Compare with accepted files no longer.",
        discussion: """
            Examples:
              preflight baseline forget k3x9m2ab -p profile.yaml
              preflight baseline forget --all -c 33d0d7d0-6125-47c4-b36a-882f4ed53b33

            Exit status: 0 forgotten, 2 there is no such file, or the ledger cannot be written.
            """)

    @Argument(help: "IDs, as preflight baseline show lists them.")
    var ids: [String] = []

    @Flag(help: "All accepted files of the configuration: after a change that is to stay.")
    var all = false

    @Option(name: [.short, .long], help: ArgumentHelp("Profile that names the configuration.", valueName: "file"))
    var profile: FilePath?

    @OptionGroup var place: BaselinePlace

    func validate() throws {
        guard ids.isEmpty == all else { throw ValidationError("Use either the IDs of accepted files or --all.") }
    }

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            let configuration = try place.configurationOption.identifier(profile: try InputOptions.profile(at: profile))
            let (count, unknown): (Int, String?)
            let store = try place.store()
            do throws(LedgerError) {
                let files = try store.baselines(of: configuration)
                let wanted = all ? files : files.filter { ids.contains($0.id.text) }
                let missing = ids.first { id in !wanted.contains { $0.id.text == id } }
                if missing == nil { try store.forget(wanted, at: .now) }
                (count, unknown) = (wanted.count, missing)
            } catch {
                throw CommandFailure(.unable, "Nothing was recorded: \(error.message).")
            }
            if let unknown {
                throw CommandFailure(
                    .unable, "Nothing was recorded: \"\(VisibleText(unknown))\" is no accepted file of configuration \(configuration).")
            }
            terminal.print("Forgot \(count.counted("accepted file")) of configuration \(configuration).\n")
            return terminal.finish(.done)
        }
    }
}
