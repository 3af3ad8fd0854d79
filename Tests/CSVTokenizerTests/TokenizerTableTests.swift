import ByteSpans
import CSVTokenizer
import TestSupport
import Testing

/// The tokenizer's rules as a table. Every line is also cut into chunks of all sizes, and holds the reference to its word.
@Suite(.computing) struct TokenizerTableTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var input: [UInt8]
        var dialect: Dialect
        /// Fields as they stand in the input, quotes included.
        var rows: [[[UInt8]]]
        /// `kind@byteOffset`, and `*count` where the count is not 1.
        var anomalies: [String]
        /// How many rows ended in LF, how many in CRLF, and how many CRs did not end one.
        var lf: Int
        var crlf: Int
        var cr: Int

        init(
            _ input: String, _ rows: [[String]], _ anomalies: [String] = [], lf: Int = 0, crlf: Int = 0, cr: Int = 0,
            dialect: Dialect = Dialect()
        ) {
            self.input = Array(input.utf8)
            self.rows = rows.map { $0.map { Array($0.utf8) } }
            self.anomalies = anomalies
            (self.lf, self.crlf, self.cr) = (lf, crlf, cr)
            self.dialect = dialect
        }

        var testDescription: String { String(decoding: input, as: UTF8.self).debugDescription }
    }

    static let semicolon = Dialect(delimiter: UInt8(ascii: ";"))!
    static let apostrophe = Dialect(quote: UInt8(ascii: "'"))!

    static let plain: [Case] = [
        Case("", []),
        Case("a", [["a"]]),
        Case("a\n", [["a"]], lf: 1),
        Case("a,b\n1,2\n", [["a", "b"], ["1", "2"]], lf: 2),
        Case("a,b\n1,2", [["a", "b"], ["1", "2"]], lf: 1),
        Case("\n", [[""]], lf: 1),
        Case("\n\n", [[""], [""]], lf: 2),
        Case("a\n\nb\n", [["a"], [""], ["b"]], lf: 3),
        Case(",", [["", ""]]),
        Case(",\n", [["", ""]], lf: 1),
        Case(",,,", [["", "", "", ""]]),
        Case(",,\n,,\n", [["", "", ""], ["", "", ""]], lf: 2),
        Case("a,", [["a", ""]]),
        Case("a\nb,", [["a"], ["b", ""]], lf: 1),
        Case(",a", [["", "a"]]),
        Case(" a , b ", [[" a ", " b "]]),
        Case("a\u{0}b,\u{0}\n", [["a\u{0}b", "\u{0}"]], lf: 1),
        Case("\u{0}", [["\u{0}"]]),
        Case("é,\u{2028}\u{85}\u{b}\u{c}\n", [["é", "\u{2028}\u{85}\u{b}\u{c}"]], lf: 1),
        Case("a\\\"b\n", [["a\\\"b"]], ["strayQuote@2"], lf: 1),
        Case("a;b,c\n", [["a;b", "c"]], lf: 1),
    ]

    static let lineEnds: [Case] = [
        Case("a\r\n", [["a"]], crlf: 1),
        Case("a,b\r\nc\r\n", [["a", "b"], ["c"]], crlf: 2),
        Case("\r\n", [[""]], crlf: 1),
        Case("\r\n\r\n", [[""], [""]], crlf: 2),
        Case(",\r\n", [["", ""]], crlf: 1),
        Case("a\r\nb\nc", [["a"], ["b"], ["c"]], lf: 1, crlf: 1),
        Case("a\rb\n", [["a\rb"]], ["loneCarriageReturn@1"], lf: 1, cr: 1),
        Case("a\rb\rc\rd", [["a\rb\rc\rd"]], ["loneCarriageReturn@1*3"], cr: 3),
        Case("a\r\r\nb", [["a\r"], ["b"]], ["loneCarriageReturn@1"], crlf: 1, cr: 1),
        Case("a\n\rb\n", [["a"], ["\rb"]], ["loneCarriageReturn@2"], lf: 2, cr: 1),
        Case("a\r", [["a\r"]], ["loneCarriageReturn@1"], cr: 1),
        Case("\r", [["\r"]], ["loneCarriageReturn@0"], cr: 1),
        Case("\r\r", [["\r\r"]], ["loneCarriageReturn@0*2"], cr: 2),
        Case("a\r,b\r\n", [["a\r", "b"]], ["loneCarriageReturn@1"], crlf: 1, cr: 1),
        Case("a,\r", [["a", "\r"]], ["loneCarriageReturn@2"], cr: 1),
        Case("\r\"a\"\n", [["\r\"a\""]], ["loneCarriageReturn@0", "strayQuote@1"], lf: 1, cr: 1),
    ]

    static let quotes: [Case] = [
        Case("\"a\"", [["\"a\""]]),
        Case("\"a\",b,\"c\"\n", [["\"a\"", "b", "\"c\""]], lf: 1),
        Case("\"a,b\",c\n", [["\"a,b\"", "c"]], lf: 1),
        Case("\"a\nb\",c\n\"d\"\n", [["\"a\nb\"", "c"], ["\"d\""]], lf: 2),
        Case("\"a\r\nb\"\r\n", [["\"a\r\nb\""]], crlf: 1),
        Case("\"a\rb\"\n", [["\"a\rb\""]], lf: 1),
        Case("\"a\"\r\n\"b\"", [["\"a\""], ["\"b\""]], crlf: 1),
        Case("\"\"", [["\"\""]]),
        Case("\"\",\"\"\n", [["\"\"", "\"\""]], lf: 1),
        Case("\"a\"\"b\"\n", [["\"a\"\"b\""]], lf: 1),
        Case("\"\"\"a\"\"\",b\n", [["\"\"\"a\"\"\"", "b"]], lf: 1),
        Case("\"\"\"\"\n", [["\"\"\"\""]], lf: 1),
        Case("\"\"\"\"", [["\"\"\"\""]]),
        Case("x,\"\"", [["x", "\"\""]]),
    ]

    static let damagedQuotes: [Case] = [
        Case("\"", [["\""]], ["unclosedQuote@0*0"]),
        Case("\"\"\"", [["\"\"\""]], ["unclosedQuote@0*0"]),
        Case("a,\"", [["a", "\""]], ["unclosedQuote@2*0"]),
        Case("a,\"\"\"", [["a", "\"\"\""]], ["unclosedQuote@2*0"]),
        Case("a\n\"b\nc,d\r\ne\n", [["a"], ["\"b"], ["c", "d"], ["e"]], ["unclosedQuote@2*3"], lf: 3, crlf: 1),
        // Quotes that swallow rows are text: with a closing quote in a later row, and line by line as wide as the first row.
        Case(
            "a,b\n\"1,2\n3,4\n\"5,6\n", [["a", "b"], ["\"1", "2"], ["3", "4"], ["\"5", "6"]],
            ["runawayQuote@4*2", "unclosedQuote@13"], lf: 4),
        Case(
            "a,b\nx,\"He said\n\"hi\" to me\"\n", [["a", "b"], ["x", "\"He said\n\"hi\" to me\""]], ["textAfterClosingQuote@16"], lf: 2),
        Case("a,b\n\"1\n2,3\n\"4,5\n", [["a", "b"], ["\"1\n2,3\n\"4", "5"]], ["textAfterClosingQuote@12"], lf: 2),
        Case("\"a\"b\n", [["\"a\"b"]], ["textAfterClosingQuote@3"], lf: 1),
        Case("\"a\" ,b\n", [["\"a\" ", "b"]], ["textAfterClosingQuote@3"], lf: 1),
        Case("\"a\" \"b\",c\n", [["\"a\" \"b\"", "c"]], ["textAfterClosingQuote@3"], lf: 1),
        Case("\"a\"b,\"c,d\"\n", [["\"a\"b", "\"c,d\""]], ["textAfterClosingQuote@3"], lf: 1),
        Case("\"a\"b", [["\"a\"b"]], ["textAfterClosingQuote@3"]),
        Case("\"a\"\r", [["\"a\"\r"]], ["loneCarriageReturn@3", "textAfterClosingQuote@3"], cr: 1),
        Case("\"a\"\rb\r\n", [["\"a\"\rb"]], ["loneCarriageReturn@3", "textAfterClosingQuote@3"], crlf: 1, cr: 1),
        Case("\"a\"\r,b\n", [["\"a\"\r", "b"]], ["loneCarriageReturn@3", "textAfterClosingQuote@3"], lf: 1, cr: 1),
        Case("\"a\"\r\r\n", [["\"a\"\r"]], ["loneCarriageReturn@3", "textAfterClosingQuote@3"], crlf: 1, cr: 1),
        Case("\"a\"\u{0}\n", [["\"a\"\u{0}"]], ["textAfterClosingQuote@3"], lf: 1),
        Case("a\"b\n", [["a\"b"]], ["strayQuote@1"], lf: 1),
        Case("a\"b\"c,d\n", [["a\"b\"c", "d"]], ["strayQuote@1"], lf: 1),
        Case(" \"a\"\n", [[" \"a\""]], ["strayQuote@1"], lf: 1),
        Case("a\"", [["a\""]], ["strayQuote@1"]),
        Case("2\",x\n3\",y\n", [["2\"", "x"], ["3\"", "y"]], ["strayQuote@1", "strayQuote@6"], lf: 2),
        Case("2\",3\"\n", [["2\"", "3\""]], ["strayQuote@1", "strayQuote@4"], lf: 1),
        Case("a\"b\rc\r\n", [["a\"b\rc"]], ["loneCarriageReturn@3", "strayQuote@1"], crlf: 1, cr: 1),
        Case("a\"\r\n\"b\"\n", [["a\""], ["\"b\""]], ["strayQuote@1"], lf: 1, crlf: 1),
    ]

    static let dialects: [Case] = [
        Case("a;b,c\n", [["a", "b,c"]], lf: 1, dialect: semicolon),
        Case("\"a;b\";c\r\n;\n", [["\"a;b\"", "c"], ["", ""]], lf: 1, crlf: 1, dialect: semicolon),
        Case("'a,b','it''s'\n", [["'a,b'", "'it''s'"]], lf: 1, dialect: apostrophe),
        Case("\"a,b\"\n", [["\"a", "b\""]], lf: 1, dialect: apostrophe),
        Case("it's,'\n", [["it's", "'"]], ["strayQuote@2", "unclosedQuote@5"], lf: 1, dialect: apostrophe),
        Case("a b\n", [["a", "b"]], lf: 1, dialect: Dialect(delimiter: UInt8(ascii: " "))!),
        Case("a\tb\n", [["a", "b"]], lf: 1, dialect: Dialect(delimiter: UInt8(ascii: "\t"))!),
    ]

    static let all = plain + lineEnds + quotes + damagedQuotes + dialects

    @Test(arguments: all)
    func `the reference agrees with the table`(_ line: Case) {
        expectTable(line, ReferenceTokenizer(line.input, dialect: line.dialect).outline.sorted())
    }

    @Test(arguments: all)
    func `the tokenizer agrees with the table, however the input is cut`(_ line: Case) {
        for cuts in Cuts.usual {
            let (found, contradictions) = outline(of: line.input, dialect: line.dialect, cuts: cuts)
            #expect(contradictions.isEmpty, "\(cuts)")
            expectTable(line, found)
        }
    }

    @Test(arguments: all)
    func `places are counted from the offset where the stream begins`(_ line: Case) {
        let (found, contradictions) = outline(of: line.input, dialect: line.dialect, cuts: .every(2), byteOffset: 3)
        #expect(contradictions.isEmpty)
        #expect(found == ReferenceTokenizer(line.input, dialect: line.dialect).outline.shifted(by: 3).sorted())
    }

    private func expectTable(_ line: Case, _ outline: Outline) {
        #expect(outline.rows.map { $0.map(\.bytes) } == line.rows)
        #expect(outline.anomalies.map { "\($0.kind)@\($0.offset)" + ($0.count == 1 ? "" : "*\($0.count)") }.sorted() == line.anomalies)
        #expect([outline.lfCount, outline.crlfCount, outline.loneCarriageReturnCount] == [line.lf, line.crlf, line.cr])
    }

    @Test func `a stream can fail to deliver, and the batch then holds what it held`() {
        struct Broken: Error {}
        var tokenizer = Tokenizer(dialect: Dialect())
        var batch = RowBatch()
        func feed(_ text: String) {
            tokenizer.tokenize(into: &batch, byteCount: 64) { space in
                space.copy(Array(text.utf8).span)
                return text.utf8.count
            }
        }
        feed("a,b\nc,")
        #expect(throws: Broken.self) {
            try tokenizer.tokenize(into: &batch, byteCount: 64) { (_) throws(Broken) -> Int in throw Broken() }
        }
        #expect(batch.rowCount == 0)
        feed("d\n")
        #expect(batch.rowCount == 1)
        #expect(batch.fields(ofRow: 0).map { Array(batch.bytes[batch.range(ofField: $0)]) } == [Array("c".utf8), Array("d".utf8)])
        #expect(batch.firstLine == 2)
    }
}
