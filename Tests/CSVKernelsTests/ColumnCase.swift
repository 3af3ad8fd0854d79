import CSVKernels
import SeededRandom

/// Rows of equal width, and what the tests of one of their columns must say.
struct ColumnCase {
    /// As they are in the file, quotes included.
    var rows: [[[UInt8]]]
    /// LF or CRLF, for each row; nothing where the content ends.
    var lineEnds: [[UInt8]]
    var column: Int
    /// The rows that are tested.
    var tested: Range<Int>
    var isRequired = false
    var dialect = TestDialect()
    var decimal: UInt8 = 0x2E
    var date = DatePattern.iso

    /// The file, where each of its fields ends, and the highest number before it.
    private var content: (bytes: [UInt8], ends: [UInt32]) {
        var bytes: [UInt8] = []
        var ends: [UInt32] = [.max]
        for (row, lineEnd) in zip(rows, lineEnds) {
            for (column, field) in row.enumerated() {
                bytes += field
                let end = column + 1 < row.count ? [dialect.delimiter] : lineEnd
                bytes += end
                ends.append(UInt32(bytes.count - min(end.count, 1)))
            }
        }
        return (bytes, ends)
    }

    /// What the kernel gets wrong, in words; `nil` if nothing.
    func fault(kernel: Int32, generator: inout SeededGenerator) -> String? {
        let (bytes, ends) = content
        let padded = PaddedBytes(bytes, dialect: dialect, generator: &generator)
        // Before an LF the last field loses a CR that is its own as far as its row goes.
        let fields = zip(rows[tested], lineEnds[tested]).map { row, lineEnd in
            var field = row[column][...]
            if column + 1 == row.count, field.last == 0x0D, lineEnd == [0x0A] { field.removeLast() }
            return field
        }
        return ends.withUnsafeBufferPointer { ends -> String? in
            var column = csv_column()
            column.bytes = UnsafePointer(padded.start)
            column.ends = ends.baseAddress! + 1
            column.width = rows[0].count
            column.first = tested.lowerBound * rows[0].count + self.column
            column.row_count = tested.count
            column.quote = dialect.quote
            column.is_last = self.column + 1 == rows[0].count
            column.is_required = isRequired
            let decimals: [UInt8] = [0, decimal]
            for decimal in decimals {
                var counts = csv_number_counts(empty: 5, separated: 6, grouped: 7)
                let found = failures(tested.count) { csv_column_numbers(kernel, &column, decimal, $0, &counts) }
                let expected = failures(of: fields) { $0.isEmptyOrPlainNumber(decimal: decimal) }
                if found != expected { return "numbers with \(decimal): \(found), not \(expected)" }
                let texts = fields.map { FieldText($0, quote: dialect.quote) }
                let separated = texts.filter { $0.hasSeparator(decimal) }
                let wanted = [5 + texts.count(where: \.bytes.isEmpty), 6 + separated.count, 7 + separated.count(where: \.mayGroup)]
                let told = [counts.empty, counts.separated, counts.grouped].map { Int($0) }
                if told != wanted { return "counts of numbers with \(decimal): \(told), not \(wanted)" }
            }
            for scale in [0, 1, 2, 3, 9] {
                var sum: Int64 = 7
                let found = failures(tested.count) { csv_column_sum(kernel, &column, decimal, scale, $0, &sum) }
                let amounts = fields.map { amount($0, scale: scale) }
                let expected = fields.indices.filter { amounts[$0] == nil && !fields[$0].isEmpty }.map { UInt32($0) }
                if found != expected { return "sum of scale \(scale): others \(found), not \(expected)" }
                let wanted = amounts.reduce(7) { $0 &+ ($1 ?? 0) }
                if sum != wanted { return "sum of scale \(scale): \(sum), not \(wanted)" }
            }
            var shape = date.shape
            var counts = csv_date_counts(empty: 5, same: 6, swappable: 7)
            let found = failures(tested.count) { csv_column_dates(kernel, &column, &shape, $0, &counts) }
            let expected = failures(of: fields) { date.matches($0.bytes) }
            if found != expected { return "dates: \(found), not \(expected)" }
            let texts = fields.map { FieldText($0, quote: dialect.quote).bytes }
            let days = texts.filter { date.matches($0) }.compactMap { date.dayAndMonth(of: $0) }
            let wanted = [
                5 + texts.count(where: \.isEmpty), 6 + days.count { $0.day == $0.month },
                7 + days.count { $0.day != $0.month && $0.day <= 12 },
            ]
            let told = [counts.empty, counts.same, counts.swappable].map { Int($0) }
            if told != wanted { return "counts of dates: \(told), not \(wanted)" }
            return formFault(of: kernel, column, fields)
        }
    }

