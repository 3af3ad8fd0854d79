import ByteSpans

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
        let kept = max(Self.textEnd(of: bytes.span), bytes.count - 2)
        held = Array(bytes[kept...])
        return Array(bytes[..<kept])
    }

    /// Takes the next piece of the row, and hands over what can be written of the row so far.
    package mutating func take<Failure: Error>(
        _ piece: Span<UInt8>, _ write: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        guard held.isEmpty else { return try write(take(Array(piece)).span) }
        let kept = max(Self.textEnd(of: piece), piece.count - 2)
        held += piece[kept...]
        try write(piece[..<kept])
    }

    /// The row ends.
    ///
    /// - Returns: The rest of it, with the fields.
    package mutating func end(adding fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        end(adding: self.fields(fields).span, to: &bytes)
        return bytes
    }

    /// The row ends: the rest of it is appended, with the fields.
    ///
    /// - Parameter fields: as ``fields(_:)`` writes them.
    package mutating func end(adding fields: Span<UInt8>, to bytes: inout [UInt8]) {
        let end = Self.textEnd(of: held.span)
        bytes += held.span[..<end]
        bytes += fields
        bytes += held.span[end...]
        held.removeAll(keepingCapacity: true)
    }

    /// Texts as quoted fields, each after a delimiter.
    package func fields(_ texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for text in texts {
            bytes.append(delimiter)
            Self.append(quoted: text, to: &bytes)
        }
        return bytes
    }

    /// Appends a number as a quoted field, after a delimiter.
    package func append(_ number: Int, to bytes: inout [UInt8]) {
        bytes.append(delimiter)
        bytes.append(UInt8(ascii: "\""))
        var unit = 1
        while number / unit >= 10 { unit *= 10 }
        while unit > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
            unit /= 10
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Where the line end of a row begins.
    private static func textEnd(of bytes: Span<UInt8>) -> Int {
        var end = bytes.count
        while end > 0, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return end
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
