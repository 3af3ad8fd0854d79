import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// How the values of each column are repaired, by the index of the column.
struct ColumnRepairs {
    /// Columns whose values the profile describes.
    var described: [Int: (repair: ValueRepair, rule: ValueRule, tally: ReadingTally)] = [:]
    /// Columns without a description whose values are nearly all of a type.
    var inferred: [Int: InferredType] = [:]
    /// Columns with apostrophes before values.
    var guarded: Set<Int> = []
    /// Columns with typographic quotes around values: how many values they have, and how many of them in such quotes.
    var quoted: [Int: (filled: Int, quoted: Int)] = [:]
    /// Columns with the name and the values of an earlier one.
    var repeated: [Int: Int] = [:]
    /// Names that look like others.
    var deceptive: Set<Int> = []
    /// The names of the header, decoded.
    var names: [[UInt8]] = []
}

/// What the rows are like.
struct RowFacts {
    var count = 0
    /// Rows with one field more than the header, which is empty, and rows whose last field is empty.
    var longerByEmpty = 0
    var endingEmpty = 0
    /// Rows with as many fields as the header, or one empty one more.
    var whole = 0
    /// By column, the first ones: rows in which it is blank.
    var blanks = [Int](repeating: 0, count: 1_024)
    /// The last row.
    var last: [[UInt8]] = []
    /// Numbers of the last rows, as far as each has one field and a table has more.
    var single: [Int] = []
}

extension RepairPass {
    /// Reads the rows for what they say of their columns.
    func readColumns(_ file: InputFile) throws(SourceError) {
        var cursor = RowDrops.Cursor(drops)
        let pass = RowPass(options: options) { [unowned self] batch, found in
            self.count(&batch, found, &cursor)
            return true
        }
        try pass.run(file, options: options) { head in
            text = FieldText(delimiter: head.dialect.delimiter, quote: head.dialect.quote)
            mending = QuoteMending(text: text, kinds: mending.kinds)
        }
        let ends = report.input.lineEnds
        lineEnd = Array((ends.crlf > ends.lf ? "\r\n" : "\n").utf8)
        guard rows.count > 0 else { return }
        if rows.longerByEmpty == rows.count, choice.allows(FindingKind.tooManyFields.code) {
            trimsRows = .tooManyFields
        } else if columns.names.count > 1, columns.names.last?.isEmpty == true, rows.endingEmpty == rows.count,
            choice.allows(FindingKind.emptyColumnName.code)
        {
            trimsRows = .emptyColumnName
        }
        if rows.whole < rows.count { columns.repeated = [:] }
    }

    private func count(_ batch: inout RowBatch, _ found: RowPass.Rows, _ cursor: inout RowDrops.Cursor) {
        for row in 0..<batch.rowCount where !found.rows.blank.contains(row) {
            let number = found.rows.number(of: row)
            let raw = self.raw(row, batch)
            if width == 0 {
                let bytes: [UInt8]? = if let bytes = batch.bytes(ofRow: row) { Array(bytes) } else { nil }
                begin(raw, isHeader: row == found.rows.header, bytes)
            }
            // What is no data says nothing of the columns.
            guard row != found.rows.header, cursor.code(of: number) == nil, !isBlankAndRagged(raw) else { continue }
            let mended = mending.kinds.isEmpty ? nil : mending.mended(bytes(row, batch), fieldCount: raw.fields.count, width: width)
            for each in mended?.rows ?? [raw] { count(each, number: number) }
        }
    }

