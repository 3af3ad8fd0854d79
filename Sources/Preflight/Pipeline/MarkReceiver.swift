import CSVTokenizer

/// Takes the rows of a check with the findings that each has, in the order of the file: see ``RowMark``.
protocol MarkReceiver: AnyObject {
    /// Called once, when the beginning of a file is known that can be cut into rows.
    func begin(_ head: FileHead, options: CheckOptions)

    /// - Parameters:
    ///   - content: What was read of the file for this batch; the batch may have rows that were begun before, and lack what is not complete.
    ///   - marks: Those of the batch, and at the beginning those of rows that are known before they are read.
    func take(_ batch: inout RowBatch, _ found: MarkedBatch, log: FindingLog)

    /// Called after the last batch.
    ///
    /// - Parameters:
    ///   - marks: of rows that were taken before.
    ///   - hasPutKeysAside: whether marks of repeated keys are missing.
    func end(_ marks: [RowMark], log: FindingLog, hasPutKeysAside: Bool)
}

/// What is known of the rows of a batch.
struct MarkedBatch {
    var rows: BatchRows
    var marks: [RowMark]
    /// `nil` before the first row.
    var layout: FileLayout?
    /// Bytes of the file, as they are there.
    var content: [UInt8]
}
