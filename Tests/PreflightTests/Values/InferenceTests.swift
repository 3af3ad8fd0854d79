import Preflight
import Testing

@Suite struct InferenceTests {
    private static let plainNumber: FormatSet = [
        .decimalPoint, .decimalComma, .groupedByComma, .groupedByPoint, .groupedBySpaceDecimalComma, .groupedBySpaceDecimalPoint,
        .groupedByApostrophe,
    ]
    private static let pointNumber: FormatSet = [.decimalPoint, .groupedByComma, .groupedBySpaceDecimalPoint, .groupedByApostrophe]
    private static let commaNumber: FormatSet = [.decimalComma, .groupedByPoint, .groupedBySpaceDecimalComma]

    static let formats: [(String, FormatSet)] = [
        ("", .empty),
        ("12", plainNumber.union(.integer)), ("-12", plainNumber.union(.integer)), ("0", plainNumber.union(.integer)),
        ("00123", plainNumber.union([.integer, .leadingZeros])), ("-05", plainNumber.union([.integer, .leadingZeros])),
        ("12.5", pointNumber), ("-0.25", pointNumber), ("1.234", pointNumber.union(.groupedByPoint)),
        ("1234.567", pointNumber), ("12,5", commaNumber), ("1,234", commaNumber.union(.groupedByComma)),
        ("1,234.5", .groupedByComma), ("1.234,5", .groupedByPoint), ("1,234,567", .groupedByComma), ("1.234.567", .groupedByPoint),
        ("1 234", [.groupedBySpaceDecimalComma, .groupedBySpaceDecimalPoint]), ("1 234,5", .groupedBySpaceDecimalComma),
        ("1'234.5", .groupedByApostrophe), ("00.5", pointNumber.union(.leadingZeros)),
        ("12345678901234567890123456789", .text), ("1,23,456", .text), ("+5", .text), (" 5", .text), ("5.", .text), (".5", .text),
        ("1e5", .text), ("5%", .text), ("$5", .text), ("1.2.3", .text), ("-", .nullWord), ("--5", .text), ("-abc", .text),
        ("2026-01-31", .isoDate), ("2026-02-30", .text), ("2026-1-5", .text), ("2013-01-01T10:00:00Z", .isoDateTime),
        ("2013-01-01 10:00", .isoDateTime), ("2013-01-01T10:00:00.123+02:00", .isoDateTime), ("2013-01-01T25:00:00Z", .text),
        ("2013-01-01x", .text), ("2026/1/31", .yearFirstSlash), ("2026.01.31", .yearFirstPoint),
        ("10/13/1998", .monthFirstSlash), ("13/10/1998", .dayFirstSlash), ("11/3/1998", [.dayFirstSlash, .monthFirstSlash]),
        ("31-1-2026", .dayFirstDash), ("01-31-2026", .monthFirstDash), ("31.01.2026", .dayFirstPoint),
        ("1.2.2026", [.dayFirstPoint, .monthFirstPoint]),
        ("1/31/26", .monthFirstSlashShortYear), ("3/4/26", [.dayFirstSlashShortYear, .monthFirstSlashShortYear]),
        ("13/13/2026", .text), ("1/2/3", .text), ("1/2-2026", .text), ("31/04/2026", .text), ("123/1/2026", .text),
        ("TRUE", .boolean), ("false", .boolean), ("yes", .text),
        ("NA", .nullWord), ("N/A", .nullWord), ("#N/A", .nullWord), ("NULL", .nullWord), ("null", .nullWord), ("\\N", .nullWord),
        ("NaN", .nullWord), ("none", .nullWord), ("nonesuch", .text), ("New York", .text), (" ", .text), ("é", .text),
    ]

    @Test(arguments: formats)
    func formatsOfAValue(value: String, expected: FormatSet) {
        #expect(FormatSet(of: value) == expected, "\(value)")
    }

