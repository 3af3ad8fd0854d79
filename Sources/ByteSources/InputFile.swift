package import SafeText
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open input: a file, a device, a pipe or standard input, read once to judge it and a second time to send it.
///
/// Both passes read through the descriptor that ``open(path:spoolsStream:)`` got, so a file that is renamed or replaced under the path
/// cannot slip in between. The descriptor is closed with the last reference to this object and its sources; standard input stays open.
public final class InputFile: Sendable {
    /// As given.
    package let filePath: FilePath
    /// Whether any byte can be read again: regular files and block devices.
    package let isSeekable: Bool
    private let descriptor: Descriptor
    private let spool: Spool?
    private let firstPassBegan = Atomic(false)

    /// Opens an input for reading. A FIFO without a writer blocks until one comes.
    ///
    /// - Parameters:
    ///   - path: `-` is standard input. Standard input that is a regular file at its beginning is a file like any other; from a later
    ///     position it is read as a stream. A path to a descriptor, as `/dev/fd/63`, means one that the process was started with: one that is
    ///     closed on exec is refused as closed.
    ///   - spoolsStream: whether an input that can be read only once is copied, while the first pass reads it, to an unnamed temporary
    ///     file in `$TMPDIR` (else `/tmp`), which the second pass reads.
    package static func open(path: FilePath, spoolsStream: Bool) throws(SourceError) -> InputFile {
        try open(path: path, spoolsStream: spoolsStream, temporaryDirectory: Spool.defaultDirectory())
    }

    /// Opens an input for reading: see ``open(path:spoolsStream:)``.
    public static func open(path: String, spoolsStream: Bool) throws(SourceError) -> InputFile {
        try open(path: FilePath(path), spoolsStream: spoolsStream)
    }

    package static func open(path: FilePath, spoolsStream: Bool, temporaryDirectory: FilePath) throws(SourceError) -> InputFile {
        let descriptor: Descriptor
        if path == .standardStream {
            if let reason = DescriptorPath.refusalToReadStandardInput() { throw .notReadable(path: path.description, reason: reason) }
            descriptor = Descriptor(STDIN_FILENO, isOwned: false)
        } else {
            // The system would read the path only up to there, and open another file.
            guard path.isWhole else {
                throw .notReadable(path: path.description, reason: "the path contains a NUL byte")
            }
            if let reason = DescriptorPath.refusalToRead(path) { throw .notReadable(path: path.description, reason: reason) }
            do throws(Descriptor.Failure) {
                descriptor = try Descriptor.reading(path: path)
            } catch {
                throw refusal(toOpen: path, because: error)
            }
        }
        return try InputFile(descriptor: descriptor, path: path, spoolsStream: spoolsStream, temporaryDirectory: temporaryDirectory)
    }

    package init(descriptor: Descriptor, path: FilePath, spoolsStream: Bool, temporaryDirectory: FilePath) throws(SourceError) {
        let displayPath = path.description
        let kind: mode_t
        do throws(Descriptor.Failure) {
            kind = try descriptor.status().mode & S_IFMT
        } catch {
            throw .system(operation: "open", path: displayPath, errno: error.errno, byteOffset: nil)
        }
        guard kind != S_IFDIR else { throw .notReadable(path: displayPath, reason: "it is a directory") }
        filePath = path
        self.descriptor = descriptor
        isSeekable = (kind == S_IFREG || kind == S_IFBLK) && descriptor.position == 0
        descriptor.prepareForReading(isPipe: kind == S_IFIFO)
        guard spoolsStream, !isSeekable else {
            spool = nil
            return
        }
        do throws(Descriptor.Failure) {
            spool = Spool(descriptor: try Descriptor.unnamedFile(in: temporaryDirectory))
        } catch {
            throw .system(operation: "create the temporary copy of", path: displayPath, errno: error.errno, byteOffset: nil)
        }
    }

    /// The path, safe to print.
    package var displayPath: String {
        filePath.description
    }

    /// As given; bytes that are not UTF-8 are replaced.
    package var path: String {
        filePath.text
    }

    /// The source that is judged, from byte 0 (a stream: from where it is).
    ///
    /// - Throws: ``SourceError/notReadable(path:reason:)`` when a stream is asked for it a second time.
    package func firstPass(digest: SourceDigest? = nil) throws(SourceError) -> FileSource {
        if isSeekable {
            return FileSource(.file(descriptor), displayPath: displayPath, digest: digest)
        }
        guard !firstPassBegan.exchange(true, ordering: .acquiringAndReleasing) else {
            throw .notReadable(path: displayPath, reason: "it is a stream, and was already read once")
        }
        return FileSource(.stream(descriptor, copy: spool), displayPath: displayPath, digest: digest)
    }

    /// A part of the file, up to its end.
    ///
    /// - Parameters:
    ///   - byteOffset: Where it begins. A stream begins there already.
    ///   - digest: takes all bytes that are read.
    package func part(from byteOffset: Int, digest: SourceDigest? = nil) -> FileSource {
        FileSource(
            isSeekable ? .file(descriptor) : .stream(descriptor, copy: nil), displayPath: displayPath, from: byteOffset, digest: digest)
    }

    /// The same bytes again, from byte 0: through the same descriptor, or from the copy of a stream.
    ///
    /// - Throws: ``SourceError/notReadable(path:reason:)`` for a stream without a copy, or that was not read to its end.
    package func secondPass(digest: SourceDigest? = nil) throws(SourceError) -> FileSource {
        if isSeekable {
            return FileSource(.file(descriptor), displayPath: displayPath, digest: digest)
        }
        guard let spool else {
            throw .notReadable(path: displayPath, reason: "it is a stream, and no copy of it was kept")
        }
        guard spool.isComplete else {
            throw .notReadable(path: displayPath, reason: "it is a stream, and was not read to its end before")
        }
        return FileSource(.copy(spool.descriptor), displayPath: displayPath, digest: digest)
    }

    /// The file that the second pass reads, as it is now.
    ///
    /// For a stream that is its copy, which changes until the first pass has reached the end: compare only what was asked for after
    /// that. For a stream without a copy it is the stream itself, which says nothing about its content.
    package func identity() throws(SourceError) -> FileIdentity {
        do throws(Descriptor.Failure) {
            return try (spool?.descriptor ?? descriptor).status().identity
        } catch {
            throw .system(operation: "look at", path: displayPath, errno: error.errno, byteOffset: nil)
        }
    }

    /// The present size of a regular file in bytes, for showing progress only; `nil` for all else.
    ///
    /// Files that the kernel makes up while they are read (`/proc`) claim 0.
    package func size() -> Int? {
        isSeekable ? descriptor.regularByteCount : nil
    }

    /// A socket cannot be opened by its path, which the system reports in words that name no socket.
    private static func refusal(toOpen path: FilePath, because failure: Descriptor.Failure) -> SourceError {
        if failure.errno == ENXIO || failure.errno == EOPNOTSUPP, let status = path.attributes(),
            status.mode & S_IFMT == S_IFSOCK
        {
            return .notReadable(path: path.description, reason: "it is a socket")
        }
        return .system(operation: "open", path: path.description, errno: failure.errno, byteOffset: nil)
    }
}
