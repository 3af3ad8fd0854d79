import TestSupport
import Testing

@testable import Preflight

/// Tables that a program drew for people are named as what they are, with the switch that gives a CSV, and nothing else is said of them.
@Suite(.computing) struct PrintedTableTests {
    private static let mysql = "+----+-------+\n| id | name  |\n+----+-------+\n|  1 | a, b  |\n|  2 | c     |\n+----+-------+\n"
    private static let psql = " id | name \n----+------\n  1 | x;y\n  2 | z\n(2 rows)\n\n"
    private static let list =
        "----------------\n|Id |Name |Sum  |\n----------------\n|1  |a    | 5.00|\n|2  |b    | 7.00-|\n----------------\n"

    static let tables: [(text: String, words: String)] = [
        (mysql, "mysql --batch"),
        (mysql + "2 rows in set (0.00 sec)\n", "mysql --batch"),
        ("Title\n\n" + mysql, "mysql --batch"),
        (mysql.replacing("\n", with: "\r\n"), "mysql --batch"),
        ("+----+\n| id |\n+----+\n|  1 |\n+----+\n", "mysql --batch"),
        (psql, "psql --csv"),
        (psql.replacing("(2 rows)", with: "(2 Zeilen)"), "psql --csv"),
        ("id | name\n---+-----\n 1 | a\n(1 row)\n", "psql --csv"),
        (list, "SAP"),
        ("10.01.2026   Dynamic List Display   1\n" + list, "SAP"),
        ("| id | name |\n|----|:----|\n| 1 | a |\n| 2 | b |\n", "Markdown"),
        ("┌────┬───────┐\n│ id │ name  │\n├────┼───────┤\n│  1 │ a     │\n└────┴───────┘\n", "-csv"),
        ("╭────┬───────╮\n│ id │ name  │\n├────┼───────┤\n│  1 │ a     │\n╰────┴───────╯\n", "-csv"),
    ]

    @Test(arguments: tables) func printedTable(text: String, words: String) {
        let report = steadyReport(on: Array(text.utf8))
        #expect(report.lines == ["PF008 error 1 @-:-:0"], "\(text)")
        #expect(report.findings[0].message.contains(words), "\(report.findings[0].message)")
    }

    @Test func printedTableOfUTF16() {
        var options = CheckOptions()
        options.transcodes = true
        let bytes: [UInt8] = [0xFF, 0xFE] + Self.mysql.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(report(on: bytes, options: options).findings.contains { $0.message.contains("mysql --batch") })
    }

    /// Bars as delimiters, a boxed title above a CSV, dashes as values and below names.
    @Test(arguments: [
        "|a|b|\n|1|2|\n|3|4|\n",
        "a|b\n-|-\n1|2\n",
        "+-----------+\n| My report |\n+-----------+\nname;amount\nA;1\nB;2\nC;3\nD;4\nE;5\n",
        "text\n-----\nabc\n-----\ndef\n",
        "a,b\n---,---\n1,2\n",
        "expr\n---+---\n|x|\n|y|\n",
        "NAME     ROWS\n-------- ----\nSYS        12\n",
        "note\n│ drawn\nplain\n",
    ])
    func otherTable(text: String) {
        #expect(!steadyReport(on: Array(text.utf8)).findings.map(\.code).contains("PF008"))
    }
}
