import ByteSpans
import CSVTokenizer
import SafeText

/// Why a row may be ragged, as the message says it.
enum RaggedRowCause: String, CaseIterable {
    case decimalComma = "probably an unquoted number with a comma"
    case unquotedDelimiter = "probably an unquoted text with the delimiter in it"
    case escapedDelimiter = "a backslash before the delimiter does not escape it"
    case cutEntity = "the delimiter ends an entity of HTML, such as &amp;"
    case curlyQuotes = "typographic quotes do not quote: “ U+201C and ” U+201D"
    case lowQuotes = "typographic quotes do not quote: „ U+201E and “ U+201C"
    case singleQuotes = "typographic quotes do not quote: ‘ U+2018 and ’ U+2019"
    case guillemets = "typographic quotes do not quote: « U+00AB and » U+00BB"
    case windowsQuotes = "typographic quotes do not quote: here as bytes of Windows-1252, “ 93 and ” 94"
    case joinedRows = "probably two rows without a line end between them"
    case rowInQuotes = "the whole row is in quotes"
    case rowCount = "a count of the rows, which the export adds"
    case timing = "a time, which the export adds"
    case footer = "a footer, which the export adds"
    case escapedLineEnd = "a backslash before the line end does not continue the row"
    case lineEnd = "probably a line end in an unquoted field: two short rows make one complete row"
    case cut = "the file ends inside its last row"
    case padding = "the last row has nothing but control characters: it is no data"

    /// Whether it makes a row longer.
    var isOfLongRow: Bool {
        switch self {
        case .decimalComma, .unquotedDelimiter, .escapedDelimiter, .cutEntity, .curlyQuotes, .lowQuotes, .singleQuotes, .guillemets,
            .windowsQuotes,
            .joinedRows:
            true
        case .rowInQuotes, .rowCount, .timing, .footer, .escapedLineEnd, .lineEnd, .cut, .padding: false
        }
    }

    /// What to do where all rows that are too long, or too short, have this cause; `nil` for what is done in any case.
    var help: String? {
        switch self {
        case .curlyQuotes: Self.straighten("“", "”")
        case .lowQuotes: Self.straighten("„", "“")
        case .singleQuotes: Self.straighten("‘", "’")
        case .guillemets: Self.straighten("«", "»")
        case .joinedRows: "Join files with a line end after each: { cat FILE1; echo; cat FILE2; } | sed '/^$/d' > FILE.new.csv"
        case .rowInQuotes: Self.unquote
        case .padding: Self.removePadding
        case .escapedDelimiter, .escapedLineEnd: Self.quoteInstead
        case .cutEntity: "Export the text without escapes of HTML. Or quote fields that have the delimiter in them."
        case .decimalComma, .unquotedDelimiter, .windowsQuotes, .rowCount, .timing, .footer, .lineEnd, .cut: nil
        }
    }

    static let removePadding = "Remove what follows the last line end: programs of old systems write such a sign at the end of a file."

    /// Programs that escape with a backslash, and how they quote instead.
    static let quoteInstead = """
        Export with quotes instead of backslashes: MySQL FIELDS ENCLOSED BY '"' ESCAPED BY '"', Redshift UNLOAD … CSV, Snowflake \
        FIELD_OPTIONALLY_ENCLOSED_BY = '"', Hive OpenCSVSerde, Python csv.QUOTE_MINIMAL.
        """

    private static let unquote = """
        Remove the quotes around these rows: sed -E \
        '/^"([^"]|"")*"\\r?$/{s/^"//; s/"(\\r?)$/\\1/; s/""/"/g}' FILE > FILE.new.csv
        """

    private static func straighten(_ open: String, _ close: String) -> String {
        "Replace the typographic quotes: sed 's/\(open)/\"/g; s/\(close)/\"/g' FILE > FILE.new.csv"
    }

    // MARK: Looking at a row

