/// Cuts a stream of bytes into rows and fields. Accepts any bytes, always yields rows, cannot fail.
///
/// The rules: fields are separated by the delimiter; a row ends at LF or CRLF outside quotes, and at the end of the stream; a CR that
/// no LF follows is text. A field that begins with the quote is quoted: delimiters and line ends in it are text, a doubled quote is one
/// quote, a single one closes the field. Where a file breaks these rules an ``Anomaly`` is noted, the rest of that field is taken
/// literally up to the next delimiter or line end, and tokenizing goes on: one anomaly of quoting per field at most.
///
/// The stream may be cut anywhere: rows, fields and anomalies do not depend on it. Everything that spans two chunks lives in
/// ``State`` (what the next byte means) and in the batch's tail (the bytes of the row that is still open).
///
///     var tokenizer = Tokenizer(dialect: Dialect())
///     var batch = RowBatch()
///     while let count = read(…) {
///         tokenizer.tokenize(into: &batch, byteCount: count) { $0.copyMemory(from: chunk); return chunk.count }
///         for row in 0..<batch.rowCount { … }
///     }
///     tokenizer.finish(&batch)
public struct Tokenizer: ~Copyable {
    public let dialect: Dialect
    /// Row ends so far that were CRLF, and that were LF alone.
    public private(set) var crlfCount = 0
    public private(set) var lfCount = 0
    /// CRs outside quotes that no LF followed.
    public private(set) var loneCarriageReturnCount = 0

    /// What the next byte means.
    private enum State: UInt8 {
        /// First byte of a field.
        case fieldStart
        case unquoted
        /// In an unquoted field, behind a CR that may belong to a line end.
        case unquotedCarriage
        case quoted
        /// Behind a quote in a quoted field: it closed the field, or it is the first of two.
        case quoteInQuoted
        /// Behind a closing quote and a CR.
        case closedCarriage
        /// Behind an anomaly: quotes mean nothing until the field ends.
        case literal
        case literalCarriage
    }

    private var state = State.fieldStart
    /// Where the open quoted field began, and the LFs in it so far.
    private var openingQuoteOffset = 0
    private var openingQuoteLine = 0
    private var swallowedLineEnds = 0
    /// LFs inside quotes in all finished fields.
    private var quotedLineFeeds = 0
    /// Lone CRs in the open field.
    private var fieldCarriageReturns = 0
    private var firstCarriageReturn = (offset: 0, line: 0)
    /// Runs over the whole stream, to notice; the batch explains.
    private var characters: CharacterScan
    /// By byte: 0 for plain text, else what may end a run of it.
    private let classes: UnsafeMutablePointer<Class>

    private typealias Class = UInt8
    private static let delimiter: Class = 1
    private static let lineFeed: Class = 2
    private static let quote: Class = 3
    private static let carriageReturn: Class = 4

    public init(dialect: Dialect) {
        self.dialect = dialect
        characters = CharacterScan(offset: 0)
        classes = .allocate(capacity: 256)
        classes.initialize(repeating: 0, count: 256)
        classes[Int(dialect.delimiter)] = Self.delimiter
        classes[Int(dialect.quote)] = Self.quote
        classes[Int(UInt8.lineFeed)] = Self.lineFeed
        classes[Int(UInt8.carriageReturn)] = Self.carriageReturn
    }

    deinit {
        classes.deallocate()
    }

    /// Drops the rows that the batch holds, appends one chunk and indexes the rows that are complete with it.
    ///
    /// - Parameters:
    ///   - byteCount: the most bytes that `fill` may write.
    ///   - fill: writes the chunk and returns its length; what it throws is passed on, and the batch then holds no new bytes.
    /// - Returns: what `fill` returned.
    @discardableResult
    public mutating func tokenize<Failure: Error>(
        into batch: inout RowBatch, byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        batch.removeRows()
        let count = try fill(batch.freeSpace(byteCount))
        let start = batch.byteCount
        batch.didAppend(count)
        let before = characters
        characters.update(UnsafeRawBufferPointer(rebasing: batch.bytes[start...]))
        if characters.invalidCount != before.invalidCount || characters.nulCount != before.nulCount { batch.isSuspicious = true }
        index(&batch, from: start)
        return count
    }

