import ByteSpans
import CSVTokenizer
import SeededRandom

/// The kernels that can be tried here.
let kernels = Kernel.allCases.filter(\.isAvailable)

/// How a test cuts its input into chunks.
enum Cuts: CustomStringConvertible {
    case every(Int)
    case random(seed: Int)
    /// Each chunk is tokenized before what comes before it, where that can be done. Many begin after a line end.
    case ahead(seed: Int)

    static let usual: [Cuts] = [1, 2, 3, 7, 63, 64, 65, 4096, Int.max].map(Cuts.every)

    var description: String {
        switch self {
        case .every(Int.max): "whole"
        case .every(let size): "chunks of \(size)"
        case .random(let seed): "random chunks, seed \(seed)"
        case .ahead(let seed): "chunks tokenized ahead, seed \(seed)"
        }
    }

    /// In order, without gaps; empty chunks may be among random ones.
    func chunks(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var generator = SeededGenerator(seed: 0)
        switch self {
        case .every: break
        case .random(let seed), .ahead(let seed): generator = SeededGenerator(seed: seed)
        }
        var chunks: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let size =
                switch self {
                case .every(let size): size
                case .random, .ahead: generator.below(generator.below(3) == 0 ? 200 : 9)
                }
            var end = start + min(size, bytes.count - start)
            if case .ahead = self, generator.below(3) > 0 { end = bytes[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? end }
            chunks.append(bytes[start..<end])
            start = end
        }
        return chunks
    }
}

/// Feeds an input to the tokenizer and shows each batch to `visit`, together with the number of the rows before it.
///
/// - Returns: an outline without rows: the counts only.
func tokenize(
    _ bytes: [UInt8], dialect: Dialect = Dialect(), kernel: Kernel = .best, cuts: Cuts, byteOffset: Int = 0,
    limits: RowBatch.Limits = RowBatch.Limits(), visit: (_ batch: borrowing RowBatch, _ firstRow: Int) -> Void
) -> Outline {
    var tokenizer = Tokenizer(dialect: dialect, kernel: kernel, byteOffset: byteOffset, limits: limits)
    var batch = RowBatch()
    var rowCount = 0
    var ahead = AheadOfOrder()
    for chunk in cuts.chunks(of: bytes) {
        if case .ahead = cuts {
            ahead.tokenize(chunk, at: byteOffset + chunk.startIndex, into: &batch, of: &tokenizer)
        } else {
            // More room than bytes: a source may deliver less than it was asked for.
            tokenizer.tokenize(into: &batch, byteCount: chunk.count + 5) { space in
                space.copy(chunk.span)
                return chunk.count
            }
        }
        visit(batch, rowCount)
        rowCount += batch.rowCount
    }
    tokenizer.finish(&batch)
    visit(batch, rowCount)
    var outline = Outline()
    outline.crlfCount = tokenizer.crlfCount
    outline.lfCount = tokenizer.lfCount
    outline.loneCarriageReturnCount = tokenizer.loneCarriageReturnCount
    return outline
}

/// Tokenizes chunks as several threads do.
struct AheadOfOrder: ~Copyable {
    private var other: Tokenizer?
    private(set) var takenOverCount = 0
    private(set) var againCount = 0

    /// - Parameter byteOffset: Stream offset of the chunk.
    mutating func tokenize(_ chunk: ArraySlice<UInt8>, at byteOffset: Int, into batch: inout RowBatch, of tokenizer: inout Tokenizer) {
        batch.prepare(byteCount: chunk.count + 5)
        Self.write(chunk, to: &batch)
        var isTakenOver = false
        if var ahead = other.take() ?? tokenizer.makeAhead() {
            isTakenOver =
                ahead.tokenizeAhead(&batch, newByteCount: chunk.count, byteOffset: byteOffset)
                && tokenizer.takeOver(&batch, from: &ahead)
            other = consume ahead
            if isTakenOver { takenOverCount += 1 } else { againCount += 1 }
        }
        if !isTakenOver {
            batch.forgetRows()
            tokenizer.index(&batch, newByteCount: chunk.count)
        }
        batch.makeIndex()
    }

