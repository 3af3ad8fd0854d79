package import ByteSources
public import ImportProfiles

/// The permission to send exactly the bytes that were judged.
///
/// Made only by ``CheckedFile/clearance(under:)``, after the gate passed. It holds the open file: the second pass reads through the
/// same descriptor, so renaming or replacing the file cannot change what is sent.
public struct Clearance: Sendable {
    /// The input whose second pass is to be sent.
    package let file: InputFile
    /// The file as it was before the first pass; it must be unchanged before the last byte leaves.
    package let identity: FileIdentity
    /// Length of the body, as the first pass counted it: the decompressed bytes, or what they become as UTF-8.
    public let byteCount: Int
    /// Digest over the body, as the first pass computed it.
    public let digest: [UInt8]
    /// What the body is converted from on its way; UTF-8 if it is sent unchanged.
    package let encoding: TextEncoding

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
    /// The file may be sent.
    case cleared(Clearance)
    /// The file must not be sent, for these reasons: at least one.
    case refused([GateRefusal])
}

/// A file that was read to its end once, with what was found and the digest of what would be sent.
///
/// Such a file always has a digest: `CheckRun.checkForPush` of `PigmentImport` makes it, with SHA-256.
public struct CheckedFile: Sendable {
    /// What was found.
    public let report: Report
    package let file: InputFile
    /// As it was before the first byte was read.
    package let identity: FileIdentity
    /// Of the bytes that are to be sent.
    package let digest: [UInt8]
    /// What is sent: how many bytes, and what they are converted from.
    private let sent: (byteCount: Int, encoding: TextEncoding)

    /// What is sent is converted from this encoding; UTF-8 where it is sent as it is.
    package var sentEncoding: TextEncoding { sent.encoding }

    init(report: Report, file: InputFile, identity: FileIdentity, digest: [UInt8], sent: (byteCount: Int, encoding: TextEncoding)) {
        self.sent = sent
        self.report = report
        self.file = file
        self.identity = identity
        self.digest = digest
    }

    /// The same file with another report.
    package func with(_ report: Report) -> CheckedFile {
        CheckedFile(report: report, file: file, identity: identity, digest: digest, sent: sent)
    }

    /// Asks the gate whether the file may be sent. The answer depends on the report and the policy alone.
    public func clearance(under policy: GatePolicy) -> GateDecision {
        let refusals = report.refusals(under: policy)
        guard refusals.isEmpty else { return .refused(refusals) }
        return .cleared(
            Clearance(file: file, identity: identity, byteCount: sent.byteCount, digest: digest, encoding: sent.encoding))
    }
}

/// A file that was read to its end once, with what was found. It cannot be sent.
package struct SurveyedFile: Sendable {
    package var report: Report
    /// As it was before the first byte was read.
    package let identity: FileIdentity
    /// What a push would send is converted from this encoding; UTF-8 where it is sent as it is.
    package let sentEncoding: TextEncoding
    /// Of the bytes that a push would send; `nil` if it was not computed.
    package let digest: [UInt8]?

    init(_ file: CheckedFile, hasDigest: Bool) {
        report = file.report
        identity = file.identity
        sentEncoding = file.sentEncoding
        digest = hasDigest ? file.digest : nil
    }
}
