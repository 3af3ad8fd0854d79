/// A row as it is in the file: its fields with their quotes, and its line end.
struct RawRow: Equatable {
    var fields: [[UInt8]]
    var end: [UInt8]

    func bytes(delimiter: UInt8) -> [UInt8] { Array(fields.joined(separator: [delimiter])) + end }
}

extension FieldText {
    /// The rows of a text that keeps to RFC 4180; `nil` where a quote is not where it may be.
    func rows(of bytes: [UInt8]) -> [RawRow]? {
        var (rows, fields): ([RawRow], [[UInt8]]) = ([], [])
        var start = 0
        while true {
            guard let end = endOfField(from: start, in: bytes) else { return nil }
            fields.append(Array(bytes[start..<end]))
            if end < bytes.count, bytes[end] == delimiter {
                start = end + 1
                continue
            }
            let next = min(bytes.count, end + Self.lineEndLength(at: end, in: bytes))
            guard next > end || end == bytes.count else { return nil }
            rows.append(RawRow(fields: fields, end: Array(bytes[end..<next])))
            fields = []
            if next == bytes.count { return rows }
            start = next
        }
    }

    /// `nil` where a quoted field does not end, or an unquoted one has a quote.
    private func endOfField(from start: Int, in bytes: [UInt8]) -> Int? {
        guard start < bytes.count, bytes[start] == quote else {
            var index = start
            while index < bytes.count, bytes[index] != delimiter, Self.lineEndLength(at: index, in: bytes) == 0 {
                if bytes[index] == quote { return nil }
                index += 1
            }
            return index
        }
        return endOfQuoted(from: start, in: bytes)
    }

    /// The index after the closing quote.
    func endOfQuoted(from start: Int, in bytes: [UInt8]) -> Int? {
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == quote {
                guard index + 1 < bytes.count, bytes[index + 1] == quote else { return index + 1 }
                index += 1
            }
            index += 1
        }
        return nil
    }

    static func lineEndLength(at index: Int, in bytes: [UInt8]) -> Int {
        guard index < bytes.count else { return 0 }
        if bytes[index] == UInt8(ascii: "\n") { return 1 }
        return bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") ? 2 : 0
    }
}
