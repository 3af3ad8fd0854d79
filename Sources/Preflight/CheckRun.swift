import CSVScan

/// One reading of one file: the only place that knows the whole path from bytes to the report.
///
/// Synchronous and without input or output of its own: bytes are fed in pieces of any size, in order, and `finish` gives the report.
///
///     var run = CheckRun(options: CheckOptions(profile: profile))
///     run.feed(bytes)
///     let report = run.finish(path: "upload.csv")
///
/// Memory: the chunk, the row that is open (thinned beyond 1 MiB), and what the columns and the findings' examples need.
public struct CheckRun: ~Copyable {
    private let options: CheckOptions
    private let quote: UInt8
    /// The first bytes, until there are enough to decide on the dialect.
    private var head: [UInt8] = []
    private var prologue: Prologue?
    private var digest: (any StreamDigest)?
    private var byteCount = 0
    private var tokenizer: Tokenizer
    private var batch: RowBatch
    private let limits: RowBatch.Limits
    private var stage: RowStage

    /// - Parameter digest: is shown every byte; ask ``finishDigest()`` for it. `nil` where nobody wants one.
    public init(options: CheckOptions, digest: (any StreamDigest)? = nil) {
        self.init(options: options, digest: digest, limits: RowBatch.Limits())
    }

    /// - Parameter limits: of the rows that are kept whole; tests lower them.
    init(options: CheckOptions, digest: (any StreamDigest)? = nil, limits: RowBatch.Limits) {
        self.options = options
        self.digest = digest
        quote = options.quote ?? options.profile?.dialect.quote ?? UInt8(ascii: "\"")
        // Stand-ins until the prologue is read.
        tokenizer = Tokenizer(dialect: Dialect(delimiter: quote == UInt8(ascii: ",") ? UInt8(ascii: ";") : UInt8(ascii: ","), quote: quote))
        batch = RowBatch()
        self.limits = limits
        stage = RowStage(options: options, quote: quote)
    }

    /// Judges the next bytes of the decompressed file.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        digest?.update(bytes)
        byteCount += bytes.count
        guard prologue == nil else { return judge(bytes) }
        let missing = min(Prologue.byteCount - head.count, bytes.count)
        head.append(contentsOf: bytes[..<missing])
        if head.count == Prologue.byteCount {
            begin()
            judge(UnsafeRawBufferPointer(rebasing: bytes[missing...]))
        }
    }

    /// The digest of all bytes fed; empty without one.
    public mutating func finishDigest() -> [UInt8] {
        digest?.finalize() ?? []
    }

    /// The file ends here.
    ///
    /// - Parameters:
    ///   - path: as it is to be shown.
    ///   - compression: what the bytes were unpacked from, and how many there were before; `nil` for what was fed.
    ///   - damage: why the file ends too early, if it does. The row that is open then is not judged: it is not whole.
    public consuming func finish(
        path: String, compression: InputSummary.Compression = .none, storedByteCount: Int? = nil, damage: GzipDamage? = nil
    ) -> Report {
        if prologue == nil { begin() }
        if let damage {
            stage.note(damage, line: tokenizer.currentLine)
        } else if prologue?.encoding == .utf8 {
            tokenizer.finish(&batch)
            stage.judge(batch, lineEnds: lineEnds)
        }
        let dialect = InputSummary.DialectSummary(
            delimiter: tokenizer.dialect.delimiter, quote: quote, hasHeader: stage.hasHeader, origin: origin)
        let summary = InputSummary(
            path: path, compression: compression, bytes: storedByteCount ?? byteCount, decompressedBytes: byteCount,
            hasByteOrderMark: prologue?.hasByteOrderMark ?? false, dialect: dialect, lineEnds: lineEnds, columnNames: [])
        return stage.report(input: summary, isComplete: damage == nil && prologue?.encoding == .utf8)
    }

    private var lineEnds: InputSummary.LineEnds {
        InputSummary.LineEnds(lf: tokenizer.lfCount, crlf: tokenizer.crlfCount, cr: tokenizer.loneCarriageReturnCount)
    }

    private var origin: InputSummary.DialectSummary.Origin {
        options.delimiter != nil ? .flag : options.profile?.dialect.delimiter != nil ? .profile : .detected
    }

    /// Settles the dialect, then judges the bytes that were held back for it.
    private mutating func begin() {
        let held = head
        head = []
        held.withUnsafeBytes { bytes in
            let prologue = Prologue(
                head: bytes, quote: quote, givenDelimiter: options.delimiter ?? options.profile?.dialect.delimiter)
            let markLength = prologue.hasByteOrderMark ? 3 : 0
            self.prologue = prologue
            let delimiter = prologue.delimiter ?? tokenizer.dialect.delimiter
            tokenizer = Tokenizer(dialect: Dialect(delimiter: delimiter, quote: quote), byteOffset: markLength, limits: limits)
            stage.begin(prologue, delimiter: delimiter)
            judge(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(markLength)))
        }
    }

    private mutating func judge(_ bytes: UnsafeRawBufferPointer) {
        guard prologue?.encoding == .utf8 else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(options.chunkByteCount))
            rest = rest.dropFirst(chunk.count)
            tokenizer.tokenize(into: &batch, byteCount: chunk.count) {
                $0.copyMemory(from: chunk)
                return chunk.count
            }
            stage.judge(batch, lineEnds: lineEnds)
        }
    }
}
