import CSVKernels
import SeededRandom
import TestSupport
import Testing

/// The tests of whole columns, against each field read byte by byte.
@Suite(.computing) struct ColumnTests {
    @Test(arguments: 0..<20)
    func `random columns`(_ block: Int) {
        let count = inputCount(6_000)
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let testCase = generator.columnCase()
            for kernel in kernels {
                if let fault = testCase.fault(kernel: kernel, generator: &generator) {
                    Issue.record("seed \(seed), kernel \(kernel): \(fault)\n\(testCase)")
                    return
                }
            }
        }
    }

    /// Fields that a rule was made for, in the first, a middle and the last of some columns.
    @Test(arguments: [
        "", "\"\"", "\"", "0", "00", "-00", "-0", "-", "-1", "1.5", "1,5", "1.500", "1,500", "-123.456", "1234.567",
        "-123,456", "0123", "-0123.456", "00,000", "123456789012345", "1234567890123456", "-12345678901234", "12345678901.123",
        "1.2.3", "1,2.3", ".5", "5.", "\"-1.5\"", "\"1,5\"", "\"1", "1\"", "+1", " 1", "1e5", "2026-02-28", "2026-02-29",
        "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "0001-01-01", "\"2026-02-28\"", "2026-02-28 ", "2026/02/28",
        "202:-01-01", "2026-0/-01", "true", "FALSE", "null", "N/A", "#N/A", "(blank)", "nothing", "nothin", "\\N", ".", "...",
        "?", "text", "é", "19991231", "20260230", "-1999123", "18991231", "20000", "79999", "80000", "-2345", "Budget 26", "Week 1 2026",
        "Plan 1", "Mayor 5", "September 2026", "AUGUST-26", "yes", "yeti", "FR01", "F1", "ORD", "OK", "NY", "N1", "TX", "FRANC", "nil ",
        "off", "offer",
        "Jan 26", "Jan-26", "January 2026", "September-26", "Septembers 26", "A-26", "AB 26", "N14228", "a b", "Q1 FY 2026", "EUR 5",
        "EUR 1234567890123456789", "EUR 12345678901234567890", "EUR 123456789012345678901", "$5", "£5", "€5", "¢5", "，5", "５", "٥", "د",
        "、5", "\u{A0}5", " 5", "NA ", "text ", "\u{0}", "\r", "1\r", "\"1\"\r", "\"1\r\"", "2026-02-28\r",
    ])
    func `one field`(_ field: String) {
        var generator = SeededGenerator(seed: 0)
        for width in 1...9 {
            for column in Set([0, width / 2, width - 1]) {
                for (lineEnd, isRequired) in [([0x0A], false), ([0x0D, 0x0A], true)] as [([UInt8], Bool)] {
                    var row = [[UInt8]](repeating: [0x37], count: width)
                    row[column] = Array(field.utf8)
                    let testCase = ColumnCase(
                        rows: [row, row, row], lineEnds: [lineEnd, [0x0A], field.utf8.last == 0x0D ? lineEnd : []], column: column,
                        tested: 0..<3, isRequired: isRequired, decimal: 0x2C)
                    for kernel in kernels {
                        let fault = testCase.fault(kernel: kernel, generator: &generator)
                        #expect(fault == nil, "kernel \(kernel), \(testCase)")
                    }
                }
            }
        }
    }

    /// Words that may mean a boolean or for no value are never told to be just text.
    @Test(arguments: [
        "true", "false", "True", "FALSE", "n/a", "N/A", "#N/A", "na", "NA", "nan", "NaN", "null", "NULL", "nil", "none",
        "None", "(null)", "\\N", ".", "?",
    ])
    func `short words are looked at closely`(_ word: String) {
        for kernel in kernels {
            let bytes = Array("\(word)\n".utf8)
            var generator = SeededGenerator(seed: 0)
            let padded = PaddedBytes(bytes, dialect: TestDialect(), generator: &generator)
            let ends: [UInt32] = [.max, UInt32(bytes.count - 1)]
            var form: UInt8 = 0xEE
            var counts = [UInt32](repeating: 0, count: Int(CSV_FORM_COUNT.rawValue))
            ends.withUnsafeBufferPointer { ends in
                var column = csv_column(
                    bytes: UnsafePointer(padded.start), ends: ends.baseAddress! + 1, first: 0, width: 1, row_count: 1, quote: 0x22,
                    is_last: true, is_required: false)
                var shape = DatePattern.iso.shape
                csv_column_forms(kernel, &column, &shape, &form, &counts)
            }
            #expect(UInt32(form) == CSV_FORM_UNKNOWN.rawValue)
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func columnCase() -> ColumnCase {
        let dialect = element(of: TestDialect.all)
        let width = 1 + below(9)
        let date = element(of: DatePattern.all)
        let decimal = element(of: [0x2E, 0x2C] as [UInt8])
        let rowCount = 1 + below(12)
        let rows = (0..<rowCount).map { _ in (0..<width).map { _ in field(dialect: dialect, date: date, decimal: decimal) } }
        var lineEnds = (0..<rowCount).map { _ in once(in: 2) ? [0x0D, 0x0A] : [0x0A] as [UInt8] }
        if once(in: 3), rows[rowCount - 1][width - 1].last != 0x0D { lineEnds[rowCount - 1] = [] }
        let first = below(rowCount)
        return ColumnCase(
            rows: rows, lineEnds: lineEnds, column: once(in: 3) ? width - 1 : below(width),
            tested: first..<(first + 1 + below(rowCount - first)), isRequired: once(in: 2), dialect: dialect, decimal: decimal, date: date)
    }

    /// A number or a date, or almost one; or something else.
    private mutating func field(dialect: TestDialect, date: DatePattern, decimal: UInt8) -> [UInt8] {
        var text: [UInt8] = []
        switch below(6) {
        case 0: break
        case 1, 2:
            if once(in: 3) { text.append(0x2D) }
            let length = once(in: 4) ? 10 + below(9) : 1 + below(7)
            let point = once(in: 2) ? 1 + below(length) : 0
            for place in 0..<length {
                text.append(place == point && place > 0 ? (once(in: 8) ? 0x2E : decimal) : once(in: 4) ? 0x30 : 0x30 + UInt8(below(10)))
            }
        case 3, 4: text = dateText(date)
        default:
            let words = [
                "true", "null", "#N/A", "text", "Text of more", "n", "(x)", ".x", "\\N", "no", "é", "x", "Jan 26", "Q1 FY 26", "AB-1",
                "EUR 1,5", "$5", "€ 5", "20260131", "45123", "yes", "text ",
            ]
            text = Array(element(of: words).utf8)
        }
        if once(in: 6) {
            let odd: [UInt8] = [0x2D, 0x2E, 0x2C, 0x2F, 0x3A, 0x20, 0x00, 0xB0, 0x61, 0x0D, dialect.quote, dialect.delimiter, 0x30]
            let byte = element(of: odd)
            if !text.isEmpty, once(in: 2) { text[below(text.count)] = byte } else { text.insert(byte, at: below(text.count + 1)) }
        }
        return once(in: 4) ? [dialect.quote] + text + [dialect.quote] : text
    }

    /// Parts of dates around their bounds.
    private mutating func dateText(_ date: DatePattern) -> [UInt8] {
        var text = date.letters
        var place = 0
        while place < text.count {
            let length = text[place...].prefix { $0 == text[place] }.count
            let values: [Int]? =
                switch Character(UnicodeScalar(text[place])) {
                case "y": [2026, 1, 0, 99, 1000]
                case "M", "h": [1, 12, 0, 13, 7]
                case "d": [1, 28, 0, 29, 17]
                case "H": [0, 23, 24, 9, 19]
                case "m", "s": [0, 59, 60, 7, 35]
                case "S": [0, 9999, 123]
                default: nil
                }
            if let values {
                var value = once(in: 4) ? element(of: values) : values[0]
                for digit in stride(from: place + length - 1, through: place, by: -1) {
                    text[digit] = 0x30 + UInt8(value % 10)
                    value /= 10
                }
            }
            place += length
        }
        return text
    }
}
