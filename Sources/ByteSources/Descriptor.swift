import ByteSpans
package import SafeText
import SystemCalls

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file descriptor and the few system calls made on it, each repeated when a signal interrupted it.
package final class Descriptor: Sendable {
    /// A system call failed.
    package struct Failure: Error, Equatable {
        /// The system's error number.
        package var errno: Int32

        /// The system's words for it.
        package var text: String { systemText(of: errno) }
    }

    package let number: Int32
    private let isOwned: Bool

    /// - Parameter isOwned: whether the descriptor is closed with the object; standard input is not.
    package init(_ number: Int32, isOwned: Bool) {
        self.number = number
        self.isOwned = isOwned
    }

    deinit {
        // Nothing that was written through it can be read by anybody else: the result of closing does not matter.
        if isOwned { close(number) }
    }

    /// Opens a file for reading. Waits for a writer where the path is a FIFO.
    package static func reading(path: FilePath) throws(Failure) -> Descriptor {
        while true {
            let number = path.opened(O_RDONLY | O_CLOEXEC | O_NOCTTY)
            if number >= 0 { return Descriptor(number, isOwned: true) }
            guard errno == EINTR else { throw Failure(errno: errno) }
        }
    }

    /// Makes a file without a name, readable and writable by this user alone, which is gone when it is closed.
    package static func unnamedFile(in directory: FilePath) throws(Failure) -> Descriptor {
        #if os(Linux)
            // Not every file system can do this: after any refusal, the way that works everywhere decides.
            let unnamed = directory.opened(openUnnamed | O_RDWR | O_EXCL | O_CLOEXEC, mode: 0o600)
            if unnamed >= 0 { return Descriptor(unnamed, isOwned: true) }
        #endif
        var path = directory.bytes + "/preflight-XXXXXX\0".utf8
        var name = path.mutableSpan
        let number = system_make_unique(name.room)
        guard number >= 0 else { throw Failure(errno: errno) }
        let descriptor = Descriptor(number, isOwned: true)
        guard system_unlink(path.span.view) == 0, fcntl(number, F_SETFD, FD_CLOEXEC) == 0 else { throw Failure(errno: errno) }
        return descriptor
    }

    func status() throws(Failure) -> FileAttributes {
        guard let status = Self.attributes(of: number) else { throw Failure(errno: errno) }
        return status
    }

    /// The size of a regular file; `nil` of all else, and where the system does not tell.
    var regularByteCount: Int? {
        guard let status = try? status(), status.mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.identity.size)
    }

    /// What a descriptor is open for; `nil` where it is not open, and `errno` says why.
    package static func attributes(of number: Int32) -> FileAttributes? {
        FileAttributes(system_attributes_of_descriptor(number))
    }

    /// Where `readNext` would begin; `nil` where there is no such thing.
    package var position: Int? {
        let position = lseek(number, 0, SEEK_CUR)
        return position < 0 ? nil : Int(position)
    }

    /// `readNext` begins at the first byte again, where the file has positions.
    package func rewind() { lseek(number, 0, SEEK_SET) }

    /// Reads what comes next in a stream, waiting for it also where the descriptor was made non-blocking by another process.
    ///
    /// - Returns: the number of bytes, 0 at the end.
    package func readNext(into buffer: inout MutableSpan<UInt8>) throws(Failure) -> Int {
        while true {
            let count = system_read(number, buffer.room)
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN: try wait(for: POLLIN)
            default: throw Failure(errno: errno)
            }
        }
    }

    /// Reads at an offset; the descriptor's own position stays.
    ///
    /// - Returns: the number of bytes, 0 at the end.
    package func readBytes(at byteOffset: Int, into buffer: inout MutableSpan<UInt8>) throws(Failure) -> Int {
        while true {
            let count = system_read_at(number, Int64(byteOffset), buffer.room)
            if count >= 0 { return count }
            guard errno == EINTR else { throw Failure(errno: errno) }
        }
    }

    /// Writes some of the bytes by one call.
    ///
    /// - Returns: how many; a negative number where that fails, and `errno` says why.
    package func writeOnce(_ bytes: Span<UInt8>) -> Int { system_write(number, bytes.view) }

    /// Writes all of the bytes at the descriptor's position, waiting also where it was made non-blocking by another process.
    package func writeAll(_ bytes: Span<UInt8>) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            let count = writeOnce(rest)
            if count >= 0 {
                rest = rest[count...]
            } else if errno == EAGAIN {
                try wait(for: POLLOUT)
            } else if errno != EINTR {
                throw Failure(errno: errno)
            }
        }
    }

    /// Tells the system how the file will be read. Only hints: a refusal changes nothing.
    package func prepareForReading(isPipe: Bool) {
        #if os(Linux)
            if isPipe {
                // The default of 64 KiB costs a third of the rate at which a pipe can be read.
                _ = fcntl(number, Self.setPipeByteCount, Int32(1 << 20))
            } else {
                _ = posix_fadvise(number, 0, 0, POSIX_FADV_SEQUENTIAL)
            }
        #endif
    }

    #if os(Linux)
        /// `O_TMPFILE` and `F_SETPIPE_SZ` of the generic Linux ABI (x86-64, arm64), which the headers hide under `_GNU_SOURCE`.
        private static let openUnnamed = 0o20000000 | O_DIRECTORY
        private static let setPipeByteCount: Int32 = 1031
    #endif

    private func wait(for events: Int32) throws(Failure) {
        guard system_wait(number, Int16(events), -1) >= 0 || errno == EINTR else { throw Failure(errno: errno) }
    }
}
