import ByteSources
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// The first stage, in file order: bytes to rows. Settles encoding and dialect from the beginning of the file.
final class IndexStage {
    private let options: CheckOptions
    private let limits: RowBatch.Limits
    /// Known once the beginning was read.
    private(set) var prologue: Prologue?
    private(set) var tokenizer: Tokenizer
    private var digest: (any StreamDigest)?
    /// Bytes of the decompressed file so far.
    private(set) var byteCount = 0
    /// The same of what is sent.
    private(set) var sentByteCount = 0
    /// Where the file is in another encoding than UTF-8.
    private var transcoder: Transcoder?
    /// Where each byte is declared to be a character.
    private var witness: UTF8Witness?
    /// In a file that is read as UTF-8 and begins with something else: what all of it holds.
    private var text: CharacterScan?
    private var scratch: [UInt8] = []
    /// The last bytes, as many as a character may have: whether the file ends inside one.
    private var lastBytes: [UInt8] = []

    init(options: CheckOptions, limits: RowBatch.Limits, digest: (any StreamDigest)?) {
        self.digest = digest
        self.options = options
        self.limits = limits
        // A stand-in until the prologue is read.
        tokenizer = Tokenizer(dialect: Dialect(delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\"")))
        if options.declaredEncoding?.isSingleByte == true { witness = UTF8Witness() }
    }

    /// Counts the next bytes of the file, and shows them the digest unless others are sent.
    func take(_ bytes: UnsafeRawBufferPointer) {
        byteCount += bytes.count
        witness?.take(bytes)
        text?.update(bytes)
        if !isConverting { showDigest(bytes) }
    }

    /// How many of the next bytes are still within what compressed content may have.
    func allowed(_ count: Int) -> Int {
        min(count, max(0, (options.maxContentBytes ?? .max) - byteCount))
    }

    /// Whether what is sent is, or may turn out to be, something else than the bytes of the file.
    private var isConverting: Bool { options.transcodes && (prologue == nil || transcoder != nil) }

    private func showDigest(_ bytes: UnsafeRawBufferPointer) {
        sentByteCount += bytes.count
        digest?.update(bytes)
    }

    /// The digest of all bytes that are to be sent; empty without one.
    func finishDigest() -> [UInt8] {
        digest?.finalize() ?? []
    }

    /// Bytes of a row above which it is not kept whole.
    var rowByteLimit: Int { limits.rowBytes }

    /// Whether the file is read as another encoding than UTF-8.
    var convertsToUTF8: Bool { transcoder != nil }

    /// How many bytes are waited for before the dialect is settled.
    var wantedHeadByteCount: Int { options.headByteCount }

    private var given: Prologue.Given {
        let dialect = options.profile?.dialect
        return Prologue.Given(
            encoding: options.declaredEncoding, forcesEncoding: options.forcesEncoding, transcodes: options.transcodes,
            delimiter: options.delimiter ?? dialect?.delimiter,
            quote: options.quote ?? dialect?.quote,
            hasHeader: options.hasHeader ?? dialect?.hasHeader ?? true, headByteCount: options.headByteCount,
            skippedLines: options.skippedLines, columnNames: options.profile?.columns.map { Array($0.name.utf8) } ?? [])
    }

    /// Looks at the first bytes of the file.
    ///
    /// - Returns: how many of them stand in front of the first row: a byte order mark, lines to skip.
    func begin(_ head: UnsafeRawBufferPointer) -> Int {
        let prologue = Prologue(head: head, given: given)
        self.prologue = prologue
        let start = prologue.markLength + prologue.skipped.length
        let quote = prologue.quote
        let comma = UInt8(ascii: ",")
        tokenizer = Tokenizer(
            dialect: Dialect(delimiter: prologue.delimiter ?? (quote == comma ? UInt8(ascii: ";") : comma), quote: quote),
            kernel: options.kernel, byteOffset: start, firstLine: 1 + prologue.skipped.lines, unit: prologue.encoding.unit, limits: limits,
            digestsLongFields: options.profile.map { !$0.keys.isEmpty } ?? false)
        if prologue.encoding != .utf8 {
            transcoder = Transcoder(prologue.encoding)
            let skipped = UnsafeRawBufferPointer(rebasing: head[prologue.markLength..<start])
            if options.transcodes { convert(skipped) { self.showDigest($0) } }
        } else if prologue.firstText.invalidCount > 0 {
            text = CharacterScan(offset: 0)
        }
        return start
    }

    /// Shows what ``take(_:)`` had before the beginning was looked at to those that had to wait for it.
    func retake(_ bytes: UnsafeRawBufferPointer) {
        text?.update(bytes)
        // What is converted is shown when it is.
        if options.transcodes, transcoder == nil { showDigest(bytes) }
    }

    /// Well-formed characters of several bytes so far, where they are counted.
    var multibyteCount: Int? { text?.multibyteCount }

    /// What all bytes so far say on the encoding that the file was read as; `nil` where the beginning said all.
    var encodingEvidence: UTF8Witness? {
        prologue?.encoding.isSingleByte == true ? witness : nil
    }

    /// What the bytes of the file are converted from before they are sent; UTF-8 where they are sent as they stand.
    var sentEncoding: TextEncoding {
        guard options.transcodes, let encoding = prologue?.encoding else { return .utf8 }
        return encodingEvidence?.hasHighBytes == false ? .utf8 : encoding
    }

    /// The rows in all bytes of a file, as UTF-8.
    func rows(in bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard let prologue else { return [] }
        let raw = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(prologue.markLength + prologue.skipped.length))
        var rows: [UInt8]
        if prologue.encoding == .utf8 {
            rows = Array(raw)
        } else {
            var transcoder = Transcoder(prologue.encoding)
            let room = raw.count * prologue.encoding.mostGrowth + Transcoder.mostPending
            rows = [UInt8](unsafeUninitializedCapacity: room) {
                $1 = transcoder.convert(raw, into: UnsafeMutableRawBufferPointer($0))
            }
        }
        if prologue.endsLinesWithCR { rows.withUnsafeMutableBytes(Self.replaceCarriageReturns) }
        return rows
    }

    /// Whether the file can be cut into rows at all.
    var isReadable: Bool { prologue.map { $0.refusal == nil } ?? false }

    /// Cuts bytes of the file into rows.
    ///
    /// - Parameters:
    ///   - batch: was prepared for them.
    ///   - bytes: of the space that it was prepared with, from its beginning on.
    /// - Returns: the line ends up to the end of the batch.
    func index(_ batch: inout RowBatch, _ bytes: UnsafeMutableRawBufferPointer) -> InputSummary.LineEnds {
        if bytes.count > 0 { keepLast(UnsafeRawBufferPointer(bytes)) }
        guard let encoding = prologue?.encoding, encoding != .utf8 else {
            if prologue?.endsLinesWithCR == true { Self.replaceCarriageReturns(bytes) }
            tokenizer.index(&batch, newByteCount: bytes.count)
            return lineEnds
        }
        // The batch's own space is needed for what the bytes become.
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: bytes)
        scratch.withUnsafeBytes { raw in
            let space = batch.prepare(byteCount: raw.count * encoding.mostGrowth + Transcoder.mostPending)
            indexConverted(transcoder?.convert(raw, into: space) ?? 0, of: space, &batch)
        }
        return lineEnds
    }

    private func indexConverted(_ count: Int, of space: UnsafeMutableRawBufferPointer, _ batch: inout RowBatch) {
        let converted = UnsafeMutableRawBufferPointer(rebasing: space[..<count])
        if options.transcodes { showDigest(UnsafeRawBufferPointer(converted)) }
        if prologue?.endsLinesWithCR == true { Self.replaceCarriageReturns(converted) }
        tokenizer.index(&batch, newByteCount: count)
    }

    private func convert(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        let growth = prologue?.encoding.mostGrowth ?? 1
        let converted = [UInt8](unsafeUninitializedCapacity: bytes.count * growth + Transcoder.mostPending) {
            $1 = transcoder?.convert(bytes, into: UnsafeMutableRawBufferPointer($0)) ?? 0
        }
        converted.withUnsafeBytes(body)
    }

    /// In a file whose lines end in CR alone each is a line end.
    private static func replaceCarriageReturns(_ bytes: UnsafeMutableRawBufferPointer) {
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\r") { bytes[index] = UInt8(ascii: "\n") }
    }

    private func keepLast(_ bytes: UnsafeRawBufferPointer) {
        lastBytes = (lastBytes + bytes.suffix(3)).suffix(3)
    }

    /// Whether the file ends inside a character of UTF-8.
    var endsInsideCharacter: Bool {
        guard prologue?.encoding == .utf8 else { return false }
        for (distance, byte) in lastBytes.reversed().enumerated() where byte & 0xC0 != 0x80 {
            let length = byte >= 0xF0 && byte < 0xF5 ? 4 : byte >= 0xE0 && byte < 0xF0 ? 3 : byte >= 0xC2 && byte < 0xE0 ? 2 : 1
            return length > distance + 1
        }
        return false
    }

    /// The file ends: the batch then holds the row that was open.
    func finish(_ batch: inout RowBatch) -> InputSummary.LineEnds {
        if transcoder != nil {
            let space = batch.prepare(byteCount: Transcoder.mostPending)
            indexConverted(transcoder?.finish(into: space) ?? 0, of: space, &batch)
        }
        tokenizer.finish(&batch)
        return lineEnds
    }

    var lineEnds: InputSummary.LineEnds {
        if prologue?.endsLinesWithCR == true { return InputSummary.LineEnds(lf: 0, crlf: 0, cr: tokenizer.lfCount) }
        return InputSummary.LineEnds(lf: tokenizer.lfCount, crlf: tokenizer.crlfCount, cr: tokenizer.loneCarriageReturnCount)
    }
}
