import CSVTokenizer
import Testing

/// There is no dialect that a tokenizer could not work with.
@Suite struct DialectTests {
    @Test func theUsualOneIsRFC4180() {
        let dialect = Dialect()
        #expect(dialect.delimiter == UInt8(ascii: ","))
        #expect(dialect.quote == UInt8(ascii: "\""))
        #expect(Dialect(delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\"")) == dialect)
    }

    /// Every pair of bytes: only two different ASCII bytes other than NUL, CR and LF make one.
    @Test func noOtherPairMakesOne() {
        for delimiter in UInt8.min...UInt8.max {
            for quote in UInt8.min...UInt8.max {
                let bytes: Set = [delimiter, quote]
                let isDialect = bytes.count == 2 && bytes.allSatisfy { $0 < 0x80 } && bytes.isDisjoint(with: [0x00, 0x0A, 0x0D])
                let dialect = Dialect(delimiter: delimiter, quote: quote)
                if (dialect != nil) != isDialect { Issue.record("\(delimiter), \(quote)") }
                if let dialect, (dialect.delimiter, dialect.quote) != (delimiter, quote) { Issue.record("\(delimiter), \(quote)") }
            }
        }
    }
}
