#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension SourceError {
    /// What happened, where, and what to do next, in one or two sentences. Safe to print.
    public var message: String {
        switch self {
        case .system(let operation, let path, let number, let byteOffset):
            let place = byteOffset.map { $0 > 0 ? " after \($0) bytes" : "" } ?? ""
            return "Cannot \(operation) \(Self.name(path))\(place): \(systemText(of: number)). "
                + Self.advice(errno: number, isTemporaryCopy: operation.hasSuffix("temporary copy of") || operation.hasPrefix("put aside"))
        case .notReadable(let path, let reason):
            let isNamedByReason = path == "-" && reason.hasPrefix("standard input")
            return "Cannot read\(isNamedByReason ? "" : " " + Self.name(path)): \(reason). Use a file instead."
        case .changed(let path):
            return "The content of \(Self.name(path)) changed while it was read. Try again once no program writes to it."
        case .gzip(let damage):
            return damage.message
        }
    }

    private static func name(_ path: String) -> String {
        path == "-" ? "standard input" : path
    }

    private static func advice(errno number: Int32, isTemporaryCopy: Bool) -> String {
        switch number {
        case ENOSPC, EDQUOT, EFBIG:
            "Free some space, or set TMPDIR to a folder on a larger disk."
        case EROFS where isTemporaryCopy, EACCES where isTemporaryCopy, ENOENT where isTemporaryCopy, ENOTDIR where isTemporaryCopy:
            "Set TMPDIR to an existing folder that you can write to."
        case ENOENT, ENOTDIR: "Check the path."
        case EACCES, EPERM: "Check the permissions of the file and of the folders above it."
        case ELOOP: "The symbolic link points to itself. Use the path of the file."
        case ENAMETOOLONG: "Shorten the path, or run the command from a folder closer to the file."
        case EMFILE, ENFILE: "Too many files are open. Close some, or raise the limit (ulimit -n)."
        case EBADF: "It is closed. Provide an input."
        case ESTALE: "The file was replaced on the file server. Try again."
        case EIO: "The disk or the file server is failing. Check the system log, and use a copy of the file."
        default: "If it fails again, copy the file to a local disk and read it there."
        }
    }
}

extension GzipDamage {
    /// What is broken and where, in one sentence.
    public var message: String {
        switch kind {
        case .truncated:
            "The gzip stream ends inside member \(member), after \(compressedOffset) compressed bytes: copy or export the file again."
        case .badHeader:
            "The header of gzip member \(member) is damaged near compressed byte \(compressedOffset): copy or export the file again."
        case .badData:
            "The data of gzip member \(member) is damaged near compressed byte \(compressedOffset): copy or export the file again."
        case .badChecksum:
            "The data of gzip member \(member), which ends near compressed byte \(compressedOffset), does not match its checksum: "
                + "copy or export the file again."
        case .badLength:
            "The data of gzip member \(member), which ends near compressed byte \(compressedOffset), does not have its stated length: "
                + "copy or export the file again."
        case .tooLong:
            "The content is longer than \(decompressedOffset) bytes. Check what wrote the file, or raise the limit."
        case .trailingBytes:
            "At compressed byte \(compressedOffset), after gzip member \(member), there are bytes that are not gzip: "
                + "inspect them, and compress the right content again."
        }
    }
}
