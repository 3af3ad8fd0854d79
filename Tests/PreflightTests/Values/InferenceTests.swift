import ImportProfiles
import Preflight
import TestSupport
import Testing

@testable import ValueFormats

@Suite(.computing) struct InferenceTests {
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
        // With a sign or a currency that a profile can name: most of them have it, or none.
        ([("5%", 9), ("7.5%", 1)], "number (percent; decimal .)"), ([("5%", 10)], "number (percent)"), ([("5%", 5), ("5", 5)], nil),
        ([("5%", 1), ("5", 9)], "integer"), ([("$5", 4), ("$1,234.50", 4)], "number (currency prefix; group , decimal .)"),
        ([("5 €", 1), ("1.234,50 €", 4)], "number (currency suffix; group . decimal ,)"),
        // Doubtful ones count while they are not the most.
        ([(".5", 4), ("1.5", 6)], "number (decimal .)"), ([(".5", 6), ("1.5", 4)], nil), ([("(5)", 2), ("7", 8)], "integer"),
        ([("+33612345678", 9)], nil), ([("1.23E+11", 1), ("12", 9)], "number (decimal .)"),
        // More dates.
        ([("20260131", 9)], "date (yyyyMMdd)"), ([("20260131", 8), ("20261399", 1)], "integer"),
        ([("3-4-26", 9)], "date (d-M-yy or M-d-yy)"),
        ([("3-14-26", 9)], "date (M-d-yy)"), ([("31.1.26", 1)], "date (d.M.yy)"), ([("5 Jan 2026", 1)], "date (d MMM yyyy)"),
        ([("Jan 5, 2026", 1)], "date (MMM d, yyyy)"), ([("Jan 26", 1)], "month (MMM yyyy)"), ([("2026-01", 1)], "month (yyyy-MM)"),
        ([("3/14/2026 10:00", 9)], "date and time (M/d/yyyy)"), ([("3/14/2026 10:00", 1), ("3/14/2026", 1)], nil),
        ([("3/4/2026 10:00:00 +00:00", 9)], "date and time (d/M/yyyy or M/d/yyyy)"),
        ([("Q1 FY 2026", 3), ("FY 26", 1)], "period"),
        // Errors of a spreadsheet have no vote; other words for booleans may be anything.
        ([("12", 1), ("#REF!", 99)], "integer"), ([("yes", 5), ("no", 5)], nil),
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
        #expect(!amount.fits(FormatSet(of: ".5")))
        #expect(!amount.fits(FormatSet(of: "5%")))
        let share = try #require(InferredType.infer(from: [FormatSet(of: "5%"): 10]))
        #expect(share.kind == .number)
        #expect(share.fits(FormatSet(of: "7%")))
        #expect(!share.fits(FormatSet(of: "7")))
        let period = try #require(InferredType.infer(from: [FormatSet(of: "FY 26"): 10]))
        #expect(period.kind == .dimension)
        #expect(period.fits(FormatSet(of: "anything")))
    }
}
