import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Quotes that programs and people write wrongly: where they are reported, and under which cause. Expectations are counted from the bytes.
@Suite(.computing) struct QuoteTroubleTests {
    /// A file, and the findings that it must have: `CODE severity count @row:column:byteOffset …`.
    static let runaway: [(text: String, findings: [String])] = [
        // The text has the delimiter, and the joined record has the right width.
        ("no,vendor,days\n7,\"Ruiz, Ana\",30\n8,\"Okoro, Ltd,14\n9,\"Weil\",45\n10,\"Moss\",\"60\"\n", ["PF216 error 1 @2:2:34"]),
        ("no;vendor;days\r\n8;\"Okoro; Ltd;14\r\n9;\"Weil\";45\r\n", ["PF216 error 1 @1:2:18"]),
        ("no\tvendor\tdays\n8\t\"Okoro\tLtd\t14\n9\t\"Weil\"\t45\n", ["PF209 error 1 @-:-:0", "PF216 error 1 @1:2:17"]),
        // The last field, before a row that begins with a quote.
        ("a,b\n\"x\",\"y\n\"z\",\"w\"\n\"u\",\"v\"\n", ["PF216 error 1 @1:2:8"]),
        ("\"a\",\"b\"\r\n\"x\",\"y\r\n\"z\",\"w\"\r\n", ["PF216 error 1 @1:2:13"]),
        // Twice.
        ("a,b,c\n1,\"x, y,2\n3,\"z, w,4\n5,\"v\",6\n7,t,8\n", ["PF216 error 2 @1:2:8 @2:2:18"]),
        // In the header.
        ("a,\"b,c\n1,\"x\",2\n3,y,4\n", ["PF216 error 1 @0:2:2"]),
        // A row between.
        ("a,b,c\n1,\"x, y,2\n3,z,4\n5,\"v\",6\n", ["PF216 error 1 @1:2:8"]),
        // Not at all: to the end of the file.
        ("a,b,c\n1,\"x, y,2\n3,z,4\n", ["PF203 error 1 @1:2:8"]),
        // Texts of several lines are no such thing, with delimiters and doubled quotes in them.
        ("a,b,c\n1,\"x, y\nz, \"\"w\"\", v\",2\n3,\"q\",4\n", []),
        ("a,b\n1,\"x\n\"\"y\"\"\"\n2,z\n", []),
        ("a,\"b\nb\",c\n1,\"x\",2\n", []),
        // One with a quote that is not doubled is what it is: the first line is not whole.
        ("a,b,c\n1,\"x\ny \"z\" w\",2\n3,q,4\n", ["PF202 error 1 @1:2:14"]),
    ]

    @Test(arguments: runaway) func quoteThatRunsOn(text: String, findings: [String]) {
        #expect(steadyReport(on: Array(text.utf8)).lines == findings, "\(text)")
    }

