/// Adds fields to a row, before its line end. The row comes in pieces.
package struct AddedFields {
    /// At most a CR and an LF are held back.
    private var held: [UInt8] = []
    private let delimiter: UInt8

    package init(delimiter: UInt8) {
        self.delimiter = delimiter
    }

    /// Takes the next piece of the row.
    ///
    /// - Returns: What can be written of the row so far.
    package mutating func take(_ piece: some Collection<UInt8>) -> [UInt8] {
        let bytes = held + piece
        let kept = max(Self.textEnd(of: bytes), bytes.count - 2)
        held = Array(bytes[kept...])
        return Array(bytes[..<kept])
    }

    /// The row ends.
    ///
    /// - Returns: The rest of it, with the fields.
    package mutating func end(adding fields: [String]) -> [UInt8] {
        defer { held.removeAll() }
        let end = Self.textEnd(of: held)
        var bytes = Array(held[..<end])
        for field in fields {
            bytes.append(delimiter)
            Self.append(quoted: field, to: &bytes)
        }
        bytes += held[end...]
        return bytes
    }

    /// Where the line end of a row begins.
    private static func textEnd(of bytes: [UInt8]) -> Int {
        (bytes.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") } ?? -1) + 1
    }

    /// A text as a quoted field.
    package static func quoted(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(quoted: text, to: &bytes)
        return bytes
    }

    private static func append(quoted text: String, to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        bytes.append(quote)
        for byte in text.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }
}
