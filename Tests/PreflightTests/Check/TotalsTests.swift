import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight

/// A last row that is the total of the others, and last rows that only look like one.
@Suite(.computing) struct TotalsTests {
    private static let body = "Entity;City;Amount\nA;Rome;12.50\nB;Oslo;7.25\nC;Bonn;-3.00\nD;Kiel;20.40\n"

    /// Labels of totals by themselves: their sum is wrong, so that the word alone speaks.
    static let labels = [
        "Total", "TOTAL", "Total:", "Grand Total", "Total 2026", "Total EUR", "Total (EUR)", "Summe", "Gesamt", "Gesamtergebnis",
        "Ergebnis",
        "Gesamtsumme:", "*", "**", "Σ", "∑", "Somme", "Total général", "Total General", "Totale", "Suma", "Totaal", "Razem", "Celkem",
        "Итого",
        "合計", "Yhteensä", "\"Total\"", " Total ",
    ]

    @Test(arguments: labels) func label(label: String) {
        let report = steadyReport(on: Array((Self.body + "\(label);;37.00\n").utf8))
        #expect(report.lines.filter { $0.hasPrefix("PF214") } == ["PF214 warning 1 @5:-:\(Self.body.utf8.count)"])
    }

    /// Labels that say nothing by themselves: the sum does.
    static let sums: [(name: String, text: String)] = [
        ("an unknown word", body + "Alles zusammen;;37.15\n"), ("a blank label", body + ";;37.15\n"),
        ("no label column blank", body + "Everything;all;37.15\n"),
        ("decimal commas", body.replacing(".", with: ",") + ";;37,15\n"),
        ("groups", "a;b\nx;1,234.50\ny;2,000.25\nz;1.00\nw;3,235.75\n"),
        ("groups and decimal commas", "a;b\nx;1.234,50\ny;2.000,25\nz;1,00\nw;3.235,75\n"),
        ("currency", "a;b\nx;12.50 €\ny;13.25 €\nz;1.01 €\nw;26.76 €\n"),
        ("negative", "a;b\nx;-12.50\ny;(13.25)\nz;1.01-\nw;-26.76\n"),
        ("short numbers and a blank label", "a,b\nx,1\ny,2\nz,4\n,7\n"),
        ("two columns of short numbers", "a,b,c\nx,1,5\ny,2,3\nz,4,1\nw,7,9\n"),
        ("a word for no value", "a,b\nx,12.50\ny,n/a\nz,1.25\nu,3.00\nw,16.75\n"),
        ("CRLF", "a,b\r\nx,12.50\r\ny,1.25\r\nz,3.00\r\nw,16.75\r\n"),
        ("no line end", "a,b\nx,12.50\ny,1.25\nz,3.00\nw,16.75"),
        ("a mark", "\u{FEFF}a,b\nx,12.50\ny,1.25\nz,3.00\nw,16.75"),
        ("blank lines after it", "a,b\nx,12.50\ny,1.25\nz,3.00\nw,16.75\n\n\n"),
        ("nothing but numbers", "a,b\n1,12.50\n2,1.25\n3,3.00\n4,16.75\n"),
        ("zeros among them", "a,b\n1,12.50\n2,0\n3,1.25\n4,0.00\n5,3.00\n6,16.75\n"),
        ("quoted", "a,b\n\"x\",\"12,50\"\n\"y\",\"1,25\"\n\"z\",\"3,00\"\n\"w\",\"16,75\"\n"),
    ]

    @Test(arguments: sums) func sum(name: String, text: String) {
        let findings = steadyReport(on: Array(text.utf8)).findings.filter { $0.kind == .totalsRow }
        #expect(findings.count == 1)
        #expect(findings.first?.message.contains("of the rows above") == true)
    }

