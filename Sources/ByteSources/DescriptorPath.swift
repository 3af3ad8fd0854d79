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

/// Paths that lead to a descriptor of this process: `/dev/stdin`, `/dev/fd/63` (what a shell makes of `<(…)` and `>(…)`), `/proc/self/fd/0`,
/// or a symbolic link to one.
///
/// Such a path means a descriptor that the process was given. Every descriptor that it opens itself is closed on exec, and none that it was
/// given is: that tells them apart, so that no path reaches a pipe of ours that happens to have the number.
package enum DescriptorPath {
    /// The number of the descriptor; `nil` for any other path.
    package static func number(of path: FilePath) -> Int32? {
        var path = path
        for _ in 0..<mostLinks {
            if let number = Int32(decimal: path.name), isDescriptorFolder(path.folder) { return number }
            guard let target = linkTarget(of: path) else { return nil }
            path = path.sibling(target)
        }
        return nil
    }

    /// Why nothing can be read from the descriptor that a path leads to; `nil` where it can, and for any other path.
    package static func refusalToRead(_ path: FilePath) -> String? {
        number(of: path).flatMap { refusal(of: $0, isGiven: isGiven($0), unusable: O_WRONLY, "reading") }
    }

    /// Why nothing can be written to a descriptor; `nil` where it can.
    package static func refusalToWrite(to number: Int32) -> String? {
        refusal(of: number, isGiven: isGiven(number), unusable: O_RDONLY, "writing")
    }

    /// Why standard input cannot be read; `nil` where it can.
    package static func refusalToReadStandardInput() -> String? {
        refusal(of: STDIN_FILENO, isGiven: true, unusable: O_WRONLY, "reading")
    }

    private static func refusal(of number: Int32, isGiven: Bool, unusable: Int32, _ purpose: String) -> String? {
        let names: [Int32: String] = [
            STDIN_FILENO: "standard input", STDOUT_FILENO: "standard output", STDERR_FILENO: "standard error",
        ]
        let name = names[number] ?? "descriptor \(number)"
        let flags = fcntl(number, F_GETFL)
        guard isGiven, flags >= 0, flags & pathOnly == 0 else { return "\(name) is closed" }
        return flags & O_ACCMODE == unusable ? "\(name) is not open for \(purpose)" : nil
    }

    private static func isGiven(_ number: Int32) -> Bool {
        let flags = fcntl(number, F_GETFD)
        return flags >= 0 && flags & FD_CLOEXEC == 0
    }

    private static func isDescriptorFolder(_ folder: FilePath) -> Bool {
        guard let real = realPath(folder) else { return false }
        if real.elementsEqual("/dev/fd".utf8) { return true }
        guard let own = realPath(FilePath("/proc/self")) else { return false }
        let end = Array("/fd".utf8)
        return real == own + end || (real.starts(with: own + Array("/task/".utf8)) && real.suffix(end.count).elementsEqual(end))
    }

    /// What a symbolic link holds; `nil` for anything else.
    package static func linkTarget(of path: FilePath) -> FilePath? {
        var target = [UInt8](repeating: 0, count: longestPath)
        var room = target.mutableSpan
        let count = system_read_link(path.terminated.span.view, room.room)
        return count > 0 ? FilePath(bytes: Array(target[..<count])) : nil
    }

    private static func realPath(_ path: FilePath) -> [UInt8]? {
        var real = [UInt8](repeating: 0, count: longestPath)
        var room = real.mutableSpan
        let count = system_real_path(path.terminated.span.view, room.room)
        return count < 0 ? nil : Array(real[..<count])
    }

    private static let longestPath = 4096

    /// As many as Linux follows in one path.
    package static let mostLinks = 40

    /// `O_PATH`: opened by ``StandardDescriptors`` in place of a closed one, for neither reading nor writing.
    #if os(Linux)
        package static let pathOnly: Int32 = 0o10000000
    #else
        package static let pathOnly: Int32 = 0
    #endif
}

/// The descriptors 0, 1 and 2, which a caller may have closed.
package enum StandardDescriptors {
    /// Puts something in the place of each that is closed, which fails to be read and written as a closed one does.
    ///
    /// Call before anything else is opened: the system gives the lowest free number, so a pipe or a file of ours would become standard input,
    /// and be written to as standard output.
    ///
    /// - Returns: `false` where that is impossible.
    package static func secure() -> Bool {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            #if os(Linux)
                let opened = FilePath("/").opened(DescriptorPath.pathOnly | O_CLOEXEC)
            #else
                let opened = FilePath("/dev/null").opened((number == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
            #endif
            guard opened == number else { return false }
        }
        return true
    }
}

extension Int32 {
    /// A number of at most nine decimal digits and nothing else.
    fileprivate init?(decimal digits: ArraySlice<UInt8>) {
        guard (1...9).contains(digits.count), digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        self = digits.reduce(0) { $0 * 10 + Int32($1 - UInt8(ascii: "0")) }
    }
}
