public import ByteSources
public import ImportProfiles

/// The permission to send exactly the bytes that were judged.
///
/// Made only by ``CheckedFile/clearance(under:)``, after the gate passed. It holds the open file: the second pass reads through the
/// same descriptor, so a file that is renamed or replaced behind the path cannot slip in.
public struct Clearance: Sendable {
    /// The input whose second pass is to be sent.
    public let file: InputFile
    /// The file as it stood before the first pass; it must still stand so before the last byte leaves.
    public let identity: FileIdentity
    /// Length of the body, as the first pass counted it: the decompressed bytes, or what they become as UTF-8.
    public let byteCount: Int
    /// Digest over the body, as the first pass computed it.
    public let digest: [UInt8]
    /// What the body is converted from on its way; UTF-8 where it is sent as it stands.
    public let encoding: TextEncoding

    init(file: InputFile, identity: FileIdentity, byteCount: Int, digest: [UInt8], encoding: TextEncoding = .utf8) {
        self.encoding = encoding
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
    /// Over the bytes that are to be sent; empty when the check was made without one.
    public let digest: [UInt8]
    /// What is sent: how many bytes, and what they are converted from on their way.
    private let sent: (byteCount: Int, encoding: TextEncoding)

    init(report: Report, file: InputFile, identity: FileIdentity, digest: [UInt8], sent: (byteCount: Int, encoding: TextEncoding)) {
        self.sent = sent
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
            Clearance(file: file, identity: identity, byteCount: sent.byteCount, digest: digest, encoding: sent.encoding))
    }
}