    /// The same under a profile, in UTF-16, and without a header.
    @Test func sumsUnderAProfile() throws {
        let profile = try Profile(
            yaml: "version: 1\ncolumns: [{name: a, type: number}, {name: b, type: number, number: {suffix: \"kg\"}}]\n")
        let options = CheckOptions(profile: profile)
        #expect(
            steadyReport(on: Array("a,b\n1,12.50\n2,1.25\n3,3.00\n4,16.75\n".utf8), options: options).lines.contains {
                $0.hasPrefix("PF214")
            })
        var transcoded = CheckOptions()
        transcoded.encoding = .utf16LittleEndian
        let wide = Array("a,b\nx,12.50\ny,1.25\nz,3.00\nw,16.75\n".utf8).flatMap { byte -> [UInt8] in [byte, 0] }
        #expect(steadyReport(on: wide, options: transcoded).lines.contains { $0.hasPrefix("PF214") })
        #expect(
            steadyReport(on: Array("x,12.50\ny,1.25\nz,3.00\nw,16.75\n".utf8), options: CheckOptions(hasHeader: false)).lines
                .contains("PF214 warning 1 @4:-:22"))
    }

    static let data: [(name: String, text: String)] = [
        ("a city", body + "Grand Rapids;;11.00\n"), ("a company", body + "Total Energies SE;;11.00\n"),
        ("a company of that name with its city", body + "Total;Paris;11.00\n"),
        ("a longer word", body + "Totally;;11.00\n"), ("a blank label", body + ";;11.00\n"), ("a blank label and no number", body + ";;\n"),
        ("two rows", "a,b\nx,16.75\ny,16.75\n"), ("three rows", "a,b\nx,12.50\ny,4.25\nz,16.75\n"),
        ("small integers", "a,b\nx,1\ny,2\nz,4\nw,7\n"), ("small integers twice", "a,b,c\nx,1,1\ny,2,2\nz,4,4\nw,7,7\n"),
        ("round numbers", "a,b\nx,1000\ny,2000\nz,3000\nw,6000\n"), ("zeros", "a,b\nx,0\ny,0\nz,0\n,0\n"),
        ("a zero sum", "a,b\nx,12.50\ny,-12.50\nz,7.00\nu,-7.00\nv,0.00\n"), ("a word among texts", "a,b\nx,y\nz,u\nTotal,\n"),
        ("one column of texts", "Item\nA\nB\nTotal\n"), ("a total that is not last", "a,b\nx,12.50\nTotal,12.50\ny,3.00\n"),
        ("only a total", "a,b\nTotal,5\n"), ("one that is off by a cent", "a,b\nx,12.50\ny,1.25\nz,3.00\nw,16.76\n"),
        ("ids", "id,b\n1,x\n2,y\n3,z\n"),
    ]

    @Test(arguments: data) func ordinaryData(name: String, text: String) {
        #expect(steadyReport(on: Array(text.utf8)).findings.filter { $0.kind == .totalsRow } == [])
    }

    /// In a file that is longer than its beginning, the label decides: a word or sign, or the only blank one.
    @Test(arguments: [
        ("Total;;5\n", true), ("Gesamtergebnis;;5\n", true), ("*;;5\n", true), (";;5\n", true), ("X;;5\n", false), ("X;y;5\n", false),
        ("Total;y;5\n", false),
    ])
    func longFile(end: String, isTotal: Bool) {
        var options = CheckOptions()
        options.headByteCount = 64
        let bytes = Array("Entity;City;Amount\n".utf8) + Array(repeatElement(Array("FR01;Rome;12.50\n".utf8), count: 300).joined())
        let report = steadyReport(on: bytes + Array(end.utf8), options: options)
        #expect(report.findings.contains { $0.kind == .totalsRow } == isTotal)
        let blankBefore = steadyReport(on: bytes + Array(";Rome;3\nFR01;;1\nFR01;Rome;3\n;;5\n".utf8), options: options)
        #expect(!blankBefore.findings.contains { $0.kind == .totalsRow })
    }
}
