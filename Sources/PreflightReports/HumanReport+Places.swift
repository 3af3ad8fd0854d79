import ByteSources
import ImportProfiles
import Preflight
import SafeText

extension HumanReport {
    /// Excerpts that are shown; each takes three lines.
    private static let shownExcerpts = 2

    /// The first places: a line with value and reason, or, if the fault is not a single value, an excerpt with a caret.
    func placeLines(_ finding: Finding, indent: Int) -> [String] {
        guard finding.kind.showsPlaces, !finding.examples.isEmpty else { return [] }
        let isValue = finding.listsValues
        let examples = isValue || finding.examples.count > 3 ? finding.examples : Array(finding.examples.prefix(shown(Self.shownExcerpts)))
        var lines =
            isValue && !showsAll ? valueLines(examples, indent: indent) : examples.flatMap { excerptLines($0, of: finding, indent: indent) }
        let more = finding.count - examples.count
        if more > 0 { lines.append(Self.spaces(indent) + "and \(more.grouped) more") }
        return lines
    }

    /// `line 150  "12,345.67"  thousands separator after the decimal separator`, in columns.
    private func valueLines(_ examples: [Finding.Example], indent: Int) -> [String] {
        let places = examples.map { "line \($0.place.line)" }
        let place = places.map(\.count).max() ?? 0
        let reasons = examples.map(remark)
        let reason = reasons.map(TerminalWidth.columns).max() ?? 0
        let fixed = indent + place + 2
        let values = examples.map(valueText)
        let widest = values.map(TerminalWidth.columns).max() ?? 0
        // A long reason gets a line of its own rather than cutting the value.
        let isBeside = fixed + min(widest, 24) + 2 + reason <= style.width
        let room = max(12, style.width - fixed - (isBeside && reason > 0 ? 2 + reason : 0))
        let width = min(widest, room)
        return examples.indices.flatMap { index in
            let value = Self.clipped(values[index], to: width)
            let line = Self.spaces(indent) + Self.padded(places[index], to: place) + "  "
            if reasons[index].isEmpty { return [line + value] }
            if isBeside { return [line + Self.padded(value, to: width) + "  " + reasons[index]] }
            return [line + value, Self.spaces(max(fixed, Self.hanging)) + reasons[index]]
        }
    }

    /// The value in quotes, with its length if it is cut.
    private func valueText(_ example: Finding.Example) -> String {
        guard let value = example.value else { return "" }
        return "\"\(value.text)\"" + (value.isCut ? " (\(value.byteCount.counted("byte")))" : "")
    }

    /// Why the value does not parse, and where a repeated value first occurred.
    private func remark(_ example: Finding.Example) -> String {
        let first = example.first.map { "first in line \($0.line)" }
        return [example.reason, first].compactMap { $0 }.joined(separator: ", ")
    }

    private func excerptLines(_ example: Finding.Example, of finding: Finding, indent: Int) -> [String] {
        var heading = Self.spaces(indent) + placeText(example.place, isInColumn: finding.column != nil)
        // The excerpt shows the value, unless it is too long.
        if example.value != nil, example.excerpt == nil || example.value?.isCut == true {
            heading += ": " + Self.clipped(valueText(example), to: style.width - heading.count - 2)
        }
        let remark = remark(example)
        if !remark.isEmpty { heading += ", \(remark)" }
        guard let excerpt = example.excerpt else { return [heading] }
        let clip = ClippedExcerpt(excerpt, width: style.width - indent - 2)
        let bar = Self.spaces(indent) + style.paint("|", .quiet) + " "
        let caret =
            Self.spaces(clip.caretColumn) + style.paint(String(repeating: "^", count: clip.caretWidth), TextStyle.Ink(finding.severity))
        return [heading, bar + clip.text, bar + caret]
    }

    private func placeText(_ place: Place, isInColumn: Bool) -> String {
        var parts = ["line \(place.line)"]
        switch place.row {
        case nil: break
        case 0?: parts.append("header")
        case let row?: parts.append("row \(row)")
        }
        if let column = place.column, !isInColumn { parts.append("field \(column)") }
        if showsAll { parts.append("byte \(place.byteOffset)") }
        return parts.joined(separator: ", ")
    }
}

/// The part of an excerpt around its caret that fits in a line of the terminal.
struct ClippedExcerpt {
    private(set) var text: String
    /// Columns before the caret.
    private(set) var caretColumn: Int
    /// Columns of the caret, at least 1.
    private(set) var caretWidth: Int

    /// - Parameter width: The columns that the text may take, including the `…` of each cut.
    init(_ excerpt: Finding.Excerpt, width: Int) {
        let characters = Array(excerpt.text)
        let widths = characters.map { TerminalWidth.columns(of: String($0)) }
        let focus = min(excerpt.caretOffset, characters.count)
        let focusEnd = min(focus + excerpt.caretLength, characters.count)
        guard widths.reduce(0, +) > width else {
            text = excerpt.text
            caretColumn = widths[..<focus].reduce(0, +)
            // A fault past the end of the line, as at the end of the file, has its caret after the last character.
            caretWidth = max(1, widths[focus..<focusEnd].reduce(0, +))
            return
        }
        // Two columns are kept for `…`. The marked text comes first, then characters before and after it in turns.
        let room = width - 2
        var (start, end, taken) = (focus, focus, 0)
        while end < focusEnd, taken + widths[end] <= room {
            taken += widths[end]
            end += 1
        }
        let markedEnd = end
        var grows = true
        while grows {
            grows = false
            if start > 0, taken + widths[start - 1] <= room {
                start -= 1
                taken += widths[start]
                grows = true
            }
            if end < characters.count, end >= focusEnd, taken + widths[end] <= room {
                taken += widths[end]
                end += 1
                grows = true
            }
        }
        text = (start > 0 ? "…" : "") + String(characters[start..<end]) + (end < characters.count ? "…" : "")
        caretColumn = (start > 0 ? 1 : 0) + widths[start..<focus].reduce(0, +)
        caretWidth = max(1, widths[focus..<markedEnd].reduce(0, +))
    }
}
