import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import CSVTokenizer

/// Where a row is thought to begin after a cut.
@Suite(.computing) struct RowSynchronizerTests {
    private static func found(
        _ text: String, patience: Int = 1 << 20, endsLinesWithCR: Bool = false, dialect: Dialect = Dialect()
    ) -> Int? {
        var synchronizer = RowSynchronizer(dialect, endsLinesWithCR: endsLinesWithCR, patience: patience)
        let bytes = Array(text.utf8)
        return synchronizer.find(in: bytes.span, isAtEnd: true)
    }

    @Test(arguments: [
        // Text after a quote is literal in every state: the line end ends a row.
        ("x\",\"a\"b\n1,2\n", 8), ("\"a\" b\n1,2\n3", 6),
        // After a closed quote before a delimiter there are two readings, until one of them has text behind a quote.
        ("a\",\"b\nc\",\"d\" e\nf\n", 15),
        // Without a quote, the first line.
        ("a,b\nc,d\ne,f", 4), ("a,b\r\nc,d\r\n", 5), ("\nc,d\n", 1),
        // Nothing begins.
        ("abc", 3), ("", 0),
    ])
    func places(text: String, place: Int) {
        #expect(Self.found(text) == place)
    }

    @Test func carriageReturns() {
        #expect(Self.found("a,b\rc,d\r", endsLinesWithCR: true) == 4)
        #expect(Self.found("a,b\rc,d\r") == 8)
    }

    /// What is found does not depend on how many bytes are known at a time.
    @Test func anyPieces() {
        for seed in 0..<(isDebugBuild ? 300 : 3_000) {
            var generator = SeededGenerator(seed: seed)
            let bytes = generator.nastyBytes(atMost: 200)
            let (patience, hasCR) = ([10, 50, 1 << 20][seed % 3], seed % 7 == 0)
            var whole = RowSynchronizer(Dialect(), endsLinesWithCR: hasCR, patience: patience)
            let expected = whole.find(in: bytes.span, isAtEnd: true)
            var parts = RowSynchronizer(Dialect(), endsLinesWithCR: hasCR, patience: patience)
            var found: Int?
            var count = 0
            while found == nil, count < bytes.count {
                count = min(bytes.count, count + 1 + generator.below(20))
                found = parts.find(in: bytes.span.extracting(first: count), isAtEnd: count == bytes.count)
            }
            #expect((found ?? 0) == expected, "seed \(seed)")
        }
    }
}
