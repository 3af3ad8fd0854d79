import Foundation
import Testing

@testable import Preflight

@Suite("diagnose, as a user runs it", .timeLimit(.minutes(30)))
struct DiagnoseCommandTests {
    /// 400 rows; 20 amounts have a thousands separator.
    private func scratch() throws -> Scratch {
        let scratch = try Scratch()
        var text = "Entity;Amount\n"
        for row in 0..<400 { text += row % 20 == 7 ? "FR03;1.\(100 + row),50\n" : "FR01;\(row),25\n" }
        try scratch.write(text, to: "x.csv")
        try scratch.write(
            "version: 1\nconfiguration: \(Tool.configuration)\ndialect: {delimiter: \";\"}\ncolumns:\n  - {name: Entity, type: text}\n"
                + "  - {name: Amount, type: number, number: {decimal: \",\", group: \".\"}}\n", to: "p.yaml")
        try scratch.write(
            "version: 1\ndefaults: {number: {group: none}}\ncolumns:\n  - {name: Amount, number: {group: none}}\n", to: "i.yaml")
        return scratch
    }

    /// The page: the comparison, each sample with its place, the explanation, and the cells that are known.
    @Test func asAPage() async throws {
        let scratch = try Scratch()
        let rows = (1...200).map { "\($0),\($0 % 50 == 0 ? "\($0)-" : "12.50"),<i>\n" }.joined()
        try scratch.write("id,amount,note\n" + rows, to: "x.csv")
        try scratch.write(
            "version: 1\ncolumns: [{name: id, type: integer}, {name: amount, type: number}, {name: note, type: text}]\n", to: "p.yaml")
        let ending = try await Tool.shell(
            "$PREFLIGHT diagnose x.csv -p p.yaml --ledger none --reported amount:ParsingError:4 --sample 100- --report html=a.html --report json=a.json "
                + "> /dev/null; echo $?; cat a.html", in: scratch)
        #expect(ending.output.hasPrefix("0\n"), "\(ending.everything)")
        #expect(ending.output.contains("<td>amount</td><td>ParsingError</td><td class=\"number\">0 to 4</td><td class=\"number\">4</td>"))
        #expect(ending.output.contains("<code>100-</code> <span class=\"place\">1 cell, first at line 101, row 100, byte "))
        #expect(ending.output.contains("<span class=\"place\">line 51, row 50, byte ") && ending.output.contains("</html>"))
        #expect(ending.output.contains("--retry-file FILE"))
        let json = try await Tool.shell(
            "cmp a.json <($PREFLIGHT diagnose x.csv -p p.yaml --ledger none --reported amount:ParsingError:4 --sample 100- --format json)",
            in: scratch)
        #expect(json.status == 0, "\(json.everything)")
    }

    /// The same for a ticket; what stands in cells is no markup there.
    @Test func asMarkdown() async throws {
        let scratch = try Scratch()
        let rows = (1...200).map { "\($0),\($0 % 50 == 0 ? "*\($0)*|" : "12.50")\n" }.joined()
        try scratch.write("id,am|ount\n" + rows, to: "x.csv")
        try scratch.write("version: 1\ncolumns: [{name: id, type: integer}, {name: am|ount, type: number}]\n", to: "p.yaml")
        let ending = try await Tool.shell(
            "$PREFLIGHT diagnose x.csv -p p.yaml --ledger none --reported 'am|ount:ParsingError:4' --sample '*100*|' --report markdown=-",
            in: scratch)
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(ending.output.hasPrefix("# `x.csv`: explained\n\nPigment skipped 4 cells of am\\|ount. 4 cells fail under the profile"))
        #expect(ending.output.contains("\n| am\\|ount | ParsingError | 4 | 4 | as-predicted |\n"), "\(ending.output)")
        #expect(ending.output.contains("\n**certain**: 4 cells fail under the profile"))
        #expect(ending.output.contains("\n- `*100*\\|`: 1 cell, first at line 101, row 100, byte "))
        #expect(ending.output.contains("\nThese cells were skipped:\n\n- line 51, row 50, byte "))
        #expect(ending.output.hasSuffix("\n## The skipped rows\n\nThey are known: `--retry-file FILE` writes exactly them.\n"))
    }

