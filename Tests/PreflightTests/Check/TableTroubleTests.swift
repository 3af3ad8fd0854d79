import CSVTokenizer
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Rows that are no data, wherever they are: lines above the header, units, the header once more, nothing but delimiters. Expectations are counted from
/// the bytes.
@Suite(.computing) struct TableTroubleTests {
    static let preambles: [(text: String, lines: Int, header: Int)] = [
        // Pairs, a blank line, and a header that lacks its last name.
        (
            "\"Ledger\",\"K4 / main\",\n\n\"Start\",\"01.03.2026\",\n\n\"Day\",\"Value\",\"Kind\",\n\"02.03.2026\",\"1\",\"card\",\n"
                + "\"03.03.2026\",\"2\",\"card\",\n", 4, 5
        ),
        ("Bank;Main\nFrom;2026-03-01\nTo;2026-03-31\nDay;Kind;Partner;Sum\n02.03.2026;card;A;5\n03.03.2026;card;B;6\n", 3, 4),
        ("Kontonummer:;DE89\r\nVon:;01.01.2026\r\nBis:;31.01.2026\r\n\r\nTag;Art;Betrag\r\n02.01.2026;x;5\r\n03.01.2026;y;6\r\n", 4, 5),
        // A title with as many delimiters as the header.
        ("Report (Jan 1, 2026-Jan 31, 2026)\nName,Clicks,Cost\na,10,1000\nb,20,2000\n", 1, 2),
        ("Report,,\nName,Clicks,Cost\na,10,1000\nb,20,2000\nc,30,3000\n", 1, 2),
        ("Report;;\r\n;;\r\nName;Clicks;Cost\r\na;10;1000\r\nb;20;2000\r\nc;30;3000\r\n", 2, 3),
        ("Report\t\t\nName\tClicks\tCost\na\t10\t1000\nb\t20\t2000\n", 1, 2),
        // Blank lines alone, and before a title.
        ("\n\nSite,Cost\nUlm,5\nHof,6\n", 2, 3),
        ("\r\nSite;Cost\r\nUlm;5\r\nHof;6\r\n", 1, 2),
        ("\nSites\n\nSite,Cost\nUlm,5\nHof,6\n", 3, 4),
        // A title above the first of two tables.
        ("# Stock\nno,part,count\n10,bolt,12\n11,nut,29\n\n# Vendors\nno,firm,branch,city\n20,Alt,Nord,Kiel\n21,Neu,West,Bonn\n", 1, 2),
    ]

    @Test(arguments: preambles) func linesAboveTheHeader(text: String, lines: Int, header: Int) {
        let report = steadyReport(on: Array(text.utf8))
        let finding = report.findings.first { $0.kind == .preamble }
        #expect(finding?.count == lines, "\(report.lines)")
        #expect(finding?.message.contains("the header is line \(header)") == true)
        #expect(finding?.help.contains("tail -n +\(header) ") == true)
    }

    /// Headers that are odd, and tables that are first: no line is taken for a title.
    @Test(arguments: [
        "id, name, amount\n1, x, 5\n2, y, 6\n3, z, 7\n",
        "Entity,\nFR01,5\nDE02,6\nFR03,7\n",
        "Entity,,\nFR01,x,5\nDE02,y,6\nFR03,z,7\n",
        "2025,2026,2027\n1,2,3\n4,5,6\n7,8,9\n",
        "no,part,count\n10,bolt,12\n11,nut,29\n\nno,firm,branch,city\n20,Alt,Nord,Kiel\n21,Neu,West,Bonn\n",
        "name,count\nbolt,12\nnut,29\nscrew,3\n\nname,firm,branch\na,b,1\nc,d,2\n",
        "a,b,c\n1,2\n3,4\n5,6\n7,8,9\n",
        "Date (UTC),Total\n2026-01-01,5\n2026-01-02,6\n2026-01-03,7\n",
    ]) func noTitle(text: String) {
        let report = steadyReport(on: Array(text.utf8))
        #expect(!report.findings.map(\.kind).contains(.preamble), "\(report.lines)")
    }