    /// Values with their counts, and the label of the type; `nil` for text.
    static let columns: [([(String, Int)], String?)] = [
        ([("12", 5), ("-7", 1)], "integer"),
        ([("1", 1)], "integer"),
        ([("12", 50), ("12.5", 50)], "number (decimal .)"),
        ([("12", 95), ("12.5", 5)], "number (decimal .)"),
        ([("12,5", 3), ("1", 7)], "number (decimal ,)"),
        ([("1,234", 4), ("12", 3)], "number (, for decimals or for thousands)"),
        ([("1.234", 4)], "number (. for decimals or for thousands)"),
        ([("1,234", 4), ("1,234,567", 1)], "number (group , decimal .)"),
        ([("1,234", 4), ("1,5", 1)], "number (decimal ,)"),
        ([("1.234,5", 4), ("7", 9)], "number (group . decimal ,)"),
        ([("1 234", 4)], "number (group space)"),
        ([("1 234,5", 4), ("1 234", 1)], "number (group space, decimal ,)"),
        ([("1'234", 2)], "number (group ' decimal .)"),
        ([("2026-01-31", 9), ("oops", 1)], "date (yyyy-MM-dd)"),
        ([("2026-01-31", 8), ("oops", 2)], nil),
        ([("2013-01-01T10:00:00Z", 3)], "date and time (ISO 8601)"),
        ([("3/4/2026", 7)], "date (d/M/yyyy or M/d/yyyy)"),
        ([("3/4/2026", 7), ("10/13/2026", 1)], "date (M/d/yyyy)"),
        ([("3/4/2026", 7), ("13/10/2026", 1)], "date (d/M/yyyy)"),
        ([("3/4/26", 2), ("3/14/26", 1)], "date (M/d/yy)"),
        ([("31.1.2026", 2)], "date (d.M.yyyy)"),
        ([("true", 2), ("FALSE", 2)], "boolean (true or false)"),
        // Empty fields and null words have no vote.
        ([("12", 1), ("", 900), ("NA", 99)], "integer"),
        ([("", 5), ("NULL", 5)], nil),
        ([], nil),
        // Ids with leading zeros are text; one slip in many is not enough.
        ([("00123", 50), ("10001", 50)], nil),
        ([("007", 1), ("12", 99)], "integer"),
        ([("007", 2), ("12", 98)], nil),
        ([("New York", 5)], nil),
        ([("1", 5), ("a", 5)], nil),
        // Exactly nine in ten is enough.
        ([("1", 18), ("a", 2)], "integer"),
        ([("1", 17), ("a", 2)], nil),
    ]

    @Test(arguments: columns)
    func typeOfAColumn(values: [(String, Int)], label: String?) {
        var histogram: [FormatSet: Int] = [:]
        for (value, count) in values { histogram[FormatSet(of: value), default: 0] += count }
        #expect(InferredType.infer(from: histogram)?.label == label)
    }

    @Test func whatFitsAnInferredType() throws {
        let integer = try #require(InferredType.infer(from: [FormatSet(of: "12"): 10]))
        #expect(integer.kind == .integer)
        #expect(integer.fits(FormatSet(of: "5")))
        #expect(integer.fits(FormatSet(of: "")))
        #expect(!integer.fits(FormatSet(of: "5.5")))
        #expect(!integer.fits(FormatSet(of: "NA")))
        let day = try #require(InferredType.infer(from: [FormatSet(of: "3/4/2026"): 10]))
        #expect(day.kind == .date)
        #expect(day.fits(FormatSet(of: "31/12/2026")))
        #expect(day.fits(FormatSet(of: "12/31/2026")))
        #expect(!day.fits(FormatSet(of: "2026-12-31")))
        let amount = try #require(InferredType.infer(from: [FormatSet(of: "1.5"): 10]))
        #expect(amount.kind == .number)
        #expect(amount.fits(FormatSet(of: "2")))
        #expect(!amount.fits(FormatSet(of: "2,5")))
    }
}
