/// The permission to send exactly the bytes that were judged.
///
/// Made only by ``CheckedFile/clearance(under:)``, after the gate passed. It holds the open file: the second pass reads through the
/// same descriptor, so a file that is renamed or replaced behind the path cannot slip in.
public struct Clearance: Sendable {
    /// The input whose second pass is to be sent.
    public let file: InputFile
    /// The file as it stood before the first pass; it must still stand so before the last byte leaves.
    public let identity: FileIdentity
    /// Length of the body: the decompressed bytes that the first pass counted.
    public let byteCount: Int
    /// Digest over the body, as the first pass computed it.
    public let digest: [UInt8]

    init(file: InputFile, identity: FileIdentity, byteCount: Int, digest: [UInt8]) {
        self.file = file
        self.identity = identity
        self.byteCount = byteCount
        self.digest = digest
    }
}

/// The gate's answer.
public enum GateDecision: Sendable {
    case cleared(Clearance)
    /// Never empty.
    case refused([GateRefusal])
}

/// A file that was read to its end once, with what was found.
public struct CheckedFile: Sendable {
    public let report: Report
    public let file: InputFile
    /// As it stood before the first byte was read.
    public let identity: FileIdentity
    /// Over the decompressed bytes; empty when the check was made without one.
    public let digest: [UInt8]

    init(report: Report, file: InputFile, identity: FileIdentity, digest: [UInt8]) {
        self.report = report
        self.file = file
        self.identity = identity
        self.digest = digest
    }

    /// Asks the gate. The answer depends on the report and the policy alone.
    ///
    /// - Precondition: where the gate opens, the check was made with a digest: without one nobody could say that the same bytes are sent.
    public func clearance(under policy: GatePolicy) -> GateDecision {
        let refusals = report.refusals(under: policy)
        guard refusals.isEmpty else { return .refused(refusals) }
        precondition(!digest.isEmpty, "a clearance needs a check with a digest")
        return .cleared(
            Clearance(file: file, identity: identity, byteCount: report.input.decompressedBytes, digest: digest))
    }
}
