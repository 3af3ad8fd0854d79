import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText

/// Reports a mixture of line ends, lines that end with only a carriage return, and a last line without a line end.
struct LineEndCheck: FileCheck {
    static let kinds: [FindingKind] = [.mixedLineEnds, .carriageReturnLineEnds, .noLastLineEnd]

    /// The ends of the first row with LF and of the first row with CRLF.
    private var first: (lf: Place?, crlf: Place?)
    /// The line ends up to the end of the last batch.
    private var lineEnds = InputSummary.LineEnds()

    func begin(_ file: FileFacts, log: inout FindingLog) {
        if file.head.endsLinesWithCR { log.note(.carriageReturnLineEnds) }
    }

    mutating func explain(
        _ batch: inout RowBatch, _ judgement: BatchJudgement, lineEnds: InputSummary.LineEnds, log: inout FindingLog
    ) {
        let isFirst = (lf: self.lineEnds.lf == 0 && lineEnds.lf > 0, crlf: self.lineEnds.crlf == 0 && lineEnds.crlf > 0)
        self.lineEnds = lineEnds
        guard isFirst.lf || isFirst.crlf else { return }
        batch.makeIndex()
        if isFirst.lf { first.lf = Self.firstEnd(isCRLF: false, batch) }
        if isFirst.crlf { first.crlf = Self.firstEnd(isCRLF: true, batch) }
    }

    private static func firstEnd(isCRLF: Bool, _ batch: borrowing RowBatch) -> Place? {
        for row in 0..<batch.rowCount where !batch.endsWithoutLineEnd(row) {
            let end = batch.range(ofField: batch.fields(ofRow: row).upperBound - 1).upperBound
            guard (batch.bytes[end...].first == UInt8(ascii: "\r")) == isCRLF else { continue }
            var lines = LineCursor()
            return Place(row: nil, line: lines.line(of: end, in: batch), column: nil, byteOffset: batch.streamOffset(ofPosition: end))
        }
        return nil
    }

    mutating func merge(_ later: LineEndCheck, at joint: Joint) {
        first.lf = first.lf ?? later.first.lf?.shifted(by: joint)
        first.crlf = first.crlf ?? later.first.crlf?.shifted(by: joint)
    }

    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog) {
        if file.head.endsLinesWithCR { log.setHelp("Convert the line ends: \(file.remedy.command())", of: .carriageReturnLineEnds) }
        // With fewer lines nothing is usual. A row that lacks fields as well is reported as cut.
        let isCut = log.groups.contains { $0.kind == .tooFewFields && $0.lastRow == end.rowCount }
        let count = file.head.endsLinesWithCR ? end.lineEnds.cr : end.lineEnds.lf + end.lineEnds.crlf
        if end.isComplete, !isCut, !end.endsWithLineEnd, end.rowCount > 0, count > 1 {
            log.note(.noLastLineEnd, at: Place(row: nil, line: end.line, column: nil, byteOffset: end.byteCount))
        }
        guard let lfPlace = first.lf, let crlfPlace = first.crlf else { return }
        let (lf, crlf) = (end.lineEnds.lf, end.lineEnds.crlf)
        // All rows before the later one end alike.
        log.note(.mixedLineEnds, row: nil, count: min(lf, crlf)) { _ in
            Finding.Example(place: lfPlace.byteOffset > crlfPlace.byteOffset ? lfPlace : crlfPlace)
        }
        let change = log.groups.first { $0.kind == .mixedLineEnds }?.examples.first.map { ", first change in line \($0.place.line)" } ?? ""
        log.addRemark("\(lf.grouped) LF and \(crlf.grouped) CRLF line ends\(change)", toLastGroupOf: .mixedLineEnds)
    }
}

extension LineEndCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&first.lf)
        coder(&first.crlf)
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

    static let noLastLineEnd = FindingKind(
        code: "PF226", slug: "no-last-line-end", severity: .note, about: .bytes,
        title: "Last line has no line end, unlike all others",
        why: """
            The last line end is optional, so nothing may be wrong. But a file that was cut while it was written or copied looks like this, \
            and its last value may be cut too.
            """,
        help: "Compare the last row with the source. If the file is complete, add the line end: sed '$a\\' FILE > FILE.new.csv")
}
