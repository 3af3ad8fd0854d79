import CSVTokenizer
import SeededRandom
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// Which neighbours are merged first.
enum MergeOrder: CaseIterable {
    case left
    case right
    case anyhow
}

/// A file cut into ranges at borders of rows, each of which is judged by a run of its own.
struct Ranges {
    private let bytes: [UInt8]
    private let options: CheckOptions
    /// The report on the whole file.
    let report: Report
    /// Of the first range; `nil` where no row was found.
    private let start: RangeStart?
    private let outline: RowOutline

    init(_ bytes: [UInt8], options: CheckOptions, limits: RowBatch.Limits? = nil) {
        var options = options
        if let limits { options.rowLimits = limits }
        (self.bytes, self.options) = (bytes, options)
        var run = CheckRun(options: options)
        run.feed(bytes.span)
        run.readToEnd(damage: nil)
        start = run.rangeStart
        report = run.report(path: "input.csv", compression: .none, storedByteCount: nil)
        outline = RowOutline(bytes, options, start)
    }

    /// Offsets at which a range may begin: those of the rows after the first, and the end of the file.
    var borders: [Int] {
        guard let first = outline.rows.firstIndex(where: { !$0.isBlank }) else { return [] }
        return outline.rows[(first + 1)...].map(\.byteOffset) + [bytes.count]
    }

    /// Judges the ranges between some borders, perhaps empty ones, in chunks of random sizes, and merges what was found.
    ///
    /// - Returns: `nil` where some range reads otherwise by itself than in the file: with a quote whose end, or the lack of one, is found in a later
    ///   range. Who reads a range has to read on then; the state of what was read is not concerned.
    func merged(at cuts: [Int], _ order: MergeOrder, _ generator: inout SeededGenerator) -> Report? {
        guard let start else { return nil }
        let ranges = zip([0] + cuts, cuts + [bytes.count]).map { from, to in
            (start: RangeStart(head: start.head, schema: start.schema, byteOffset: from), bytes: Array(bytes[from..<to]))
        }
        var found = RowOutline()
        for range in ranges { found.append(RowOutline(range.bytes, options, range.start)) }
        guard found == outline else { return nil }
        var states = ranges.map { state(of: $0.bytes, $0.start, &generator) }
        while states.count > 1 {
            let place =
                switch order {
                case .left: 0
                case .right: states.count - 2
                case .anyhow: generator.below(states.count - 1)
                }
            states[place].merge(states.remove(at: place + 1))
        }
        return states[0].report(options, start: start, path: "input.csv")
    }

    private func state(of bytes: [UInt8], _ start: RangeStart, _ generator: inout SeededGenerator) -> CheckState {
        var options = options
        options.chunkByteCount = generator.element(of: [64, 1000, CheckOptions.usualChunkByteCount])
        var run = CheckRun(options: options, start: start)
        run.feed(bytes.span)
        return Self.carried(run.finishRange(), PlannedFile.blankState(options, start.schema), start.schema)
    }

    /// A state as another process reads it.
    private static func carried(_ state: CheckState, _ blank: CheckState, _ schema: Schema) -> CheckState {
        var (state, writer) = (state, StateCoder())
        state.code(&writer, schema: schema)
        var (read, reader) = (blank, StateCoder(reading: writer.bytes))
        read.code(&reader, schema: schema)
        #expect(reader.isAtEnd, "damage: \(reader.damage ?? "none")")
        read.keyCheck?.setStored(KeptBlocks { state.keyCheck?.store($0) })
        read.keyCheck?.readStored()
        #expect(read.keyCheck?.isDamaged != true)
        return read
    }
}

/// Merges the states of ranges of a file, cut once at random borders, and compares the report with that on the whole.
///
/// - Returns: whether the file was cut.
@discardableResult
func expectMergedIsWhole(
    _ bytes: [UInt8], options: CheckOptions, limits: RowBatch.Limits? = nil, seed: Int, comment: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
    let ranges = Ranges(bytes, options: options, limits: limits)
    let borders = ranges.borders
    guard !borders.isEmpty else { return false }
    var generator = SeededGenerator(seed: seed)
    // A file that reads otherwise from many borders is cut at another one.
    for _ in 0..<4 {
        let cuts = (0...generator.below(5)).map { _ in generator.element(of: borders) }.sorted()
        let order = MergeOrder.allCases[generator.below(3)]
        guard let merged = ranges.merged(at: cuts, order, &generator) else { continue }
        if let difference = firstDifference(merged.json, ranges.report.json) {
            Issue.record("ranges from \(cuts), merged \(order), seed \(seed): \(difference) \(comment)", sourceLocation: sourceLocation)
        } else if merged != ranges.report {
            Issue.record(
                "ranges from \(cuts), merged \(order), seed \(seed): only the excerpts differ \(comment)", sourceLocation: sourceLocation)
        }
        return true
    }
    return false
}

/// Where the rows of a file begin, and where their quotes are odd.
private struct RowOutline: Equatable {
    struct Row: Equatable {
        var byteOffset: Int
        var fieldCount: Int
        var isBlank: Bool
    }

    var rows: [Row] = []
    var anomalies: [String] = []

    init() {}

    init(_ bytes: [UInt8], _ options: CheckOptions, _ start: RangeStart?) {
        guard let start else { return }
        let reader = RowReader(options: options)
        reader.begin(start)
        let source = FedChunks()
        _ = source.hold(bytes.span, until: bytes.count)
        source.end()
        let consumer = OutlineConsumer()
        Pipeline(source, rows: reader, consumer: consumer).run(threadCount: 1, chunkByteCount: CheckOptions.usualChunkByteCount)
        self = consumer.outline
    }

    mutating func append(_ later: RowOutline) {
        rows += later.rows
        anomalies += later.anomalies
    }
}

private final class OutlineConsumer: BatchConsumer {
    typealias Worker = NoWorker

    var outline = RowOutline()

    func take(_ batch: inout RowBatch, worker: NoWorker) -> Bool {
        batch.makeIndex()
        for row in 0..<batch.rowCount {
            let first = batch.fields(ofRow: row).lowerBound
            let count = batch.fieldCount(ofRow: row)
            outline.rows.append(
                RowOutline.Row(
                    byteOffset: batch.streamOffset(ofPosition: batch.range(ofField: first).lowerBound), fieldCount: count,
                    isBlank: count == 1 && batch.byteCount(ofField: first) == 0))
        }
        batch.forEachAnomaly { mark in
            let anomaly = batch.anomaly(of: mark)
            outline.anomalies.append("\(anomaly.kind) \(anomaly.byteOffset) \(anomaly.count)")
        }
        return true
    }
}

/// Keys and cells as another process reads them.
final class KeptBlocks: StoredBlocks {
    private(set) var blocks: [[UInt8]] = []
    private var next = 0

    init<Failure>(_ store: ((_ block: [UInt8]) -> Void) -> Failure) {
        _ = store { blocks.append($0) }
    }

    func nextBlock() -> [UInt8]? {
        defer { next += 1 }
        return next < blocks.count ? blocks[next] : nil
    }
}
