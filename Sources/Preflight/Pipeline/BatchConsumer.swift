import CSVTokenizer

/// What a ``Pipeline`` does with the batches of a file.
///
///     tokenized    in order          what has to be known before any later row is judged
///     judge        in any order      the work
///     take         in order          what depends on what came before
protocol BatchConsumer: AnyObject, SendableMetatype {
    /// What belongs to one batch while it is on its way: each thread has one, and uses it again for every batch.
    associatedtype Worker: AnyObject

    func makeWorker() -> Worker

    /// The most workers at a time, for memory to be bounded; `nil` while that is not known. Asked between two batches.
    var mostWorkers: Int? { get }

    /// Called in the order of the file, when the rows of a batch are known.
    ///
    /// - Parameter rows: as it is after this batch.
    func tokenized(_ batch: inout RowBatch, rows: RowReader, worker: Worker)

    /// Called for several batches at once, each with a worker of its own.
    func judge(_ batch: inout RowBatch, worker: Worker)

    /// Called in the order of the file.
    ///
    /// - Returns: whether more batches are wanted.
    func take(_ batch: inout RowBatch, worker: Worker) -> Bool
}

/// The worker of a consumer that does all of its work in the order of the file.
final class NoWorker {}

extension BatchConsumer {
    var mostWorkers: Int? { .max }
}

extension BatchConsumer where Worker == NoWorker {
    func makeWorker() -> NoWorker { NoWorker() }
    func tokenized(_ batch: inout RowBatch, rows: RowReader, worker: NoWorker) {}
    func judge(_ batch: inout RowBatch, worker: NoWorker) {}
}
