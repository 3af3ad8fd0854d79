internal import CSVKernels
import CSVTokenizer
import ValueFormats

extension BatchEvidence {
    /// Columns that are looked at: a quarter of what a spreadsheet has.
    static let mostColumns = 1 << 12
}

extension RowJudge {
    /// Collects what the columns of some rows of equal width hold: the kernel names the obvious forms and counts them, the others are looked at
    /// one by one.
    mutating func collectEvidence(_ batch: borrowing RowBatch, rows: Range<Int>, into evidence: inout BatchEvidence) {
        // Calling a kernel for each column takes longer than looking at a few fields: blank lines may separate all rows.
        if rows.count <= Self.fewRows {
            for row in rows { collectEvidence(batch, row: row, into: &evidence) }
            return
        }
        guard var date = isoDate else { return }
        let tile = Self.tileRowCount(in: batch)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Int(CSV_FORM_COUNT.rawValue)) { counts in
            var start = rows.lowerBound
            while start < rows.upperBound {
                let tileRows = start..<min(start + tile, rows.upperBound)
                defer { start = tileRows.upperBound }
                if areAllDoubted(tileRows, of: batch) { continue }
                let fields = batch.fields(ofRow: start).lowerBound..<batch.fields(ofRow: tileRows.upperBound - 1).upperBound
                let hasDoubted = doubted.intersects(fields)
                for index in evidence.heads.indices {
                    var column = csvColumn(index, batch, rows: tileRows)
                    counts.initialize(repeating: 0)
                    csv_column_forms(kernel.number, &column, &date, forms, counts.baseAddress)
                    if hasDoubted { leaveOutDoubted(column, counts) }
                    enter(counts, column, rows: tileRows, index: index, of: batch, into: &evidence)
                }
            }
        }
    }

    private static let fewRows = 2

    /// Marks the forms of fields in doubt, and takes them out of the counts.
    private func leaveOutDoubted(_ column: csv_column, _ counts: UnsafeMutableBufferPointer<UInt32>) {
        for row in 0..<column.row_count where doubted.contains(column.first + row * column.width) {
            counts[Int(forms[row])] -= 1
            forms[row] = Self.leftOut
        }
    }

    /// No form of a field.
    private static let leftOut = UInt8.max

    private mutating func enter(
        _ counts: UnsafeMutableBufferPointer<UInt32>, _ column: csv_column, rows: Range<Int>, index: Int, of batch: borrowing RowBatch,
        into evidence: inout BatchEvidence
    ) {
        let unknown = Int(CSV_FORM_UNKNOWN.rawValue)
        var wantsPlaces = false
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: counts.count) { entries in
            entries.initialize(repeating: -1)
            for form in counts.indices where counts[form] > 0 && form != unknown {
                let entry = evidence.entry(of: Self.formats[form], column: index)
                entries[form] = Int32(entry)
                evidence.add(Int(counts[form]), to: entry)
                if evidence.wantsPlace(entry) { wantsPlaces = true }
            }
            if counts[unknown] == 0 { noteTexts(counts, rows: rows, index: index, into: &evidence) }
            // In the order of the rows, so that the first places are the first.
            if wantsPlaces || counts[unknown] > 0 {
                enterEach(column, rows: rows, index: index, of: batch, entries, hasUnknown: counts[unknown] > 0, into: &evidence)
            }
        }
    }

    /// - Parameter entries: of the forms that occur, but for the unknown one.
    private mutating func enterEach(
        _ column: csv_column, rows: Range<Int>, index: Int, of batch: borrowing RowBatch, _ entries: UnsafeMutableBufferPointer<Int32>,
        hasUnknown: Bool, into evidence: inout BatchEvidence
    ) {
        let (unknown, text) = (UInt8(CSV_FORM_UNKNOWN.rawValue), UInt8(CSV_FORM_TEXT.rawValue))
        /// The texts just before this row.
        var texts = rows.lowerBound..<rows.lowerBound
        for row in rows {
            let form = forms[row - rows.lowerBound]
            if form == Self.leftOut { continue }
            let field = column.first + (row - rows.lowerBound) * column.width
            var entry = Int(entries[Int(form)])
            if form == unknown {
                let formats = exactFormats(of: field, in: batch)
                entry = evidence.entry(of: formats, column: index)
                evidence.add(1, to: entry)
                if let odd = OddValue(formats) {
                    if !texts.isEmpty { evidence.addRows(texts, with: .text, column: index) }
                    texts = row..<row
                    evidence.addRows(row..<(row + 1), with: odd, column: index)
                }
            } else if form == text, hasUnknown {
                if texts.upperBound != row {
                    if !texts.isEmpty { evidence.addRows(texts, with: .text, column: index) }
                    texts = row..<row
                }
                texts = texts.lowerBound..<(row + 1)
            }
            if evidence.wantsPlace(entry) { evidence.addPlace(row: row, field: field, to: entry) }
        }
        if !texts.isEmpty { evidence.addRows(texts, with: .text, column: index) }
    }

    /// Notes the rows that have texts. A column has them in nearly all of its rows, or in hardly any.
    private func noteTexts(
        _ counts: UnsafeMutableBufferPointer<UInt32>, rows: Range<Int>, index: Int, into evidence: inout BatchEvidence
    ) {
        let text = UInt8(CSV_FORM_TEXT.rawValue)
        let count = Int(counts[Int(text)])
        if count == 0 { return }
        if count == rows.count { return evidence.addRows(rows, with: .text, column: index) }
        var left = count
        var row = 0
        while left > 0 {
            while forms[row] != text { row += 1 }
            let start = row
            while row < rows.count, forms[row] == text { row += 1 }
            left -= row - start
            evidence.addRows((rows.lowerBound + start)..<(rows.lowerBound + row), with: .text, column: index)
        }
    }

    /// By form: what `FormatSet.formats(of:)` finds for it.
    private static let formats: [FormatSet] = (0..<CSV_FORM_COUNT.rawValue).map { form in
        if form == CSV_FORM_SERIAL_DAY.rawValue { return FormatSet.numbers.union(.serialDay) }
        let zeros: FormatSet = form > CSV_FORM_LEADING_ZEROS.rawValue ? .leadingZeros : []
        let point: FormatSet = [.decimalPoint, .groupedByComma, .groupedBySpaceDecimalPoint, .groupedByApostrophe]
        let comma: FormatSet = [.decimalComma, .groupedByPoint, .groupedBySpaceDecimalComma]
        switch form > CSV_FORM_COMMA_OR_GROUP.rawValue ? form - CSV_FORM_LEADING_ZEROS.rawValue : form {
        case CSV_FORM_EMPTY.rawValue: return .empty
        case CSV_FORM_DATE.rawValue: return .isoDate
        case CSV_FORM_TEXT.rawValue: return .text
        case CSV_FORM_INTEGER.rawValue: return FormatSet.numbers.union(zeros)
        case CSV_FORM_POINT.rawValue: return point.union(zeros)
        case CSV_FORM_POINT_OR_GROUP.rawValue: return point.union(.groupedByPoint).union(zeros)
        case CSV_FORM_COMMA.rawValue: return comma.union(zeros)
        case CSV_FORM_COMMA_OR_GROUP.rawValue: return comma.union(.groupedByComma).union(zeros)
        default: return []
        }
    }

    /// Collects the fields of a row that are in memory, except doubtful ones.
    mutating func collectEvidence(_ batch: borrowing RowBatch, row: Int, into evidence: inout BatchEvidence) {
        let first = batch.fields(ofRow: row).lowerBound
        for column in 0..<min(evidence.heads.count, batch.steadyFieldCount(ofRow: row)) {
            if doubted.contains(first + column) { continue }
            let formats = exactFormats(of: first + column, in: batch)
            let entry = evidence.entry(of: formats, column: column)
            evidence.add(1, to: entry)
            if let odd = OddValue(formats) { evidence.addRows(row..<(row + 1), with: odd, column: column) }
            if evidence.wantsPlace(entry) { evidence.addPlace(row: row, field: first + column, to: entry) }
        }
    }

    @inline(never)
    private mutating func exactFormats(of field: Int, in batch: borrowing RowBatch) -> FormatSet {
        decoder.withText(of: field, in: batch) { formatCache.formats(of: $0) }
    }
}
