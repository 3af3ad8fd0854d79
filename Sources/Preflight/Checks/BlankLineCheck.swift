import CSVTokenizer
import ImportProfiles
import ValueFormats

/// Reports empty lines, which do not count as rows.
struct BlankLineCheck: FileCheck {
    static let kinds: [FindingKind] = [.blankLine]

    func explain(_ batch: inout RowBatch, _ judgement: BatchJudgement, lineEnds: InputSummary.LineEnds, log: inout FindingLog) {
        let blank = judgement.rows.blank
        if blank.isEmpty { return }
        let group = log.group(.blankLine, column: nil, severity: nil, predicts: nil)
        log.count(blank.count, in: group, row: nil)
        if !log.wantsExample(group) { return }
        batch.makeIndex()
        for row in blank {
            guard log.wantsExample(group) else { return }
            let position = batch.range(ofField: batch.fields(ofRow: row).lowerBound).lowerBound
            log.addExample(to: group) { lines in
                Finding.Example(
                    place: Place(
                        row: nil, line: lines.line(of: position, in: batch), column: nil,
                        byteOffset: batch.streamOffset(ofPosition: position)))
            }
        }
    }

    /// Everything is in the log.
    func merge(_ later: BlankLineCheck, at joint: Joint) {}
}

extension FindingKind {
    static let blankLine = FindingKind(
        code: "PF206", slug: "blank-line", severity: .warning, about: .bytes,
        title: "Blank line",
        why: "Most readers skip blank lines, and preflight does not count them as rows. What an import does is undocumented.",
        help: "Remove blank lines if the import reports more rows than expected.",
        message: { $0.counted("blank line") })
}
