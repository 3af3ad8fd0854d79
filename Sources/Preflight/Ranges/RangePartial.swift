package import ByteSources
package import ImportProfiles
package import SafeText

/// What was found in one range of a file.
package struct RangePartial {
    /// The number of the range, from 0.
    package private(set) var range: Int
    /// Offset of the first byte of its rows.
    package private(set) var start: Int
    /// Where its last row ends; `nil` where that is not known, because the stream that it was read from ended too early.
    package private(set) var end: Int?
    /// Whether the start was found from the range's cut: then it is where the range before it may end at the earliest.
    package private(set) var isFromCut: Bool
    /// SHA-256 of the bytes from the start to the end; empty if it was not asked for.
    package private(set) var digest: [UInt8]
    /// `nil` where the end is not known, and before it is read.
    private(set) var state: CheckState?
    /// Its cells and rows with findings; `nil` if they are not listed, and in a partial that was read.
    let cells: StoredCells?

    init(range: Int, start: Int, end: Int?, isFromCut: Bool, digest: [UInt8] = [], state: CheckState?, cells: StoredCells? = nil) {
        (self.range, self.start, self.end, self.isFromCut, self.digest, self.state) = (range, start, end, isFromCut, digest, state)
        self.cells = cells
    }

    /// Before it is read.
    package static var blank: RangePartial { RangePartial(range: 0, start: 0, end: nil, isFromCut: false, state: nil) }

    /// Writes or reads what comes before the state.
    package mutating func codeHead(_ coder: inout StateCoder) {
        coder.begin("range")
        coder(&range)
        coder(&start)
        coder(&end)
        coder(&isFromCut)
        coder(&digest)
        if let end, end < start { coder.fail() }
        coder.end()
    }

    /// Writes the state.
    package mutating func write(_ coder: inout StateCoder, _ ranges: PlannedFile) {
        guard var written = state else { return }
        written.code(&coder, schema: ranges.schema)
    }

    /// Writes what follows after the state, in blocks: the keys, then the cells with findings.
    ///
    /// - Returns: why they could not be put aside, or not be read from there: then the partial is of no use.
    package func writeBlocks(_ take: (_ block: [UInt8]) -> Void) -> PutAside.Failure? {
        guard let state else { return nil }
        state.keyCheck?.store(take)
        if let cells {
            let stored = cells.reader()
            while let block = stored.nextBlock() {
                take(block)
                if block.isEmpty { break }
            }
            if let failure = stored.failure { return PutAside.Failure(failure, of: .cells) }
        }
        return failure
    }

    /// Why keys or cells could not be put aside: then the partial is of no use.
    package var failure: PutAside.Failure? {
        if let failure = state?.keyFailure { return PutAside.Failure(failure, of: .keys) }
        return cells?.failure.map { PutAside.Failure($0, of: .cells) }
    }

    /// Reads the state.
    ///
    /// - Parameter blocks: those of the keys are read when the partial is merged.
    mutating func read(_ coder: inout StateCoder, _ blocks: any StoredBlocks, _ ranges: PlannedFile) {
        guard end != nil else { return }
        var found = ranges.blankState
        found.code(&coder, schema: ranges.schema)
        found.keyCheck?.setStored(blocks)
        state = found
    }
}

/// What waits in temporary files, where there is more of it than memory holds.
package enum PutAside: String, Sendable {
    case keys
    case cells

    /// Why it could not be written, or not be read.
    package struct Failure: Error {
        package let errno: Int32
        package let what: PutAside

        init(_ failure: Descriptor.Failure, of what: PutAside) {
            (errno, self.what) = (failure.errno, what)
        }
    }
}

/// A planned file, with what the rows of all its ranges are judged against.
package struct PlannedFile {
    package let plan: RangePlan
    package private(set) var options: CheckOptions
    let start: RangeStart?

    /// - Parameter options: as the ranges are judged.
    package init(_ plan: RangePlan, options: CheckOptions) {
        self.plan = plan
        self.options = options
        start = plan.start(options)
    }

    var schema: Schema? { start?.schema }

    /// Whether it can be cut into rows.
    var isReadable: Bool {
        let reader = RowReader(options: options)
        reader.begin(plan.fileHead)
        return reader.isReadable
    }

    /// By column, the names; empty without a header.
    package var columnNames: [String] { schema?.layout.columnNames.map(\.text) ?? [] }

    package var profile: Profile? { options.profile }

    /// Whether a control total is the digest of the whole file, which is not known from its ranges.
    package var wantsDigest: Bool { options.allExpectations.contains { $0.quantity == .sha256 } }

    /// Sets the earlier files that the merged report compares this one with.
    package mutating func setDrift(_ reference: DriftReference?) { options.drift = reference }

    /// Whether a file is as long as the planned one, and begins as it does.
    package func isPlanned(_ file: InputFile) -> Bool { plan.isOf(file) }

    /// Names the rows that may make a sum differ from what is expected.
    package func explainDifferences(of report: inout Report, in file: InputFile) throws(SourceError) {
        try DifferenceSearch.explain(&report, of: file, options: options)
    }

    /// The state of a range before its first row.
    var blankState: CheckState { Self.blankState(options, schema) }

    static func blankState(_ options: CheckOptions, _ schema: Schema?) -> CheckState {
        var state = CheckState(options: options)
        state.log.marksRows = options.mapsPositions || options.listsCells
        if let schema { state.begin(schema) }
        return state
    }
}