    static let shapes: [(text: String, finding: String)] = [
        ("\"a,b\"\n\"1,2\"\n\"3,4\"\n", "PF222 error 1 @-:-:0"),
        ("\"a;b;c\"\r\n\"1;\"\"x;y\"\";2\"\r\n\"3;z;4\"\r\n", "PF222 error 1 @-:-:0"),
        ("\u{FEFF}\"a\tb\"\n\"1\t2\"\n", "PF222 error 1 @-:-:3"),
        ("NAME     ROWS\n-------- ----\nSYS        12\n", "PF223 error 1 @-:-:0"),
        (" id | name\n----+------\n  1 | x\n", "PF008 error 1 @-:-:0"),
        ("NAME      ROWS  SIZE\nSYS         12     4\nMASTER       7     5\nTEMP        10    66\n", "PF223 warning 1 @-:-:0"),
        ("a,b\n---,---\nx,1\n", "PF218 error 1 @1:-:4"),
        ("a;b\r\n--;=\r\n--;==\r\n", ""),
        ("a;b\r\n---; ----\r\nx;1\r\n", "PF218 error 1 @1:-:5"),
        // As long as the names: a single dash below a name of one letter, too, and nothing where there is no name.
        ("id;n;name\n--;-;----\n1;2;x\n", "PF218 error 1 @1:-:10"),
        ("id\tn\tname\r\n--\t-\t----\r\n1\t2\tx\r\n", "PF218 error 1 @1:-:11"),
        ("Ident,Amount,Flag\n-----,-----,-----\n1,2,x\n", "PF218 error 1 @1:-:18"),
        ("id,n,größe\n==,=,=====\n1,2,x\n", "PF218 error 1 @1:-:13"),
        ("id,,name\n--,,----\n1,2,x\n", "PF218 error 1 @1:-:9"),
        // Values that are missing.
        ("name,note\n--,--\nx,5\ny,6\n", ""),
        ("a,b\n-,-\n1,2\n3,4\n", ""),
        ("name,n\n-,--\nx,5\ny,6\n", ""),
        ("day;power\nDATE;KWH\n04.02.2026;3.5\n05.02.2026;2.5\n", "PF224 warning 1 @1:-:10"),
        ("entity,amount,qty\nText,EUR,pcs\nFR01,5.5,1\nDE02,6,2\n", "PF224 warning 1 @1:-:18"),
        ("entity,amount\n,[kg]\nFR01,5.5\nDE02,6\n", "PF224 warning 1 @1:-:14"),
        ("Tag;Leistung;Last\r\nDay;Power;Load\r\n01.02.2026;1;2\r\n02.02.2026;3;4\r\n", "PF224 warning 1 @1:-:19"),
        // None of these is odd: sentences with commas, texts with spaces, a missing value in the first row, texts only.
        ("\"Name, first\"\n\"Doe, John\"\n\"Roe, Jane\"\n", ""),
        ("Name\nAnna Lee\nBob  Ray\nCy Twombly\nDan Brown\n", ""),
        ("name,amount\nalpha,unknown\nbeta,5\ngamma,6\n", ""),
        ("name,amount,rate\nalpha,n/a,-\nbeta,5,1\ngamma,6,2\n", ""),
        ("name,city\nBob,Rome\nEve,Oslo\nAl,Bern\n", ""),
        ("name,note\nx,-\ny,5\nz,6\n", ""),
        // Periods, and the names below groups.
        ("Account,Plan,Actual\n,2025,2026\n100,5,6\n200,1,2\n", "PF224 warning 1 @1:-:20"),
        ("Konto;Ist;Plan\r\n;Jan 26;Feb 26\r\nA;1;2\r\nB;3;4\r\n", "PF224 warning 1 @1:-:16"),
        ("a,b,c\n,Q1,Q2\nx,1,2\n", "PF224 warning 1 @1:-:6"),
        ("a\tb\tc\n\tJan\tFeb\nx\t1\t2\ny\t3\t4\n", "PF224 warning 1 @1:-:6"),
        ("t;U;I\ns;V;A\n0,5;230;16\n", "PF224 warning 1 @1:-:6"),
        (",Jan,,Feb,\nItem,Plan,Actual,Plan,Actual\nx,5,6,7,8\ny,1,2,3,4\n", "PF224 warning 1 @1:-:11"),
        // A row without a name is data, whatever its numbers are.
        ("Account,Plan,Actual\n,0,0\n100,5,6\n200,7,8\n", ""),
        ("Name,Born,Died\n,1901,1950\nAnn,1950,1999\nBob,1951,1998\n", ""),
        ("Item,Quarter\nx,Q1\ny,Q2\nz,Q3\n", ""),
        ("Year,Value\n2024,5\n2025,6\n2026,7\n", ""),
        // Commas in the amounts of a report.
        (
            "KONTO     NAME           BETRAG\n100000    Kasse            5,00\n200000    Bank             6,00\n"
                + "300000    Post             7,00\n", "PF223 error 1 @-:-:0"
        ),
    ]

