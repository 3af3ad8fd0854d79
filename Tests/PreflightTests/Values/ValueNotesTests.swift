import ByteSpans
import CSVTokenizer
import SeededRandom
import TestSupport
import Testing
import ValueFormats

@testable import Preflight

/// Notes that are made column by column come out by row and column.
@Suite(.computing) struct ValueNotesTests {
    @Test(arguments: 0..<40)
    func sortedByField(_ seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let (width, rowCount) = (1 + generator.below(70), 1 + generator.below(90))
        var batch = RowBatch()
        var tokenizer = Tokenizer(dialect: Dialect())
        let row = Array(repeating: "1", count: width).joined(separator: ",") + "\n"
        let bytes = Array(String(repeating: row, count: rowCount).utf8)
        tokenizer.tokenize(into: &batch, byteCount: bytes.count) {
            $0.copy(bytes.span)
            return bytes.count
        }
        var notes = ValueNotes()
        var tile = TileNotes()
        var expected: [[Int]] = []
        // Twice, so that memory is used again.
        for _ in 0..<2 {
            notes.removeAll()
            expected = []
            var start = 0
            while start < rowCount {
                let end = min(rowCount, start + 1 + generator.below(20))
                tile.begin((start * width)..<(end * width))
                for column in 0..<width {
                    for row in start..<end where generator.below(3) == 0 {
                        let doubt = Doubt.allCases[generator.below(Doubt.allCases.count)]
                        tile.note(.doubtful(doubt), field: row * width + column)
                        expected.append([row, row * width + column, column, Int(doubt.rawValue)])
                    }
                }
                tile.move(to: &notes)
                start = end
            }
            var found: [[Int]] = []
            notes.forEach(in: batch, columns: []) {
                found.append([$0.row, $0.field, $0.column, Int($0.judgement.doubts.rawValue.trailingZeroBitCount)])
            }
            #expect(found == expected.sorted { $0[1] < $1[1] })
            if width <= 64 {
                var failing: [[Int]] = []
                notes.forEachFailingRun(width: width) { rows, fields in
                    for row in rows {
                        for place in 0..<width where fields >> UInt64(place) & 1 != 0 { failing.append([row, row * width + place]) }
                    }
                }
                #expect(failing == found.map { Array($0[..<2]) })
            }
            #expect(notes.isEmpty == expected.isEmpty)
            #expect(notes.hasFailure == !expected.isEmpty)
        }
    }
}
