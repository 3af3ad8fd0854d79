import CSVTokenizer
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Rows and values that parse, and are still not what they seem. Expectations are counted from the bytes.
@Suite(.computing) struct HiddenTroubleTests {
    /// The findings of some codes on a text are one, or none where the finding is empty.
    private func expect(_ codes: [String], _ text: String, _ finding: String) {
        let report = steadyReport(on: Array(text.utf8))
        let found = report.lines.filter { line in codes.contains { line.hasPrefix($0) } }
        #expect(found == (finding.isEmpty ? [] : [finding]), "\(report.lines)")
    }

    // MARK: Another header

    static let headers: [(text: String, finding: String)] = [
        ("a,b,c\nx,1,2\ny,2,3\nArea,Units,Sales\nn,5,6\nm,6,7\n", "PF229 warning 1 @3:-:18"),
        ("a;b;c\r\nx;1,5;2\r\ny;2;3\r\nArea;Units;Sales\r\nn;5;6\r\n", "PF229 warning 1 @3:-:23"),
        ("a\tb\tc\nx\t1\t2\n\"Area\"\t\"Units\"\t\"Sales\"\nn\t5\t6\n", "PF229 warning 1 @2:-:12"),
        // Blank lines before it: then one column of values is enough.
        ("a,b\nx,1\ny,2\n\nArea,Units\nn,5\nm,6\n", "PF229 warning 1 @3:-:13"),
        ("a,b\r\nx,1\r\n\r\n\r\nArea,Units\r\nn,5\r\n", "PF229 warning 1 @2:-:14"),
        ("\u{FEFF}a,b,c\nx,1,2026-01-01\nArea,Units,Day\nn,5,2026-02-01\n", "PF229 warning 1 @2:-:24"),
        ("a,b,c\nx,1,2\nyé,2,3\nArea,Units,Sales\nn,5,6\n", "PF229 warning 1 @3:-:20"),
        ("id,v,w\n1,1,2\n2,2,3\n3,3,4\nNo,Units,Sales\n1,5,6\nKey,Visits,Orders\n9,1,1\n", "PF229 warning 2 @4:-:25 @6:-:46"),
        // Values that are missing, rows of a table of texts, words that occur twice, a row at the end.
        ("a,b\nx,1\ny,open\nz,2\n", ""),
        ("a,b\nx,1\ny,tbc\nz,2\n", ""),
        ("a,b\nx,1\n\ny,bad\nz,2\n", ""),
        ("a,b,c\nx,1,2\ny,tbc,tbc\nz,2,3\n", ""),
        ("name,city\nBob,Rome\nEve,Oslo\nAl,Bern\nZoe,Kyiv\n", ""),
        ("a,b,c\nx,1,2\ny,2,3\nTotal,all,sums\n", ""),
        ("a,b,c\nx,1,hello\ny,2,bye\nz,n/a,why\nw,3,so\n", ""),
        ("a,b,c\nx,1,2\n\ny,2,3\nz,,\nw,3,4\n", ""),
    ]

    @Test(arguments: headers) func anotherHeader(text: String, finding: String) { expect(["PF229"], text, finding) }

    // MARK: Rows in a field

    static let joined: [(text: String, finding: String)] = [
        ("a,b,c\nx,1,2\ny,2,3\ny,\"2,3\nz,4\",5\nw,6,7\n", "PF230 warning 1 @3:2:20"),
        ("a;b;c\r\nx;1;2\r\ny;2;3\r\ny;\"2;3\r\nz;4\";5\r\n", "PF230 warning 1 @3:2:23"),
        ("a,b,c\n1,x,2\n2,y,3\n3,\"pipe,3\n4,u,8\n5,bolt\",7\n", "PF230 warning 1 @3:2:20"),
        ("a\tb\tc\nx\t1\t2\ny\t2\t3\nz\t\"4\t5\nu\t6\"\t7\n", "PF230 warning 1 @3:2:20"),
        ("d,b,c\n2026-01-01,1,k\n2026-01-02,2,k\n2026-01-03,\"3,k\n2026-01-04,4\",k\n", "PF230 warning 1 @3:2:47"),
        ("a,b,c\né,1,2\ny,2,3\ny,\"2,3\nz,4\",5\nw,6,7\n", "PF230 warning 1 @3:2:21"),
        // Texts of several lines.
        ("a,b,c\nx,1,2\ny,2,3\n\"one\ntwo\",6,7\n", ""),
        ("a,b,c\nx,1,2\ny,2,3\n\"12 High St, Leeds, LS1\nUK\",6,7\n", ""),
        ("a,b,c\nx,p,q\ny,r,s\nz,\"one, two\nthree, four\",t\n", ""),
        ("n,b,c\n1,p,2\n2,r,3\n3,\"one,two\nthree,four\",4\n", ""),
    ]

