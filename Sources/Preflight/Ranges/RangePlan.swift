package import ByteSources
import CSVTokenizer
import ImportProfiles
package import SafeText

/// How a file is cut into ranges, and what is known of its beginning: all that whoever judges one of the ranges has to know of the rest of the file.
///
/// Cuts are anywhere. Where the rows of a range begin is found from the bytes after its cut: see ``RowSynchronizer``. A gzip file is cut where members
/// of BGZF begin; any other is one range. Cuts, and all offsets of rows, are those of the content.
package struct RangePlan {
    /// Bytes of the content; of a gzip file that is not cut, those that are stored.
    package private(set) var byteCount = 0
    /// Bytes of the file as it is stored.
    package private(set) var storedByteCount = 0
    package private(set) var compression = Compression.none
    /// Where the members of a BGZF file begin that the cuts are at, by range; empty for other files.
    private var places: [GzipPlace] = []
    /// Where ranges begin, ascending; the first is 0.
    package private(set) var cuts: [Int] = [0]
    /// The bytes of the file up to the end of the header, or without one of the first row; all of them in a file without rows.
    private var beginning: [UInt8] = []
    private var head = FileHead.blank
    /// Whether there is a row. Without one, the file is one range.
    package private(set) var hasRows = false
    private var isAtHand = false
    private var hash = KeyHash()

    private init() {}

    /// Why a file cannot be cut.
    package enum Refusal: Error {
        case source(SourceError)
        /// A sentence.
        case reason(String)
    }

    /// The most bytes of the beginning that a plan has.
    private static let longestBeginning = 4 << 20

    /// Reads the beginning of a file.
    ///
    /// - Parameters:
    ///   - rangeByteCount: The length of ranges; those of UTF-16 have whole code units.
    ///   - options: as ranges will be judged.
    package init(_ file: InputFile, rangeByteCount: Int, options: CheckOptions) throws(Refusal) {
        guard file.isSeekable, let size = file.size() else {
            throw .reason("\(file.displayPath) is not a regular file: its length is not known, so it cannot be cut into ranges")
        }
        (byteCount, storedByteCount) = (size, size)
        let reader = try Self.reading { () throws(SourceError) in try ChunkReader(try file.firstPass()) }
        compression = reader.compression
        let rows = RowReader(options: options)
        let wanted = rows.headByteCount(isCompressed: reader.isCompressed)
        let first = try Self.reading { () throws(SourceError) in
            Array(try reader.peek(byteCount: wanted, readByteCount: options.chunkByteCount))
        }
        // As a check decides it.
        isAtHand = first.count < options.headByteCount
        rows.begin(first.span)
        guard let found = rows.fileHead else { return }
        head = found
        guard rows.isReadable else { return }
        let consumer = FirstRow()
        Pipeline(reader, rows: rows, consumer: consumer).run(threadCount: 1, chunkByteCount: options.chunkByteCount)
        if let failure = reader.failure { throw .source(failure) }
        guard consumer.isFound else { return }
        hasRows = true
        let end = consumer.end ?? (rows.isAtEnd ? size : rows.tokenizer.openRow.lowerBound)
        guard end <= Self.longestBeginning else {
            throw .reason("\(file.displayPath): its first row ends after \(ByteCount(end)), more than a plan can hold. Check it as a whole")
        }
        beginning = try Self.reading { () throws(SourceError) in try Self.bytes(of: file, upTo: end) }
        guard reader.isCompressed else {
            cut(every: rangeByteCount)
            return
        }
        let index = try Self.reading { () throws(SourceError) in
            try BGZFIndex(file, every: rangeByteCount, unit: width.byteCount)
        }
        guard let index else { return }
        // It is read only so far: no range knows how much the others have.
        if let most = options.maxContentBytes, index.contentByteCount > most { return }
        byteCount = index.contentByteCount
        places = index.places
        cuts = places.map(\.decompressedOffset)
    }

    /// Whether the file is judged as a whole: one without rows, or a gzip file that is not cut.
    var isOneRange: Bool { !hasRows || compression == .gzip && places.isEmpty }

    /// Whether the digest of a range is that of the file as it is stored, and not of its content.
    package var hasStoredDigest: Bool { isOneRange }

    private static func reading<Result>(_ body: () throws(SourceError) -> Result) throws(Refusal) -> Result {
        do throws(SourceError) { return try body() } catch { throw .source(error) }
    }

    private static func bytes(of file: InputFile, upTo end: Int) throws(SourceError) -> [UInt8] {
        let reader = RangeReader(try ContentSource(file.part(from: 0)), from: 0, byteCount: end)
        try reader.lookAhead(byteCount: end)
        return Array(reader.ahead.prefix(end))
    }

    private mutating func cut(every length: Int) {
        cuts = [0]
        guard hasRows else { return }
        let unit = width.byteCount
        let step = max(unit, length / unit * unit)
        var next = step
        // A short rest belongs to the range before it: to begin a range takes longer than to check the rest.
        while next + step / 8 < byteCount {
            cuts.append(next)
            next += step
        }
    }

    /// Reads the content of a range, and what follows.
    ///
    /// - Parameters:
    ///   - file: The planned file, or a stream that begins where the range does: at its cut, or at the wanted byte where that is later and the file is
    ///     not compressed.
    ///   - position: The first byte that is wanted.
    ///   - digest: takes what is delivered.
    func reader(_ file: InputFile, range: Int, from position: Int, digest: (any StreamDigest)?) -> RangeReader {
        guard !places.isEmpty else {
            return RangeReader(file.part(from: position), from: position, byteCount: byteCount, digest: digest)
        }
        let number = file.isSeekable ? cuts.lastIndex { $0 <= position } ?? 0 : range
        let place = places[number]
        let source = GzipSource(file.part(from: place.compressedOffset), at: place)
        return RangeReader(source, from: place.decompressedOffset, byteCount: byteCount, digest: digest)
    }

    /// The bytes of the file between the cuts of a range, as they are stored.
    package func storedBytes(of range: Int) -> Range<Int> {
        guard !places.isEmpty else { return compression == .gzip ? 0..<storedByteCount : bytes(of: range) }
        return places[range].compressedOffset..<(range + 1 < count ? places[range + 1].compressedOffset : storedByteCount)
    }

    /// The plan with other cuts.
    package func cut(at cuts: [Int]) -> RangePlan {
        var plan = self
        plan.cuts = Set([0] + cuts.filter { $0 < byteCount }.map { $0 / width.byteCount * width.byteCount }).sorted()
        return plan
    }

    /// Bytes after the end of a range that whoever judges it should be given, if the file itself is not there: enough to find the end of its last row,
    /// unless that row is longer.
    package static let overlapByteCount = RowSynchronizer.patience + (64 << 10)

    /// Whether a file is as long as the planned one, and begins as it does.
    package func isOf(_ file: InputFile) -> Bool {
        guard file.size() == storedByteCount else { return false }
        return (try? Self.bytes(of: file, upTo: dataOffset)) == beginning
    }

    /// How many ranges there are.
    package var count: Int { cuts.count }

    /// The bytes between the cuts of a range.
    package func bytes(of range: Int) -> Range<Int> { cuts[range]..<(range + 1 < count ? cuts[range + 1] : byteCount) }

    /// Where the rows after the header begin.
    var dataOffset: Int { beginning.count }

    var width: RowSynchronizer.Width {
        switch head.encoding {
        case .utf16, .utf16LittleEndian: .two(isBigEndian: false)
        case .utf16BigEndian: .two(isBigEndian: true)
        default: .byte
        }
    }

    func synchronizer(_ options: CheckOptions) -> RowSynchronizer {
        RowSynchronizer(head.dialect, endsLinesWithCR: head.endsLinesWithCR, width: width, patience: options.rowLimits.rowBytes)
    }

    /// What the rows of all ranges are judged against; `nil` in a file without rows.
    func start(_ options: CheckOptions) -> RangeStart? {
        hasRows ? RangeStart(head, beginning: beginning, isAtHand: isAtHand, hash: hash, options: options) : nil
    }

    /// What the beginning shows, for people.
    package var dialect: (encoding: String, delimiter: UInt8, quote: UInt8) {
        (head.encoding.rawValue, head.dialect.delimiter, head.dialect.quote)
    }

    var fileHead: FileHead { head }
}

