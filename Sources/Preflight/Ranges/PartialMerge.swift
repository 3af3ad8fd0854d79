package import ByteSources
import ImportProfiles
package import SafeText

/// Merges the partial results of the ranges of a file, in the order of the file.
package struct PartialMerge {
    private let file: PlannedFile
    /// Where the cells and rows with findings are listed; `nil` for nowhere.
    private let cells: CellList?
    private var merged: CheckState?
    /// The range that comes next, and where its rows begin.
    package private(set) var next: RangeTask

    /// What was added, in order.
    package private(set) var checked: [CheckedBytes] = []

    /// A range that is to be judged.
    package struct RangeTask: Sendable, Equatable {
        /// The number of the range, from 0.
        package var range: Int
        /// Where its rows begin, if the range before it told so.
        package var start: Int?

        package init(range: Int, start: Int?) {
            (self.range, self.start) = (range, start)
        }
    }

    /// - Parameter cells: where the cells and rows with findings are listed, if ranges tell them; `nil` for nowhere.
    package init(_ file: PlannedFile, cells: CellList? = nil) {
        self.file = file
        self.cells = file.options.listsCells ? cells : nil
        next = RangeTask(range: 0, start: 0)
        // As in a check: also in a file without rows.
        guard file.isReadable, let cells = self.cells else { return }
        cells.begin(file.plan.fileHead)
        cells.expect(rowsOfBeginning)
    }

    /// The rows that the beginning of the file has findings of. The first range has the beginning, another one may have the rows.
    private var rowsOfBeginning: [ListedCell] {
        let head = file.plan.fileHead
        let kinds = ReportBuilder.kindsOfFirstRow(head, options: file.options)
        return kinds.filter { $0.action(under: file.options.rules) != .ignore }.map {
            ListedCell(row: 1, line: head.secondRow.line, cause: CellCause($0, hasHeader: file.schema?.layout.hasHeader != false))
        }
    }

    /// Whether all ranges were added.
    package var isComplete: Bool { next.range == file.plan.count }

    /// Whether a partial is that of the next range, and begins where the one before it ends.
    package func takes(_ partial: RangePartial) -> Bool {
        partial.range == next.range && partial.start == next.start && partial.end != nil
    }

    /// Passes over the next range if it has no rows: a row of an earlier one goes on beyond its end.
    ///
    /// - Parameter later: Of the range after the next.
    /// - Returns: whether it was passed over.
    package mutating func skip(before later: RangePartial) -> Bool {
        guard later.range == next.range + 1, later.isFromCut, let start = next.start, later.start <= start else { return false }
        next.range += 1
        return true
    }

    /// Passes by the next range, whose partial is there: to see whether all are there before any is added.
    package mutating func pass(_ partial: RangePartial) {
        guard let end = partial.end else { return }
        next = RangeTask(range: next.range + 1, start: end)
        // A row may go on over several cuts: ranges in it have nothing.
        if end == file.plan.byteCount { next.range = file.plan.count }
    }

    /// Adds the next range.
    ///
    /// - Parameters:
    ///   - coder: What follows after the head of the partial.
    ///   - blocks: What follows after that.
    /// - Returns: what is damaged; `nil` for nothing.
    package mutating func add(_ partial: RangePartial, _ coder: inout StateCoder, _ blocks: any StoredBlocks) -> String? {
        var partial = partial
        partial.read(&coder, blocks, file)
        if coder.damage == nil, !coder.isAtEnd { coder.fail() }
        if let damage = coder.damage { return damage }
        guard let state = partial.state, partial.end != nil else { return "range" }
        let (joint, repeated) = add(partial, state)
        failure = merged?.keyFailure.map { PutAside.Failure($0, of: .keys) }
        if failure != nil { return nil }
        if merged?.keyCheck?.isDamaged == true { return "keys" }
        guard let cells, !lacksPlaces else { return nil }
        return cells.add(blocks, at: joint, repeated: repeated, file.schema?.layout) ? nil : "cells"
    }

    /// Adds the next range, which was judged here.
    package mutating func add(_ partial: RangePartial) {
        guard let state = partial.state, partial.end != nil else { return }
        let (joint, repeated) = add(partial, state)
        failure = partial.failure
        guard failure == nil, let cells, !lacksPlaces, let stored = partial.cells?.reader() else { return }
        _ = cells.add(stored, at: joint, repeated: repeated, file.schema?.layout)
        failure = stored.failure.map { PutAside.Failure($0, of: .cells) }
    }

    private mutating func add(_ partial: RangePartial, _ state: CheckState) -> (joint: Joint, repeated: [[KeyPlace]]) {
        checked.append(CheckedBytes(range: partial.range, bytes: partial.start..<(partial.end ?? partial.start), digest: partial.digest))
        pass(partial)
        guard let joint = merged?.joint else {
            merged = state
            merged?.keyCheck?.readStored()
            return (Joint(rows: 0, lines: 0), [])
        }
        return (joint, merged?.merge(state) ?? [])
    }

    /// Whether keys did not fit into memory, so that it is not known where all rows are that repeat one, which one run would tell in another way.
    package var lacksPlaces: Bool { (file.options.mapsPositions || cells != nil) && merged?.hasPutKeysAside == true }

    /// Why keys or cells could not be put aside, or keys not be compared; complete after the report.
    package private(set) var failure: PutAside.Failure?

    /// What would be sent is converted from this encoding; UTF-8 if it is sent as it is. Asked before the report.
    package var sentEncoding: TextEncoding {
        guard file.options.transcodes else { return .utf8 }
        return merged?.content.encodingEvidence?.hasHighBytes == false ? .utf8 : file.plan.fileHead.encoding
    }

    /// The report of one run over the whole file.
    ///
    /// - Parameters:
    ///   - path: as it is to be shown.
    ///   - storedDigest: SHA-256 of the file as it is stored, if it was read again.
    package mutating func report(path: String, storedDigest: [UInt8]? = nil) -> Report {
        let builder = ReportBuilder(options: file.options, merged: merged ?? file.blankState, head: file.plan.fileHead, schema: file.schema)
        merged = nil
        let report = builder.report(
            path: path, compression: file.plan.compression, storedByteCount: file.plan.storedByteCount, storedDigest: storedDigest)
        failure = builder.state.keyFailure.map { PutAside.Failure($0, of: .keys) }
        return report
    }
}