    /// The stream ends: the batch drops its rows and then holds the last one, if it did not end in a line end.
    public mutating func finish(_ batch: inout RowBatch) {
        batch.removeRows()
        _ = batch.freeSpace(0)
        characters.finish()
        if characters.invalidCount > 0 || characters.nulCount > 0 { batch.isSuspicious = true }
        let end = batch.byteCount
        switch state {
        case .fieldStart, .unquoted, .literal, .quoteInQuoted: break
        case .unquotedCarriage, .literalCarriage: noteCarriageReturn(at: end - 1, in: batch)
        case .closedCarriage: noteTextAfterQuote(at: end - 1, in: &batch)
        case .quoted:
            batch.note(
                Anomaly(
                    kind: .unclosedQuote, byteOffset: openingQuoteOffset, line: openingQuoteLine, field: batch.endCount,
                    count: swallowedLineEnds))
        }
        if end > 0 { endField(&batch, at: end, endsRow: true) }
        state = .fieldStart
    }

    // MARK: The machine

    /// Walks the new bytes. The inner loops run over plain text; a byte of a class other than 0 is looked at in `step`.
    private mutating func index(_ batch: inout RowBatch, from start: Int) {
        let end = batch.byteCount
        var position = start
        while position < end {
            switch state {
            case .fieldStart:
                position = indexPlainFields(&batch, from: position, to: end)
            case .unquoted, .literal:
                while position < end, classes[Int(batch[position])] == 0 { position &+= 1 }
            case .quoted:
                position = skipQuoted(batch, from: position, to: end)
            case .unquotedCarriage, .quoteInQuoted, .closedCarriage, .literalCarriage:
                break
            }
            guard position < end else { break }
            if step(&batch, at: position) { position &+= 1 }
        }
    }

    /// The common case without the machine: fields without quotes and without lone CRs. Stops in front of the first byte of another
    /// kind, in the state that belongs to it.
    private mutating func indexPlainFields(_ batch: inout RowBatch, from start: Int, to end: Int) -> Int {
        let (classes, quote, bytes) = (classes, dialect.quote, batch.bytes.baseAddress!)
        var position = start
        while position < end, bytes.load(fromByteOffset: position, as: UInt8.self) != quote {
            var byteClass: Class = 0
            repeat {
                byteClass = classes[Int(bytes.load(fromByteOffset: position, as: UInt8.self))]
                position &+= 1
            } while byteClass == 0 && position < end
            if byteClass == Self.delimiter {
                batch.appendEnd(at: position &- 1)
            } else if byteClass == Self.lineFeed {
                batch.appendEnd(at: position &- 1)
                batch.appendRowEnd()
                lfCount &+= 1
            } else if byteClass == Self.carriageReturn, position < end, bytes.load(fromByteOffset: position, as: UInt8.self) == .lineFeed {
                batch.appendEnd(at: position)
                batch.appendRowEnd()
                crlfCount &+= 1
                position &+= 1
            } else {
                state = .unquoted
                return byteClass == 0 ? position : position &- 1
            }
        }
        return position
    }

    /// To the next quote, counting line ends.
    private mutating func skipQuoted(_ batch: borrowing RowBatch, from start: Int, to end: Int) -> Int {
        let quote = dialect.quote
        var position = start
        while position < end {
            let byte = batch[position]
            if byte == quote { break }
            if byte == .lineFeed { swallowedLineEnds &+= 1 }
            position &+= 1
        }
        return position
    }

