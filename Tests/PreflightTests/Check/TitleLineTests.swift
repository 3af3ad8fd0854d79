import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Title lines that have delimiters, and titles above a table of one row.
@Suite(.computing) struct TitleLineTests {
    private static let rows = "A,1\nB,2\nC,3\n"
    private static let many = (0..<60).map { "A\($0),\($0 * 3)\n" }.joined()

    static let titles: [(text: String, lines: Int)] = [
        // As wide as the header.
        ("Exported by Smith, J.\nname,amount\n" + rows, 1),
        ("Company,X Ltd\nname,amount\n" + rows, 1),
        ("Company,X Ltd\nname,amount\n" + many, 1),
        ("# made by tool, v2\nname,amount\n" + rows, 1),
        ("# made by tool, v2\n# host alpha, 10.0.0.1\nname,amount\n" + many, 2),
        ("\u{FEFF}Company;X Ltd\r\nPeriod;01.2026\r\nname;amount\r\nA;1\r\nB;2\r\n", 2),
        ("Exported by Smith\tJ. 2\nname\tamount\nA\t1\nB\t2\n", 1),
        ("Exported by Smith, J.\rname,amount\rA,1\rB,2\r", 1),
        ("Mandant;4711\nKonto;Betrag\n602200;1,5\n602300;2,5\n", 1),
        ("Report for January,Finance dept\nregion,units\nNorth,5\nSouth,6\n", 1),
        // What a user typed, and a list that is laid out in columns, with a margin or a blank line below its names.
        ("SQL> select id, name from t;\n\nID,NAME\n1,Ann\n2,Bob\n3,Cy\n", 2),
        ("mysql> select a, b from t;\na,b\n1,5\n2,6\n", 1),
        ("10.01.2026\tList\t\t1\n\n\tCompany\tNumber\tAmount\n\t1000\t4711\t5,00\n\t1000\t4712\t6,50\n", 2),
        ("10.01.2026\tList\t\t1\n\n\tCompany\tNumber\tAmount\n\n\t1000\t4711\t5,00\n\t1000\t4712\t6,50\n", 2),
        ("X LLC,,\n\"Profit and Loss\",,\n\"January 1-31, 2026\",,\n,,\n,Jan 2026,Total\nIncome,5.00,5.00\nCosts,3.00,3.00\n", 4),
        // Above texts only: the names say it.
        ("# made by tool, v2\nname,city\nBob,Rome\nEve,Oslo\n", 1),
        // Narrower and wider.
        ("Company,X Ltd\nregion,units,sales\nNorth,5,1.5\nSouth,6,2.5\n", 1),
        ("Exported by Smith, J., London\nname,amount\n" + rows, 1),
        // Above one row.
        ("Exported by Smith\nPeriod 2026\n\nDay,Kind,Sum\n2026-01-01,x,5\n", 3),
        ("Exported by Smith\n\nDay,Kind,Sum\n2026-01-01,x,5\n", 2),
        ("Report\nDay;Kind;Sum\n2026-01-01;x;5\n", 1),
        ("Balance sheet\r\n\r\nEntity;Amount\r\nFR;5\r\n", 2),
        ("Company,X Ltd\nname,amount\nA,1\n", 1),
        // An amount with its currency.
        (
            "\"Sales\";\"Made on 05.02.2026\"\n\n\"IBAN\";\"DE12 3456\"\n\"Balance\";\"1.234,56\";\"EUR\"\n\n"
                + "\"Booked\";\"Valued\";\"Payee\";\"Text\";\"Sum\";\"Unit\"\n"
                + "\"02.01.2026\";\"02.01.2026\";\"A\";\"b\";\"-45,10\";\"EUR\"\n\"03.01.2026\";\"03.01.2026\";\"C\";\"d\";\"-60,00\";\"EUR\"\n",
            5
        ),
        // Names of a table that looks like labels and values.
        ("Report\nDate,Total\n2026-01-01,5\n2026-01-02,6\n", 1),
    ]

    @Test(arguments: titles) func titleLine(text: String, lines: Int) {
        let report = steadyReport(on: Array(text.utf8))
        let finding = report.findings.first { $0.kind == .preamble }
        #expect(finding?.count == lines, "\(report.lines)")
        #expect(finding?.message.contains("the header is line \(lines + 1)") == true)
        // Nothing is said of another table, whose remedy would lose rows.
        #expect(
            !report.findings.contains { $0.message.contains("second") || $0.message.contains("units") }, "\(report.findings.map(\.message))"
        )
    }

    /// Headers of many words, with spaces after the delimiters or a number sign; units and second headers below a header; tables one below the other.
    @Test(arguments: [
        "Company,Net sales\nText,EUR\nA,5\nB,6\n",
        "First name, Last name, Amount\nBob,Roe,5\nAnn,Doe,6\n",
        "Name, title,Amount\nA,B,5\nC,D,6\n",
        "# Items,Price\n5,2.5\n6,3.5\n",
        "#id,name\n1,a\n2,b\n3,c\n",
        "// comment,n\na,1\nb,2\n",
        "name\nalpha\nbeta\n\nname,firm\na,b\n",
        "Name of the customer,Total amount\nAlpha Beta,unknown\nGamma,6\nDelta,7\n",
        "Account,2025,2026\nSales,5,6\nCosts,3,4\n",
        "Company,Sales\nAcme,Paris\nBeta,5\nGamma,6\nDelta,7\n",
        "Firma GmbH & Co,Umsatz\nAlpha,tbd\nBeta,6\nGamma,7\n",
        "no,vendor name,days\nRuiz,North,30\nOkoro,South,14\n",
        "Entity\nFR01,x\nDE02,5\n",
        "Selected,Amount\nx,5\ny,6\n",
        ",Jan 26,Feb 26\nIncome,5,6\nCosts,3,4\n",
        "Account,,2026\nA,x,5\nB,y,6\n",
    ])
    func header(text: String) {
        let report = steadyReport(on: Array(text.utf8))
        #expect(!report.findings.map(\.kind).contains(.preamble), "\(report.lines)")
    }

    /// A profile knows the names: whatever is above them is no header.
    @Test func namesOfTheProfile() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: name, type: text}, {name: sum, type: number}]\n")
        let text = "Alpha,Beta\nGamma,Delta\nname,sum\nA,1\nB,2\n"
        #expect(report(on: text, options: CheckOptions(profile: profile)).findings.map(\.kind) == [.preamble])
        let own = report(on: "name,sum\nA,1\nB,2\n", options: CheckOptions(profile: profile))
        #expect(own.findings.isEmpty)
    }
}
