import CSVTokenizer

/// The rows of a file that is in memory completely, by a hash of their bytes: shows whether some come twice, one after the other as before.
struct RowSequence {
    struct Row {
        var hash: UInt64
        var line: Int
        var byteOffset: Int
    }

    /// Rows that come once more in the same order.
    struct Page {
        /// Indices of the rows.
        var rows: Range<Int>
        /// Index of the first of them where they came before.
        var earlier: Int
    }

    private(set) var rows: [Row] = []

    /// Fewer rows may be alike by chance.
    private static let fewestRows = 10

    /// - Parameters:
    ///   - content: the rows, as UTF-8.
    ///   - byteOffset: of the first of them in the file.
    ///   - line: of the first of them, counted from 1.
    init(
        _ content: UnsafeRawBufferPointer, delimiter: UInt8, quote: UInt8, hasHeader: Bool, unit: OffsetUnit, byteOffset: Int, line: Int
    ) {
        var isHeader = hasHeader
        var (place, line, offset) = (0, line, byteOffset)
        DialectDetector(content, isCut: false).forEachRow(delimiter: delimiter, quote: quote) { batch, row, _ in
            let fields = batch.fields(ofRow: row)
            let range = batch.range(ofField: fields.lowerBound).lowerBound..<batch.range(ofField: fields.upperBound - 1).upperBound
            let start = batch.streamOffset(ofPosition: range.lowerBound)
            let before = UnsafeRawBufferPointer(rebasing: content[place..<start])
            line += before.count { $0 == UInt8(ascii: "\n") }
            offset += unit.length(of: before)
            place = start
            if !isHeader { rows.append(Row(hash: Self.hash(batch.bytes[range]), line: line, byteOffset: offset)) }
            isHeader = false
            return true
        }
    }

    /// FNV-1a: the same in every process.
    private static func hash(_ bytes: Slice<UnsafeRawBufferPointer>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    func merged(with later: RowSequence, at joint: Joint) -> RowSequence {
        var all = self
        all.rows += later.rows.map { Row(hash: $0.hash, line: $0.line + joint.lines, byteOffset: $0.byteOffset) }
        return all
    }

    /// The pages that came before, none of which has a row twice.
    var repeatedPages: [Page] {
        var firstByHash: [UInt64: Int] = [:]
        var pages: [Page] = []
        var open: Page?
        func close() {
            if let page = open, page.rows.count >= Self.fewestRows, page.earlier + page.rows.count <= page.rows.lowerBound {
                pages.append(page)
            }
            open = nil
        }
        for (index, row) in rows.enumerated() {
            guard let earlier = firstByHash[row.hash] else {
                firstByHash[row.hash] = index
                close()
                continue
            }
            if let page = open, page.earlier + page.rows.count == earlier {
                open?.rows = page.rows.lowerBound..<(index + 1)
            } else {
                close()
                open = Page(rows: index..<(index + 1), earlier: earlier)
            }
        }
        close()
        return pages
    }
}
