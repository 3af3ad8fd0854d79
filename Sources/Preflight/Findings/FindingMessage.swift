import SafeText
import ValueFormats

/// The material for the message of a finding, and phrases that many messages share.
struct FindingMessage {
    /// The most remarks that are shown; more are hinted at.
    private static let shownRemarks = 3
    /// Reasons that would only repeat the message.
    private static let plainReasons: Set<String> = Set(
        [JudgementReason.notANumber, .notABoolean, .unknownItem].map(\.text))

    let group: FindingLog.Group
    let hasHeader: Bool
    private var showsReasons = true

    init(group: FindingLog.Group, hasHeader: Bool) {
        self.group = group
        self.hasHeader = hasHeader
    }

    /// The message, without the column and without a full stop.
    var text: String { group.kind.message(self) + furtherColumns }

    /// The message without the reasons; empty if it lists one that none of the examples has.
    var brief: String {
        let shown = group.examples.compactMap(\.reason)
        // The reason of an example may name characters.
        guard
            group.remarks.prefix(Self.shownRemarks).allSatisfy({ remark in shown.contains { $0 == remark || $0.hasPrefix(remark + ": ") } })
        else { return "" }
        var brief = self
        brief.showsReasons = false
        return brief.text
    }

    var count: Int { group.count }
    var title: String { group.kind.title }
    var isAboutSeveralColumns: Bool { group.column == nil && !group.furtherColumns.isEmpty }

    /// `12 values`, or `12 NUL bytes in 3 rows` if a row has several.
    func counted(_ noun: String) -> String {
        let rows = group.rows == 0 || group.rows == group.count ? "" : group.rows.counted("row")
        return group.count.counted(noun) + (rows.isEmpty ? "" : group.rowsAreExact ? " in \(rows)" : " in at least \(rows)")
    }

    /// `1 row has no key`, `3 rows have no key`
    func counted(_ noun: String, _ one: String, _ several: String) -> String {
        counted(noun) + " " + number(one, several)
    }

    /// The word for one occurrence or for several.
    func number(_ one: String, _ several: String) -> String {
        group.count == 1 ? one : several
    }

    /// The remarks in parentheses, unless a single one would repeat the message.
    var reasons: String {
        let remarks = group.remarks
        if !showsReasons || remarks.isEmpty || (remarks.count == 1 && Self.plainReasons.contains(remarks[0])) { return "" }
        let others = remarks.count > Self.shownRemarks ? "; and more" : ""
        return " (" + remarks.prefix(Self.shownRemarks).joined(separator: "; ") + others + ")"
    }

    var firstRemark: String? { group.remarks.first }

    /// All remarks in one text; `nil` if there is none.
    var allRemarks: String? { group.remarks.isEmpty ? nil : group.remarks.joined(separator: "; ") }

    /// The remarks as a list, with the number of further occurrences.
    var names: String {
        let more = group.count - group.remarks.count
        return group.remarks.joined(separator: ", ") + (more > 0 ? " and \(more.grouped) more" : "")
    }

    /// Fields beyond the last column are counted together.
    var outsideColumns: String {
        guard group.column == nil, group.hasUnnamed, group.shares.isEmpty else { return "" }
        return ", in fields beyond " + (hasHeader ? "the header's" : "the first row's")
    }

    /// In a very wide file the last columns are counted together.
    private var furtherColumns: String {
        guard group.column == nil, let first = group.furtherColumns.first, let last = group.furtherColumns.last else { return "" }
        let columns = group.furtherColumns.count
        if columns == 1 { return ", and in column \(first)" }
        let range = (last - first + 1 == columns ? "" : "from ") + "\(first) to \(last)"
        return (group.hasUnnamed ? ", and in " : ", in ") + "\(columns.grouped) columns (\(range))"
    }
}
