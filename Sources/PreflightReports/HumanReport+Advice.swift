import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension HumanReport {
    /// How other formats would read the failures of a column, the line of the profile to paste, and what the failures have in common.
    ///
    /// - Parameters:
    ///   - finding: The finding in whose block it is shown; `nil` where the column has none and is named here.
    ///   - isFutile: Whether the block ends with the advice to correct the values, since no setting reads more.
    func adviceLines(_ advice: ColumnAdvice, in finding: Finding?, isFutile: Bool = false, indent: Int = 2) -> [String] {
        var lines = finding == nil ? paragraph("", ink: .quiet, indent: 0, WrappedText("\(columnText(advice.column)): other formats")) : []
        if advice.openSettings > 0 {
            lines += openLines(advice, indent: indent)
        } else if let best = advice.settings.first {
            lines += settingLines(
                "try:", changeText(advice, best), best, indent: indent)
        } else if !advice.wereSettingsTried {
            let text = "too many kinds of values to try other formats" + (advice.shapes.isEmpty ? "; such a column usually holds text" : "")
            lines += paragraph("try:", ink: .quiet, indent: indent, WrappedText(text))
        } else if !isFutile {
            lines += paragraph(
                "try:", ink: .quiet, indent: indent, WrappedText("no other setting would read more of these values (tested on all rows)"))
        }
        for other in advice.settings.dropFirst(max(1, advice.openSettings)) {
            lines += paragraph("or:", ink: .quiet, indent: indent, WrappedText("\(other.words) (→ \(failuresText(other.cells)))"))
        }
        if advice.formulaErrors > 0 {
            let values = advice.formulaErrors == 1 ? "1 value is the error" : "\(advice.formulaErrors.grouped) values are errors"
            let text = "\(values) of a broken formula: correct it in the source. Under \"null\" the profile would load it as blank."
            lines += paragraph("formulas:", ink: .quiet, indent: indent, WrappedText(text))
        }
        if advice.hasTellingShapes {
            // Values that may fail are in another block.
            let isOfAll = finding.map { $0.count == advice.cells.max } ?? true
            lines += paragraph(isOfAll ? "values:" : "fail or may fail:", ink: .quiet, indent: indent, shapesText(advice))
        }
        if let slice = advice.slice { lines += paragraph("where:", ink: .quiet, indent: indent, sliceText(slice)) }
        return lines
    }

    /// One block for all columns whose formats were not tried: there can be thousands if a file is read the wrong way.
    func silentLines(_ columns: [ColumnAdvice]) -> [String] {
        guard let first = columns.first else { return [] }
        if columns.count == 1 { return [""] + adviceLines(first, in: nil) }
        let title = "\(columnText(first.column)) and \((columns.count - 1).counted("more column")): other formats"
        return [""] + paragraph("", ink: .quiet, indent: 0, WrappedText(title))
            + paragraph("try:", ink: .quiet, indent: 2, WrappedText("too many columns or kinds of values to try other formats"))
    }

    /// Formats that all fit the values.
    private func openLines(_ advice: ColumnAdvice, indent: Int) -> [String] {
        let values = advice.openCells.counted("value") + (advice.openCells == 1 ? " reads" : " read")
        let question = "\(values) differently under these formats. Ask someone who knows the data:"
        var lines = paragraph("open:", ink: .warning, indent: indent, WrappedText(question))
        for setting in advice.settings.prefix(advice.openSettings) {
            let text = changeText(advice, setting)
            lines += settingLines("", text, setting, indent: indent + 2)
        }
        return lines
    }

    /// `decimal ",": 59 to 60 failures → up to 1`.
    private func changeText(_ advice: ColumnAdvice, _ setting: ColumnAdvice.Setting) -> String {
        let noun = advice.cells.max == 1 ? "failure" : "failures"
        return "\(setting.words): \(failuresText(advice.cells)) \(noun) → \(failuresText(setting.cells))"
    }

    /// A setting, then its line of the profile on a line of text of its own, so that it can be pasted.
    private func settingLines(_ label: String, _ text: String, _ setting: ColumnAdvice.Setting, indent: Int) -> [String] {
        paragraph(label, ink: .quiet, indent: indent, WrappedText(text)) + [
            Self.spaces(max(indent + 2, Self.hanging)) + setting.profileLine
        ]
    }

    /// `58 like "42.857,56", 2 like "n/a"`; with `-v` also the shape, `(9…9.999,99; 9…9 is any number of digits)`.
    private func shapesText(_ advice: ColumnAdvice) -> WrappedText {
        var text = WrappedText()
        var explainsDigits = true
        for (index, shape) in advice.shapes.enumerated() {
            text.add("\(shape.count.grouped) like")
            var piece = "\"\(shape.value.text)\""
            if showsAll, shape.text != shape.value {
                piece += " (\(shape.text.text)"
                if explainsDigits, shape.text.text.contains(ColumnAdvice.anyDigits) {
                    piece += "; \(ColumnAdvice.anyDigits) is any number of digits"
                    explainsDigits = false
                }
                piece += ")"
            }
            text.add(whole: piece + (index + 1 < advice.shapes.count || advice.otherShapes > 0 ? "," : ""))
        }
        if advice.otherShapes > 0 { text.add(advice.otherShapes.counted("other")) }
        return text
    }

    private func sliceText(_ slice: FailureSlice) -> WrappedText {
        let share = slice.baseShare < 0.01 ? "less than 1%" : "about \(Int((slice.baseShare * 100).rounded()))%"
        var text = WrappedText()
        text.add(
            slice.covered == slice.failures
                ? "all \(slice.failures.grouped) have" : "\(slice.covered.grouped) of \(slice.failures.grouped) have")
        text.add(whole: "\(columnText(slice.column)) = \"\(slice.value.text)\"")
        text.add("(\(share) of all rows)")
        return text
    }

    /// The number of cells that fail or may fail: `3`, `3 to 7`, `up to 7`.
    private func failuresText(_ cells: Bounds) -> String {
        if cells.min == 0, cells.max > 0 { return "up to \(cells.max.grouped)" }
        return cells.min == cells.max ? cells.max.grouped : "\(cells.min.grouped) to \(cells.max.grouped)"
    }
}

extension ColumnAdvice {
    /// Up to this many failures are shown one by one.
    private static var fewFailures: Int { 3 }

    /// Whether it is shown what the failures look like: a few are all shown already, and values that are all different say nothing in common.
    fileprivate var hasTellingShapes: Bool { cells.max > Self.fewFailures && shapes.contains { $0.count > 1 } }

    /// Whether no settings were tried, and nothing else is to be shown.
    var saysNothing: Bool { !wereSettingsTried && !hasTellingShapes && slice == nil && formulaErrors == 0 }
}
