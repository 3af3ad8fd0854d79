import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports a last row that is the total of the rows above instead of data.
///
/// Either of these is enough:
/// - its first cell that is not blank is a label of a total (``TotalWords``), and its other labels are blank;
/// - a number of four significant digits or more is the exact sum of its column above (``ColumnSums``), or two shorter ones are.
///
/// A blank label together with one number that is a sum is enough too. *Labels* are the columns in which the first row and the last but one have
/// texts or dates. Sums are computed only for a file that is short enough to be in memory completely before its first row is judged. They cost
/// longer files nothing, and a file, a pipe and a gzip file give the same answer. In a longer file without a profile, blank labels indicate a
/// total if no other row has a blank there.
struct TotalsCheck: Check {
    static let kinds: [FindingKind] = [.totalsRow]

    private let layout: FileLayout
    private let decoder: FieldDecoder
    /// The first data row, the last but one, and the last.
    private var first: Kept?
    private var previous: Kept?
    private var last: Kept?
    private var lastNumber = 0
    private var example: Finding.Example?
    /// Set at the end of a file that is completely in memory, if ``wantsSums``, and at the end of each of its ranges.
    var sums: ColumnSums?

    /// Whether sums of the columns could make a difference.
    var wantsSums: Bool {
        guard layout.isAtHand, lastNumber > ColumnSums.fewestAddends, case .bytes(let bytes) = last else { return false }
        return bytes.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    }

    /// A row as it was kept.
    private enum Kept {
        case bytes([UInt8])
        /// It was judged without an index of fields, so each is a number or empty.
        case numbers
        /// It is too long.
        case unknown
    }

    private enum Cell {
        case blank
        case number
        case text
    }

