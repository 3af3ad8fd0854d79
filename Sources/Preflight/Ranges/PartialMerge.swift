package import ByteSources
package import SafeText

/// Merges the partial results of the ranges of a file, in the order of the file.
package struct PartialMerge {
    private let file: PlannedFile
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

    package init(_ file: PlannedFile) {
        self.file = file
        next = RangeTask(range: 0, start: 0)
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

    /// Adds the next range.
    ///
    /// - Parameters:
    ///   - coder: What follows after the head of the partial.
    ///   - keys: What follows after that.
    /// - Returns: what is damaged; `nil` for nothing.
    package mutating func add(_ partial: RangePartial, _ coder: inout StateCoder, _ keys: any StoredKeys) -> String? {
        var partial = partial
        partial.read(&coder, keys, file)
        if coder.damage == nil, !coder.isAtEnd { coder.fail() }
        if let damage = coder.damage { return damage }
        guard partial.state != nil, partial.end != nil else { return "range" }
        add(partial)
        keyFailure = merged?.keyFailure
        return merged?.keyCheck?.isDamaged == true ? "keys" : nil
    }

    /// Adds the next range, which was judged here.
    package mutating func add(_ partial: RangePartial) {
        guard let state = partial.state, let end = partial.end else { return }
        checked.append(CheckedBytes(range: partial.range, bytes: partial.start..<end, digest: partial.digest))
        if merged == nil {
            merged = state
            merged?.keyCheck?.readStored()
        } else {
            merged?.merge(state)
        }
        next = RangeTask(range: next.range + 1, start: end)
        // A row may go on over several cuts: ranges in it have nothing.
        if end == file.plan.byteCount { next.range = file.plan.count }
    }

    /// Whether keys did not fit into memory, so that it is not known where all rows are that repeat one, which one run would tell in another way.
    package var lacksPositions: Bool { file.options.mapsPositions && merged?.hasPutKeysAside == true }

    /// Why the profile's keys could not be put aside or compared; complete after the report.
    package private(set) var keyFailure: Descriptor.Failure?

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
        keyFailure = builder.state.keyFailure
        return report
    }
}
