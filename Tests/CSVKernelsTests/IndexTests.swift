import CSVKernels
import SeededRandom
import TestSupport
import Testing

/// Positions, counts and widths, against loops over single bits.
@Suite(.computing) struct IndexTests {
    @Test(arguments: 0..<20)
    func `random bits`(_ block: Int) {
        let count = inputCount(10_000)
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let wordCount = generator.below(generator.once(in: 4) ? 40 : 6)
            let words = (0..<wordCount).map { _ in generator.word() }
            for kernel in kernels {
                if let fault = Self.fault(of: kernel, words) {
                    Issue.record("seed \(seed), kernel \(kernel): \(fault)\n\(words)")
                    return
                }
            }
        }
    }

    /// Every number of bits in a word, lowest or highest.
    @Test func `each count of bits in a word`() {
        for count in 0...64 {
            let low = count == 64 ? UInt64.max : (1 << UInt64(count)) - 1
            for words in [[low], [low << UInt64(64 - max(count, 1))], [0, low, 1], [.max, low, .max]] {
                for kernel in kernels { #expect(Self.fault(of: kernel, words) == nil, "kernel \(kernel), \(words)") }
            }
        }
    }

    private static func fault(of kernel: Int32, _ words: [UInt64]) -> String? {
        let expected = (0..<(64 * words.count)).filter { words[bit: $0] }.map { UInt32($0) }
        // Room as the header asks for, and something after it.
        let sentinel: UInt32 = 0xDEAD_BEEF
        var positions = [UInt32](repeating: sentinel, count: expected.count + 64 + 4)
        let count = positions.withUnsafeMutableBufferPointer { csv_positions(kernel, words, words.count, $0.baseAddress) }
        if count != expected.count { return "\(count) positions, not \(expected.count)" }
        if positions[..<count] != expected[...] { return "positions differ" }
        if positions[(expected.count + 64)...].contains(where: { $0 != sentinel }) { return "writes behind the room it has" }
        if csv_count(kernel, words, words.count) != expected.count { return "counts \(csv_count(kernel, words, words.count))" }
        return nil
    }

    /// Rows of one width but for a few, some of them spread over many words.
    @Test(arguments: 0..<20)
    func `random widths`(_ block: Int) {
        let count = inputCount(10_000)
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let width = 1 + generator.below(generator.once(in: 5) ? 200 : 9)
            let spread = generator.element(of: [1, 3, 30])
            let damage = generator.element(of: [0, 0, 3, 20])
            var ends: [UInt64] = [], rowEnds: [UInt64] = []
            var position = 0
            var isUniform = true
            func append(endsRow: Bool) {
                position += generator.below(spread)
                while ends.count <= position / 64 {
                    ends.append(0)
                    rowEnds.append(0)
                }
                ends[bit: position] = true
                rowEnds[bit: position] = endsRow
                position += 1
            }
            for _ in 0..<generator.below(12) {
                var fieldCount = width
                if damage > 0, generator.once(in: damage) { fieldCount = max(1, width + generator.below(3) - 1) }
                if fieldCount != width { isUniform = false }
                for field in 1...fieldCount { append(endsRow: field == fieldCount) }
            }
            // A row that does not end counts for nothing.
            for _ in 0..<generator.below(4) { append(endsRow: false) }
            for kernel in kernels where csv_have_width(kernel, ends, rowEnds, ends.count, width) != isUniform {
                Issue.record("seed \(seed), kernel \(kernel): rows are \(isUniform ? "" : "not ")of width \(width)\n\(ends)\n\(rowEnds)")
                return
            }
        }
    }
}

extension SeededGenerator {
    /// Bits of any density.
    fileprivate mutating func word() -> UInt64 {
        switch below(6) {
        case 0: 0
        case 1: .max
        case 2: next()
        case 3: next() & next()
        case 4: next() & next() & next() & next()
        default: next() | next() | next()
        }
    }
}
