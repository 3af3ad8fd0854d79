import CSVScan

/// Finds rows of a file by number, line, byte or value, and shows them with what stands around.
public struct Locator {
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

    /// A row beside a found one.
    public struct Neighbour: Sendable, Equatable {
        public var line: Int
        public var text: VisibleText
    }

    /// A row that was looked for.
    public struct Hit: Sendable, Equatable {
        /// `nil` for a blank line, which counts as no row.
        public var row: Int?
        /// Of the row's first byte, and of what was looked for in it.
        public var line: Int
        public var byteOffset: Int
        public var text: VisibleText
        /// The field that was looked for; `nil` where a whole row was.
        public var field: (column: ColumnReference, value: VisibleText)?
        /// The bytes from what was looked for on, in hexadecimal, as UTF-8.
        public var hex: String
        public var before: [Neighbour]
        public var after: [Neighbour]

        public static func == (left: Hit, right: Hit) -> Bool {
            (left.row, left.line, left.byteOffset, left.text, left.hex) == (right.row, right.line, right.byteOffset, right.text, right.hex)
                && left.field?.column == right.field?.column && left.field?.value == right.field?.value
                && left.before == right.before && left.after == right.after
        }
    }

    /// What was found.
    public struct Answer: Sendable, Equatable {
        public var hits: [Hit]
        /// Hits beyond ``hits``; of a value only.
        public var moreCount: Int
        /// Rows of the file as far as it was read, and whether that is all of it.
        public var rowCount: Int
        public var damage: GzipDamage?
    }

    private let target: Target
    private let context: Int
    private let most: Int
    private let index: IndexStage
    private var names: [String] = []
    private var hasHeader: Bool
    private var width: Int?
    private var answer = Answer(hits: [], moreCount: 0, rowCount: 0)
    private var recent: [Neighbour] = []
    /// Hits that still want rows behind them.
    private var isOpen = false

    /// Characters of a row that are shown.
    private static let rowCharacters = 160
    private static let hexBytes = 16

    private init(_ target: Target, options: CheckOptions, context: Int, most: Int) {
        self.target = target
        self.context = context
        self.most = most
        index = IndexStage(options: options, limits: RowBatch.Limits(), digest: nil)
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
    }