    private static func write(_ chunk: ArraySlice<UInt8>, to batch: inout RowBatch) {
        var space = batch.space
        space.copy(chunk.span)
    }
}

/// The outline of an input as the tokenizer sees it, and every contradiction between what a batch says about one thing in two ways.
func outline(
    of bytes: [UInt8], dialect: Dialect = Dialect(), kernel: Kernel = .best, cuts: Cuts, byteOffset: Int = 0
) -> (outline: Outline, contradictions: [String]) {
    var rows: [[Outline.Field]] = []
    var anomalies: [Outline.Anomaly] = []
    var contradictions: [String] = []
    let isClean = ReferenceCharacters(bytes, offset: 0).isClean
    func check(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { contradictions.append(what()) }
    }
    var result = tokenize(bytes, dialect: dialect, kernel: kernel, cuts: cuts, byteOffset: byteOffset) { batch, firstRow in
        var known = (position: 0, count: 0)
        for row in 0..<batch.rowCount {
            var fields: [Outline.Field] = []
            check(batch.fieldCount(ofRow: row) == batch.fields(ofRow: row).count, "field count of row \(firstRow + row)")
            for field in batch.fields(ofRow: row) {
                let range = batch.range(ofField: field)
                let offset = batch.streamOffset(ofPosition: range.lowerBound)
                let lines = batch.newlines(before: range.lowerBound, known: known)
                if field % 16 == 0 { check(lines == batch.newlines(before: range.lowerBound), "line of \(offset) in steps and at once") }
                known = (range.lowerBound, lines)
                let content = Array(batch.bytes[range])
                fields.append(Outline.Field(offset: offset, bytes: content, line: batch.firstLine + lines))
                check(batch.byteCount(ofField: field) == range.count, "byte count of the field at \(offset)")
                check(batch.column(ofField: field, inRow: row) == fields.count, "column of the field at \(offset)")
                for position in [range.lowerBound, range.upperBound - 1] where range.contains(position) {
                    check(batch.position(ofStreamOffset: batch.streamOffset(ofPosition: position)) == position, "round trip of \(position)")
                }
                let characters = ReferenceCharacters(content, offset: offset)
                check(ReferenceCharacters(batch.characters(ofField: field)) == characters, "characters of the field at \(offset)")
                check(characters.isClean || batch.isSuspicious, "no suspicion in front of \(offset)")
            }
            rows.append(fields)
        }
        anomalies += completeAnomalies(of: batch, firstRow: firstRow)
        check(batch.position(ofStreamOffset: batch.byteOffset + batch.bytes.count) == nil, "a position behind the end")
        check(batch.position(ofStreamOffset: batch.byteOffset - 1) == nil, "a position before the beginning")
        check(!(batch.isSuspicious && isClean), "suspicion in clean bytes")
    }
    result.rows = rows
    result.anomalies = anomalies
    return (result.sorted(), contradictions)
}

/// The anomalies of the rows.
func completeAnomalies(of batch: borrowing RowBatch, firstRow: Int) -> [Outline.Anomaly] {
    var anomalies: [Outline.Anomaly] = []
    var row = 0
    for anomaly in batch.anomalies {
        while row < batch.rowCount, batch.fields(ofRow: row).upperBound <= anomaly.field { row += 1 }
        guard row < batch.rowCount else { break }
        anomalies.append(
            Outline.Anomaly(
                kind: anomaly.kind, offset: anomaly.byteOffset, line: anomaly.line, row: firstRow + row,
                column: batch.column(ofField: anomaly.field, inRow: row), count: anomaly.count, wholeLine: anomaly.wholeLine))
    }
    return anomalies
}