    /// The cause that the text of a long row shows.
    static func ofLongRow(_ fields: Range<Int>, width: Int, in batch: borrowing RowBatch) -> RaggedRowCause? {
        if let quotes = typographicQuotes(fields, in: batch) { return quotes }
        let escapedCount = fields.dropLast().count { endsWithBackslash(batch.bytes[batch.range(ofField: $0)]) }
        if escapedCount == fields.count - width { return .escapedDelimiter }
        let entityCount = fields.dropLast().count { endsWithEntity($0, in: batch) }
        if entityCount == fields.count - width { return .cutEntity }
        if fields.count == width + 1, !batch.range(ofField: fields.upperBound - 1).isEmpty {
            return hasCutNumber(fields, in: batch) ? .decimalComma : .unquotedDelimiter
        }
        return width > 2 && fields.count == 2 * width - 1 ? .joinedRows : nil
    }

    /// The cause that the text of a row with one field shows.
    static func ofUncutRow(_ field: Int, width: Int, delimiter: UInt8, quote: UInt8, in batch: borrowing RowBatch) -> RaggedRowCause? {
        let bytes = batch.bytes[batch.range(ofField: field)]
        if bytes.count > width, bytes.first == quote, bytes.last == quote, bytes.count(where: { $0 == delimiter }) >= width - 1 {
            return .rowInQuotes
        }
        return nil
    }

    /// Whether the last byte is a backslash that no other escapes. A quote after it would close the field.
    static func endsWithBackslash(_ text: Span<UInt8>) -> Bool {
        !(text.count - 1 - (text.lastIndex { $0 != UInt8(ascii: "\\") } ?? -1)).isMultiple(of: 2)
    }

    /// Whether a field ends with an entity of HTML whose semicolon is the delimiter after it.
    private static func endsWithEntity(_ field: Int, in batch: borrowing RowBatch) -> Bool {
        let range = batch.range(ofField: field)
        guard range.upperBound < batch.bytes.count, batch.bytes[range.upperBound] == UInt8(ascii: ";"),
            let start = batch.bytes[range].suffix(TextEscape.longestEntity).lastIndex(of: UInt8(ascii: "&"))
        else { return false }
        let begin = range.upperBound - min(range.count, TextEscape.longestEntity) + start
        return TextEscape.isEntity(batch.bytes[begin..<(range.upperBound + 1)])
    }

    /// Opening and closing quotes of one kind at the beginning of a field and at the end of the same or a later one.
    private static func typographicQuotes(_ fields: Range<Int>, in batch: borrowing RowBatch) -> RaggedRowCause? {
        for field in fields {
            let range = batch.range(ofField: field)
            guard range.count > 1, batch.bytes[range.lowerBound] >= 0x80 else { continue }
            let bytes = batch.bytes[range]
            for (cause, open, close) in pairs where bytes.starts(with: open) {
                for later in field..<fields.upperBound {
                    if batch.bytes[batch.range(ofField: later)].suffix(close.count).elementsEqual(close) { return cause }
                }
            }
        }
        return nil
    }

    private static let pairs: [(RaggedRowCause, open: [UInt8], close: [UInt8])] = [
        (.curlyQuotes, Array("“".utf8), Array("”".utf8)), (.lowQuotes, Array("„".utf8), Array("“".utf8)),
        (.lowQuotes, Array("„".utf8), Array("”".utf8)), (.singleQuotes, Array("‘".utf8), Array("’".utf8)),
        (.guillemets, Array("«".utf8), Array("»".utf8)), (.curlyQuotes, Array("”".utf8), Array("”".utf8)),
        (.windowsQuotes, [0x93], [0x94]), (.windowsQuotes, [0x84], [0x93]),
    ]

    /// Whether a comma separates two fields of digits, the second one short and without a sign.
    private static func hasCutNumber(_ fields: Range<Int>, in batch: borrowing RowBatch) -> Bool {
        for field in fields.dropLast() {
            let range = batch.range(ofField: field)
            let next = batch.range(ofField: field + 1)
            guard range.upperBound < batch.bytes.count, batch.bytes[range.upperBound] == UInt8(ascii: ","), !range.isEmpty, !next.isEmpty
            else { continue }
            let front = batch.bytes[range].first == UInt8(ascii: "-") ? batch.bytes[range].dropFirst() : batch.bytes[range]
            if !front.isEmpty, front.allSatisfy(ASCII.isDigit), next.count <= 3, batch.bytes[next].allSatisfy(ASCII.isDigit) {
                return true
            }
        }
        return false
    }
}

extension RaggedRowCause: CodedValue {
    static var blank: RaggedRowCause { .decimalComma }
    mutating func code(_ coder: inout StateCoder) { coder.raw(&self) }
}
