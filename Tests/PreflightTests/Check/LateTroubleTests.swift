import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Without a profile, values that are not what they seem are found in all of the file. Expectations are counted from the bytes.
@Suite(.computing) struct LateTroubleTests {
    private func expect(_ codes: [String], _ text: String, _ findings: [String], options: CheckOptions = CheckOptions()) {
        let report = steadyReport(on: Array(text.utf8), options: options)
        let found = report.lines.filter { line in codes.contains { line.hasPrefix($0) } }
        #expect(found == findings, "\(report.lines)")
    }

    /// 90 000 bytes of rows below a header of four.
    private static let rows = "a,b\n" + String(repeating: "xyz,12345\n", count: 9_000)

    // MARK: Formulas

    static let formulas: [(text: String, finding: String)] = [
        ("a,b\n=SUM(B2:B9),x\n\"=VLOOKUP(A2,Sheet2!A:B,2,FALSE)\",y\n", "PF610 warning 2 @1:1:4 @2:1:18"),
        ("a;b\r\n=A1+B1;x\r\n=$B$2*1,5;y\r\n", "PF610 warning 2 @1:1:5 @2:1:15"),
        ("a\tb\n@SUM(A1:A9)\tx\n+E5+E6\ty\n", "PF610 warning 2 @1:1:4 @2:1:18"),
        ("a,b\n\"=HYPERLINK(\"\"http://a.com\"\",\"\"x\"\")\",1\n='Plan 1'!B3,2\n", "PF610 warning 2 @1:1:4 @2:1:43"),
        ("a,b\n=СУММ(B2:B9),x\ny,z\n", "PF610 warning 1 @1:1:4"),
        (rows + "=A1*2,1\n", "PF610 warning 1 @9001:1:90004"),
        // Signs, filters, definitions, phone numbers, handles, names.
        ("a,b\n=,x\n>=5,y\n=5,z\n==,u\n=)\n", ""),
        ("a,b\n=Revenue - Cost,x\n=Lost / Total,y\n=MRR x 12,z\n", ""),
        ("a,b\n+49 30 1234,x\n+1 (212) 555,y\n+A1,z\n+Plus,u\n", ""),
        ("a,b\n@ann,x\n@bob(work),y\n-A1-B2,z\n", ""),
    ]

    @Test(arguments: formulas) func spreadsheetFormulas(text: String, finding: String) {
        expect(["PF610"], text, finding.isEmpty ? [] : [finding])
    }

