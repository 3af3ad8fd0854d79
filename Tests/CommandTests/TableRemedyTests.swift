import Foundation
import Testing

@testable import Preflight

/// The command in the help of a finding about rows that are no data is carried out as it is: what it writes is clean, and no row of data is lost.
@Suite("Remedies for rows that are no data", .timeLimit(.minutes(10)))
struct TableRemedyTests {
    /// A file, the finding, and what its command is to write to which file.
    struct Fault: Sendable {
        var text: String
        var code: String
        var written: [String: String]
    }

    private static let rows = "id,name,sum\n1,x,2\n3,y,4\n"
    private static func new(_ text: String) -> [String: String] { [".new.csv": text] }

    static let faults: [Fault] = [
        // Titles.
        Fault(text: "Exported by Smith, J.\n" + rows, code: "PF215", written: new(rows)),
        Fault(text: "Company,X Ltd\nname,amount\nA,1\n", code: "PF215", written: new("name,amount\nA,1\n")),
        Fault(text: "By Smith\nPeriod 2026\n\nDay,Kind\n2026-01-01,x\n", code: "PF215", written: new("Day,Kind\n2026-01-01,x\n")),
        // Dashes.
        Fault(text: "id;n;name\n--;-;----\n1;2;x\n", code: "PF218", written: new("id;n;name\n1;2;x\n")),
        // Footers.
        Fault(text: rows + "(2 rows affected)\n", code: "PF204", written: new(rows)),
        Fault(text: rows + "\n\n(2 rows affected)\n\nCompletion time: 2026-03-01T10:00:00.1+01:00\n", code: "PF204", written: new(rows)),
        Fault(text: rows + "(2 rows affected),,\n", code: "PF231", written: new(rows)),
        Fault(text: "a\n1\n(1 row)\nTime: 1.2 ms\n", code: "PF231", written: new("a\n1\n")),
        Fault(text: rows + "\nReport of January\n", code: "PF204", written: new(rows)),
        // Other tables.
        Fault(
            text: "name,amount\nx,1\ny,2\n\ncity,country\nParis,FR\n", code: "PF229",
            written: [".1.csv": "name,amount\nx,1\ny,2\n", ".2.csv": "city,country\nParis,FR\n"]),
        Fault(
            text: "a,b,c\n1,2,3\n\n# Other\nd,e\n1,2\n3,4\n", code: "PF204",
            written: [".1.csv": "a,b,c\n1,2,3\n", ".2.csv": "d,e\n1,2\n3,4\n"]),
        Fault(
            text: "a,b\n1,2\n\n# Other\nc,d,e\n1,2,3\n4,5,6\n", code: "PF205",
            written: [".1.csv": "a,b\n1,2\n", ".2.csv": "c,d,e\n1,2,3\n4,5,6\n"]),
        Fault(
            text: "no,part\n1,x\n2,y\nno,firm,city\n20,Alt,Kiel\n21,Neu,Bonn\n", code: "PF205",
            written: [".1.csv": "no,part\n1,x\n2,y\n", ".2.csv": "no,firm,city\n20,Alt,Kiel\n21,Neu,Bonn\n"]),
        // Values.
        Fault(text: "id,a,b\n1,\\N,\\N\n2,x,\\N\n3,\\N,y\n", code: "PF606", written: new("id,a,b\n1,,\n2,x,\n3,,y\n")),
        Fault(text: "id;a\r\n1;\\N\r\n2;x\r\n", code: "PF606", written: new("id;a\r\n1;\r\n2;x\r\n")),
        Fault(text: "id,size\n1,\"5\\\"\"\n2,\"6\"\n", code: "PF220", written: new("id,size\n1,\"5\"\"\"\n2,\"6\"\n")),
        Fault(text: "a,b\n\"=\"\"0012\"\"\",1\n", code: "PF221", written: new("a,b\n\"0012\",1\n")),
        Fault(
            text: "id,a\n1,NULL\n2,(null)\n3,x\n4,\"<null>\"\n5,nan\n", code: "PF606", written: new("id,a\n1,\n2,\n3,x\n4,\n5,\n")),
        // Quotes.
        Fault(text: "a,b\n\"x\" ,1\n\"y, z\"\t,2\n", code: "PF202", written: new("a,b\n\"x\",1\n\"y, z\",2\n")),
        Fault(text: "\"a\" ;\"b\" \r\n\"x\" ;\"1\"\r\n", code: "PF202", written: new("\"a\";\"b\"\r\n\"x\";\"1\"\r\n")),
        Fault(text: "id,name\n1,\"\"Smith, J\"\"\n2,\"\"Roe\"\"\n", code: "PF202", written: new("id,name\n1,\"Smith, J\"\n2,\"Roe\"\n")),
        // Empty rows.
        Fault(text: "a,b\n1,x\n\"\",\" \"\n , \n3,y\n", code: "PF225", written: new("a,b\n1,x\n3,y\n")),
        Fault(text: "a;b\n1;é\n\u{A0};\u{A0}\n3;y\n", code: "PF225", written: new("a;b\n1;é\n3;y\n")),
        // More footers, titles, second headers.
        Fault(text: rows + "Anzahl Datensätze: 2\n", code: "PF204", written: new(rows)),
        Fault(text: rows + "Page 1 of 1\n", code: "PF204", written: new(rows)),
        Fault(text: rows + "\n\"Report Name\"\n\"Copyright (c) 2026 salesforce.com, inc.\"\n", code: "PF204", written: new(rows)),
        Fault(text: rows + "Confidential - internal use only,,\n", code: "PF231", written: new(rows)),
        Fault(text: "SQL> select id, name from t;\n\nid,name\n1,x\n3,y\n", code: "PF215", written: new("id,name\n1,x\n3,y\n")),
        Fault(text: "item,plan,actual\n,2025,2026\nx,5,6\ny,1,2\n", code: "PF224", written: new("item,plan,actual\nx,5,6\ny,1,2\n")),
        Fault(
            text: "day,cost,site\n1,2,x\n3,4,y\nsite,day,cost\nz,5,6\nw,7,8\n", code: "PF229",
            written: [".1.csv": "day,cost,site\n1,2,x\n3,4,y\n", ".2.csv": "site,day,cost\nz,5,6\nw,7,8\n"]),
        Fault(text: "\u{1B}$BF|IU\u{1B}(B,n\n1,2\n", code: "PF111", written: new("日付,n\n1,2\n")),
    ]

