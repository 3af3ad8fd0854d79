import CSVScan

/// Explains NUL bytes, ill-formed text, and byte order marks inside the file.
struct CharacterCheck: Check {
    private let layout: FileLayout
    /// By column, as far as one is known to have faults; 0 stands for fields without a column.
    private var columns: [Column] = []

    private struct Column {
        var illFormed = IllFormed()
        // Groups of findings, or -1.
        var invalidGroup = -1
        var nulGroup = -1
        var markGroup = -1
    }

    init(layout: FileLayout) {
        self.layout = layout
    }

    /// What is ill-formed in the file's encoding.
    private var code: FindingCode { layout.encoding == .utf8 ? .invalidUTF8 : .undecodable }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        noteMarks(batch, judgement, log: &log)
        guard batch.isSuspicious, batch.rowCount > 0 else { return }
        var cursor = RowCursor()
        var row = Row(0, width: layout.width, batch, judgement)
        if let scan = batch.missingFieldsCharacters { row.add(scan, to: &self[column: 0].illFormed) }
        for field in judgement.faultyFields {
            if field >= row.fields.upperBound {
                noteUnnamed(row, batch, log: &log)
                row = Row(cursor.row(of: field, in: batch), width: layout.width, batch, judgement)
            }
            let scan = batch.characters(ofField: field)
            if field < row.namedEnd {
                note(scan, field: field, row: row, batch: batch, log: &log)
            } else {
                row.add(scan, to: &self[column: 0].illFormed)
            }
        }
        noteUnnamed(row, batch, log: &log)
    }

    /// A row with faulty fields.
    private struct Row {
        let record: RowRecord
        let fields: Range<Int>
        /// Far behind there is no column to name, and no group of findings is kept for each.
        let namedEnd: Int
        /// In fields without a column.
        var invalidCount = 0
        var nulCount = 0

        init(_ index: Int, width: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
            record = RowRecord(index: index, number: judgement.rows.number(of: index))
            fields = batch.fields(ofRow: index)
            namedEnd = fields.lowerBound + min(width, batch.isSteady ? fields.count : batch.steadyFieldCount(ofRow: index))
        }

        mutating func add(_ scan: CharacterScan, to illFormed: inout IllFormed) {
            invalidCount += scan.invalidCount
            nulCount += scan.nulCount
            illFormed.add(scan.illFormed)
        }
    }

    private subscript(column column: Int) -> Column {
        get { column < columns.count ? columns[column] : Column() }
        _modify {
            while columns.count <= column { columns.append(Column()) }
            yield &columns[column]
        }
    }

    /// The group of findings of a code in a column, which is looked up once.
    private mutating func group(
        _ code: FindingCode, _ place: WritableKeyPath<Column, Int>, column: Int, log: inout FindingLog
    ) -> Int {
        if column < columns.count, columns[column][keyPath: place] >= 0 { return columns[column][keyPath: place] }
        let group = log.group(code, column: column == 0 ? nil : column, severity: nil, predicts: nil)
        self[column: column][keyPath: place] = group
        return group
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        guard layout.encoding == .utf8 else { return }
        var all = IllFormed()
        for column in columns { all.add(column.illFormed) }
        let total = IllFormed.Kind.allCases.reduce(0) { $0 + all.count(of: $1) }
        let isWindows = all.usualWindows1252Count == total
        // By group: those of further columns count together.
        var byGroup: [Int: IllFormed] = [:]
        for (column, found) in columns.lazy.map(\.illFormed).enumerated() where found != IllFormed() {
            let group = log.group(code, column: column == 0 ? nil : column, severity: nil, predicts: nil)
            byGroup[group, default: IllFormed()].add(found)
        }
        for (group, found) in byGroup {
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

    private mutating func noteMarks(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        if judgement.markedFields.isEmpty { return }
        var cursor = RowCursor()
        var row = Row(0, width: layout.width, batch, judgement)
        for field in judgement.markedFields {
            if field >= row.fields.upperBound { row = Row(cursor.row(of: field, in: batch), width: layout.width, batch, judgement) }
            guard field < row.namedEnd else { continue }
            let column = batch.column(ofField: field, inRow: row.record.index)
            let group = group(.innerByteOrderMark, \.markGroup, column: column, log: &log)
            log.count(in: group, row: row.record.number)
            guard log.wantsExample(group) else { continue }
            log.addExample(to: group) {
                Finding.Example(
                    field: field, ofRow: row.record.index, number: row.record.number, in: batch, column: column, lines: &$0, length: 3,
                    quote: layout.quote)
            }
        }
    }

    private mutating func note(_ scan: CharacterScan, field: Int, row: Row, batch: borrowing RowBatch, log: inout FindingLog) {
        let column = batch.column(ofField: field, inRow: row.record.index)
        if scan.invalidCount > 0 {
            let group = group(code, \.invalidGroup, column: column, log: &log)
            self[column: column].illFormed.add(scan.illFormed)
            log.count(scan.invalidCount, in: group, row: row.record.number)
            if log.wantsExample(group) {
                log.addExample(to: group) { example(of: scan, isNul: false, field: field, row: row.record, batch: batch, lines: &$0) }
            }
        }
        if scan.nulCount > 0 {
            let group = group(.nulByte, \.nulGroup, column: column, log: &log)
            log.count(scan.nulCount, in: group, row: row.record.number)
            if log.wantsExample(group) {
                log.addExample(to: group) { example(of: scan, isNul: true, field: field, row: row.record, batch: batch, lines: &$0) }
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
    private mutating func noteUnnamed(_ row: Row, _ batch: borrowing RowBatch, log: inout FindingLog) {
        if row.invalidCount > 0 {
            let group = group(code, \.invalidGroup, column: 0, log: &log)
            noteUnnamed(row.invalidCount, in: group, row: row.record, batch, log: &log)
        }
        if row.nulCount > 0 {
            let group = group(.nulByte, \.nulGroup, column: 0, log: &log)
            noteUnnamed(row.nulCount, in: group, row: row.record, batch, log: &log)
        }
    }

    private func noteUnnamed(_ count: Int, in group: Int, row: RowRecord, _ batch: borrowing RowBatch, log: inout FindingLog) {
        log.count(count, in: group, row: row.number)
        guard log.wantsExample(group) else { return }
        log.addExample(to: group) { Finding.Example(beginningOf: row, in: batch, lines: &$0, quote: layout.quote) }
    }
}
