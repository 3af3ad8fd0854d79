import ByteSpans
package import SafeText
import SystemCalls

#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

// The system calls that take a path.
extension FilePath {
    /// The path that a variable of the environment holds; `nil` where it is empty or missing. A path need not be UTF-8.
    static func ofVariable(_ name: String) -> FilePath? {
        let bytes = SystemText.bytes { system_variable(FilePath(name).terminated.span.view, $0) }
        return bytes.flatMap { $0.isEmpty ? nil : FilePath(bytes: $0) }
    }

    /// Opens what the path names.
    ///
    /// - Parameter mode: permissions of a file that is made.
    /// - Returns: a descriptor, or a negative number; `errno` says why.
    package func opened(_ flags: Int32, mode: mode_t = 0) -> Int32 { system_open(terminated.span.view, flags, UInt32(mode)) }

    /// - Returns: whether that succeeded; else `errno` says why.
    package func canBeAccessed(_ mode: Int32) -> Bool { system_access(terminated.span.view, mode) == 0 }

    /// - Returns: whether that succeeded; else `errno` says why.
    package func makeFolder(mode: mode_t) -> Bool { system_make_folder(terminated.span.view, UInt32(mode)) == 0 }

    package func remove() { system_unlink(terminated.span.view) }

    package func setPermissions(_ mode: mode_t) { system_set_permissions(terminated.span.view, UInt32(mode)) }

    /// What the path names; `nil` where it cannot be looked at, and `errno` says why.
    ///
    /// - Parameter followsLink: whether a link is what it leads to.
    package func attributes(followsLink: Bool = true) -> FileAttributes? {
        FileAttributes(system_attributes_of(terminated.span.view, followsLink))
    }

    /// Gives a file another name, that of a file that is there or a new one.
    ///
    /// - Returns: whether that succeeded; else `errno` says why.
    package func takeName(of other: FilePath) -> Bool { system_rename(terminated.span.view, other.terminated.span.view) == 0 }

    /// Gives a file another name as well.
    ///
    /// - Returns: whether that succeeded; else `errno` says why.
    package func addName(_ other: FilePath) -> Bool { system_link(terminated.span.view, other.terminated.span.view) == 0 }
}

/// The system's words for an error number.
package func systemText(of number: Int32) -> String {
    String(decoding: SystemText.bytes { system_error_text(number, $0) } ?? [], as: UTF8.self)
}
