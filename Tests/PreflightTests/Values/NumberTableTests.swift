import Preflight
import Testing

/// Numbers as a planning analyst meets them, one line per case: value, format, verdict, reason.
@Suite struct NumberTableTests {
    /// The formats of the table, by a short name: decimal separator, group separator, then what else.
    static let formats: [String: NumberFormat] = [
        "d.": NumberFormat(decimal: .point),
        "d,": NumberFormat(decimal: .comma),
        "d. g,": NumberFormat(decimal: .point, group: .comma),
        "d, g.": NumberFormat(decimal: .comma, group: .point),
        "d, g_": NumberFormat(decimal: .comma, group: .space),
        "d. g'": NumberFormat(decimal: .point, group: .apostrophe),
        "$": NumberFormat(prefix: "$"),
        "€": NumberFormat(decimal: .comma, group: .point, suffix: "€"),
        "K": NumberFormat(suffix: "K"),
        "US$ M": NumberFormat(group: .comma, prefix: "US$", suffix: "M"),
        "%": NumberFormat(isPercent: true),
    ]

    static let table: [JudgedValue] = [
        // Plain.
        JudgedValue("0", "d.", .parses), JudgedValue("7", "d.", .parses), JudgedValue("-7", "d.", .parses),
        JudgedValue("123.45", "d.", .parses), JudgedValue("-0.5", "d.", .parses), JudgedValue("-0", "d.", .parses),
        JudgedValue("007", "d.", .parses), JudgedValue("00.50", "d.", .parses), JudgedValue("1234567", "d.", .parses),
        JudgedValue("123,45", "d,", .parses), JudgedValue("-0,5", "d,", .parses),
        JudgedValue("-6.081689834590001", "d.", .parses), JudgedValue("145.39199829101562500000", "d.", .parses),
        JudgedValue("", "d.", .empty), JudgedValue("", "US$ M", .empty),
        // The other separator.
        JudgedValue("1,234", "d.", .fails, .foreignSeparator), JudgedValue("1,5", "d.", .fails, .foreignSeparator),
        JudgedValue("1.234,56", "d.", .fails, .foreignSeparator), JudgedValue("1.5", "d,", .fails, .foreignSeparator),
        JudgedValue("1,234.56", "d,", .fails, .foreignSeparator), JudgedValue("1 234", "d.", .fails, .foreignSeparator),
        JudgedValue("1\u{A0}234", "d.", .fails, .foreignSeparator), JudgedValue("1'234", "d.", .fails, .foreignSeparator),
        JudgedValue("1'234", "d. g,", .fails, .foreignSeparator), JudgedValue("1 234", "d, g.", .fails, .foreignSeparator),
        JudgedValue("1.2.3", "d.", .fails, .repeatedDecimalSeparator), JudgedValue("1.234.567", "d. g,", .fails, .repeatedDecimalSeparator),
        JudgedValue("1.234,56", "d. g,", .fails, .groupBehindDecimal), JudgedValue("1,234.56", "d, g.", .fails, .groupBehindDecimal),
        JudgedValue("1,5 1", "d, g_", .fails, .groupBehindDecimal), JudgedValue("1..5", "d.", .fails, .repeatedDecimalSeparator),
        // Groups of three.
        JudgedValue("1,234", "d. g,", .parses), JudgedValue("12,345,678.90", "d. g,", .parses), JudgedValue("1234", "d. g,", .parses),
        JudgedValue("1234567.8", "d. g,", .parses), JudgedValue("-1,234.5", "d. g,", .parses), JudgedValue("1.234", "d, g.", .parses),
        JudgedValue("1.234,56", "d, g.", .parses), JudgedValue("999.999.999", "d, g.", .parses), JudgedValue("0,5", "d, g.", .parses),
        JudgedValue("1 234,5", "d, g_", .parses), JudgedValue("1\u{A0}234\u{A0}567", "d, g_", .parses),
        JudgedValue("1\u{202F}234,5", "d, g_", .parses), JudgedValue("1 234\u{A0}567", "d, g_", .parses),
        JudgedValue("1'234.5", "d. g'", .parses),
        // Ill-formed groups.
        JudgedValue("1,23,456", "d. g,", .doubtful, .illFormedGrouping), JudgedValue("1.23", "d, g.", .doubtful, .illFormedGrouping),
        JudgedValue("12,34", "d. g,", .doubtful, .illFormedGrouping), JudgedValue("1234,567", "d. g,", .doubtful, .illFormedGrouping),
        JudgedValue("1,2345", "d. g,", .doubtful, .illFormedGrouping), JudgedValue("1,,234", "d. g,", .doubtful, .illFormedGrouping),
        JudgedValue("1,234,", "d. g,", .doubtful, .illFormedGrouping), JudgedValue(",234", "d. g,", .doubtful, .illFormedGrouping),
        JudgedValue("1,2.5", "d. g,", .doubtful, .illFormedGrouping), JudgedValue("12 34", "d, g_", .doubtful, .illFormedGrouping),
        JudgedValue("1 234  567", "d, g_", .doubtful, .illFormedGrouping), JudgedValue("1.23.4567", "d, g.", .doubtful, .illFormedGrouping),
        JudgedValue(",", "d. g,", .fails, .notANumber),
        // The decimal separator without digits on one side.
        JudgedValue(".5", "d.", .doubtful, .bareDecimalSeparator), JudgedValue("5.", "d.", .doubtful, .bareDecimalSeparator),
        JudgedValue("-.5", "d.", .doubtful, .bareDecimalSeparator), JudgedValue(",5", "d,", .doubtful, .bareDecimalSeparator),
        JudgedValue("1,234.", "d. g,", .doubtful, .bareDecimalSeparator), JudgedValue(".", "d,", .fails, .nullWord),
        // Signs.
        JudgedValue("+5", "d.", .doubtful, .plusSign), JudgedValue("\u{2212}5", "d.", .doubtful, .otherMinusSign),
        JudgedValue("\u{2013}5", "d.", .doubtful, .otherMinusSign), JudgedValue("\u{FF0D}5", "d.", .doubtful, .otherMinusSign),
        JudgedValue("5-", "d.", .doubtful, .trailingSign), JudgedValue("12.50-", "d.", .doubtful, .trailingSign),
        JudgedValue("5+", "d.", .doubtful, .trailingSign), JudgedValue("- 5", "d.", .doubtful, .innerBlanks),
        JudgedValue("5 -", "d.", .doubtful, .trailingSign), JudgedValue("(12)", "d.", .doubtful, .parentheses),
        JudgedValue("(1,234.50)", "d. g,", .doubtful, .parentheses), JudgedValue("( 12 )", "d.", .doubtful, .parentheses),
        JudgedValue("(-12)", "d.", .fails, .notANumber), JudgedValue("--5", "d.", .fails, .foreignSeparator),
        JudgedValue("-5-", "d.", .fails, .foreignSeparator), JudgedValue("+-5", "d.", .fails, .foreignSeparator),
        JudgedValue("(12", "d.", .fails, .unnamedText), JudgedValue("()", "d.", .fails, .notANumber),
        JudgedValue("1-2", "d.", .fails, .foreignSeparator),
        // Blanks.
        JudgedValue(" 12", "d.", .doubtful, .surroundingBlanks), JudgedValue("12 ", "d.", .doubtful, .surroundingBlanks),
        JudgedValue(" 12 ", "d, g_", .doubtful, .surroundingBlanks), JudgedValue("\t12", "d.", .doubtful, .surroundingBlanks),
        JudgedValue("12\u{A0}", "d.", .doubtful, .surroundingBlanks), JudgedValue("12\r", "d.", .doubtful, .surroundingBlanks),
        JudgedValue("\u{FEFF}12", "d.", .doubtful, .surroundingBlanks), JudgedValue("12\n", "d.", .doubtful, .surroundingBlanks),
        JudgedValue(" +12 ", "d.", .doubtful, .surroundingBlanks), JudgedValue("   ", "d.", .doubtful, .blanksOnly),
        JudgedValue("\u{3000}", "d.", .doubtful, .blanksOnly), JudgedValue(" abc ", "d.", .fails, .notANumber),
        // Exponents.
        JudgedValue("1e5", "d.", .doubtful, .exponent), JudgedValue("1.5E+10", "d.", .doubtful, .exponent),
        JudgedValue("-2.3e-7", "d.", .doubtful, .exponent), JudgedValue("1,5E3", "d,", .doubtful, .exponent),
        JudgedValue("1e", "d.", .fails, .unnamedText), JudgedValue("e5", "d.", .fails, .unnamedText),
        JudgedValue("1e5.5", "d.", .fails, .notANumber), JudgedValue("1e+", "d.", .fails, .notANumber),
        // Other digits, too many digits.
        JudgedValue("１２", "d.", .doubtful, .foreignDigits), JudgedValue("١٢٣", "d.", .doubtful, .foreignDigits),
        JudgedValue("1２", "d.", .doubtful, .foreignDigits), JudgedValue("۴۲", "d.", .doubtful, .foreignDigits),
        JudgedValue("१२", "d.", .fails, .notANumber),
        JudgedValue("1234567890123456789012345678", "d.", .parses),
        JudgedValue("12345678901234567890123456789", "d.", .doubtful, .tooManyDigits),
        JudgedValue("0.1234567890123456789012345678", "d.", .parses),
        JudgedValue("1.2345678901234567890123456789", "d.", .doubtful, .tooManyDigits),
        JudgedValue("00000000000000000000000000000000001.5", "d.", .parses),
        // Prefix and suffix.
        JudgedValue("$5", "$", .parses), JudgedValue("$-5.20", "$", .parses), JudgedValue("5", "$", .doubtful, .missingPrefix),
        JudgedValue("-$5", "$", .doubtful, .signBeforePrefix), JudgedValue("$ 5", "$", .doubtful, .innerBlanks),
        JudgedValue("($5)", "$", .doubtful, .parentheses), JudgedValue("$", "$", .fails, .notANumber),
        JudgedValue("€5", "$", .fails, .unnamedText), JudgedValue("5$", "$", .fails, .unnamedText),
        JudgedValue("$$5", "$", .fails, .unnamedText), JudgedValue("$+5", "$", .doubtful, .plusSign),
        JudgedValue("1.234,56€", "€", .parses), JudgedValue("-5€", "€", .parses), JudgedValue("5 €", "€", .doubtful, .innerBlanks),
        JudgedValue("5\u{A0}€", "€", .doubtful, .innerBlanks), JudgedValue("5", "€", .doubtful, .missingSuffix),
        JudgedValue("5€-", "€", .doubtful, .trailingSign), JudgedValue("5-€", "€", .doubtful, .trailingSign),
        JudgedValue("€5", "€", .fails, .unnamedText), JudgedValue("€", "€", .fails, .notANumber),
        JudgedValue("12K", "K", .parses), JudgedValue("12k", "K", .fails, .unnamedText), JudgedValue("12KK", "K", .fails, .unnamedText),
        JudgedValue("US$1,250M", "US$ M", .parses), JudgedValue("US$1,250", "US$ M", .doubtful, .missingSuffix),
        JudgedValue("1,250M", "US$ M", .doubtful, .missingPrefix), JudgedValue("US$M", "US$ M", .fails, .notANumber),
        JudgedValue("5K", "d.", .fails, .unnamedText), JudgedValue("$5", "d.", .fails, .unnamedText),
        JudgedValue("12 EUR net", "d.", .fails, .unnamedText), JudgedValue("A12", "d.", .fails, .unnamedText),
        // Percent.
        JudgedValue("5%", "%", .parses), JudgedValue("5", "%", .parses), JudgedValue("-2.5%", "%", .parses),
        JudgedValue("5 %", "%", .doubtful, .innerBlanks), JudgedValue("%5", "%", .fails, .unnamedText),
        JudgedValue("5%%", "%", .fails, .unnamedText), JudgedValue("%", "%", .fails, .notANumber),
        JudgedValue("5%", "d.", .fails, .percentSign), JudgedValue("-5,5 %", "d,", .fails, .percentSign),
        // No numbers at all.
        JudgedValue("abc", "d.", .fails, .notANumber), JudgedValue("12abc34", "d.", .fails, .notANumber),
        JudgedValue("NaN", "d.", .fails, .notFinite), JudgedValue("-Infinity", "d.", .fails, .notFinite),
        JudgedValue("INF", "d.", .fails, .notFinite), JudgedValue("∞", "d.", .fails, .notFinite),
        JudgedValue("#REF!", "d.", .fails, .spreadsheetError), JudgedValue("#DIV/0!", "d.", .fails, .spreadsheetError),
        JudgedValue("#N/A", "d.", .fails, .nullWord), JudgedValue("NA", "d.", .fails, .nullWord),
        JudgedValue("null", "d.", .fails, .nullWord), JudgedValue("\\N", "d.", .fails, .nullWord),
        JudgedValue("-", "d.", .fails, .nullWord), JudgedValue("0x1F", "d.", .fails, .notANumber),
        JudgedValue("2026-01-31", "d.", .fails, .foreignSeparator), JudgedValue("1/2", "d.", .fails, .notANumber),
        JudgedValue("\u{0}", "d.", .fails, .notANumber), JudgedValue("1\u{0}", "d.", .fails, .unnamedText),
        JudgedValue("½", "d.", .fails, .notANumber), JudgedValue("TRUE", "d.", .fails, .notANumber),
    ]

