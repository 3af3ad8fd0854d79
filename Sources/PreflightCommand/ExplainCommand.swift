import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText
import ValueFormats

/// `preflight explain CODE`
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Explain a finding code, an exit status, a skip reason, a doubt, or a word of a diagnosis; without an argument, list them.",
        discussion: """
            Examples:
              preflight explain PF401
              preflight explain 6
              preflight explain trailing-sign
            """)

    @Argument(
        help: """
            A code (PF203) or its slug (unclosed-quote), an exit status (6), a skip reason (ParsingError), a doubt (trailing-sign), or a word of \
            a diagnosis (certain).
            """)
    var subject: String?

    func run() throws {
        let page = try page()
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            terminal.print(PageText.wrapped(page, width: Terminal.width))
            return terminal.finish(.done)
        }
    }

    private func page() throws -> String {
        guard let subject else {
            let codes = FindingKind.all.map { "\($0.code)  \($0.severity.rawValue.padded(to: 8)) \($0.title)\n" }
            let statuses = ExitStatus.allCases.map { "\(String($0.rawValue).padded(to: 5))  \($0.meaning)\n" }
            let reasons = SkipReason.known.map { "\($0.rawValue)\n       \(SkipReasonPage.meaning(of: $0))\n" }
            let doubts = Doubt.allCases.map { "\($0.name.padded(to: 22))  \($0.sentence)\n" }
            let words = ExplanationPage.names.map { "\($0.padded(to: 22))  \(ExplanationPage.meaning(of: $0) ?? "")\n" }
            return "Finding codes\n\n" + codes.joined() + "\nExit statuses\n\n" + statuses.joined()
                + "\nSkip reasons of Pigment's report\n\n"
                + reasons.joined() + "\nDoubts: spellings that Pigment may accept or reject\n\n" + doubts.joined()
                + "\nExplanations of a diagnosis, and how sure they are\n\n" + words.joined()
        }
        if let kind = FindingKind(argument: subject) { return ExplainPage.text(for: kind) }
        if let number = Int32(subject), let status = ExitStatus(rawValue: number) { return status.page }
        if let reason = SkipReason.known.first(where: { $0.rawValue.lowercased() == subject.lowercased() }) {
            return SkipReasonPage.text(for: reason)
        }
        if let doubt = Doubt(name: subject.lowercased()) { return DoubtPage.text(for: doubt) }
        if let page = ExplanationPage.text(for: subject.lowercased()) { return page }
        throw ValidationError(Suggestion.unknownSubject(subject))
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
