import ArgumentParser
import ByteSources
import Preflight
import PreflightReports
import SafeText

extension SplitOutputs.Level: ExpressibleByArgument {}

/// Where `check` and `push` write the rows of the file.
struct SplitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write the header and the rows without such findings, byte for byte; gzip if the name ends in .gz.", valueName: "file"))
    var clean: FilePath?

    @Option(
        help: ArgumentHelp("Write the header and the rows with errors, byte for byte; gzip if the name ends in .gz.", valueName: "file"))
    var quarantine: FilePath?

    @Option(
        help: ArgumentHelp(
            "Findings that quarantine a row: error, doubtful (also values that Pigment may reject) or warning (also warnings).",
            valueName: "level"))
    var quarantineOn: SplitOutputs.Level?

    @Flag(help: "Add the columns _code, _column, _row and _line to the quarantined rows.")
    var annotate = false

    func validate() throws {
        guard isWanted || quarantineOn == nil else { throw ValidationError("--quarantine-on needs --quarantine or --clean.") }
        guard quarantine != nil || !annotate else { throw ValidationError("--annotate needs --quarantine.") }
        guard !paths.contains(.standardStream) else {
            throw ValidationError("The rows and the report would both go to standard output. Name a file.")
        }
    }

    /// Whether rows are written.
    var isWanted: Bool { clean != nil || quarantine != nil }

    var paths: [FilePath] { [clean, quarantine].compactMap(\.self) }

    /// Prepares the files, before any work.
    ///
    /// - Parameters:
    ///   - inputs: All that the run reads.
    ///   - others: What else it writes.
    func outputs(inputs: [FilePath], others: [FilePath] = []) throws(CommandFailure) -> SplitOutputs? {
        guard isWanted else { return nil }
        if let twice = paths.first(where: others.contains) ?? (clean == quarantine ? clean : nil) {
            throw CommandFailure(.usage, "Cannot write \(twice) twice.")
        }
        var outputs = SplitOutputs()
        outputs.level = quarantineOn ?? .error
        outputs.annotates = annotate
        outputs.compresses = (Self.isGzip(clean), Self.isGzip(quarantine))
        do throws(OutputFile.Refusal) {
            outputs.clean = try Self.file(clean, inputs)
            outputs.quarantine = try Self.file(quarantine, inputs)
        } catch {
            throw CommandFailure(error)
        }
        return outputs
    }

    private static func file(_ path: FilePath?, _ inputs: [FilePath]) throws(OutputFile.Refusal) -> OutputFile? {
        guard let path else { return nil }
        return try OutputFile(path: path, collision: .replace, inputs: inputs)
    }

    private static func isGzip(_ path: FilePath?) -> Bool { path?.text.lowercased().hasSuffix(".gz") ?? false }

    /// What was written where.
    func summary(_ split: RowSplit?) -> SplitSummary? {
        split.map { SplitSummary(clean: clean?.description, quarantine: quarantine?.description, split: $0) }
    }

    /// The options that were given, as words of a command line.
    var words: [ShellCommand.Word] {
        var words: [ShellCommand.Word] = []
        if let clean { words += ["--clean", .init(clean)] }
        if let quarantine { words += ["--quarantine", .init(quarantine)] }
        if let quarantineOn { words += ["--quarantine-on", .init(quarantineOn.rawValue)] }
        if annotate { words.append("--annotate") }
        return words
    }
}