    /// Reads a file as far as the target needs it.
    ///
    /// - Parameters:
    ///   - context: rows shown in front of a hit and behind it.
    ///   - most: hits shown; of a value all are counted.
    /// - Throws: if the file cannot be read. Damage of a gzip stream is part of the answer.
    public static func find(
        _ target: Target, in file: InputFile, options: CheckOptions, context: Int, most: Int
    ) throws(SourceError) -> Answer {
        var locator = Locator(target, options: options, context: context, most: most)
        var source = try ContentSource(try file.firstPass())
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(options.chunkByteCount, options.headByteCount), alignment: 16)
        defer { buffer.deallocate() }
        do throws(SourceError) {
            try locator.read(&source, buffer: buffer, chunkByteCount: options.chunkByteCount)
        } catch {
            guard case .gzip(let damage) = error else { throw error }
            locator.answer.damage = damage
        }
        return locator.answer
    }

    private mutating func read(
        _ source: inout ContentSource<FileSource>, buffer: UnsafeMutableRawBufferPointer, chunkByteCount: Int
    ) throws(SourceError) {
        var count = 0
        while count < index.wantedHeadByteCount {
            let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count..<index.wantedHeadByteCount]))
            if read == 0 { break }
            count += read
        }
        let head = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        index.take(head)
        let start = index.begin(head)
        guard index.isReadable else { return }
        var batch = RowBatch()
        var rest = head.dropFirst(start)
        while !rest.isEmpty, !isDone {
            let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(chunkByteCount))
            rest = rest.dropFirst(chunk.count)
            let space = batch.prepare(byteCount: chunk.count)
            space.copyMemory(from: chunk)
            _ = index.index(&batch, space)
            look(&batch)
        }
        while !isDone {
            let space = batch.prepare(byteCount: chunkByteCount)
            let read = try source.read(into: space)
            if read == 0 { break }
            let bytes = UnsafeMutableRawBufferPointer(rebasing: space[..<read])
            index.take(UnsafeRawBufferPointer(bytes))
            _ = index.index(&batch, bytes)
            look(&batch)
        }
        if !isDone {
            _ = index.finish(&batch)
            look(&batch)
        }
    }

    /// Whether nothing more can be found: a value may stand in every row.
    private var isDone: Bool {
        if case .value = target { return false }
        return !answer.hits.isEmpty && !isOpen
    }

    private mutating func look(_ batch: inout RowBatch) {
        guard batch.rowCount > 0 else { return }
        batch.makeIndex()
        let decoder = FieldDecoder(quote: index.tokenizer.dialect.quote)
        var lines = LineCursor()
        for row in 0..<batch.rowCount where !isDone {
            let fields = batch.fields(ofRow: row)
            let range = batch.range(ofField: fields.lowerBound).lowerBound..<batch.range(ofField: fields.upperBound - 1).upperBound
            let isBlank = range.isEmpty && fields.count == 1
            if !isBlank { countRow(batch, row: row, decoder: decoder) }
            let line = lines.line(of: range.lowerBound, in: batch)
            let own = Neighbour(
                line: line, text: VisibleText(utf8: UnsafeRawBufferPointer(rebasing: batch.bytes[range]), limit: Self.rowCharacters))
            giveNeighbour(own)
            let number = isBlank ? nil : answer.rowCount
            for found in matches(batch, row: row, range: range, number: number, line: line, decoder: decoder) {
                guard answer.hits.count < most else {
                    answer.moreCount += 1
                    continue
                }
                answer.hits.append(hit(found, batch, row: row, number: number, own: own, decoder: decoder))
                isOpen = context > 0
            }
            recent.append(own)
            if recent.count > context { recent.removeFirst() }
        }
    }

    private mutating func countRow(_ batch: borrowing RowBatch, row: Int, decoder: FieldDecoder) {
        guard width == nil else {
            answer.rowCount += 1
            return
        }
        let fields = batch.fields(ofRow: row)
        width = fields.count
        if hasHeader {
            for field in fields.prefix(batch.steadyFieldCount(ofRow: row)) {
                names.append(decoder.withText(of: field, in: batch) { VisibleText(utf8: $0).text })
            }
        } else {
            answer.rowCount = 1
        }
    }

    /// The rows behind a hit.
    private mutating func giveNeighbour(_ neighbour: Neighbour) {
        guard isOpen else { return }
        isOpen = false
        for hit in answer.hits.indices where answer.hits[hit].after.count < context {
            answer.hits[hit].after.append(neighbour)
            if answer.hits[hit].after.count < context { isOpen = true }
        }
    }

    /// - Returns: a place in the batch for each thing that was looked for, with the field it belongs to.
    private func matches(
        _ batch: borrowing RowBatch, row: Int, range: Range<Int>, number: Int?, line: Int, decoder: FieldDecoder
    ) -> [(position: Int, field: Int?)] {
        switch target {
        case .row(let wanted): return number == wanted ? [(range.lowerBound, nil)] : []
        case .line(let wanted):
            // With its line end, so that each line belongs to one row.
            let last = line + batch.newlines(before: range.upperBound) - batch.newlines(before: range.lowerBound)
            guard line <= wanted, wanted <= last else { return [] }
            var position = range.lowerBound
            for _ in line..<wanted {
                guard let lineFeed = batch.bytes[position..<range.upperBound].firstIndex(of: UInt8(ascii: "\n")) else { break }
                position = lineFeed + 1
            }
            return [(position, nil)]
        case .byte(let wanted):
            let start = batch.streamOffset(ofPosition: range.lowerBound)
            guard start <= wanted, wanted <= batch.streamOffset(ofPosition: range.upperBound) + 1 else { return [] }
            let position = batch.position(ofStreamOffset: wanted) ?? range.lowerBound
            // A line end belongs to the row in front of it.
            if row + 1 < batch.rowCount, position >= batch.range(ofField: batch.fields(ofRow: row + 1).lowerBound).lowerBound { return [] }
            return [(position, batch.fields(ofRow: row).last { batch.range(ofField: $0).lowerBound <= position })]
        case .value(let wanted):
            var found: [(Int, Int?)] = []
            for field in batch.fields(ofRow: row).prefix(batch.steadyFieldCount(ofRow: row)) {
                let range = batch.range(ofField: field)
                // Quotes only make a field longer.
                guard range.count >= wanted.count else { continue }
                if decoder.withText(of: field, in: batch, { $0.elementsEqual(wanted) }) { found.append((range.lowerBound, field)) }
            }
            return found
        }
    }

    private func hit(
        _ found: (position: Int, field: Int?), _ batch: borrowing RowBatch, row: Int, number: Int?, own: Neighbour, decoder: FieldDecoder
    ) -> Hit {
        let end = min(found.position + Self.hexBytes, batch.bytes.count)
        let digits = Array("0123456789abcdef".utf8)
        let hex = batch.bytes[found.position..<end].map { byte in
            String(decoding: [digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
        }
        var field: (ColumnReference, VisibleText)?
        if let place = found.field {
            let column = batch.column(ofField: place, inRow: row)
            field = (
                ColumnReference(index: column, name: column <= names.count ? names[column - 1] : ""),
                decoder.withText(of: place, in: batch) { VisibleText(utf8: $0) }
            )
        }
        return Hit(
            row: number, line: own.line, byteOffset: batch.streamOffset(ofPosition: found.position), text: own.text, field: field,
            hex: hex.joined(separator: " "), before: recent, after: [])
    }
}
