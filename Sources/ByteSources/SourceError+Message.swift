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
            return "Cannot \(operation) \(Self.name(path))\(place): \(String(cString: strerror(number))). "
                + Self.advice(errno: number, isTemporaryCopy: operation.hasSuffix("temporary copy of") || operation.hasPrefix("put aside"))
        case .notReadable(let path, let reason):
            let isNamedByReason = path == "-" && reason.hasPrefix("standard input")
            return "Cannot read\(isNamedByReason ? "" : " " + Self.name(path)): \(reason). Name a file instead."
        case .changed(let path):
            return "The content of \(Self.name(path)) changed while it was read. Run again when nobody writes to it."
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
            "Free space there, or name a folder on a larger disk in TMPDIR."
        case EROFS where isTemporaryCopy, EACCES where isTemporaryCopy, ENOENT where isTemporaryCopy, ENOTDIR where isTemporaryCopy:
            "Name a folder in TMPDIR that exists and may be written to."
        case ENOENT, ENOTDIR: "Check the path."
        case EACCES, EPERM: "Check the permissions of the file and of the folders above it."
        case ELOOP: "The path is a symbolic link that leads back to itself: name the file itself."
        case ENAMETOOLONG: "Check the path, or run the command from a folder nearer to the file."
        case EMFILE, ENFILE: "Too many files are open: close some, or raise the limit (ulimit -n)."
        case EBADF: "It is closed: give the command an input."
        case ESTALE: "The file was replaced on the file server: run again."
        case EIO: "The disk or the file server fails: look at the system log, and read a copy of the file from elsewhere."
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
            "The content is longer than \(decompressedOffset) bytes: look at what wrote the file, or raise the limit."
        case .trailingBytes:
            "At compressed byte \(compressedOffset), after gzip member \(member), follow bytes that are no gzip member: "
                + "look at them, and compress the right content again."
        }
    }
}
