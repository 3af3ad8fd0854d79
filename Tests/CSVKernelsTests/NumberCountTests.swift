import CSVKernels
import SeededRandom
import TestSupport
import Testing

/// The counts of numbers by column, against each field read byte by byte.
@Suite(.computing) struct NumberCountTests {
    @Test(arguments: 0..<20)
    func `numbers by column`(_ block: Int) {
        let count = inputCount(4_000)
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let decimal = generator.element(of: [0x2E, 0x2C] as [UInt8])
            let dialect = TestDialect(delimiter: 0x3B)
            let width = generator.once(in: 4) ? 10 + generator.below(150) : 1 + generator.below(9)
            let rows = generator.plainRows(byteCount: generator.length(), width: width, decimal: decimal)
            for kernel in kernels {
                if let fault = fault(of: kernel, rows, width: width, dialect: dialect, decimal: decimal, generator: &generator) {
                    Issue.record("seed \(seed), kernel \(kernel): \(fault)\n\(rows.literal), decimal \(decimal), width \(width)")
                    return
                }
            }
        }
    }

    private func fault(
        of kernel: Int32, _ bytes: [UInt8], width: Int, dialect: TestDialect, decimal: UInt8, generator: inout SeededGenerator
    ) -> String? {
        let structure = Structure(of: bytes, dialect: dialect)
        let found = NumberWords(kernel, bytes, structure, dialect: dialect, decimal: decimal, generator: &generator)
        var expected = [UInt32](repeating: 3, count: 4 * width)
        for (index, field) in structure.fields.enumerated() {
            var text = bytes[field]
            if bytes[field.upperBound] == 0x0A, text.last == 0x0D { text.removeLast() }
            let kinds = NumberWords.Kinds(FieldText(text, quote: nil), decimal: decimal)
            let column = index % width
            if kinds.isOdd { expected[column] += 1 }
            if kinds.isSeparated { expected[width + column] += 1 }
            if kinds.isEmpty { expected[2 * width + column] += 1 }
            if kinds.isGrouped { expected[3 * width + column] += 1 }
        }
        let counts = found.counts(kernel, width: width)
        guard let place = counts.indices.first(where: { counts[$0] != expected[$0] }) else { return nil }
        let kind = ["odd", "separated", "empty", "grouped"][place / width]
        return "\(counts[place] - 3) \(kind) in column \(place % width), not \(expected[place] - 3)"
    }
}

extension SeededGenerator {
    /// Whole rows of numbers, empty fields and some others.
    fileprivate mutating func plainRows(byteCount: Int, width: Int, decimal: UInt8) -> [UInt8] {
        var bytes: [UInt8] = []
        let emptyShare = element(of: [2, 10])
        repeat {
            for column in 0..<width {
                if !once(in: emptyShare) {
                    if once(in: 3) { bytes.append(0x2D) }
                    for _ in 0..<(1 + below(4)) { bytes.append(0x30 + UInt8(below(3))) }
                    if once(in: 2) {
                        bytes.append(decimal)
                        for _ in 0..<(1 + below(5)) { bytes.append(0x30 + UInt8(below(10))) }
                    }
                }
                if once(in: 20) { bytes.append(0x61) }
                bytes += column + 1 < width ? [0x3B] : once(in: 2) ? [0x0A] : [0x0D, 0x0A]
            }
        } while bytes.count < byteCount
        return bytes
    }
}
