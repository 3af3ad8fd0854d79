import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import SafeText
import ValueFormats

/// `preflight profile learn`
struct ProfileLearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Settle doubts of a profile from what imports reported.",
        discussion: """
            Compares the reported counts and samples of imports with the doubts in their files, and writes what is certain under "assume" of \
            the profile, with its evidence in a comment. What could be either is listed. By default it takes the completed imports of the \
            ledger whose files are unchanged; --file and --report-json take one import, --kit the import of a calibration kit. It trusts \
            that the import configuration has the formats of the profile.

            Examples:
              preflight profile learn -p profile.yaml --dry-run
              preflight profile learn -p profile.yaml --file export.csv --report-json report.json
              preflight profile learn -p profile.yaml --kit kit --report-json report.json

            Exit status: 0 what is certain was written, or there was nothing; 1 reports contradict each other, the profile or a file; 2 \
            something cannot be read or written.
            """)

    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions

    @Option(help: ArgumentHelp("File of the import that --report-json is about.", valueName: "file"))
    var file: FilePath?

    @Option(
        help: ArgumentHelp(
            "Saved report: the server's status document, or the output of push --format json; - for standard input.", valueName: "file"))
    var reportJSON: FilePath?

    @Option(help: ArgumentHelp("Folder of the calibration kit that --report-json is about.", valueName: "folder"))
    var kit: FilePath?

    @Option(help: "What the counts of reports count, if you know it: cells or rows. Default: from the profile, else both are possible.")
    var counts: Counts?

    @Flag(help: "Print the changes to the profile instead of writing it.")
    var dryRun = false

    enum Counts: String, ExpressibleByArgument, CaseIterable {
        case cells
        case rows

        var unit: SkipCount { self == .cells ? .cells : .rows }
    }

    /// Imports of the ledger that are looked at, the latest.
    private static let mostImports = 50

    func validate() throws {
        guard input.profile != nil else { throw ValidationError("Name the profile: -p PROFILE.") }
        guard file == nil || kit == nil else { throw ValidationError("--file and --kit exclude each other.") }
        guard (reportJSON != nil) == (file != nil || kit != nil) else {
            throw ValidationError("--report-json needs --file FILE or --kit DIR, and they need --report-json.")
        }
    }

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in try learn(terminal) }
    }

    private func learn(_ terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        let options = try input.checkOptions()
        guard let path = input.profile, let profile = options.profile else { throw CommandFailure(.usage, "Name the profile: -p PROFILE.") }
        let learner = DoubtLearner(profile)
        if let kit { return try learnFromKit(kit, learner, profile, path, terminal) }
        let imports = try imports(profile, options, terminal)
        let lessons = learner.lessons(from: imports)
        LearnedText(terminal: terminal).print(lessons, importCount: imports.count)
        try write(DoubtLearner.additions(from: lessons), to: path, terminal)
        return finish(isContradictory: lessons.contains { $0.isContradictory }, terminal)
    }

    private func finish(isContradictory: Bool, _ terminal: Terminal) -> ExitStatus {
        if isContradictory { terminal.say("exit status 1: reports contradict each other, the profile or a file; see above") }
        return terminal.finish(isContradictory ? .findings : .done)
    }

    // MARK: Imports

    private func imports(
        _ profile: Profile, _ options: CheckOptions, _ terminal: Terminal
    ) throws(CommandFailure) -> [DoubtLearner.Import] {
        let count = counts?.unit ?? profile.skipCount
        if let file, let reportJSON {
            let (source, skipped, sha256) = try report(reportJSON)
            let checked = try check(file, under: profile, options)
            try Self.expect(sha256, of: checked, file, reportJSON)
            return [DoubtLearner.Import(source: source, prediction: checked.report.prediction, skipped: skipped, count: count)]
        }
        guard let place = try ledger.place() else {
            throw CommandFailure(.usage, "--ledger none: name one import with --file FILE --report-json REPORT, or a ledger.")
        }
        return try recorded(in: place, count: count, profile, options, terminal)
    }

    /// The completed imports of the ledger whose files still have the content that was sent.
    private func recorded(
        in place: Ledger, count: SkipCount?, _ profile: Profile, _ options: CheckOptions, _ terminal: Terminal
    ) throws(CommandFailure) -> [DoubtLearner.Import] {
        let configuration = profile.configuration?.lowercased()
        let reading: LedgerReading
        do throws(LedgerError) {
            reading = try place.read(limit: Self.mostImports) { intent in
                intent.kind == .push && intent.content != nil
                    && (configuration == nil || intent.configuration.text.lowercased() == configuration)
            }
        } catch {
            throw CommandFailure(.unable, error.message)
        }
        var imports: [DoubtLearner.Import] = []
        for entry in reading.entries where entry.state == .completed {
            guard let report = entry.report.flatMap({ ServerReport($0) }), let content = entry.intent.content else { continue }
            let name = entry.importID.map { "import \($0.text)" } ?? "push \(entry.id)"
            guard let checked = try? check(FilePath(content.file), under: profile, options), checked.digest == content.digest else {
                terminal.say("\(name): left out, \(content.file) is no longer what was pushed")
                continue
            }
            imports.append(DoubtLearner.Import(source: name, prediction: checked.report.prediction, skipped: report.entries, count: count))
        }
        return imports
    }

    /// Judges a file with every doubt open.
    private func check(_ path: FilePath, under profile: Profile, _ options: CheckOptions) throws(CommandFailure) -> CheckedFile {
        var options = options
        options.profile = DoubtLearner.open(profile)
        do throws(SourceError) {
            let file = try InputFile.open(path: path, spoolsStream: false)
            return try CheckRun.check(file, options: options, digest: SHA256Digest())
        } catch {
            throw CommandFailure(error)
        }
    }

    private func report(_ path: FilePath) throws(CommandFailure) -> (source: String, skipped: [ServerReport.Entry], sha256: String?) {
        let report = try ServerReport.saved(at: path)
        guard report.status == StatusDocument.Status.completed.text else {
            throw CommandFailure(.unable, "\(path): the import is not completed.")
        }
        return (report.importID.map { "import \($0.text)" } ?? "\(path)", report.entries, report.sha256)
    }

    /// A saved push says which content it sent.
    private static func expect(_ sha256: String?, of checked: CheckedFile, _ file: FilePath, _ report: FilePath) throws(CommandFailure) {
        guard let sha256, sha256 != SHA256Digest.hexadecimal(checked.digest) else { return }
        throw CommandFailure(.unable, "\(file) is not the file that \(report) is about: its SHA-256 was \(sha256).")
    }

    // MARK: The kit

    private func learnFromKit(
        _ folder: FilePath, _ learner: DoubtLearner, _ profile: Profile, _ path: FilePath, _ terminal: Terminal
    ) throws(CommandFailure) -> ExitStatus {
        let files = KitFiles(folder)
        guard let reportJSON else { throw CommandFailure(.usage, "--kit needs --report-json.") }
        let kit: Profile
        do {
            kit = try Profile.load(path: files.profile)
        } catch {
            throw CommandFailure(.unable, error)
        }
        let (source, skipped, sha256) = try report(reportJSON)
        let checked = try check(files.csv, under: kit, CheckOptions(profile: kit))
        try Self.expect(sha256, of: checked, files.csv, reportJSON)
        let count = CalibrationKit.count(in: skipped)
        let item = DoubtLearner.Import(source: source, prediction: checked.report.prediction, skipped: skipped, count: count ?? .cells)
        let lessons = DoubtLearner(kit).lessons(from: [item])
        let (additions, problems) = learner.additions(fromKit: lessons, count: count, kit: kit, source: "calibration kit, \(source)")
        let text = LearnedText(terminal: terminal)
        text.print(lessons, importCount: 1)
        terminal.print(
            count.map { "Counts in the report count \($0.rawValue).\n" }
                ?? "The report does not tell whether its counts count cells or rows.\n")
        for problem in problems { terminal.say(VisibleText(problem, limit: 500).text) }
        try write(additions, to: path, terminal)
        return finish(isContradictory: lessons.contains { $0.isContradictory } || !problems.isEmpty, terminal)
    }

    // MARK: Writing

    private func write(_ additions: [ProfileAmendment.Addition], to path: FilePath, _ terminal: Terminal) throws(CommandFailure) {
        if additions.isEmpty { return terminal.print("\(path): nothing to add.\n") }
        let amendment: ProfileAmendment
        do {
            let yaml = try SmallFile.read(path: path, limit: Profile.sizeLimit)
            amendment = try ProfileAmendment(yaml: yaml, fileName: path.description, additions: additions)
        } catch let refusal as ProfileAmendment.Refusal {
            throw CommandFailure(.unable, "\(path): \(refusal.message)")
        } catch {
            throw CommandFailure(.unable, "\(path): cannot be read again")
        }
        if dryRun { return terminal.print(amendment.diff) }
        do throws(OutputFile.Refusal) {
            try OutputFile(path: path, collision: .replace, inputs: []).write(amendment.text)
        } catch {
            throw CommandFailure(error)
        }
        let count = additions.reduce(0) { $0 + $1.settled.settled.count + ($1.count == nil ? 0 : 1) }
        terminal.print("\(path): added \(count.counted("settled doubt")) under \"assume\".\n")
    }
}

/// What was learned, for people.
struct LearnedText {
    let terminal: Terminal

    func print(_ lessons: [DoubtLearner.Lesson], importCount: Int) {
        if lessons.isEmpty {
            terminal.print("\(importCount.counted("import")) with a report; none has doubts in a typed column.\n")
        }
        for lesson in lessons {
            var parts: [String] = []
            for doubt in lesson.settled.settled.doubts {
                parts.append("\(doubt.name) \(lesson.settled[doubt] == true ? "accepted" : "rejected")")
            }
            if !lesson.open.isEmpty { parts.append("open: \(lesson.open.doubts.map(\.name).joined(separator: ", "))") }
            if parts.isEmpty, lesson.problems.isEmpty { parts.append("nothing new") }
            let heading = "\(VisibleText(lesson.column)) (\(lesson.type)): "
            terminal.print(heading + (parts + lesson.problems).joined(separator: "; ") + "\n")
            if !lesson.evidence.isEmpty { terminal.print("  evidence: \(lesson.evidence)\n") }
        }
    }
}
