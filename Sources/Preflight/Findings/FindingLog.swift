import ByteSources
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// Collects findings while a file is read: exact counts per kind and column, the first few places of each.
///
/// Memory: one group per kind and column that occurs, each with at most `samples` examples. Only the first ``mostColumns`` columns of a file
/// have groups of their own; what occurs in further ones is counted in one group. Which columns these are depends on nothing but their
/// number, so the groups are the same however the file is read, and groups of several parts of a file can be added up.
struct FindingLog {
    /// More than a person reads, few enough to keep.
    static let mostColumns = 500

    struct Group {
        let kind: FindingKind
        var severity: Severity
        var predicts: SkipReason?
        var count = 0
        /// Distinct rows. The rows of a group arrive in file order, so the last one is enough to count them.
        fileprivate var countedRows = 0
        fileprivate var lastRow: Int?
        var examples: [Finding.Example] = []
        /// Whether another group says the same.
        var isFolded = false
        /// What to do, where that depends on more than the kind; safe to print.
        var help: String?
        /// In a group of one column's doubtful values: which doubts they have.
        fileprivate(set) var doubts = DoubtCounts()
        /// In a group for several columns: what each of them has.
        var shares: [Share] = []
        /// Whether its counts are in another group.
        var isUnited = false
        fileprivate var kept: [Remark] = []
        /// The group's own column, counted from 1; `nil` for findings about rows or the file, and for further columns.
        fileprivate let ownColumn: Int?
        /// Distinguishes groups of one column.
        let part: Int
        /// The further columns that are counted here.
        private(set) var furtherColumns = ColumnSet()
        /// Whether something is counted here that is in no column.
        fileprivate(set) var hasUnnamed = false
        /// Of columns that a check looked at by itself: the rows that are known, the most of one column, and whether those are all.
        fileprivate var collected = (rows: Set<Int>(), most: 0, isExact: true)

        fileprivate init(_ key: Key, severity: Severity, predicts: SkipReason?) {
            kind = key.kind
            ownColumn = key.column
            part = key.part
            self.severity = severity
            self.predicts = predicts
        }

        fileprivate mutating func cover(_ column: Int?) {
            guard let column else {
                hasUnnamed = true
                return
            }
            if ownColumn == nil { furtherColumns.insert(column) }
        }

        fileprivate mutating func cover(_ columns: ColumnSet) {
            if ownColumn == nil { furtherColumns.formUnion(columns) }
        }

        /// The one column that all of it is about.
        var column: Int? {
            if let ownColumn { return ownColumn }
            return hasUnnamed || furtherColumns.count > 1 ? nil : furtherColumns.first
        }

        /// Distinct rows with at least one occurrence; where ``rowsAreExact`` is `false`, at least so many.
        var rows: Int {
            countedRows + (collected.isExact ? collected.rows.count : max(collected.most, collected.rows.count))
        }

        var rowsAreExact: Bool { collected.isExact || column != nil }

        /// What the checks add to the message, for example the first few reasons.
        var remarks: [String] {
            let isOfOneColumn = column != nil
            return kept.map { remark in
                guard let column = remark.column, !isOfOneColumn else { return remark.text }
                return "column \(column): \(remark.text)"
            }
        }
    }

    /// What one column has of a group.
    struct Share {
        var column: Int
        var count: Int
        var rows: Int
    }

    /// An explanation, and the column that it is about if the group is about several.
    fileprivate struct Remark: Equatable {
        let column: Int?
        let text: String
    }

    fileprivate struct Key: Hashable {
        let kind: FindingKind
        let column: Int?
        /// Distinguishes groups of one kind and column: keys that begin with the same column.
        let part: Int
        // What is counted together has one consequence.
        let severity: Severity?
        let predicts: SkipReason?
    }

    let samples: Int
    /// Whether one example for each row is enough.
    private let differInRow: Bool
    /// The encoding that what is ill-formed suggests.
    var proposedEncoding: TextEncoding?
    /// Well-formed characters of several bytes in the whole file, where they were counted: from its first bytes on something was ill-formed.
    var multibyteCount: Int?
    private var indexByKey: [Key: Int] = [:]
    private(set) var groups: [Group] = []
    private var lines = LineCursor()
    /// Kinds that are not reported, because another finding is their cause.
    private var consequences: Set<FindingKind> = []

    init(samples: Int, differInRow: Bool = false) {
        self.samples = samples
        self.differInRow = differInRow
    }

