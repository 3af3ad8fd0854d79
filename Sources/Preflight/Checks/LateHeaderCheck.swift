import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports rows after the beginning that have the header's names, spelled differently or in another order: joined files whose exports differ.
///
/// Without a profile it is known which rows have a text in a column, and names are texts. ``HiddenRowsCheck`` looks at the beginning, and under a profile
/// such a row has values that fail. ``RepeatedHeaderCheck`` reports the header itself.
struct LateHeaderCheck: Check {
    private let layout: FileLayout
    private let decoder: FieldDecoder
    private let header: HeaderPattern
    /// The letters of the header, and the bytes of rows that may be it.
    private let letters: LetterSum
    private let lengths: ClosedRange<Int>
    /// The letters of ASCII that the header has, a bit for each: nearly every other row begins with another one.
    private let letterBits: UInt32
    private var spelledOtherwise = Found()
    private var inAnotherOrder = Found()

    private struct Found {
        var count = 0
        /// Of the last one.
        var row = 0
        var examples: [Finding.Example] = []

        mutating func merge(_ later: Found, samples: Int, at joint: Joint) {
            if later.count > 0 { row = later.row + joint.rows }
            count += later.count
            examples.append(later.examples, upTo: samples, at: joint)
        }
    }

    /// How far ``HiddenRowsCheck`` looks.
    private static let beginning = 64 << 10
    private static let longestHeader = 4 << 10

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.rules == nil, layout.width > 1, let header = layout.headerPattern, header.rows[0].count <= Self.longestHeader,
            layout.columnNames.allSatisfy({ PreambleRow.formats($0.bytes).contains(.text) })
        else { return nil }
        self.layout = layout
        self.header = header
        decoder = FieldDecoder(quote: layout.quote)
        let row = header.rows[0]
        letters = LetterSum(row.span)
        letterBits = row.reduce(0) { $0 | Self.bit(of: $1) }
        // Quotes around the names or not, and signs between words or none.
        let signs = layout.columnNames.reduce(0) { $0 + $1.bytes.count { !LetterSum.isLetter($0) } }
        lengths = max(0, header.rows[1].count - signs)...(header.rows[2].count + signs + 2)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard batch.isIndexed, let column = columnWithFewestTexts(judgement.evidence) else { return }
        var lines = LineCursor()
        judgement.evidence.forEachRow(with: .text, column: column) { row in
            guard let bytes = batch.bytes(ofRow: row), lengths.contains(bytes.count), mayBegin(bytes),
                batch.streamOffset(ofPosition: batch.start(ofRow: row)) >= Self.beginning, letters == LetterSum(bytes),
                !judgement.repeatedHeaders.contains(row)
            else { return }
            let cells = batch.fields(ofRow: row).map { field in decoder.withText(of: field, in: batch) { Array($0) } }
            guard let likeness = header.likeness(of: cells) else { return }
            let record = RowRecord(index: row, number: judgement.rows.number(of: row))
            switch likeness {
            case .spelledOtherwise: keep(record, batch, lines: &lines, in: &spelledOtherwise)
            case .inAnotherOrder: keep(record, batch, lines: &lines, in: &inAnotherOrder)
            }
        }
    }

    /// Whether the first bytes of a row have no letters but those of the header.
    private func mayBegin(_ bytes: Span<UInt8>) -> Bool {
        for index in 0..<min(16, bytes.count) where Self.bit(of: bytes[index]) & ~letterBits != 0 { return false }
        return true
    }

    /// 0 for what is no letter of ASCII.
    private static func bit(of byte: UInt8) -> UInt32 {
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return letter < 26 ? 1 &<< UInt32(letter) : 0
    }

    /// A row of names has a text in each column, so any will do.
    private func columnWithFewestTexts(_ evidence: BatchEvidence) -> Int? {
        evidence.heads.indices.map { (column: $0, count: evidence.rowCount(with: .text, column: $0)) }.min { $0.count < $1.count }?.column
    }

    private func keep(_ row: RowRecord, _ batch: borrowing RowBatch, lines: inout LineCursor, in found: inout Found) {
        found.count += 1
        found.row = row.number
        guard found.examples.count < layout.samples else { return }
        found.examples.append(Finding.Example(beginningOf: row, in: batch, lines: &lines, quote: layout.quote))
    }

    mutating func merge(_ later: LateHeaderCheck, at joint: Joint) {
        spelledOtherwise.merge(later.spelledOtherwise, samples: layout.samples, at: joint)
        inAnotherOrder.merge(later.inAnotherOrder, samples: layout.samples, at: joint)
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        note(spelledOtherwise, as: .repeatedHeader, severity: nil, "spelled differently", log: &log)
        note(inAnotherOrder, as: .secondHeader, severity: .error, "the names of the header in another order", log: &log)
    }

    private func note(_ found: Found, as kind: FindingKind, severity: Severity?, _ remark: String, log: inout FindingLog) {
        guard found.count > 0 else { return }
        let group = log.group(kind, column: nil, severity: severity, predicts: nil)
        log.add(found.count, rows: found.count, to: group, lastRow: found.row)
        log.addRemark(remark, to: group)
        for example in found.examples where log.wantsExample(group) { log.addExample(to: group) { _ in example } }
    }
}

extension LateHeaderCheck {
    mutating func code(_ coder: inout StateCoder) {
        for found in [\Self.spelledOtherwise, \.inAnotherOrder] {
            coder(&self[keyPath: found].count)
            coder(&self[keyPath: found].row)
            coder(&self[keyPath: found].examples)
        }
    }
}