    @Test(arguments: shapes) func shapeOfTheTable(text: String, finding: String) {
        let lines = steadyReport(on: Array(text.utf8)).lines
        let found = lines.filter { line in ["PF218", "PF222", "PF223", "PF224"].contains { line.hasPrefix($0) } || line == finding }
        #expect(found == (finding.isEmpty ? [] : [finding]), "\(lines)")
    }

    /// A single blank between two columns may be inside the values of one: their number is then only a lower bound.
    @Test(arguments: [
        ("Name      Qty Y\nAnn       5   N\nBob       12  Y\nCy        7   N\n", "at least 2 columns"),
        ("NAME     ROWS\n-------- ----\nSYS        12\n", "2 columns, shown by a row of dashes"),
    ])
    func columnsOfFixedWidth(text: String, columns: String) {
        let messages = report(on: text).findings.filter { $0.kind == .fixedWidth }.map(\.message)
        #expect(messages.count == 1 && messages.allSatisfy { $0.hasSuffix("(\(columns))") }, "\(messages)")
    }

    static let repeats: [(text: String, finding: String)] = [
        ("Day,Cost\n1,2\nDay,Cost\n3,4\n", "PF213 error 1 @2:-:13"),
        ("Day,Cost\n1,2\n\u{FEFF}Day,Cost\n3,4\n\u{FEFF}Day,Cost\n5,6\n", "PF213 error 2 @2:-:13 @4:-:29"),
        ("Day,Cost\n1,2\n\"Day\",\"Cost\"\n3,4\n", "PF213 error 1 @2:-:13"),
        ("\"Day\",\"Cost\"\n1,2\nDay,Cost\n3,4\n", "PF213 error 1 @2:-:17"),
        ("Day;Cost\r\n1;2\r\nDAY;COST \r\n3;4\r\n", "PF213 error 1 @2:-:15"),
        ("Day;Cost\n1;2\nDay,Cost\n3;4\n", "PF213 error 1 @2:-:13"),
        ("\u{FEFF}\"Day\",\"Cost\"\n\"1\",\"2\"\n\u{FEFF}\"Day\",\"Cost\"\n\"3\",\"4\"\n", "PF213 error 1 @2:-:24"),
        ("Day;Cost;Site\n1;2;x\nDay;Cost;Site;Note\n3;4;y\n", "PF213 error 1 @2:-:20"),
        // At the end of a row.
        ("id,name,amount\n1,a,10\n2,b,20id,name,amount\n3,c,30\n", "PF213 error 1 @2:3:28"),
        ("\"id\",\"name\"\r\n\"1\",\"a\"\"id\",\"name\"\r\n\"2\",\"b\"\r\n", "PF213 error 1 @1:2:20"),
        ("id;name;n\n1;a;2\u{FEFF}\"id\";\"name\";\"n\"\n3;c;4\n", "PF213 error 1 @1:3:15"),
        ("id,name\n1,\"a\"id,name\n2,b\n", "PF213 error 1 @1:2:13"),
        // Not the header: values that are names of columns, names of one column, part of them.
        ("Day,Cost\nDay,1\nCost,2\n", ""),
        ("name,kind\nname,text\nkind,name\n", ""),
        ("id,name,amount\n1,a,10\n2,b,20\n", ""),
        (",Cost\n,2\n,3\n", ""),
        (",Cost\n,2\n,COST\n", "PF213 error 1 @2:-:9"),
        // Other signs between the words, letters of full width.
        ("Posting Date,Cost Centre\n1,2\nposting_date,cost_centre\n3,4\n", "PF213 error 1 @2:-:29"),
        ("day_of_sale\tnet.cost\n1\t2\nDay Of Sale\tNet Cost\n", "PF213 error 1 @2:-:25"),
        ("Day;Cost\r\n1;2\r\nＤａｙ;Ｃｏｓｔ\r\n3;4\r\n", "PF213 error 1 @2:-:15"),
        // In a list the name may be an item, in another case it is one.
        ("Name\nx\ny\nName\nz\n", "PF213 warning 1 @3:-:9"),
        ("word\nalpha\nWord\nbeta\n", ""),
    ]

