import CSVKernels
import SeededRandom
import TestSupport
import Testing

/// What fields are as numbers, against each field read byte by byte.
@Suite(.computing) struct NumberTests {
    @Test(arguments: 0..<20)
    func `random fields`(_ block: Int) {
        let count = inputCount(20_000)
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let dialect = generator.element(of: TestDialect.all)
            let decimal = generator.element(of: [0x2E, 0x2C] as [UInt8])
            let bytes = generator.numberRows(byteCount: generator.length(), dialect: dialect, decimal: decimal)
            guard agrees(bytes, dialect: dialect, decimal: decimal, seed: seed, generator: &generator) else { return }
        }
    }

    /// One field, moved over the edges of blocks.
    @Test(arguments: [
        "", "0", "-0", "-", "1.5", "-1.5", ".5", "5.", "1.2.3", "1..2", "--1", "1-", "1e5", "+1", " 1", "1 ",
        "123456789012345", "1234567890123456", "-12345678901234", "-123456789012345", "1234567.1234567", "1234567.12345678",
        "1234567890123456789012345678901234567890", "é", "/", ":", "\"\"", "\"1\"", "\"-1\"", "\"-1.5\"", "\"1.5\"", "\".5\"",
        "\"5.\"", "\"1.2.3\"", "\"-\"", "\" 1\"", "\"1\"\"2\"", "\"1\"\"\"", "\"1,5\"", "\"123456789012345\"",
        "\"1234567890123456\"", "1\"2", "\"1\"2", "1\r2", "1\r", "45123", "-45123", "20260131", "19991231", "2026013", "20.60131", "4512",
        "01", "-01", "0.5", "00,5", "1,234", "\"1\"\r", "\"1\r\"", "\"1\n\"", "\"\r\n\"", "\"\"\"\"",
    ])
    func `one field at every place`(_ field: String) {
        var generator = SeededGenerator(seed: 0)
        for lead in places {
            for tail in ["\n", "\r\n", ",7\n", ",-7.5\r\n", ",\"-7\"\n"] {
                for head in [String(repeating: "1,", count: lead / 2) + (lead % 2 == 0 ? "" : ","), String(repeating: ",", count: lead)] {
                    let bytes = Array((head + field + tail).utf8)
                    guard agrees(bytes, dialect: TestDialect(), decimal: 0x2E, seed: lead, generator: &generator) else { return }
                }
            }
        }
    }

    private func agrees(_ bytes: [UInt8], dialect: TestDialect, decimal: UInt8, seed: Int, generator: inout SeededGenerator) -> Bool {
        let bytes = Array(bytes[..<Structure(of: bytes, dialect: dialect).rowsEnd])
        let structure = Structure(of: bytes, dialect: dialect)
        for kernel in kernels {
            if let fault = Self.fault(
                of: kernel, bytes, structure: structure, dialect: dialect, decimal: decimal, generator: &generator)
            {
                Issue.record("seed \(seed), kernel \(kernel): \(fault)\n\(bytes.literal), \(dialect), decimal \(decimal)")
                return false
            }
        }
        return true
    }

    private static func fault(
        of kernel: Int32, _ bytes: [UInt8], structure: Structure, dialect: TestDialect, decimal: UInt8, generator: inout SeededGenerator
    ) -> String? {
        let found = NumberWords(kernel, bytes, structure, dialect: dialect, decimal: decimal, generator: &generator)
        if found.fieldCount != structure.fields.count { return "\(found.fieldCount) fields, not \(structure.fields.count)" }
        if found.writesTooMuch { return "writes a word too many" }
        for (index, field) in structure.fields.enumerated() {
            var text = bytes[field]
            if bytes[field.upperBound] == 0x0A, text.last == 0x0D { text.removeLast() }
            let expected = NumberWords.Kinds(FieldText(text, quote: dialect.quote), decimal: decimal)
            if found[index] != expected, !isExcused(text, dialect: dialect, decimal: decimal) {
                return "\(found[index]) for the field at \(field.lowerBound), \(Array(text).literal)"
            }
        }
        return formFault(of: kernel, bytes, structure: structure, dialect: dialect, generator: &generator)
    }

    private static func formFault(
        of kernel: Int32, _ bytes: [UInt8], structure: Structure, dialect: TestDialect, generator: inout SeededGenerator
    ) -> String? {
        let found = NumberWords(kernel, bytes, structure, dialect: dialect, decimal: nil, generator: &generator)
        if found.fieldCount != structure.fields.count || found.writesTooMuch { return "\(found.fieldCount) fields with forms" }
        var counts = [UInt32](repeating: 3, count: Int(CSV_FORM_WORDS.rawValue))
        for (index, field) in structure.fields.enumerated() {
            var text = bytes[field]
            if bytes[field.upperBound] == 0x0A, text.last == 0x0D { text.removeLast() }
            let expected = FieldText(text, quote: nil).formWord(quote: dialect.quote).map { [$0.rawValue] } ?? []
            if found.forms(index) != expected {
                return "form \(found.forms(index)), not \(expected), of the field at \(field.lowerBound), \(Array(text).literal)"
            }
            for form in expected { counts[Int(form)] += 1 }
        }
        return found.counts(kernel, width: 1) == counts ? nil : "counts of forms: \(found.counts(kernel, width: 1)), not \(counts)"
    }

    /// What the kernels may answer either way.
    private static func isExcused(_ text: ArraySlice<UInt8>, dialect: TestDialect, decimal: UInt8) -> Bool {
        // A number and then a quote that nothing opened: an anomaly that the tokenizer notes.
        text.last == dialect.quote && FieldText(text.dropLast(), quote: nil).isEmptyOrPlainNumber(decimal: decimal)
    }
}

extension SeededGenerator {
    /// Whole rows of fields that are numbers, or almost.
    fileprivate mutating func numberRows(byteCount: Int, dialect: TestDialect, decimal: UInt8) -> [UInt8] {
        let quote = dialect.quote
        let odd: [[UInt8]] = [
            [decimal], [0x2D], [0x2E], [0x2C], [quote], [quote, quote], [0x0D], [0x0D, 0x0A], [0x0A], [0x61], [0x20], [0x00],
            [0x2F], [0x3A], [0xC3, 0xA9], [0xB0], [0xFF], [0x2B], [dialect.delimiter],
        ]
        let damage = element(of: [4, 20, 100])
        let usesCRLF = once(in: 2)
        var bytes: [UInt8] = []
        while bytes.count < byteCount {
            let isQuoted = once(in: 4)
            if isQuoted { bytes.append(quote) }
            if !once(in: 6) {
                if once(in: 3) { bytes.append(0x2D) }
                let length = once(in: 4) ? 10 + below(9) : 1 + below(8)
                let point = once(in: 2) ? 1 + below(length) : 0
                for place in 0..<length { bytes.append(place == point && place > 0 ? decimal : 0x30 + UInt8(below(10))) }
            }
            if isQuoted { bytes.append(quote) }
            if once(in: damage) { bytes.insert(contentsOf: element(of: odd), at: max(0, bytes.count - below(4))) }
            bytes += !once(in: 5) ? [dialect.delimiter] : usesCRLF ? [0x0D, 0x0A] : [0x0A]
        }
        return bytes + [0x0A]
    }
}
