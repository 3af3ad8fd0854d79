import ImportProfiles
import SafeText
import ValueFormats

extension Report {
    /// The same report without any value of a cell: counts, places, codes and the names of the header stay, values become masks (`Aa99-99`).
    ///
    /// What could quote a cell is left out, not searched: messages are made of counts, and only fixed helps and reasons are kept.
    package func redacted() -> Report {
        var report = self
        report.findings = findings.map { $0.redacted(hasHeader: input.dialect.hasHeader) }
        for index in prediction.columns.indices {
            report.prediction.columns[index].samples = prediction.columns[index].samples.map { TextMask.mask($0) }
            report.prediction.columns[index].sampleBytes = []
        }
        for (index, evidence) in prediction.evidence.enumerated() {
            for part in evidence.parts.indices {
                for place in evidence.parts[part].examples.indices {
                    let example = evidence.parts[part].examples[place]
                    report.prediction.evidence[index].parts[part].examples[place] = example.redacted
                }
            }
        }
        report.prediction.advice = prediction.advice.map(\.redacted)
        report.prediction.masks = []
        report.columns = columns.map(\.redacted)
        report.values = []
        report.expectations = expectations.map(\.redacted)
        return report
    }
}

extension ColumnStatistics {
    /// The smallest, largest, first and last are values; so may a sum be. Hashes of values can be guessed.
    fileprivate var redacted: ColumnStatistics {
        var statistics = self
        (statistics.numbers, statistics.dates, statistics.valueCounts) = (nil, nil, [:])
        for index in masks.indices { statistics.masks[index].example = nil }
        return statistics
    }
}

extension Finding {
    fileprivate func redacted(hasHeader: Bool) -> Finding {
        // Names of the header are kept.
        if kind.subject == .names { return self }
        var finding = self
        finding.message = count.counted("occurrence")
        finding.briefMessage = ""
        if !kind.isFixed(help: help) { finding.help = kind.help }
        finding.examples = examples.map(\.redacted)
        return finding
    }
}

extension Finding.Example {
    private static let fixedReasons = Set(JudgementReason.allCases.map(\.text))

    fileprivate var redacted: Finding.Example {
        var example = self
        example.value = value.map { VisibleText(TextMask.mask($0.text)) }
        example.excerpt = nil
        if let reason, !Self.fixedReasons.contains(reason) { example.reason = nil }
        return example
    }
}

extension ColumnAdvice {
    /// Keys of a profile that hold texts of cells.
    private static let quoting = ["prefix", "suffix", "null", "true", "false", "items"]

    fileprivate var redacted: ColumnAdvice {
        var advice = self
        advice.shapes = shapes.map {
            Shape(text: VisibleText(TextMask.mask($0.text.text)), value: VisibleText(TextMask.mask($0.value.text)), count: $0.count)
        }
        // Texts around numbers, words for no value and lists of items are parts of cells.
        advice.settings = settings.filter { setting in
            !Self.quoting.contains { setting.profileLine.contains($0 + ":") }
        }
        if advice.settings.count != settings.count { (advice.openSettings, advice.openCells) = (0, 0) }
        if let slice {
            advice.slice = FailureSlice(
                column: slice.column, value: VisibleText(TextMask.mask(slice.value.text)), covered: slice.covered, failures: slice.failures,
                baseShare: slice.baseShare)
        }
        return advice
    }
}