    @Test(arguments: repeats) func headerOnceMore(text: String, finding: String) {
        let lines = steadyReport(on: Array(text.utf8)).lines
        #expect(lines.filter { $0.hasPrefix("PF213") } == (finding.isEmpty ? [] : [finding]), "\(lines)")
        // What follows from it is not reported as well.
        #expect(!lines.contains { $0.hasPrefix("PF201") || $0.hasPrefix("PF202") || $0.hasPrefix("PF205 error 2") }, "\(lines)")
    }

    /// Pages of a report without keys: each begins with the header, in a file of any length, among numbers or texts.
    @Test(arguments: ["%,%.5", "name %,text %", "\"%\",\"x, %\""]) func pages(row: String) {
        let page = "Code,Value\n" + (0..<200).map { row.replacing("%", with: String($0)) + "\n" }.joined()
        let report = steadyReport(on: Array(String(repeating: page, count: 12).utf8), sizes: [64, 4096, nil])
        #expect(report.findings.filter { $0.kind == .repeatedHeader }.map(\.count) == [11])
    }

    static let empties: [(text: String, finding: String)] = [
        ("a,b,c\n1,2,3\n,,\n4,5,6\n,,\n", "PF225 warning 2 @2:-:12 @4:-:21"),
        ("a;b\r\n1;2\r\n;\r\n3;4\r\n", "PF225 warning 1 @2:-:10"),
        ("a\tb\tc\n1\tx\t3\n\t\t\n", "PF225 warning 1 @2:-:12"),
        (",b,c\n1,x,3\n,,\n", "PF225 warning 1 @2:-:11"),
        // With quotes or spaces.
        ("a,b\n1,x\n\"\",\"\"\n3,y\n", "PF225 warning 1 @2:-:8"),
        ("a;b\r\n1;x\r\n ; \r\n3;y\r\n", "PF225 warning 1 @2:-:10"),
        ("a,b\n1,x\n\u{A0},\u{A0}\n3,y\n", "PF225 warning 1 @2:-:8"),
        ("a\tb\n1\tx\n\"\"\t\" \"\n", "PF225 warning 1 @2:-:8"),
        // Some value, a quote among them, a blank line, and fewer delimiters are something else.
        ("a,b\n1,x\n\"\"\"\",\n", ""),
        ("a,b\n1,x\n-,-\n", ""),
        ("a,b,c\n1,2,3\n,,x\n,y,\n", ""),
        ("a,b,c\n1,2,3\n\n", ""),
        ("a,b,c\n1,2,3\n,\n", ""),
    ]

    @Test(arguments: empties) func rowsOfDelimiters(text: String, finding: String) {
        let lines = steadyReport(on: Array(text.utf8)).lines
        #expect(lines.filter { $0.hasPrefix("PF225") } == (finding.isEmpty ? [] : [finding]), "\(lines)")
    }

    /// Rows longer than what is compared at once.
    @Test(arguments: [8, 9, 10, 40, 400]) func wideRowsOfDelimiters(width: Int) {
        let header = (1...width).map { "c\($0)" }.joined(separator: ",")
        let commas = String(repeating: ",", count: width - 1)
        let text = "\(header)\n1\(commas)\n\(commas)\n\(commas)2\n\(commas)\n"
        let finding = steadyReport(on: Array(text.utf8)).findings.first { $0.code == "PF225" }
        #expect(finding?.examples.map(\.place.row) == [2, 4])
    }

