import ByteSpans
import CSVTokenizer
import ValueFormats

extension FieldDecoder {
    /// The exact names in a header row: as many as are in memory however the input is split (see `RowBatch.steadyFieldCount`).
    ///
    /// A row within `RowBatch.Limits.rowBytes` is never thinned, so all of its bytes are in memory. Of a longer one only the first
    /// `RowBatch.Limits.fieldBytes` of each name are.
    func names(inRow row: Int, of batch: borrowing RowBatch) -> [ColumnName] {
        let isWhole = batch.isKeptWhole(row)
        let longest = isWhole ? Int.max : batch.limits.fieldBytes
        let fields = batch.fields(ofRow: row).prefix(batch.steadyFieldCount(ofRow: row))
        var names: [ColumnName] = []
        names.reserveCapacity(fields.count)
        let none = ColumnName("")
        for field in fields {
            let range = batch.range(ofField: field)
            if range.isEmpty {
                names.append(none)
                continue
            }
            let bytes = batch.bytes[range.prefix(longest)]
            names.append(withText(of: bytes) { $0.isEmpty ? none : ColumnName(Array($0)) })
        }
        return names
    }
}
