import PigmentImport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight

@Suite struct RetryAfterTests {
    /// 1994-11-06 08:49:37 UTC, by `date -u -d`.
    static let moment = 784_111_777

    static let cases: [(text: String, wait: Duration?)] = [
        ("0", .zero), ("1", .seconds(1)), ("120", .seconds(120)), (" 7 ", .seconds(7)), ("\t7", .seconds(7)), ("007", .seconds(7)),
        ("86400", .seconds(86_400)), ("1000000000", .seconds(86_400)), ("99999999999999999999999", .seconds(86_400)),
        ("-1", nil), ("+1", nil), ("1.5", nil), ("1e3", nil), ("", nil), ("soon", nil), ("1 2", nil), ("١", nil),
        ("Sun, 06 Nov 1994 08:49:37 GMT", .zero), ("Sun, 06 Nov 1994 08:50:37 GMT", .seconds(60)),
        ("Sun, 06 Nov 1994 08:49:36 GMT", .zero), ("Thu, 01 Jan 1970 00:00:00 GMT", .zero),
        ("Sun Nov  6 08:49:47 1994", .seconds(10)), ("Mon, 07 Nov 1994 08:49:37 GMT", .seconds(86_400)),
        ("Wed, 06 Nov 2094 08:49:37 GMT", .seconds(86_400)), ("Sunday, 06-Nov-94 08:49:37 GMT", .seconds(86_400)),
        ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 32 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
        ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil), ("Sun, 06 Nov -994 08:49:37 GMT", nil),
    ]

    @Test(arguments: cases) func reads(_ text: String, wait: Duration?) {
        #expect(RetryAfter.wait(text, now: Self.moment) == wait)
    }

    @Test func readsLeapDays() {
        // 2024-02-29 12:00:00 UTC is 1709208000, by `date -u -d`.
        #expect(RetryAfter.wait("Thu, 29 Feb 2024 12:00:30 GMT", now: 1_709_208_000) == .seconds(30))
        #expect(RetryAfter.wait("Thursday, 29-Feb-24 12:00:30 GMT", now: 1_709_208_000) == .seconds(30))
    }
}
