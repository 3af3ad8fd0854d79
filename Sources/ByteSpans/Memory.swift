#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Memory of the C library, whose pages cost nothing before they are written to.
@usableFromInline
enum Memory {
    /// - Returns: so many bytes of zero, at least one; aligned for every element of up to sixteen bytes.
    @unsafe @usableFromInline
    static func zeros(byteCount: Int) -> UnsafeMutableRawPointer {
        guard let memory = unsafe calloc(max(byteCount, 1), 1) else { fatalError("out of memory") }
        return unsafe memory
    }

    @unsafe @usableFromInline
    static func release(_ memory: UnsafeMutableRawPointer) { unsafe free(memory) }
}
