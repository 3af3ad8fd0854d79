/// A path as the system knows it: any bytes but NUL. On Linux a file name need not be UTF-8, and a `String` would repair it into the name of
/// another file.
package struct FilePath: Sendable, Hashable, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Standard input where a path is read, standard output where one is written.
    package static let standardStream = FilePath("-")

    /// The path for people: escaped, see ``VisibleText``. Long enough for any path that a system opens (`PATH_MAX` is 4096 on Linux, 1024 on
    /// Darwin), yet bounded.
    package var description: String {
        VisibleText(bytes, limit: 4096).text
    }

    /// The path as text; bytes that are not UTF-8 are replaced.
    package var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the system would read the path to its end.
    package var isWhole: Bool { !bytes.contains(0) }

    /// The path for a system call, which reads it up to a zero.
    package var terminated: [UInt8] { bytes + [0] }

    /// The folder that the last name is in, as it is written: `.` without a slash.
    package var folder: FilePath {
        guard let slash = bytes.lastIndex(of: Self.slash) else { return FilePath(".") }
        return FilePath(bytes: Array(bytes[...slash]))
    }

    /// What follows the last slash.
    package var name: ArraySlice<UInt8> {
        bytes.lastIndex(of: Self.slash).map { bytes[($0 + 1)...] } ?? bytes[...]
    }

    /// `other`, if absolute, else `other` in the folder that this path's last name is in.
    package func sibling(_ other: FilePath) -> FilePath {
        guard other.bytes.first != Self.slash, bytes.contains(Self.slash) else { return other }
        return FilePath(bytes: folder.bytes + other.bytes)
    }

    private static let slash = UInt8(ascii: "/")
}
