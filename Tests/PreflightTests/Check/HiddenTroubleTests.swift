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
        // Other words.
        ("id,name,city\n1,NULL,Rome\n2,Ann,NULL\n3,Bob,Oslo\n", "PF606 warning 2 @1:2:15 @2:3:31"),
        ("id;name\r\n1;(null)\r\n2;Ann\r\n", "PF606 warning 1 @1:2:11"),
        ("id\tname\n1\t<null>\n2\tAnn\n3\t[NULL]\n", "PF606 warning 2 @1:2:10 @3:2:25"),
        ("id,name\n1,nan\n2,Ann\n3,NaT\n", "PF606 warning 2 @1:2:10 @3:2:22"),
        // Names and items.
        ("id,name\n1,Null\n2,Nan\n3,NULLABLE\n", ""),
        ("id,name\n1,None\n2,none\n3,Ann\n", ""),
        ("id,x\n1,(a)\n2,[b]\n3,<c>\n", ""),
        // Other escapes, paths, and a column of numbers, in which it is unlike the others.
        ("id,esc\n1,\\n\n2,\\N is\n3,\\t\n", ""),
        ("id,path\n1,C:\\N\n2,\\NAS\\x\n", ""),
        ("id,n\n1,5\n2,\\N\n3,6\n", ""),
    ]

    @Test(arguments: nulls) func nullMarkers(text: String, finding: String) { expect(["PF606"], text, finding) }

    /// How many of each word there are is not said, but which they are, and what each program has for it.
    @Test func wordsOfNullMarkers() {
        let finding = report(on: "id,name\n1,NULL\n2,(null)\n3,x\n4,NULL\n").findings.first { $0.code == "PF606" }
        #expect(finding?.message.contains("3 values stand for no value (NULL, (null))") == true, "\(finding?.message ?? "")")
        #expect(finding?.help.contains("COALESCE") == true && finding?.help.contains("SQL Developer") == true)
    }

    static let errors: [(text: String, finding: String)] = [
        ("id,name\n1,#REF!\n2,Ann\n3,#N/A\n", "PF609 warning 2 @1:2:10 @3:2:24"),
        ("id;name\r\n1;########\r\n2;Ann\r\n", "PF609 warning 1 @1:2:11"),
        ("id,name\n1,#BEZUG!\n2,Ann\n", "PF609 warning 1 @1:2:10"),
        // Tags, numbers, and a column of numbers, in which it is unlike the others.
        ("id,tag\n1,#sale\n2,#1\n3,##\n", ""),
        ("id,n\n1,#N/A\n2,5\n3,6\n", ""),
    ]

    @Test(arguments: errors) func errorsOfSpreadsheets(text: String, finding: String) { expect(["PF609"], text, finding) }

    // MARK: Text that was lost or misread

    static let lost: [(text: String, finding: String)] = [
        ("id,n\n1,M\u{FFFD}ller\n2,K\u{FFFD}\u{FFFD}ln\n", "PF112 warning 3 @1:2:8 @2:2:19 @2:2:22"),
        ("M\u{FFFD}nge;n\r\n1;2\r\n", "PF112 warning 1 @0:1:1"),
        ("a,b\n" + String(repeating: "xyz,12345\n", count: 9_000) + "x\u{FFFD}y,1\nz,2\n", "PF112 warning 1 @9001:1:90005"),
        ("id,n\n1,ｆｕｌｌ\n2,！\n3,\u{FFFC}\n", ""),
    ]

    @Test(arguments: lost) func lostCharacters(text: String, finding: String) { expect(["PF112"], text, finding) }

    static let misread: [(text: String, finding: String)] = [
        ("id;n\n1;M√ºller\n2;Soci√©t√©\n", "PF108 note 2 @1:2:7 @2:2:20"),
        ("id,n\r\n1,M├╝ller\r\n", "PF108 note 1 @1:2:8"),
        ("id\tn\n1\t\"MĂĽller\"\n", "PF108 note 1 @1:2:7"),
        ("Р”РѕРј,n\n1,2\n", "PF108 note 1 @0:1:0"),
        ("id,n\n1,MГјller\n", "PF108 note 1 @1:2:7"),
        // Windows-1251 read as Windows-1252.
        ("id;n\n1;Ìîñêâà\n2;Ñóììà\n3;Êîíòðàãåíò\n", "PF108 note 3 @1:2:7 @2:2:22 @3:2:35"),
        ("id;n\n1;√2 ≈ 1.41\n2;├─ a\n3;└─ c\n4;┴┬\n", ""),
        ("id;n\n1;Россия\n2;РСФСР\n3;Рівне\n4;Гёте\n", ""),
        ("id;n\n1;Băsescu\n2;PĂŞUNE\n3;Ăla\n4;Ĺ\n", ""),
        ("id;n\n1;Þórður\n2;ÆÐÞ\n3;ÀÉÎÖÜ\n4;Ääöö\n5;jäääär\n6;õõv\n", ""),
    ]

    @Test(arguments: misread) func misreadText(text: String, finding: String) { expect(["PF108"], text, finding) }

    /// Line separators that no one sees.
    @Test(arguments: [
        ("id,note\n1,a\u{2028}b\n", "PF111 warning 1 @1:2:11"), ("id;note\r\n1;a\u{2029}\r\n", "PF111 warning 1 @1:2:12"),
        ("id,note\n1,a – b\n2,“c”\n", ""),
    ])
    func lineSeparators(text: String, finding: String) { expect(["PF111"], text, finding) }

    /// The character set that escapes switch to is named, with the command that converts it.
    @Test func escapesOfJapanese() {
        let finding = report(on: "\u{1B}$BF|IU\u{1B}(B,n\n1,2\n").findings.first { $0.code == "PF111" }
        #expect(finding?.message.contains("ISO-2022-JP") == true && finding?.help.contains("iconv -f ISO-2022-JP") == true)
    }

    /// UTF-16 that was appended to lines of ASCII does not make a file UTF-16.
    @Test func appendedUTF16() {
        let tail = "3,4\n5,6\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let codes = report(on: Array("id,n\n1,2\n".utf8) + tail).findings.map(\.code)
        #expect(codes.contains("PF103") && !codes.contains("PF104"), "\(codes)")
    }

    /// Text of a mainframe: `id,name` and two rows, with the line ends of two of its systems.
    @Test(arguments: [0x15, 0x25] as [UInt8]) func textOfAMainframe(lineEnd: UInt8) {
        let bytes: [UInt8] =
            [
                0x89, 0x84, 0x6B, 0x95, 0x81, 0x94, 0x85, lineEnd, 0xF1, 0x6B, 0x81, 0x95, 0x95, lineEnd, 0xF2, 0x6B, 0x82, 0x96, 0x82,
                lineEnd,
            ]
        let report = report(on: bytes)
        #expect(report.findings.map(\.code) == ["PF008"])
        #expect(report.findings[0].message.contains("EBCDIC") && report.findings[0].message.contains("iconv -f IBM1047"))
    }

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
