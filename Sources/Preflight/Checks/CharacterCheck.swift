import CSVScan

/// Explains NUL bytes, ill-formed text, and byte order marks inside the file.
struct CharacterCheck: Check {
    private let layout: FileLayout
    /// Ill-formed sequences by column; 0 stands for fields without one.
    private var illFormed: [Int: IllFormed] = [:]

    init(layout: FileLayout) {
        self.layout = layout
    }

    /// What is ill-formed in the file's encoding.
    private var code: FindingCode { layout.encoding == .utf8 ? .invalidUTF8 : .undecodable }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        for field in judgement.markedFields { noteMark(field, batch, judgement, log: &log) }
        guard batch.isSuspicious, batch.rowCount > 0 else { return }
        var remaining = judgement.faultyFields[...]
        if batch.missingFieldsCharacters != nil {
            let own = remaining.prefix { $0 < batch.fields(ofRow: 0).upperBound }
            remaining = remaining.dropFirst(own.count)
            explain(own, row: 0, batch, judgement, log: &log)
        }
        while let first = remaining.first {
            let row = batch.row(ofField: first)
            let own = remaining.prefix { $0 < batch.fields(ofRow: row).upperBound }
            remaining = remaining.dropFirst(own.count)
            explain(own, row: row, batch, judgement, log: &log)
        }
    }

    /// - Parameter faulty: the row's faulty fields.
    private mutating func explain(
        _ faulty: ArraySlice<Int>, row index: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog
    ) {
        let row = RowRecord(index: index, number: judgement.rows.number(of: index))
        // Far behind there is no column to name, and no group of findings is kept for each.
        let named = batch.fields(ofRow: index).prefix(min(layout.width, batch.steadyFieldCount(ofRow: index)))
        var invalidCount = 0
        var nulCount = 0
        for field in faulty {
            let scan = batch.characters(ofField: field)
            if named.contains(field) {
                note(scan, field: field, row: row, batch: batch, log: &log)
            } else {
                invalidCount += scan.invalidCount
                nulCount += scan.nulCount
                illFormed[0, default: IllFormed()].add(scan.illFormed)
            }
        }
        if index == 0, let scan = batch.missingFieldsCharacters {
            invalidCount += scan.invalidCount
            nulCount += scan.nulCount
            illFormed[0, default: IllFormed()].add(scan.illFormed)
        }
        noteUnnamed(code, count: invalidCount, row: row, batch: batch, log: &log)
        noteUnnamed(.nulByte, count: nulCount, row: row, batch: batch, log: &log)
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        guard layout.encoding == .utf8 else { return }
        var all = IllFormed()
        for found in illFormed.values { all.add(found) }
        let total = IllFormed.Kind.allCases.reduce(0) { $0 + all.count(of: $1) }
        let isWindows = all.usualWindows1252Count == total
        for (column, found) in illFormed.sorted(by: { $0.key < $1.key }) where found != IllFormed() {
            let group = log.group(code, column: column == 0 ? nil : column, severity: nil, predicts: nil)
            for kind in IllFormed.Kind.allCases where found.count(of: kind) > 0 {
                log.addRemark("\(found.count(of: kind).grouped) \(Self.words(for: kind))", to: group)
            }
            if isWindows { log.addRemark("all of them characters of Windows-1252: try --encoding windows-1252", to: group) }
        }
    }

    private static func words(for kind: IllFormed.Kind) -> String {
        switch kind {
        case .cutShort: "cut short"
        case .overlong: "overlong"
        case .surrogate: "half a surrogate pair"
        case .outOfRange: "beyond U+10FFFF"
        case .strayContinuation: "from the middle of a character"
        }
    }

    private func noteMark(_ field: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let row = batch.row(ofField: field)
        let column = batch.column(ofField: field, inRow: row)
        let fields = batch.fields(ofRow: row)
        guard field - fields.lowerBound < min(layout.width, batch.steadyFieldCount(ofRow: row)) else { return }
        let number = judgement.rows.number(of: row)
        log.note(.innerByteOrderMark, column: column, row: number) {
            Finding.Example(
                field: field, ofRow: row, number: number, in: batch, column: column, lines: &$0, length: 3, quote: layout.quote)
        }
    }

    private mutating func note(_ scan: CharacterScan, field: Int, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        let column = batch.column(ofField: field, inRow: row.index)
        if scan.invalidCount > 0 {
            illFormed[column, default: IllFormed()].add(scan.illFormed)
            log.note(code, column: column, row: row.number, count: scan.invalidCount) { lines in
                example(of: scan, isNul: false, field: field, row: row, batch: batch, lines: &lines)
            }
        }
        if scan.nulCount > 0 {
            log.note(.nulByte, column: column, row: row.number, count: scan.nulCount) { lines in
                example(of: scan, isNul: true, field: field, row: row, batch: batch, lines: &lines)
            }
        }
    }

    private func example(
        of scan: CharacterScan, isNul: Bool, field: Int, row: RowRecord, batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        let fieldLine = lines.line(of: batch.range(ofField: field).lowerBound, in: batch)
        let found = batch.lines(of: scan, inField: field, fieldLine: fieldLine)
        var example = Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: batch.column(ofField: field, inRow: row.index),
            lines: &lines, offset: isNul ? scan.firstNulOffset : scan.firstInvalidOffset, length: 1, quote: layout.quote)
        example.place.line = isNul ? found.nul : found.invalid
        return example
    }

    /// Of fields without a column: counted at their row, shown at its beginning.
    private func noteUnnamed(_ code: FindingCode, count: Int, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        guard count > 0 else { return }
        log.note(code, row: row.number, count: count) {
            Finding.Example(beginningOf: row, in: batch, lines: &$0, quote: layout.quote)
        }
    }
}
