internal import CSVKernels
import CSVTokenizer
import ValueFormats

extension BatchEvidence {
    /// Columns that are looked at: a quarter of what a spreadsheet has.
    static let mostColumns = 1 << 12
}

extension RowJudge {
    /// Collects what the columns of some rows hold: the kernel names the obvious forms and counts them, the others are looked at one by one.
    mutating func collectEvidence(_ batch: borrowing RowBatch, _ tile: RowTile, into evidence: inout BatchEvidence) {
        guard var date = isoDate else { return }
        let hasDoubted = doubted.intersects(tile.fields)
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Int(CSV_FORM_COUNT.rawValue)) { counts in
            for column in evidence.heads.indices {
                var fields = unsafe csvColumn(column, batch, tile)
                unsafe counts.initialize(repeating: 0)
                unsafe csv_column_forms(kernel.number, &fields, &date, forms, counts.baseAddress)
                if hasDoubted { unsafe leaveOutDoubted(tile, column: column, counts) }
                unsafe enter(counts, tile, column: column, of: batch, into: &evidence)
            }
        }
    }

    /// Marks the forms of fields in doubt, and takes them out of the counts.
    private func leaveOutDoubted(_ tile: RowTile, column: Int, _ counts: UnsafeMutableBufferPointer<UInt32>) {
        for row in 0..<tile.count where doubted.contains(tile.field(row, column: column)) {
            unsafe counts[Int(forms[row])] -= 1
            unsafe forms[row] = Self.leftOut
        }
    }

    /// No form of a field.
    private static let leftOut = UInt8.max

    private mutating func enter(
        _ counts: UnsafeMutableBufferPointer<UInt32>, _ tile: RowTile, column: Int, of batch: borrowing RowBatch,
        into evidence: inout BatchEvidence
    ) {
        let unknown = Int(CSV_FORM_UNKNOWN.rawValue)
        var wantsPlaces = false
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: counts.count) { entries in
            unsafe entries.initialize(repeating: -1)
            for form in counts.indices where unsafe counts[form] > 0 && form != unknown {
                let entry = evidence.entry(of: Self.formats[form], column: column)
                unsafe entries[form] = Int32(entry)
                unsafe evidence.add(Int(counts[form]), to: entry)
                if evidence.wantsPlace(entry) { wantsPlaces = true }
            }
            if unsafe counts[unknown] == 0 { unsafe noteTexts(counts, tile, column: column, into: &evidence) }
            // In the order of the rows, so that the first places are the first.
            if unsafe wantsPlaces || counts[unknown] > 0 {
                unsafe enterEach(tile, column: column, of: batch, entries, hasUnknown: counts[unknown] > 0, into: &evidence)
            }
        }
    }

    /// - Parameter entries: of the forms that occur, but for the unknown one.
    private mutating func enterEach(
        _ tile: RowTile, column: Int, of batch: borrowing RowBatch, _ entries: UnsafeMutableBufferPointer<Int32>, hasUnknown: Bool,
        into evidence: inout BatchEvidence
    ) {
        let (unknown, text) = (UInt8(CSV_FORM_UNKNOWN.rawValue), UInt8(CSV_FORM_TEXT.rawValue))
        /// The rows with texts just before this one.
        var texts = 0..<0
        for index in 0..<tile.count {
            let form = unsafe forms[index]
            if form == Self.leftOut { continue }
            let (row, field) = (tile.row(index), tile.field(index, column: column))
            var entry = unsafe Int(entries[Int(form)])
            if form == unknown {
                let formats = exactFormats(of: field, in: batch)
                entry = evidence.entry(of: formats, column: column)
                evidence.add(1, to: entry)
                if let odd = OddValue(formats) {
                    if !texts.isEmpty { evidence.addRows(texts, with: .text, column: column) }
                    texts = row..<row
                    evidence.addRows(row..<(row + 1), with: odd, column: column)
                }
            } else if form == text, hasUnknown {
                if texts.upperBound != row {
                    if !texts.isEmpty { evidence.addRows(texts, with: .text, column: column) }
                    texts = row..<row
                }
                texts = texts.lowerBound..<(row + 1)
            }
            if evidence.wantsPlace(entry) { evidence.addPlace(row: row, field: field, to: entry) }
        }
        if !texts.isEmpty { evidence.addRows(texts, with: .text, column: column) }
    }

    /// Notes the rows that have texts. A column has them in nearly all of its rows, or in hardly any.
    private func noteTexts(
        _ counts: UnsafeMutableBufferPointer<UInt32>, _ tile: RowTile, column: Int, into evidence: inout BatchEvidence
    ) {
        let text = UInt8(CSV_FORM_TEXT.rawValue)
        let count = unsafe Int(counts[Int(text)])
        if count == 0 { return }
        var left = count
        var index = 0
        while left > 0 {
            while unsafe forms[index] != text { index += 1 }
            let start = index
            while index < tile.count, unsafe forms[index] == text { index += 1 }
            left -= index - start
            if tile.areNeighbours {
                evidence.addRows(tile.row(start)..<(tile.row(index - 1) + 1), with: .text, column: column)
            } else {
                for place in start..<index { evidence.addRows(tile.row(place)..<(tile.row(place) + 1), with: .text, column: column) }
            }
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
        decoder.withText(of: field, in: batch) { recentFormats.formats(of: $0) }
    }
}
