import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// Only numbers as people write them.
@Suite(.computing) struct PlainDecimalTests {
    @Test(arguments: [
        "0x10%", "1e1%", "+5%", "-5%", "inf%", "nan%", "5.%", ".%", "5,5%", "5 %", " 5%", "100.1%", "%", "5%%", "٣%", "0x10", "1e1", "+5",
        "-5", "5.0", "", "1_000", "99999999999999999999",
    ])
    func refusedLimits(text: String) {
        #expect(SkipLimit(argument: text) == nil)
    }

    @Test(arguments: [
        ("0", SkipLimit.rows(0)), ("012", .rows(12)), ("0%", .percent(0)), ("0.5%", .percent(0.5)), ("100%", .percent(100)),
        (".5%", .percent(0.5)),
        ("00.50%", .percent(0.5)),
    ])
    func limits(text: String, limit: SkipLimit) {
        #expect(SkipLimit(argument: text) == limit)
    }

    /// What is written is read as the same number.
    @Test(arguments: [0, 0.5, 1, 12.25, 99.99, 100, 1e-5, 1.5e-7, 0.1 + 0.2, 2.5e-300, 33.333333333333336])
    func texts(number: Double) {
        let text = PlainDecimal.text(of: number)
        #expect(text.allSatisfy { $0.isNumber || $0 == "." })
        #expect(PlainDecimal.number(text[...]) == number)
        #expect(SkipLimit(argument: SkipLimit.percent(number).description) == .percent(number))
    }

    @Test func wholeNumbers() {
        #expect(PlainDecimal.text(of: 100) == "100")
        #expect(PlainDecimal.text(of: 1e21) == "1000000000000000000000")
        #expect(PlainDecimal.text(of: 0.00001) == "0.00001")
        #expect(PlainDecimal.text(of: 1.5e-7) == "0.00000015")
    }
}
