/// Puts what was counted into words: one sentence of fact for each group, with the reason why the import cares.
struct FindingWords {
    let layout: FileLayout?
    let lineEnds: InputSummary.LineEnds

    func finding(_ group: FindingLog.Group) -> Finding {
        var group = group
        if group.code == .mixedLineEnds { group.count = min(lineEnds.lf, lineEnds.crlf) }
        let column = group.column.map { layout?.reference($0) ?? ColumnReference(index: $0, name: "") }
        return Finding(
            code: group.code, severity: group.severity, column: column, count: group.count, rows: group.rows,
            message: fact(group, column: column) + ". " + group.code.entry.why, help: group.code.entry.help, examples: group.examples,
            predicts: group.predicts)
    }

    /// What was found, without a full stop.
    private func fact(_ group: FindingLog.Group, column: ColumnReference?) -> String {
        let entry = group.code.entry
        let remarks = group.remarks.isEmpty ? "" : " (" + group.remarks.joined(separator: "; ") + ")"
        switch group.code {
        case .mixedLineEnds:
            return "\(lineEnds.lf) line ends are LF and \(lineEnds.crlf) are CRLF"
        case .missingColumn:
            return "Missing from the header: " + group.remarks.joined(separator: ", ") + (group.count > group.remarks.count ? ", …" : "")
        case .unlikeItsColumn:
            let type = group.remarks.first ?? "text"
            return "\(times(group.count, "value")) of column \(name(column)), which looks like \(type), cannot be read so (estimate)"
        default:
            guard let column else { return "\(entry.title)\(remarks)" }
            return "\(entry.title), in column \(name(column))\(remarks)"
        }
    }

    private func name(_ column: ColumnReference?) -> String {
        guard let column else { return "" }
        return column.name.isEmpty ? "\(column.index)" : "\"\(column.name)\""
    }

    private func times(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }
}
