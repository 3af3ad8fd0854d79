import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

/// Generated inputs through every way of cutting them, against the reference.
@Suite(.computing) struct TokenizerChunkTests {
    static let dialects = [Dialect(), Dialect(delimiter: UInt8(ascii: ";"))!, Dialect(quote: UInt8(ascii: "'"))!]

    /// Seeds are spread over arguments so that they run in parallel and a failure names its range.
    @Test(arguments: 0..<20)
    func `short soups`(_ block: Int) {
        let count = isDebugBuild ? 120 : 500
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let length = generator.below(seed % 10 == 0 ? 200 : 30)
            let input = generator.soup(byteCount: length)
            guard agrees(input, seed: seed, cuts: [1, 2, 3, 7, Int.max].map(Cuts.every) + [.random(seed: seed), .ahead(seed: seed)]) else {
                return
            }
        }
    }

    @Test(arguments: 0..<20)
    func `long soups`(_ block: Int) {
        for seed in (block * 5)..<((block + 1) * 5) where !isDebugBuild || seed % 5 < 2 {
            var generator = SeededGenerator(seed: seed)
            let length = 150 + generator.below(seed % 25 == 0 ? 9000 : 500)
            let cuts = Cuts.usual + [.random(seed: seed), .ahead(seed: seed), .ahead(seed: seed + 1)]
            guard agrees(generator.soup(byteCount: length), seed: seed, cuts: cuts) else { return }
        }
    }

    @Test(arguments: 0..<20)
    func `rows as exports have them, some damaged`(_ block: Int) {
        for seed in (block * 5)..<((block + 1) * 5) where !isDebugBuild || seed % 5 < 2 {
            var generator = SeededGenerator(seed: seed)
            let length = 150 + generator.below(seed % 25 == 0 ? 9000 : 500)
            let cuts = Cuts.usual + [.random(seed: seed), .ahead(seed: seed), .ahead(seed: seed + 1)]
            guard agrees(generator.longRows(byteCount: length), seed: seed, cuts: cuts) else { return }
        }
    }

    /// A chunk is taken over where a row begins, and only there.
    @Test(arguments: [
        // The first row is not known yet, then each chunk begins with a row.
        (["a,b\n", "1,2\n", "3,4\n5,6\n"], 2, 0),
        // The second begins inside quotes, the third inside a row.
        (["a,b\n1,\"x\n", "y\",2\n", "z"], 0, 2), (["a,b\n1,", "2\n3", ",4\n5,6\n"], 0, 2),
        // No row ends in the second: the next begins with an open row.
        (["a,b\n", "1", ",2\n", "3,4\n"], 1, 2), (["\n", "\n", "a,b\n", "c,d\n"], 1, 0),
    ])
    func `chunks taken over`(chunks: [String], takenOver: Int, again: Int) {
        for kernel in kernels {
            var tokenizer = Tokenizer(dialect: Dialect(), kernel: kernel)
            var ahead = AheadOfOrder()
            var batch = RowBatch()
            var byteOffset = 0
            for chunk in chunks {
                ahead.tokenize(Array(chunk.utf8)[...], at: byteOffset, into: &batch, of: &tokenizer)
                byteOffset += chunk.utf8.count
            }
            #expect(ahead.takenOverCount == takenOver && ahead.againCount == again, "\(kernel)")
        }
    }

    @Test func `long runs of one byte`() {
        for byte in Array("\n\r,\"a".utf8) {
            let input = Array("x\n".utf8) + Array(repeating: byte, count: 5000) + Array("\ny".utf8)
            guard agrees(input, seed: 0, cuts: [.every(4096), .every(.max)]) else { return }
        }
    }

    /// Whether an input gives the reference's outline under each of the cuts; records an issue for the first that does not.
    private func agrees(_ input: [UInt8], seed: Int, cuts: [Cuts]) -> Bool {
        let dialect = Self.dialects[seed % Self.dialects.count]
        let byteOffset = seed % 2 * 3
        let reference = ReferenceTokenizer(input, dialect: dialect).outline.shifted(by: byteOffset).sorted()
        // Every kernel meets every seed, and every way of cutting in turn.
        for (index, cuts) in cuts.enumerated() {
            let kernel = kernels[(seed + index) % kernels.count]
            let (found, contradictions) = outline(of: input, dialect: dialect, kernel: kernel, cuts: cuts, byteOffset: byteOffset)
            let differences = found.differences(from: reference) + contradictions
            guard differences.isEmpty else {
                Issue.record(
                    "seed \(seed), \(cuts), \(kernel), input \(String(decoding: input, as: UTF8.self).debugDescription)\n\(differences.prefix(5))"
                )
                return false
            }
        }
        return true
    }
}
