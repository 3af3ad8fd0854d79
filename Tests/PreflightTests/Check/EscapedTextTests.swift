import TestSupport
import Testing

@testable import Preflight
@testable import SafeText

/// Text that was escaped for another format. Expectations are counted from the bytes.
@Suite(.computing) struct EscapedTextTests {
    private func expect(_ text: String, _ finding: String) {
        let report = steadyReport(on: Array(text.utf8))
        let found = report.lines.filter { $0.hasPrefix("PF113") }
        #expect(found == (finding.isEmpty ? [] : [finding]), "\(report.lines)")
    }

    static let escaped: [(text: String, finding: String)] = [
        ("a,b\nR &amp; D,1\nx,2\n", "PF113 note 1 @1:1:4"),
        ("a,b\n\"O&#39;Brien\",1\nx,2\nO&#x27;Hara,3\n", "PF113 note 2 @1:1:4 @3:1:24"),
        ("a\tb\nCaf&eacute;\t1\nA&nbsp;B\t2\n&nbsp;\t3\n", "PF113 note 3 @1:1:4 @2:1:18 @3:1:29"),
        ("R&amp;D,b\nx,1\n", "PF113 note 1 @0:1:0"),
        ("a,b\nCaf\\u00e9,1\n\\u4f1a\\u793e,2\n", "PF113 note 2 @1:1:4 @2:1:16"),
        ("a,b\nO\\'Brien,1\nx,2\n", "PF113 note 1 @1:1:4"),
        ("a,b\nfirst line\\nsecond line,1\n\"one two\\r\\nthree\",2\n", "PF113 note 2 @1:1:4 @2:1:30"),
        ("a,b\nAcme%20UK,1\nM%C3%BCller,2\n", "PF113 note 2 @1:1:4 @2:1:16"),
        ("Posting_x0020_Date,b\nx_x000D_y,1\n", "PF113 note 2 @0:1:0 @1:1:21"),
        ("a,b\nCaf<U+00E9>,1\n=?utf-8?Q?Caf=C3=A9?=,2\n", "PF113 note 2 @1:1:4 @2:1:18"),
        ("a;b\r\nx;1\r\n\"R&amp;D; x\";2\r\n", "PF113 note 1 @2:1:10"),
        ("a,b\n" + String(repeating: "xyz,12345\n", count: 9_000) + "x&amp;y,1\nz,2\n", "PF113 note 1 @9001:1:90004"),
    ]

    @Test(arguments: escaped) func escapedText(text: String, finding: String) { expect(text, finding) }

    /// Names, addresses, paths, patterns, formulas, markup and JSON, in which such signs are meant.
    @Test(arguments: [
        "firm,n\nAT&T,1\nP&G;x,2\nSmith & Sons,3\nR&D,4\n",
        "code,n\n&amp;,1\n&lt;,2\n&eacute;,3\n",
        "id,body\n1,<p>R &amp; D</p>\n2,R &lt; D\n3,<b>x</b>\n",
        "id,url\n1,https://a.com/x%20y?q=M%C3%BCller\n2,/shop/blue%20shoes\n3,?a=b%20c\n",
        "id,x\n1,20%25\n2,%20th%\n3,100%20 deal\n4,5%\n",
        "id,path\n1,C:\\new\\table\n2,\\\\srv\\users\\n\n3,a b\\notes\\x\n",
        "id,user\n1,CORP\\nora\n2,CORP\\tom\n3,CORP\\ann\n",
        "id,re\n1,[\\n\\t]+\n2,^\\d+ \\w$\n",
        "id,tex\n1,$\\nu = \\theta$\n2,\\nabla x\n",
        "id,json\n1,\"{\"\"a\"\": \"\"Caf\\u00e9 x\\ny\"\"}\"\n2,\"[\"\"b\\u0026\"\"]\"\n",
        "id,n\n1,_x_\n2,a_x12_b\n3,=?\n4,<U>\n",
    ])
    func otherText(text: String) { expect(text, "") }

    /// The first escape of each format, and what it stands for.
    @Test func whatEscapesStandFor() {
        let finding = report(on: "a,b\nR &amp; D,\\u00e9t\\u00e9\nAcme%20UK,x\n").findings.first { $0.code == "PF113" }
        for words in [
            "3 values in 2 rows are escaped", "\"&amp;\" is \"&\" in HTML", "\"\\u00e9\" is \"é\" in JSON",
            "\"%20\" is a space in web addresses",
        ] {
            #expect(finding?.message.contains(words) == true, "\(finding?.message ?? "")")
        }
    }

    /// In a semicolon file an entity cuts its field.
    @Test func entitiesThatCut() {
        let finding = report(on: "a;b\nR &amp; D;1\nx;2\n").findings.first { $0.code == "PF205" }
        #expect(finding?.message.contains("ends an entity of HTML") == true && finding?.help.contains("without escapes of HTML") == true)
        let other = report(on: "a;b\nR&D; D;1\nx;2\n").findings.first { $0.code == "PF205" }
        #expect(other?.message.contains("HTML") == false)
    }
}
