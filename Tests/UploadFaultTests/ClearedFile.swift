import ByteSpans
import Foundation
import PigmentImport

@testable import ByteSources
@testable import Preflight
@testable import ValueFormats

/// A file of zero bytes that passed the gate, in a directory of its own. Sparse, so that its size costs nothing.
final class ClearedFile: Sendable {
    let path: String
    let byteCount: Int
    let clearance: Clearance
    private let directory: String

    init(byteCount: Int) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "upload-faults-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        path = directory + "/export.csv"
        self.byteCount = byteCount
        try Data().write(to: URL(filePath: path))
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: UInt64(byteCount))
        try handle.close()
        let file = try InputFile.open(path: path, spoolsStream: false)
        let identity = try file.identity()
        clearance = Clearance(file: file, identity: identity, byteCount: byteCount, digest: Self.digest(ofZeros: byteCount))
        try awaitNextTimestamp(after: identity.changed)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// A path for another file beside this one, removed with it.
    func neighbour(_ name: String) -> String {
        directory + "/" + name
    }

    /// File systems count time in steps of some milliseconds: a change within the step of the check would leave no trace of its own.
    private func awaitNextTimestamp(after timestamp: FileIdentity.Timestamp) throws {
        let probe = neighbour("clock")
        repeat {
            try Data().write(to: URL(filePath: probe))
        } while try InputFile.open(path: probe, spoolsStream: false).identity().changed == timestamp
    }

    private static func digest(ofZeros byteCount: Int) -> [UInt8] {
        var digest = SHA256Digest()
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        for start in stride(from: 0, to: byteCount, by: zeros.count) {
            digest.update(zeros.span.prefix(byteCount - start))
        }
        return digest.finalize()
    }
}
