import ByteSources
import PigmentImport
import Preflight
import SafeText

/// Reads a partial result from its beginning to its end, and compares it with the checksum after it.
final class PartialReader: StoredBlocks {
    /// Bytes of the length before a block of keys or cells.
    static let lengthByteCount = 4
    private static let checksumByteCount = 32
    private static let pieceByteCount = 1 << 18

    private var source: FileSource
    private var digest = SHA256Digest()
    /// Bytes before the checksum that were not read yet.
    private var left: Int
    /// Why it could not be read further, if the system refused it.
    private(set) var failure: SourceError?

    init(_ path: FilePath) throws(SourceError) {
        let file = try InputFile.open(path: path, spoolsStream: false)
        guard let size = file.size() else { throw .notReadable(path: file.displayPath, reason: "it is not a regular file") }
        source = file.part(from: 0)
        left = size - Self.checksumByteCount
    }

    /// The next bytes; `nil` where fewer are left.
    func next(_ count: Int) -> [UInt8]? {
        guard count <= left, let bytes = read(count) else { return nil }
        digest.update(bytes.span)
        left -= count
        return bytes
    }

    /// A number that is written in some bytes, the lowest first.
    func nextNumber(byteCount: Int) -> Int? {
        guard let bytes = next(byteCount), bytes.last.map({ $0 < 0x80 }) ?? false else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func nextBlock() -> [UInt8]? {
        guard let count = nextNumber(byteCount: Self.lengthByteCount) else { return nil }
        return next(count)
    }

    /// Reads what is left.
    ///
    /// - Returns: the checksum; `nil` if it is not that of the bytes before it.
    func finish() -> [UInt8]? {
        while left > 0 {
            if next(min(left, Self.pieceByteCount)) == nil { return nil }
        }
        guard left == 0, let checksum = read(Self.checksumByteCount), digest.finalize() == checksum else { return nil }
        return checksum
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            do throws(SourceError) {
                let more = try source.read(into: &bytes, from: done)
                if more == 0 { return nil }
                done += more
            } catch {
                failure = error
                return nil
            }
        }
        return bytes
    }
}