    @Test(arguments: joined) func rowsInAField(text: String, finding: String) { expect(["PF230"], text, finding) }

    // MARK: Decorated values

    static let decorated: [(text: String, finding: String)] = [
        ("a,d\nx,'2026-01-01\ny,'2026-01-02\n", "PF605 warning 2 @1:2:6 @2:2:20"),
        ("a;d\r\n'0012;5\r\n'0013;6\r\n", "PF605 warning 2 @1:1:5 @2:1:14"),
        ("a,b\n\"'1,5\",x\n\"'2,5\",y\n", "PF605 warning 2 @1:1:4 @2:1:13"),
        ("a,b\n'=A1,x\n'-,y\n'@me,z\n", "PF605 warning 3 @1:1:4 @2:1:11 @3:1:16"),
        ("a,b\n'TRUE,x\n'FALSE,y\n", "PF605 warning 2 @1:1:4 @2:1:12"),
        ("a,b\n“x”,1\n“y”,2\n“z”,3\n", "PF228 warning 3 @1:1:4 @2:1:14 @3:1:24"),
        ("a;b\r\n1;„x“\r\n2;„y“\r\n", "PF228 warning 2 @1:2:7 @2:2:18"),
        ("a,b\n«x»,1\n«y»,2\n", "PF228 warning 2 @1:1:4 @2:1:12"),
        ("a,b\n‘x’,1\n‘y’,2\n", "PF228 warning 2 @1:1:4 @2:1:14"),
        ("a,b\n\"=\"\"0012\"\"\",1\n\"=\"\"0013\"\"\",2\n", "PF221 error 2 @1:1:4 @2:1:18"),
        ("a;b\r\n\"=\"\"0012\"\"\";1\r\n", "PF221 error 1 @1:1:5"),
        // Names, contractions, one class of '68, quotations among texts, formulas that are texts.
        ("a,b\n'Abd,1\n's-Gravenhage,2\n't Hooft,3\n", ""),
        ("a,b\n'68,x\nit,y\nu,z\n", ""),
        ("a,b\nx,“so”\ny,no\nz,“why”\n", ""),
        ("a,b\n'x',1\ny,2\n", ""),
        ("a,b\n=A1,x\n\"=B2\",y\n", ""),
        ("a,b\n\"=\"\"\",x\n", ""),
    ]

    @Test(arguments: decorated) func decoratedValues(text: String, finding: String) {
        expect(["PF605", "PF228", "PF221"], text, finding)
    }

