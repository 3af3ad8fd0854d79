import ByteSources
import SafeText
import SystemCalls

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open ledger: the few system calls on it, and its locks.
///
/// The file is only appended to, by one process at a time. Readers take no lock: a line is written by one call, so they see all of it or a last
/// line without an end.
///
/// Locks are locks of one byte beyond every end of the file. They belong to the open file (Linux: open file description), so they end with the
/// process however it ends, a child that is started does not inherit them, and closing another descriptor of the same file leaves them alone. NFS
/// passes them to its server, where `flock` would be turned into a lock on the whole file and the two kinds would block each other.
///
/// ```
///   0 …………… end of the file …………… 2⁴¹      2⁴¹ + 1 + ID of an entry
///   lines                          writing   the process of this entry lives
/// ```
final class LedgerFile: Sendable {
    let path: FilePath
    let descriptor: Descriptor
    private let faults: LedgerFaults

    /// An ID has 40 bits.
    private static let writingByte = 1 << 41

    private init(path: FilePath, descriptor: Descriptor, faults: LedgerFaults) {
        self.path = path
        self.descriptor = descriptor
        self.faults = faults
    }

    // MARK: Opening

    /// Opens a ledger to read it; `nil` where there is none.
    static func reading(_ path: FilePath, faults: LedgerFaults) throws(LedgerError) -> LedgerFile? {
        // Without waiting for a writer, should it be a FIFO.
        let number = try opened(path, O_RDONLY | O_NONBLOCK, faults: faults)
        guard let number else { return nil }
        return try regular(path, Descriptor(number, isOwned: true), faults: faults)
    }

    /// Opens a ledger to add to it, and makes it where there is none: readable and writable by this user alone, whatever the umask.
    static func writing(_ path: FilePath, faults: LedgerFaults) throws(LedgerError) -> LedgerFile {
        for _ in 0..<100 {
            if let number = try opened(path, O_RDWR | O_APPEND, faults: faults) {
                return try regular(path, Descriptor(number, isOwned: true), faults: faults)
            }
            guard let number = try opened(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL, faults: faults) else { continue }
            let descriptor = Descriptor(number, isOwned: true)
            _ = fchmod(number, 0o600)
            syncFolder(path.folder)
            return LedgerFile(path: path, descriptor: descriptor, faults: faults)
        }
        throw LedgerError(path, .system(.open, errno: EEXIST))
    }

    /// `nil` where there is no such file, or, to be made, where there is one.
    private static func opened(_ path: FilePath, _ flags: Int32, faults: LedgerFaults) throws(LedgerError) -> Int32? {
        let isNew = flags & O_CREAT != 0
        while true {
            if let fault = faults.fault(.open) { throw failure(path, .open, fault) }
            let number = path.opened(flags | O_CLOEXEC | O_NOCTTY, mode: 0o600)
            if number >= 0 { return number }
            switch errno {
            case EINTR: continue
            case ENOENT where !isNew && !isDanglingLink(path), EEXIST where isNew: return nil
            default: throw LedgerError(path, .system(.open, errno: errno))
            }
        }
    }

    /// Nothing can be made at such a path.
    private static func isDanglingLink(_ path: FilePath) -> Bool {
        path.attributes(followsLink: false) != nil
    }

    private static func regular(_ path: FilePath, _ descriptor: Descriptor, faults: LedgerFaults) throws(LedgerError) -> LedgerFile {
        guard let attributes = Descriptor.attributes(of: descriptor.number), attributes.mode & S_IFMT == S_IFREG else {
            throw LedgerError(path, .notAFile)
        }
        return LedgerFile(path: path, descriptor: descriptor, faults: faults)
    }