    /// A number with so many digits behind the separator, without it; `nil` for anything else.
    private func amount(_ field: ArraySlice<UInt8>, scale: Int) -> Int64? {
        let isNegative = field.first == 0x2D
        let digits = isNegative ? field.dropFirst() : field
        guard digits.count <= 16 else { return nil }
        let parts = digits.split(separator: decimal, omittingEmptySubsequences: false)
        guard parts.count == (scale > 0 ? 2 : 1), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }),
            scale == 0 || parts[1].count == scale
        else { return nil }
        let units = Int64(String(decoding: parts.joined(), as: UTF8.self))
        return units.map { isNegative ? -$0 : $0 }
    }

    private func failures(of fields: [ArraySlice<UInt8>], passes: (FieldText) -> Bool) -> [UInt32] {
        fields.indices.filter { row in
            let text = FieldText(fields[row], quote: dialect.quote)
            return text.bytes.isEmpty ? isRequired : !passes(text)
        }.map { UInt32($0) }
    }

    private func failures(_ rowCount: Int, _ test: (UnsafeMutablePointer<UInt32>?) -> Int) -> [UInt32] {
        var rows = [UInt32](repeating: 0, count: rowCount + 1)
        rows[rowCount] = 0xDEAD_BEEF
        let count = rows.withUnsafeMutableBufferPointer { test($0.baseAddress) }
        return rows[rowCount] == 0xDEAD_BEEF ? Array(rows[..<count]) : rows
    }

    private func formFault(of kernel: Int32, _ column: csv_column, _ fields: [ArraySlice<UInt8>]) -> String? {
        guard date.shape.length <= 16 else { return nil }
        var column = column
        var shape = date.shape
        var forms = [UInt8](repeating: 0xEE, count: fields.count + 1)
        var counts = [UInt32](repeating: 7, count: Int(CSV_FORM_COUNT.rawValue))
        forms.withUnsafeMutableBufferPointer { forms in
            counts.withUnsafeMutableBufferPointer { counts in
                csv_column_forms(kernel, &column, &shape, forms.baseAddress, counts.baseAddress)
            }
        }
        if forms.removeLast() != 0xEE { return "writes a form too many" }
        let expected = fields.map { UInt8(form(of: $0)) }
        if forms != expected { return "forms: \(forms), not \(expected)" }
        for form in counts.indices where Int(counts[form]) != 7 + expected.count(where: { Int($0) == form }) {
            return "counts form \(form) \(counts[form] - 7) times"
        }
        return nil
    }

    /// As the header describes them.
    private func form(of field: ArraySlice<UInt8>) -> UInt32 {
        guard let first = field.first else { return CSV_FORM_EMPTY.rawValue }
        if first == dialect.quote { return CSV_FORM_UNKNOWN.rawValue }
        let text = FieldText(field, quote: nil)
        guard text.isPlainNumber(separators: [0x2E, 0x2C]) else {
            if date.matches(field), FieldText.isDigit(first) { return CSV_FORM_DATE.rawValue }
            if FieldText.isDigit(first) || first == 0x2D { return CSV_FORM_UNKNOWN.rawValue }
            return mayBeMoreThanText(field) ? CSV_FORM_UNKNOWN.rawValue : CSV_FORM_TEXT.rawValue
        }
        let digits = field.drop { $0 == 0x2D }
        var form = CSV_FORM_INTEGER.rawValue
        if let separator = digits.firstIndex(where: { !FieldText.isDigit($0) }) {
            let mayGroup = FieldText(field, quote: nil).mayGroup
            form =
                digits[separator] == 0x2E
                ? (mayGroup ? CSV_FORM_POINT_OR_GROUP : CSV_FORM_POINT).rawValue
                : (mayGroup ? CSV_FORM_COMMA_OR_GROUP : CSV_FORM_COMMA).rawValue
        }
        if first != 0x2D, form == CSV_FORM_INTEGER.rawValue {
            if field.count == 8, field.starts(with: "19".utf8) || field.starts(with: "20".utf8) { return CSV_FORM_UNKNOWN.rawValue }
            if field.count == 5, "234567".utf8.contains(first) { return CSV_FORM_SERIAL_DAY.rawValue }
        }
        let hasLeadingZeros = digits.first == 0x30 && digits.count > 1 && FieldText.isDigit(digits[digits.startIndex + 1])
        return hasLeadingZeros ? form + CSV_FORM_LEADING_ZEROS.rawValue : form
    }
}

