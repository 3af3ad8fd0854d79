import CSVKernels
import SeededRandom
import TestSupport
import Testing

/// The counts of plain numbers by column, against each field read byte by byte.
@Suite(.computing) struct PlainCountTests {
    @Test(arguments: 0..<20)
    func `plain fields by column`(_ block: Int) {
        let count = inputCount(4_000)
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let decimal = generator.element(of: [0x2E, 0x2C] as [UInt8])
            let dialect = TestDialect(delimiter: 0x3B)
            let width = generator.once(in: 8) ? 64 + generator.below(100) : 1 + generator.below(9)
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
        let content = PaddedBytes(bytes, dialect: dialect, generator: &generator)
        var violations = structure.ends.map { _ in generator.next() } + [0, 0]
        var decimals = violations
        var counts = [UInt32](repeating: 3, count: 3 * width)
        var isPlain = false
        violations.withUnsafeMutableBufferPointer { violations in
            decimals.withUnsafeMutableBufferPointer { decimals in
                structure.ends.withUnsafeBufferPointer { ends in
                    structure.rowEnds.withUnsafeBufferPointer { rowEnds in
                        counts.withUnsafeMutableBufferPointer { counts in
                            var numbers = csv_numbers()
                            numbers.bytes = UnsafePointer(content.start)
                            numbers.end = bytes.count
                            (numbers.ends, numbers.row_ends) = (ends.baseAddress, rowEnds.baseAddress)
                            (numbers.quote, numbers.decimal) = (dialect.quote, decimal)
                            (numbers.violations, numbers.decimals) = (violations.baseAddress, decimals.baseAddress)
                            csv_numbers_run(kernel, &numbers)
                            isPlain = !bytes.indices.contains { violations[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
                            let start = counts.baseAddress!
                            csv_count_plain(
                                kernel, &numbers, width,
                                csv_plain_counts(empty: start, separated: start + width, grouped: start + 2 * width))
                        }
                    }
                }
            }
        }
        if !isPlain { return "a violation in plain numbers" }
        var expected = [UInt32](repeating: 3, count: 3 * width)
        for (index, field) in structure.fields.enumerated() {
            var text = bytes[field]
            if bytes[field.upperBound] == 0x0A, text.last == 0x0D { text.removeLast() }
            let number = FieldText(text, quote: nil)
            let column = index % width
            if text.isEmpty { expected[column] += 1 }
            if number.hasSeparator(decimal) {
                expected[width + column] += 1
                if number.mayGroup { expected[2 * width + column] += 1 }
            }
        }
        guard let place = counts.indices.first(where: { counts[$0] != expected[$0] }) else { return nil }
        let kind = ["empty", "separated", "grouped"][place / width]
        return "\(counts[place] - 3) \(kind) in column \(place % width), not \(expected[place] - 3)"
    }
}

extension SeededGenerator {
    /// Whole rows of plain numbers and empty fields.
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
                bytes += column + 1 < width ? [0x3B] : once(in: 2) ? [0x0A] : [0x0D, 0x0A]
            }
        } while bytes.count < byteCount
        return bytes
    }
}
