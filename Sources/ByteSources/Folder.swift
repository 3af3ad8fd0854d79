package import SafeText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Makes folders for what a run writes.
package enum Folder {
    /// Makes the folder unless it is there. Its parent must exist.
    package static func make(_ path: FilePath) throws(OutputFile.Refusal) {
        guard path.isWhole else { throw OutputFile.Refusal(message: "cannot make the folder \(path): the path contains a NUL byte") }
        let failure = path.makeFolder(mode: 0o777) ? 0 : errno
        if failure == 0 || failure == EEXIST { return }
        throw OutputFile.Refusal(message: "cannot make the folder \(path): \(systemText(of: failure))")
    }
}
