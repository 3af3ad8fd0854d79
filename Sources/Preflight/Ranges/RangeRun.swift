package import ByteSources
import CSVTokenizer
import SafeText

/// Judges one range of a planned file.
///
///     cuts          A             B             C
///     rows     ──────┤├───┤├───┤├────┤├──────┤├──────
///     borders        S(A)          S(B)           the first rows that surely begin after the cuts
///     range            ════════════               [S(A), S(B))
///
/// The range owns the rows that begin between its borders. It reads on until a row of its own ends at its second border or after it: where it ends
/// later, the next range began in the middle of a row, and has to be judged again from there. A merge finds that out.
package struct RangeRun {
    private let plan: RangePlan
    private let options: CheckOptions
    private let range: Int
    private let reader: RangeReader
    private let threadCount: Int?
    /// For messages.
    private let path: String
    /// Takes the cells and rows with findings; `nil` if they are not listed.
    private let cells: StoredCells?

    /// Judges a range.
    ///
    /// Damage of a gzip file that is one range is a finding. In one that is cut it is thrown: what is found before it depends on what was read there.
    ///
    /// - Parameters:
    ///   - file: The planned file, or a stream that begins with the range's bytes: at its cut, or at `start` if that is given.
    ///   - planned: How it is cut.
    ///   - range: Its number, from 0.
    ///   - start: Where its rows begin, if that is known.
    ///   - digest: begins at nothing; takes the bytes of its rows. `nil` if no digest is needed.
    package static func partial(
        of file: InputFile, _ planned: PlannedFile, range: Int, from start: Int? = nil, digest: (any StreamDigest)? = nil
    ) throws(SourceError) -> RangePartial {
        let (plan, options) = (planned.plan, planned.options)
        guard let first = planned.start, !plan.isOneRange else { return try whole(file, plan: plan, options: options, digest: digest) }
        let bytes = plan.bytes(of: range)
        // A range that begins after its second border has no rows, but the border has to be known.
        let position = min(start ?? bytes.lowerBound, max(bytes.upperBound, bytes.lowerBound))
        let run = RangeRun(
            plan: plan, options: options, range: range,
            reader: plan.reader(file, range: range, from: position, digest: digest),
            threadCount: options.threadCount ?? CheckRun.threadCount(for: bytes.count), path: file.displayPath,
            cells: options.listsCells ? StoredCells() : nil)
        return try run.run(first, from: start)
    }

    /// A file that is one range.
    private static func whole(
        _ file: InputFile, plan: RangePlan, options: CheckOptions, digest: (any StreamDigest)?
    ) throws(SourceError) -> RangePartial {
        let digester = digest.map(SourceDigest.init)
        let reader = try ChunkReader(file.part(from: 0, digest: digester))
        let cells = options.listsCells ? StoredCells() : nil
        var run = CheckRun(options: options, digest: nil, receivers: receivers(cells))
        let wanted = run.headByteCount(isCompressed: reader.isCompressed)
        run.begin(reader, head: try reader.peek(byteCount: wanted, readByteCount: options.chunkByteCount))
        run.read(threadCount: 1)
        if let failure = reader.failure { throw failure }
        run.addUp(isRange: false)
        return RangePartial(
            range: 0, start: 0, end: plan.byteCount, isFromCut: true, digest: digester?.finish() ?? [], state: run.builder.state,
            cells: cells)
    }

    private static func receivers(_ cells: StoredCells?) -> [any MarkReceiver] { cells.map { [CellFinder($0)] } ?? [] }

    private func run(_ first: RangeStart, from known: Int?) throws(SourceError) -> RangePartial {
        let bytes = plan.bytes(of: range)
        let found = if let known { Int?.some(known) } else { try border(at: bytes.lowerBound) }
        guard let start = found else { return unsettled(from: nil) }
        var next: Int?
        if start >= bytes.upperBound {
            next = try border(at: bytes.upperBound)
            guard next != nil else { return unsettled(from: start) }
        }
        let begin = RangeStart(head: first.head, schema: first.schema, byteOffset: start)
        if let next, next <= start {
            let empty = CheckRun(options: options, start: begin)
            return RangePartial(
                range: range, start: start, end: start, isFromCut: known == nil, digest: reader.finishDigest(), state: empty.finishRange(),
                cells: cells)
        }
        try reader.drop(upTo: start)
        let judged = try judge(begin, border: next)
        guard let end = judged.end else { return unsettled(from: start) }
        if plan.compression == .gzip, end == plan.byteCount, try !reader.isAtEnd() { throw .changed(path: path) }
        return RangePartial(
            range: range, start: start, end: end, isFromCut: known == nil, digest: reader.finishDigest(), state: judged.state, cells: cells)
    }

    /// More bytes are needed than the stream has.
    private func unsettled(from start: Int?) -> RangePartial {
        RangePartial(range: range, start: start ?? plan.cuts[range], end: nil, isFromCut: false, state: nil)
    }

    /// Where rows begin after a cut.
    ///
    /// - Returns: `nil` if more bytes are needed than there are.
    private func border(at cut: Int) throws(SourceError) -> Int? {
        if cut == 0 || cut == plan.byteCount { return cut }
        if cut < plan.dataOffset { return plan.dataOffset }
        var synchronizer = plan.synchronizer(options)
        while true {
            // Not kept for longer: what is looked at is not copied when more is added.
            do {
                let ahead = reader.ahead.dropFirst(cut - reader.position)
                if let found = synchronizer.find(in: ahead.span, isAtEnd: reader.isAllAhead) { return cut + found }
            }
            guard try reader.lookFurther() else { return nil }
        }
    }

    // MARK: Rows

    /// - Parameter border: The second border, if it is known already.
    /// - Returns: where the last row ends; `nil` if that is not known.
    private func judge(_ start: RangeStart, border: Int?) throws(SourceError) -> (state: CheckState, end: Int?) {
        let cut = plan.bytes(of: range).upperBound
        var run = CheckRun(options: options, start: start, receivers: Self.receivers(cells))
        run.begin(reader, head: [])
        // A short file is read twice: to find where the range ends, and to have all bytes of it in memory.
        var (kept, isKept) = ([UInt8](), start.schema.layout.isAtHand)
        func read(upTo limit: Int, threadCount: Int) throws(SourceError) {
            if isKept {
                try reader.lookAhead(byteCount: limit - reader.position)
                kept += reader.ahead.prefix(limit - reader.position)
            }
            reader.limit = max(reader.position, limit)
            run.read(threadCount: threadCount)
            if let failure = reader.failure { throw failure }
        }
        if border == nil { try read(upTo: cut, threadCount: threadCount ?? 1) }
        let found = if let border { Int?.some(border) } else { try self.border(at: cut) }
        guard let end = found else { return (run.builder.state, nil) }
        try read(upTo: end, threadCount: 1)
        while run.isInsideRow, reader.position < plan.byteCount, !reader.isCutShort {
            guard let next = try nextLine(run.openRow) else { break }
            try read(upTo: next, threadCount: 1)
        }
        guard !reader.isCutShort, !run.isInsideRow || reader.position == plan.byteCount else { return (run.builder.state, nil) }
        if isKept {
            isKept = false
            var again = CheckRun(options: options, start: start, receivers: Self.receivers(cells))
            again.feed(kept.span)
            return (again.finishRange(), reader.position)
        }
        reader.endsAtLimit = true
        run.read(threadCount: 1)
        run.addUp(isRange: true)
        return (run.builder.state, reader.position)
    }

    /// The end of the line in which the open quoted field may end: with the next quote, or where so much of the row is read that its quote is looked at
    /// again.
    private func nextLine(_ openRow: Range<Int>) throws(SourceError) -> Int? {
        let limit = max(0, openRow.lowerBound + options.rowLimits.rowBytes - reader.position)
        let synchronizer = plan.synchronizer(options)
        while true {
            do {
                let ahead = reader.ahead
                if let found = synchronizer.lineAfterQuote(in: ahead.span, orAfter: limit, isAtEnd: reader.isAllAhead) {
                    return reader.position + found
                }
            }
            guard try reader.lookFurther() else { return nil }
        }
    }
}
