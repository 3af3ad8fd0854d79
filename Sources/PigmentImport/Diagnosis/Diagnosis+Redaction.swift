import Preflight
import SafeText

extension Diagnosis {
    /// The same diagnosis without any value of a cell: counts, places and the names of the header stay, values become masks (`Aa99-99`).
    ///
    /// It is for showing only: the questions that find the rows are asked of the original.
    package func redacted() -> Diagnosis {
        var diagnosis = self
        diagnosis.entries = entries.map(\.redacted)
        return diagnosis
    }
}

extension Diagnosis.Entry {
    var redacted: Diagnosis.Entry {
        var entry = self
        entry.reported.samples = reported.samples.map(\.redacted)
        entry.samples = samples.map { finding in
            var finding = finding
            finding.sample = finding.sample.redacted
            finding.first = finding.first.map(\.redacted)
            for index in finding.like.indices { finding.like[index].first = finding.like[index].first.map(\.redacted) }
            return finding
        }
        entry.explanations = explanations.map(\.redacted)
        if let deciding { entry.deciding?.cell = deciding.cell.redacted }
        if let slice {
            entry.slice = FailureSlice(
                column: slice.column, value: VisibleText(TextMask.mask(slice.value.text)), covered: slice.covered, failures: slice.failures,
                baseShare: slice.baseShare)
        }
        return entry
    }
}

extension Explanation {
    /// Settings that are texts of cells.
    private static let quoting = ["prefix", "suffix", "null", "true", "false", "items"]

    fileprivate var redacted: Explanation {
        var explanation = self
        explanation.first = first.map(\.redacted)
        explanation.addedItems = addedItems.map { Explanation.CountedItem(name: $0.name.masked, cells: $0.cells) }
        explanation.deletedItems = deletedItems.map { Explanation.CountedItem(name: $0.name.masked, cells: $0.cells) }
        explanation.settings = settings.map { $0.map { word in Self.quoting.first { word.contains($0) }.map { "another \($0)" } ?? word } }
        if explanation.settings != settings { explanation.columns = [] }
        explanation.equals = equals.map(\.redacted)
        explanation.tellingValue = tellingValue.map { TextMask.mask($0) }
        return explanation
    }
}

extension FoundCell {
    /// With a mask in place of the value.
    var redacted: FoundCell {
        var cell = self
        cell.value = value.masked
        return cell
    }
}

extension SampleText {
    fileprivate var redacted: SampleText { SampleText(bytes.masked, isCut: isCut) }
}

extension [UInt8] {
    /// What it looks like.
    var masked: [UInt8] { Array(TextMask.mask(VisibleText(self).text).utf8) }
}