    @Test func fromRehearsalToRetryFile() async throws {
        let scratch = try scratch()
        let ending = try await Tool.shell(
            """
            export PREFLIGHT_LEDGER="$FOLDER/ledger.jsonl"
            $PREFLIGHT rehearse x.csv -p p.yaml --importer i.yaml --format json > push.json; echo "status $?"
            $PREFLIGHT diagnose x.csv -p p.yaml --report-json push.json --retry-file retry.csv --rows csv=rows.csv
            """, in: scratch)
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(
            ending.output.replacing("\n", with: " ").hasPrefix(
                "status 3 Pigment skipped 20 cells of Amount. Under group none exactly 20 cells fail, all 3 samples"))
        #expect(ending.output.contains("This is the file that was pushed."))
        #expect(ending.output.contains("Wrote 20 rows and the header to retry.csv."))
        let retry = try String(contentsOfFile: scratch.path + "/retry.csv", encoding: .utf8)
        #expect(retry.split(separator: "\n").count == 21)
        #expect(retry.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("FR03;1.") })
        #expect(try String(contentsOfFile: scratch.path + "/rows.csv", encoding: .utf8).split(separator: "\n").count == 21)
        let again = try await Tool.shell(
            """
            export PREFLIGHT_LEDGER="$FOLDER/ledger.jsonl"
            $PREFLIGHT rehearse retry.csv -p p.yaml --format json > /dev/null; $PREFLIGHT history
            """, in: scratch)
        #expect(again.output.contains("skipped rows of"), "\(again.everything)")
    }

    @Test func whatTheScreenShows() async throws {
        let scratch = try scratch()
        let command = "$PREFLIGHT diagnose x.csv --delimiter ';' --reported amount:ParsingError:20 --sample 1.107,50 --format json"
        let ending = try await Tool.shell(command + " < /dev/null", in: scratch)
        #expect(ending.output.contains("\"basis\": \"inferred\""), "\(ending.everything)")
        #expect(ending.output.contains("\"match\": \"loose\""))
        // Nothing is known to compare a digest with.
        #expect(ending.output.contains("\"sha256\": null"))
        let piped = try await Tool.shell(
            "cat x.csv | $PREFLIGHT diagnose - --delimiter ';' --reported amount:ParsingError:20 --sample 1.107,50 --format json",
            in: scratch)
        #expect(piped.output.contains("\"isExact\": true"), "\(piped.everything)")
    }

    @Test(arguments: [
        ("diagnose x.csv", "What did the import report?"), ("diagnose x.csv --sample 1", "What did the import report?"),
        ("diagnose x.csv --reported Amount", "does not end in a count"),
        ("diagnose x.csv --reported A:1 --report-json x", "Give one of"),
        ("diagnose x.csv --reported A:1 --report html=- --report json=-", "Only one --report can go to standard output"),
        ("diagnose x.csv --reported A:1 --report html=- --retry-file -", "both go to standard output"),
        ("diagnose x.csv --reported A:1 --report html", "FORMAT=FILE"),
        ("diagnose x.csv --reported A:1 --report sarif=x", "This command writes no sarif report. Use json, html or markdown."),
        ("diagnose x.csv --reported A:1 --report markdwn=x", "Did you mean markdown?"),
        ("diagnose x.csv --reported A:1 --report html=y --rows csv=y", "Cannot write y twice"),
        ("diagnose x.csv --reported A:1 --report html=x.csv", "which this run reads"),
        ("diagnose x.csv --reported A:1 --retry-file -", "both go to standard output"),
        ("diagnose x.csv --reported A:1 --annotate", "--annotate needs --retry-file"),
        ("diagnose x.csv --reported A:1 --retry-file x.csv", "which this run reads"),
    ])
    func commandLinesThatCannotBe(arguments: String, says: String) async throws {
        let ending = try await Tool.shell("$PREFLIGHT \(arguments)", in: try scratch())
        #expect(ending.status == 64, "\(ending.everything)")
        #expect(ending.complaints.contains(says), "\(ending.complaints)")
    }

    @Test func unreadableReportsAndFiles() async throws {
        let scratch = try scratch()
        for command in ["x.csv --report-json none.json", "none.csv --reported A:1", "x.csv --report-json p.yaml"] {
            let ending = try await Tool.shell("$PREFLIGHT diagnose \(command)", in: scratch)
            #expect(ending.status == 2, "\(command): \(ending.everything)")
            #expect(!ending.complaints.isEmpty)
        }
        let open = try await Tool.shell("$PREFLIGHT diagnose x.csv -p p.yaml --reported Amount:7 --retry-file r.csv", in: scratch)
        #expect(open.status == 3, "\(open.everything)")
        #expect(open.complaints.contains("no rows were written"))
        #expect(try !scratch.names.contains("r.csv"))
    }
}
