import SafeText

/// The name of a column: the exact bytes in the header, however many, and even if they are not UTF-8.
///
/// Two names are the same when their bytes are, which is how an import is assumed to match them. Renderers choose what to show:
/// `shown` for people, ``text`` for machines. Neither may be compared or used as a key: different names can look alike.
public struct ColumnName: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// As in the header, without quotes around them; empty without a header.
    public let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// A name as it is written in code.
    public init(stringLiteral text: String) {
        self.init(text)
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// Whether it is empty, or nothing but spaces and tabs.
    var isBlank: Bool { bytes.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } }

    /// For people: escaped, and cut after 80 characters.
    package var shown: String { VisibleText(bytes).text }

    /// The whole name, for machines. Not safe for a terminal: a JSON writer escapes it. Bytes that are not UTF-8 are written as `\x{ff}`.
    public var text: String { isUTF8 ? String(decoding: bytes, as: UTF8.self) : VisibleText(bytes, limit: bytes.count).text }

    /// Whether ``text`` has exactly these bytes.
    package var isUTF8: Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// `shown`: what is interpolated is safe to print.
    public var description: String { shown }
}

/// A column by number and by name.
public struct ColumnReference: Sendable, Hashable {
    /// Counts from 1.
    public var index: Int
    /// The header's name; empty without a header.
    public var name: ColumnName

    package init(index: Int, name: ColumnName) {
        self.index = index
        self.name = name
    }
}
