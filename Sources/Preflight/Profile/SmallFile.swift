#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reading and writing a whole file that is small by its nature: a profile, a list of items.
package enum SmallFile {
    /// Why a file was not read.
    package struct Refusal: Error, Equatable {
        /// Safe to print.
        package var message: String
    }

    /// - Parameter limit: the most bytes to accept; a longer file is refused, whatever its size claims to be.
    package static func read(path: String, limit: Int) throws(Refusal) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Refusal(message: "cannot open \(shown(path)): \(systemMessage())") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw Refusal(message: "cannot read \(shown(path)): \(systemMessage())")
            }
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw Refusal(message: "\(shown(path)) is larger than \(ByteCount(limit)), the most that is read")
            }
        }
    }

    /// Writes a text into a file that must not be there yet.
    package static func create(path: String, text: String) throws(Refusal) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            let hint = errno == EEXIST ? ": it is there already, and is not overwritten" : ": " + systemMessage()
            throw Refusal(message: "cannot create \(shown(path))\(hint)")
        }
        defer { close(descriptor) }
        try write(text, to: descriptor, path: path)
    }

    /// Writes a text into a file, which then has all of it or what it had before.
    package static func replace(path: String, text: String) throws(Refusal) {
        let unfinished = path + ".\(getpid()).tmp"
        let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Refusal(message: "cannot write \(shown(path)): \(systemMessage())") }
        do throws(Refusal) {
            defer { close(descriptor) }
            try write(text, to: descriptor, path: path)
            guard fsync(descriptor) == 0 || errno == EINVAL else {
                throw Refusal(message: "cannot write \(shown(path)): \(systemMessage())")
            }
        } catch {
            unlink(unfinished)
            throw error
        }
        guard rename(unfinished, path) == 0 else {
            let refusal = Refusal(message: "cannot write \(shown(path)): \(systemMessage())")
            unlink(unfinished)
            throw refusal
        }
    }

    /// Whether two paths lead to one file.
    package static func areSame(_ path: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        return stat(path, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    private static func write(_ text: String, to descriptor: Int32, path: String) throws(Refusal) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress! + start, bytes.count - start) }
            if count < 0 {
                if errno == EINTR { continue }
                throw Refusal(message: "cannot write \(shown(path)): \(systemMessage())")
            }
            start += count
        }
    }

    /// `path`, if absolute, else `path` in the folder of `file`.
    static func path(_ path: String, relativeTo file: String) -> String {
        guard !path.utf8.starts(with: "/".utf8), let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(file[...slash]) + path
    }

    private static func shown(_ path: String) -> String {
        VisibleText(path, limit: 1000).text
    }

    private static func systemMessage() -> String {
        String(cString: strerror(errno))
    }
}

/// Outside the type, where `read` would name the method.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

/// Likewise.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
