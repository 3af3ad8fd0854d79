import Testing

@testable import Preflight
@testable import PreflightReports

/// A first-time user and a mistyped word get the next step.
@Suite struct GuidanceTests {
    @Test func withoutArgumentsTheFirstStepsAreShown() async throws {
        let ending = try await Tool.run([])
        #expect(ending.status == 64)
        #expect(ending.output.isEmpty)
        for command in ["preflight check ", "preflight profile infer ", "preflight rehearse ", "preflight --help"] {
            #expect(ending.complaints.contains(command), "\(ending.complaints)")
        }
    }

    /// A word, and what is suggested for it; `nil` for nothing.
    @Test(arguments: [
        (["chekc", "x.csv"], "Did you mean check?"), (["statsu"], "Did you mean status?"), (["valdiate"], "Did you mean validate?"),
        (["qqqqqqqq"], nil), (["explain", "PF40l"], "Did you mean PF401?"), (["explain", "unclosd-quote"], "Did you mean unclosed-quote?"),
        (["explain", "ParsingErorr"], "Did you mean ParsingError?"), (["explain", "nonsense"], nil),
        (["locate", "x.csv", "--code", "PF2O3"], "Did you mean PF203?"), (["check", "x.csv", "--max-skiped", "1"], "--max-skipped"),
    ])
    func mistypedWords(arguments: [String], suggestion: String?) async throws {
        let ending = try await Tool.run(arguments)
        #expect(ending.status == 64, "\(ending.everything)")
        #expect(ending.complaints.contains(suggestion ?? "preflight "), "\(ending.complaints)")
        if suggestion == nil { #expect(!ending.complaints.contains("Did you mean")) }
    }

    @Test func aFileWithoutACommandIsToBeChecked() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "my file.csv")
        let ending = try await Tool.run([file])
        #expect(ending.status == 64)
        #expect(ending.complaints.contains("preflight check '\(file)'"), "\(ending.complaints)")
    }

    @Test(arguments: [["--api-key", "secret-value"], ["--api-key=secret-value"]])
    func aKeyOnTheCommandLineIsRefused(option: [String]) async throws {
        let ending = try await Tool.run(["push", "x.csv", "-c", Tool.configuration] + option)
        #expect(ending.status == 64)
        #expect(ending.complaints.contains("PIGMENT_API_KEY") && ending.complaints.contains("--api-key-file"), "\(ending.complaints)")
        #expect(!ending.everything.contains("secret-value"))
    }

    @Test(arguments: SkipReason.known.map(\.rawValue)) func skipReasonsAreExplained(reason: String) async throws {
        let ending = try await Tool.run(["explain", reason])
        #expect(ending.status == 0)
        #expect(ending.output.hasPrefix("# \(reason)\n\n"))
        #expect(ending.output.contains("(assumed)") && ending.output.contains("## What to do"), "\(ending.output)")
        #expect(try await Tool.run(["explain"]).output.contains(reason))
    }

    /// Every command has three examples, and no option is without a word for its value.
    @Test(arguments: [
        ["check"], ["fix"], ["push"], ["trigger"], ["status"], ["rehearse"], ["bench"], ["locate"], ["explain"], ["profile"],
        ["profile", "infer"],
        ["profile", "init"], ["profile", "lint"], ["profile", "show"], ["history"], ["history", "list"], ["history", "settle"], [],
    ])
    func helpHasThreeExamples(command: [String]) async throws {
        let help = try await Tool.run(command + ["--help"]).output
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasSuffix("Examples:") })
        // None is broken: they are pasted.
        let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
        #expect(examples.count == 3 && examples.allSatisfy { $0.hasPrefix("  preflight ") && $0.count <= 80 }, "\(help)")
    }

    /// Colour is asked for in three ways, and refused in one.
    @Test(arguments: [
        ([:], false), (["FORCE_COLOR": "1"], true), (["CLICOLOR_FORCE": "1"], true), (["FORCE_COLOR": "0"], false),
        (["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
    ])
    func colour(environment: [String: String], isColored: Bool) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "input.csv")
        let output = try await Tool.run(["check", file], environment: environment).output
        #expect(output.contains("\u{1b}[") == isColored)
    }
}
