public import ByteSources
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// One reading of one file: the only place that knows the whole path from bytes to the report.
///
/// Synchronous and without input or output of its own: bytes are fed in pieces of any size, in order, and `finish` gives the report.
///
///     var run = CheckRun(options: CheckOptions(profile: profile))
///     run.feed(bytes)
///     let report = run.finish(path: "upload.csv")
///
/// Three stages follow one another for each chunk: `IndexStage` cuts it into rows, `RowJudge` judges them, `ExplainStage` puts what was
/// found into findings. The first and the last need the order of the file, the second does not: `ParallelReading` judges several chunks at
/// once.
///
/// Memory: the chunk, the row that is open (thinned beyond 1 MiB), and what the columns and the findings' examples need.
public struct CheckRun: ~Copyable {
    let options: CheckOptions
    /// The first bytes, until there are enough to decide on the dialect.
    private var head: [UInt8] = []
    /// All bytes of a file that is no longer than that.
    private var whole: [UInt8] = []
    let index: IndexStage
    let explain: ExplainStage
    private var judge: RowJudge?
    private var batch = RowBatch()
    private var judgement = BatchJudgement()

    /// - Parameters:
    ///   - options: How to read and check the file.
    ///   - digest: Receives every byte; ``finishDigest()`` returns its value. `nil` if no digest is needed.
    public init(options: CheckOptions, digest: (any StreamDigest)? = nil) {
        self.options = options
        index = IndexStage(options: options, limits: options.rowLimits, digest: digest)
        explain = ExplainStage(options: options)
    }

    /// Judges the next bytes of the decompressed file.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        index.take(bytes)
        guard index.prologue == nil else { return read(bytes) }
        // More than is waited for, so that the first chunk is a whole one.
        let taken = min(max(index.wantedHeadByteCount, options.chunkByteCount) - head.count, bytes.count)
        head.append(contentsOf: bytes[..<taken])
        if head.count >= index.wantedHeadByteCount {
            begin()
            let rest = UnsafeRawBufferPointer(rebasing: bytes[taken...])
            index.retake(rest)
            read(rest)
        }
    }

    /// The digest of all bytes fed, or of what they become where they are to be sent in another encoding; empty without one.
    public mutating func finishDigest() -> [UInt8] {
        if index.prologue == nil { begin(isWhole: true) }
        return index.finishDigest()
    }

    /// The file ends here.
    ///
    /// - Parameters:
    ///   - path: as it is to be shown.
    ///   - compression: what the bytes were unpacked from, and how many there were before; `nil` for what was fed.
    ///   - storedByteCount: Bytes of the file as stored; `nil` if they are the bytes that were fed.
    ///   - damage: why the file ends too early, if it does. The row that is open then is not judged: it is not whole.
    public consuming func finish(
        path: String, compression: Compression = .none, storedByteCount: Int? = nil, damage: GzipDamage? = nil
    ) -> Report {
        if index.prologue == nil { begin(isWhole: true) }
        if let damage {
            explain.note(damage, line: index.tokenizer.currentLine)
        } else if index.isReadable {
            let lineEnds = index.finish(&batch)
            judgeBatch(lineEnds)
        }
        if index.isReadable, damage == nil {
            noteTheEnd(path: path, compression: compression)
            let (stage, bytes) = (index, whole)
            explain.addUp { bytes.withUnsafeBytes(stage.rows(in:)) }
        }
        if let prologue = index.prologue { explain.noteEncoding(prologue, evidence: index.encodingEvidence, isWhole: damage == nil) }
        explain.log.multibyteCount = index.multibyteCount
        let dialect = InputSummary.DialectSummary(
            delimiter: index.tokenizer.dialect.delimiter, quote: index.tokenizer.dialect.quote, hasHeader: explain.hasHeader,
            origin: origin,
            evidence: index.prologue?.evidence?.text)
        let summary = InputSummary(
            path: path, compression: compression, bytes: storedByteCount ?? index.byteCount, decompressedBytes: index.byteCount,
            encoding: index.prologue.map(Self.encoding) ?? .utf8, hasByteOrderMark: index.prologue?.hasByteOrderMark ?? false,
            dialect: dialect, lineEnds: index.lineEnds, columnNames: [])
        let isComplete = damage == nil && index.isReadable
        return explain.report(input: summary, isComplete: isComplete)
    }

    private static func encoding(_ prologue: Prologue) -> Report.Encoding {
        switch prologue.refusal {
        case .utf16: .utf16
        case .utf32: .utf32
        case .notCSV, nil: Report.Encoding(prologue.encoding)
        }
    }

    private func noteTheEnd(path: String, compression: Compression) {
        explain.noteCompression(compression, path: path)
        if index.endsInsideCharacter { explain.noteCutCharacter() }
    }

    private var origin: InputSummary.DialectSummary.Origin {
        options.delimiter != nil ? .flag : options.profile?.dialect.delimiter != nil ? .profile : .detected
    }

    /// Whether the header was read, so that chunks can be judged without each other.
    var knowsLayout: Bool { explain.layout != nil }

    /// Settles the dialect, then reads the bytes that were held back for it.
    ///
    /// - Parameter isWhole: whether they are all there are.
    private mutating func begin(isWhole: Bool = false) {
        let held = head
        head = []
        explain.isAtHand = isWhole
        if isWhole { whole = held }
        held.withUnsafeBytes { bytes in
            let start = index.begin(UnsafeRawBufferPointer(rebasing: bytes.prefix(index.wantedHeadByteCount)))
            index.retake(bytes)
            if let prologue = index.prologue { explain.begin(prologue, dialect: index.tokenizer.dialect) }
            read(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(start)))
        }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer) {
        guard index.isReadable else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(options.chunkByteCount))
            rest = rest.dropFirst(chunk.count)
            let space = batch.prepare(byteCount: chunk.count)
            space.copyMemory(from: chunk)
            let lineEnds = index.index(&batch, space)
            judgeBatch(lineEnds)
        }
    }

    private mutating func judgeBatch(_ lineEnds: InputSummary.LineEnds) {
        guard batch.rowCount > 0 else { return }
        var header: Int?
        if !knowsLayout {
            batch.makeIndex()
            header = explain.readFirstRow(of: batch)
            guard let layout = explain.layout, let plan = explain.plan else { return explain.explainBlankLines(&batch, lineEnds: lineEnds) }
            judge = RowJudge(layout: layout, plan: plan, kernel: options.kernel)
        }
        judge?.judge(&batch, header: header, into: &judgement)
        explain.explain(&batch, &judgement, lineEnds: lineEnds)
    }
}
