import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// A profile that was written from a file names the columns of that file: a check with it misses none and finds no other.
@Suite(.computing) struct DraftNameTests {
    private static let words = [
        "null", "~", "yes", "No", "on", "true", "0x1F", "0o17", "1_000", "1e3", ".inf", ".nan", "2026-01-01", "=", "<<", "-", "?", ":",
        "- a", "? b", ": c",
        "# d", "a # e", "a: b", "[a]", "{a}", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "---", "...", "'", "\"", "''", "\\", "\\n",
        "\\uFEFF",
        "\"\\uFEFF\"", "e\u{301}", "é", "\u{1F468}\u{200D}\u{1F469}", " lead", "trail ", "\u{A0}", "\u{A0}x", "\u{FEFF}",
        "\u{FEFF}\u{FEFF}", "\u{FEFF}x",
        "x\u{FEFF}", "\u{85}", "\u{2028}", "\u{2029}", "\u{200B}", "\u{3000}", "\t", "\ta", "a\tb", "\u{1}", "\u{1B}[31m", "\u{7F}",
        "\u{0}", "a\u{0}b", "\n",
        "\r\n", "a\nb", "\n\n", "\r", "\u{FFFD}", "\u{FFFF}", "\u{10FFFF}", "\u{E000}", "\u{202E}abc",
        String(repeating: "long ", count: 2_000),
        String(repeating: "\u{1F600}", count: 1_500), String(repeating: "x", count: 4_096), String(repeating: "y", count: 4_097),
    ]

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    private static func check(_ bytes: [UInt8], _ yaml: String, _ comment: String) throws {
        let profile: Profile
        do {
            // What is open is decided on first.
            profile = try Profile(yaml: yaml.replacing("type: undecided", with: "type: text"))
        } catch {
            Issue.record("\(comment): \(error)\n\(yaml.prefix(2000))")
            return
        }
        let second = report(on: bytes, options: CheckOptions(profile: profile))
        let codes = second.findings.map(\.kind)
        #expect(!codes.contains(.missingColumn) && !codes.contains(.unexpectedColumn), "\(comment)\n\(yaml.prefix(2000))")
    }

    private static func checkDrafts(of bytes: [UInt8], _ comment: String) throws {
        do {
            // The names are the matter here: the first row is not taken for data.
            try check(bytes, try FeedDraft(of: bytes, options: CheckOptions(hasHeader: true)).text, "infer, \(comment)")
            try check(bytes, ProfileTemplate.text(header: try HeaderNames(bytes), source: "x"), "init, \(comment)")
        } catch DraftFailure.refused {
            // Nothing was written. Then neither of them writes anything.
            #expect(throws: DraftFailure.self) { try HeaderNames(bytes) }
        }
    }

    @Test(arguments: words)
    func eachWord(name: String) throws {
        for text in ["Id,\(Self.quoted(name)),Z\n1,2,3\n", "\(Self.quoted(name));Id\r\n1;2\r\n", "\u{FEFF}\(Self.quoted(name)),Id\n1,2\n"] {
            try Self.checkDrafts(of: Array(text.utf8), name.debugDescription)
        }
        // Without quotes, as few programs write it.
        try Self.checkDrafts(of: Array("\(name),Id,Z\n1,2,3\n".utf8), name.debugDescription)
    }

    @Test(arguments: 0..<8)
    func generatedNames(shard: Int) throws {
        let count = isDebugBuild ? 15 : 60
        for seed in (shard * count)..<((shard + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let count = 1 + generator.below(6)
            let names = (0..<count).map { _ in generator.below(3) == 0 ? generator.element(of: Self.words) : generator.nastyText() }
            let delimiter = generator.element(of: [",", ";", "\t", "|"])
            let lineEnd = generator.element(of: ["\n", "\r\n"])
            let rows = (1...(1 + generator.below(5))).map { row in names.map { _ in "\(row)" }.joined(separator: delimiter) + lineEnd }
            let text = names.map(Self.quoted).joined(separator: delimiter) + lineEnd + rows.joined()
            var bytes = Array(text.utf8)
            switch generator.below(6) {
            case 0: bytes = [0xEF, 0xBB, 0xBF] + bytes
            case 1: bytes = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            case 2: bytes = text.unicodeScalars.map { $0.value < 0x100 ? UInt8($0.value) : 0xFC }
            case 3: bytes.insert(0xFF, at: generator.below(bytes.count))
            default: break
            }
            try Self.checkDrafts(of: bytes, "seed \(seed)")
        }
    }

    /// Wide files have every column in their draft.
    @Test(arguments: [499, 501, 600, 5_000])
    func wideFiles(width: Int) throws {
        let names = (1...width).map { "column \($0)" }.joined(separator: ";")
        let bytes = Array((names + "\n" + Array(repeating: "1", count: width).joined(separator: ";") + "\n").utf8)
        try Self.checkDrafts(of: bytes, "\(width) columns")
    }
}