    /// One transition. Returns whether the byte was consumed; if not, it is looked at again in the new state.
    private mutating func step(_ batch: inout RowBatch, at position: Int) -> Bool {
        let byteClass = classes[Int(batch[position])]
        switch state {
        case .fieldStart:
            guard byteClass == Self.quote else {
                state = .unquoted
                return false
            }
            openingQuoteOffset = batch.streamOffset(ofPosition: position)
            openingQuoteLine = line
            swallowedLineEnds = 0
            state = .quoted
        case .quoted:
            state = .quoteInQuoted
        case .unquoted where byteClass == Self.quote:
            note(.strayQuote, at: position, in: &batch)
            state = .literal
        case .literal where byteClass == Self.quote:
            break
        case .unquoted where byteClass == Self.carriageReturn:
            state = .unquotedCarriage
        case .literal where byteClass == Self.carriageReturn:
            state = .literalCarriage
        case .unquoted, .literal:
            endField(&batch, at: position, endsRow: byteClass == Self.lineFeed)
        case .unquotedCarriage, .literalCarriage:
            guard byteClass == Self.lineFeed else {
                noteCarriageReturn(at: position - 1, in: batch)
                state = state == .literalCarriage ? .literal : .unquoted
                return false
            }
            endRowWithCarriage(&batch, at: position)
        case .closedCarriage:
            guard byteClass == Self.lineFeed else {
                noteTextAfterQuote(at: position - 1, in: &batch)
                return false
            }
            endRowWithCarriage(&batch, at: position)
        case .quoteInQuoted:
            return stepBehindQuote(&batch, at: position, byteClass: byteClass)
        }
        return true
    }

    private mutating func stepBehindQuote(_ batch: inout RowBatch, at position: Int, byteClass: Class) -> Bool {
        switch byteClass {
        case Self.quote: state = .quoted
        case Self.carriageReturn: state = .closedCarriage
        case Self.delimiter, Self.lineFeed: endField(&batch, at: position, endsRow: byteClass == Self.lineFeed)
        default:
            note(.textAfterClosingQuote, at: position, in: &batch)
            state = .literal
            return false
        }
        return true
    }

    /// Physical line of the next byte, as long as it is not inside quotes or the quotes were just opened or closed.
    private var line: Int { 1 + lfCount + crlfCount + quotedLineFeeds + swallowedLineEnds }

    private func note(_ kind: Anomaly.Kind, at position: Int, in batch: inout RowBatch) {
        let offset = batch.streamOffset(ofPosition: position)
        batch.note(Anomaly(kind: kind, byteOffset: offset, line: line, field: batch.endCount, count: 1))
    }

    private mutating func endField(_ batch: inout RowBatch, at position: Int, endsRow: Bool) {
        if fieldCarriageReturns > 0 {
            batch.note(
                Anomaly(
                    kind: .loneCarriageReturn, byteOffset: firstCarriageReturn.offset, line: firstCarriageReturn.line,
                    field: batch.endCount, count: fieldCarriageReturns))
            fieldCarriageReturns = 0
        }
        quotedLineFeeds += swallowedLineEnds
        swallowedLineEnds = 0
        batch.appendEnd(at: position)
        if endsRow {
            batch.appendRowEnd()
            if position < batch.byteCount { lfCount += 1 }
        }
        state = .fieldStart
    }

    private mutating func endRowWithCarriage(_ batch: inout RowBatch, at position: Int) {
        endField(&batch, at: position, endsRow: true)
        lfCount -= 1
        crlfCount += 1
    }

    private mutating func noteCarriageReturn(at position: Int, in batch: borrowing RowBatch) {
        if fieldCarriageReturns == 0 { firstCarriageReturn = (batch.streamOffset(ofPosition: position), line) }
        fieldCarriageReturns += 1
        loneCarriageReturnCount += 1
    }

    /// The CR at `position` stands behind a closing quote and in front of no LF: text where none may be, and a lone CR.
    private mutating func noteTextAfterQuote(at position: Int, in batch: inout RowBatch) {
        note(.textAfterClosingQuote, at: position, in: &batch)
        noteCarriageReturn(at: position, in: batch)
        state = .literal
    }
}