extension RangePlan: CodedState {
    /// Of nothing: to be read.
    package static var blank: RangePlan { RangePlan() }

    package mutating func code(_ coder: inout StateCoder) {
        coder.begin("plan")
        coder(&byteCount)
        coder(&storedByteCount)
        var isCompressed = compression == .gzip
        coder(&isCompressed)
        compression = isCompressed ? .gzip : .none
        coder.list(&places, blank: GzipPlace()) { coder, place in
            coder(&place.member)
            coder(&place.compressedOffset)
            coder(&place.decompressedOffset)
        }
        coder(&cuts)
        coder(&hasRows)
        coder(&isAtHand)
        coder(&hash)
        coder(&beginning)
        coder.end()
        coder.begin("beginning of the file")
        coder(&head)
        coder.end()
        if !places.isEmpty, places.map(\.decompressedOffset) != cuts { coder.fail() }
        if cuts.first != 0 || zip(cuts, cuts.dropFirst()).contains(where: { $0 >= $1 }) {
            coder.fail()
            cuts = [0]
        }
    }
}

/// Waits for the first row that is not blank.
private final class FirstRow: BatchConsumer {
    typealias Worker = NoWorker

    private(set) var isFound = false
    /// Where the next row begins, if it is in the same batch.
    private(set) var end: Int?

    func take(_ batch: inout RowBatch, worker: NoWorker) -> Bool {
        let row = batch.leadingBlankRowCount()
        guard row < batch.rowCount else { return true }
        batch.makeIndex()
        isFound = true
        if row + 1 < batch.rowCount { end = batch.streamOffset(ofPosition: batch.start(ofRow: row + 1)) }
        return false
    }
}
