import CSVScan

/// What the beginning of a file tells: byte order mark, encoding, delimiter.
struct Prologue {
    /// How many bytes are waited for and looked at, whatever the reads bring, so that the answer never depends on the reads.
    static let byteCount = 1 << 16
    /// The same for a file whose delimiter is known: as long as the longest mark of an encoding.
    static let markByteCount = 3

    enum Encoding {
        case utf8
        case utf16
    }

    let encoding: Encoding
    let hasByteOrderMark: Bool
    /// The one that was given, else the one that cuts the beginning most evenly; `nil` when none cuts the first row.
    let delimiter: UInt8?

    /// - Parameters:
    ///   - head: the first ``byteCount`` bytes, or ``markByteCount`` where the delimiter is given, or the whole file if it is shorter.
    ///   - givenDelimiter: is not looked for where somebody said it.
    init(head: UnsafeRawBufferPointer, quote: UInt8, givenDelimiter: UInt8?) {
        let isUTF16 = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
        encoding = isUTF16 ? .utf16 : .utf8
        hasByteOrderMark = head.starts(with: [0xEF, 0xBB, 0xBF])
        if isUTF16 || givenDelimiter != nil {
            delimiter = givenDelimiter
        } else {
            let content = UnsafeRawBufferPointer(rebasing: head.dropFirst(hasByteOrderMark ? 3 : 0))
            delimiter = Self.detectDelimiter(content, quote: quote)
        }
    }

    /// The comma comes last: it is common in texts and numbers, where the others are rare.
    private static let candidates = Array(";\t|,".utf8)

    /// The candidate that cuts the first row, and the others into as many fields as the first.
    ///
    /// Any candidate but the comma needs half of the rows for it; the comma is taken when none of them has that. So one ragged row, a
    /// decimal comma or a comma in a name does not turn a semicolon file into a comma file.
    private static func detectDelimiter(_ head: UnsafeRawBufferPointer, quote: UInt8) -> UInt8? {
        var best: (delimiter: UInt8, share: Double)?
        for candidate in candidates where candidate != quote {
            guard let share = evenness(head, dialect: Dialect(delimiter: candidate, quote: quote)) else { continue }
            if candidate == UInt8(ascii: ","), let best, best.share >= 0.5 { continue }
            if candidate == UInt8(ascii: ",") || share > best?.share ?? -1 { best = (candidate, share) }
        }
        return best?.delimiter
    }

    /// Share of the rows behind the first that have its number of fields and whole quotes, from 0 to 1; blank rows do not count. `nil`
    /// when the delimiter does not cut the first row, or cuts it inside quotes.
    private static func evenness(_ head: UnsafeRawBufferPointer, dialect: Dialect) -> Double? {
        var tokenizer = Tokenizer(dialect: dialect)
        var batch = RowBatch()
        tokenizer.tokenize(into: &batch, byteCount: head.count) {
            $0.copyMemory(from: head)
            return head.count
        }
        // The last row may be cut; a file of one row without a line end has no other.
        if batch.rowCount == 0 { tokenizer.finish(&batch) }
        let broken = Set(batch.anomalies.filter { $0.kind != .loneCarriageReturn }.map(\.field))
        var width: Int?
        var rows = 0
        var evenRows = 0
        for row in 0..<batch.rowCount {
            let fields = batch.fields(ofRow: row)
            if fields.count == 1, batch.byteCount(ofField: fields.lowerBound) == 0 { continue }
            let isWhole = broken.isEmpty || broken.isDisjoint(with: fields)
            guard let width else {
                guard isWhole else { return nil }
                width = fields.count
                continue
            }
            rows += 1
            if fields.count == width, isWhole { evenRows += 1 }
        }
        guard let width, width > 1 else { return nil }
        return rows == 0 ? 1 : Double(evenRows) / Double(rows)
    }
}
