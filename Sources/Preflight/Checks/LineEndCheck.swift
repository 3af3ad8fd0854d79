import CSVTokenizer
import ImportProfiles
import SafeText

/// Reports a mixture of line ends, and lines that end with only a carriage return.
struct LineEndCheck: FileCheck {
    static let kinds: [FindingKind] = [.mixedLineEnds, .carriageReturnLineEnds]

    /// The line ends up to the end of the last batch.
    private var lineEnds = InputSummary.LineEnds()

    func begin(_ file: FileFacts, log: inout FindingLog) {
        if file.head.endsLinesWithCR { log.note(.carriageReturnLineEnds) }
    }

    mutating func explain(
        _ batch: inout RowBatch, _ judgement: BatchJudgement, lineEnds: InputSummary.LineEnds, log: inout FindingLog
    ) {
        let hadOneKind = self.lineEnds.lf == 0 || self.lineEnds.crlf == 0
        if hadOneKind, lineEnds.lf > 0, lineEnds.crlf > 0 {
            batch.makeIndex()
            noteChange(batch, log: &log)
        }
        self.lineEnds = lineEnds
    }

    /// Notes the first row whose line end differs from those before it. This batch is the first with both kinds, or with another kind than the
    /// batches before it.
    private func noteChange(_ batch: borrowing RowBatch, log: inout FindingLog) {
        func isCRLF(_ row: Int) -> Bool {
            batch.bytes[batch.range(ofField: batch.fields(ofRow: row).upperBound - 1).upperBound...].first == UInt8(ascii: "\r")
        }
        let usual = lineEnds.crlf > 0 || (lineEnds.lf == 0 && isCRLF(0))
        var row = 0
        while row < batch.rowCount, isCRLF(row) == usual { row += 1 }
        guard row < batch.rowCount else { return }
        let position = batch.range(ofField: batch.fields(ofRow: row).upperBound - 1).upperBound
        log.note(.mixedLineEnds, row: nil) { lines in
            Finding.Example(
                place: Place(
                    row: nil, line: lines.line(of: position, in: batch), column: nil, byteOffset: batch.streamOffset(ofPosition: position)))
        }
    }

    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog) {
        if file.head.endsLinesWithCR { log.setHelp("Convert the line ends: \(file.remedy.command())", of: .carriageReturnLineEnds) }
        guard let group = log.groups.first(where: { $0.kind == .mixedLineEnds }) else { return }
        let (lf, crlf) = (end.lineEnds.lf, end.lineEnds.crlf)
        log.setCount(min(lf, crlf), of: .mixedLineEnds)
        let change = group.examples.first.map { ", first change in line \($0.place.line)" } ?? ""
        log.addRemark("\(lf.grouped) LF and \(crlf.grouped) CRLF line ends\(change)", toLastGroupOf: .mixedLineEnds)
    }
}

extension FindingKind {
    static let mixedLineEnds = FindingKind(
        code: "PF208", slug: "mixed-line-ends", severity: .warning, about: .bytes,
        title: "File mixes LF and CRLF line ends",
        why: """
            A reader that expects one kind keeps a carriage return at the end of the last field, which can make a number or a date \
            unreadable.
            """,
        help: "Write one kind of line end throughout. Files joined from different systems are the usual cause.",
        showsPlaces: false,
        message: { $0.firstRemark ?? $0.title })

    static let carriageReturnLineEnds = FindingKind(
        code: "PF210", slug: "cr-line-ends", severity: .error, about: .bytes,
        title: "Lines end with a carriage return only",
        why: """
            Old Mac programs write such files. preflight reads each line as a row. A reader that ends rows at LF takes the whole file as \
            one row.
            """,
        help: "Convert the line ends: tr '\\r' '\\n' < FILE > FILE.lf.csv",
        showsPlaces: false)
}
