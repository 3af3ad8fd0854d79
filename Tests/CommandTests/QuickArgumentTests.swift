import ArgumentParser
import SeededRandom
import Testing

@testable import PreflightCommand

/// The usual options of `check` are read without the argument parser. What it would have read is the reference.
@Suite("Arguments read without the argument parser") struct QuickArgumentTests {
    /// Each option that may have a value with some that can be read and some that cannot.
    static let values: [String: [String]] = [
        "--predict": ["p.json", "-"], "-p": ["profile.yaml"], "--profile": ["a b.yaml", "é.yaml"],
        "--as-of": ["2026-02-28", "2026-02-29", "soon"], "--delimiter": [";", "tab", ",", "ab", "\""], "--quote": ["'", "\""],
        "--encoding": ["utf-8", "windows-1252", "klingon"],
        "--skip-lines": ["0", "3", "-1", "x"], "--max-output-bytes": ["1GiB", "0"], "--samples": ["0", "10", "-2", "3.5"],
        "--threads": ["1", "300"], "--memory": ["1GiB", "many"], "--chunk-bytes": ["7", "0"], "--kernel": ["scalar", "abacus"],
        "--max-skipped": ["10", "0.5%", "101%"], "--fail-on": ["warning", "note"], "--select": ["PF2", "PF206,PF4", "XX"],
        "--ignore": ["PF206", ","], "--clean": ["c.csv", "-"], "--quarantine": ["q.csv.gz"], "--quarantine-on": ["doubtful", "all"],
        "--format": ["json", "concise", "html"], "--color": ["never", "blue"], "--progress": ["always"],
        "--report": ["html=r.html", "json=-", "xls=r.xls", "html="],
        "--drift": ["warn", "off", "perhaps"], "-c": ["x"], "--configuration": ["x"], "--ledger": ["l.jsonl"],
        "--expect": ["rows=5", "sum.A=1..2", "rows", "A=5"], "--totals": ["none", "t.ctl"],
        "--plan": ["plan.json"], "--range": ["0", "17", "x"], "--partial": ["part", "-"], "--from": ["0", "9", "9k"],
    ]
    static let flags = [
        "--no-header", "--force-encoding", "--transcode", "--allow-uncertain", "--annotate", "-q", "--quiet", "-v", "--verbose", "--redact",
        "--summary-json", "--positions", "--apply-advice", "--yes",
    ]

    /// The words as the argument parser reads them; `nil` if it refuses them.
    private static func reference(_ words: [String]) -> CheckRequest? {
        ((try? Program.parseAsRoot(words)) as? CheckCommand)?.request
    }

    @Test("no option is missing") func options() {
        let help = CheckCommand.helpMessage(includeHidden: true)
        let named = Set(help.split { !$0.isLetter && $0 != "-" }.filter { $0.hasPrefix("--") && $0.count > 3 }.map(String.init))
        let known = Set(Self.values.keys.filter { $0.hasPrefix("--") } + Self.flags.filter { $0.hasPrefix("--") })
        #expect(named.subtracting(["--help", "--version"]) == known)
    }

    @Test("each option alone is read", arguments: values.sorted { $0.key < $1.key }.map(\.key) + flags) func alone(_ option: String) throws
    {
        var words = ["check", "a.csv", option] + (Self.values[option].map { [$0[0]] } ?? [])
        switch option {
        case "--force-encoding": words += ["--encoding", "utf-16"]
        case "-c", "--configuration", "--ledger": words += ["--drift", "warn"]
        case "--apply-advice": words += ["-p", "p.yaml"]
        case "--yes": words += ["--apply-advice", "-p", "p.yaml"]
        case "--positions": words += ["--format", "json"]
        case "--plan", "--range", "--partial", "--from":
            let all = ["--plan": "plan.json", "--range": "1", "--partial": "part"]
            for (other, value) in all where other != option { words += [other, value] }
        case "--annotate", "--quarantine-on": words += ["--quarantine", "q.csv"]
        default: break
        }
        let quick = try #require(CheckCommand.quick(words))
        #expect(String(describing: quick) == String(describing: try #require(Self.reference(words))))
    }

    @Test("what is read is what the argument parser reads", arguments: 0..<20) func generated(_ seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        var readCount = 0
        for _ in 0..<200 {
            var words = [["check", "validate", "chekc"].randomElement(using: &random)!]
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                switch Int.random(in: 0..<8, using: &random) {
                case 0...2:
                    words.append(["a.csv", "-", "x y.csv.gz", "help", "a=b.csv", ""].randomElement(using: &random)!)
                case 3, 4:
                    words.append(Self.flags.randomElement(using: &random)!)
                default:
                    let option = Self.values.keys.sorted().randomElement(using: &random)!
                    let value = Self.values[option]!.randomElement(using: &random)!
                    if Int.random(in: 0..<4, using: &random) == 0 { words.append("\(option)=\(value)") } else { words += [option, value] }
                }
            }
            if Int.random(in: 0..<12, using: &random) == 0 {
                words.insert(
                    ["--", "--help", "-h", "-qv", "-pfile", "--samples", "--nothing", "-"].randomElement(using: &random)!, at: words.count)
            }
            guard let quick = CheckCommand.quick(words) else { continue }
            readCount += 1
            #expect(Self.reference(words).map { String(describing: $0) } == String(describing: quick), "\(words)")
        }
        #expect(readCount > 12)
    }

    @Test(
        "these are left to the argument parser",
        arguments: [
            ["check"], ["check", "--help"], ["check", "a.csv", "-h"], ["check", "a.csv", "--", "-b.csv"], ["check", "a.csv", "--samples"],
            ["check", "a.csv", "--samples", "1", "--samples", "2"], ["check", "a.csv", "-q", "--quiet"], ["check", "a.csv", "--quiet=1"],
            ["check", "a.csv", "-q", "-v"], ["check", "a.csv", "--annotate"], ["check", "a.csv", "-qv"], ["push", "a.csv"],
            [],
        ]) func left(_ words: [String])
    {
        #expect(CheckCommand.quick(words) == nil)
    }

    /// Sizes in both units that people write.
    @Test(
        arguments: [
            ("256MB", 256_000_000), ("256MiB", 256 << 20), ("1GB", 1_000_000_000), ("2gib", 2 << 30), ("700", 700), ("64kB", 64_000),
            ("MB", nil),
            ("1.5MB", nil), ("0MB", nil), ("5 MB", nil), ("9999999999GB", nil),
        ] as [(String, Int?)])
    func sizes(text: String, byteCount: Int?) {
        #expect(MemorySize(argument: text)?.byteCount == byteCount)
    }
}
