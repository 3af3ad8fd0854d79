import ByteSpans
package import SafeText

#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

/// An open file descriptor and the few system calls made on it, each repeated when a signal interrupted it. They are told where some memory is, and
/// how long it is.
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
        var template = (directory.bytes + "/preflight-XXXXXX\0".utf8).map { CChar(bitPattern: $0) }
        // The name that it chooses is as long as the pattern.
        let number = unsafe mkstemp(&template)
        guard number >= 0 else { throw Failure(errno: errno) }
        let descriptor = Descriptor(number, isOwned: true)
        guard unsafe unlink(template) == 0, fcntl(number, F_SETFD, FD_CLOEXEC) == 0 else { throw Failure(errno: errno) }
        return descriptor
    }

    func status() throws(Failure) -> stat {
        guard let status = Self.attributes(of: number) else { throw Failure(errno: errno) }
        return status
    }

    /// What a descriptor is open for; `nil` where it is not open, and `errno` says why.
    package static func attributes(of number: Int32) -> stat? {
        var status = stat()
        return unsafe fstat(number, &status) == 0 ? status : nil
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
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, min($0.count, Self.transferLimit)) }
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
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe pread(number, $0.baseAddress, min($0.count, Self.transferLimit), off_t(byteOffset))
            }
            if count >= 0 { return count }
            guard errno == EINTR else { throw Failure(errno: errno) }
        }
    }

    /// Writes some of the bytes by one call.
    ///
    /// - Returns: how many; a negative number where that fails, and `errno` says why.
    package func writeOnce(_ bytes: Span<UInt8>) -> Int {
        unsafe bytes.withUnsafeBytes { unsafe write(number, $0.baseAddress, min($0.count, Self.transferLimit)) }
    }

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

    /// One system call moves less than 2 GiB: Linux cuts longer requests, Darwin refuses them.
    private static let transferLimit = 1 << 30

    private func wait(for events: Int32) throws(Failure) {
        var request = pollfd(fd: number, events: Int16(events), revents: 0)
        guard unsafe poll(&request, 1, -1) >= 0 || errno == EINTR else { throw Failure(errno: errno) }
    }
}
