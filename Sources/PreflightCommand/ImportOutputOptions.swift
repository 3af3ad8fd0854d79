import ArgumentParser
import PigmentImport
import Preflight

/// How to print an import for which no file was read here.
struct ImportOutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON document.")
    var json = false

    @Option(help: "How many skipped rows are acceptable: a number.")
    var maxSkipped = 0

    @Option(help: "Progress display: auto (on a terminal), always or never.")
    var progress = OutputOptions.When.auto

    @Flag(name: [.short, .long], help: "Print the import id and complaints only.")
    var quiet = false

    func validate() throws {
        guard maxSkipped >= 0 else { throw ValidationError("--max-skipped must not be negative.") }
    }

    var allowedSkips: Int { maxSkipped }

    func terminal() -> Terminal {
        Terminal(showsProgress: progress.isOn && !quiet)
    }

    /// Prints the outcome and gives the status to end with.
    func print(_ outcome: ImportOutcome, push: JSONValue?, terminal: Terminal) -> ExitStatus {
        let status = ExitStatus(outcome.exit)
        guard json else {
            OutcomePrinter(terminal: terminal, isQuiet: quiet).print(outcome, status: status, digest: nil)
            return terminal.finish(status, accepted: outcome.push?.outcome.importID)
        }
        var members = [
            JSONValue.Member("version", .int(1)),
            JSONValue.Member("tool", .members(["name": .string("preflight"), "version": .string(ToolVersion.current)])),
        ]
        if let push { members.append(JSONValue.Member("push", push)) }
        members.append(JSONValue.Member("outcome", outcome.json))
        let reason = OutcomePrinter.reason(outcome, status: status)
        members.append(JSONValue.Member("exit", .members(["status": .int(Int(status.rawValue)), "reason": .string(reason)])))
        terminal.print(JSONValue.object(members).text(isPretty: true) + "\n")
        return terminal.finish(status, accepted: outcome.push?.outcome.importID)
    }
}
