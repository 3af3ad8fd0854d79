import CSVScan

/// The first stage, in file order: bytes to rows. Settles the dialect from the beginning of the file.
final class IndexStage {
    private let options: CheckOptions
    private let limits: RowBatch.Limits
    let quote: UInt8
    /// Known once the beginning was read.
    private(set) var prologue: Prologue?
    private(set) var tokenizer: Tokenizer
    private var digest: (any StreamDigest)?
    /// Bytes of the decompressed file so far.
    private(set) var byteCount = 0

    init(options: CheckOptions, limits: RowBatch.Limits, digest: (any StreamDigest)?) {
        self.digest = digest
        self.options = options
        self.limits = limits
        quote = options.quote ?? options.profile?.dialect.quote ?? UInt8(ascii: "\"")
        // A stand-in until the prologue is read.
        let comma = UInt8(ascii: ",")
        tokenizer = Tokenizer(dialect: Dialect(delimiter: quote == comma ? UInt8(ascii: ";") : comma, quote: quote))
    }

    /// Shows the digest the next bytes of the file.
    func take(_ bytes: UnsafeRawBufferPointer) {
        digest?.update(bytes)
        byteCount += bytes.count
    }

    /// The digest of all bytes; empty without one.
    func finishDigest() -> [UInt8] {
        digest?.finalize() ?? []
    }

    /// How many bytes are waited for before the dialect is settled: none to look for a delimiter where somebody said it.
    var wantedHeadByteCount: Int { givenDelimiter == nil ? Prologue.byteCount : Prologue.markByteCount }

    private var givenDelimiter: UInt8? { options.delimiter ?? options.profile?.dialect.delimiter }

    /// Looks at the first bytes of the file.
    ///
    /// - Returns: how many of them are a byte order mark, which is no part of the first row.
    func begin(_ head: UnsafeRawBufferPointer) -> Int {
        let prologue = Prologue(head: head, quote: quote, givenDelimiter: givenDelimiter)
        self.prologue = prologue
        let markLength = prologue.hasByteOrderMark ? 3 : 0
        tokenizer = Tokenizer(
            dialect: Dialect(delimiter: prologue.delimiter ?? tokenizer.dialect.delimiter, quote: quote), kernel: options.kernel,
            byteOffset: markLength, limits: limits)
        return markLength
    }

    /// Whether the file can be cut into rows at all.
    var isReadable: Bool { prologue?.encoding == .utf8 }

    /// Cuts the bytes that were written into the batch into rows.
    ///
    /// - Returns: the line ends up to the end of the batch.
    func index(_ batch: inout RowBatch, newByteCount: Int) -> InputSummary.LineEnds {
        tokenizer.index(&batch, newByteCount: newByteCount)
        return lineEnds
    }

    /// The file ends: the batch then holds the row that was open.
    func finish(_ batch: inout RowBatch) -> InputSummary.LineEnds {
        tokenizer.finish(&batch)
        return lineEnds
    }

    var lineEnds: InputSummary.LineEnds {
        InputSummary.LineEnds(lf: tokenizer.lfCount, crlf: tokenizer.crlfCount, cr: tokenizer.loneCarriageReturnCount)
    }
}
