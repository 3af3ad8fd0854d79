import PigmentImport
import Preflight
import SafeText
import ValueFormats

/// The message about an unknown word, with the nearest known one.
enum Suggestion {
    static func unknownCode(_ text: String) -> String {
        "'\(VisibleText(text))' is not a finding code.\(nearest(to: text, among: codes)) For a list: preflight explain"
    }

    static func unknownSubject(_ text: String) -> String {
        let words = codes + SkipReason.known.map(\.rawValue) + Doubt.allCases.map(\.name) + ExplanationPage.names
        return
            "'\(VisibleText(text))' is not a finding code, an exit status, a skip reason, a doubt or a word of a diagnosis.\(nearest(to: text, among: words)) "
            + "For a list: preflight explain"
    }

    /// - Parameter commands: The names of all commands.
    static func unknownCommand(_ text: String, commands: [String], isFile: Bool) -> String {
        let shown = VisibleText(text)
        if isFile { return "'\(shown)' is not a command. To check the file: \(ShellCommand.preflight("check", .init(FilePath(text))))" }
        return "'\(shown)' is not a command.\(nearest(to: text, among: commands)) For a list: preflight --help"
    }

    private static let codes = FindingKind.all.flatMap { [$0.code, $0.slug] }

    private static func nearest(to text: String, among words: [String]) -> String {
        EditDistance.nearest(to: text, among: words).map { " Did you mean \($0)?" } ?? ""
    }
}