    /// Makes the name of a new file last. Where a file system cannot do that, the file itself is synced at least.
    static func syncFolder(_ folder: FilePath) {
        let number = folder.opened(O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard number >= 0 else { return }
        _ = fsync(number)
        close(number)
    }

    /// Whether the path still names this file: it may have been moved away since it was opened.
    var isInPlace: Bool {
        guard let own = Descriptor.attributes(of: descriptor.number), let named = path.attributes() else { return false }
        return own.isSameFile(as: named)
    }

    private func attributes(_ doing: LedgerError.Doing) throws(LedgerError) -> FileAttributes {
        guard let attributes = Descriptor.attributes(of: descriptor.number) else { throw LedgerError(path, .system(doing, errno: errno)) }
        return attributes
    }

    /// Reads at an offset.
    ///
    /// - Returns: the number of bytes, 0 at the end.
    func read(at byteOffset: Int, into buffer: inout MutableSpan<UInt8>) throws(LedgerError) -> Int {
        if let fault = faults.fault(.read) { throw Self.failure(path, .read, fault) }
        do throws(Descriptor.Failure) {
            return try descriptor.readBytes(at: byteOffset, into: &buffer)
        } catch {
            throw LedgerError(path, .system(.read, errno: error.errno))
        }
    }

    // MARK: Locks

    /// Takes the lock for writing, and waits for it.
    ///
    /// Asked for again and again instead of waited for: a process that was stopped with the lock may not hold up a push without end.
    func lock(patience: Duration) throws(LedgerError) {
        let end = ContinuousClock.now + patience
        var pause: UInt32 = 500
        while true {
            if let fault = faults.fault(.lock) { throw Self.failure(path, .lock, fault) }
            if setLock(Self.writingByte, F_WRLCK) { return }
            guard [EAGAIN, EACCES, EINTR].contains(errno) else { throw LedgerError(path, .system(.lock, errno: errno)) }
            guard ContinuousClock.now < end else { throw LedgerError(path, .locked) }
            // Less and less often, and not in step with others that wait.
            usleep(pause + .random(in: 0..<pause))
            pause = min(pause * 2, 20_000)
        }
    }

    func unlock() {
        _ = setLock(Self.writingByte, F_UNLCK)
    }

    /// Whether another process writes at this moment.
    var isBeingWritten: Bool { isLocked(Self.writingByte) }

    /// Shows as long as this file is open that the process of an entry lives.
    func claim(_ entry: LedgerEntryID) throws(LedgerError) {
        guard setLock(Self.byte(of: entry), F_WRLCK) else { throw LedgerError(path, .system(.lock, errno: errno)) }
    }

    /// Whether another process, or another open file of this one, has claimed the entry.
    func isClaimed(_ entry: LedgerEntryID) -> Bool { isLocked(Self.byte(of: entry)) }

    private static func byte(of entry: LedgerEntryID) -> Int { writingByte + 1 + Int(entry.number) }

    #if os(Linux)
        /// `F_OFD_GETLK` and `F_OFD_SETLK` of the generic Linux ABI, which the headers hide under `_GNU_SOURCE`.
        private static let (getting, setting): (Int32, Int32) = (36, 37)
    #else
        private static let (getting, setting): (Int32, Int32) = (F_GETLK, F_SETLK)
    #endif

    private func setLock(_ byte: Int, _ type: Int32) -> Bool {
        system_set_lock(descriptor.number, Self.setting, Int64(byte), Int16(type)) == 0
    }

    private func isLocked(_ byte: Int) -> Bool {
        let type = system_lock(descriptor.number, Self.getting, Int64(byte), Int16(F_WRLCK))
        return type >= 0 && type != Int32(F_UNLCK)
    }

    // MARK: Appending

    /// Adds a line by one call, and waits until the disk has it. The lock for writing must be held.
    ///
    /// A last line that was cut, by a process that ended in the middle of writing it, gets its line end first.
    ///
    /// - Parameter isUndone: whether a line that the disk may not have is taken back: for an intent, after which nothing is sent then. Other
    ///   records are worth more in the memory of the system than nowhere.
    func append(_ line: String, isUndone: Bool) throws(LedgerError) {
        let before = try attributes(.write)
        guard before.linkCount > 0 else { throw LedgerError(path, .deleted) }
        let length = Int(before.identity.size)
        var bytes = Array((line + "\n").utf8)
        if try !isCleanEnd(length) { bytes.insert(UInt8(ascii: "\n"), at: 0) }
        do throws(LedgerError) {
            try write(bytes)
            if isUndone { try sync() }
        } catch {
            if error.fault != .ended { truncate(to: length) }
            throw error
        }
        if !isUndone { try sync() }
    }

    private func isCleanEnd(_ length: Int) throws(LedgerError) -> Bool {
        guard length > 0 else { return true }
        var last: [UInt8] = [0]
        var space = last.mutableSpan
        let count = try read(at: length - 1, into: &space)
        return count == 1 && space[0] == UInt8(ascii: "\n")
    }

    /// A second call for a rest would let a line be seen in two parts: what does not fit at once does not fit.
    private func write(_ bytes: [UInt8]) throws(LedgerError) {
        if let fault = faults.fault(.write) {
            switch fault {
            case .fails(_, let count), .ends(let count): _ = writtenByteCount(Array(bytes.prefix(count)))
            }
            throw Self.failure(path, .write, fault)
        }
        let count = writtenByteCount(bytes)
        guard count >= 0 else { throw LedgerError(path, .system(.write, errno: errno)) }
        guard count == bytes.count else { throw LedgerError(path, .system(.write, errno: ENOSPC)) }
    }

    private func writtenByteCount(_ bytes: [UInt8]) -> Int {
        while true {
            let count = descriptor.writeOnce(bytes.span)
            if count >= 0 || errno != EINTR { return count }
        }
    }

    private func sync() throws(LedgerError) {
        if let fault = faults.fault(.sync) { throw Self.failure(path, .sync, fault) }
        #if canImport(Darwin)
            // Without it Darwin leaves the bytes in the cache of the disk.
            if fcntl(descriptor.number, F_FULLFSYNC) == 0 { return }
        #endif
        while fsync(descriptor.number) != 0 {
            switch errno {
            case EINTR: continue
            case EINVAL, ENOTSUP: return
            default: throw LedgerError(path, .system(.sync, errno: errno))
            }
        }
    }

    /// What cannot be taken back stays as a line that is cut, or as an intent without an outcome: both are understood.
    private func truncate(to length: Int) {
        guard faults.fault(.truncate) == nil else { return }
        _ = ftruncate(descriptor.number, off_t(length))
    }

    private static func failure(_ path: FilePath, _ doing: LedgerError.Doing, _ fault: LedgerFaults.Fault) -> LedgerError {
        switch fault {
        case .fails(let errno, _): LedgerError(path, .system(doing, errno: errno))
        case .ends: LedgerError(path, .ended)
        }
    }
}
