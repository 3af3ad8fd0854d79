import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Collects findings while a file is read: for each kind and column an exact count and the first few places.
///
/// Memory: one group for each kind and column that occurs, with at most `samples` examples. Only the first ``mostColumns`` columns have their
/// own groups; one group counts occurrences in all further columns. This depends only on the column's number, so the groups are the same
/// however the file is read, and the logs of two ranges can be merged.
struct FindingLog {
    /// More than a person reads, few enough to keep.
    static let mostColumns = 500

    struct Group {
        let kind: FindingKind
        var severity: Severity
        var predicts: SkipReason?
        var count = 0
        /// Distinct rows. The rows of a group arrive in file order, so the last one is enough to count them.
        var countedRows = 0
        var lastRow: Int?
        var examples: [Finding.Example] = []
        /// Whether another finding already covers this group.
        var isFolded = false
        /// The help, if it depends on more than the kind; safe to print.
        var help: String?
        /// In a group of one column's doubtful values: which doubts they have.
        fileprivate(set) var doubts = DoubtCounts()
        /// In a group for several columns: what each of them has.
        var shares: [Share] = []
        /// Whether another group includes its counts.
        var isUnited = false
        var kept: [Remark] = []
        var reservedCount = 0
        let key: Key
        /// The group's own column, counted from 1; `nil` for findings about rows or the file, and for further columns.
        let ownColumn: Int?
        /// Distinguishes groups of one column.
        let part: Int
        /// The further columns that are counted here.
        var furtherColumns = ColumnSet()
        /// Whether occurrences outside any column are counted here.
        var hasUnnamed = false
        /// For columns that a check collects itself: the known rows, the highest count of one column, and whether all rows are known.
        fileprivate var collected = (rows: Set<Int>(), most: 0, isExact: true)

        init(_ key: Key, severity: Severity, predicts: SkipReason?) {
            self.key = key
            kind = key.kind
            ownColumn = key.column
            part = key.part
            self.severity = severity
            self.predicts = predicts
        }

        mutating func cover(_ column: Int?) {
            guard let column else {
                hasUnnamed = true
                return
            }
            if ownColumn == nil { furtherColumns.insert(column) }
        }

        mutating func cover(_ columns: ColumnSet) {
            if ownColumn == nil { furtherColumns.formUnion(columns) }
        }

        /// The column, if all occurrences are in one.
        var column: Int? {
            if let ownColumn { return ownColumn }
            return hasUnnamed || furtherColumns.count > 1 ? nil : furtherColumns.first
        }

        /// Distinct rows with at least one occurrence; where ``rowsAreExact`` is `false`, at least so many.
        var rows: Int {
            countedRows + (collected.isExact ? collected.rows.count : max(collected.most, collected.rows.count))
        }

        var rowsAreExact: Bool { collected.isExact || column != nil }

        /// Remarks of the checks for the message, for example the first few reasons.
        var remarks: [String] {
            let isOfOneColumn = column != nil
            return kept.map { remark in
                let text = remark.line.map { "\(remark.text) \($0)" } ?? remark.text
                guard let column = remark.column, !isOfOneColumn else { return text }
                return "column \(column): \(text)"
            }
        }
    }

    /// The part of one column in a group.
    struct Share {
        var column: Int
        var count: Int
        var rows: Int
    }

    /// An explanation, and the column that it is about if the group is about several.
    struct Remark: Equatable {
        var column: Int?
        var text: String
        /// A physical line, which follows the text.
        var line: Int?
        /// Whether the text only identifies the remark, which is given later: see ``FindingLog/reserveRemark(about:in:)``. Reserved remarks do not
        /// count towards the limit, because they may turn out to be empty.
        var isReserved = false
        var comesFirst = false
    }

    struct Key: Hashable {
        let kind: FindingKind
        let column: Int?
        /// Distinguishes groups of one kind and column: keys that begin with the same column.
        let part: Int
        // Occurrences with different consequences are counted separately.
        let severity: Severity?
        let predicts: SkipReason?
    }

