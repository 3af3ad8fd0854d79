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
        while mkdir(path) != 0 {
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
            guard mkdir(folder) != 0 else {
                finish(folder)
                continue
            }
            guard errno == EEXIST else { throw LedgerError(ledger, .system(.makeFolder, errno: errno)) }
        }
    }

    private static func finish(_ folder: FilePath) {
        _ = folder.withCString { chmod($0, 0o700) }
        LedgerFile.syncFolder(folder.folder)
    }

    private static func mkdir(_ path: FilePath) -> Int32 {
        #if canImport(Darwin)
            path.withCString { Darwin.mkdir($0, 0o700) }
        #elseif canImport(Musl)
            path.withCString { Musl.mkdir($0, 0o700) }
        #else
            path.withCString { Glibc.mkdir($0, 0o700) }
        #endif
    }
}

extension FilePath {
    fileprivate var withoutFinalSlash: FilePath {
        var bytes = bytes
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return FilePath(bytes: bytes)
    }
}
