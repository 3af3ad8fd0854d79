import SafeText

/// Rewrites rows whose quotes are written in a way that readers do not know, so that they cut the row at other places than was meant.
///
/// A row is rewritten only if the result keeps to RFC 4180 and each row of it has as many fields as the header: then the quotes were meant so.
struct QuoteMending {
    let text: FieldText
    /// Those that the file has, and that are wanted.
    let kinds: Set<FindingKind>

    struct Result {
        /// More than one where quotes had joined rows.
        var rows: [RawRow]
        var kind: FindingKind
        var noun: String
        var count: Int
    }

    private struct Candidate {
        var bytes: [UInt8]
        var count: Int
    }

    /// - Parameters:
    ///   - bytes: with its line end.
    ///   - fieldCount: fields that a reader sees.
    ///   - width: `nil` for the header itself.
    func mended(_ bytes: [UInt8], fieldCount: Int, width: Int?) -> Result? {
        if kinds.contains(.backslashBeforeQuote), let found = withoutBackslashes(bytes), let rows = rows(found.bytes, width) {
            return Result(rows: rows, kind: .backslashBeforeQuote, noun: "quote", count: found.count)
        }
        if kinds.contains(.spaceBeforeQuote), let found = withoutSpaces(bytes), let rows = rows(found.bytes, width), rows.count == 1 {
            return Result(rows: rows, kind: .spaceBeforeQuote, noun: "field", count: found.count)
        }
        guard let width, fieldCount > width, kinds.contains(.tooManyFields), bytes.contains(where: { $0 >= 0x80 }),
            let found = withStraightQuotes(bytes), let rows = rows(found.bytes, width), rows.count == 1
        else { return nil }
        return Result(rows: rows, kind: .tooManyFields, noun: "row", count: 1)
    }

    private func rows(_ bytes: [UInt8], _ width: Int?) -> [RawRow]? {
        guard let rows = text.rows(of: bytes) else { return nil }
        guard let width else { return rows.count == 1 ? rows : nil }
        // An empty field too many may be at the end of every row.
        let areWhole = rows.allSatisfy { row in
            row.fields.count == width || (row.fields.count == width + 1 && row.fields[width].isEmpty)
        }
        return areWhole ? rows : nil
    }

    /// `"5\" pipe"` becomes `"5"" pipe"`. Two backslashes before a quote may be a backslash that was escaped: then it is not known where the field ends.
    private func withoutBackslashes(_ bytes: [UInt8]) -> Candidate? {
        let backslash = UInt8(ascii: "\\")
        guard bytes.contains(backslash) else { return nil }
        var candidate = Candidate(bytes: [], count: 0)
        for (index, byte) in bytes.enumerated() {
            candidate.bytes.append(byte)
            guard byte == text.quote, index > 0, bytes[index - 1] == backslash else { continue }
            if index > 1, bytes[index - 2] == backslash { return nil }
            candidate.bytes[candidate.bytes.count - 2] = text.quote
            candidate.count += 1
        }
        return candidate.count > 0 ? candidate : nil
    }

    /// `a, "b, c" ,d` becomes `a,"b, c",d`.
    private func withoutSpaces(_ bytes: [UInt8]) -> Candidate? {
        guard bytes.contains(text.quote) else { return nil }
        var candidate = Candidate(bytes: [], count: 0)
        var index = 0
        while index < bytes.count {
            let start = index
            while index < bytes.count, isBlank(bytes[index]) { index += 1 }
            if index > start, index < bytes.count, bytes[index] == text.quote, let end = text.endOfQuoted(from: index, in: bytes) {
                candidate.bytes += bytes[index..<end]
                candidate.count += 1
                index = end
                while index < bytes.count, isBlank(bytes[index]) { index += 1 }
            } else if index == start, index < bytes.count, bytes[index] == text.quote, let end = text.endOfQuoted(from: index, in: bytes) {
                candidate.bytes += bytes[index..<end]
                index = end
            } else {
                index = start
            }
            copyRest(of: bytes, from: &index, to: &candidate.bytes)
        }
        return candidate.count > 0 ? candidate : nil
    }

    /// Copies what is left of a field, and the delimiter or line end after it.
    private func copyRest(of bytes: [UInt8], from index: inout Int, to copy: inout [UInt8]) {
        while index < bytes.count {
            let byte = bytes[index]
            copy.append(byte)
            index += 1
            if byte == text.delimiter || byte == UInt8(ascii: "\n") { return }
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte != text.delimiter && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) }

    /// `“a, b”,c` becomes `"a, b",c`.
    private func withStraightQuotes(_ bytes: [UInt8]) -> Candidate? {
        guard !bytes.contains(text.quote) else { return nil }
        var candidate = Candidate(bytes: [], count: 0)
        var index = 0
        while index < bytes.count {
            if let pair = DecoratedValueCheck.pairs.first(where: { bytes[index...].starts(with: $0.opening) }),
                let closing = closing(pair.closing, from: index + pair.opening.count, in: bytes)
            {
                let value = Array(bytes[(index + pair.opening.count)..<closing])
                candidate.bytes += text.encoded(value, isQuoted: true)
                candidate.count += 1
                index = closing + pair.closing.count
            }
            copyRest(of: bytes, from: &index, to: &candidate.bytes)
        }
        return candidate.count > 0 ? candidate : nil
    }

    /// Where a closing quote is the last of a field.
    private func closing(_ quote: [UInt8], from start: Int, in bytes: [UInt8]) -> Int? {
        var index = start
        while index + quote.count <= bytes.count {
            let end = index + quote.count
            if bytes[index...].starts(with: quote),
                end == bytes.count || bytes[end] == text.delimiter || FieldText.lineEndLength(at: end, in: bytes) > 0
            {
                return index
            }
            index += 1
        }
        return nil
    }
}
