import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

@Suite(.computing) struct ReportTextTests {
    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (2, "2 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (1_049, "1.0 kB"), (1_050, "1.1 kB"),
        (999_949, "999.9 kB"), (999_950, "1.0 MB"), (31_099_999, "31.1 MB"), (2_147_483_648, "2.1 GB"),
        (1_000_000_000_000, "1.0 TB"), (Int.max, "9.2 EB"),
    ])
    func byteCount(bytes: Int, expected: String) {
        #expect(ByteCount(bytes).description == expected)
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (48_210, "48,210"), (336_777, "336,777"), (1_000_000, "1,000,000"),
        (-1, "-1"), (-1_234, "-1,234"), (-123_456, "-123,456"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func grouped(number: Int, expected: String) {
        #expect(number.grouped == expected)
    }

    @Test(arguments: [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1_000, "1,000 rows")])
    func counted(number: Int, expected: String) {
        #expect(number.counted("row") == expected)
    }

    @Test(arguments: [
        (GateRefusal.finding(.unclosedQuote, count: 1), "PF203 unclosed-quote"),
        (.finding(.tooFewFields, count: 12_345), "PF204 too-few-fields (12,345 times)"),
        (.predictedSkips(rows: Bounds(min: 0, max: 1), allowed: 0, isUpperBound: true), "up to 1 row would be skipped, 0 allowed"),
        (.predictedSkips(rows: Bounds(min: 1, max: 1), allowed: 0, isUpperBound: true), "1 row would be skipped, 0 allowed"),
        (.predictedSkips(rows: Bounds(min: 2, max: 2), allowed: 0, isUpperBound: false), "2 rows would be skipped, 0 allowed"),
        (.predictedSkips(rows: Bounds(min: 5, max: 9), allowed: 0, isUpperBound: true), "5 to 9 rows would be skipped, 0 allowed"),
        (
            .predictedSkips(rows: Bounds(min: 4_000, max: 9_000), allowed: 1_000, isUpperBound: false),
            "at least 4,000 rows would be skipped, 1,000 allowed"
        ),
        (.incomplete, "not all of the file was checked"),
    ])
    func refusal(refusal: GateRefusal, message: String) {
        #expect(refusal.message == message)
    }
}