    /// Counts one or more occurrences; the example is made only while it is wanted.
    ///
    /// - Parameters:
    ///   - column: number from 1; `nil` for a finding about a row or the file.
    ///   - row: record number, `nil` outside any row. Rows of one group arrive in file order.
    ///   - remark: a short explanation kept once for each distinct text, four at most; about this column, if there is one.
    mutating func note(
        _ kind: FindingKind, column: Int? = nil, row: Int?, count: Int = 1, severity: Severity? = nil, predicts: SkipReason? = nil,
        remark: @autoclosure () -> String? = nil, example: (inout LineCursor) -> Finding.Example?
    ) {
        let index = group(kind, column: column, severity: severity, predicts: predicts)
        self.count(count, in: index, row: row)
        if wantsExample(index) { addExample(to: index, example) }
        if wantsRemark(index), let remark = remark() { addRemark(remark, to: index, column: column) }
    }

    /// Counts what a check collected of a column by itself: values, each in a row of its own.
    ///
    /// - Parameters:
    ///   - count: of the values.
    ///   - examples: the first of them, in file order: all that are kept.
    mutating func note(collected count: Int, first examples: [Finding.Example], in group: Int) {
        groups[group].count += count
        if groups[group].ownColumn != nil {
            groups[group].countedRows += count
        } else {
            // Rows of several columns may be the same ones.
            groups[group].collected.rows.formUnion(examples.lazy.compactMap(\.place.row))
            groups[group].collected.most = max(groups[group].collected.most, count)
            if count > examples.count { groups[group].collected.isExact = false }
        }
        let all = groups[group].examples + examples
        groups[group].examples = Array(all.sorted { $0.place.byteOffset < $1.place.byteOffset }.prefix(samples))
    }

    // MARK: For checks that count much in one group

    /// Counts one or more occurrences in a group.
    mutating func count(_ count: Int = 1, in group: Int, row: Int?) {
        groups[group].count += count
        guard let row, groups[group].lastRow != row else { return }
        groups[group].countedRows += 1
        groups[group].lastRow = row
    }

    /// Counts occurrences in as many other rows.
    mutating func add(_ count: Int, rows: Int, to group: Int, lastRow: Int) {
        groups[group].count += count
        groups[group].countedRows += rows
        groups[group].lastRow = lastRow
    }

    /// Whether the group stays that of one column.
    func hasColumn(_ group: Int) -> Bool {
        groups[group].ownColumn != nil
    }

    /// Counts a column, or what is in no column, in a group that is not its own.
    mutating func cover(_ column: Int?, in group: Int) {
        groups[group].cover(column)
    }

    /// The same of several columns.
    mutating func cover(_ columns: ColumnSet, in group: Int) {
        groups[group].cover(columns)
    }

    func wantsExample(_ group: Int) -> Bool {
        groups[group].examples.count < samples
    }

    mutating func addExample(to group: Int, _ example: (inout LineCursor) -> Finding.Example?) {
        guard let example = example(&lines) else { return }
        if differInRow, let row = example.place.row, groups[group].examples.last?.place.row == row { return }
        groups[group].examples.append(example)
    }

    func wantsRemark(_ group: Int) -> Bool {
        groups[group].kept.count < Self.mostRemarks
    }

    /// Keeps an explanation unless it was given, or enough were.
    ///
    /// - Parameter column: what it is about, if it is not true of all columns that may be counted in the group.
    mutating func addRemark(_ remark: String, to group: Int, column: Int? = nil) {
        let remark = Remark(column: column, text: remark)
        if wantsRemark(group), !groups[group].kept.contains(remark) { groups[group].kept.append(remark) }
    }

    /// Says which doubts the values of a group have.
    mutating func setDoubts(_ doubts: DoubtCounts, of group: Int) {
        groups[group].doubts = doubts
    }

    /// Replaces the help of the kind.
    mutating func setHelp(_ help: String, of group: Int) {
        groups[group].help = help
    }

    /// Replaces the count of the groups of a kind.
    mutating func setCount(_ count: Int, of kind: FindingKind) {
        for index in groups.indices where groups[index].kind == kind { groups[index].count = count }
    }

    /// The same for every group of a kind.
    mutating func setHelp(_ help: String, of kind: FindingKind) {
        for index in groups.indices where groups[index].kind == kind { groups[index].help = help }
    }

