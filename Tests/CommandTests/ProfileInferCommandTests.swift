import Foundation
import Testing

@testable import Preflight

@Suite("profile infer, as a user runs it", .timeLimit(.minutes(30)))
struct ProfileInferCommandTests {
    private static func feed(_ scratch: Scratch, _ name: String = "export.csv") throws -> String {
        let rows = (0..<60).map { row in "E\(row % 3),2026-0\(1 + row % 9)-1\(row % 9),\(row).5,0\(1 + row % 5)/0\(1 + row % 3)/2026\n" }
        return try scratch.write("Entity,Booked,Amount,Due\n" + rows.joined(), to: name)
    }

    @Test func questionsStayOpenWithoutATerminal() async throws {
        let scratch = try Scratch()
        let file = try Self.feed(scratch)
        let path = scratch.path + "/profile.yaml"
        let ending = try await Tool.run(["profile", "infer", file, "--ask", "-o", path])
        #expect(ending.status == 0)
        #expect(ending.complaints.contains("--ask needs a terminal: 1 question stays open in the profile"), "\(ending.complaints)")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("{name: Due, type: undecided}"))
        #expect(text.contains("as dd/MM/yyyy: 60 dates, 2026-01-01 to 2026-03-05"), "\(text)")
        #expect(try await Tool.run(["check", file, "-p", path]).status == 2)
    }

