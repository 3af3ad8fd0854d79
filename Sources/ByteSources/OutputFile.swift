import ByteSpans
package import SafeText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that a run writes: every output goes through this type, so that none destroys what its path names.
///
/// - A regular file is replaced as a whole, through symbolic links, and keeps its permissions: it has the new content or what it had before.
/// - What is not a regular file (a FIFO, a device, `/dev/stdout`, a shell's `>(…)`) is written into, and stays what it is.
/// - No input of the run is written to, under any name.
///
/// All that can be refused is refused when the value is made, before any work.
package struct OutputFile {
    /// Why a file is not written.
    package struct Refusal: Error, Equatable {
        /// Safe to print.
        package var message: String
        /// Whether the command line asks for what must not be: an input of the run as its output.
        package var isMisuse = false
    }

    /// What to do where the path names a regular file already.
    package enum Collision {
        case replace
        case refuse
    }

    private enum Target {
        /// Written into as it is.
        case descriptor(Int32)
        case special(FilePath)
        /// Made, or replaced by what then has these attributes.
        case regular(FilePath, replaced: FileAttributes?)
    }

    private let path: FilePath
    private let collision: Collision
    private let target: Target

    /// - Parameters:
    ///   - path: `-` is standard output.
    ///   - inputs: all that the run reads; `-` is standard input. Those that do not exist do not matter.
    package init(path: FilePath, collision: Collision, inputs: [FilePath]) throws(Refusal) {
        self.path = path
        self.collision = collision
        guard path.isWhole else { throw Self.refusal(path, "the path contains a NUL byte") }
        if path == .standardStream {
            target = .descriptor(STDOUT_FILENO)
        } else if let number = DescriptorPath.number(of: path) {
            if let reason = DescriptorPath.refusalToWrite(to: number) { throw Self.refusal(path, reason) }
            target = .descriptor(number)
        } else {
            target = try Self.target(of: path, collision: collision)
        }
        if let input = inputs.first(where: isSame) {
            let name = input == .standardStream ? "standard input" : input.description
            let reason = "it is \(name), which this run reads; name another file"
            throw Refusal(message: "cannot write \(Self.name(path)): \(reason)", isMisuse: true)
        }
    }

    /// Writes the whole content.
    package func write(_ text: String) throws(Refusal) {
        switch target {
        case .descriptor(let number): try write(text, to: Descriptor(number, isOwned: false))
        case .special(let path): try write(text, to: try openSpecial(path))
        case .regular(let path, let replaced): try makeRegular(path, replaced: replaced, text: text)
        }
    }

    /// Adds text to the end of a file that several programs share, such as the summary of a CI step.
    package static func append(_ text: String, to path: FilePath) throws(Refusal) {
        let number = path.opened(O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, mode: 0o666)
        guard number >= 0 else { throw refusal(path, Self.text(of: errno)) }
        let file = OutputFile(path: path, target: .descriptor(number))
        try file.write(text, to: Descriptor(number, isOwned: true))
    }

    private init(path: FilePath, target: Target) {
        self.path = path
        self.target = target
        collision = .replace
    }

    // MARK: Before the work

    private static func target(of path: FilePath, collision: Collision) throws(Refusal) -> Target {
        if let attributes = path.attributes() {
            switch attributes.mode & S_IFMT {
            case S_IFDIR: throw refusal(path, "it is a directory")
            case S_IFSOCK: throw refusal(path, "it is a socket")
            case S_IFREG: break
            default: return .special(path)
            }
            if case .refuse = collision { throw existing(path) }
            guard path.canBeAccessed(W_OK) else { throw refusal(path, text(of: errno)) }
            let file = try linkedFile(path)
            try requireWritableFolder(of: file, for: path)
            return .regular(file, replaced: attributes)
        }
        guard errno == ENOENT else { throw refusal(path, text(of: errno)) }
        let file = try linkedFile(path)
        guard !file.name.isEmpty else { throw refusal(path, text(of: ENOENT)) }
        try requireWritableFolder(of: file, for: path)
        return .regular(file, replaced: nil)
    }

    /// The file at the end of the symbolic links; it need not exist.
    private static func linkedFile(_ path: FilePath) throws(Refusal) -> FilePath {
        var file = path
        for _ in 0..<DescriptorPath.mostLinks {
            if let target = DescriptorPath.linkTarget(of: file) {
                file = file.sibling(target)
                continue
            }
            let reason = errno
            // What is there and no link, or not there yet. A link that cannot be read must not be taken for the file: it would be replaced.
            guard let attributes = file.attributes(followsLink: false) else {
                if errno == ENOENT { return file }
                throw refusal(path, text(of: errno))
            }
            if attributes.mode & S_IFMT != S_IFLNK { return file }
            throw refusal(path, "the link cannot be read: \(text(of: reason))")
        }
        throw refusal(path, text(of: ELOOP))
    }

    private static func requireWritableFolder(of file: FilePath, for path: FilePath) throws(Refusal) {
        guard !file.folder.canBeAccessed(W_OK | X_OK) else { return }
        throw refusal(path, "its folder cannot be written to: \(text(of: errno))")
    }

    /// Whether an input is what the path names. Two ends of one terminal, or of another device that keeps nothing, are not such a case.
    private func isSame(as input: FilePath) -> Bool {
        let own =
            switch target {
            case .descriptor(let number): Descriptor.attributes(of: number)
            case .special(let path), .regular(let path, _): path.attributes()
            }
        guard let own, let other = input == .standardStream ? Descriptor.attributes(of: STDIN_FILENO) : input.attributes(),
            own.isSameFile(as: other)
        else { return false }
        return [S_IFREG, S_IFBLK, S_IFIFO].contains(own.mode & S_IFMT)
    }

    // MARK: Writing

    private func openSpecial(_ path: FilePath) throws(Refusal) -> Descriptor {
        while true {
            let number = path.opened(O_WRONLY | O_CLOEXEC | O_NOCTTY)
            if number >= 0 { return Descriptor(number, isOwned: true) }
            guard errno == EINTR else { throw refused(errno) }
        }
    }

    private func makeRegular(_ file: FilePath, replaced: FileAttributes?, text: String) throws(Refusal) {
        let (unfinished, descriptor) = try openUnfinished(beside: file)
        do throws(Refusal) {
            if let replaced { keepAttributes(of: replaced, on: descriptor) }
            try write(text, to: descriptor)
            try sync(descriptor)
            try give(unfinished, name: file)
        } catch {
            unfinished.remove()
            throw error
        }
    }

    private func sync(_ descriptor: Descriptor) throws(Refusal) {
        guard fsync(descriptor.number) == 0 || errno == EINVAL else { throw refused(errno) }
    }

    // MARK: Writing piece by piece

    /// Begins to write: what becomes of a regular file is seen once it is finished.
    package func begin() throws(Refusal) -> Writer {
        switch target {
        case .descriptor(let number): return Writer(self, Descriptor(number, isOwned: false))
        case .special(let path): return Writer(self, try openSpecial(path))
        case .regular(let path, let replaced):
            let (unfinished, descriptor) = try openUnfinished(beside: path)
            if let replaced { keepAttributes(of: replaced, on: descriptor) }
            return Writer(self, descriptor, unfinished: (unfinished, path))
        }
    }

    /// Content on its way into an ``OutputFile``. Without ``finish()`` a regular file stays as it was.
    package final class Writer {
        private let file: OutputFile
        private let descriptor: Descriptor
        private var unfinished: (file: FilePath, name: FilePath)?
        private var buffer: [UInt8] = []

        /// What is written has this length, or a multiple of it, but for the last bytes: writes that begin and end with pages are cheaper by a fifth.
        private static let bufferByteCount = 1 << 18

        fileprivate init(_ file: OutputFile, _ descriptor: Descriptor, unfinished: (FilePath, FilePath)? = nil) {
            self.file = file
            self.descriptor = descriptor
            self.unfinished = unfinished
        }

        deinit {
            unfinished?.file.remove()
        }

        package func write(_ bytes: some Collection<UInt8>) throws(Refusal) {
            try write(Array(bytes).span)
        }

        /// Many bytes are not copied.
        package func write(_ bytes: Span<UInt8>) throws(Refusal) {
            var done = 0
            if !buffer.isEmpty {
                done = min(Self.bufferByteCount - buffer.count, bytes.count)
                buffer += bytes[..<done]
                if buffer.count == Self.bufferByteCount { try empty() }
            }
            let whole = (bytes.count - done) / Self.bufferByteCount * Self.bufferByteCount
            if whole > 0 {
                let piece = bytes[done..<(done + whole)]
                if let failure = failure(toWrite: piece) { throw file.refused(failure.errno) }
            }
            buffer += bytes[(done + whole)...]
        }

        /// Sees to it that all of the content is stored: what is left is to give the file its name.
        package func prepare() throws(Refusal) {
            try empty()
            if unfinished != nil { try file.sync(descriptor) }
        }

        package func finish() throws(Refusal) {
            try prepare()
            guard let (path, name) = unfinished else { return }
            try file.give(path, name: name)
            unfinished = nil
        }

        private func failure(toWrite bytes: Span<UInt8>) -> Descriptor.Failure? {
            do throws(Descriptor.Failure) {
                try descriptor.writeAll(bytes)
                return nil
            } catch {
                return error
            }
        }

        private func empty() throws(Refusal) {
            let failure = self.failure(toWrite: buffer.span)
            buffer.removeAll(keepingCapacity: true)
            if let failure { throw file.refused(failure.errno) }
        }
    }

    /// A new file in the same folder, which gets its name when it is whole.
    private func openUnfinished(beside file: FilePath) throws(Refusal) -> (FilePath, Descriptor) {
        for attempt in 0..<100 {
            let unfinished = FilePath(bytes: file.folder.bytes + "/.preflight-\(getpid())-\(attempt).tmp".utf8)
            let number = unfinished.opened(O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o666)
            if number >= 0 { return (unfinished, Descriptor(number, isOwned: true)) }
            guard errno == EEXIST || errno == EINTR else { throw refused(errno) }
        }
        throw refused(EEXIST)
    }

    /// Permissions, and the owner where that is allowed.
    private func keepAttributes(of replaced: FileAttributes, on descriptor: Descriptor) {
        _ = fchown(descriptor.number, replaced.owner, replaced.group)
        // After the owner: changing it clears some of them.
        _ = fchmod(descriptor.number, replaced.mode & 0o7777)
    }

    private func give(_ unfinished: FilePath, name file: FilePath) throws(Refusal) {
        if case .replace = collision {
            guard unfinished.takeName(of: file) else { throw refused(errno) }
            return
        }
        // Unlike a renaming this leaves alone a file that came there meanwhile.
        if unfinished.addName(file) {
            unfinished.remove()
            return
        }
        switch errno {
        case EEXIST: throw Self.existing(path)
        case EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS:
            // A file system without hard links.
            guard !file.canBeAccessed(F_OK) else { throw Self.existing(path) }
            guard unfinished.takeName(of: file) else { throw refused(errno) }
        default: throw refused(errno)
        }
    }

    private func write(_ text: String, to descriptor: Descriptor) throws(Refusal) {
        do throws(Descriptor.Failure) {
            try descriptor.writeAll(Array(text.utf8).span)
        } catch {
            throw refused(error.errno)
        }
    }

    private func refused(_ number: Int32) -> Refusal {
        Self.refusal(path, Self.text(of: number))
    }

    private static func refusal(_ path: FilePath, _ reason: String) -> Refusal {
        Refusal(message: "cannot write \(name(path)): \(reason)")
    }

    private static func name(_ path: FilePath) -> String {
        path == .standardStream ? "standard output" : path.description
    }

    private static func existing(_ path: FilePath) -> Refusal {
        Refusal(message: "cannot create \(path): it already exists and is not overwritten")
    }

    private static func text(of number: Int32) -> String {
        systemText(of: number)
    }
}