    /// Among numbers that are judged without an index of their fields too.
    @Test(arguments: Kernel.allCases.filter(\.isAvailable)) func emptyRowsAmongNumbers(kernel: Kernel) {
        var rows = (0..<3_000).map { "\($0),,\($0).5" }
        rows[700] = ",1,"
        rows[1_500] = ",,"
        rows[2_000] = "\"\",\"\",\"\""
        rows[2_999] = ",,"
        let profile = Profile(columns: ["a", "b", "c"].map { ColumnProfile(name: $0, type: .number) })
        var options = CheckOptions(profile: profile)
        options.kernel = kernel
        let report = steadyReport(on: Array((["a,b,c"] + rows).map { $0 + "\n" }.joined().utf8), options: options, sizes: [4096, nil])
        #expect(report.findings.filter { $0.code == "PF225" }.map(\.count) == [3])
    }

    static let ends: [(text: String, finding: String)] = [
        ("a,b\n1,2\n3,4", "PF226 note 1 @-:-:11"),
        ("a;b\r\n1;2\r\n3;4", "PF226 note 1 @-:-:13"),
        ("a,b\r1,2\r3,4", "PF226 note 1 @-:-:11"),
        // With a line end, with one line only, and with the end inside the line end.
        ("a,b\n1,2\n3,4\n", ""),
        ("a,b\r\n1,2\r\n3,4\r\n", ""),
        ("a,b\r1,2\r3,4\r", ""),
        ("a,b\n1,2\n3,4\n5", ""),
        ("a,b\n1,2", ""),
        ("a,b\n1,\"x\ny\"", ""),
        ("a,b", ""),
    ]

    @Test(arguments: ends) func lastLineEnd(text: String, finding: String) {
        let lines = steadyReport(on: Array(text.utf8)).lines
        #expect(lines.filter { $0.hasPrefix("PF226") } == (finding.isEmpty ? [] : [finding]), "\(lines)")
    }

    @Test(arguments: [true, false]) func lastLineEndOfUTF16(ends: Bool) {
        let text = Array("a;b\n1;2\n3;4\(ends ? "\n" : "")".utf16)
        let bytes: [UInt8] = [0xFF, 0xFE] + text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        var options = CheckOptions()
        options.transcodes = true
        #expect(report(on: bytes, options: options).findings.contains { $0.code == "PF226" } == !ends)
    }

    private static let page = (0..<12).map { "K\($0),\($0 * 7 % 5)\n" }.joined()

    static let repeatedRows: [(text: String, finding: String)] = [
        ("a,b\n" + page + "x,1\n" + page + "y,2\n", "PF227 warning 12 @14:-:\(4 + page.utf8.count + 4)"),
        (
            ("a;b\n" + page.replacing(",", with: ";") + page.replacing(",", with: ";")).replacing("\n", with: "\r\n"),
            "PF227 warning 12 @13:-:\(5 + page.utf8.count + 12)"
        ),
        ("a,b\n" + page + page + page, "PF227 warning 24 @13:-:\(4 + page.utf8.count) @25:-:\(4 + 2 * page.utf8.count)"),
        // A few rows alike, the same rows in another order, and one row many times are ordinary.
        ("a,b\n" + String(repeating: "x,1\ny,2\nz,3\n", count: 20), ""),
        ("a,b\n" + page + page.split(separator: "\n").reversed().map { $0 + "\n" }.joined(), ""),
        ("a,b\n" + String(repeating: "x,1\n", count: 40), ""),
    ]

    @Test(arguments: repeatedRows) func pagesWithoutKeys(text: String, finding: String) {
        let lines = steadyReport(on: Array(text.utf8)).lines
        #expect(lines.filter { $0.hasPrefix("PF227") } == (finding.isEmpty ? [] : [finding]), "\(lines)")
    }

    @Test func pagesWithAKeyAreDuplicateKeys() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: a, type: text}, {name: b, type: number}]\nkeys: [[a]]\n")
        let report = report(on: "a,b\n" + Self.page + Self.page, options: CheckOptions(profile: profile))
        #expect(report.findings.map(\.code) == ["PF502"])
    }
}
