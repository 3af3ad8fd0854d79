import ByteSources

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension LedgerFile {
    /// Empties the file and writes these lines. The lock for writing must be held. For a file whose loss costs nothing: in between it is empty.
    func replaceLines(_ lines: [String]) throws(LedgerError) {
        guard ftruncate(descriptor.number, 0) == 0 else { throw LedgerError(path, .system(.write, errno: errno)) }
        if !lines.isEmpty { try append(lines.joined(separator: "\n"), isUndone: false) }
    }
}