    @Test func itemsInFiles() async throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "Entity,Booked,Amount\n" + (0..<60).map { "E\($0 % 3),2026-01-1\($0 % 9),\($0).5\n" }.joined(), to: "export.csv")
        let path = scratch.path + "/profile.yaml"
        let lists = scratch.path + "/lists"
        #expect(try await Tool.run(["profile", "infer", file, "--items-dir", lists, "-o", path]).status == 0)
        #expect(try String(contentsOfFile: lists + "/entity.csv", encoding: .utf8) == "Entity\nE0\nE1\nE2\n")
        #expect(
            try String(contentsOfFile: path, encoding: .utf8).contains(
                "{name: Entity, type: dimension, items: lists/entity.csv, required: true}"))
        #expect(try await Tool.run(["profile", "lint", path]).everything.isEmpty)
        #expect(try await Tool.run(["check", file, "-p", path]).status == 0)
    }

    @Test func standardInput() async throws {
        let scratch = try Scratch()
        let file = try Self.feed(scratch)
        let whole = try await Tool.run(["profile", "infer", file])
        let piped = try await Tool.shell("cat export.csv | $PREFLIGHT profile infer -", in: scratch)
        #expect(piped.status == 0)
        #expect(piped.output.split(separator: "\n").dropFirst() == whole.output.split(separator: "\n").dropFirst())
    }

    /// New columns come after the others; every other byte stays.
    @Test func update() async throws {
        let scratch = try Scratch()
        let file = try Self.feed(scratch)
        let before =
            "# ours\nversion: 1\ncolumns:\n  # the entity\n  - {name: Entity, type: text}  # kept\n  - name: Amount\n    type: number\n\ngate: {max-skipped: 3}\n"
        let path = try scratch.write(before, to: "profile.yaml")
        let ending = try await Tool.run(["profile", "infer", file, "--update", path])
        #expect(ending.status == 0)
        #expect(ending.output.contains("+  - {name: Booked, type: date"), "\(ending.output)")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let added = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in !line.isEmpty && !before.contains(line) }
        #expect(added.contains { $0.hasPrefix("  - {name: Booked") } && added.contains { $0.hasPrefix("  - {name: Due") })
        // What is left without the new lines is what was there.
        var rest = text
        for line in added { rest = rest.replacingOccurrences(of: line + "\n", with: "") }
        #expect(rest == before, "\(text)")
        let again = try await Tool.run(["profile", "infer", file, "--update", path])
        #expect(again.complaints.contains("no new column"), "\(again.complaints)")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func emptyIsInit() async throws {
        let scratch = try Scratch()
        let file = try Self.feed(scratch)
        #expect(try await Tool.run(["profile", "infer", "--empty", file]).output == Tool.run(["profile", "init", file]).output)
        #expect(try await Tool.run(["profile", "infer", "--empty"]).output == Tool.run(["profile", "init"]).output)
        #expect(try await Tool.run(["profile", "infer"]).status == 64)
        #expect(try await Tool.run(["profile", "infer", file, file, "--empty"]).status == 64)
    }

    // MARK: Advice

    @Test(arguments: [
        (
            "version: 1\ncolumns:\n  - {name: Entity, type: text}\n  - {name: Amount, type: number}  # sum of lines\n",
            "  - {name: Amount, type: number, number: {decimal: \",\"}}  # sum of lines"
        ),
        (
            "version: 1\ncolumns:\n- name: Entity\n  type: text\n- name: Amount  # the name\n  type: number\n  # why\n  required: true\n",
            "  number: {decimal: \",\"}"
        ),
        (
            "version: 1\ncolumns:\n- name: Entity\n  type: text\n- name: Amount\n  number:\n    # a point\n    decimal: \".\"\n  type: number\n",
            "  number: {decimal: \",\"}"
        ),
    ])
    func applyAdvice(profile: String, line: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("Entity;Amount\n" + (0..<40).map { "E;\($0),25\n" }.joined(), to: "export.csv")
        let path = try scratch.write(profile, to: "profile.yaml")
        let shown = try await Tool.run(["check", file, "-p", path, "--apply-advice", "-q"])
        #expect(shown.status == 1)
        #expect(shown.output.contains("+" + line), "\(shown.everything)")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == profile)
        #expect(try await Tool.run(["check", file, "-p", path, "--apply-advice", "--yes", "-q"]).status == 1)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(line), "\(text)")
        for line in profile.split(separator: "\n") {
            guard let start = line.firstIndex(of: "#") else { continue }
            let comment = line[start...]
            #expect(text.contains(comment), "\(text)")
        }
        #expect(try await Tool.run(["check", file, "-p", path, "-q"]).status == 0)
    }

    @Test func adviceNeedsAProfileAndOneFile() async throws {
        let scratch = try Scratch()
        let file = try Self.feed(scratch)
        #expect(try await Tool.run(["check", file, "--apply-advice"]).status == 64)
        #expect(try await Tool.run(["check", file, "--yes"]).status == 64)
    }

    // MARK: Lint, contracts, columns

    @Test func lintWithAFile() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("K,D,N\n1,2026-01-05,5\n1,2026-02-05,7\n", to: "a.csv")
        let path = try scratch.write(
            """
            version: 1
            defaults: {boolean: {true: [ja]}}
            columns:
            - {name: K, type: text}
            - {name: D, type: date, date: {format: [yyyy-MM-dd, dd.MM.yyyy]}}
            - {name: N, type: number, number: {group: ","}, null: [NA]}
            keys: [[K]]

            """, to: "p.yaml")
        let ending = try await Tool.run(["profile", "lint", path, "--file", file])
        #expect(ending.status == 0)
        let lines = ending.output.split(separator: "\n").map { $0.replacingOccurrences(of: path, with: "p") }
        #expect(lines.contains("p:1:1: warning: defaults: no column has a use for \"boolean\""), "\(lines)")
        #expect(lines.contains("p:5:3: warning: \"D\": no value has the pattern dd.MM.yyyy"), "\(lines)")
        #expect(lines.contains("p:6:3: warning: \"N\": no value has the group separator \",\""), "\(lines)")
        #expect(lines.contains("p:6:3: warning: \"N\": no value is the null word \"NA\""), "\(lines)")
        #expect(lines.contains { $0.hasPrefix("p:1:1: warning: keys:") }, "\(lines)")
    }

    /// A word for no value that stands in the defaults is of use if one column has it, and is named once if none has.
    @Test func lintOfCommonNullWords() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("K,N\n1,5\nNA,7\n", to: "a.csv")
        let path = try scratch.write(
            """
            version: 1
            defaults: {null: [NA, none]}
            columns:
            - {name: K, type: text}
            - {name: N, type: number}

            """, to: "p.yaml")
        let ending = try await Tool.run(["profile", "lint", path, "--file", file])
        let lines = ending.output.split(separator: "\n").map { $0.replacingOccurrences(of: path, with: "p") }
        #expect(lines == ["p:1:1: warning: defaults: no value is the null word \"none\""], "\(lines)")
    }

    /// Names and values are shown in the encoding that the bytes suggest.
    @Test func columnsInAnotherEncoding() async throws {
        let scratch = try Scratch()
        let path = scratch.path + "/latin.csv"
        let rows = (0..<40).map { "\($0);Straße Köln Überweisung \($0)\n" }.joined()
        try (("Nr;Größe\n" + rows).data(using: .windowsCP1252) ?? Data()).write(to: URL(filePath: path))
        let ending = try await Tool.run(["columns", path])
        #expect(ending.status == 0)
        #expect(ending.output.contains("\"Größe\"") && ending.output.contains("Straße"), "\(ending.output)")
        #expect(ending.complaints.contains("Windows-1252"), "\(ending.complaints)")
    }

    @Test func contracts() async throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            """
            version: 1
            columns:
            - {name: Id, type: text, required: true}
            - {name: Booked, type: date, date: {format: "dd.MM.yyyy HH:mm"}}
            - {name: Amount, type: number, number: {decimal: ",", group: "."}, null: [NA]}
            - {name: Paid, type: boolean, boolean: {true: [ja], false: [nein]}}
            - {name: Region, type: dimension, items: [EMEA, APAC], on-missing: skip}
            keys: [[Id]]

            """, to: "p.yaml")
        let contract = try await Tool.run(["profile", "show", path, "--as", "odcs"])
        #expect(contract.status == 0)
        #expect(contract.complaints.isEmpty, "\(contract.complaints)")
        let written = try scratch.write(contract.output, to: "contract.yaml")
        let back = try await Tool.run(["profile", "show", written])
        let own = try await Tool.run(["profile", "show", path])
        #expect(back.output == own.output, "\(contract.output)")
    }

    @Test func columnsAsAPage() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("A,B\n2026-01-05,<i x>\n2026-03-05,x\n", to: "a.csv")
        let page = try await Tool.run(["columns", file, "--format", "html"])
        #expect(page.status == 0)
        #expect(
            page.output.hasPrefix("<!doctype html>") && page.output.contains("2026-01-05") && !page.output.contains("<i x>"),
            "\(page.output)"
        )
        #expect(try await Tool.run(["columns", file, "--format", "csv"]).output.contains("\"2026-01-05\",\"2026-03-05\""))
    }
}
