import SeededRandom
import TestSupport
import Testing

/// The scan for structure and characters, each call against a machine that reads byte by byte.
@Suite(.computing) struct ScanTests {
    /// Every start up to the third block, ends around the edges after it, every state.
    @Test(arguments: 0...130)
    func `starts, ends and states`(_ from: Int) {
        var generator = SeededGenerator(seed: from)
        for edge in [from, 64, 128, 192] where edge >= from - 2 {
            for end in max(from, edge - 2)...(edge + 2) {
                for state in ByteMachine.State.ofKernels where inputCount(100) > 1 || generator.once(in: 4) {
                    let dialect = generator.element(of: TestDialect.all)
                    let bytes =
                        generator.once(in: 2)
                        ? generator.rows(byteCount: end + generator.below(3), dialect: dialect)
                        : generator.soup(byteCount: end + generator.below(3), dialect: dialect, calm: generator.element(of: [0, 20, 200]))
                    let scan = ScanCase(bytes: bytes, dialect: dialect, from: from, end: end, state: state)
                    guard agrees(scan, seed: from, generator: &generator) else { return }
                }
            }
        }
    }

    /// Everything at random.
    @Test(arguments: 0..<20)
    func `random bytes`(_ block: Int) {
        let count = inputCount(40_000)
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let dialect = generator.element(of: TestDialect.all)
            let length = generator.length()
            let bytes =
                generator.once(in: 3)
                ? generator.rows(byteCount: length, dialect: dialect)
                : generator.soup(byteCount: length, dialect: dialect, calm: generator.element(of: [0, 0, 10, 50, 250]))
            let from = generator.once(in: 2) ? 0 : generator.below(length + 1)
            let end = generator.once(in: 2) ? length : from + generator.below(length - from + 1)
            let state = generator.once(in: 2) ? .fieldStart : generator.element(of: ByteMachine.State.ofKernels)
            let scan = ScanCase(bytes: bytes, dialect: dialect, from: from, end: end, state: state)
            guard agrees(scan, seed: seed, generator: &generator) else { return }
        }
    }

    /// Scans that go on where the one before stopped, over oddities and over cuts: all of a text, as the tokenizer has it read.
    @Test(arguments: 0..<20)
    func `scans that go on`(_ block: Int) {
        let count = inputCount(10_000)
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let dialect = generator.element(of: TestDialect.all)
            let length = generator.length() + generator.length()
            let bytes =
                generator.once(in: 3)
                ? generator.rows(byteCount: length, dialect: dialect)
                : generator.soup(byteCount: length, dialect: dialect, calm: generator.element(of: [0, 10, 50, 250]))
            let scans = ScanSequence(bytes: bytes, dialect: dialect)
            for kernel in kernels {
                if let fault = scans.fault(kernel: kernel, generator: &generator) {
                    Issue.record("seed \(seed), kernel \(kernel): \(fault)\n\(bytes.literal), \(dialect)")
                    return
                }
            }
        }
    }

    /// Well-formed text but for one piece, at every place of a block and around.
    @Test(
        arguments: [
            [0x00], [0x80], [0xC2], [0xC0, 0x80], [0xC1, 0xBF], [0xC3, 0xA9], [0xE0, 0x9F, 0x80], [0xE0, 0xA0, 0x80],
            [0xE2, 0x82], [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xEF, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
            [0x22], [0x0D], [0x0D, 0x0A], [0x2C, 0x22, 0x22, 0x0D, 0x0A],
        ] as [[UInt8]])
    func `one piece at every place`(_ piece: [UInt8]) {
        var generator = SeededGenerator(seed: Int(piece[0]))
        for place in places {
            for isQuoted in [false, true] {
                var bytes = [UInt8](repeating: 0x61, count: place) + piece + [UInt8](repeating: 0x61, count: 70)
                if isQuoted, place > 0 { bytes[0] = 0x22 }
                for end in [bytes.count, place + piece.count, place + piece.count - 1] {
                    guard agrees(ScanCase(bytes: bytes, end: end), seed: place, generator: &generator) else { return }
                }
            }
        }
    }

    private func agrees(_ scan: ScanCase, seed: Int, generator: inout SeededGenerator) -> Bool {
        for kernel in kernels {
            if let fault = scan.fault(kernel: kernel, generator: &generator) {
                Issue.record("seed \(seed), kernel \(kernel): \(fault)\n\(scan)")
                return false
            }
        }
        return true
    }
}
