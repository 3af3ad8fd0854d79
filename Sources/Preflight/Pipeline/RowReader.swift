import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// Cuts the content of a file into rows, in its order: settles encoding and dialect from the beginning, then converts other encodings to UTF-8, updates
/// the digest of what will be sent, and runs the tokenizer.
final class RowReader {
    private let options: CheckOptions
    /// What the beginning showed, once it was read.
    private(set) var fileHead: FileHead?
    private(set) var tokenizer: Tokenizer
    private var digest: (any StreamDigest)?
    /// Bytes of the content so far.
    private(set) var byteCount = 0
    /// The same of what is sent.
    private(set) var sentByteCount = 0
    /// Of the bytes before the first row, how many are still to come.
    private var bytesBeforeRows = 0
    /// The same before any was read.
    private var beginningLength = 0
    /// Where the file is in another encoding than UTF-8.
    private var transcoder: Transcoder?
    /// Where an encoding that extends ASCII is declared.
    private var witness: UTF8Witness?
    /// In a file that is read as UTF-8 and begins with something else: what all of it holds.
    private var text: CharacterScan?
    private var scratch: [UInt8] = []
    /// Whether what is read is kept as it is, until it is taken.
    var keepsContent = false
    private var kept: [UInt8] = []
    /// Knows the last bytes.
    private var ending = ContentState()
    /// Why the content ends too early, if it does.
    private(set) var damage: GzipDamage?
    /// Whether the last row was cut.
    private(set) var isAtEnd = false
    /// The physical line in which the content ends, once the last row was cut.
    private var lineAfterRows: Int?

    /// - Parameter digest: Receives what is sent.
    init(options: CheckOptions, digest: (any StreamDigest)? = nil) {
        self.digest = digest
        self.options = options
        // A placeholder until the beginning is read.
        tokenizer = Tokenizer(dialect: Dialect())
        if options.declaredEncoding?.extendsASCII == true { witness = UTF8Witness() }
    }

    /// How many of the next bytes are still within what compressed content may have.
    func allowed(_ count: Int) -> Int {
        min(count, max(0, (options.maxContentBytes ?? .max) - byteCount))
    }

    /// How many bytes of the beginning tell the dialect.
    ///
    /// - Parameter isCompressed: whether the content is limited.
    func headByteCount(isCompressed: Bool) -> Int {
        isCompressed ? max(1, allowed(options.headByteCount)) : options.headByteCount
    }

    /// Bytes of a row above which it is not kept whole.
    var rowByteLimit: Int { options.rowLimits.rowBytes }

    /// Whether the file is read as another encoding than UTF-8.
    var convertsToUTF8: Bool { transcoder != nil }

    // MARK: The beginning

    private var given: FileHead.Given {
        let dialect = options.profile?.dialect
        let overrides = options.dialect.completed(by: dialect)
        return FileHead.Given(
            encoding: options.declaredEncoding, forcesEncoding: options.forcesEncoding, transcodes: options.transcodes,
            delimiter: overrides.delimiter, quote: overrides.quote,
            hasHeader: options.hasHeader ?? dialect?.hasHeader ?? true, headByteCount: options.headByteCount,
            skippedLines: options.skippedLines, columnNames: options.profile?.columns.map { Array($0.name.utf8) } ?? [])
    }

    /// Settles encoding and dialect.
    ///
    /// - Parameter head: the first bytes of the content, or all of it. They are read again as a part of it.
    func begin(_ head: Span<UInt8>) {
        begin(FileHead(head: head, given: given))
    }

    /// Begins at a range of a file whose beginning was read elsewhere.
    func begin(_ start: RangeStart) {
        guard start.isFirst else {
            return begin(start.head, byteOffset: start.byteOffset, firstLine: 1, firstRowWidth: start.schema.layout.width)
        }
        begin(start.head)
    }

    /// Settles encoding and dialect as the beginning was read elsewhere.
    func begin(_ fileHead: FileHead) {
        begin(fileHead, byteOffset: fileHead.beginningLength, firstLine: 1 + fileHead.skipped.lines, firstRowWidth: nil)
        beginningLength = fileHead.beginningLength
        bytesBeforeRows = beginningLength
    }