    let samples: Int
    /// Whether one example for each row is enough.
    private let differInRow: Bool
    /// The encoding that the ill-formed sequences suggest.
    var proposedEncoding: TextEncoding?
    /// The number of well-formed multibyte characters in the file, counted only if there was ill-formed text in its first bytes.
    var multibyteCount: Int?
    /// Whether the file ends inside a character.
    var endsInsideCharacter = false
    var indexByKey: [Key: Int] = [:]
    var groups: [Group] = []
    private var lines = LineCursor()
    /// Whether every occurrence in a row is marked. The checks then count one by one what they would otherwise count together.
    var marksRows = false
    /// In a range that others precede: whether rows are marked too whose key is met for the first time.
    var marksNewKeys = false
    /// In such a range: whether it is to be known later which rows repeat a key.
    var keepsRepeatedRows = false
    /// Since the last time they were taken.
    var marks = RowMarks()
    /// Kinds that are not reported, because another finding is their cause.
    var consequences: Set<FindingKind> = []

    init(samples: Int, differInRow: Bool = false) {
        self.samples = samples
        self.differInRow = differInRow
    }

    /// Counts one or more occurrences; the example is made only while it is wanted.
    ///
    /// - Parameters:
    ///   - column: Number from 1; `nil` for a finding about a row or the file.
    ///   - row: Record number; `nil` outside any row. The rows of one group arrive in file order.
    ///   - remark: A short explanation, about the column if there is one. Each distinct text is kept once, at most four of them.
    mutating func note(
        _ kind: FindingKind, column: Int? = nil, row: Int?, count: Int = 1, severity: Severity? = nil, predicts: SkipReason? = nil,
        remark: @autoclosure () -> String? = nil, example: (inout LineCursor) -> Finding.Example?
    ) {
        let index = group(kind, column: column, severity: severity, predicts: predicts)
        self.count(count, in: index, row: row)
        if wantsExample(index) { addExample(to: index, example) }
        if wantsRemark(index), let remark = remark() { addRemark(remark, to: index, column: column) }
    }

    /// Counts values that a check has collected from a column, each in a different row.
    ///
    /// - Parameters:
    ///   - count: of the values.
    ///   - examples: The first ones in file order; no others are kept.
    mutating func note(collected count: Int, first examples: [Finding.Example], in group: Int) {
        groups[group].count += count
        if groups[group].ownColumn != nil {
            groups[group].countedRows += count
        } else {
            // Several columns may have occurrences in the same row.
            groups[group].collected.rows.formUnion(examples.lazy.compactMap(\.place.row))
            groups[group].collected.most = max(groups[group].collected.most, count)
            if count > examples.count { groups[group].collected.isExact = false }
        }
        let all = groups[group].examples + examples
        groups[group].examples = Array(all.sorted { $0.place.byteOffset < $1.place.byteOffset }.prefix(samples))
    }

    // MARK: For checks that count many occurrences in one group

    /// Counts one or more occurrences in a group.
    ///
    /// - Parameter field: Index in the batch; -1 where it is not one field.
    mutating func count(_ count: Int = 1, in group: Int, row: Int?, field: Int = -1, reason: JudgementReason = .none) {
        groups[group].count += count
        if marksRows, let row { mark(row: row, in: group, field: field, reason: reason) }
        guard let row, groups[group].lastRow != row else { return }
        groups[group].countedRows += 1
        groups[group].lastRow = row
    }

    /// Counts occurrences, each in a different row. Where rows are marked, the caller marks them.
    mutating func add(_ count: Int, rows: Int, to group: Int, lastRow: Int) {
        groups[group].count += count
        groups[group].countedRows += rows
        groups[group].lastRow = lastRow
    }

    /// Whether the group is still about one column.
    func hasColumn(_ group: Int) -> Bool { groups[group].ownColumn != nil }

    /// Adds a column, or an occurrence outside any column, to a group that is not its own.
    mutating func cover(_ column: Int?, in group: Int) {
        groups[group].cover(column)
    }

    /// Adds several columns to a group that is not their own.
    mutating func cover(_ columns: ColumnSet, in group: Int) {
        groups[group].cover(columns)
    }

    func wantsExample(_ group: Int) -> Bool { groups[group].examples.count < samples }

    mutating func addExample(to group: Int, _ example: (inout LineCursor) -> Finding.Example?) {
        guard let example = example(&lines) else { return }
        if differInRow, let row = example.place.row, groups[group].examples.last?.place.row == row { return }
        groups[group].examples.append(example)
    }

    func wantsRemark(_ group: Int) -> Bool {
        groups[group].kept.count - groups[group].reservedCount < Self.mostRemarks
    }

