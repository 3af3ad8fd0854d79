import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// A partial result in a file: what one run of `check --range` tells `merge`.
///
///     preflight-partial 1⏎   format
///     run                    version of the program, and the SHA-256 of the plan
///     range                  its number, where its rows begin, where the last one ends
///     content, findings, …   a section for each state: its name, its length, its fields
///     32 bytes               SHA-256 of all bytes before
enum PartialFile {
    private static let format = Array("preflight-partial ".utf8)
    private static let version = Array("1\n".utf8)
    private static let digestByteCount = 32
    /// More is no partial.
    static let sizeLimit = 4 << 30

    static func bytes(of partial: RangePartial, _ file: PlannedFile, _ document: RangePlanDocument) -> [UInt8] {
        var coder = StateCoder()
        var run = Run(tool: ToolVersion.current, plan: document.digest)
        run.code(&coder)
        var partial = partial
        partial.codeHead(&coder)
        partial.write(&coder, file)
        let bytes = format + version + coder.bytes
        return bytes + digest(of: bytes[...])
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
        /// Tells whether two partials are the same.
        var digest: [UInt8]
    }

    /// Reads a partial of a plan, up to its state.
    ///
    /// - Parameter name: For messages.
    static func open(_ bytes: [UInt8], name: String, _ document: RangePlanDocument) throws(CommandFailure) -> Opened {
        guard bytes.starts(with: format) else {
            throw CommandFailure(.unable, "\(name) is not a partial result of preflight check --range.")
        }
        guard bytes.dropFirst(format.count).starts(with: version), bytes.count > format.count + version.count + digestByteCount else {
            let isShort = bytes.count <= format.count + version.count + digestByteCount
            let reason = isShort ? "is cut short. Check its range again." : "has another format. Use one version for all ranges."
            throw CommandFailure(.unable, "\(name) \(reason)")
        }
        let content = bytes.dropLast(digestByteCount)
        guard digest(of: content).elementsEqual(bytes.suffix(digestByteCount)) else {
            throw CommandFailure(.unable, "\(name) is damaged: it was cut short or altered. Check its range again.")
        }
        var coder = StateCoder(reading: Array(content), from: format.count + version.count)
        var run = Run(tool: "", plan: [])
        run.code(&coder)
        guard run.tool == ToolVersion.current else {
            let other = VisibleText(run.tool, limit: 20)
            throw CommandFailure(
                .unable, "\(name) was written by preflight \(other), and this is \(ToolVersion.current). Use one version for all ranges.")
        }
        guard run.plan == document.digest else { throw CommandFailure(.unable, "\(name) belongs to another plan.") }
        var partial = RangePartial.blank
        partial.codeHead(&coder)
        guard coder.damage == nil, (0..<document.plan.count).contains(partial.range) else {
            throw CommandFailure(.unable, "\(name) cannot be read. Check its range again.")
        }
        return Opened(partial: partial, coder: coder, digest: Array(bytes.suffix(digestByteCount)))
    }

    private static func digest(of bytes: ArraySlice<UInt8>) -> [UInt8] {
        var digest = SHA256Digest()
        digest.update(bytes.span)
        return digest.finalize()
    }
}
