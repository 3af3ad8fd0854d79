import ArgumentParser
import PigmentImport
import Preflight
import SafeText

/// `preflight history settle ID`
struct HistorySettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: "Record what became of a push whose outcome is unknown.",
        discussion: """
            Look in Pigment whether an import started at the time of the push. What you record decides whether the same content may be pushed \
            again. Nothing is sent.

            Examples:
              preflight history settle k3x9m2ab --import "$IMPORT_ID"
              preflight history settle k3x9m2ab --did-not-arrive
              preflight history settle k3x9m2ab --did-not-arrive --ledger pushes.jsonl

            Exit status: 0 recorded, 2 there is no such entry, or its outcome is known.
            """)

    @Argument(help: "ID of the entry, as preflight history shows it.")
    var entry: String

    @Option(name: .customLong("import"), help: ArgumentHelp("It arrived and started this import.", valueName: "id"))
    var importID: String?

    @Flag(help: "It did not arrive: the same content may be pushed again.")
    var didNotArrive = false

    @OptionGroup var ledger: LedgerOptions

    func validate() throws {
        guard (importID != nil) != didNotArrive else { throw ValidationError("Use either --import IMPORT_ID or --did-not-arrive.") }
    }

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () async throws(CommandFailure) in try settle(terminal: terminal) }
    }

    private func settle(terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        guard let place = try ledger.place() else { throw CommandFailure(.usage, "history settle needs a ledger.") }
        guard let id = LedgerEntryID(entry) else {
            throw CommandFailure(.unable, "\"\(VisibleText(entry))\" is not the ID of an entry. To see them: preflight history")
        }
        let settlement = try settlement()
        let settled: LedgerEntry
        do throws(LedgerError) {
            settled = try place.settle(id, settlement, at: .now)
        } catch {
            throw CommandFailure(.unable, "Nothing was recorded: \(error.message).")
        }
        let now =
            switch settlement {
            case .didNotArrive: "did not arrive. The same content may be pushed again."
            case .imported(let id): "started import \(id). To record how it ended: \(statusCommand(id, settled.intent.service))"
            }
        terminal.print("Recorded: \(settled.words), \(now)\n")
        return terminal.finish(.done)
    }

    private func statusCommand(_ id: ImportID, _ service: ServiceURL) -> ShellCommand {
        let place: [ShellCommand.Word] = service == .pigment ? [] : ["--base-url", .init(service.description)]
        return ShellCommand.preflight("status", .init(id.text)).adding(place + ledger.words)
    }

    private func settlement() throws(CommandFailure) -> LedgerRecord.Settlement {
        guard let importID else { return .didNotArrive }
        do throws(SettingError) {
            return .imported(try ImportID(importID))
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }
}
