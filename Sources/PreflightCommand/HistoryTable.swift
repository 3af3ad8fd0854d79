import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// The table of `preflight history`: the outcome first, one line a push, grouped by where the pushes went.
///
/// ```
/// https://pigment.app, configuration 33d0d7d0-6125-47c4-b36a-882f4ed53b33
///   ✓ k3x9m2ab  2026-11-29 05:20:10  export.csv  1,554 rows  completed, 3 rows skipped (2 to 5 predicted)
///   ! m3v8t0zz  2026-11-29 06:20:10  export.csv  1,554 rows  unknown: no-answer
/// ```
struct HistoryTable {
    let entries: [LedgerEntry]
    /// Earlier entries that are not shown.
    let hiddenCount: Int
    let ledger: FilePath
    /// Whether only some entries were asked for.
    let isFiltered: Bool
    /// Columns of the terminal; `nil` leaves nothing out.
    let width: Int?
    /// The command that settles an entry, without its last option.
    let settleCommand: (LedgerEntryID) -> ShellCommand

    /// Where entries went.
    private struct Place: Hashable {
        var words: String

        init(_ intent: LedgerIntent) {
            words = intent.kind == .rehearsal ? "Rehearsals" : "\(intent.service), configuration \(intent.configuration)"
        }
    }

    /// Each line with its line end.
    var text: String {
        guard !entries.isEmpty else { return "No \(isFiltered ? "matching " : "")entries in the ledger \(ledger).\n" }
        var places: [Place] = []
        var groups: [Place: [LedgerEntry]] = [:]
        for entry in entries {
            let place = Place(entry.intent)
            if groups[place] == nil { places.append(place) }
            groups[place, default: []].append(entry)
        }
        let cells = entries.map { Self.cells($0, showsImports: true) }
        let widths = (0..<Self.alignedColumns).map { column in cells.map { TerminalWidth.columns(of: $0[column]) }.max() ?? 0 }
        // A line that does not fit goes without the import: `--format json` has it.
        let all = cells.map { TerminalWidth.columns(of: Self.line($0, widths: widths)) }.max() ?? 0
        let showsImports = all <= width ?? .max
        var lines: [String] = []
        for place in places {
            if !lines.isEmpty { lines.append("") }
            lines.append(place.words)
            lines += (groups[place] ?? []).map { Self.line(Self.cells($0, showsImports: showsImports), widths: widths) }
        }
        if hiddenCount > 0 {
            lines.append("")
            lines.append("\(hiddenCount.grouped) earlier \(hiddenCount == 1 ? "entry is" : "entries are") not shown. To see more: --limit")
        }
        let unsettled = entries.filter { $0.state == .unknown && $0.intent.kind == .push }
        if let last = unsettled.last {
            let command = settleCommand(last.id)
            let have = "\(unsettled.count.grouped) \(unsettled.count == 1 ? "push has" : "pushes have")"
            lines.append("")
            lines.append("\(have) an unknown outcome. Check in Pigment whether an import started, then:")
            lines += ["  \(command) --import IMPORT_ID", "  \(command) --did-not-arrive"]
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// All but the last are padded.
    private static let alignedColumns = 5

    private static func line(_ cells: [String], widths: [Int]) -> String {
        let padded = cells.enumerated().map { column, cell in
            guard column < alignedColumns else { return cell }
            let fill = String(repeating: " ", count: widths[column] - TerminalWidth.columns(of: cell))
            // Numbers to the right.
            return column == 4 ? fill + cell : cell + fill
        }
        return "  \(padded[0]) " + padded.dropFirst().joined(separator: "  ")
    }

    private static func cells(_ entry: LedgerEntry, showsImports: Bool) -> [String] {
        let what = entry.intent.content?.file ?? "(trigger)"
        let rows = entry.intent.content.map { $0.rows.counted("row") } ?? ""
        let time = entry.time.shown.replacing(" UTC", with: "")
        return [mark(entry), entry.id.text, time, what, rows, outcome(entry, showsImport: showsImports)]
    }

    private static func mark(_ entry: LedgerEntry) -> String {
        switch entry.state {
        case .completed: isAcceptable(entry) ? "✓" : "!"
        case .failed, .notAccepted: "X"
        case .unknown: "!"
        case .running, .accepted, .didNotArrive: "-"
        }
    }

    /// Of a trigger nothing was predicted: its limit decides.
    private static func isAcceptable(_ entry: LedgerEntry) -> Bool {
        entry.reconciliation?.isAcceptable ?? ((entry.report?.detail?.counts.skipped ?? 0) <= (entry.intent.allowedSkips ?? 0))
    }

    private static func outcome(_ entry: LedgerEntry, showsImport: Bool) -> String {
        var words = entry.state.words
        switch entry.state {
        case .unknown, .notAccepted:
            switch entry.outcome {
            case .notAccepted(let cause, let status)?, .unknown(let cause, let status)?:
                words += ": \(cause)" + (status.map { " (\($0))" } ?? "")
            case .accepted?: break
            case nil: words += ": the run ended before an answer came"
            }
        case .completed:
            if let skipped = entry.report?.detail?.counts.skipped { words += ", \(skipped.counted("row")) skipped" + predicted(entry) }
        case .running: words += ", process \(entry.intent.process.id) on \(VisibleText(entry.intent.process.host))"
        case .accepted, .failed, .didNotArrive: break
        }
        if showsImport, let id = entry.importID { words += ", import \(id)" }
        if let original = entry.intent.retryOf { words += ", skipped rows of \(original)" }
        return words
    }

    private static func predicted(_ entry: LedgerEntry) -> String {
        guard let prediction = entry.intent.prediction, prediction.basis == .profile else { return "" }
        let bounds = prediction.skippedRows
        return " (\(bounds.min == bounds.max ? "\(bounds.min)" : "\(bounds.min) to \(bounds.max)") predicted)"
    }
}