/// Whether a text may be an amount with something before it, a month, a period, a boolean or a word for no value.
private func mayBeMoreThanText(_ field: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(field)
    let isLetter = Character(Unicode.Scalar(bytes[0])).isLetter && bytes[0] < 0x80
    guard isLetter else {
        if bytes[0] < 0x80 { return "\t\n\u{B}\u{C}\r #$(+,.?\\".utf8.contains(bytes[0]) }
        let pairs: [UInt8: [ClosedRange<UInt8>]] = [
            0xC2: [0xA0...0xA0, 0xA3...0xA3, 0xA5...0xA5], 0xD9: [0xA0...0xA9], 0xDB: [0xB0...0xB9], 0xE1: [0x9A...0x9A],
            0xE2: [0x80...0x82, 0x88...0x88], 0xE3: [0x80...0x80], 0xEF: [0xBB...0xBC],
        ]
        return bytes.count > 1 && (pairs[bytes[0]] ?? []).contains { $0.contains(bytes[1]) }
    }
    let words = ["n", "no", "nan", "null", "t", "true", "f", "false", "y", "yes", "on", "off"]
    let letter = Character(Unicode.Scalar(bytes[0])).lowercased()
    if !FieldText.isDigit(bytes[bytes.count - 1]) {
        return bytes[bytes.count - 1] <= 0x20 || words.contains { $0.hasPrefix(letter) && $0.utf8.count == bytes.count }
    }
    if bytes.count > 24 { return false }
    guard let gap = bytes.dropFirst(2).prefix(8).firstIndex(where: { $0 == 0x20 || $0 == 0x2D }) else { return false }
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let front = bytes.prefix(3).map { UInt8($0 | 0x20) }
    return gap <= 3 || (gap == 4 && letter == "w") || months.contains { $0.utf8.elementsEqual(front) }
}

/// A date pattern: `y` year, `M` month, `d` day, `H` and `h` hour, `m` minute, `s` second, `S` fraction; all else means itself.
struct DatePattern: Sendable {
    static let iso = DatePattern("yyyy-MM-dd")
    static let all =
        [
            "yyyyMMdd", "dd.MM.yyyy", "MM/dd/yy", "yyyy-MM", "yyyy", "HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss",
            "dd/MM/yyyy hh:mm:ss.SSSS", "yyyy-MM-dd HH:mm:ss.SSSS", "yyyyMMddTHHmmss", "mm-dd",
        ].map(DatePattern.init) + [iso]

