package import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Finds rows of a file by number, line, byte or text, and shows them with what is around them.
///
/// Whole batches are passed over by their counts of rows and lines. Only a batch that has something that is looked for gets an index of its
/// fields.
package final class Locator {
    /// One thing to look for.
    package enum Target: Sendable, Equatable {
        /// Record number: data rows from 1, the header is 0.
        case row(Int)
        /// Physical line, from 1: the row that the line belongs to.
        case line(Int)
        /// Offset in the decompressed file, from 0.
        case byte(Int)
        /// A field's whole text, decoded, byte by byte.
        case value([UInt8])
    }

    /// A row as it is remembered: enough of its bytes to be shown.
    struct Row {
        var line: Int
        /// The beginning.
        private var bytes: [UInt8]
        private var byteCount: Int

        init(line: Int, _ bytes: Span<UInt8>) {
            self.line = line
            self.bytes = Array(bytes.prefix(4 * Locator.rowCharacters + 4))
            byteCount = bytes.count
        }

        var text: VisibleText {
            VisibleText(utf8: bytes.span, totalByteCount: byteCount, limit: Locator.rowCharacters)
        }

        var neighbour: Neighbour { Neighbour(line: line, text: text) }
    }

    let context: Int
    let most: Int
    let options: CheckOptions
    let reader: RowReader
    let query: LocateQuery
    let hasHeader: Bool
    var rows: PlaceRanges
    var lines: PlaceRanges
    var bytes: PlaceRanges
    /// Made when the quote is known.
    var searches: [TextSearch] = []
    /// Of the header; known once the first row was read.
    var names: [ColumnName]?
    /// Indexes of the wanted columns; `nil` for all.
    var columns: [Int]?
    /// Another one where the quote turns out to be another.
    var decoder: FieldDecoder
    var answer = Answer()
    /// The last rows that were read, as many as are shown before a found one.
    var recent: [Row] = []
    /// Found rows from this one on still want rows after them.
    var firstOpenHit = 0
    /// Whether as many rows as allowed were found by their places, and whether there was another.
    var isFull = false
    var isOverfull = false
    private var isAtEnd = false
    /// The line that is read next, and whether no row is open there.
    private var position = (line: 1, isBetweenRows: true)

    /// Characters of a row that are shown.
    static let rowCharacters = 160
    static let hexBytes = 16

    private init(_ query: LocateQuery, options: CheckOptions, context: Int, most: Int) {
        self.query = query
        self.context = context
        self.most = most
        self.options = options
        reader = RowReader(options: options)
        decoder = FieldDecoder(quote: UInt8(ascii: "\""))
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
        rows = PlaceRanges(query.rows)
        lines = PlaceRanges(query.lines)
        bytes = PlaceRanges(query.bytes)
    }

    /// Reads a file as far as one target needs it: see ``find(_:in:options:context:most:isSecondPass:)``.
    package static func find(
        _ target: Target, in file: InputFile, options: CheckOptions, context: Int, most: Int
    ) throws(SourceError) -> Answer {
        try find(LocateQuery(target), in: file, options: options, context: context, most: most)
    }

    /// Reads a file as far as the query needs it: for places until the last of them and the rows after it, for texts to its end.
    ///
    /// - Parameters:
    ///   - query: What to find.
    ///   - file: The file to search.
    ///   - options: How to read it.
    ///   - context: rows shown before a found one and after it.
    ///   - most: rows shown; of those that have a text all are counted.
    ///   - isSecondPass: whether the file was read to its end before.
    /// - Throws: if the file cannot be read. Damage of a gzip stream is part of the answer.
    package static func find(
        _ query: LocateQuery, in file: InputFile, options: CheckOptions, context: Int, most: Int, isSecondPass: Bool = false
    ) throws(SourceError) -> Answer {
        let locator = Locator(query, options: options, context: context, most: most)
        let chunks = try ChunkReader(isSecondPass ? try file.secondPass() : try file.firstPass())
        let wanted = locator.reader.headByteCount(isCompressed: chunks.isCompressed)
        let head = try chunks.peek(byteCount: wanted, readByteCount: options.chunkByteCount)
        locator.begin(head.span)
        if locator.reader.isReadable, !locator.isDone {
            Pipeline(chunks, rows: locator.reader, consumer: locator).run(threadCount: 1, chunkByteCount: options.chunkByteCount)
            if let failure = chunks.failure { throw failure }
            if !locator.isDone { locator.answer.damage = locator.reader.damage }
        }
        locator.finish()
        return locator.answer
    }

    /// Whether nothing more can be found: a text may be in every row.
    fileprivate var isDone: Bool {
        if answer.refusal != nil { return true }
        guard searches.isEmpty, context == 0 || firstOpenHit == answer.hits.count else { return false }
        if isFull { return true }
        return !wantsOpenRow
    }

    /// Whether a place is looked for that is not before the row that is open.
    private var wantsOpenRow: Bool {
        rows.wants(from: nextRow) || lines.wants(from: reader.tokenizer.openRowLine)
            || bytes.wants(from: reader.tokenizer.openRow.lowerBound)
    }

    /// Whether the row that is open is long, and all that is looked for is in it or was there before: a row need not end at all.
    fileprivate var knowsEnoughOfOpenRow: Bool {
        let open = reader.tokenizer.openRow
        guard searches.isEmpty, open.count > reader.rowByteLimit else { return false }
        if isFull { return true }
        return !rows.wants(from: nextRow + 1) && !lines.wants(from: reader.tokenizer.currentLine + 1) && !bytes.wants(from: open.upperBound)
    }

    /// Record number of the row that comes next.
    private var nextRow: Int { names == nil && hasHeader ? 0 : answer.rowCount + 1 }

    private func finish() {
        answer.byteCount = reader.byteCount
        if isFull, isOverfull || !isAtEnd && wantsOpenRow {
            answer.isLimited = true
            return
        }
        answer.missing = rows.missing.map(Missing.rows) + lines.missing.map(Missing.lines) + bytes.missing.map(Missing.bytes)
    }
}

extension Locator: BatchConsumer {
    func take(_ batch: inout RowBatch, worker: NoWorker) -> Bool {
        if reader.isAtEnd {
            lookAtLastRow(&batch)
            isAtEnd = true
            return false
        }
        look(&batch)
        notePosition()
        if !isDone, knowsEnoughOfOpenRow {
            // No more of it is shown.
            let countBefore = answer.hits.count
            _ = reader.finish(&batch)
            lookAtLastRow(&batch)
            for hit in countBefore..<max(countBefore, answer.hits.count) { answer.hits[hit].isCut = true }
            return false
        }
        return !isDone
    }

    private func lookAtLastRow(_ batch: inout RowBatch) {
        let isAtLineEnd = position.isBetweenRows || batch.bytes.last == UInt8(ascii: "\n")
        answer.lineCount = position.line - (isAtLineEnd ? 1 : 0)
        look(&batch, isLast: true)
    }

    /// Remembers where reading is, before the row that is open there is cut.
    func notePosition() {
        position = (reader.tokenizer.currentLine, reader.tokenizer.openRow.isEmpty)
    }
}
