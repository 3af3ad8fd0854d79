import TestSupport
import Testing

@testable import Preflight

@Suite("The delimiter, found from the beginning of the file", .computing)
struct DelimiterTests {
    static let plain: [(text: String, delimiter: Character?)] = [
        ("a,b\n1,2\n", ","),
        ("a;b\n1;2\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a;b", ";"),
        ("a,b\r\n1,2\r\n", ","),
        ("a;b\r\n1;2", ";"),
        ("a\n1\n2\n", nil),
        ("a\r\n1\r\n2\r\n", nil),
        ("", nil),
        ("\n\n", nil),
        // Blank lines do not count.
        ("a;b\n\n\n1;2\n\n\n3;4\n", ";"),
        // The last row may be cut and does not count.
        ("a;b\n1;2\n3", ";"),
        // Only a header.
        ("Name,Amount\n", ","),
        ("Name|Amount|Day\n", "|"),
        ("Amount, EUR;Name\n", ";"),
        // Rare ones, if they cut all rows; quotes with spaces after them.
        ("a~b\n1~2\n", "~"),
        ("a^b^c\r\n1^2^3\r\n", "^"),
        ("a\u{1}b\n1\u{1}2\n3\u{1}4\n", "\u{1}"),
        ("\"a\" ;\"b\"\n\"1\" ;\"2\"\n", ";"),
        ("\"a\"; \"b\"\n\"1\"; \"x;y\"\n\"2\"; \"z\"\n", ";"),
        ("\"a\",  \"b\"\r\n\"1,2\",  \"x,y\"\r\n", ","),
        ("a~b\n1\n2~3\n", nil),
        ("path\n~a/b\n~c\n", nil),
        ("x^2\n9^2 + 1^2\n", nil),
    ]

    /// Commas of numbers and of prose in files that another delimiter cuts.
    static let commasInCells: [(text: String, delimiter: Character?)] = [
        ("Name;Amount\nX;1,5\nY;2,5\nZ;3,5;oops\nW;4,5\n", ";"),
        ("Name;Amount,EUR\nX;1,5\nY;2,5\n", ";"),
        ("Name;Amount,EUR\nX;1,5\nY;2,5\nZ;3,5;oops\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ("X;1,5;2,5\nY;2,5;3,5\n", ";"),
        ("Day;Amount,EUR\n31.01.2026;1.234,50\n28.02.2026;-17,00\n", ";"),
        ("Last, First;Amount\nDoe, John;5\nRoe, Jane;x\n", ";"),
        ("Last, First\tAmount\nDoe, John\t5\nRoe, Jane\tx\n", "\t"),
        ("Last, First|City\nDoe, John|Rome\nRoe, Jane|Oslo\n", "|"),
        ("Last,First;Amount\nDoe,John;5\nRoe,Jane;6\n", ";"),
        ("Share,%\tName\n12,5\tA\n17,5\tB\n", "\t"),
        ("Price, net;Price, gross\n1,00;1,19\n2,00;2,38\n", ";"),
        ("a;b,c;d\n1;2,5;3\n4;5,5;6\n", ";"),
    ]

    /// Lists and codes with other marks in files that commas or tabs cut.
    static let marksInCells: [(text: String, delimiter: Character?)] = [
        ("a,b;c,d\n1,2,3\n4,5,6\n", ","),
        ("a,b\nx;y,1\nz;w,2\n", ","),
        ("A;B,Name\na;b,x\nc;d,y\ne;f,z\n", ","),
        ("A;B,Qty\na;b,5\nc;d,6\n", ","),
        ("A;B,Name,City\na;b,x,Rome\nc;d,y,Oslo\n", ","),
        ("Text0,Qty|x1,A;B2,Sum\nu|v,1,p;q,2\nu,3,p,4\nw|z,5,r;s,6\nk|l,7,t,8\nm,9,n,1\n", ","),
        ("Tags|all,Qty\na|b,5\nc|d,6\n", ","),
        ("Tags|all,Name\na|b,x\nc|d,y\n", ","),
        ("A;B\tName\na;b\tx\nc;d\ty\n", "\t"),
        ("A|B\tQty\na|b\t1\nc|d\t2\n", "\t"),
        ("A|B;Qty\na|b;1\nc|d;2\n", ";"),
        ("Path;x,Size\n/a;b,1\n/c,2\n/d;e,3\n", ","),
        ("id,note\n1,x; y\n2,z\n3,u; v\n", ","),
    ]

    static let quoted: [(text: String, delimiter: Character?)] = [
        ("a,\"b;c\"\n1,\"2;3\"\n", ","),
        ("\"a;b\",c\n\"1;2\",3\n", ","),
        ("\"a,b\";c\n\"1,2\";3\n", ";"),
        ("\"a\",\"b\"\n\"x;y\",\"z;w\"\n", ","),
        ("\"a\"|\"b\"\n\"x,y\"|\"z,w\"\n", "|"),
        ("'a;x','b'\n'1;2','3'\n", ","),
        ("\"a\nb\",c\n1,2\n", ","),
    ]

    /// One ragged row, or a few.
    static let ragged: [(text: String, delimiter: Character?)] = [
        ("a,b,c\n1,2,3\n4,5\n6,7,8\n9,1,2\n", ","),
        ("a;b;c\n1;2;3\n4;5;6;7\n6;7;8\n", ";"),
        ("a,b\n1,2,3\n4,5,6\n", ","),
        ("a;b\n1\n2\n", ";"),
        ("a\tb\n1\t2\nTotal\n", "\t"),
    ]

    @Test(arguments: plain + commasInCells + marksInCells + quoted + ragged)
    func found(text: String, delimiter: Character?) {
        let found = FileHead(head: Array(text.utf8).span, given: FileHead.Given()).delimiter
        #expect(found.map { Character(Unicode.Scalar($0)) } == delimiter)
    }

    /// Long files are decided by their beginning, unless the rest says otherwise.
    @Test(
        arguments: [
            ("A;B,Name\n", "a;b,x\n", ","), ("Name;Amount,EUR\n", "X;1,5\n", ";"), ("a|b\n", "1|2\n", "|"), ("a\n", "1\n", nil),
            ("a\n", "5\"\n", nil),
        ] as [(String, String, Character?)])
    func longFile(header: String, row: String, delimiter: Character?) {
        let bytes = Array(header.utf8) + Array(repeatElement(Array(row.utf8), count: 300_000 / row.utf8.count).joined())
        let found = FileHead(head: bytes.span, given: FileHead.Given()).delimiter
        #expect(found.map { Character(Unicode.Scalar($0)) } == delimiter)
    }
}