    let letters: [UInt8]
    /// The same as the kernels take it.
    let shape: csv_date_shape

    private static let parts: [(letter: Character, values: ClosedRange<UInt32>)] = [
        ("M", 1...12), ("d", 1...28), ("H", 0...23), ("h", 1...12), ("m", 0...59), ("s", 0...59),
    ]

    init(_ pattern: String) {
        letters = Array(pattern.utf8)
        var digits: [UInt64] = [0, 0, 0], literals = digits, masks = digits
        for (place, letter) in letters.enumerated() {
            let shift = UInt64(place % 8 * 8)
            if "yMdHhmsS".utf8.contains(letter) {
                digits[place / 8] |= 0xFF << shift
            } else {
                literals[place / 8] |= UInt64(letter) << shift
                masks[place / 8] |= 0xFF << shift
            }
        }
        var shape = csv_date_shape()
        shape.length = letters.count
        shape.digits = (digits[0], digits[1], digits[2])
        shape.literals = (literals[0], literals[1], literals[2])
        shape.literal_masks = (masks[0], masks[1], masks[2])
        shape.year_mask = .max
        if let day = pattern.range(ofRun: "dd"), let month = pattern.range(ofRun: "MM") {
            (shape.has_order, shape.day, shape.month) = (true, UInt32(day), UInt32(month))
        }
        if let year = pattern.range(ofRun: "yyyy") { (shape.year, shape.year_mask) = (UInt32(year), 0) }
        withUnsafeMutableBytes(of: &shape.parts) { parts in
            let parts = parts.bindMemory(to: csv_date_part.self)
            for (letter, values) in Self.parts {
                guard let place = pattern.range(ofRun: String([letter, letter])) else { continue }
                parts[Int(shape.part_count)] = csv_date_part(
                    place: UInt32(place), lowest: values.lowerBound, count: UInt32(values.count))
                shape.part_count += 1
            }
        }
        self.shape = shape
    }

    /// Of a text that matches; `nil` where the pattern does not have both.
    func dayAndMonth(of text: ArraySlice<UInt8>) -> (day: Int, month: Int)? {
        func number(_ letter: Character) -> Int? {
            let digits = zip(letters, text).filter { $0.0 == letter.asciiValue }.map { Int($0.1) - 0x30 }
            return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + $1 }
        }
        guard let day = number("d"), let month = number("M") else { return nil }
        return (day, month)
    }

    /// Whether a text surely is such a date: the days from the 29th on are not sure, and there is no year 0 of four digits.
    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count == letters.count else { return false }
        var values: [UInt8: (value: Int, count: Int)] = [:]
        for (letter, byte) in zip(letters, text) {
            guard "yMdHhmsS".utf8.contains(letter) else {
                if byte != letter { return false }
                continue
            }
            guard FieldText.isDigit(byte) else { return false }
            let known = values[letter] ?? (0, 0)
            values[letter] = (known.value * 10 + Int(byte - 0x30), known.count + 1)
        }
        if let year = values[0x79], year.count == 4, year.value == 0 { return false }
        return Self.parts.allSatisfy { part in
            values[part.letter.asciiValue!].map { part.values.contains(UInt32($0.value)) } ?? true
        }
    }
}

extension String {
    /// Where the characters are in a row for the first time.
    fileprivate func range(ofRun run: String) -> Int? {
        indices.first { self[$0...].hasPrefix(run) }.map { distance(from: startIndex, to: $0) }
    }
}

extension ColumnCase: CustomStringConvertible {
    var description: String {
        let shown = zip(rows, lineEnds).map { row, end in row.map(\.literal).joined(separator: " | ") + ["", " LF", " CRLF"][end.count] }
        return """
            column \(column), rows \(tested), \(isRequired ? "required" : "optional"), \(dialect), decimal \(decimal), \
            date \(String(decoding: date.letters, as: UTF8.self))
            \(shown.joined(separator: "\n"))
            """
    }
}
