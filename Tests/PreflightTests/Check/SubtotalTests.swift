import TestSupport
import Testing

@testable import Preflight

/// Rows that sum up those above them. Expectations are counted from the bytes.
@Suite(.computing) struct SubtotalTests {
    private func expect(_ text: String, _ finding: String) {
        let report = steadyReport(on: Array(text.utf8))
        let found = report.lines.filter { $0.hasPrefix("PF232") }
        #expect(found == (finding.isEmpty ? [] : [finding]), "\(report.lines)")
    }

    /// A line of the header, three groups of three rows, and what follows each group.
    private static func groups(_ labels: [String], delimiter: String = ",", names: [String] = ["A", "B", "C"], end: String = "\n") -> String
    {
        var text = ["g", "p", "n"].joined(separator: delimiter) + end
        for (index, label) in labels.enumerated() {
            for row in 1...3 { text += [names[index], "p\(row)", "\(100 * (index + 1) + row)"].joined(separator: delimiter) + end }
            text += [label, "", "\(300 * (index + 1) + 6)"].joined(separator: delimiter) + end
        }
        return text
    }

    static let subtotals: [(text: String, finding: String)] = [
        (groups(["Total A", "Total B", "Total C"]), "PF232 warning 3 @4:-:33 @8:-:73 @12:-:113"),
        (groups(["A Total", "B Total", "C Total"], delimiter: ";", end: "\r\n"), "PF232 warning 3 @4:-:37 @8:-:81 @12:-:125"),
        // The last row is told by itself.
        (groups(["Subtotal", "Subtotal", "Subtotal"]), "PF232 warning 2 @4:-:33 @8:-:74"),
        (groups(["*", "*", "*"], delimiter: "\t"), "PF232 warning 2 @4:-:33 @8:-:67"),
        (groups(["Summe A", "Summe B", "Summe C"]), "PF232 warning 3 @4:-:33 @8:-:73 @12:-:113"),
        (groups(["Sous-total A", "Sous-total B", "Sous-total C"]), "PF232 warning 3 @4:-:33 @8:-:78 @12:-:123"),
        // One, and the sum, without another label.
        ("r,n\na,120\nb,230\nc,345\nTotal north,695\nd,10\ne,20\n", "PF232 warning 1 @4:-:22"),
        // Short sums: of each group, and of one that is not the last.
        ("s,n\nN,5\nN,6\nTotal N,11\nS,4\nS,3\nTotal S,7\n", "PF232 warning 2 @3:-:12 @6:-:31"),
        ("s,n\nN,5\nN,6\nN,8\nSubtotal,19\nS,4\nS,3\nS,3\nSubtotal,10\n", "PF232 warning 1 @4:-:16"),
        // Blank labels, and sums that are rounded.
        ("r,s,n\na,x,1.1\nb,x,2.2\nTotal r,,3.4\nc,y,5.5\nd,y,6.6\nTotal s,,12.2\ne,z,1\n", "PF232 warning 2 @3:-:22 @6:-:51"),
    ]

    @Test(arguments: subtotals) func rowsThatSumUp(text: String, finding: String) { expect(text, finding) }

    /// Companies, figures and notes that are called so.
    @Test(arguments: [
        "c,city,n\nTotal Energies,Paris,100\nShell,London,200\nTotal Gas,Lyon,55\nBP,London,10\n",
        "kpi,unit,n\nTotal revenue,EUR,100\nTotal heads,FTE,20\nMargin,%,30\nTotal assets,EUR,900\nChurn,%,3\n",
        "t,s,h\n1,Total loss,5\n2,Sum of parts,6\n3,Total,7\n4,Fix,8\n5,x,9\n",
        "code,name,parent\nFR,France,TOTAL\nDE,Germany,TOTAL\nTOTAL,Total Group,\nUK,Britain,TOTAL\n",
        // One short sum may be chance.
        "c,n\nBP,2\nShell,3\nTotal Energies,5\nAral,7\nEsso,4\n",
        "h,stars,n\nAdlon,*****,300\nIbis,**,70\nB&B,***,90\nX,*,50\n",
        "c,city,n\nTotal Energies,,100\nShell,London,200\nBP,London,10\nAral,Bonn,20\n",
        "c,city,n\nTotal Energies,,100\nShell,,200\nTotal Gas,,10\nAral,Bonn,20\nBP,Rome,3\n",
    ])
    func otherRows(text: String) { expect(text, "") }
}
