import ByteSources
import CSVTokenizer
import ImportProfiles
import ValueFormats

extension RowJudge {
    /// Reads the keys of the whole rows.
    ///
    /// Keys are compared byte by byte; whether the import ignores case and spaces is not public. A key is blank if all of its columns
    /// are empty or have a word for no value: one empty part of several may be meant. Rows with another number of fields are left out, an error
    /// of their own, and so are those in which a column of the key is out of reach, see ``BatchRows/cut``.
    func readKeys(_ batch: borrowing RowBatch, _ rows: BatchRows, into keys: inout BatchKeys) {
        guard !plan.keys.keys.isEmpty else { return }
        keys.begin(keyCount: plan.keys.keys.count, rowsAreLines: batch.rowsAreLines)
        for (number, columns) in plan.keys.keys.enumerated() {
            let text = KeyText(isComposite: columns.count > 1, longByteCount: batch.limits.fieldBytes / 2)
            let last = columns.map(\.index).max() ?? 0
            var wholeRows = rows.wholeRows
            keys.fill(number) { rowKeys in
                while let row = wholeRows.next() {
                    if !rows.cut.isEmpty, last >= batch.steadyFieldCount(ofRow: row.index) { continue }
                    let first = batch.fields(ofRow: row.index).lowerBound
                    rowKeys.add(row: row.index, hash: plan.keys.hash) { bytes in
                        var isBlank = true
                        for column in columns { read(column, field: first + column.index, of: batch, text, &bytes, &isBlank) }
                        return isBlank
                    }
                }
            }
        }
    }

    /// Appends a value of a key.
    @inline(__always)
    private func read(
        _ column: KeyPlan.Column, field: Int, of batch: borrowing RowBatch, _ text: KeyText, _ bytes: inout [UInt8], _ isBlank: inout Bool
    ) {
        if batch.byteCount(ofField: field) > batch.limits.fieldBytes {
            isBlank = false
            appendLong(field, of: batch, text, &bytes)
            return
        }
        decoder.withText(of: field, in: batch) { value in
            isBlank = isBlank && (value.isEmpty || column.nullWords.contains(value))
            text.append(value, to: &bytes)
        }
    }

    /// Appends a value that may lack bytes.
    @inline(never)
    private func appendLong(_ field: Int, of batch: borrowing RowBatch, _ text: KeyText, _ bytes: inout [UInt8]) {
        let digest = batch.digest(ofField: field, quote: layout.quote)
        let kept = UnsafeRawBufferPointer(rebasing: batch.bytes[batch.range(ofField: field).prefix(batch.limits.fieldBytes)])
        decoder.withBeginning(of: kept, isQuoted: digest.isQuoted) { text.append(digest, beginning: $0, to: &bytes) }
    }
}
