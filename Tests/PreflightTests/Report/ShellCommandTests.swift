import Foundation
import TestSupport
import Testing

@testable import Preflight
@testable import SafeText

/// What a shell makes of a command that a message names.
@Suite struct ShellCommandTests {
    static let words = [
        "plain", "a/b-c_d.csv", "", " ", "two words", "it's", "'", "''", "\"quoted\"", "$HOME", "`id`", "$(id)", "a;b", "a|b", "a&b", "*",
        "[a]", "~", "#x", "!x", "a!b", "\\", "a\\nb", "{a,b}", "<x>", "=ls", "a=b", "-x", "%s", "100%", "äöü", "日本", "tab\there",
        "line\nbreak",
        "\u{1B}[31m", "\u{202E}gnp.exe", "\u{7F}", "mixed 'and' \u{1B} %d \\ !x", "\u{1B}'", "\n x", "-\u{1B}",
    ]

    @Test(arguments: words, ["/bin/sh", "/bin/bash"]) func aShellReadsTheSameWord(_ word: String, shell: String) throws {
        guard FileManager.default.isExecutableFile(atPath: shell) else { return }
        let text = ShellCommand(["printf", "<%s>", .init(word), "end"]).description
        #expect(text.unicodeScalars.allSatisfy { !VisibleText.isHidden($0) }, "\(text)")
        let process = Process()
        process.executableURL = URL(filePath: shell)
        process.arguments = ["-c", text]
        let output = Pipe()
        process.standardOutput = output
        try ProcessStarts.perform { try process.run() }
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(String(decoding: bytes, as: UTF8.self) == "<\(word)><end>", "\(text)")
    }

    @Test func aLineEndAtTheEndTakesTheQuotesOfLaterShells() {
        #expect(ShellCommand(["a\n"]).description == #"$'a\012'"#)
    }

    static let spellings: [(words: [ShellCommand.Word], text: String)] = [
        (["preflight", "check", "a.csv"], "preflight check a.csv"),
        (["preflight", "check", "my file.csv"], "preflight check 'my file.csv'"),
        (["it's"], #"'it'\''s'"#), ([""], "''"), (["\u{1B}[2J"], #""$(printf -- '\033[2J')""#),
    ]

    @Test(arguments: spellings) func quotesNoMoreThanItHasTo(_ words: [ShellCommand.Word], text: String) {
        #expect(ShellCommand(words).description == text)
    }

    @Test func aPathIsNoOption() {
        #expect(ShellCommand.Word(FilePath("-p")) == "./-p")
        #expect(ShellCommand.Word(FilePath("-")) == "-")
        #expect(ShellCommand.Word(FilePath("a/-p")) == "a/-p")
        #expect(ShellCommand([.init(FilePath(bytes: [0x61, 0xFF]))]).description == #""$(printf -- 'a\377')""#)
    }
}
