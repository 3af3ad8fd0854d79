import CSVScan

/// Collects findings while a file is read: exact counts per code and column, the first few places of each.
///
/// Memory: one group per code and column that occurs, each with at most `samples` examples; of one code at most ``mostColumns`` columns
/// are told apart, and what occurs in further ones is counted in one group without a column.
struct FindingLog {
    /// More than anybody reads, few enough to be kept.
    static let mostColumns = 500

    struct Group {
        let code: FindingCode
        /// Counts from 1; `nil` for findings about rows or the file.
        let column: Int?
        var severity: Severity
        var predicts: SkipReason?
        var count = 0
        var rows = 0
        var lastRow: Int?
        var examples: [Finding.Example] = []
        /// Whether another group tells the same.
        var isFolded = false
        /// What the check has to add to the message, for instance the reason of the first few judgements.
        var remarks: [String] = []
        /// What to do, where that depends on more than the code; safe to print.
        var help: String?
        /// In a group for several columns: what each of them has.
        var shares: [Share] = []
        /// Whether its counts are in another group.
        var isUnited = false
    }

    /// What one column has of a group.
    struct Share {
        var column: Int
        var count: Int
        var rows: Int
    }

    private struct Key: Hashable {
        let code: FindingCode
        let column: Int?
    }

    let samples: Int
    /// Whether of each row one example is enough.
    private let differInRow: Bool
    /// The encoding that what is ill-formed suggests.
    var proposedEncoding: TextEncoding?
    /// Well-formed characters of several bytes in the whole file, where they were counted: from its first bytes on something was ill-formed.
    var multibyteCount: Int?
    private var indexByKey: [Key: Int] = [:]
    private var columnCountByCode: [FindingCode: Int] = [:]
    private(set) var groups: [Group] = []
    private var lines = LineCursor()

    init(samples: Int, differInRow: Bool = false) {
        self.samples = samples
        self.differInRow = differInRow
    }

    /// Counts one or more occurrences; the example is made only while it is wanted.
    ///
    /// - Parameters:
    ///   - column: number from 1; `nil` for a finding about a row or the file.
    ///   - row: record number, `nil` outside any row. Rows of one group arrive in file order.
    ///   - remark: a short explanation kept once for each distinct text, four at most.
    mutating func note(
        _ code: FindingCode, column: Int? = nil, row: Int?, count: Int = 1, severity: Severity? = nil, predicts: SkipReason? = nil,
        remark: @autoclosure () -> String? = nil, example: (inout LineCursor) -> Finding.Example?
    ) {
        let index = group(code, column: column, severity: severity, predicts: predicts)
        self.count(count, in: index, row: row)
        if wantsExample(index) { addExample(to: index, example) }
        if groups[index].remarks.count < Self.mostRemarks, let remark = remark() { addRemark(remark, to: index) }
    }

    // MARK: For whoever counts much in one group

    /// Counts one or more occurrences in a group.
    mutating func count(_ count: Int = 1, in group: Int, row: Int?) {
        groups[group].count += count
        guard let row, groups[group].lastRow != row else { return }
        groups[group].rows += 1
        groups[group].lastRow = row
    }

    /// Counts what stands in as many other rows.
    mutating func add(_ count: Int, rows: Int, to group: Int, lastRow: Int) {
        groups[group].count += count
        groups[group].rows += rows
        groups[group].lastRow = lastRow
    }

    /// Whether the group is that of one column.
    func hasColumn(_ group: Int) -> Bool {
        groups[group].column != nil
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
        groups[group].remarks.count < Self.mostRemarks
    }

    /// Keeps an explanation unless it was given, or enough were.
    mutating func addRemark(_ remark: String, to group: Int) {
        if groups[group].remarks.count < Self.mostRemarks, !groups[group].remarks.contains(remark) { groups[group].remarks.append(remark) }
    }

    /// Says what to do in other words than the catalogue's.
    mutating func setHelp(_ help: String, of group: Int) {
        groups[group].help = help
    }

    /// The same for every group of a code.
    mutating func setHelp(_ help: String, ofCode code: FindingCode) {
        for index in groups.indices where groups[index].code == code { groups[index].help = help }
    }

    /// Makes one group of all those of a code; a single one stays as it is.
    ///
    /// - Parameter rows: with an occurrence in any column.
    /// - Returns: the group, with one example after the other in the order of the file.
    mutating func unite(_ code: FindingCode, rows: Int) -> Int {
        let parts = groups.indices.filter { groups[$0].code == code }
        guard parts.count > 1 else { return group(code, column: parts.first.flatMap { groups[$0].column }, severity: nil, predicts: nil) }
        let whole = group(code, column: nil, severity: nil, predicts: nil)
        let examples = parts.flatMap { groups[$0].examples }.sorted { $0.place.byteOffset < $1.place.byteOffset }
        let count = parts.reduce(0) { $0 + groups[$1].count }
        let shares = parts.compactMap { part in
            groups[part].column.map { Share(column: $0, count: groups[part].count, rows: groups[part].rows) }
        }
        for part in parts where part != whole { groups[part].isUnited = true }
        groups[whole].count = count
        groups[whole].rows = rows
        groups[whole].examples = Array(examples.prefix(samples))
        groups[whole].shares = shares.sorted { $0.column < $1.column }
        return whole
    }

    /// Adds an explanation to the group of a code that had the last occurrence.
    mutating func addRemark(_ remark: String, toLastGroupOf code: FindingCode) {
        let last = groups.indices.filter { groups[$0].code == code }.max { groups[$0].lastRow ?? 0 < groups[$1].lastRow ?? 0 }
        if let last { addRemark(remark, to: last) }
    }

    private static let mostRemarks = 4

    /// Replaces what was kept of a group that a check collected by itself.
    mutating func setExamples(_ examples: [Finding.Example], rows: Int, of code: FindingCode, column: Int?) {
        let index = group(code, column: column, severity: nil, predicts: nil)
        groups[index].examples = examples
        groups[index].rows = rows
    }

    /// Leaves out what was found in the values of a column as in those of another that it repeats.
    mutating func fold(column: Int, into first: Int) {
        for index in groups.indices where groups[index].column == column && groups[index].code.isAboutValues {
            guard let other = indexByKey[Key(code: groups[index].code, column: first)], groups[other].count == groups[index].count
            else { continue }
            groups[index].isFolded = true
        }
    }

    /// Leaves out what may come from rows that were cut by the wrong delimiter.
    mutating func foldWhatComesFromDelimiter() {
        for index in groups.indices where groups[index].code.mayComeFromDelimiter { groups[index].isFolded = true }
    }

    /// A new batch begins: positions counted so far mean nothing in it.
    mutating func beginBatch() {
        lines = LineCursor()
    }

    /// The group of a code and column; it is made where there is none. The number stays good.
    mutating func group(_ code: FindingCode, column: Int?, severity: Severity?, predicts: SkipReason?) -> Int {
        if let index = indexByKey[Key(code: code, column: column)] { return index }
        let isTold = column == nil || columnCountByCode[code, default: 0] < Self.mostColumns
        let key = Key(code: code, column: isTold ? column : nil)
        if let index = indexByKey[key] { return index }
        if key.column != nil { columnCountByCode[code, default: 0] += 1 }
        groups.append(Group(code: code, column: key.column, severity: severity ?? code.entry.severity, predicts: predicts))
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
