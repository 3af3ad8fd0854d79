import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// A partial result in a file: what one run of `check --range` tells `merge`.
///
///     preflight-partial 3⏎   format
///     8 bytes                how many bytes the sections have, the lowest first
///     run                    a section: version of the program, and the SHA-256 of the plan
///     range                  its number, where its rows begin, where the last one ends
///     content, findings, …   a section for each state: its name, its length, its fields
///     keys                   blocks, each after its length in 4 bytes; an empty one ends the list of each key
///     cells                  those with findings if the plan wants them, likewise: see `StoredCells`
///     32 bytes               SHA-256 of all bytes before
enum PartialFile {
    private static let format = Array("preflight-partial ".utf8)
    private static let version = Array("3\n".utf8)
    private static let lengthByteCount = 8
    /// The most bytes of sections; more are no partial.
    private static let sectionsLimit = 1 << 30

    /// Writes a partial, a piece at a time: its keys and cells may be more than memory holds.
    ///
    /// - Returns: why they cannot be read from where they were put aside; what was written is of no use then.
    static func write(
        _ partial: RangePartial, _ file: PlannedFile, _ document: RangePlanDocument, to take: ([UInt8]) -> Void
    ) -> PutAside.Failure? {
        var digest = SHA256Digest()
        func put(_ bytes: [UInt8]) {
            digest.update(bytes.span)
            take(bytes)
        }
        var coder = StateCoder()
        var run = Run(tool: ToolVersion.current, plan: document.digest)
        run.code(&coder)
        var partial = partial
        partial.codeHead(&coder)
        partial.write(&coder, file)
        put(format + version + lowestFirst(coder.bytes.count, byteCount: lengthByteCount))
        put(coder.bytes)
        let failure = partial.writeBlocks { block in
            put(lowestFirst(block.count, byteCount: PartialReader.lengthByteCount))
            put(block)
        }
        take(digest.finalize())
        return failure
    }

    private static func lowestFirst(_ count: Int, byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }

    private struct Run: CodedState {
        var tool: String
        var plan: [UInt8]

        mutating func code(_ coder: inout StateCoder) {
            coder.begin("run")
            coder(&tool)
            coder(&plan)
            coder.end()
        }
    }

    /// A partial whose head was read.
    struct Opened {
        var partial: RangePartial
        /// What follows.
        var coder: StateCoder
        /// The keys and cells, which follow after that.
        var rest: PartialReader
        /// Tells whether two partials are the same.
        var digest: [UInt8]
    }

    /// Reads a partial of a plan, up to its state.
    ///
    /// - Parameter digest: of the whole partial, if it was compared before. Otherwise it is read to its end, and so its blocks cannot be read.
    static func open(_ path: FilePath, digest: [UInt8]? = nil, _ document: RangePlanDocument) throws(CommandFailure) -> Opened {
        let reader: PartialReader
        do throws(SourceError) {
            reader = try PartialReader(path)
        } catch {
            throw CommandFailure(error)
        }
        guard reader.next(format.count) == format else {
            throw CommandFailure(.unable, "\(path) is not a partial result of preflight check --range, or it was cut short.")
        }
        guard reader.next(version.count) == version else {
            throw CommandFailure(.unable, "\(path) has another format. Use one version for all ranges.")
        }
        guard let length = reader.nextNumber(byteCount: lengthByteCount), length <= sectionsLimit, let content = reader.next(length),
            let digest = digest ?? reader.finish()
        else { throw damage(of: path, reader) }
        var coder = StateCoder(reading: content)
        var run = Run(tool: "", plan: [])
        run.code(&coder)
        guard run.tool == ToolVersion.current else {
            let other = VisibleText(run.tool, limit: 20)
            throw CommandFailure(
                .unable, "\(path) was written by preflight \(other), and this is \(ToolVersion.current). Use one version for all ranges.")
        }
        guard run.plan == document.digest else { throw CommandFailure(.unable, "\(path) belongs to another plan.") }
        var partial = RangePartial.blank
        partial.codeHead(&coder)
        guard coder.damage == nil, (0..<document.plan.count).contains(partial.range) else {
            throw CommandFailure(.unable, "\(path) cannot be read. Check its range again.")
        }
        return Opened(partial: partial, coder: coder, rest: reader, digest: digest)
    }

    /// Why a partial cannot be read to its end.
    static func damage(of path: FilePath, _ reader: PartialReader) -> CommandFailure {
        if let failure = reader.failure { return CommandFailure(failure) }
        return CommandFailure(.unable, "\(path) is damaged: it was cut short or altered. Check its range again.")
    }
}
