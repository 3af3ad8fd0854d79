import ByteSpans
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
        guard let date = isoDate else { return }
        let hasDoubted = doubted.intersects(tile.fields)
        for index in evidence.heads.indices where !formColumns.isTold(index) {
            let column = kernelColumn(index, batch, tile)
            column.findForms(kernel, date: date, into: &forms, &formCounts)
            if hasDoubted { leaveOutDoubted(tile, column: index) }
            enter(tile, column, index: index, of: batch, into: &evidence)
        }
    }

    /// Marks the forms of fields in doubt, and takes them out of the counts.
    private mutating func leaveOutDoubted(_ tile: RowTile, column: Int) {
        for row in 0..<tile.count where doubted.contains(tile.field(row, column: column)) {
            formCounts[Int(forms[row])] -= 1
            forms[row] = Self.leftOut
        }
    }

    /// No form of a field.
    private static let leftOut = UInt8.max

    private mutating func enter(
        _ tile: RowTile, _ column: borrowing KernelColumn, index: Int, of batch: borrowing RowBatch, into evidence: inout BatchEvidence
    ) {
        let unknown = Int(CSV_FORM_UNKNOWN.rawValue)
        var wantsPlaces = false
        for form in 0..<formCounts.count where formCounts[form] > 0 && form != unknown {
            let entry = evidence.entry(of: Self.formats[form], column: index)
            formEntries[form] = Int32(entry)
            evidence.add(Int(formCounts[form]), to: entry)
            if evidence.wantsPlace(entry) { wantsPlaces = true }
        }
        if formCounts[unknown] == 0 { noteTexts(tile, column: index, into: &evidence) }
        // In the order of the rows, so that the first places are the first.
        if wantsPlaces || formCounts[unknown] > 0 {
            enterEach(tile, column, index: index, of: batch, wantsPlaces: wantsPlaces, into: &evidence)
        }
    }

    /// Fields one after the other that no kernel names and that have the same bytes.
    private struct LastUnknown {
        var text = RepeatedText()
        /// No value has none.
        var formats: FormatSet = []
        var entry = -1
        var odd: OddValue?
        /// How many were not counted yet.
        var count = 0
    }

    /// The entries of the forms that occur are known, but for the unknown one.
    private mutating func enterEach(
        _ tile: RowTile, _ column: borrowing KernelColumn, index number: Int, of batch: borrowing RowBatch, wantsPlaces: Bool,
        into evidence: inout BatchEvidence
    ) {
        let (unknown, text) = (UInt8(CSV_FORM_UNKNOWN.rawValue), UInt8(CSV_FORM_TEXT.rawValue))
        let hasUnknown = formCounts[Int(unknown)] > 0
        var last = LastUnknown()
        /// The rows with odd values of one kind just before this one.
        var run = (rows: 0..<0, odd: OddValue.text)
        for index in 0..<tile.count {
            let form = forms[index]
            if form == Self.leftOut || form != unknown && !wantsPlaces && (form != text || !hasUnknown) { continue }
            let (row, field) = (tile.row(index), tile.field(index, column: number))
            var entry = Int(formEntries[Int(form)])
            var odd: OddValue? = form == text && hasUnknown ? .text : nil
            if form == unknown {
                let bytes = column.text(ofRow: index)
                if !last.text.isText(bytes) {
                    if last.count > 0 { evidence.add(last.count, to: last.entry) }
                    let formats = exactFormats(of: bytes.prefix(batch.limits.fieldBytes))
                    last = LastUnknown(
                        text: .ofShort(bytes), formats: formats,
                        entry: formats == last.formats ? last.entry : evidence.entry(of: formats, column: number),
                        odd: formats == last.formats ? last.odd : OddValue(formats))
                }
                last.count &+= 1
                (entry, odd) = (last.entry, last.odd)
            }
            if let odd {
                if odd != run.odd || run.rows.upperBound != row {
                    if !run.rows.isEmpty { evidence.addRows(run.rows, with: run.odd, column: number) }
                    run = (row..<row, odd)
                }
                run.rows = run.rows.lowerBound..<(row &+ 1)
            }
            if form == unknown || wantsPlaces, evidence.wantsPlace(entry) { evidence.addPlace(row: row, field: field, to: entry) }
        }
        if last.count > 0 { evidence.add(last.count, to: last.entry) }
        if !run.rows.isEmpty { evidence.addRows(run.rows, with: run.odd, column: number) }
    }

    /// Notes the rows that have texts. A column has them in nearly all of its rows, or in hardly any.
    private func noteTexts(_ tile: RowTile, column: Int, into evidence: inout BatchEvidence) {
        let text = UInt8(CSV_FORM_TEXT.rawValue)
        var left = Int(formCounts[Int(text)])
        var index = 0
        while left > 0 {
            while forms[index] != text { index += 1 }
            let start = index
            while index < tile.count, forms[index] == text { index += 1 }
            left -= index - start
            if tile.areNeighbours {
                evidence.addRows(tile.row(start)..<(tile.row(index - 1) + 1), with: .text, column: column)
            } else {
                for place in start..<index { evidence.addRows(tile.row(place)..<(tile.row(place) + 1), with: .text, column: column) }
            }
        }
    }

    /// By form: what `FormatSet.formats(of:)` finds for it.
    static let formats: [FormatSet] = (0..<CSV_FORM_COUNT.rawValue).map { form in
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
            let formats = exactFormats(of: batch.bytes[batch.range(ofField: first + column)].prefix(batch.limits.fieldBytes))
            let entry = evidence.entry(of: formats, column: column)
            evidence.add(1, to: entry)
            if let odd = OddValue(formats) { evidence.addRows(row..<(row + 1), with: odd, column: column) }
            if evidence.wantsPlace(entry) { evidence.addPlace(row: row, field: first + column, to: entry) }
        }
    }

    @inline(never)
    mutating func exactFormats(of bytes: Span<UInt8>) -> FormatSet {
        decoder.withText(of: bytes) { recentFormats.formats(of: $0) }
    }
}