    /// The most bytes of a row that are kept.
    private static let mostBytes = 64 << 10

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let count = judgement.rows.dataRowCount
        guard count > 0 else { return }
        guard batch.isIndexed else {
            if first == nil { first = .numbers }
            previous = count > 1 ? .numbers : last
            (last, lastNumber, example) = (.numbers, judgement.rows.firstNumber + count - 1, nil)
            return
        }
        func isData(_ row: Int) -> Bool { row != judgement.rows.header && !judgement.rows.blank.contains(row) }
        if first == nil, let row = (0..<batch.rowCount).first(where: isData) { first = Self.kept(row, of: batch) }
        guard let row = (0..<batch.rowCount).last(where: isData) else { return }
        previous = count > 1 ? (0..<row).last(where: isData).map { Self.kept($0, of: batch) } : last
        last = Self.kept(row, of: batch)
        lastNumber = judgement.rows.number(of: row)
        example = nil
        guard layout.isAtHand || mayBeTotal(row, of: batch) else { return }
        var lines = LineCursor()
        example = Finding.Example(
            beginningOf: RowRecord(index: row, number: lastNumber), in: batch, lines: &lines, quote: layout.quote)
    }

    private static func kept(_ row: Int, of batch: borrowing RowBatch) -> Kept {
        guard let bytes = batch.bytes(ofRow: row), bytes.count <= mostBytes else { return .unknown }
        return .bytes(Array(bytes))
    }

    /// Whether the first cell is blank, or the first one that is not labels the row as a total.
    private func mayBeTotal(_ row: Int, of batch: borrowing RowBatch) -> Bool {
        let fields = batch.fields(ofRow: row).prefix(min(layout.width, batch.steadyFieldCount(ofRow: row)))
        for field in fields {
            let (isBlank, isTotal) = decoder.withText(of: field, in: batch) { (Whitespace.trim($0).isEmpty, TotalWords.contain($0)) }
            if isBlank, field == fields.lowerBound { return true }
            if !isBlank { return isTotal }
        }
        return false
    }

    mutating func merge(_ later: TotalsCheck, at joint: Joint) {
        if let own = sums, let others = later.sums { sums = own.merged(with: others) } else { sums = nil }
        guard later.lastNumber > 0 else { return }
        previous = later.lastNumber > 1 ? later.previous : last
        first = first ?? later.first
        last = later.last
        lastNumber = later.lastNumber + joint.rows
        example = later.example?.shifted(by: joint)
    }

    // MARK: The end of the file

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        guard let example, lastNumber > 1, case .bytes(let bytes) = last, let sum = reason(bytes, prediction) else { return }
        log.note(.totalsRow, row: lastNumber, remark: sum) { _ in example }
    }

    /// - Returns: `nil` if the last row is not a total, else what the message says about its sums, which may be nothing.
    private func reason(_ bytes: [UInt8], _ prediction: Prediction) -> String?? {
        let texts = self.texts(bytes)
        let above = [cells(first), cells(previous)]
        let width = layout.width
        func kind(_ row: [Cell]?, _ column: Int) -> Cell {
            guard let row else { return .number }
            return column < row.count ? row[column] : .blank
        }
        let own = texts.map(Self.cell)
        let isText = (0..<width).map { column in above.allSatisfy { kind($0, column) == .text } }
        let hasNumbers = (0..<width).contains { column in above.allSatisfy { kind($0, column) != .text } }
        guard hasNumbers else { return nil }
        let blankLabels = (0..<width).filter { isText[$0] && kind(own, $0) == .blank }
        let found = sums?.matches ?? []
        let words = found.isEmpty ? nil : sumText(found.map(\.column))
        if let label = own.firstIndex(where: { $0 != .blank }), case let text = texts[label], TotalWords.contain(text.span),
            (0..<width).allSatisfy({ $0 == label || !isText[$0] || kind(own, $0) == .blank || repeats($0, texts) })
        {
            return .some(words)
        }
        if found.contains(where: \.isLong) || found.count > 1 || (!found.isEmpty && !blankLabels.isEmpty) { return .some(words) }
        guard !layout.isAtHand, !blankLabels.isEmpty, blankLabels.count == isText.count(where: { $0 }),
            own.contains(.number)
        else { return nil }
        let areOnlyBlanks = blankLabels.allSatisfy { column in
            prediction.evidence.count > column
                && prediction.evidence[column].parts.first { $0.formats == .empty }?.count == 1
        }
        return areOnlyBlanks ? .some("the only row without a label") : nil
    }

    /// Whether a text of the last row is the same as in both other rows, such as a currency or a unit.
    private func repeats(_ column: Int, _ texts: [[UInt8]]) -> Bool {
        [first, previous].allSatisfy { row in
            guard case .bytes(let bytes) = row else { return false }
            let above = self.texts(bytes)
            return column < above.count && column < texts.count && above[column] == texts[column]
        }
    }

    private func sumText(_ columns: [Int]) -> String {
        let first = layout.reference(columns[0] + 1)
        let name = "column \(first.index)" + (first.name.isEmpty ? "" : " \"\(first.name)\"")
        if columns.count == 1 { return "\(name) is the sum of the rows above" }
        return "\(columns.count.counted("column")) are sums of the rows above, first \(name)"
    }

    private func cells(_ row: Kept?) -> [Cell]? {
        guard case .bytes(let bytes) = row else { return nil }
        return texts(bytes).map(Self.cell)
    }

    private func texts(_ bytes: [UInt8]) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        DialectDetector(bytes.span, isCut: false).forEachRow(delimiter: layout.delimiter, quote: layout.quote) { batch, row, _ in
            for field in batch.fields(ofRow: row) { texts.append(decoder.withText(of: field, in: batch) { Array($0) }) }
            return false
        }
        return texts
    }

    private static func cell(_ text: [UInt8]) -> Cell {
        if Whitespace.trim(text.span).isEmpty { return .blank }
        return FormatSet.formats(of: text.span).isDisjoint(with: FormatSet.numbers) ? .text : .number
    }
}

extension TotalsCheck {
    mutating func code(_ coder: inout StateCoder) {
        Self.code(&first, &coder)
        Self.code(&previous, &coder)
        Self.code(&last, &coder)
        coder(&lastNumber)
        coder(&example)
        coder.optional(&sums, blank: ColumnSums(width: layout.width)) { coder, sums in sums.code(&coder) }
    }

    private static func code(_ kept: inout Kept?, _ coder: inout StateCoder) {
        coder.optional(&kept, blank: .unknown) { coder, kept in
            var bytes: [UInt8]?
            var areNumbers = false
            switch kept {
            case .bytes(let row): bytes = row
            case .numbers: areNumbers = true
            case .unknown: break
            }
            coder(&areNumbers)
            coder(&bytes)
            kept = areNumbers ? .numbers : bytes.map(Kept.bytes) ?? .unknown
        }
    }
}

extension FindingKind {
    static let totalsRow = FindingKind(
        code: "PF214", slug: "totals-row", severity: .warning, about: .rows,
        title: "Last row looks like a total",
        why: "A total that is loaded as one more row doubles every figure above it.",
        help: "Remove the row, or export without totals.")
}