    /// The first quote that is never closed is in the row of a formula, after stray quotes that only need to be counted.
    @Test func unclosedAfterFormula() {
        let text = "a,b\n" + String(repeating: "x\"y,1\n", count: 40) + "=\"0012\",\"open\n1,2\n1,2\n1,2\n"
        #expect(
            steadyReport(on: Array(text.utf8)).lines
                == ["PF201 error 40 @1:1:5 @2:1:11 @3:1:17", "PF203 error 1 @41:2:252", "PF221 error 1 @41:1:244"])
    }

    static let causes: [(text: String, findings: [String])] = [
        // A space before the quote.
        ("\"a\", \"b\"\n1, \"x, y\"\n2, \"z\"\n", ["PF219 error 3 @0:2:4 @1:2:11 @2:2:21"]),
        ("a;b\r\n1;  \"x;y\"\r\n2;z\r\n", ["PF219 error 1 @1:2:7"]),
        ("a;b\n1;\t\"x;y\"\n2;z\n", ["PF219 error 1 @1:2:6"]),
        (" \"a\",b\n1,2\n3,4\n", ["PF219 error 1 @0:1:0"]),
        // Too few fields do not come from it.
        ("a,b,c\n1, \"x\"\n2,3,4\n", ["PF204 error 1 @1:2:8", "PF219 error 1 @1:2:8"]),
        // A backslash before it.
        ("a,b\n1,\"5\\\" pipe\"\n2,x\n", ["PF220 error 1 @1:2:9"]),
        ("a,b\n1,\"say \\\"a, b\\\" now\"\n2,x\n", ["PF220 error 2 @1:2:12 @1:3:18"]),
        ("a;b\r\n1;5\\\" pipe\r\n2;x\r\n", ["PF220 error 1 @1:2:9"]),
        ("a,b\n1,\"C:\\\\\"x\"\n2,y\n", ["PF202 error 1 @1:2:12"]),
        // A backslash before the last quote of a value: the field runs on, to the next quote or further.
        ("id,size,note\n1,\"5\\\"\",a\n2,\"6\",\"b\"\n3,\"7\",\"c\"\n", ["PF220 error 1 @1:2:18"]),
        ("id;size\r\n1;\"5\\\"\"\r\n2;\"6\"\r\n3;\"7\"\r\n", ["PF220 error 1 @1:2:14"]),
        ("id,size\n1,\"5\\\"\"\n2,\"6\\\"\"\n3,\"7\\\"\"\n", ["PF220 error 3 @1:2:13 @2:2:21 @3:2:29"]),
        ("id,size,n\n\"5\\\"\",x,2\n\"6\",y,3\n", ["PF220 error 1 @1:1:13"]),
        ("id,size\n1,\"5\\\"\"\n", ["PF220 error 1 @1:2:13"]),
        ("id,size,n\n1,\"5\\\"\",\"6\"\n2,x,y\n", ["PF220 error 1 @1:2:15"]),
        ("id,size,n\n1,\"5 \"\"x\"\" \\\"\",2\n2,\"6\",y\n", ["PF220 error 1 @1:2:22"]),
        // Two backslashes are one that is escaped: the quote after them closes the field.
        ("a,b\n1,\"C:\\\\\"\n2,\"x\"\n", []),
        // A formula.
        ("a,b\n1,=\"0012\"\n2,=\"0013\"\n", ["PF221 error 2 @1:2:6 @2:2:16"]),
        ("a;b\r\n=\"0012\";x\r\n=\"00;13\";y\r\n", ["PF221 error 2 @1:1:5 @2:1:16"]),
        // Inch marks and others have none of these causes.
        ("a,b\n1,5\" pipe\n2,x\n", ["PF201 error 1 @1:2:7"]),
        ("a,b\n1,\"the \"big\" one\"\n2,x\n", ["PF202 error 1 @1:2:12"]),
        ("a,b\n1,x=\"0012\"\n2,x\n", ["PF201 error 1 @1:2:8"]),
        // A space after the closing quote, also in all rows.
        ("a,b\n\"x\" ,2\n\"y\"\t,3\n", ["PF202 error 2 @1:1:7 @2:1:14"]),
        ("\"a\" ;\"b\"\r\n\"x\" ;\"2\"\r\n", ["PF202 error 2 @0:1:3 @1:1:13"]),
        // Quoted twice: the delimiters inside cut the field.
        ("id,name\n1,\"\"Smith, J\"\"\n2,\"\"Roe\"\"\n", ["PF202 error 2 @1:2:10 @2:2:25"]),
        ("a,b\n\"x\",\" y \"\n", []),
        ("a,b\n\"\"\"x\"\"\",1\n", []),
        ("a,b\n\"\",\"\"\"\"\n2,3\n", []),
        // None of these is wrong: backslashes, spaces and equals signs in texts.
        ("a,b\n1,\"C:\\\"\n2,\"x \"\n3,\"=1\"\n4, y\n", []),
        ("a,b\n1,\"x, \"\"y\"\" z\"\n2,\"\\\"\n", []),
    ]

    @Test(arguments: causes) func quoteWithACause(text: String, findings: [String]) {
        #expect(steadyReport(on: Array(text.utf8)).lines == findings, "\(text)")
    }

    /// However many there are, and wherever the first is: all are counted under their cause.
    @Test(arguments: [" \"x, y\"", "\"x\\\" y\"", "=\"0012\""]) func causesLateInTheFile(value: String) {
        let plain = (0..<400).map { "\($0),5\" pipe\n" }.joined()
        let caused = (0..<300).map { "\($0),\(value)\n" }.joined()
        let more = plain.replacing("\n", with: "x\n")
        let report = steadyReport(on: Array(("id,text\n" + plain + caused + more).utf8), sizes: [64, 4096, nil])
        #expect(report.findings.map(\.count) == [800, 300], "\(report.lines)")
    }

    /// A quote in a long field, deep in it: the same for every chunk size.
    @Test func backslashInLongText() {
        let text = "a,b\n1,\"\(String(repeating: "x", count: 3_000))\\\" y\"\n2,z\n"
        #expect(steadyReport(on: Array(text.utf8)).lines == ["PF220 error 1 @1:2:3008"])
    }

    static let widths: [(text: String, code: String, words: String)] = [
        ("a,b,c\n“x, y”,“z, w”,2\n1,2,3\n", "PF205", "“ U+201C and ” U+201D"),
        ("a;b\r\n„x; y“;2\r\n1;2\r\n", "PF205", "„ U+201E and “ U+201C"),
        ("a,b\n«x, y»,2\n1,2\n", "PF205", "« U+00AB"),
        ("a,b\n‘x, y’,2\n1,2\n", "PF205", "‘ U+2018"),
        ("a,b,c\n\"1,x,2\"\n3,y,4\n", "PF204", "the whole row is in quotes"),
        ("a,b,c\n1,x,2\n\n(12 rows affected)\n", "PF204", "a count of the rows"),
        ("a;b;c\n1;x;2\n(1 Zeile betroffen)\n", "PF204", "a count of the rows"),
        ("a,b,c,d\n1,2,3,45,6,7,8\n1,2,3,4\n", "PF205", "two rows without a line end between"),
        ("a,b\n1,2\n\n# Other\nc,d,e\n1,2,3\n4,5,6\n", "PF205", "from line 4, after a blank line, a title and rows of 3 follow"),
        ("a,b\n1,2\n3,4\n\nReport of 2026-01-01\n", "PF204", "a footer of the export"),
        ("no,part\n1,x\n2,y\nno,firm,city\n20,Alt,Kiel\n21,Neu,Bonn\n", "PF205", "from line 4, all rows have 3: a second table"),
        ("name,city\nBob,Rome\nEve,St. Louis, MO\nAl,Salem, OR\nCy,Utica, NY\n", "PF205", "3 instead of 2; probably an unquoted text"),
        ("a,b,c\n1,2,3\n\nd,e\n1,2\n3,4\n", "PF204", "from line 4, after a blank line, all rows have 2: a second table"),
        ("id,name,n\n1,Smith\\, J,5\n2,x,6\n", "PF205", "a backslash before the delimiter"),
        ("id\tname\n1\ta\\\tb\n2\tc\n", "PF205", "a backslash before the delimiter"),
        ("id,note,n\n1,first\\\nsecond,5\n2,x,6\n", "PF204", "a backslash before the line end"),
        // An apostrophe inside a word, and a row that is short, say nothing of the kind.
        ("a,b\nl’été, x,2\n1,2\n", "PF205", "unquoted text with the delimiter"),
        ("a,b,c\n1,x\n3,y,4\n", "PF204", "2 instead of 3"),
    ]

    /// What the message and the help say where a kind has several causes.
    @Test(arguments: [
        ("a,b\n\"x\" ,2\n", "only spaces before the delimiter", "Remove the space"),
        ("a,b\n\"\"x\"\",2\n", "quoted twice", "one quote on each side"),
        ("a,b\n\"the \"big\" one\",2\n", "has text after the closing quote", "Double a quote"),
        ("a,b\n\"x\" ,2\n\"the \"big\" one\",3\n", "1 with only spaces", "Double a quote"),
    ])
    func textAfterAQuote(text: String, words: String, help: String) {
        let finding = steadyReport(on: Array(text.utf8)).findings.first { $0.code == "PF202" }
        #expect(finding?.message.contains(words) == true && finding?.help.contains(help) == true, "\(finding?.message ?? "")")
    }

    /// Typographic quotes as bytes of Windows-1252.
    @Test func quotesOfWindows1252() {
        let bytes = Array("id,name,n\n1,".utf8) + [0x93] + Array("Smith, J".utf8) + [0x94] + Array(",5\n2,x,6\n3,y,7\n".utf8)
        let finding = report(on: bytes).findings.first { $0.code == "PF205" }
        #expect(finding?.message.contains("here as bytes of Windows-1252") == true)
    }

    @Test(arguments: widths) func causeOfTheWidth(text: String, code: String, words: String) {
        let report = steadyReport(on: Array(text.utf8))
        let finding = report.findings.first { $0.code == code }
        #expect(finding?.message.contains(words) == true, "\(report.findings.map(\.message))")
    }
}
