package import Preflight
import SafeText

/// The rows that were found, for people: each with its neighbours and their line numbers.
package enum LocateText {
    /// - Parameters:
    ///   - answer: The rows that were found.
    ///   - path: safe to print.
    ///   - showsHex: whether the bytes of each place are shown in hexadecimal.
    package static func text(for answer: Locator.Answer, path: String, showsHex: Bool = false) -> String {
        var lines: [String] = []
        for hit in answer.hits {
            if !lines.isEmpty { lines.append("") }
            lines.append("\(path): \(name(hit)), \(lineText(hit)), byte \(hit.byteOffset)")
            lines += excerpt(hit)
            if hit.isCut { lines.append("  the row continues; only its beginning was read") }
            lines += hit.fields.map { field in
                let name = field.column.name.isEmpty ? "" : " \"\(field.column.name.shown)\""
                return "  column \(field.column.index)\(name): \"\(field.value.text)\""
            }
            if showsHex, !hit.hex.isEmpty { lines.append("  hex \(hit.hex)") }
        }
        if let count = answer.occurrenceCount {
            lines += ["", "showing \(answer.hits.count.counted("row")); a check counts \(count.counted("occurrence"))"]
        } else if answer.moreCount > 0 {
            let all = answer.hits.count + answer.moreCount
            lines += ["", "showing \(answer.hits.count.grouped) of \(all.counted("row")); use --most to show more"]
        } else if answer.isLimited {
            lines += ["", "showing the first \(answer.hits.count.counted("row")) of those asked for; use --most to show more"]
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func name(_ hit: Locator.Hit) -> String {
        switch hit.kind {
        case .row: "row \((hit.row ?? 0).grouped)"
        case .header: "the header"
        case .blankLine: "a blank line"
        case .titleLine: "a line above the header"
        case .separatorLine: "the line that names the delimiter"
        case .skippedLine: "a skipped line"
        case .byteOrderMark: "the byte order mark"
        }
    }

    private static func lineText(_ hit: Locator.Hit) -> String {
        hit.lastLine > hit.line ? "lines \(hit.line) to \(hit.lastLine)" : "line \(hit.line)"
    }

    private static func excerpt(_ hit: Locator.Hit) -> [String] {
        let width = String(hit.after.last?.line ?? hit.line).count
        func line(_ neighbour: Locator.Neighbour, isHit: Bool) -> String {
            let number = String(neighbour.line)
            let pad = String(repeating: " ", count: max(0, width - number.count))
            return "  \(isHit ? ">" : " ") \(pad)\(number) | \(neighbour.text.text)"
        }
        return hit.before.map { line($0, isHit: false) } + [line(Locator.Neighbour(line: hit.line, text: hit.text), isHit: true)]
            + hit.after.map { line($0, isHit: false) }
    }
}

extension Locator.Missing {
    /// Why the file has no such place: a clause without a full stop.
    package func words(_ answer: Locator.Answer) -> String {
        let extent = answer.damage == nil ? "the file has" : "before the damage the file has"
        return switch self {
        case .rows(let range): "\(Self.text("row", range)): \(extent) \(answer.rowCount.counted("row"))"
        case .lines(let range): "\(Self.text("line", range)): \(extent) \(answer.lineCount.counted("line"))"
        case .bytes(let range):
            "\(Self.text("byte", range)), past the end: \(extent) \(answer.byteCount.counted("byte")), numbered from 0"
        }
    }

    private static func text(_ noun: String, _ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(noun) \(range.lowerBound)" : "\(noun)s \(range.lowerBound) to \(range.upperBound)"
    }
}
