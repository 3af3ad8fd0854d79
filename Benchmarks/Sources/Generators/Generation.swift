/// The shape of a generated file.
public enum Shape: String, Sendable, CaseIterable {
    /// A planning export of eight columns.
    case narrow
    /// 120 numeric columns.
    case wide
    /// As narrow, with each field quoted and CRLF line ends.
    case quoted
    /// Mostly text outside ASCII.
    case unicode
    /// Semicolons, decimal commas, dd/MM/yyyy.
    case european
    /// As narrow, with faults of known kinds.
    case dirty
}

/// What to generate. The same values give the same bytes; of two that differ only in the limit, the shorter one is the beginning of the
/// longer one.
public struct Generation: Sendable {
    /// Where to stop.
    public enum Limit: Sendable {
        /// With the first row that reaches so many bytes, the header included.
        case bytes(Int)
        /// After so many rows, blank lines not counted.
        case rows(Int)
    }

    public var shape: Shape
    public var limit: Limit
    public var seed: UInt64
    /// Share of faulty rows of the dirty shape, from 0 to 1.
    public var faultShare = 0.01
    /// Each row of the dirty shape has one bad value in Amount and nothing else wrong; ``faultShare`` is then without meaning.
    public var isEveryRowWrong = false

    public init(shape: Shape, limit: Limit, seed: UInt64 = 1) {
        self.shape = shape
        self.limit = limit
        self.seed = seed
    }

    /// Writes the file, row by row, and says what is in it.
    public func write(to output: inout ByteOutput) throws(OutputError) -> GroundTruth {
        switch shape {
        case .narrow: return try write(PlanningRows(), to: &output)
        case .quoted:
            var dialect = GeneratedDialect()
            dialect.quotesAll = true
            dialect.lineEnd = "\r\n"
            return try write(PlanningRows(dialect: dialect), to: &output)
        case .wide: return try write(WideRows(), to: &output)
        case .unicode: return try write(UnicodeRows(), to: &output)
        case .european: return try write(EuropeanRows(), to: &output)
        case .dirty: return try write(FaultyRows(plan: isEveryRowWrong ? .everyAmount : .share(faultShare)), to: &output)
        }
    }

    /// The file in memory.
    public func bytes() -> (bytes: [UInt8], truth: GroundTruth) {
        var output = ByteOutput(descriptor: nil)
        // Memory takes everything.
        guard let truth = try? write(to: &output) else { preconditionFailure("memory does not fail to be written") }
        return (output.takeBytes(), truth)
    }

    private func write<Rows: RowWriter>(_ rows: consuming Rows, to output: inout ByteOutput) throws(OutputError) -> GroundTruth {
        var random = SeededRandom(seed: seed)
        let start = output.byteCount
        let (mostBytes, mostRows) =
            switch limit {
            case .bytes(let count): (count, Int.max)
            case .rows(let count): (Int.max, count)
            }
        rows.appendHeader(to: &output)
        var lineCount = 0
        while output.byteCount - start < mostBytes, lineCount - rows.blankLineCount < mostRows {
            rows.appendRow(to: &output, random: &random)
            lineCount += 1
            try output.endRow()
        }
        try output.flush()
        return GroundTruth(
            shape: shape, seed: seed, rowCount: lineCount - rows.blankLineCount, byteCount: output.byteCount - start, columns: rows.columns,
            dialect: rows.dialect, faults: rows.faults.filter { $0.count > 0 })
    }
}