    /// In a column that the profile describes, the value itself is reported with the reason, once.
    @Test func decoratedValuesUnderAProfile() throws {
        let yaml = "version: 1\ncolumns: [{name: a, type: text}, {name: d, type: date}, {name: n, type: number}]\n"
        let options = CheckOptions(profile: try Profile(yaml: yaml))
        let text = "a,d,n\n'0012,'2026-01-31,'5\n'0013,'2026-02-28,'-6\n"
        let report = steadyReport(on: Array(text.utf8), options: options)
        #expect(
            Set(report.lines) == [
                "PF605 warning 2 @1:1:6 @2:1:27", "PF403 error 2 @1:2:12 @2:2:33", "PF401 error 2 @1:3:24 @2:3:45",
            ])
        let wrong = report.findings.filter { $0.code.hasPrefix("PF4") }
        #expect(wrong.allSatisfy { finding in finding.examples.allSatisfy { $0.reason?.contains("apostrophe before the value") == true } })
    }

    // MARK: Control characters

    static let controls: [(text: String, finding: String)] = [
        ("a,b\nx\u{7F}y,1\n", "PF111 warning 1 @1:1:5"),
        ("a,b\nx\u{96}y,1\n", "PF111 warning 1 @1:1:5"),
        ("a,b\n\"x\u{85}\",1\nz\u{1}\u{1}\u{2},2\n", "PF111 warning 2 @1:1:6 @2:1:13"),
        ("a\tb\nx\ty\u{B}z\n", "PF111 warning 1 @1:2:7"),
        // Beside line ends, and in what the scalar machine reads.
        ("a,b\n1,2\n\u{B},3\r\n1,\u{E}\r\n", "PF111 warning 2 @2:1:8 @3:2:15"),
        ("a,b\nx\"y,1\nx\"\u{B}\n\n", "PF111 warning 1 @2:1:12"),
        ("a,b\nx\ty,1\né\u{A0},2\n¿\u{AD},2\n", ""),
        (String("a,b\n") + String(repeating: "xyz,12345\n", count: 9_000) + "x\u{1B}y,1\n", "PF111 warning 1 @9001:1:90005"),
        (
            String("a,b\n") + String(repeating: "xyz,12345\n", count: 9_000) + "x\u{91}y\u{92},1\nz,2\n",
            "PF111 warning 2 @9001:1:90005 @9001:1:90008"
        ),
        (String("a,b\n") + String(repeating: "x\tz,12345\n", count: 9_000) + "x\u{7F}y,1\nz,2\n", "PF111 warning 1 @9001:1:90005"),
        (String("a\tb\n") + String(repeating: "xyz\t12345\n", count: 9_000) + "x\u{3}y\t1\nz\t2\n", "PF111 warning 1 @9001:1:90005"),
    ]

    /// A run of them is one thing, whatever is in it: where it begins. How often each occurs is said.
    @Test func runsOfControlCharacters() {
        let text = "a,b\nx\u{1}\u{2}\u{2}\u{1B}y\u{2},1\n" + String(repeating: "\u{1A}", count: 1_000)
        let report = steadyReport(on: Array(text.utf8))
        let finding = report.findings.first { $0.code == "PF111" }
        #expect(finding?.count == 3 && finding?.examples.map(\.place.byteOffset) == [5, 10, 14], "\(report.lines)")
        for words in ["at 3 places", "U+0001", "3 × U+0002", "1,000 × U+001A"] { #expect(finding?.message.contains(words) == true) }
    }

    // MARK: Words for no value

    static let nulls: [(text: String, finding: String)] = [
        ("id,name\n1,x\n2,\\N\n3,y\n", "PF606 warning 1 @2:2:14"),
        ("id;name;x\r\n1;\\N;\\N\r\n2;a;\\N\r\n", "PF606 warning 3 @1:2:13 @1:3:16 @2:3:24"),
        ("id\tname\n1\t\"\\N\"\n2\tb\n", "PF606 warning 1 @1:2:10"),
        ("id,name\n" + String(repeating: "1,x\n", count: 3_000) + "2,\\N\n", "PF606 warning 1 @3001:2:12010"),
        // Other escapes, paths, and a column of numbers, in which it is unlike the others.
        ("id,esc\n1,\\n\n2,\\N is\n3,\\t\n", ""),
        ("id,path\n1,C:\\N\n2,\\NAS\\x\n", ""),
        ("id,n\n1,5\n2,\\N\n3,6\n", ""),
    ]

    @Test(arguments: nulls) func nullMarkers(text: String, finding: String) { expect(["PF606"], text, finding) }

    /// Where the profile says that it is no value, or judges the column, nothing is added.
    @Test func nullMarkersUnderAProfile() throws {
        func codes(_ column: String) throws -> [String] {
            let profile = try Profile(yaml: "version: 1\ncolumns: [{name: id, type: integer}, {name: name, \(column)}]\n")
            return report(on: "id,name\n1,x\n2,\\N\n", options: CheckOptions(profile: profile)).findings.map(\.code)
        }
        #expect(try codes("type: text") == ["PF606"])
        #expect(try codes("type: text, null: ['\\N']") == [])
    }

    @Test(arguments: controls) func controlCharacters(text: String, finding: String) { expect(["PF111"], text, finding) }
}