    private func begin(_ fileHead: FileHead, byteOffset: Int, firstLine: Int, firstRowWidth: Int?) {
        self.fileHead = fileHead
        tokenizer = Tokenizer(
            dialect: fileHead.dialect, kernel: options.kernel, byteOffset: byteOffset, firstLine: firstLine, unit: fileHead.encoding.unit,
            limits: options.rowLimits, digestsLongFields: options.profile.map { !$0.keys.isEmpty } ?? false,
            firstRowWidth: firstRowWidth)
        if fileHead.encoding != .utf8 {
            transcoder = Transcoder(fileHead.encoding)
        } else if fileHead.firstText.invalidCount > 0 {
            text = CharacterScan(offset: 0, notesKinds: false)
        }
    }

    /// Whether no row was read yet, and some may be.
    var isBeforeRows: Bool { isReadable && !isAtEnd && tokenizer.firstRowWidth == nil }

    /// Cuts blocks of the file into rows before what comes before them was read; `nil` where all has to be read in order.
    func makeAhead(blockByteCount: Int) -> RowsAhead? {
        guard transcoder == nil, fileHead?.endsLinesWithCR == false, let ahead = tokenizer.makeAhead() else { return nil }
        return RowsAhead(ahead, blockByteCount: blockByteCount)
    }

    /// Whether the file can be cut into rows at all.
    var isReadable: Bool { fileHead.map { $0.refusal == nil } ?? false }

    // MARK: Rows

    /// Cuts the next bytes of the content into rows.
    ///
    /// - Parameters:
    ///   - batch: was prepared for them, and has them in its space; receives the rows that are complete.
    ///   - count: how many they are.
    ///   - ahead: has read them, if they are those of a block.
    /// - Returns: whether the batch has what was read: not where the file cannot be cut into rows.
    func read(_ batch: inout RowBatch, byteCount count: Int, ahead: RowsAhead? = nil) -> Bool {
        let converts = transcoder != nil
        guard let beginning = look(at: batch.written.extracting(first: count), converts: converts) else { return false }
        if let ahead {
            let beginsWithRow = tokenizer.openRow.isEmpty
            let isTakenOver = ahead.hasRows && tokenizer.takeOver(&batch, from: &ahead.tokenizer)
            ahead.learn(beginsWithRow: beginsWithRow, isTakenOver: isTakenOver)
            if isTakenOver { return true }
            batch.forgetRows()
        }
        batch.dropWritten(beginning)
        if converts {
            convertRows(count - beginning, of: &batch)
        } else {
            tokenize(count - beginning, of: &batch)
        }
        return true
    }

    /// Takes in what was read, but for its rows.
    ///
    /// - Returns: how many bytes are before the first row; `nil` where the file cannot be cut into rows.
    private func look(at raw: Span<UInt8>, converts: Bool) -> Int? {
        byteCount += raw.count
        witness?.take(raw)
        text?.update(raw)
        if !options.transcodes || !converts { showDigest(raw) }
        guard isReadable else { return nil }
        if keepsContent { kept += raw }
        let beginning = passBeginning(raw)
        ending.keepLast(raw.extracting(droppingFirst: beginning))
        return beginning
    }

    /// What was read since this was called last, as it is in the file.
    ///
    /// - Parameter memory: is used again.
    func takeContent(into memory: inout [UInt8]) {
        memory.removeAll(keepingCapacity: true)
        swap(&kept, &memory)
    }

    /// Passes over what comes before the first row: the byte order mark and the lines that are skipped.
    ///
    /// - Returns: how many of these bytes it is.
    private func passBeginning(_ bytes: Span<UInt8>) -> Int {
        guard bytesBeforeRows > 0, let fileHead else { return 0 }
        let count = min(bytesBeforeRows, bytes.count)
        let markLeft = max(0, bytesBeforeRows - fileHead.skipped.length)
        bytesBeforeRows -= count
        // The mark itself is not sent.
        if options.transcodes, transcoder != nil, markLeft < count {
            convert(bytes[markLeft..<count]) { self.showDigest($0) }
        }
        return count
    }

    /// The content ends here: the batch then holds the row that was open.
    ///
    /// - Returns: as ``read(_:_:)``.
    func finish(_ batch: inout RowBatch) -> Bool {
        isAtEnd = true
        guard isReadable else { return false }
        if transcoder != nil {
            batch.prepare(byteCount: Transcoder.mostPending)
            indexConverted(batch.writeSpace { transcoder?.finish(into: &$0) }, of: &batch)
        }
        tokenizer.finish(&batch)
        lineAfterRows = batch.firstLine + batch.newlines(before: batch.bytes.count)
        return true
    }

