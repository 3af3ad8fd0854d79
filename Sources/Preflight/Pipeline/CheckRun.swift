package import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// One check of one file.
///
/// Synchronous and without input or output of its own: bytes are fed in pieces of any size, in order, and `finish` gives the report.
///
///     var run = CheckRun(options: CheckOptions(profile: profile))
///     run.feed(bytes)
///     let report = run.finish(path: "upload.csv")
///
/// Memory: the chunk, the row that is open (thinned beyond 1 MiB), and what the columns and the findings' examples need.
public struct CheckRun: ~Copyable {
    let options: CheckOptions
    let builder: ReportBuilder
    /// Where it begins, if it is one range of a file.
    private let start: RangeStart?
    private let rows: RowReader
    private let fed = FedChunks()
    /// Who takes the rows with their findings.
    private let receivers: [any MarkReceiver]
    /// Known once the beginning was read.
    private var started: Started?

    /// From the first row on.
    private struct Started {
        let pipeline: Pipeline<CheckConsumer>
        let consumer: CheckConsumer
        /// All bytes of a file that is shorter than what tells the dialect; `nil` for a longer one.
        let whole: ArraySlice<UInt8>?
    }

    /// A reading of bytes that are fed.
    ///
    /// - Parameter options: How to read and check them.
    public init(options: CheckOptions) {
        self.init(options: options, digest: nil)
    }

    /// - Parameters:
    ///   - options: How to read and check the file.
    ///   - digest: Receives every byte; ``finishDigest()`` returns its value. `nil` if no digest is needed.
    ///   - start: where the range begins that is read; `nil` for a whole file.
    ///   - receivers: take the rows. Those of a range are told too of rows whose key is new in it.
    init(options: CheckOptions, digest: (any StreamDigest)?, start: RangeStart? = nil, receivers: [any MarkReceiver] = []) {
        self.options = options
        self.start = start
        self.receivers = receivers
        builder = ReportBuilder(options: options)
        rows = RowReader(options: options, digest: digest)
        builder.state.log.marksRows = !receivers.isEmpty || options.mapsPositions
        if let start, !start.isFirst {
            builder.state.log.marksNewKeys = !receivers.isEmpty
            builder.state.log.keepsRepeatedRows = options.mapsPositions
        }
        rows.keepsContent = !receivers.isEmpty
    }

    /// Judges the next bytes of the decompressed file.
    public mutating func feed(_ bytes: Span<UInt8>) {
        var rest = bytes
        if started == nil {
            // More than is waited for, so that the first chunk is a whole one.
            let kept = fed.hold(bytes, until: max(options.headByteCount, options.chunkByteCount))
            guard fed.waitingByteCount >= options.headByteCount else { return }
            begin(fed, head: fed.held[...])
            rest = rest.dropFirst(kept)
            if rest.isEmpty { read(threadCount: 1) }
        }
        // In pieces, since they are copied.
        while !rest.isEmpty {
            fed.lend(rest.prefix(options.chunkByteCount)) { read(threadCount: 1) }
            rest = rest.dropFirst(options.chunkByteCount)
        }
    }

    /// The digest of all bytes fed, or of what they become where they are to be sent in another encoding; empty without one.
    package mutating func finishDigest() -> [UInt8] {
        readWhatIsHeld()
        return rows.finishDigest()
    }

    /// The report on the bytes that were fed: the file ends here.
    ///
    /// - Parameter path: The name of the file as the report shows it.
    public consuming func finish(path: String) -> Report {
        finish(path: path, compression: .none)
    }

    /// The file ends here.
    ///
    /// - Parameters:
    ///   - path: as it is to be shown.
    ///   - compression: what the bytes were unpacked from, and how many there were before; `nil` for what was fed.
    ///   - storedByteCount: Bytes of the file as stored; `nil` if they are the bytes that were fed.
    ///   - damage: why the file ends too early, if it does. The row that is open then is not judged: it is not whole.
    package consuming func finish(
        path: String, compression: Compression = .none, storedByteCount: Int? = nil, damage: GzipDamage? = nil
    ) -> Report {
        readToEnd(damage: damage)
        return report(path: path, compression: compression, storedByteCount: storedByteCount)
    }