    /// In a column of numbers it is unlike the others, and a profile has a reason for it.
    @Test func formulasAmongNumbers() throws {
        let text = "a,b\nx,1\ny,2\nz,=B1+B2\nu,4\nv,5\nw,6\np,7\nq,8\nr,9\ns,10\n"
        let finding = report(on: text).findings.first { $0.code == "PF420" }
        #expect(finding?.message.contains("cannot be read as an integer: formula of a spreadsheet") == true, "\(finding?.message ?? "")")
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: a, type: text}, {name: b, type: number}]\n")
        let under = report(on: text, options: CheckOptions(profile: profile)).findings.first { $0.code == "PF401" }
        #expect(under?.examples.first?.reason?.contains("formula of a spreadsheet") == true)
    }

    // MARK: After the beginning

    static let late: [(codes: [String], text: String, findings: [String])] = [
        (["PF606"], rows + "\\N,1\nx,2\nNULL,3\n", ["PF606 warning 2 @9001:1:90004 @9003:1:90013"]),
        (["PF609"], rows + "#REF!,1\nx,2\n", ["PF609 warning 1 @9001:1:90004"]),
        (["PF605"], rows + "'0012,1\nx,2\n'-5,3\n", ["PF605 warning 2 @9001:1:90004 @9003:1:90016"]),
        (["PF604"], rows + "4.70012E+17,1\nx,2\n4.7E+17,3\n", ["PF604 warning 2 @9001:1:90004 @9003:1:90022"]),
        (["PF604"], rows + "\"8,81E+19\",1\nx,2\n", ["PF604 warning 1 @9001:1:90004"]),
        (["PF604", "PF605", "PF606", "PF609"], rows + "None,1\n#1,2\n's,3\n4.7E+3,4\n12E7,5\n", []),
    ]

    @Test(arguments: late) func afterTheBeginning(codes: [String], text: String, findings: [String]) { expect(codes, text, findings) }

    /// Texts under a profile are looked at in the first 256 kB.
    @Test func idsUnderAProfile() throws {
        let options = CheckOptions(profile: try Profile(yaml: "version: 1\ncolumns: [{name: a, type: text}, {name: b, type: number}]\n"))
        expect(["PF604"], Self.rows + "4.70012E+17,1\nx,2\n", ["PF604 warning 1 @9001:1:90004"], options: options)
    }

    // MARK: The header once more

    /// 102 000 bytes of rows below a header of 18.
    private static let days = "Doc No,Day,Amount\n" + String(repeating: "xyz,2026-01-01,5\n", count: 6_000)

    @Test(arguments: [
        (days + "doc_no,day,amount\nz,2026-01-02,6\n", ["PF213 error 1 @6001:-:102018"]),
        (days + "\"DOC-NO\",\"DAY\",\"AMOUNT\"\nz,2026-01-02,6\n", ["PF213 error 1 @6001:-:102018"]),
        (days + "Amount,Doc No,Day\nz,2026-01-02,6\n", ["PF229 error 1 @6001:-:102018"]),
        // The same letters in other words, fewer names, a sentence.
        (days + "Amount Doc,No,Day\nz,2026-01-02,6\n", []),
        (days + "doc_no,day,\nz,2026-01-02,6\n", []),
        (days + "doc no day amount,2026-01-02,6\n", []),
    ])
    func theHeaderOnceMore(text: String, findings: [String]) { expect(["PF213", "PF229"], text, findings) }

    // MARK: Years of two digits

    static let years: [(text: String, findings: [String])] = [
        ("a,d\nx,31.12.25\ny,01.02.26\n", ["PF603 note 2 @1:2:6 @2:2:17"]),
        ("a,d\nx,12/31/25\ny,1/2/26\n", ["PF603 note 2 @1:2:6 @2:2:17"]),
        ("a;d\r\nx;31-12-25\r\ny;1-2-35\r\n", ["PF603 warning 2 @1:2:7 @2:2:19"]),
        ("a,d\nx,02-JAN-26\ny,03-Feb-99\n", ["PF603 warning 2 @1:2:6 @2:2:18"]),
        ("a,d\nx,2 Jan 26\ny,3 Feb 2026\nz,4 Mar 26\n", ["PF603 note 2 @1:2:6 @3:2:30"]),
        (rows.replacing("12345", with: "2.3.26"), ["PF603 note 9000 @1:2:8 @2:2:19 @3:2:30"]),
        ("a,d\nx,2025-12-31\ny,2026-02-01\n", []),
        ("a,v\nx,1.2.10\ny,3.41.7\nz,4.99.12\n", []),
        ("a,m\nx,Jan 26\ny,Feb 26\n", []),
        ("bank,code\nx,20-44-13\ny,60-83-71\nz,11-02-03\n", []),
    ]

    @Test(arguments: years) func yearsOfTwoDigits(text: String, findings: [String]) { expect(["PF603"], text, findings) }

    // MARK: Reasons

    @Test(arguments: [
        ("1234.50-", "trailing sign, as SAP writes a minus"), ("'-12.5", "apostrophe before the value"),
        ("(12.5)", "parentheses for a negative number"),
        ("1.2E+5", "exponent"),
    ])
    func reasonsWithoutAProfile(value: String, words: String) {
        let text = "a,b\n" + (1...30).map { "x,\($0).5\n" }.joined() + "y,\(value)\n"
        let finding = report(on: text).findings.first { $0.code == "PF420" }
        #expect(finding?.message.contains(words) == true, "\(finding?.message ?? "")")
    }
}
