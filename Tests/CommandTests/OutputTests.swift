import Foundation
import Testing

@testable import Preflight

/// What the command writes, and where: nothing is destroyed, and nothing is lost in silence.
@Suite("Outputs and descriptors, as a user runs them", .timeLimit(.minutes(30)))
struct OutputTests {
    private static let profile = "version: 1\ncolumns: [{name: a, type: text}, {name: b, type: dimension, items: items.txt}]\n"

    private func scratch() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write("a,b\n1,x\n", to: "good.csv")
        try scratch.write("a,b\n1\n", to: "bad.csv")
        try scratch.write(Self.profile, to: "p.yaml")
        try scratch.write("x\n", to: "items.txt")
        return scratch
    }

    // MARK: --predict

    @Test(
        arguments: [
            ("good.csv", "good.csv"), ("link", "good.csv"), ("hard", "good.csv"), ("p.yaml", "p.yaml"), ("items.txt", "items.txt"),
            ("./sub/../items.txt", "items.txt"),
        ])
    func predictionNeverOntoAnInput(name: String, input: String) async throws {
        let scratch = try scratch()
        let script =
            "ln -s good.csv link; ln good.csv hard; mkdir sub; cp \(input) before\n"
            + "$PREFLIGHT check good.csv -p p.yaml --predict \(name); status=$?; cmp \(input) before && exit $status"
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.status == 64, "\(ending.everything)")
        #expect(ending.output.isEmpty)
        #expect(ending.complaints.contains("which this run reads"))
    }

    @Test func predictionNeverOntoRedirectedInput() async throws {
        let ending = try await Tool.shell("$PREFLIGHT check - --predict good.csv < good.csv", in: try scratch())
        #expect(ending.status == 64)
        #expect(ending.complaints.contains("standard input"))
    }

    @Test(
        arguments: [
            "check good.csv >> good.csv", "check - < good.csv >> good.csv", "check bad.csv good.csv --format json >> good.csv",
            "locate good.csv --row 1 >> good.csv", "profile init good.csv >> good.csv", "profile infer good.csv >> good.csv",
            "check bad.csv -p p.yaml >> items.txt", "profile show p.yaml >> p.yaml",
        ])
    func noReportIntoAnInput(words: String) async throws {
        let script =
            "cat good.csv items.txt p.yaml > before; $PREFLIGHT \(words); status=$?\n"
            + "cat good.csv items.txt p.yaml | cmp - before && exit $status"
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.status == 64, "\(ending.everything)")
        #expect(ending.complaints.contains("which this run reads"))
    }

    @Test(
        arguments: [
            // What is not a regular file is written into.
            "$PREFLIGHT check good.csv -q --predict >(cat)",
            "mkfifo pipe; cat pipe & $PREFLIGHT check good.csv -q --predict pipe; wait; [ -p pipe ]",
            "$PREFLIGHT check good.csv -q --predict /dev/stdout", "$PREFLIGHT check good.csv -q --predict -",
            "$PREFLIGHT check good.csv -q --predict /dev/fd/7 7>&1", "ln -s /dev/fd/1 out; $PREFLIGHT check good.csv -q --predict out",
            // Redirected, it goes where the redirection says.
            "$PREFLIGHT check good.csv -q --predict /dev/stdout > got; cat got",
            "echo first > got; $PREFLIGHT check good.csv -q --predict /dev/fd/7 7>> got; sed 1d got",
            // Through a link, which stays one.
            "ln -s target out; $PREFLIGHT check good.csv -q --predict out; [ -L out ] && cat target",
            "echo old > target; chmod 600 target; ln -s target out; $PREFLIGHT check good.csv -q --predict out; [ -L out ] && cat target",
        ])
    func predictionGoesWhereThePathLeads(script: String) async throws {
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(ending.output.hasPrefix("{\n  \"blockType\": null,"), "\(ending.everything)")
        #expect(ending.output.hasSuffix("}\n"))
    }

    /// The report and the prediction share a file, one after the other.
    @Test func reportAndPredictionInOneRedirection() async throws {
        let ending = try await Tool.shell("$PREFLIGHT check good.csv --predict /dev/stdout > got; cat got", in: try scratch())
        #expect(ending.output.contains("\"blockType\"") && ending.output.contains("passed: "))
    }

    @Test(
        arguments: [
            ("--predict -", 64, "--quiet"), ("-q --predict /dev/fd/9", 2, "descriptor 9 is closed"),
            ("-q --predict none/x", 2, "No such file"), ("-q --predict .", 2, "directory"),
        ] as [(String, Int32, String)])
    func predictionThatCannotBeWritten(arguments: String, status: Int32, complaint: String) async throws {
        let ending = try await Tool.shell("$PREFLIGHT check good.csv \(arguments)", in: try scratch())
        #expect(ending.status == status)
        #expect(ending.complaints.contains(complaint), "\(ending.complaints)")
    }

    /// A full disk, or a file that may not grow: what was there stays, and nothing else does.
    @Test func nothingHalfIsLeft() async throws {
        let scratch = try scratch()
        let script = "echo old > out; ulimit -f 0; $PREFLIGHT check good.csv -q --predict out"
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.status == 2, "\(ending.everything)")
        #expect(ending.complaints.contains("cannot write out"))
        #expect(try scratch.names.sorted() == ["bad.csv", "good.csv", "items.txt", "out", "p.yaml"])
        #expect(try String(contentsOfFile: scratch.path + "/out", encoding: .utf8) == "old\n")
    }

    @Test(
        arguments: ["profile init good.csv", "profile infer good.csv"],
        ["-o /dev/stdout", "-o -", "", "-o >(cat)", "-o pipe & cat pipe", "-o link; cat target"])
    func draftsGoWhereThePathLeads(command: String, script: String) async throws {
        let ending = try await Tool.shell("mkfifo pipe; ln -s target link; $PREFLIGHT \(command) \(script)", in: try scratch())
        #expect(ending.output.contains("version: 1"), "\(ending.everything)")
    }

    @Test(arguments: ["profile init good.csv", "profile infer good.csv"])
    func draftsOverwriteNothing(command: String) async throws {
        let ending = try await Tool.shell("$PREFLIGHT \(command) -o p.yaml", in: try scratch())
        #expect(ending.status == 2)
        #expect(ending.complaints.contains("not overwritten"))
    }

    // MARK: Closed descriptors

    private struct Command: Sendable {
        var words: String
        var readsInput: Bool
        var printsOutput = true
        var status: Int32 = 0
    }

    private static let commands = [
        Command(words: "check -", readsInput: true), Command(words: "check good.csv", readsInput: false),
        Command(words: "check /dev/stdin", readsInput: true), Command(words: "check - -q", readsInput: true, printsOutput: false),
        Command(words: "check good.csv -q", readsInput: false, printsOutput: false),
        Command(words: "check bad.csv", readsInput: false, status: 1),
        Command(words: "check good.csv --format json", readsInput: false), Command(words: "locate - --row 1", readsInput: true),
        Command(words: "columns -", readsInput: true), Command(words: "columns good.csv --format json", readsInput: false),
        Command(words: "locate good.csv --row 1", readsInput: false), Command(words: "profile init -", readsInput: true),
        Command(words: "profile init good.csv", readsInput: false), Command(words: "profile infer good.csv", readsInput: false),
        Command(words: "profile show /dev/stdin", readsInput: true, status: 2),
        Command(words: "check good.csv -q -p /dev/fd/0", readsInput: true, printsOutput: false, status: 2),
        Command(words: "plan good.csv", readsInput: false),
        Command(words: "check good.csv --plan plan.json --range 0 --partial -", readsInput: false),
        Command(words: "check - --plan plan.json --range 0 --partial -", readsInput: true),
        Command(words: "merge --plan plan.json part-0", readsInput: false),
        Command(words: "explain", readsInput: false), Command(words: "--help", readsInput: false),
        Command(words: "check good.csv -q --predict /dev/stdout", readsInput: false),
    ]

    /// All eight combinations: no hang, nothing taken for a signal, and no success without the result. Each command meets four of them, its
    /// neighbours the other four.
    @Test(arguments: commands.indices)
    func closedStandardDescriptors(index: Int) async throws {
        let scratch = try scratch()
        let command = Self.commands[index]
        if command.words.contains("plan.json") {
            let setUp = "$PREFLIGHT plan good.csv > plan.json; $PREFLIGHT check good.csv --plan plan.json --range 0 --partial part-0"
            _ = try await Tool.shell(setUp, in: scratch)
        }
        for closed in 0..<8 where (closed.nonzeroBitCount + index).isMultiple(of: 2) {
            let isClosed = { (number: Int) in closed >> number & 1 == 1 }
            let redirections = [
                isClosed(0) ? "<&-" : "< good.csv", isClosed(1) ? ">&-" : "> output", isClosed(2) ? "2>&-" : "2> complaints",
            ]
            let script =
                ": > output; : > complaints; timeout 120 $PREFLIGHT \(command.words) \(redirections.joined(separator: " "))\n"
                + "status=$?; cat output; cat complaints >&2; exit $status"
            let ending = try await Tool.shell(script, in: scratch)
            let isUnable = command.readsInput && isClosed(0) || command.printsOutput && isClosed(1)
            let expected: Int32 = isUnable ? 2 : command.status
            let name = "\(command.words) \(redirections.joined(separator: " "))"
            #expect(ending.status == expected, "\(name): \(ending.everything)")
            #expect(isClosed(2) || expected == 0 || !ending.complaints.isEmpty, "\(name)")
            if command.readsInput, isClosed(0), !isClosed(2) {
                #expect(ending.complaints.contains("standard input is closed"), "\(name): \(ending.complaints)")
            }
            if expected == 0, command.printsOutput { #expect(!ending.output.isEmpty, "\(name)") }
        }
    }

    /// A device without room: the result could not be delivered.
    @Test(arguments: ["check good.csv", "profile init good.csv", "locate good.csv --row 1", "explain", "--help"])
    func outputThatHasNoRoom(words: String) async throws {
        let ending = try await Tool.shell("$PREFLIGHT \(words) > /dev/full", in: try scratch())
        #expect(ending.status == 2)
    }

    // MARK: Names that are not UTF-8

    @Test func namesThatAreNotUTF8() async throws {
        let script = #"""
            n=$'b\351\377'; mkdir "d$n"; cp p.yaml "d$n/p$n.yaml"; cp items.txt "d$n/"; cp good.csv "d$n/c$n.csv"; cd "d$n"
            $PREFLIGHT check "c$n.csv" -p "p$n.yaml" --predict "o$n.json" --format json || exit 10
            [ -s "o$n.json" ] || exit 11
            $PREFLIGHT check "c$n.csv" "--profile=p$n.yaml" -q || exit 12
            $PREFLIGHT locate "c$n.csv" --row 1 > /dev/null || exit 13
            $PREFLIGHT profile init "c$n.csv" -o "new$n.yaml" || exit 14
            $PREFLIGHT profile lint "new$n.yaml" "p$n.yaml" || exit 15
            $PREFLIGHT profile infer "c$n.csv" > /dev/null || exit 16
            $PREFLIGHT profile show "p$n.yaml" > /dev/null || exit 17
            $PREFLIGHT bench "c$n.csv" --rounds 1 > /dev/null || exit 18
            $PREFLIGHT rehearse "c$n.csv" -q || exit 19
            $PREFLIGHT check "none$n" 2>&1 && exit 20
            $PREFLIGHT check x --no"$n" 2>&1 && exit 21
            ls | wc -l
            """#
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(ending.output.contains(#""path": "cb\\x{e9}\\x{ff}.csv""#), "\(ending.output)")
        #expect(ending.output.contains(#"Cannot open noneb\x{e9}\x{ff}: No such file"#))
        #expect(ending.output.contains(#"--nob\x{e9}\x{ff}"#))
        // The four that were put there, and the two that were written, none of them twice.
        #expect(ending.output.hasSuffix("\n5\n") || ending.output.hasSuffix(" 5\n"), "\(ending.output)")
    }

    /// A private-use character that means a byte inside of the command is a name like any other outside.
    @Test func namesOfPrivateUseCharacters() async throws {
        let scratch = try scratch()
        let name = "x\u{10F7E9}\u{10F6E9}\u{F0000}é.csv"
        try scratch.write("a\n1\n", to: name)
        #expect(try await Tool.run(["check", scratch.path + "/" + name, "-q"]).status == 0)
    }

    // MARK: Several files

    @Test func severalFilesInOneDocument() async throws {
        let scratch = try scratch()
        let script = "$PREFLIGHT check good.csv none.csv bad.csv --format json"
        let ending = try await Tool.shell(script, in: scratch)
        #expect(ending.status == 2)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
        let files = try #require(document["files"] as? [[String: Any]])
        #expect(files.map { ($0["input"] as? [String: Any])?["path"] as? String } == ["good.csv", "none.csv", "bad.csv"])
        #expect(files.map { ($0["exit"] as? [String: Any])?["status"] as? Int } == [0, 2, 1])
        #expect(files.map { ($0["gate"] as? [String: Any])?["state"] as? String } == ["open", nil, "closed"])
        #expect(((files[1]["error"] as? [String: Any])?["message"] as? String)?.contains("none.csv") == true)
        #expect(document["summary"] as? [String: Int] == ["files": 3, "passed": 1, "blocked": 1, "unreadable": 1])
        #expect((document["exit"] as? [String: Any])?["status"] as? Int == 2)
        #expect(ending.complaints.split(separator: "\n").count == 2)
        // Each entry is the report of the file alone.
        let alone = try await Tool.shell("$PREFLIGHT check bad.csv --format json", in: scratch)
        let single = try #require(try JSONSerialization.jsonObject(with: Data(alone.output.utf8)) as? NSDictionary)
        #expect(single == files[2] as NSDictionary)
    }

    @Test func severalFilesInLines() async throws {
        let ending = try await Tool.shell("$PREFLIGHT check good.csv none.csv bad.csv --format jsonl", in: try scratch())
        let lines = try ending.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.map { ($0["input"] as? [String: Any])?["path"] as? String } == ["good.csv", "none.csv", "bad.csv"])
        #expect(lines.map { ($0["exit"] as? [String: Any])?["status"] as? Int } == [0, 2, 1])
    }

    @Test func severalFilesForPeople() async throws {
        let ending = try await Tool.shell("$PREFLIGHT check good.csv good.csv none.csv bad.csv", in: try scratch())
        #expect(ending.output.hasSuffix("\n4 files: 2 ok, 1 blocked, 1 unreadable (exit 2)\n"), "\(ending.output)")
    }

    // MARK: No failure is silent

    @Test(
        arguments: [
            ("check bad.csv", 1, "bad.csv: blocked: PF204"), ("check bad.csv -q", 1, "bad.csv: blocked: PF204"),
            ("check bad.csv --format json", 1, "bad.csv: blocked: PF204"),
            ("check - --format jsonl < bad.csv", 1, "standard input: blocked: "),
            ("check bad.csv --format concise", 1, "bad.csv: blocked: PF204"), ("check none.csv -q", 2, "none.csv"),
            ("check none.csv --format json", 2, "none.csv"), ("locate good.csv --row 9", 1, "not found"),
            ("profile lint none.yaml", 2, "none.yaml: cannot be used: 1 mistake"), ("profile show none.yaml", 2, "none.yaml"),
            ("profile init none.csv", 2, "none.csv"), ("profile infer none.csv", 2, "none.csv"), ("bench none.csv", 2, "none.csv"),
        ] as [(String, Int32, String)])
    func oneLineOnFailure(words: String, status: Int32, complaint: String) async throws {
        let ending = try await Tool.shell("$PREFLIGHT \(words)", in: try scratch())
        #expect(ending.status == status)
        #expect(ending.complaints.hasPrefix("preflight: "), "\(ending.complaints)")
        #expect(ending.complaints.contains(complaint), "\(ending.complaints)")
        #expect(ending.complaints.split(separator: "\n").count == 1, "\(ending.complaints)")
    }

    @Test func reasonsAndFirstPlaces() async throws {
        let scratch = try scratch()
        try scratch.write("k,v\n1,1\n2,1e5\n1,x\n", to: "keys.csv")
        try scratch.write("version: 1\ncolumns: [{name: k, type: text}, {name: v, type: number}]\nkeys: [[k]]\n", to: "keys.yaml")
        let ending = try await Tool.shell("$PREFLIGHT check keys.csv -p keys.yaml --format jsonl", in: scratch)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
        let findings = try #require(document["findings"] as? [[String: Any]])
        func example(_ code: String) -> [String: Any]? {
            (findings.first { $0["code"] as? String == code }?["examples"] as? [[String: Any]])?.first
        }
        #expect(example("PF502")?["first"] as? [String: Int] == ["row": 1, "line": 2, "byteOffset": 4])
        #expect(example("PF401")?["reason"] as? String == "not a number")
        #expect(example("PF411")?["reason"] as? String == "exponent")
        let gate = try #require(document["gate"] as? [String: Any])
        #expect(gate["state"] as? String == "closed")
        let reasons = try #require(gate["reasons"] as? [[String: Any]])
        #expect(Set(reasons.compactMap { $0["kind"] as? String }).contains("predicted-skips"))
    }
}
