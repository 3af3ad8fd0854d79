import CSVScan

/// What the beginning of a file tells: byte order mark, encoding, delimiter.
struct Prologue {
    /// How many bytes are looked at: all of them, whatever the reads bring, so that the answer never depends on the reads.
    static let byteCount = 1 << 20

    enum Encoding {
        case utf8
        case utf16
    }

    let encoding: Encoding
    let hasByteOrderMark: Bool
    /// The one that was given, else the one that cuts the beginning most evenly; `nil` when none cuts it at all.
    let delimiter: UInt8?

    /// - Parameters:
    ///   - head: the first ``byteCount`` bytes, or the whole file if it is shorter.
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

    private static let candidates = Array(",;\t|".utf8)

    /// The candidate under which most of the first rows have the same number of fields, more than one; among equals the wider.
    private static func detectDelimiter(_ head: UnsafeRawBufferPointer, quote: UInt8) -> UInt8? {
        var best: (delimiter: UInt8, score: Double)?
        let beginning = UnsafeRawBufferPointer(rebasing: head.prefix(1 << 16))
        for candidate in candidates where candidate != quote {
            let score = evenness(beginning, dialect: Dialect(delimiter: candidate, quote: quote))
            if score > best?.score ?? 0 { best = (candidate, score) }
        }
        return best?.delimiter
    }

    /// Share of rows with the commonest width, from 0 to 1, plus a little for the width; 0 when that width is one field.
    private static func evenness(_ head: UnsafeRawBufferPointer, dialect: Dialect) -> Double {
        var tokenizer = Tokenizer(dialect: dialect)
        var batch = RowBatch()
        tokenizer.tokenize(into: &batch, byteCount: head.count) {
            $0.copyMemory(from: head)
            return head.count
        }
        // The last row may be cut; a file of one row without a line end has no other.
        if batch.rowCount == 0 { tokenizer.finish(&batch) }
        var rowsByWidth: [Int: Int] = [:]
        for row in 0..<batch.rowCount { rowsByWidth[batch.fieldCount(ofRow: row), default: 0] += 1 }
        guard let modal = rowsByWidth.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), modal.key > 1 else { return 0 }
        return Double(modal.value) / Double(batch.rowCount) + Double(modal.key) / 1e6
    }
}
