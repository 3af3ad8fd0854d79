import TestSupport
import Testing

@testable import Preflight

/// Lines that database clients write below the rows: found with any number of fields and in several languages, with the switch that leaves them out.
@Suite(.computing) struct FooterTests {
    private static let rows = "a,b,c\n1,x,2\n3,y,4\n"

    /// In a row of its own width: by line.
    static let ragged: [(text: String, line: Int, words: [String])] = [
        (rows + "(2 rows affected)\n", 4, ["SET NOCOUNT ON", "head -n 3 "]),
        (rows + "\n(2 rows affected)\n", 5, ["SET NOCOUNT ON", "head -n 3 "]),
        ("a;b;c\r\n1;x;2\r\n\r\n(12 Zeilen betroffen)\r\n", 4, ["SET NOCOUNT ON", "head -n 2 "]),
        (rows + "(2 filas afectadas)\n", 4, ["SET NOCOUNT ON"]),
        (rows + "(2 строк обработано)\n", 4, ["SET NOCOUNT ON"]),
        (rows + "(2 rows)\n", 4, ["psql -P footer=off", "head -n 3 "]),
        (rows + "(2 lignes)\n", 4, ["psql -P footer=off"]),
        ("a\tb\tc\n1\tx\t2\n12 rows in set (0.00 sec)\n", 3, ["mysql --batch"]),
        (rows + "2 rows in set, 1 warning (0.01 sec)\n", 4, ["mysql --batch"]),
        (rows + "\nCompletion time: 2026-03-01T10:00:00.1234567+01:00\n", 5, ["Management Studio", "head -n 3 "]),
        (rows + "\nAbschlusszeit: 2026-03-01T10:00:00.1234567+01:00\n", 5, ["Management Studio"]),
        (rows + "Time taken: 1.2 seconds, Fetched: 2 row(s)\n", 4, ["hive -S"]),
        (rows + "\n\n12 Zeilen ausgewählt.\n", 6, ["SET FEEDBACK OFF", "head -n 3 "]),
        (rows + "  2 record(s) selected.\n", 4, ["db2 -x"]),
        (rows + "Time: 1.234 ms\n", 4, ["\\timing off"]),
    ]

    @Test(arguments: ragged) func lineOfItsOwn(text: String, line: Int, words: [String]) {
        let finding = steadyReport(on: Array(text.utf8)).findings.first { $0.code == "PF204" }
        #expect(finding?.count == 1 && finding?.examples.first?.place.line == line, "\(text)")
        for word in words { #expect(finding?.help.contains(word) == true, "\(finding?.help ?? "")") }
        #expect(finding?.message.contains("which the export adds") == true, "\(finding?.message ?? "")")
    }

    @Test func severalLines() {
        let text = Self.rows + "\n(2 rows affected)\n\nCompletion time: 2026-03-01T10:00:00.1234567+01:00\n"
        let finding = steadyReport(on: Array(text.utf8)).findings.first { $0.code == "PF204" }
        #expect(finding?.help.contains("head -n 3 ") == true && finding?.help.contains("SET NOCOUNT ON") == true)
        #expect(finding?.help.contains("Management Studio, turn off") == true)
    }

    /// Padded to the width of the table, or in a table of that width: by line.
    static let whole: [(text: String, lines: [Int], words: String)] = [
        (rows + "(2 rows affected),,\n", [4], "SET NOCOUNT ON"),
        (rows + "\"(2 rows affected)\",\"\",\"\"\n", [4], "SET NOCOUNT ON"),
        ("a;b\r\n1;x\r\n(2 rows affected);\r\n", [3], "SET NOCOUNT ON"),
        ("a\n1\n3\n(2 rows affected)\n", [4], "SET NOCOUNT ON"),
        ("a,b\n1,x\nTime taken: 1.2 seconds, Fetched: 2 row(s)\n", [3], "hive -S"),
        (rows + "(2 rows),,\nTime: 1.234 ms,,\n", [4, 5], "psql -P footer=off"),
        ("a,b,c\n" + String(repeating: "7,x,2\n", count: 3_000) + "(3000 rows affected),,\n", [3_002], "SET NOCOUNT ON"),
    ]

    @Test(arguments: whole) func rowOfTheTable(text: String, lines: [Int], words: String) {
        #expect(PreflightTests.lines(of: "PF231", in: text) == lines)
        let report = steadyReport(on: Array(text.utf8))
        let help = report.findings.first { $0.code == "PF231" }?.help ?? ""
        #expect(help.contains(words) && help.contains("sed '\(lines[0]),$d' "), "\(help)")
        // Nothing else is said of it.
        #expect(report.findings.map(\.code) == ["PF231"], "\(report.lines)")
    }

    /// Values that begin like a count or a time, and such lines in the middle.
    @Test(arguments: [
        "task,state\nwrite 3 lines,done\n3 rows of seats,open\n",
        "name\nalpha\n2 rows\n",
        "a,b\nTime: 5 ms left,1\nx,2\n",
        "song,len\nTime: a story,3\nElapsed: a story,4\n",
        "a,b\n(2 rows),1\nx,2\n",
        "a\n(2 rows affected)\n",
    ])
    func values(text: String) {
        #expect(steadyReport(on: Array(text.utf8)).findings.filter { $0.code == "PF231" }.isEmpty)
    }
}
