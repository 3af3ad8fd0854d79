import ImportProfiles
import Testing

@testable import Preflight

/// Values are rewritten into the format of their column, or left alone.
@Suite struct ValueRepairTests {
    private static func column(_ settings: String) throws -> ColumnProfile {
        try Profile(yaml: "version: 1\ncolumns: [{name: v, \(settings)}]").columns[0]
    }

    /// What becomes of a value by itself; `?` after what may mean something else, `-` where it is left.
    @Test(arguments: [
        ("type: number", "12.5", "."), ("type: number", " 12.5 ", "12.5"), ("type: number", "12.5-", "-12.5"),
        ("type: number", "(12.5)", "-12.5"),
        ("type: number", "12,5", "12.5"), ("type: number", "1.234,56", "1234.56"), ("type: number", "1,234.56", "1234.56"),
        ("type: number", "1.234.567", "1234567"), ("type: number", "1 234,5", "1234.5"), ("type: number", "1\u{A0}234,5", "1234.5"),
        ("type: number", "1\u{202F}234", "1234"), ("type: number", "1'234.5", "1234.5"), ("type: number", "1’234.5", "1234.5"),
        ("type: number", "12 EUR", "12"), ("type: number", "€ 12", "12"), ("type: number", "-€12", "-12"),
        ("type: number", "12,50 €-", "-12.50"),
        ("type: number", "'12", "12"), ("type: number", "+12", "12"), ("type: number", "−12", "-12"),
        ("type: number", "(1.234,56 €)", "-1234.56"),
        ("type: number", "1,234", "1234?"), ("type: number", "1,23,4", "-"), ("type: number", "abc", "-"),
        ("type: number", "12 pieces", "-"),
        ("type: number", "5%", "-"), ("type: number", "1e3", "1000"), ("type: number", "-1.25E-1", "-0.125"), ("type: number", "1e99", "-"),
        ("type: number", "n/a", ""), ("type: number", "   ", ""),
        ("type: number", "", "."),
        ("type: number, required: true", "n/a", "-"), ("type: number, number: {percent: true}", " 5% ", "5%"),
        ("type: number, number: {decimal: \",\"}", "12.5", "12,5"),
        ("type: number, number: {decimal: \",\", group: \".\"}", "1.234-", "-1234"),
        ("type: number, number: {decimal: \",\", group: \".\"}", "1,234.5", "1234,5"),
        ("type: number, number: {suffix: \" EUR\"}", "(12.5 EUR)", "-12.5 EUR"),
        ("type: integer", "12.0", "12"), ("type: integer", "1.234.567", "1234567"), ("type: integer", "12.5", "-"),
        ("type: integer", " 7", "7"),
        ("type: date", "2026-01-02", "."), ("type: date", "2026-1-2", "2026-01-02"), ("type: date", "2026/01/02", "2026-01-02"),
        ("type: date", "31.12.2026", "2026-12-31"), ("type: date", "12/31/2026", "2026-12-31"), ("type: date", "20261231", "2026-12-31"),
        ("type: date", "2026-12-31 00:00:00", "2026-12-31"), ("type: date", "2026-12-31 12:30:00", "-"),
        ("type: date", "3 Feb 2026", "2026-02-03"),
        ("type: date", "February 3, 2026", "2026-02-03"), ("type: date", "03/04/2026", "-"), ("type: date", "31.02.2026", "-"),
        ("type: date", "3/3/2026", "2026-03-03"), ("type: date", "1/2/26", "-"),
        ("type: date, date: {format: dd/MM/yyyy}", "2026-12-31", "31/12/2026"),
        ("type: date, date: {format: dd/MM/yyyy}", "03.04.2026", "03/04/2026?"),
        ("type: date, date: {format: dd-MMM-yyyy}", "2026-12-31", "31-Dec-2026"),
        ("type: boolean", "true", "TRUE"), ("type: boolean", "yes", "TRUE?"), ("type: text", " x ", "."),
    ])
    func alone(settings: String, value: String, expected: String) throws {
        let result = ValueRepair(try Self.column(settings)).repaired(Array(value.utf8), nil)
        let shown = result.map { String(decoding: $0.text, as: UTF8.self) + ($0.isSafe ? "" : "?") }
        #expect(shown ?? "nil" == (expected == "." || expected == "-" ? "nil" : expected))
    }

    /// What the other values of a column say.
    @Test(arguments: [
        // All show a decimal comma: so does the one that can be read in two ways, and the one that the profile would read.
        ("type: number", ["1.234,56", "7,5", "1,234", "1.234"], ["1234.56", "7.5", "1.234", "1234"]),
        // Both ways occur: what reads one way only is rewritten.
        ("type: number", ["1.234,56", "12.5", "1,234"], ["1234.56", "12.5", "?"]),
        ("type: number", ["1,234.5", "1,234"], ["1234.5", "1234"]),
        ("type: number", ["5 EUR", "5 USD"], ["?", "?"]),
        ("type: date, date: {format: MM/dd/yyyy}", ["31/12/2026", "03/04/2026"], ["12/31/2026", "04/03/2026"]),
        ("type: date", ["31.12.2026", "03.04.2026"], ["2026-12-31", "2026-04-03"]),
        ("type: date", ["31/12/2026", "12/31/2026", "03/04/2026"], ["2026-12-31", "2026-12-31", "-"]),
    ])
    func together(settings: String, values: [String], expected: [String]) throws {
        let repair = ValueRepair(try Self.column(settings))
        var tally = ReadingTally()
        for value in values { repair.count(Array(value.utf8), in: &tally) }
        let results = values.map { value -> String in
            guard let result = repair.repaired(Array(value.utf8), tally) else { return value }
            return result.isSafe ? String(decoding: result.text, as: UTF8.self) : "?"
        }
        #expect(results == zip(values, expected).map { $1 == "-" ? $0 : $1 })
    }
}
