import CSVTokenizer

/// Judges the batches of a file and puts what was found into a report.
final class CheckConsumer: BatchConsumer {
    let builder: ReportBuilder
    private let options: CheckOptions
    /// Whether all bytes of the file were there before the first of them was read.
    private let isAtHand: Bool
    /// Shared by all ranges of a file.
    private let hash: KeyHash
    /// Known once the first row was cut.
    private(set) var schema: Schema?
    /// Who takes the rows with their findings.
    var receivers: [any MarkReceiver] = []
    private var recorder = PositionRecorder()
    /// Of rows that were not read yet.
    private(set) var earlyMarks: [RowMark] = []
    /// Those who judged a batch, where columns are counted.
    private var workers: [Worker] = []
    private var takenCount = 0
    /// By column, what is left of the values that one worker counted in the first batches, before there were others.
    private var details: [ColumnCounter.Detail] = []

    /// What belongs to one batch while it is judged.
    final class Worker {
        fileprivate var validator: RowJudge?
        fileprivate var facts = BatchJudgement()
        /// As it was after the batch was cut.
        fileprivate var schema: Schema?
        fileprivate var lineEnds = InputSummary.LineEnds()
        /// Index of the header, where it is in the batch.
        fileprivate var header: Int?
        /// What was read for the batch, where someone takes it.
        fileprivate var content: [UInt8] = []
        /// What the columns hold in the batches of this worker; `nil` if columns are not counted.
        fileprivate var columns: TableTally?
        /// The different values in the batches of this worker; `nil` if they are not counted.
        fileprivate var values: ValueTally?
    }

    init(options: CheckOptions, builder: ReportBuilder, isAtHand: Bool, hash: KeyHash = KeyHash()) {
        self.options = options
        self.builder = builder
        self.isAtHand = isAtHand
        self.hash = hash
    }

    /// A consumer of the rows of one range.
    init(options: CheckOptions, builder: ReportBuilder, start: RangeStart) {
        self.options = options
        self.builder = builder
        isAtHand = start.schema.layout.isAtHand
        hash = start.schema.plan.hash
        if !start.isFirst { schema = start.schema }
    }

    func makeWorker() -> Worker { Worker() }

    /// Each worker counts by column what a batch has. The file of a spreadsheet may be judged by eight at a time.
    ///
    /// Where values are counted, the first rows are one worker's: they show of most columns that no others need to list the values.
    var mostWorkers: Int? {
        if options.countsValues, takenCount < Self.batchesOfOneWorker { return nil }
        return schema.map { max(2, Self.mostCountedBytes / ($0.layout.width * Self.countedBytesOfColumn)) }
    }

    private static let batchesOfOneWorker = 8
    private static let mostCountedBytes = 16 << 20
    private static let countedBytesOfColumn = 128

    func tokenized(_ batch: inout RowBatch, rows: RowReader, worker: Worker) {
        worker.header = nil
        worker.lineEnds = rows.lineEnds
        if !receivers.isEmpty { rows.takeContent(into: &worker.content) }
        if schema == nil, batch.rowCount > 0, let fileHead = rows.fileHead {
            schema = Schema(firstRowsOf: &batch, given(fileHead, rows.tokenizer.dialect))
            if builder.hasHeader { worker.header = schema?.firstRow }
        }
        worker.schema = schema
    }

    private func given(_ fileHead: FileHead, _ dialect: Dialect) -> Schema.Given {
        Schema.Given(
            profile: options.profile, dialect: dialect, hasHeader: builder.hasHeader, encoding: fileHead.encoding,
            isEncodingDeclared: options.declaredEncoding != nil, transcodes: options.transcodes,
            beginsAsUTF8: fileHead.firstText.invalidCount == 0 && fileHead.firstText.multibyteCount > 0,
            endsLinesWithCR: fileHead.endsLinesWithCR, isAtHand: isAtHand, findingRules: options.rules,
            expectations: options.allExpectations, keyMemory: options.keyMemory,
            keepsMasks: options.keepsMasks, hasUnitsRow: fileHead.shape.hasUnitsRow || fileHead.shape.hasUnderline,
            samples: options.samples, hash: hash)
    }

    func judge(_ batch: inout RowBatch, worker: Worker) {
        guard batch.rowCount > 0 else { return }
        guard let schema = worker.schema else { return worker.facts.state(blankRows: batch.rowCount) }
        if worker.validator == nil {
            worker.validator = RowJudge(layout: schema.layout, plan: schema.plan, kernel: options.kernel)
            if options.countsColumns { worker.columns = TableTally(schema) }
            if options.countsValues {
                worker.values = ValueTally(schema, kernel: options.kernel)
                // Set before there were two workers.
                if !details.isEmpty { worker.values?.reduce(to: details) }
            }
        }
        worker.validator?.judge(&batch, header: worker.header, into: &worker.facts)
        if options.countsValues {
            batch.makeIndex()
            let hasForms = worker.validator?.withForms(worker.facts.paths) { forms, areTold in
                worker.values?.add(batch, worker.facts.rows, forms, areTold: areTold)
            }
            if hasForms != true { worker.values?.add(batch, worker.facts.rows, FieldBits(), areTold: []) }
        }
        if options.countsColumns {
            batch.makeIndex()
            worker.columns?.add(batch, worker.facts.rows)
        }
    }

    func take(_ batch: inout RowBatch, worker: Worker) -> Bool {
        builder.explain(&batch, &worker.facts, worker.schema, lineEnds: worker.lineEnds)
        takenCount += 1
        if takenCount == Self.batchesOfOneWorker, let values = worker.values { details = values.details }
        if options.countsColumns || options.countsValues, !workers.contains(where: { $0 === worker }) { workers.append(worker) }
        if builder.state.log.marksRows { handOver(&batch, worker) }
        return true
    }

    /// What the columns hold in all batches so far; `nil` if columns are not counted, and before the first row.
    var columns: TableTally? {
        workers.lazy.compactMap(\.columns).reduce(nil) { (all: TableTally?, next) in
            guard var all else { return next }
            all.merge(next)
            return all
        }
    }

    /// The different values of the columns in all batches so far; `nil` if they are not counted, and before the first row.
    var values: ValueTally? {
        workers.lazy.compactMap(\.values).reduce(nil) { (all: ValueTally?, next) in
            guard var all else { return next }
            all.merge(next)
            return all
        }
    }

    private func handOver(_ batch: inout RowBatch, _ worker: Worker) {
        var marks = earlyMarks + builder.state.log.takeMarks()
        let last = builder.state.rowCount
        earlyMarks = marks.filter { $0.row > last }
        if !earlyMarks.isEmpty { marks.removeAll { $0.row > last } }
        if var positions = builder.state.positions {
            builder.state.positions = nil
            let found = builder.state.log.marksNewKeys ? marks.filter { $0.newKey == nil } : marks
            recorder.record(&batch, worker.facts.rows, found, builder.state.log, into: &positions)
            builder.state.positions = positions
        }
        if receivers.isEmpty { return }
        let found = MarkedBatch(rows: worker.facts.rows, marks: marks, layout: worker.schema?.layout, content: worker.content)
        for receiver in receivers { receiver.take(&batch, found, log: builder.state.log) }
    }
}