    /// The content ends here, too early. The row that is open is not whole: it is not cut.
    func end(with damage: GzipDamage) {
        self.damage = damage
    }

    private func convertRows(_ count: Int, of batch: inout RowBatch) {
        let growth = fileHead?.encoding.mostGrowth ?? 1
        // The batch's own space is needed for what the bytes become.
        var raw: [UInt8] = []
        swap(&raw, &scratch)
        raw.removeAll(keepingCapacity: true)
        raw += batch.written.extracting(first: count)
        batch.prepare(byteCount: raw.count * growth + Transcoder.mostPending)
        indexConverted(batch.writeSpace { transcoder?.convert(raw.span, into: &$0) }, of: &batch)
        swap(&raw, &scratch)
    }

    private func indexConverted(_ count: Int, of batch: inout RowBatch) {
        if options.transcodes { showDigest(batch.written.extracting(first: count)) }
        tokenize(count, of: &batch)
    }

    private func tokenize(_ count: Int, of batch: inout RowBatch) {
        if fileHead?.endsLinesWithCR == true {
            var space = batch.space
            Self.replaceCarriageReturns(&space)
        }
        tokenizer.index(&batch, newByteCount: count)
    }

    // MARK: What is sent

    private func showDigest(_ bytes: Span<UInt8>) {
        sentByteCount += bytes.count
        digest?.update(bytes)
    }

    /// The digest of all bytes that are to be sent; empty without one.
    func finishDigest() -> [UInt8] {
        defer { digest = nil }
        return digest?.finalize() ?? []
    }

    // MARK: What all of it holds

    /// What all bytes so far say on the encoding that the file was read as; `nil` where the beginning said all.
    private var encodingEvidence: UTF8Witness? {
        fileHead?.encoding.extendsASCII == true ? witness : nil
    }

    /// What the bytes of the file are converted from before they are sent; UTF-8 if they are sent unchanged.
    var sentEncoding: TextEncoding {
        guard options.transcodes, let encoding = fileHead?.encoding else { return .utf8 }
        return encodingEvidence?.hasHighBytes == false ? .utf8 : encoding
    }

    /// What was read so far, apart from its rows.
    var content: ContentState {
        ContentState(
            byteCount: byteCount, lineCount: (lineAfterRows ?? tokenizer.currentLine) - 1, lineEnds: lineEnds,
            encodingEvidence: encodingEvidence, multibyteCount: text?.multibyteCount, lastBytes: ending.lastBytes, damage: damage)
    }

    /// The rows in all bytes of a file, or of a range of it, as UTF-8.
    func rows(in bytes: Span<UInt8>) -> [UInt8] {
        guard let fileHead else { return [] }
        let raw = bytes.dropFirst(beginningLength)
        var rows: [UInt8]
        if fileHead.encoding == .utf8 {
            rows = Array(raw)
        } else {
            var transcoder = Transcoder(fileHead.encoding)
            let room = raw.count * fileHead.encoding.mostGrowth + Transcoder.mostPending
            rows = [UInt8](capacity: room) { transcoder.convert(raw, into: &$0) }
        }
        if fileHead.endsLinesWithCR {
            var space = rows.mutableSpan
            Self.replaceCarriageReturns(&space)
        }
        return rows
    }

    private func convert(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        let growth = fileHead?.encoding.mostGrowth ?? 1
        let converted = [UInt8](capacity: bytes.count * growth + Transcoder.mostPending) { transcoder?.convert(bytes, into: &$0) }
        body(converted.span)
    }

    /// In a file whose lines end in CR alone each is a line end.
    private static func replaceCarriageReturns(_ bytes: inout MutableSpan<UInt8>) {
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\r") { bytes[index] = UInt8(ascii: "\n") }
    }

    var lineEnds: InputSummary.LineEnds {
        if fileHead?.endsLinesWithCR == true { return InputSummary.LineEnds(lf: 0, crlf: 0, cr: tokenizer.lfCount) }
        return InputSummary.LineEnds(lf: tokenizer.lfCount, crlf: tokenizer.crlfCount, cr: tokenizer.loneCarriageReturnCount)
    }
}
