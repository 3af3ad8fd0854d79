package import ByteSources
import ByteSpans

/// The bytes of one range, as they were when it was checked.
package struct CheckedBytes: Sendable, Equatable {
    /// The number of the range, from 0.
    package var range: Int
    /// Where its rows begin, and where the last one ends.
    package var bytes: Range<Int>
    /// SHA-256 of these bytes; empty if it was not collected.
    package var digest: [UInt8]
}

/// A file that was read a second time and found to be what its ranges were when they were checked: byte for byte, by their digests.
///
/// No range knows the digest of the whole file. It is known now, so that what is sent is compared with it as after one check.
package struct ComparedFile {
    private let file: InputFile
    /// As it was before it was read, and after.
    private let identity: FileIdentity
    /// Of the file as it is stored.
    package let storedDigest: [UInt8]
    /// Of what would be sent.
    private let sentDigest: [UInt8]
    private let sent: (byteCount: Int, encoding: TextEncoding)

    private static let chunkByteCount = 1 << 18

    /// Why the file is not known to be the one that was checked.
    package enum Failure: Error {
        case source(SourceError)
        /// Its bytes are others: what follows after its name, in a sentence.
        case differs(String)
    }

    /// Reads a file to its end.
    ///
    /// - Parameters:
    ///   - checked: all ranges, in order, with their digests.
    ///   - isStored: whether the digests are those of the file as it is stored, and not of its content.
    ///   - encoding: what would be sent is converted from it; UTF-8 if it is sent as it is.
    ///   - digest: begins at nothing. Used for the ranges and for all of the file.
    ///   - progress: called after each chunk with the bytes read so far.
    package init(
        _ file: InputFile, checked: [CheckedBytes], isStored: Bool = false, encoding: TextEncoding, digest: any StreamDigest,
        progress: (Int) -> Void = { _ in }
    ) throws(Failure) {
        let comparison = Comparison(checked, digest: digest)
        do throws(SourceError) {
            self = try Self(file, comparison, isStored: isStored, encoding: encoding, digest: digest, progress: progress)
        } catch {
            throw .source(error)
        }
        if let difference = comparison.difference { throw .differs(difference) }
    }

    private init(
        _ file: InputFile, _ comparison: Comparison, isStored: Bool, encoding: TextEncoding, digest: any StreamDigest,
        progress: (Int) -> Void
    ) throws(SourceError) {
        let identity = try file.identity()
        let stored = SourceDigest(digest)
        let raw = ComparedSource(source: try file.secondPass(digest: stored), comparison: isStored ? comparison : nil)
        let decompressed = try ContentSource(raw)
        let content = ComparedSource(source: decompressed, comparison: isStored ? nil : comparison)
        var other: (any StreamDigest)? = decompressed.compression == .none && encoding == .utf8 ? nil : digest
        let byteCount =
            encoding == .utf8
            ? try Self.read(content, comparison, progress) { other?.update($0) }
            : try Self.read(TranscodingSource(content, encoding: encoding), comparison, progress) { other?.update($0) }
        storedDigest = stored.finish()
        sentDigest = other?.finalize() ?? storedDigest
        if comparison.difference == nil, try file.identity() != identity { throw .changed(path: file.displayPath) }
        (self.file, self.identity, sent) = (file, identity, (byteCount, encoding))
    }

    private static func read(
        _ source: some ByteSource, _ comparison: Comparison, _ progress: (Int) -> Void, take: (Span<UInt8>) -> Void
    ) throws(SourceError) -> Int {
        var source = source
        var chunk = [UInt8](repeating: 0, count: chunkByteCount)
        var byteCount = 0
        while comparison.difference == nil {
            let count = try source.read(into: &chunk, from: 0)
            if count == 0 {
                comparison.end()
                break
            }
            take(chunk.span.extracting(first: count))
            byteCount += count
            progress(comparison.byteOffset)
        }
        return byteCount
    }

    /// The file as if it had been checked in one run.
    package func checked(_ report: Report) -> CheckedFile {
        CheckedFile(report: report, file: file, identity: identity, digest: sentDigest, sent: sent)
    }
}

/// Compares bytes with the digests of ranges.
private final class Comparison {
    private let checked: [CheckedBytes]
    private let blank: any StreamDigest
    private var digest: any StreamDigest
    /// The range that the next byte belongs to.
    private var next = 0
    private(set) var byteOffset = 0
    /// What differs, as a part of a sentence.
    private(set) var difference: String?

    init(_ checked: [CheckedBytes], digest: any StreamDigest) {
        self.checked = checked
        (blank, self.digest) = (digest, digest)
        passEnds()
    }

    func take(_ bytes: Span<UInt8>) {
        var rest = bytes
        while !rest.isEmpty, difference == nil {
            guard next < checked.count else {
                difference = "is longer than the \(byteOffset) bytes that were checked. Plan and check it again"
                return
            }
            let piece = rest.prefix(checked[next].bytes.upperBound - byteOffset)
            digest.update(piece)
            byteOffset += piece.count
            rest = rest.dropFirst(piece.count)
            passEnds()
        }
    }

    /// Nothing follows.
    func end() {
        guard difference == nil, next < checked.count else { return }
        difference = "ends after \(byteOffset) bytes, and more were checked. Plan and check it again"
    }

    /// Compares the ranges that end here.
    private func passEnds() {
        while next < checked.count, checked[next].bytes.upperBound == byteOffset {
            let part = checked[next]
            guard digest.finalize() == part.digest else {
                difference =
                    "differs from what was checked: bytes \(part.bytes.lowerBound) to \(part.bytes.upperBound) (range \(part.range)) are others now. "
                    + "Plan and check it again"
                return
            }
            digest = blank
            next += 1
        }
    }
}

/// Shows what is read to a comparison.
private struct ComparedSource<Source: ByteSource>: ByteSource {
    var source: Source
    let comparison: Comparison?

    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        let count = try source.read(into: &buffer)
        comparison?.take(buffer.span.extracting(first: count))
        return count
    }
}
