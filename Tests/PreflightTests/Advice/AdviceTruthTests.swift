import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText
@testable import ValueFormats

/// What advice says of columns where it is easily wrong.
@Suite(.computing) struct AdviceTruthTests {
    private static func checked(_ column: String, _ values: [String]) throws -> Report {
        let profile = try Profile(yaml: "version: 1\ncolumns:\n  - {name: A, type: text}\n  - {name: B, \(column)}\n")
        let text = "A;B\n" + values.map { "x;\($0)\n" }.joined()
        return steadyReport(
            on: Array(text.utf8), options: CheckOptions(profile: profile, delimiter: UInt8(ascii: ";")), sizes: [7, 64, nil])
    }

    private static func advice(_ column: String, _ values: [String]) throws -> ColumnAdvice {
        try #require(try checked(column, values).prediction.advice.first)
    }

    private static func codes(_ report: Report) -> [String] { report.findings.map(\.code) }

    /// The settings, and the values that a check with the first of them reports.
    private static let promises: [(column: String, values: [String], cells: Bounds)] = [
        // The years of the passed dates cannot be a day and a month, whatever a date with another year would be.
        ("type: date, date: {format: yyyyMMdd}", ["20260105", "20260105", "31122026"], Bounds(min: 1, max: 1)),
        ("type: date, date: {format: yyyyMMdd}", ["20101205", "20260105", "31122026"], Bounds(min: 1, max: 1)),
        ("type: number", ["#1", "#2", "#3"], Bounds(min: 3, max: 3)),
        ("type: date, date: {format: yyyy-MMM-dd}", ["2026-Apr-31", "2026-Jan-31", "2026-Jan-31"], Bounds(min: 1, max: 1)),
        ("type: date, date: {format: yyyy-MMM-dd}", ["2026-Jan-31", "2026-Jan-31", "2026-Apr-31"], Bounds(min: 1, max: 1)),
        ("type: number, \"null\": [\"0\"]", ["0", "$3", "$4"], Bounds(min: 2, max: 2)),
        ("type: number, \"null\": [\"9\"]", ["5", "$3", "$4"], Bounds(min: 2, max: 2)),
        ("type: number", ["12 €", "3 €", "5 $", "x"], Bounds(min: 4, max: 4)),
        ("type: boolean", ["oui", "non", "Oui", "TRUE"], Bounds(min: 0, max: 3)),
        ("type: dimension, items: [A, B], on-missing: skip", ["a", "b", "A", "n/a"], Bounds(min: 1, max: 3)),
        ("type: dimension, items: [\"A \", B], on-missing: skip", ["A", "b", " B"], Bounds(min: 0, max: 3)),
    ]

    @Test(arguments: promises.indices)
    func promise(_ index: Int) throws {
        let (column, values, cells) = Self.promises[index]
        let advice = try Self.advice(column, values)
        #expect(advice.cells == cells)
        for setting in advice.settings {
            let line = setting.profileLine.dropFirst("- {name: B, ".count).dropLast()
            let second = try Self.checked(String(line), values)
            #expect(AdviceTests.cells(second, ColumnReference(index: 2, name: "B")) == setting.cells, "\(setting.profileLine)")
        }
    }

    @Test func compactDatesAreReadOnlyOneWay() throws {
        let advice = try Self.advice("type: date, date: {format: yyyyMMdd}", ["20260105", "20260105", "31122026"])
        #expect(advice.settings.first?.words == "date format yyyyMMdd or ddMMyyyy")
        #expect(advice.settings.first?.cells == .zero)
        #expect(!advice.settings.contains { $0.words == "date format ddMMyyyy" })
    }