    @Test(arguments: table)
    func number(_ line: JudgedValue) throws {
        let format = try #require(Self.formats[line.rule])
        let rule = ValueRule(column: ColumnProfile(name: "Amount", type: .number, number: format))
        #expect(rule.judge(line.value) == line.judgement)
    }

    static let integers: [JudgedValue] = [
        JudgedValue("5", "d.", .parses), JudgedValue("-5", "d.", .parses), JudgedValue("1,234", "d. g,", .parses),
        JudgedValue("5.0", "d.", .doubtful, .decimalsInWholeNumber), JudgedValue("5.7", "d.", .doubtful, .decimalsInWholeNumber),
        JudgedValue("1.234,00", "d, g.", .doubtful, .decimalsInWholeNumber), JudgedValue("5.", "d.", .doubtful, .bareDecimalSeparator),
        JudgedValue("1e3", "d.", .doubtful, .exponent), JudgedValue("999999999999999999", "d.", .parses),
        JudgedValue("1000000000000000000", "d.", .doubtful, .tooManyDigits), JudgedValue("5,5", "d.", .fails, .foreignSeparator),
        JudgedValue("five", "d.", .fails, .notANumber), JudgedValue("", "d.", .empty), JudgedValue("5%", "%", .parses),
    ]

    @Test(arguments: integers)
    func integer(_ line: JudgedValue) throws {
        let format = try #require(Self.formats[line.rule])
        let rule = ValueRule(column: ColumnProfile(name: "Quantity", type: .integer, number: format))
        #expect(rule.judge(line.value) == line.judgement)
    }
}
