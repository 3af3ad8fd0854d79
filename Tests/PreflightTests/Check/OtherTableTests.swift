import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Another table of the same width inside the data: after a blank line, under a title, or with no gap.
@Suite(.computing) struct OtherTableTests {
    static let tables: [(text: String, line: Int, commands: String)] = [
        // One column changes from numbers to texts.
        ("a,b,c\nx,1,2\ny,2,3\n\na,n,v\nz,Q,1\nw,R,2\n", 5, "head -n 3 FILE > FILE.1.csv; tail -n +5 FILE > FILE.2.csv"),
        ("name,amount\nx,1\ny,2\n\ncity,country\nParis,FR\nRome,IT\n", 5, "head -n 3 FILE > FILE.1.csv; tail -n +5 FILE > FILE.2.csv"),
        (
            "name;amount\r\nx;1\r\ny;2\r\n\r\ncity;country\r\nParis;FR\r\nRome;IT\r\n", 5,
            "head -n 3 FILE > FILE.1.csv; tail -n +5 FILE > FILE.2.csv"
        ),
        // Many rows of texts.
        (
            "name,amount\n" + String(repeating: "x,1\n", count: 50) + "\ncity,country\n" + String(repeating: "Paris,FR\n", count: 50), 53,
            "head -n 51 FILE > FILE.1.csv; tail -n +53 FILE > FILE.2.csv"
        ),
        // Under a title, which is a row of one field, or padded.
        (
            "name,amount\nx,1\ny,2\nOther table\ncity,country\nParis,FR\nRome,IT\n", 5,
            "head -n 3 FILE > FILE.1.csv; tail -n +5 FILE > FILE.2.csv"
        ),
        (
            "name,a,b\nx,1,2\ny,2,3\n\n# Second,,\nArea,Units,Sales\nz,5,6\nw,3,4\n", 6,
            "head -n 3 FILE > FILE.1.csv; tail -n +6 FILE > FILE.2.csv"
        ),
        // Names that are alike, with a gap and without.
        ("name,a,b\nx,1,2\ny,2,3\nArea,Total,Total\nz,5,6\nw,3,4\n", 4, "head -n 3 FILE > FILE.1.csv; tail -n +4 FILE > FILE.2.csv"),
        ("name,a,b\nx,1,2\ny,2,3\n\nArea,Total,Total\nz,5,6\nw,3,4\n", 5, "head -n 3 FILE > FILE.1.csv; tail -n +5 FILE > FILE.2.csv"),
        // The same columns in another order.
        (
            "Day,Cost,Site\n1,2,x\n3,4,y\nSite,Day,Cost\nz,5,6\nw,7,8\n", 4,
            "head -n 3 FILE > FILE.1.csv; tail -n +4 FILE > FILE.2.csv"
        ),
        (
            "Line;Jan 26;Feb 26\r\nA;1;2\r\nB;3;4\r\nJan 26;Feb 26;Line\r\n1;2;C\r\n", 4,
            "head -n 3 FILE > FILE.1.csv; tail -n +4 FILE > FILE.2.csv"
        ),
        ("name\tamount\nx\t1\ny\t2\n\ncity\tsales\nParis\t5\nRome\t6\n", 5, "head -n 3 FILE > FILE.1.csv; tail -n +5 FILE > FILE.2.csv"),
    ]

    @Test(arguments: tables) func otherTable(text: String, line: Int, commands: String) {
        #expect(lines(of: "PF229", in: text) == [line])
        let finding = report(on: text).findings.first { $0.code == "PF229" }
        #expect(finding?.help.contains(commands) == true, "\(finding?.help ?? "")")
    }

    /// Below names in another order each value is in a wrong column: that blocks.
    @Test func otherOrder() {
        let report = report(on: "Day,Cost,Site\n1,2,x\n3,4,y\nSite,Day,Cost\nz,5,6\nw,7,8\n")
        let finding = report.findings.first { $0.code == "PF229" }
        #expect(finding?.severity == .error && finding?.message.contains("the names of the header in another order") == true)
    }

    /// The title of the other table is a part of the same trouble.
    @Test func titleOfTheOtherTable() {
        let findings = report(on: "name,amount\nx,1\ny,2\nOther table\ncity,country\nParis,FR\nRome,IT\n").findings
        let title = findings.first { $0.code == "PF204" }
        #expect(title?.message.contains("the title of another table") == true && title?.help == findings.first { $0.code == "PF229" }?.help)
    }

    /// Words for a value that is missing or not good, groups of rows with a blank line between them, totals.
    @Test(arguments: [
        "a,b\nx,1\n\ny,bad\nz,2\n",
        "a,b\nx,1\n\ny,low\nz,high\nw,mid\n",
        "name,qty,price\nx,1,2\n\ny,unknown,pending\nz,2,3\n",
        "a,b,c\nx,1,2\ny,tbc,tbc\nz,2,3\n",
        "name,amount\nx,1\n\nTotal,n/a\ny,2\n",
        "dept,person\nSales,Ann\nCosts,Bob\n\nSales,Cy\nStock,Di\n",
        "name,amount\n" + String(repeating: "x,1\n\n", count: 20),
        "name,note\nx,5\n\nday shift,closed\ny,6\nz,7\n",
        "name,city\nBob,Rome\nCity,Name\nAnn,Oslo\n",
        "field,type,note\nfield,text,note\ntype,text,x\n",
    ])
    func oneTable(text: String) {
        #expect(lines(of: "PF229", in: text) == [])
    }

    /// A table of another width, and titles above a small one: no command loses a row.
    @Test(arguments: [
        ("a,b,c\n1,2,3\n\nd,e\n1,2\n3,4\n", "head -n 2 FILE > FILE.1.csv; tail -n +4 FILE > FILE.2.csv"),
        ("a,b\n1,2\n\n\n# Other\nc,d,e\n1,2,3\n4,5,6\n", "head -n 2 FILE > FILE.1.csv; tail -n +6 FILE > FILE.2.csv"),
        ("no,part\n1,x\n2,y\nno,firm,city\n20,Alt,Kiel\n21,Neu,Bonn\n", "head -n 3 FILE > FILE.1.csv; tail -n +4 FILE > FILE.2.csv"),
    ])
    func tableOfAnotherWidth(text: String, commands: String) {
        let report = steadyReport(on: Array(text.utf8))
        #expect(report.findings.contains { $0.help.hasSuffix(commands) }, "\(report.findings.map(\.help))")
    }
}
