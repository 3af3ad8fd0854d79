import ByteSources
import Preflight

/// Where the bytes of a body come from, and what the first pass found out about them.
///
/// Separate from ``UploadBody`` so that its promise can be tested with sources that lie at every byte.
struct BodyOrigin: Sendable {
    /// Length that the first pass counted.
    let byteCount: Int
    /// SHA-256 that the first pass computed.
    let digest: [UInt8]
    /// Begins a second pass.
    let open: @Sendable () throws(SourceError) -> any ByteSource
    /// Whether the file still is what it was before the first pass.
    let isUnchanged: @Sendable () throws(SourceError) -> Bool

    init(
        byteCount: Int, digest: [UInt8], open: @escaping @Sendable () throws(SourceError) -> any ByteSource,
        isUnchanged: @escaping @Sendable () throws(SourceError) -> Bool
    ) {
        self.byteCount = byteCount
        self.digest = digest
        self.open = open
        self.isUnchanged = isUnchanged
    }

    init(_ clearance: Clearance) {
        self.init(byteCount: clearance.byteCount, digest: clearance.digest) { () throws(SourceError) -> any ByteSource in
            let content = try ContentSource(clearance.file.secondPass())
            return clearance.encoding == .utf8 ? content : TranscodingSource(content, encoding: clearance.encoding)
        } isUnchanged: { () throws(SourceError) -> Bool in
            try clearance.file.identity() == clearance.identity
        }
    }
}
