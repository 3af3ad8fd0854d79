/// The file behind `items:`: one item per line, or the first column of a CSV file.
///
/// UTF-8; a byte order mark and blank lines are passed over; lines end in LF or CRLF. Blanks around an item belong to it.
enum ItemsFile {
    /// Bytes of the largest items file that is read.
    static let sizeLimit = 64 << 20

    /// - Parameter isCSV: whether the first line is a header, fields may be quoted by `"`, and only the first field of a row counts. The
    ///   delimiter is the first comma, semicolon or tab of the header.
    /// - Throws: a message about content that cannot be meant.
    static func items(in bytes: [UInt8], isCSV: Bool) throws(SmallFile.Refusal) -> [[UInt8]] {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw SmallFile.Refusal(message: "the file is not UTF-8")
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        let items = isCSV ? try firstFields(of: content) : lines(of: content)
        guard !items.isEmpty else {
            throw SmallFile.Refusal(message: "the file has no item: every value would be unknown")
        }
        return items
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let quote = UInt8(ascii: "\"")

    private static func lines(of content: ArraySlice<UInt8>) -> [[UInt8]] {
        content.split(separator: lineFeed).compactMap { line in
            let text = line.last == carriageReturn ? line.dropLast() : line
            return text.isEmpty ? nil : Array(text)
        }
    }

    private static func firstFields(of content: ArraySlice<UInt8>) throws(SmallFile.Refusal) -> [[UInt8]] {
        let delimiter = delimiter(of: content)
        var fields: [[UInt8]] = []
        var field: [UInt8] = []
        var isFirstField = true
        var isQuoted = false
        var index = content.startIndex
        var rows = 0
        while index < content.endIndex {
            let byte = content[index]
            index += 1
            if isQuoted {
                if byte != quote {
                    if isFirstField { field.append(byte) }
                } else if index < content.endIndex, content[index] == quote {
                    if isFirstField { field.append(quote) }
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == quote {
                isQuoted = true
            } else if byte == delimiter {
                isFirstField = false
            } else if byte == lineFeed {
                endRow()
            } else if isFirstField {
                field.append(byte)
            }
        }
        guard !isQuoted else { throw SmallFile.Refusal(message: "a quoted item is never closed") }
        endRow()
        return fields

        func endRow() {
            // Only a line end leaves the carriage return in the first field: behind other fields it is not collected.
            if isFirstField, field.last == carriageReturn { field.removeLast() }
            if rows > 0, !field.isEmpty { fields.append(field) }
            rows += 1
            field = []
            isFirstField = true
        }
    }

    /// The first comma, semicolon or tab of the header that no quotes enclose; a comma if there is none.
    private static func delimiter(of content: ArraySlice<UInt8>) -> UInt8 {
        var isQuoted = false
        for byte in content {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == lineFeed { break }
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\t") { return byte }
        }
        return UInt8(ascii: ",")
    }
}