    /// Makes one group of all those of a kind; a single one stays as it is.
    ///
    /// - Parameter rows: with an occurrence in any column.
    /// - Returns: the group, with one example after the other in the order of the file.
    mutating func unite(_ kind: FindingKind, rows: Int) -> Int {
        let parts = groups.indices.filter { groups[$0].kind == kind }
        guard parts.count > 1 else { return group(kind, column: parts.first.flatMap { groups[$0].column }, severity: nil, predicts: nil) }
        let whole = group(kind, column: nil, severity: nil, predicts: nil)
        let examples = parts.flatMap { groups[$0].examples }.sorted { $0.place.byteOffset < $1.place.byteOffset }
        let count = parts.reduce(0) { $0 + groups[$1].count }
        let shares = parts.compactMap { part in
            groups[part].column.map { Share(column: $0, count: groups[part].count, rows: groups[part].rows) }
        }
        for part in parts where part != whole { groups[part].isUnited = true }
        groups[whole].count = count
        groups[whole].countedRows = rows
        groups[whole].collected = (rows: [], most: 0, isExact: true)
        groups[whole].examples = Array(examples.prefix(samples))
        groups[whole].shares = shares.sorted { $0.column < $1.column }
        return whole
    }

    /// Adds an explanation to the group of a kind that had the last occurrence.
    mutating func addRemark(_ remark: String, toLastGroupOf kind: FindingKind) {
        let last = groups.indices.filter { groups[$0].kind == kind }.max { groups[$0].lastRow ?? 0 < groups[$1].lastRow ?? 0 }
        if let last { addRemark(remark, to: last) }
    }

    private static let mostRemarks = 4

    /// Leaves out what was found in the values of a column as in those of another that it repeats.
    mutating func fold(column: Int, into first: Int) {
        for index in groups.indices where groups[index].ownColumn == column && groups[index].kind.isRepeatedWithColumn {
            let key = Key(kind: groups[index].kind, column: first, part: groups[index].part, severity: nil, predicts: nil)
            guard let other = indexByKey[key], groups[other].count == groups[index].count else { continue }
            groups[index].isFolded = true
        }
    }

    /// Leaves out what may come from rows that were split at the wrong delimiter.
    mutating func foldWhatComesFromDelimiter() {
        for index in groups.indices where groups[index].kind.mayComeFromDelimiter { groups[index].isFolded = true }
    }

    /// Leaves out all findings of some kinds, because another is their cause.
    mutating func leaveOut(_ kinds: [FindingKind]) {
        consequences.formUnion(kinds)
    }

    /// The groups that become findings, in the order of the report.
    var reportedGroups: [Group] {
        func key(_ group: Group) -> (String, Int, Int, Severity, String) {
            (group.kind.code, group.column ?? 0, group.part, group.severity, group.predicts?.rawValue ?? "")
        }
        return groups.filter { !$0.isUnited && !$0.isFolded && !consequences.contains($0.kind) }.sorted { key($0) < key($1) }
    }

    /// Begins a batch: positions that were counted before are not valid in it.
    mutating func beginBatch() {
        lines = LineCursor()
    }

    /// The group of a kind and column; it is made where there is none. The number stays good.
    ///
    /// - Parameter part: distinguishes groups of one column that have findings of their own. There are few of these, and none is folded.
    mutating func group(_ kind: FindingKind, column: Int?, part: Int? = nil, severity: Severity?, predicts: SkipReason?) -> Int {
        let isOwn = part != nil || column.map { $0 <= Self.mostColumns } ?? false
        let key = Key(
            kind: kind, column: isOwn ? column : nil, part: part ?? 0, severity: isOwn ? nil : severity, predicts: isOwn ? nil : predicts)
        if let index = indexByKey[key] {
            if !isOwn { groups[index].cover(column) }
            return index
        }
        groups.append(Group(key, severity: severity ?? kind.severity, predicts: predicts))
        groups[groups.count - 1].cover(column)
        indexByKey[key] = groups.count - 1
        return groups.count - 1
    }
}

/// Finds physical lines in a batch, counting from the last place asked for.
struct LineCursor {
    private var known = (position: -1, count: 0)

    /// Physical line of a position; lines count from 1. Complexity: the distance from the last place asked for.
    mutating func line(of position: Int, in batch: borrowing RowBatch) -> Int {
        known = (position, batch.lineEnds(before: position, near: known))
        return batch.firstLine + known.count
    }
}
