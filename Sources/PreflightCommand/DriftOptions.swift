import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// Whether a file that differs from earlier ones of its configuration is reported, or stopped.
enum DriftMode: String, ExpressibleByArgument, CaseIterable {
    case off
    case warn
    case fail

    /// The earlier files to compare with; `nil` where nothing is compared.
    ///
    /// - Parameter terminal: is told how many there are.
    func reference(
        _ configuration: ConfigurationID, _ ledger: LedgerOptions, _ terminal: Terminal
    ) throws(CommandFailure) -> DriftReference? {
        guard self != .off, let place = try ledger.place() else { return nil }
        let files: [Baseline]
        do throws(LedgerError) {
            files = try BaselineStore(beside: place).baselines(of: configuration, limit: Self.mostFiles)
        } catch {
            throw CommandFailure(.unable, "\(error.message). Use another with --ledger FILE, or --drift off.")
        }
        terminal.note("comparing with \(files.count.counted("accepted file")) of configuration \(configuration)")
        return DriftReference(files: files.map(\.statistics), severity: self == .fail ? .error : .warning)
    }

    /// The files that tell what is usual.
    static let mostFiles = 10
}

/// How `check` compares a file with earlier ones.
struct DriftOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Compare with the last accepted files of the configuration: off (the default), warn or fail (exit status 9).", valueName: "what"
        ))
    var drift = DriftMode.off

    @Option(
        name: [.short, .customLong("configuration")],
        help: ArgumentHelp("ID of that configuration. Default: PIGMENT_CONFIGURATION_ID, else from the profile.", valueName: "id"))
    var configuration: String?

    @Option(help: ArgumentHelp("Ledger beside which accepted files are kept. Default: as for push.", valueName: "file"))
    var ledger: FilePath?

    func validate() throws {
        guard drift != .off || (configuration == nil && ledger == nil) else {
            throw ValidationError("A check needs -c and --ledger only with --drift warn or --drift fail.")
        }
    }

    /// What the file is compared with; `nil` with `--drift off`.
    func reference(profile: Profile?, _ terminal: Terminal) throws(CommandFailure) -> DriftReference? {
        if drift == .off { return nil }
        var (option, place) = (ConfigurationOption(), LedgerOptions())
        (option.configuration, place.ledger) = (configuration, ledger)
        let reference = try drift.reference(try option.identifier(profile: profile), place, terminal)
        if reference == nil { throw CommandFailure(.usage, "--drift needs a ledger, so it cannot be combined with --ledger none.") }
        return reference
    }

    /// Sets what the file is compared with.
    func set(_ options: inout CheckOptions, _ terminal: Terminal) throws(CommandFailure) {
        guard let reference = try reference(profile: options.profile, terminal) else { return }
        options.drift = reference
        options.countsColumns = true
        options.storedDigest = options.storedDigest ?? SHA256Digest()
    }
}

extension DriftOptions: QuickOptions {
    mutating func setDefaults() {
        (drift, configuration, ledger) = (.off, nil, nil)
    }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        switch option {
        case "--drift": words.value(option, &drift)
        case "-c", "--configuration": words.value("--configuration", &configuration)
        case "--ledger": words.value(option, &ledger)
        default: false
        }
    }
}
