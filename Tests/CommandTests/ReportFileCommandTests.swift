import Foundation
import Testing

@testable import PigmentImport
@testable import PreflightReports

/// `--report`, as a user runs it.
@Suite("Reports in files", .timeLimit(.minutes(30)))
struct ReportFileCommandTests {
    private func scratch() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write("a,b\n1,x\n", to: "good.csv")
        try scratch.write("a,b\n1\n", to: "bad.csv")
        try scratch.write("version: 1\ncolumns: [{name: a, type: integer}, {name: b, type: text}]\n", to: "p.yaml")
        return scratch
    }

    /// All of one run, and the usual report beside them.
    @Test func allFormatsAtOnce() async throws {
        let names = ReportFormat.allCases.map(\.description)
        let script = "$PREFLIGHT check bad.csv " + names.map { "--report \($0)=out.\($0)" }.joined(separator: " ") + "; s=$?; ls; exit $s"
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.status == 1, "\(ending.everything)")
        #expect(ending.output.contains("PF204"))
        for name in names { #expect(ending.output.contains("out.\(name)\n")) }
        #expect(!ending.output.contains(".tmp"))
    }

    @Test(arguments: [
        // In place of the usual report.
        ("$PREFLIGHT check bad.csv --report sarif=- | head -c 15", "{\n  \"$schema\": "),
        ("$PREFLIGHT check bad.csv -q --report gitlab=- | head -c 3", "[\n "),
        ("$PREFLIGHT check good.csv bad.csv --report junit=- | grep -c '<testsuite '", "2\n"),
        // What is there is replaced, through links.
        (
            "ln -s target out; echo old > target; $PREFLIGHT check good.csv -q --report markdown=out; head -c 12 target; [ -L out ]",
            "# `good.csv`"
        ),
        ("$PREFLIGHT check good.csv -q --report concise=>(cat)", "good.csv: passed: 1 row\n"),
        ("$PREFLIGHT check good.csv -q --report json=out; grep -c '\"state\": \"open\"' out", "1\n"),
        // The summary of a step is added to.
        (
            "echo before > sum; GITHUB_STEP_SUMMARY=sum $PREFLIGHT check bad.csv -q --report github=- | cut -c1-28 | head -1; sed -n 1,2p sum",
            "::error file=bad.csv,line=2,\nbefore\n# `bad.csv`: blocked\n"
        ),
        (
            "$PREFLIGHT rehearse good.csv -p p.yaml -q --ledger none --report html=out.html > /dev/null; grep -c '<p class=\"state\">done' out.html",
            "1\n"
        ),
        ("$PREFLIGHT rehearse bad.csv -q --ledger none --report html=out.html; grep -c '<p class=\"state\">blocked' out.html", "1\n"),
    ])
    func goesWhereItShould(script: String, output: String) async throws {
        let ending = try await Tool.shell(script, in: try scratch())
        #expect(ending.output == output, "\(ending.everything)")
    }

    @Test func positionsInJSON() async throws {
        let scratch = try scratch()
        let script = "$PREFLIGHT check bad.csv --positions --report json=- --report json=r.json; cat r.json | tr -d ' \\n'"
        let ending = try await Tool.shell(script, in: scratch)
        #expect(
            ending.output.contains(
                #""positions":{"cellBytes":1,"cells":6,"lanes":[{"code":"PF204","severity":"error","count":1,"unplaced":0,"cells":[{"cell":4,"#
                    + #""count":1,"firstRow":1,"lastRow":1,"firstLine":2,"lastLine":2}]}]}"#), "\(ending.everything)")
        let none = try await Tool.shell("$PREFLIGHT check bad.csv --report html=x --format json", in: scratch)
        #expect(!none.output.contains("positions"), "\(none.everything)")
    }

    /// One line, the last one, whatever else is printed.
    @Test(arguments: [
        ("check good.csv bad.csv missing.csv", [1, 1, 1], 2, 2), ("check bad.csv -q", [0, 1, 0], 1, 1),
        ("check bad.csv --format json", [0, 1, 0], 1, 1), ("check good.csv --report sarif=-", [1, 0, 0], 1, 0),
        ("rehearse good.csv -p p.yaml --ledger none", [1, 0, 0], 1, 0), ("rehearse bad.csv --ledger none --format json", [0, 1, 0], 1, 1),
    ])
    func summaryIsTheLastLine(arguments: String, files: [Int], rows: Int, status: Int) async throws {
        let ending = try await Tool.shell("$PREFLIGHT \(arguments) --summary-json", in: try scratch())
        #expect(ending.status == Int32(status), "\(ending.everything)")
        #expect(ending.output.hasSuffix("}\n"))
        let line = try #require(ending.output.split(separator: "\n").last)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let summary = try #require(object["summary"] as? [String: Int])
        #expect(["passed", "blocked", "unreadable"].map { summary[$0] } == files)
        #expect((object["totals"] as? [String: Int])?["rows"] == rows)
        #expect((object["exit"] as? [String: Any])?["status"] as? Int == status)
        #expect(arguments.hasPrefix("check") || status == 1 || (object["outcome"] as? [String: Any]) != nil)
    }

    @Test(arguments: [
        ("check good.csv --report html", 64, "FORMAT=FILE"), ("check good.csv --report sarf=x", 64, "Did you mean sarif?"),
        ("check good.csv --report html=good.csv", 64, "which this run reads"),
        ("check good.csv -p p.yaml --report html=p.yaml", 64, "which this run reads"),
        ("check good.csv --positions", 64, "--positions adds to JSON"),
        ("status a5002346-d45c-4773-892f-53273b040ca0 --report sarif=x", 64, "This command writes no sarif report. Use human, concise,"),
        ("status a5002346-d45c-4773-892f-53273b040ca0 --report html=x --report json=x", 64, "Two reports would be written to x"),
        ("check good.csv --report html=x --report json=x", 64, "Two reports would be written to x"),
        ("check good.csv --report html=- --report json=-", 64, "Only one --report"),
        ("check good.csv -q --predict x --report json=x", 64, "twice"),
        ("check good.csv --report html=missing/x", 2, "cannot write missing/x"),
        ("check good.csv --report html=/dev/full", 2, "cannot write /dev/full"),
        ("rehearse good.csv --ledger none --report html=good.csv", 64, "which this run reads"),
    ])
    func isRefused(arguments: String, status: Int32, says: String) async throws {
        let ending = try await Tool.shell(
            "cp good.csv before; $PREFLIGHT \(arguments); s=$?; cmp good.csv before && exit $s", in: try scratch())
        #expect(ending.status == status, "\(ending.everything)")
        #expect(ending.complaints.contains(says), "\(ending.complaints)")
    }

    /// The policy of the page admits its own script and no other.
    @Test func scriptHasItsHash() {
        var digest = SHA256Digest()
        digest.update(Array(HTMLStyle.script.utf8).span)
        let hash = Data(digest.finalize()).base64EncodedString()
        #expect(HTMLStyle.scriptHash == "sha256-" + hash)
    }
}
