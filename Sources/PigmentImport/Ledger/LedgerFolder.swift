import ByteSources
import SafeText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder of the usual ledger.
enum LedgerFolder {
    /// Makes a folder and those above it, as far as they are missing: for this user alone, whatever the umask.
    static func make(_ folder: FilePath, for ledger: FilePath) throws(LedgerError) {
        var missing: [FilePath] = []
        var path = folder.withoutFinalSlash
        while !path.makeFolder(mode: 0o700) {
            switch errno {
            case EEXIST: return try makeAll(missing, for: ledger)
            case ENOENT where path.bytes.count > 1:
                missing.append(path)
                path = path.folder.withoutFinalSlash
            default: throw LedgerError(ledger, .system(.makeFolder, errno: errno))
            }
        }
        finish(path)
        try makeAll(missing, for: ledger)
    }

    private static func makeAll(_ missing: [FilePath], for ledger: FilePath) throws(LedgerError) {
        for folder in missing.reversed() {
            // Another process may have been faster.
            guard !folder.makeFolder(mode: 0o700) else {
                finish(folder)
                continue
            }
            guard errno == EEXIST else { throw LedgerError(ledger, .system(.makeFolder, errno: errno)) }
        }
    }

    private static func finish(_ folder: FilePath) {
        folder.setPermissions(0o700)
        LedgerFile.syncFolder(folder.folder)
    }
}

extension FilePath {
    fileprivate var withoutFinalSlash: FilePath {
        var bytes = bytes
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return FilePath(bytes: bytes)
    }
}
