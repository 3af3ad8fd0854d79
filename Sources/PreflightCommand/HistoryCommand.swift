import ArgumentParser
import PigmentImport
import Preflight
import SafeText

/// `preflight history …`
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show earlier pushes, triggers and rehearsals, and settle those whose outcome is unknown.",
        discussion: """
            Examples:
              preflight history
              preflight history --outcome unknown
              preflight history settle k3x9m2ab --did-not-arrive
            """,
        subcommands: [HistoryListCommand.self, HistorySettleCommand.self], defaultSubcommand: HistoryListCommand.self)
}

/// `preflight history list`, or without `list`.
struct HistoryListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show earlier pushes, triggers and rehearsals. The default.",
        discussion: """
            Examples:
              preflight history
              preflight history --file export.csv --since 7d
              preflight history --outcome unknown --format json

            Exit status: 0 shown, 2 the ledger could not be read.
            """)

    @Option(name: [.short, .customLong("configuration")], help: ArgumentHelp("Only of this import configuration.", valueName: "id"))
    var configuration: String?

    @Option(help: ArgumentHelp("Only of this file: a path as it was given, or the name of the file.", valueName: "path"))
    var file: FilePath?

    @Option(
        help: ArgumentHelp(
            "Only with this outcome: \(LedgerEntry.State.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
    var outcome: LedgerEntry.State?

    @Option(help: ArgumentHelp("Only from this time on: 2026-01-31, 2026-01-31T23:59:59Z, or 7d, 24h or 90m ago.", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Only before this time, written as that of --since.", valueName: "time"))
    var until: Moment?

    @Option(help: ArgumentHelp("Show the last so many.", valueName: "count"))
    var limit = 50

    @OptionGroup var ledger: LedgerOptions

    @Option(help: "Format: human, json or jsonl.")
    var format = Format.human

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case human
        case json
        case jsonl
    }

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
    }

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () async throws(CommandFailure) in try list(terminal: terminal) }
    }

    private func list(terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        guard let place = try ledger.place() else { throw CommandFailure(.usage, "history needs a ledger.") }
        let configuration = try configuration.map { text throws(CommandFailure) in try ConfigurationOption.validated(text) }
        let history: LedgerHistory
        do throws(LedgerError) {
            history = try place.history(filter(configuration), limit: limit)
        } catch {
            throw CommandFailure(.unable, "\(error.message).")
        }
        for flaw in history.flaws { terminal.say("warning: ledger \(place.path): \(flaw.message); it is skipped") }
        let more = history.flawCount - history.flaws.count
        if more > 0 { terminal.say("warning: ledger \(place.path): \(more.counted("further line")) skipped") }
        print(history.entries, hidden: history.hiddenCount, place, terminal: terminal)
        return terminal.finish(.done)
    }

    private func filter(_ configuration: ConfigurationID?) -> LedgerHistory.Filter {
        var filter = LedgerHistory.Filter()
        let now = UTCTime.now
        (filter.since, filter.until) = (since?.time(now: now), until?.time(now: now))
        if let outcome { filter.entry = { $0.state == outcome } }
        // The ID is written as it is, so lines without it need not be taken apart.
        filter.text = configuration.map { Array($0.text.utf8) }
        guard configuration != nil || file != nil else { return filter }
        filter.intent = { intent in
            (configuration.map { $0 == intent.configuration } ?? true) && (file.map { intent.content?.isOf($0) ?? false } ?? true)
        }
        return filter
    }

    private var isFiltered: Bool { configuration != nil || file != nil || outcome != nil || since != nil || until != nil }

    private func print(_ entries: [LedgerEntry], hidden: Int, _ place: Ledger, terminal: Terminal) {
        switch format {
        case .human:
            let table = HistoryTable(
                entries: entries, hiddenCount: hidden, ledger: place.path, isFiltered: isFiltered, width: Terminal.width
            ) { ledger.settleCommand($0) }
            terminal.print(table.text)
        case .json:
            let document = JSONValue.members(["version": .int(1), "entries": .array(entries.map(\.json)), "otherEntries": .int(hidden)])
            terminal.print(document.text(isPretty: true) + "\n")
        case .jsonl: terminal.print(entries.map { $0.json.text(isPretty: false) + "\n" }.joined())
        }
    }
}

extension LedgerEntry.State: ExpressibleByArgument {}

extension LedgerIntent.Content {
    /// Whether a path means this file: the path as it was given, or only its name.
    fileprivate func isOf(_ path: FilePath) -> Bool {
        file == path.description || (path.name.count == path.bytes.count && FilePath(file).name.elementsEqual(path.description.utf8))
    }
}

/// A time on the command line: a day, a second, or so long ago.
struct Moment: ExpressibleByArgument {
    private enum Kind {
        case time(UTCTime)
        case ago(seconds: Int)
    }

    private let kind: Kind

    init?(argument: String) {
        if let time = UTCTime(argument) {
            kind = .time(time)
        } else if argument.hasSuffix("d"), let days = Int(argument.dropLast()), (0...100_000).contains(days) {
            kind = .ago(seconds: days * 86_400)
        } else if let span = TimeSpan(argument: argument) {
            kind = .ago(seconds: Int(span.value.components.seconds))
        } else {
            return nil
        }
    }

    func time(now: UTCTime) -> UTCTime {
        switch kind {
        case .time(let time): time
        case .ago(let seconds): UTCTime(seconds: now.seconds - seconds)
        }
    }
}
