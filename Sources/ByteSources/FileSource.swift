import ByteSpans

/// The raw bytes of an ``InputFile``, in one pass. Keeps what it reads open.
///
/// Once it has reported that the input is at its end it stays there, also if the file grows. Copies of a source over a stream read on from
/// one common place; do not copy it.
package struct FileSource: ByteSource {
    /// What the bytes come from.
    package enum Origin {
        /// Read by offset.
        case file(Descriptor)
        /// Read once, in order, and copied on the way if there is a spool.
        case stream(Descriptor, copy: Spool?)
        /// The copy of a stream.
        case copy(Descriptor)
    }

    /// Raw bytes delivered so far, and those before the beginning.
    package private(set) var byteOffset: Int
    private let origin: Origin
    private let displayPath: String
    private var isAtEnd = false
    /// How long the file was when its first block was taken, and where the last one ends; `nil` before that.
    private var blocks: (fileByteCount: Int, end: Int)?
    private let digest: SourceDigest?

    /// - Parameters:
    ///   - byteOffset: Where a file is begun to be read, or where in the file a stream begins.
    ///   - digest: takes all bytes that are read.
    package init(_ origin: Origin, displayPath: String, from byteOffset: Int = 0, digest: SourceDigest? = nil) {
        self.byteOffset = byteOffset
        self.digest = digest
        self.origin = origin
        self.displayPath = displayPath
    }

    package mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        // Reading nothing would be taken for the end of the file.
        precondition(!buffer.isEmpty, "the buffer is empty")
        if isAtEnd { return 0 }
        let count: Int
        do throws(Descriptor.Failure) {
            switch origin {
            case .file(let descriptor), .copy(let descriptor): count = try descriptor.readBytes(at: byteOffset, into: &buffer)
            case .stream(let descriptor, _): count = try descriptor.readNext(into: &buffer)
            }
        } catch {
            throw .system(operation: readingOperation, path: displayPath, errno: error.errno, byteOffset: byteOffset)
        }
        if case .stream(_, let spool?) = origin {
            try copy(buffer.span[..<count], to: spool)
        }
        digest?.update(buffer.span[..<count])
        byteOffset += count
        isAtEnd = count == 0
        return count
    }

    /// The next bytes, which the caller reads, in place of this source.
    ///
    /// - Parameter byteCount: The length that is wanted. A long block is a little shorter, so that the next begins at a page.
    /// - Returns: `nil` where bytes have to be read in order: in a stream, for a digest, and where the file ended when its first block was taken.
    package mutating func takeBlock(byteCount: Int) -> FileBlock? {
        guard digest == nil, !isAtEnd else { return nil }
        let descriptor: Descriptor
        switch origin {
        case .file(let file), .copy(let file): descriptor = file
        case .stream: return nil
        }
        let fileByteCount = blocks?.fileByteCount ?? descriptor.regularByteCount ?? 0
        let followsBlock = blocks?.end == byteOffset
        let wanted = byteOffset + byteCount
        let end = min(fileByteCount, byteCount < 2 * Self.pageByteCount ? wanted : wanted - wanted % Self.pageByteCount)
        blocks = (fileByteCount, end)
        guard byteOffset < end else { return nil }
        defer { byteOffset = end }
        return FileBlock(
            byteOffset..<end, followsBlock: followsBlock, of: descriptor, byteCount: fileByteCount, displayPath: displayPath)
    }

    private static let pageByteCount = 4096

    /// No bytes mean the end of the stream.
    private func copy(_ bytes: Span<UInt8>, to spool: Spool) throws(SourceError) {
        guard !bytes.isEmpty else { return spool.markComplete() }
        do throws(Descriptor.Failure) {
            try spool.append(bytes)
        } catch {
            throw .system(
                operation: "write to the temporary copy of", path: displayPath, errno: error.errno, byteOffset: byteOffset)
        }
    }

    private var readingOperation: String {
        switch origin {
        case .file, .stream: "read"
        case .copy: "read the temporary copy of"
        }
    }
}