    /// Keeps an explanation unless it is already kept or enough are.
    ///
    /// - Parameters:
    ///   - column: The column it is about, if it does not hold for all columns that may be in the group.
    ///   - line: A physical line that the remark ends with.
    mutating func addRemark(_ remark: String, to group: Int, column: Int? = nil, line: Int? = nil) {
        add(Remark(column: column, text: remark, line: line), to: group)
    }

    private mutating func add(_ remark: Remark, to group: Int) {
        if remark.isReserved {
            groups[group].kept.append(remark)
            groups[group].reservedCount += 1
            return
        }
        if wantsRemark(group), !groups[group].kept.contains(remark) { groups[group].kept.append(remark) }
    }

    /// Says which doubts the values of a group have.
    mutating func setDoubts(_ doubts: DoubtCounts, of group: Int) {
        groups[group].doubts = doubts
    }

    /// Reserves the position of an explanation that is given at the end of the file.
    ///
    /// - Parameters:
    ///   - subject: Identifies the explanation.
    ///   - comesFirst: whether it is given before those that do not.
    mutating func reserveRemark(about subject: String, in group: Int, comesFirst: Bool = false) {
        add(Remark(column: nil, text: subject, isReserved: true, comesFirst: comesFirst), to: group)
    }

    /// Gives the explanations that were reserved, while there is room.
    ///
    /// - Parameter remark: Returns the explanation of a subject, or `nil`.
    mutating func settleRemarks(_ remark: (_ subject: String) -> String?) {
        // Two ranges may have reserved the same one.
        var subjects: Set<String> = []
        for index in groups.indices where groups[index].reservedCount > 0 {
            var settled: [Remark] = []
            let kept = groups[index].kept.filter(\.comesFirst) + groups[index].kept.filter { !$0.comesFirst }
            for kept in kept where settled.count < Self.mostRemarks {
                let text = kept.isReserved && subjects.insert(kept.text).inserted ? remark(kept.text) : nil
                if kept.isReserved, text == nil { continue }
                let found = text.map { Remark(column: nil, text: $0) } ?? kept
                if !settled.contains(found) { settled.append(found) }
            }
            groups[index].kept = settled
            groups[index].reservedCount = 0
        }
    }

    /// Replaces the help of the kind.
    mutating func setHelp(_ help: String, of group: Int) {
        groups[group].help = help
    }

    /// The same for every group of a kind.
    mutating func setHelp(_ help: String, of kind: FindingKind) {
        for index in groups.indices where groups[index].kind == kind { groups[index].help = help }
    }

    /// Combines all groups of a kind; a single one stays unchanged.
    ///
    /// - Parameter rows: The number of rows with an occurrence in any column.
    /// - Returns: The group, with its examples in file order.
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

    /// Omits findings in the values of a column that repeats another.
    mutating func fold(column: Int, into first: Int) {
        for index in groups.indices where groups[index].ownColumn == column && groups[index].kind.isRepeatedWithColumn {
            let key = Key(kind: groups[index].kind, column: first, part: groups[index].part, severity: nil, predicts: nil)
            guard let other = indexByKey[key], groups[other].count == groups[index].count else { continue }
            groups[index].isFolded = true
        }
    }

    /// Omits findings that rows split at the wrong delimiter may have caused.
    mutating func foldWhatComesFromDelimiter() {
        for index in groups.indices where groups[index].kind.mayComeFromDelimiter { groups[index].isFolded = true }
    }

    /// Omits all findings of some kinds because another finding is their cause.
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

    // MARK: Merging

    /// Adds the log of the range after this one. What checks add at the end of the file comes after merging.
    ///
    /// - Returns: The new index of each group of `later`.
    mutating func merge(_ later: FindingLog, at joint: Joint) -> [Int] {
        later.groups.map { group in
            let group = group.shifted(by: joint)
            guard let known = indexByKey[group.key] else {
                groups.append(group)
                indexByKey[group.key] = groups.count - 1
                return groups.count - 1
            }
            groups[known].merge(group, samples: samples)
            for remark in group.kept { add(remark, to: known) }
            return known
        }
    }

    /// Begins a batch: earlier positions are not valid in it.
    mutating func beginBatch() { lines = LineCursor() }

    /// The index of the group of a kind and column, which is added if needed. The index stays valid.
    ///
    /// - Parameter part: Distinguishes groups of one column with separate findings. There are few of these, and none is folded.
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