    /// Looks at the header, or at the first row where there is none.
    private func begin(_ raw: RawRow, isHeader: Bool, _ bytes: [UInt8]?) {
        let mended = mending.mended(bytes ?? [], fieldCount: raw.fields.count, width: nil)?.rows.first
        let fields = (mended ?? raw).fields
        width = fields.count
        if isHeader { columns.names = fields.map { text.decoded($0[...]) } }
        describeColumns(hasHeader: isHeader)
        for finding in report.findings {
            guard let index = finding.column.map({ $0.index - 1 }) else { continue }
            switch finding.kind {
            case .leadingApostrophe: columns.guarded.insert(index)
            case .typographicQuotes: columns.quoted[index] = (0, 0)
            case .deceptiveColumnName: columns.deceptive.insert(index)
            case .unlikeItsColumn: columns.inferred[index] = report.prediction.evidence.first { $0.column.index == index + 1 }?.type
            default: break
            }
        }
        guard kinds.contains(.duplicateColumnName), choice.allows(FindingKind.duplicateColumnName.code) else { return }
        var first: [[UInt8]: Int] = [:]
        for (index, name) in columns.names.enumerated() where !name.isEmpty {
            if let earlier = first[name] { columns.repeated[index] = earlier } else { first[name] = index }
        }
    }

    private func describeColumns(hasHeader: Bool) {
        guard let profile = options.profile else { return }
        for (number, column) in profile.columns.enumerated() {
            let name = Array(column.name.utf8)
            let index =
                hasHeader
                ? columns.names.firstIndex(of: name) ?? columns.names.firstIndex { NumberParts.trimmed($0) == name } : number
            let repair = ValueRepair(column)
            if let index, repair.isNeeded { columns.described[index] = (repair, ValueRule(column: column), ReadingTally()) }
        }
    }

    private func count(_ row: RawRow, number: Int) {
        if row.fields.count == 1, width > 1, ExportFooter(line: row.fields[0], mayBeNote: false) != nil {
            rows.single.append(number)
            return
        }
        rows.count += 1
        let isLastEmpty = row.fields.last?.isEmpty == true
        if isLastEmpty, row.fields.count == width + 1 { rows.longerByEmpty += 1 }
        if isLastEmpty, row.fields.count == width { rows.endingEmpty += 1 }
        if row.fields.count == 1, width > 1 {
            rows.single.append(number)
            if rows.single.count > Self.mostLinesBelow { rows.single.removeFirst() }
        } else {
            rows.single.removeAll()
        }
        guard row.fields.count == width || (row.fields.count == width + 1 && isLastEmpty) else { return }
        rows.whole += 1
        rows.last = row.fields
        for (column, field) in row.fields.enumerated().prefix(rows.blanks.count) where PreambleRow.isBlank(field) {
            rows.blanks[column] += 1
        }
        for (column, known) in columns.described where column < row.fields.count {
            var tally = known.tally
            known.repair.count(text.decoded(row.fields[column][...]), in: &tally)
            columns.described[column]?.tally = tally
        }
        for (column, known) in columns.quoted where column < row.fields.count {
            let value = text.decoded(row.fields[column][...])
            if PreambleRow.isBlank(value) { continue }
            columns.quoted[column] = (known.filled + 1, known.quoted + (TextRepair.withoutQuotes(value) == nil ? 0 : 1))
        }
        for (column, first) in columns.repeated
        where text.decoded(row.fields[column][...]) != text.decoded(row.fields[first][...]) {
            columns.repeated[column] = nil
        }
    }

    /// Lines below the table that may be left out.
    private static let mostLinesBelow = 64

    // MARK: Rows as they are

    func raw(_ row: Int, _ batch: borrowing RowBatch) -> RawRow {
        let fields = batch.fields(ofRow: row)
        let end = row + 1 < batch.rowCount ? batch.start(ofRow: row + 1) : batch.bytes.count
        return RawRow(
            fields: fields.map { Array(batch.bytes[batch.range(ofField: $0)]) },
            end: Array(batch.bytes[batch.range(ofField: fields.upperBound - 1).upperBound..<end]))
    }

    private func bytes(_ row: Int, _ batch: borrowing RowBatch) -> [UInt8] {
        let end = row + 1 < batch.rowCount ? batch.start(ofRow: row + 1) : batch.bytes.count
        return Array(batch.bytes[batch.start(ofRow: row)..<end])
    }

    /// A row of delimiters, with more or fewer fields than the header.
    func isBlankAndRagged(_ row: RawRow) -> Bool {
        row.fields.count != width && row.fields.allSatisfy(PreambleRow.isBlank)
    }
}