    @Test func everyWordForNoValueIsListed() throws {
        let advice = try Self.advice("type: number", ["n/a", "NA", "n/a", "-", "5"])
        #expect(advice.settings.first?.cells == .zero)
        for word in ["n/a", "NA", "-"] { #expect(advice.settings[0].words.contains("\"\(word)\"")) }
    }

    @Test func itemsInOtherCase() throws {
        let advice = try Self.advice("type: dimension, items: [A, B], on-missing: skip", ["a", "b", "A"])
        #expect(advice.settings.map(\.words) == ["items case ignore"])
        #expect(advice.settings.first?.cells == .zero)
        #expect(advice.shapes.map { "\($0.count) \($0.value.text)" } == ["1 a", "1 b"])
    }

    /// Settings that come to the same are one.
    @Test func equalSettingsAreOne() throws {
        let items = try Self.advice("type: dimension, items: {list: [A, B], trim: true}, on-missing: skip", ["a", "b"])
        #expect(items.settings.map(\.words) == ["items case ignore"])
        let numbers = try Self.advice("type: number", ["1,5", "2,25", "x"])
        #expect(numbers.settings.filter { $0.cells == Bounds(min: 1, max: 1) }.map(\.words) == ["decimal \",\""])
    }

    // MARK: Harm

    /// The values allow both orders: none is recommended.
    @Test func orderOfDayAndMonthIsAsked() throws {
        let open = try Self.advice("type: date", ["05/02/2026", "07/03/2026", "2026-01-31", "04/04/2026"])
        #expect(open.openSettings == 2)
        #expect(open.openCells == 2)
        let orders = Set(open.settings.prefix(2).map(\.words))
        #expect(orders.count == 2)
        #expect(orders.contains { $0.contains("dd/MM/yyyy") } && orders.contains { $0.contains("MM/dd/yyyy") })
        let decided = try Self.advice("type: date", ["05/02/2026", "25/04/2026", "2026-01-31"])
        #expect(decided.openSettings == 0)
        #expect(decided.settings.first?.words == "date format yyyy-MM-dd or dd/MM/yyyy")
        let text = HumanReport(style: TextStyle(hasColor: false)).adviceLines(open, in: nil).joined(separator: "\n")
        #expect(text.contains("open: 2 values read differently under these formats"))
    }

    @Test func ordersAreNeverInOneList() throws {
        let values = ["05/02/2026", "25/04/2026", "04/25/2026", "4/7/26", "12.31.2026"]
        for column in ["dd/MM/yyyy", "MM/dd/yyyy", "d.M.yy", "[yyyy-MM-dd, dd/MM/yyyy]"] {
            for setting in try Self.advice("type: date, date: {format: \(column)}", values).settings {
                let line = try Profile(yaml: "version: 1\ncolumns:\n  " + setting.profileLine)
                let orders = Set(line.columns[0].date.patterns.compactMap(\.isDayFirst))
                #expect(orders.count < 2, "\(setting.profileLine)")
            }
        }
    }

    /// `8,879` is a thousand or 8.879: dropping the suffix would load the second silently.
    @Test func separatorsAreAsked() throws {
        let suffix = try Self.advice("type: number, number: {decimal: \",\", suffix: \" €\"}", ["8,879", "1,250", "12", "7"])
        #expect(suffix.openSettings == 2)
        let plain = try Self.advice("type: number", ["1,234", "2,500", "7"])
        #expect(plain.openSettings >= 2)
        #expect(plain.openCells == 2)
        // Another value says what the comma is.
        let decided = try Self.advice("type: number", ["1,234", "2,500", "1,234.50", "12,345.75"])
        #expect(decided.openSettings == 0)
        #expect(decided.settings.first?.words == "group \",\"")
    }

    @Test func formulaErrorsAreNamed() throws {
        for word in ["#REF!", "#DIV/0!", "#BEZUG!", "#NV", "#N/A", "#VALUE!", "#NAME?"] {
            let advice = try Self.advice("type: number", [word, "5", word])
            #expect(advice.formulaErrors == 2, "\(word)")
            let text = HumanReport(style: TextStyle(hasColor: false)).adviceLines(advice, in: nil).joined(separator: "\n")
            #expect(text.contains("broken formula"), "\(word)")
        }
        let mixed = try Self.advice("type: number", ["n/a", "#REF!", "5"])
        #expect(mixed.settings.contains { $0.words == "null \"n/a\"" })
        #expect(mixed.formulaErrors == 1)
    }

    // MARK: What values look like

    @Test func differentWordsAreApart() throws {
        let values = Array(repeating: "—", count: 4) + Array(repeating: "k.A.", count: 3) + ["5"]
        #expect(try Self.advice("type: number", values).shapes.map { "\($0.count) \($0.value.text)" } == ["4 —", "3 k.A."])
    }

    /// Of equally many, those that come first in the file come first, whatever their lengths and whoever judges them.
    @Test func equalCountsAreInTheOrderOfTheFile() throws {
        func shown(_ line: String, _ values: [String]) throws -> [String] {
            try Self.advice(line, values).shapes.map { "\($0.count) \($0.value.text)" }
        }
        #expect(
            try shown("type: number, number: {percent: true}", ["c9", "x9", "5%", "0.1589", "n/a", "12%"])
                == ["1 c9", "1 x9", "1 0.1589", "1 n/a"])
        #expect(
            try shown("type: number, number: {percent: true}", ["0.1589", "5%", "x9", "\" 0.25\"", "c9"])
                == ["2 0.1589", "1 x9", "1 c9"])
        #expect(try shown("type: number", ["ab1", "x", "ab22", "x", "5"]) == ["2 ab1", "2 x"])
    }

    @Test func aMaskCoversItsValues() throws {
        let advice = try Self.advice(
            "type: number, number: {decimal: \",\", group: \".\"}", ["244.064,01-", "9.246,97-", "244.064,02-", "12,50-", "13,75-"])
        #expect(advice.shapes.map { "\($0.count) \($0.text.text)" } == ["3 9…9.999,99-", "2 99,99-"])
        let text = HumanReport(style: TextStyle(hasColor: false), showsAll: true).adviceLines(advice, in: nil).joined(separator: "\n")
        #expect(text.contains("3 like \"244.064,01-\" (9…9.999,99-; 9…9 is any number of digits)"))
    }

    /// More different words than are kept: settings are tried all the same.
    @Test func manyWords() throws {
        let words = (0..<2_000).map { number in "w" + String(number).map { String(UnicodeScalar(UInt8($0.asciiValue! + 49))) }.joined() }
        let advice = try Self.advice("type: number", words + ["1,5", "2,25"])
        #expect(advice.wereSettingsTried)
        #expect(advice.settings.first?.words == "decimal \",\"")
        #expect(advice.shapes.isEmpty)
        #expect(advice.otherShapes == 2_002)
    }

    // MARK: Reads two ways

    @Test func affixesAndNullWordsAreNoNumbersThatReadTwoWays() throws {
        #expect(!Self.codes(try Self.checked("type: number, number: {prefix: \"Rs.\"}", ["Rs.500", "Rs.20"])).contains("PF601"))
        #expect(Self.codes(try Self.checked("type: number, number: {prefix: \"Rs.\"}", ["Rs.1.500"])).contains("PF601"))
        let dates = "type: date, date: {format: dd/MM/yyyy}, \"null\": [\"01/02/1900\"]"
        #expect(Self.codes(try Self.checked(dates, ["01/02/1900", "05/05/2026", "01/02/1900"])) == [])
        #expect(Self.codes(try Self.checked("type: number, \"null\": [\"1.000\"]", ["1.000", "5"])) == [])
    }

    // MARK: Without a profile

    @Test func wordsForNoValueHaveNoShare() {
        let text = "A,B\n" + (0..<99).map { _ in "x,n/a\n" }.joined() + "x,5\n"
        let message = report(on: text).findings.first { $0.kind == .unlikeItsColumn }?.message
        #expect(message == "99 values mean \"no value\"; every other value can be read as an integer (estimate)")
    }
}
