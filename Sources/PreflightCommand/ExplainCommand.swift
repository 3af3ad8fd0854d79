import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText
import ValueFormats

/// `preflight explain CODE`
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show the page of a finding code or of an exit status; without an argument, the list of both.")

    @Argument(help: "A code (PF203), its slug (unclosed-quote), or an exit status (6).")
    var subject: String?

    func run() async throws {
        let page = try page()
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () throws(CommandFailure) in
            terminal.print(page)
            return terminal.finish(.done)
        }
    }

    private func page() throws -> String {
        guard let subject else {
            let codes = FindingKind.all.map { "\($0.code)  \($0.severity.rawValue.padded(to: 8)) \($0.title)\n" }
            let statuses = ExitStatus.allCases.map { "\(String($0.rawValue).padded(to: 5))  \($0.meaning)\n" }
            return "Finding codes\n\n" + codes.joined() + "\nExit statuses\n\n" + statuses.joined()
        }
        if let kind = FindingKind(argument: subject) { return ExplainPage.text(for: kind) }
        if let number = Int32(subject), let status = ExitStatus(rawValue: number) { return status.page }
        throw ValidationError("'\(VisibleText(subject))' is no finding code and no exit status; `preflight explain` lists them.")
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
