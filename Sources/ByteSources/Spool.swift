package import SafeText
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The copy of a stream, kept in an unnamed temporary file so that what can be read only once can be read again.
package final class Spool: Sendable {
    package let descriptor: Descriptor
    private let holdsWholeStream = Atomic(false)

    package init(descriptor: Descriptor) {
        self.descriptor = descriptor
    }

    /// `$TMPDIR`, else `/tmp`.
    package static func defaultDirectory() -> FilePath {
        FilePath.ofVariable("TMPDIR") ?? FilePath("/tmp")
    }

    /// Whether the stream was copied to its end. Before that a second pass would read only a part of it.
    package var isComplete: Bool {
        holdsWholeStream.load(ordering: .acquiring)
    }

    package func append(_ bytes: Span<UInt8>) throws(Descriptor.Failure) {
        try descriptor.writeAll(bytes)
    }

    package func markComplete() {
        holdsWholeStream.store(true, ordering: .releasing)
    }
}
