import CSVTokenizer
import SafeText
import ValueFormats

/// A cell or a row with a finding, or a blank line, as it is listed.
struct ListedCell {
    /// Record number; `nil` for a line that is no row.
    var row: Int?
    /// Physical line in which it begins.
    var line: Int
    /// Number from 1; 0 for a row as a whole.
    var column = 0
    /// Safe to print.
    var value = ""
    var cause: CellCause
    /// Why the value does not parse.
    var reason = JudgementReason.none
    /// How the value should be written; safe to print, `nil` where that is not known.
    var suggestion: String?
    /// The number of a key that this range has here for the first time: it is listed only if an earlier range has it too. `nil` where it is listed anyway.
    var newKey: Int?
}

/// The kind of what is listed. There are many cells and few of these, so each is made once for a file.
final class CellCause {
    let kind: FindingKind
    let title: String
    private var fields: [UInt8] = []
    /// Whether an entry of the list has it.
    var isListed = false

    init(_ kind: FindingKind, hasHeader: Bool) {
        self.kind = kind
        title = kind.title(hasHeader: hasHeader)
    }

    /// The code and the title as fields of a line.
    func fields(_ line: CellLine) -> [UInt8] {
        if fields.isEmpty { fields = line.cause(code: kind.code, reason: title) }
        return fields
    }
}

/// Takes the cells and rows with findings of a file, or of one of its ranges, in the order of the file.
protocol CellReceiver: AnyObject {
    /// Whether it takes no more, because what it took cannot be kept.
    var hasFailed: Bool { get }

    /// Called once, when the beginning of a file is known that can be cut into rows.
    func begin(_ head: FileHead)

    /// - Parameter layout: `nil` before the first row.
    func take(_ cell: ListedCell, _ layout: FileLayout?)

    /// Called after the cells of a batch of rows.
    func endBatch()

    /// The places of a kind that the report has are listed too: not all were taken.
    func leaveToReport(_ kind: FindingKind)
}
