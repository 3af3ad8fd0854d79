import Testing

@testable import Preflight

@Suite("The delimiter, found from the beginning of the file")
struct DelimiterTests {
    static let table: [(text: String, delimiter: Character?)] = [
        ("a,b\n1,2\n", ","),
        ("a;b\n1;2\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a;b", ";"),
        ("a\n1\n2\n", nil),
        ("", nil),
        // Decimal commas, and one ragged row.
        ("Name;Amount\nX;1,5\nY;2,5\nZ;3,5;oops\nW;4,5\n", ";"),
        ("Name;Amount,EUR\nX;1,5\nY;2,5\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        // Blank lines have no say.
        ("a;b\n\n\n1;2\n\n\n3;4\n", ";"),
        // Commas of prose.
        ("Last, First;Amount\nDoe, John;5\nRoe, Jane;x\n", ";"),
        // Other marks inside a comma file.
        ("a,b;c,d\n1,2,3\n4,5,6\n", ","),
        ("a,b\nx;y,1\nz;w,2\n", ","),
        ("a,\"b;c\"\n1,\"2;3\"\n", ","),
        ("\"a;b\",c\n\"1;2\",3\n", ","),
        // The last row may be cut and does not count.
        ("a;b\n1;2\n3", ";"),
    ]

    @Test(arguments: table) func found(text: String, delimiter: Character?) {
        let found = Array(text.utf8).withUnsafeBytes {
            Prologue(head: $0, given: Prologue.Given()).delimiter
        }
        #expect(found.map { Character(Unicode.Scalar($0)) } == delimiter)
    }
}
