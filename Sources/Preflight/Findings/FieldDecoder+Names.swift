import CSVTokenizer
import ValueFormats

extension FieldDecoder {
    /// The exact names in a header row: as many as are in memory however the input is split (see `RowBatch.steadyFieldCount`).
    ///
    /// A row within `RowBatch.Limits.rowBytes` is never thinned, so all of its bytes are in memory. Of a longer one only the first
    /// `RowBatch.Limits.fieldBytes` of each name are.
    func names(inRow row: Int, of batch: borrowing RowBatch) -> [ColumnName] {
        let isWhole = batch.bytes(ofRow: row).map { $0.count <= batch.limits.rowBytes } ?? false
        let longest = isWhole ? Int.max : batch.limits.fieldBytes
        var names: [ColumnName] = []
        for field in batch.fields(ofRow: row).prefix(batch.steadyFieldCount(ofRow: row)) {
            let bytes = UnsafeRawBufferPointer(rebasing: batch.bytes[batch.range(ofField: field).prefix(longest)])
            names.append(withText(of: bytes) { ColumnName(Array($0)) })
        }
        return names
    }
}
