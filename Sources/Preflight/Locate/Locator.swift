public import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Finds rows of a file by number, line, byte or text, and shows them with what is around them.
///
/// Whole batches are passed over by their counts of rows and lines. Only a batch that has something that is looked for gets an index of its
/// fields.
public struct Locator {
    /// One thing to look for.
    public enum Target: Sendable, Equatable {
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

        init(line: Int, _ bytes: UnsafeRawBufferPointer) {
            self.line = line
            self.bytes = Array(bytes.prefix(4 * Locator.rowCharacters + 4))
            byteCount = bytes.count
        }

        var text: VisibleText {
            bytes.withUnsafeBytes { VisibleText(utf8: $0, totalByteCount: byteCount, limit: Locator.rowCharacters) }
        }

        var neighbour: Neighbour { Neighbour(line: line, text: text) }
    }

    let context: Int
    let most: Int
    let options: CheckOptions
    let index: IndexStage
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
    /// Bytes before the first row.
    var beginningLength = 0
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

    /// Characters of a row that are shown.
    static let rowCharacters = 160
    static let hexBytes = 16

    private init(_ query: LocateQuery, options: CheckOptions, context: Int, most: Int, limits: RowBatch.Limits) {
        self.query = query
        self.context = context
        self.most = most
        self.options = options
        index = IndexStage(options: options, limits: limits, digest: nil)
        decoder = FieldDecoder(quote: UInt8(ascii: "\""))
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
        rows = PlaceRanges(query.rows)
        lines = PlaceRanges(query.lines)
        bytes = PlaceRanges(query.bytes)
    }

    /// Reads a file as far as one target needs it: see ``find(_:in:options:context:most:isSecondPass:)``.
    public static func find(
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
    public static func find(
        _ query: LocateQuery, in file: InputFile, options: CheckOptions, context: Int, most: Int, isSecondPass: Bool = false
    ) throws(SourceError) -> Answer {
        try find(
            query, in: isSecondPass ? try file.secondPass() : try file.firstPass(), options: options, context: context, most: most,
            limits: RowBatch.Limits())
    }

    /// - Parameter limits: of the rows that are kept whole; tests lower them.
    static func find(
        _ query: LocateQuery, in source: FileSource, options: CheckOptions, context: Int, most: Int, limits: RowBatch.Limits
    ) throws(SourceError) -> Answer {
        var locator = Locator(query, options: options, context: context, most: most, limits: limits)
        var source = try ContentSource(source)
        do throws(SourceError) {
            try locator.read(&source)
        } catch {
            guard case .gzip(let damage) = error else { throw error }
            locator.answer.damage = damage
        }
        locator.finish()
        return locator.answer
    }

    private mutating func read(_ source: inout ContentSource<FileSource>) throws(SourceError) {
        let (isCompressed, index) = (source.compression == .gzip, self.index)
        func next(_ space: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
            let count = try source.read(into: space)
            let allowed = isCompressed ? index.allowed(count) : count
            index.take(UnsafeRawBufferPointer(rebasing: space[..<allowed]))
            if allowed < count { throw .gzip(.tooLong(after: index.byteCount)) }
            return count
        }
        let head = UnsafeMutableRawBufferPointer.allocate(byteCount: index.wantedHeadByteCount, alignment: 16)
        defer { head.deallocate() }
        var headCount = 0
        // What was read before damage is looked at first.
        var damage: SourceError?
        while headCount < head.count, damage == nil {
            do throws(SourceError) {
                let count = try next(UnsafeMutableRawBufferPointer(rebasing: head[headCount...]))
                if count == 0 { break }
                headCount += count
            } catch {
                guard case .gzip = error else { throw error }
                damage = error
            }
        }
        begin(UnsafeRawBufferPointer(rebasing: head[..<headCount]))
        guard index.isReadable else { return }
        var batch = RowBatch()
        var rest = UnsafeRawBufferPointer(rebasing: head[..<headCount]).dropFirst(beginningLength)
        while !isDone {
            let isHeld = !rest.isEmpty
            let space = batch.prepare(byteCount: isHeld ? min(rest.count, options.chunkByteCount) : options.chunkByteCount)
            var count = space.count
            if isHeld {
                space.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
                rest = rest.dropFirst(count)
            } else {
                if let damage { throw damage }
                count = try next(space)
                if count == 0 { break }
            }
            _ = index.index(&batch, UnsafeMutableRawBufferPointer(rebasing: space[..<count]))
            look(&batch)
            if !isDone, knowsEnoughOfOpenRow { return finish(&batch, isCut: true) }
        }
        if !isDone { finish(&batch, isCut: false) }
    }

    /// The stream ends, or so much of its open row was read that no more of it is shown.
    private mutating func finish(_ batch: inout RowBatch, isCut: Bool) {
        let countBefore = answer.hits.count
        let (line, isBetweenRows) = (index.tokenizer.currentLine, index.tokenizer.openRow.isEmpty)
        _ = index.finish(&batch)
        answer.lineCount = line - (isBetweenRows || batch.bytes.last == UInt8(ascii: "\n") ? 1 : 0)
        look(&batch, isLast: true)
        isAtEnd = !isCut
        guard isCut else { return }
        for hit in countBefore..<max(countBefore, answer.hits.count) { answer.hits[hit].isCut = true }
    }

    /// Whether nothing more can be found: a text may be in every row.
    private var isDone: Bool {
        if answer.refusal != nil { return true }
        guard searches.isEmpty, context == 0 || firstOpenHit == answer.hits.count else { return false }
        if isFull { return true }
        return !wantsOpenRow
    }

    /// Whether a place is looked for that is not before the row that is open.
    private var wantsOpenRow: Bool {
        rows.wants(from: nextRow) || lines.wants(from: index.tokenizer.openRowLine)
            || bytes.wants(from: index.tokenizer.openRow.lowerBound)
    }

    /// Whether the row that is open is long, and all that is looked for is in it or was there before: a row need not end at all.
    private var knowsEnoughOfOpenRow: Bool {
        let open = index.tokenizer.openRow
        guard searches.isEmpty, open.count > index.rowByteLimit else { return false }
        if isFull { return true }
        return !rows.wants(from: nextRow + 1) && !lines.wants(from: index.tokenizer.currentLine + 1) && !bytes.wants(from: open.upperBound)
    }

    /// Record number of the row that comes next.
    private var nextRow: Int { names == nil && hasHeader ? 0 : answer.rowCount + 1 }

    private mutating func finish() {
        answer.byteCount = index.byteCount
        if isFull, isOverfull || !isAtEnd && wantsOpenRow {
            answer.isLimited = true
            return
        }
        answer.missing = rows.missing.map(Missing.rows) + lines.missing.map(Missing.lines) + bytes.missing.map(Missing.bytes)
    }
}
