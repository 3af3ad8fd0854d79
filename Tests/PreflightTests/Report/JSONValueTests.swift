import Preflight
import TestSupport
import Testing

@testable import SafeText

@Suite(.computing) struct JSONValueTests {
    @Test(
        arguments: [
            (.null, "null"),
            (.bool(true), "true"),
            (.bool(false), "false"),
            (.int(0), "0"),
            (.int(.min), "-9223372036854775808"),
            (.double(0.5), "0.5"),
            (.double(1e300), "1e+300"),
            (.double(.nan), "null"),
            (.double(-.infinity), "null"),
            (.string(""), #""""#),
            (.string("plain é 東京 🙂"), #""plain é 東京 🙂""#),
            (.string("\"\\/"), #""\"\\/""#),
            (.string("\n\r\t"), #""\n\r\t""#),
            (.string("\u{0}\u{1b}[2J\u{7f}"), #""\u0000\u001b[2J\u007f""#),
            (.string("\u{85}\u{9b}"), #""\u0085\u009b""#),
            (.string("\u{202e}\u{2066}\u{2028}\u{2029}\u{feff}"), #""\u202e\u2066\u2028\u2029\ufeff""#),
            (.string("\u{e0041}"), #""\udb40\udc41""#),
            (.array([]), "[]"),
            (.object([]), "{}"),
            (.array([.int(1), .array([.null])]), "[1,[null]]"),
            (.members(["b": .int(1), "a": .int(2)]), #"{"b":1,"a":2}"#),
            (.members(["k\"\u{1b}": .null]), #"{"k\"\u001b":null}"#),
        ] as [(JSONValue, String)])
    func compact(value: JSONValue, expected: String) {
        #expect(value.text(isPretty: false) == expected)
    }

    @Test(
        arguments: [
            (.int(1), "1"),
            (.array([]), "[]"),
            (
                .members(["empty": .object([]), "list": .array([.int(1), .string("two")])]),
                """
                {
                  "empty": {},
                  "list": [
                    1,
                    "two"
                  ]
                }
                """
            ),
        ] as [(JSONValue, String)])
    func pretty(value: JSONValue, expected: String) {
        #expect(value.text(isPretty: true) == expected)
    }

    @Test func subscriptFindsTheFirstMember() {
        let value = JSONValue.members(["a": .int(1), "b": .int(2), "a": .int(3)])
        #expect(value["a"] == .int(1))
        #expect(value["c"] == nil)
        #expect(JSONValue.array([])["a"] == nil)
    }
}
