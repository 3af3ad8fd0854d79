import ByteSources
import CSVTokenizer

/// Where a range of a file begins, and what its rows are judged against, which is the same for all ranges of the file.
struct RangeStart {
    let head: FileHead
    let schema: Schema
    /// The offset of the range's first byte in the content. 0 for the first range, which contains everything up to the header; any other range
    /// begins with a row after it.
    let byteOffset: Int

    var isFirst: Bool { byteOffset == 0 }

    var dialect: Dialect { head.dialect }
}

extension RangeStart {
    /// The start of the first range, as it was found by another process.
    ///
    /// - Parameters:
    ///   - head: What the beginning of the file told.
    ///   - beginning: The bytes of the file up to the end of its first row.
    ///   - isAtHand: Whether the file is so short that all of it is in memory at its end.
    ///   - hash: Shared by all ranges.
    /// - Returns: `nil` if there is no row in the beginning.
    init?(_ head: FileHead, beginning: [UInt8], isAtHand: Bool, hash: KeyHash, options: CheckOptions) {
        let reader = RowReader(options: options)
        reader.begin(head)
        guard reader.isReadable else { return nil }
        let source = FedChunks()
        _ = source.hold(beginning.span, until: beginning.count)
        source.end()
        let builder = ReportBuilder(options: options)
        let consumer = CheckConsumer(options: options, builder: builder, isAtHand: isAtHand, hash: hash)
        builder.begin(head, dialect: head.dialect)
        Pipeline(source, rows: reader, consumer: consumer).run(threadCount: 1, chunkByteCount: max(1, beginning.count))
        guard let schema = consumer.schema else { return nil }
        self.init(head: head, schema: schema, byteOffset: 0)
    }
}

extension CheckRun {
    /// Starts a check of one range: feed its bytes, then call ``finishRange(damage:)``.
    ///
    /// - Parameters:
    ///   - options: The same for all ranges of the file.
    ///   - start: Where the range begins.
    ///   - receivers: Take its rows with their findings.
    init(options: CheckOptions, start: RangeStart, receivers: [any MarkReceiver] = []) {
        self.init(options: options, digest: nil, start: start, receivers: receivers)
    }

    /// Ends the range: at the start of a row, or at the end of the file.
    ///
    /// - Parameter damage: Why the file ends too early, if it does.
    consuming func finishRange(damage: GzipDamage? = nil) -> CheckState {
        readToEnd(damage: damage)
        addUp(isRange: true)
        return builder.state
    }
}

extension CheckState {
    /// The report on a file, from the merged states of all its ranges.
    ///
    /// - Parameters:
    ///   - start: The start of the first range.
    ///   - path: The path to show.
    ///   - storedByteCount: The size of the file as stored; `nil` if it is the number of bytes read.
    func report(
        _ options: CheckOptions, start: RangeStart, path: String, compression: Compression = .none, storedByteCount: Int? = nil
    ) -> Report {
        ReportBuilder(options: options, merged: self, start: start)
            .report(path: path, compression: compression, storedByteCount: storedByteCount)
    }
}
