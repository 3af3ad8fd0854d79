package import SafeText

#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

// The system calls that take a path. They read it up to its zero, which `withCString` puts there.
extension FilePath {
    /// The path that a variable of the environment holds; `nil` where it is empty or missing.
    static func ofVariable(_ name: String) -> FilePath? {
        guard let text = unsafe getenv(name) else { return nil }
        // Up to its zero: a path need not be UTF-8.
        let bytes = unsafe UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
        return bytes.isEmpty ? nil : FilePath(bytes: bytes)
    }

    /// Opens what the path names.
    ///
    /// - Parameter mode: permissions of a file that is made.
    /// - Returns: a descriptor, or a negative number; `errno` says why.
    package func opened(_ flags: Int32, mode: mode_t = 0) -> Int32 { unsafe withCString { unsafe open($0, flags, mode) } }

    /// - Returns: whether that succeeded; else `errno` says why.
    package func canBeAccessed(_ mode: Int32) -> Bool { unsafe withCString { unsafe access($0, mode) == 0 } }

    /// - Returns: whether that succeeded; else `errno` says why.
    package func makeFolder(mode: mode_t) -> Bool { unsafe withCString { unsafe mkdir($0, mode) == 0 } }

    package func remove() { _ = unsafe withCString { unsafe unlink($0) } }

    package func setPermissions(_ mode: mode_t) { _ = unsafe withCString { unsafe chmod($0, mode) } }

    /// What the path names; `nil` where it cannot be looked at, and `errno` says why.
    ///
    /// - Parameter followsLink: whether a link is what it leads to.
    package func attributes(followsLink: Bool = true) -> stat? {
        var attributes = stat()
        let result = unsafe withCString { unsafe followsLink ? stat($0, &attributes) : lstat($0, &attributes) }
        return result == 0 ? attributes : nil
    }

    /// Gives a file another name, that of a file that is there or a new one.
    ///
    /// - Returns: whether that succeeded; else `errno` says why.
    package func takeName(of other: FilePath) -> Bool {
        unsafe withCString { old in unsafe other.withCString { unsafe rename(old, $0) == 0 } }
    }

    /// Gives a file another name as well.
    ///
    /// - Returns: whether that succeeded; else `errno` says why.
    package func addName(_ other: FilePath) -> Bool {
        unsafe withCString { old in unsafe other.withCString { unsafe link(old, $0) == 0 } }
    }
}

/// The system's words for an error number.
package func systemText(of number: Int32) -> String { unsafe String(cString: strerror(number)) }
