import ByteSpans
import CSVTokenizer
import SafeText

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

    /// Adds the data rows of the next batch, which is indexed.
    mutating func add(_ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
        var lines = LineCursor()
        for row in 0..<batch.rowCount where row != judgement.rows.header && !judgement.rows.blank.contains(row) {
            let start = batch.range(ofField: batch.fields(ofRow: row).lowerBound).lowerBound
            let offset = batch.streamOffset(ofPosition: start)
            // A row that is not whole in memory is like no other.
            let hash = if let bytes = batch.bytes(ofRow: row) { Self.hash(bytes) } else { UInt64(offset) }
            rows.append(Row(hash: hash, line: lines.line(of: start, in: batch), byteOffset: offset))
        }
    }

    /// The same in every process: words of eight bytes, multiplied and folded.
    private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
            let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
            return product ^ product >> 32
        }
        var (hash, place) = (mixed(0, UInt64(bytes.count)), 0)
        while place + 8 <= bytes.count {
            hash = mixed(hash, bytes.load(at: place))
            place += 8
        }
        return (place..<bytes.count).reduce(hash) { mixed($0, UInt64(bytes[$1])) }
    }

    /// Adds the rows of the range after this one.
    mutating func merge(_ later: RowSequence, at joint: Joint) {
        rows += later.rows.map { Row(hash: $0.hash, line: $0.line + joint.lines, byteOffset: $0.byteOffset) }
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

extension RowSequence: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.list(&rows, blank: Row(hash: 0, line: 0, byteOffset: 0)) { coder, row in
            coder(&row.hash)
            coder(&row.line)
            coder(&row.byteOffset)
        }
    }
}
