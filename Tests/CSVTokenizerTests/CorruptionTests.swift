import ByteSpans
import CSVTokenizer
import Foundation
import SeededRandom
import TestSupport
import Testing

/// Valid UTF-8 with one byte changed: no kernel overlooks what the standard library's parser sees, and the first place is the same.
@Suite(.computing) struct CorruptionTests {
    /// `CORRUPTIONS=1000000` makes as many.
    private static let count = ProcessInfo.processInfo.environment["CORRUPTIONS"].flatMap { Int($0) } ?? 20_000

    @Test(arguments: 0..<4)
    func oneByteChanged(_ shard: Int) {
        let pieces: [[UInt8]] = [
            Array("plain text, with ASCII only; ".utf8), Array("é".utf8), Array("Ελληνικά".utf8), Array("漢字".utf8), Array("😀".utf8),
            [0xEF, 0xBB, 0xBF],
            Array("a".utf8), Array("\n".utf8), Array(",".utf8),
        ]
        for seed in 0..<(Self.count / 4) {
            var generator = SeededGenerator(seed: seed * 4 + shard)
            var bytes: [UInt8] = []
            let length = 20 + generator.below(180)
            while bytes.count < length { bytes += generator.element(of: pieces) }
            let place = generator.below(bytes.count)
            bytes[place] = UInt8(generator.below(256))
            let expected = Self.firstFault(of: bytes)
            let kernel = kernels[seed % kernels.count]
            var tokenizer = Tokenizer(dialect: Dialect(delimiter: 0x01, quote: 0x02)!, kernel: kernel)
            var batch = RowBatch()
            var found: Int?
            func look(_ batch: borrowing RowBatch) {
                guard batch.isSuspicious, found == nil else { return }
                for row in 0..<batch.rowCount {
                    for field in batch.fields(ofRow: row) where found == nil {
                        let scan = batch.characters(ofField: field)
                        if scan.invalidCount > 0 { found = scan.firstInvalidOffset }
                    }
                }
            }
            tokenizer.tokenize(into: &batch, byteCount: bytes.count) {
                $0.copy(bytes.span)
                return bytes.count
            }
            look(batch)
            tokenizer.finish(&batch)
            look(batch)
            // The two control characters are delimiter and quote here.
            if bytes.contains(0x02) || found == expected { continue }
            Issue.record("seed \(seed * 4 + shard), \(kernel): \(found ?? -1), not \(expected ?? -1), in \(bytes)")
            return
        }
    }

    private static func firstFault(of bytes: [UInt8]) -> Int? {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error: return offset
            case .emptyInput: return nil
            }
        }
    }
}