    @Test(arguments: faults) func whatTheCommandWrites(_ fault: Fault) async throws {
        let scratch = try Scratch()
        let file = try scratch.write(fault.text, to: "input.csv")
        let before = try await Tool.run(["check", file, "--format", "json"])
        let kind = try #require(FindingKind(code: fault.code))
        let command = try RemedyTests.command(in: before.output, of: kind)
        let shell = try await Tool.runShell("cd '\(scratch.path)' && { \(command)\n}")
        #expect(shell.status == 0, "\(command)\n\(shell.everything)")
        for (name, text) in fault.written {
            let path = scratch.path + "/input.csv" + name
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text, "\(command)")
            let after = try await Tool.run(["check", path, "--fail-on", "warning"])
            #expect(after.status == 0, "\(command)\n\(after.everything)")
        }
    }

    /// What `fix` does with such files.
    @Test(arguments: [
        ("a,b\n\"=\"\"0012\"\"\",1\n=\"0013\",2\n", "a,b\n\"0012\",1\n0013,2\n"),
        ("a;b\r\n\"=\"\"x;y\"\"\";1\r\n\"=A1\";2\r\n", "a;b\r\n\"x;y\";1\r\n\"=A1\";2\r\n"),
        (rows + "(2 rows affected),,\n", rows),
        (rows + "Completion time: 2026-03-01T10:00:00.1+01:00\n", rows),
        ("id;n;name\n--;-;----\n1;2;x\n", "id;n;name\n1;2;x\n"),
        ("id,a\n1,\\N\n2,x\n", "id,a\n1,\n2,x\n"),
        ("id,a\n1,(null)\n2,NULL\n3,x\n", "id,a\n1,\n2,NULL\n3,x\n"),
        ("Name\nx\nName\ny\n", "Name\nx\nName\ny\n"),
        ("id,size\n1,\"5\\\"\"\n2,\"6\"\n", "id,size\n1,\"5\"\"\"\n2,\"6\"\n"),
        ("Company,X Ltd\nname,amount\nA,1\n", "name,amount\nA,1\n"),
    ])
    func whatFixWrites(text: String, fixed: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write(text, to: "input.csv")
        let ending = try await Tool.run(["fix", file, "--to", scratch.path + "/out.csv"])
        #expect(try String(contentsOfFile: scratch.path + "/out.csv", encoding: .utf8) == fixed, "\(ending.everything)")
    }
}
