import CSVTokenizer
import ImportProfiles

/// Rows that are no data, as the findings say: totals, repeated headers, rows of dashes or of nothing.
final class RowDrops: MarkReceiver {
    /// By code: the numbers of the rows, in runs.
    private(set) var runs: [(rows: Range<Int>, code: String)] = []

    private static let kinds: Set<FindingKind> = [
        .repeatedHeader, .headerUnderline, .emptyRow, .unitsRow, .totalsRow, .secondHeader, .footerRow,
    ]

    func begin(_ head: FileHead, options: CheckOptions) {}

    func take(_ batch: inout RowBatch, _ found: MarkedBatch, log: FindingLog) {
        var joined: Set<Int> = []
        let wanted = found.marks.filter { $0.row > 0 && Self.kinds.contains(log.groups[$0.group].kind) }
        guard !wanted.isEmpty else { return }
        // A header that was joined to the end of a row is a part of it.
        for row in found.rows.ragged { joined.insert(found.rows.number(of: row)) }
        // Of two reasons the certain one counts.
        func order(_ mark: RowMark) -> (Int, Int) { (mark.row, log.groups[mark.group].kind == .unitsRow ? 1 : 0) }
        for mark in wanted.sorted(by: { order($0) < order($1) })
        where Self.isDropped(mark, log) && (log.groups[mark.group].kind != .repeatedHeader || !joined.contains(mark.row)) {
            add(mark.row, log.groups[mark.group].kind)
        }
    }

    func end(_ marks: [RowMark], log: FindingLog, hasPutKeysAside: Bool) {
        for mark in marks where mark.row > 0 && Self.isDropped(mark, log) {
            add(mark.row, log.groups[mark.group].kind)
        }
    }

    /// The name of a list may be an item, and below names in another order the values are in other columns: the row alone is not what is wrong.
    private static func isDropped(_ mark: RowMark, _ log: FindingLog) -> Bool {
        let group = log.groups[mark.group]
        switch group.kind {
        case .repeatedHeader: return group.severity == .error
        case .secondHeader: return group.severity != .error
        default: return kinds.contains(group.kind)
        }
    }

    private func add(_ row: Int, _ kind: FindingKind) {
        if let last = runs.last, last.code == kind.code, last.rows.upperBound == row {
            runs[runs.count - 1].rows = last.rows.lowerBound..<(row + 1)
        } else if runs.last?.rows.contains(row) != true {
            runs.append((row..<(row + 1), kind.code))
        }
    }

    /// Asks for rows in ascending order.
    struct Cursor {
        private let runs: [(rows: Range<Int>, code: String)]
        private var index = 0

        init(_ drops: RowDrops) {
            runs = drops.runs.sorted { $0.rows.lowerBound < $1.rows.lowerBound }
        }

        mutating func code(of row: Int) -> String? {
            while index < runs.count, runs[index].rows.upperBound <= row { index += 1 }
            return index < runs.count && runs[index].rows.contains(row) ? runs[index].code : nil
        }
    }
}
