import ByteSpans
import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

/// What is told of rows without an index of their fields, against the index.
@Suite(.computing) struct RowsByBitsTests {
    @Test(arguments: 0..<20)
    func `blank rows and the last rows`(_ block: Int) {
        for seed in (block * 100)..<((block + 1) * 100) {
            var generator = SeededGenerator(seed: seed)
            let input =
                switch seed % 4 {
                case 0: generator.longRows(byteCount: 300)
                case 1: Self.blankLines(&generator)
                default: generator.soup(byteCount: 1 + generator.below(400))
                }
            let cuts: [Cuts] = [.every(7), .every(64), .every(.max), .random(seed: seed)]
            let limits = seed % 3 == 0 ? RowBatch.Limits(rowBytes: 20, fieldBytes: 4, fields: 3, headBytes: 100) : RowBatch.Limits()
            var tokenizer = Tokenizer(dialect: Dialect(), kernel: kernels[seed % kernels.count], limits: limits)
            var batch = RowBatch()
            for chunk in cuts[seed % cuts.count].chunks(of: input) {
                batch.prepare(byteCount: chunk.count)
                _ = batch.writeSpace { $0.append(contentsOf: chunk.span) }
                tokenizer.index(&batch, newByteCount: chunk.count)
                guard agrees(&batch, seed: seed) else { return }
            }
            tokenizer.finish(&batch)
            guard agrees(&batch, seed: seed) else { return }
        }
    }

    private static func blankLines(_ generator: inout SeededGenerator) -> [UInt8] {
        let pieces = [
            "\n", "\r\n", "\r", "1\n", "1", "a,b\n", ",", String(repeating: "\n", count: 70), String(repeating: "\r\n", count: 50),
        ]
        return (0..<generator.below(40)).flatMap { _ in Array(generator.element(of: pieces).utf8) }
    }

    private func agrees(_ batch: inout RowBatch, seed: Int) -> Bool {
        let leadingCount = batch.leadingBlankRowCount()
        let (count, blank, lastThree, all) = (
            batch.blankRowCount(), batch.blankRows(), batch.startsOfLastRows(3), batch.startsOfLastRows(.max)
        )
        guard batch.rowCount > 0 else { return count == 0 && blank.isEmpty && all.isEmpty }
        batch.makeIndex()
        var starts: [Int] = []
        var expected: [Int] = []
        for row in 0..<batch.rowCount {
            let fields = batch.fields(ofRow: row)
            starts.append(batch.range(ofField: fields.lowerBound).lowerBound)
            if batch.fieldCount(ofRow: row) == 1, batch.byteCount(ofField: fields.lowerBound) == 0 { expected.append(row) }
        }
        #expect(leadingCount == (0..<batch.rowCount).prefix { expected.contains($0) }.count, "seed \(seed)")
        for width in [1, 2, 3] {
            let header = seed % 2 == 0 ? (0..<batch.rowCount).first { !expected.contains($0) } : nil
            var (blank, ragged) = (BitSet(), BitSet())
            batch.classifyRows(width: width, header: header, blank: &blank, ragged: &ragged)
            #expect(Array(blank) == expected, "seed \(seed)")
            let others = (0..<batch.rowCount).filter { $0 != header && !expected.contains($0) && batch.fieldCount(ofRow: $0) != width }
            #expect(Array(ragged) == others, "seed \(seed), width \(width)")
        }
        #expect(blank == expected, "seed \(seed)")
        #expect(count == expected.count, "seed \(seed)")
        #expect(all == starts, "seed \(seed)")
        #expect(lastThree == Array(starts.suffix(3)), "seed \(seed)")
        return blank == expected && count == expected.count && all == starts
    }

    @Test func `places of a text`() {
        var generator = SeededGenerator(seed: 1)
        let alphabet = Array("abAB@`0 \u{E9}".utf8)
        for _ in 0..<3000 {
            let content = (0..<generator.below(90)).map { _ in generator.element(of: alphabet) }
            let text = (0...generator.below(4)).map { _ in generator.element(of: alphabet) }
            let ignoresCase = generator.once(in: 2)
            let pattern = BytePattern(text, compared: (0, text.count - 1), ignoresCase: ignoresCase)
            func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
                bytes.map { ignoresCase && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
            }
            var found: [Int] = []
            var position = 0
            while let place = pattern.firstPlace(in: content.span, from: position) {
                if place + text.count <= content.count, lowered(content[place..<(place + text.count)]) == lowered(text) {
                    found.append(place)
                }
                position = place + 1
            }
            let expected = content.indices.filter {
                $0 + text.count <= content.count && lowered(content[$0..<($0 + text.count)]) == lowered(text)
            }
            #expect(found == expected)
        }
    }
}
