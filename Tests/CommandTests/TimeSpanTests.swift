import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightCommand

@Suite("Durations on the command line") struct TimeSpanTests {
    static let good: [(text: String, value: Duration)] = [
        ("50ms", .milliseconds(50)), ("90", .seconds(90)), ("90s", .seconds(90)), ("10m", .seconds(600)), ("2h", .seconds(7200)),
        ("0", .zero), ("0s", .zero), ("0ms", .zero), ("0.5s", .milliseconds(500)), ("1.5m", .seconds(90)), (".5", .milliseconds(500)),
        ("1500ms", .milliseconds(1500)), ("366m", .seconds(21_960)), ("8784h", .seconds(366 * 86_400)),
    ]

    @Test(arguments: good) func areRead(_ text: String, value: Duration) {
        #expect(TimeSpan(argument: text)?.value == value)
    }

    @Test(arguments: [
        "", "s", "ms", "-1", "-1s", "+1", "1d", "1 s", "1sec", "nan", "inf", "1e3", "0x10", "1.2.3", ".", "1,5s", "8785h", "0.0001ms", "１s",
        "5 ",
        "99999999999999999999h",
    ]) func otherTextIsNone(_ text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }

    @Test(arguments: good) func theirSpellingIsReadAgain(_ text: String, value: Duration) {
        #expect(TimeSpan(argument: TimeSpan(value).description)?.value == value)
    }
}