    /// Judges all that is left of the bytes that were fed.
    mutating func readToEnd(damage: GzipDamage?) {
        readWhatIsHeld()
        if let damage {
            rows.end(with: damage)
        } else {
            fed.end()
            read(threadCount: 1)
        }
    }

    /// Judges what was held back, where all of it is less than what tells the dialect.
    private mutating func readWhatIsHeld() {
        guard started == nil else { return }
        begin(fed, head: fed.held[...])
        read(threadCount: 1)
    }

    /// Settles the dialect.
    ///
    /// - Parameters:
    ///   - source: the chunks of the file, from its first byte on.
    ///   - head: the first bytes: all there are, if they are fewer than tell the dialect.
    mutating func begin(_ source: any ChunkSource, head: ArraySlice<UInt8>) {
        let isWhole = head.count < options.headByteCount
        let consumer: CheckConsumer
        if let start {
            consumer = CheckConsumer(options: options, builder: builder, start: start)
            rows.begin(start)
            builder.begin(start)
        } else {
            consumer = CheckConsumer(options: options, builder: builder, isAtHand: isWhole)
            let beginning = head.prefix(options.headByteCount)
            rows.begin(beginning.span)
            if let fileHead = rows.fileHead { builder.begin(fileHead, dialect: rows.tokenizer.dialect) }
        }
        consumer.receivers = receivers
        if let fileHead = rows.fileHead, rows.isReadable { for receiver in receivers { receiver.begin(fileHead, options: options) } }
        started = Started(pipeline: Pipeline(source, rows: rows, consumer: consumer), consumer: consumer, whole: isWhole ? head : nil)
    }

    /// Where the first range of this file begins; `nil` as long as no row was read, and for a file that cannot be cut into rows.
    var rangeStart: RangeStart? {
        guard rows.isReadable, let head = rows.fileHead, let schema = started?.consumer.schema else { return nil }
        return RangeStart(head: head, schema: schema, byteOffset: 0)
    }

    /// Whether all bytes of the file were there before the first of them was judged.
    var isWhole: Bool { started?.whole != nil }

    /// Judges all that the source has now.
    func read(threadCount: Int) {
        started?.pipeline.run(threadCount: threadCount, chunkByteCount: options.chunkByteCount)
    }

    /// Why the profile's keys could not be compared; asked when the report was made.
    var keyFailure: Descriptor.Failure? { builder.state.keyFailure }

    /// What is sent: its length, and what it is converted from.
    var sent: (byteCount: Int, encoding: TextEncoding) { (rows.sentByteCount, rows.sentEncoding) }

    /// Puts the report together, once all was read: see ``finish(path:compression:storedByteCount:damage:)``.
    func report(path: String, compression: Compression, storedByteCount: Int?, storedDigest: [UInt8]? = nil) -> Report {
        addUp(isRange: false)
        let report = builder.report(
            path: path, compression: compression, storedByteCount: storedByteCount, storedDigest: storedDigest)
        if !receivers.isEmpty {
            let marks = (started?.consumer.earlyMarks ?? []) + builder.state.log.takeMarks()
            for receiver in receivers { receiver.end(marks, log: builder.state.log, hasPutKeysAside: builder.state.hasPutKeysAside) }
        }
        return report
    }

    /// Ends what is known of the bytes and columns, and adds the columns up where all of them are in memory.
    func addUp(isRange: Bool) {
        builder.state.content = rows.content
        builder.state.columns = started?.consumer.columns
        builder.state.values = started?.consumer.values
        guard rows.damage == nil, rows.isReadable, let whole = started?.whole else { return }
        builder.addUp(isRange: isRange) { rows.rows(in:)(whole.span) }
    }

    /// Offsets of the row that is open, as far as it was read.
    var openRow: Range<Int> { rows.tokenizer.openRow }

    /// Whether the bytes so far end inside a row.
    var isInsideRow: Bool { !openRow.isEmpty }

    /// What ended the content too early.
    var damage: GzipDamage? { rows.damage }

    /// How many bytes of the content tell the dialect.
    func headByteCount(isCompressed: Bool) -> Int { rows.headByteCount(isCompressed: isCompressed) }
}
