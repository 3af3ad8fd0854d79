import ArgumentParser
import ImportProfiles
import Preflight
import SafeText

/// `preflight profile infer FILE…`
struct ProfileInferCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract: "Draft a profile from the values of a feed's files.",
        discussion: """
            Reads the files as check would, in the encoding that their bytes suggest, and counts on all rows what each column holds. What the \
            values decide is written, with the counts as comments. What they leave open, for example the order of day and month, is a \
            question: the column is "type: undecided", with the choices above it. Name several files of one feed to draft one profile for all.

            Examples:
              preflight profile infer export.csv -o profile.yaml
              preflight profile infer 2026-*.csv --ask --items-dir lists -o profile.yaml
              preflight profile infer new.csv --update profile.yaml

            Exit status: 0 written, 1 a file is not CSV, damaged, empty, or in an unknown encoding, 2 a file cannot be read or the \
            profile cannot be written.
            """)

    @Argument(help: "CSV or CSV.gz files of one feed; - for standard input.")
    var files: [FilePath] = []

    @OptionGroup var draft: DraftOptions

    @Flag(help: "Ask the open questions in the terminal. Without a terminal they stay open in the profile.")
    var ask = false

    @Option(
        help: ArgumentHelp(
            "Write the items of each dimension to a file in this folder, and name it in the profile.", valueName: "folder"))
    var itemsDir: FilePath?

    @Option(
        help: ArgumentHelp(
            "Add columns that the profile lacks to it, and say what else is different. Nothing else of it changes.", valueName: "profile"))
    var update: FilePath?

    @Flag(help: "Propose no types: list the columns of one file as text, or write an example without a file.")
    var empty = false

    @Flag(help: "The file has no header row; name the columns column-1, column-2, … Default: if the first row looks like data.")
    var noHeader = false

    func validate() throws {
        guard empty || !files.isEmpty else { throw ValidationError("Missing expected argument '<files> ...'") }
        guard !empty || files.count < 2 else { throw ValidationError("--empty works with one input file.") }
        guard !empty || (!ask && itemsDir == nil && update == nil) else {
            throw ValidationError("--empty works without --ask, --items-dir and --update: it proposes no types.")
        }
        guard files.count(where: { $0 == .standardStream }) < 2 else { throw ValidationError("Standard input can be read only once.") }
        guard update == nil || (draft.output == nil && itemsDir == nil) else {
            throw ValidationError("--update changes the profile that it names: remove --output and --items-dir.")
        }
    }

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            if empty { return try EmptyProfile(options: draft).write(about: files.first, terminal: terminal) }
            if let update {
                let profile = try ProfileUpdate(profile: update, files: files)
                return try profile.run(try inferred(terminal, known: profile.names), terminal: terminal)
            }
            let lists = itemsDir.map { ItemLists(folder: $0, profile: draft.output) }
            return try draft.write(about: files, terminal: terminal) { () throws(CommandFailure) in
                var found = try inferred(terminal)
                try lists?.write(&found, terminal: terminal)
                return (found.text, found.encodingNotes)
            }
        }
    }

    /// What the files say, with the answers to the questions that were asked.
    ///
    /// - Parameter known: Columns of a profile that is updated: nothing is asked about them; `nil` for a new profile.
    private func inferred(_ terminal: Terminal, known: [String]? = nil) throws(CommandFailure) -> FeedDraft {
        var options = draft.checkOptions()
        options.hasHeader = noHeader ? false : nil
        var found: FeedDraft
        let now = CalendarDay.today
        let today = Expectation.Day(year: now.year, month: now.month, day: now.day)
        do throws(DraftFailure) {
            found = try FeedDraft(paths: files, options: options, today: today)
        } catch {
            throw CommandFailure(error, files: files)
        }
        guard ask else { return found }
        if let dialogue = DraftDialogue(terminal) {
            dialogue.ask(&found, known: known)
        } else if found.openCount > 0 {
            terminal.say(
                "--ask needs a terminal: \(found.openCount.counted("question")) stay\(found.openCount == 1 ? "s" : "") open in the profile")
        }
        return found
    }
}

extension CommandFailure {
    /// - Parameter files: Those that were read; the failure names its own.
    fileprivate init(_ failure: DraftFailure, files: [FilePath]) {
        switch failure {
        case .source(let error): self.init(error)
        case .refused(let reason):
            let subject = files.count == 1 ? "\(files[0]): " : ""
            self.init(.findings, "\(subject)no profile was written: \(reason)")
        }
    }
}
