import CSVScan

/// The file behind `items:`: one item per line, or the first column of a CSV file.
///
/// UTF-8; a byte order mark and blank lines are passed over; lines end in LF or CRLF. Blanks around an item belong to it.
enum ItemsFile {
    /// Bytes of the largest items file that is read.
    static let sizeLimit = 64 << 20

    /// - Parameter path: as the profile names it. Where it ends in `.csv`, the first row is a header, fields may be quoted by `"`, and only
    ///   the first field of a row counts; the delimiter is the first comma, semicolon or tab of the header.
    /// - Throws: a message about content that cannot be meant, with the name of the file and, for broken quoting, the line.
    static func items(in bytes: [UInt8], path: String) throws(SmallFile.Refusal) -> [[UInt8]] {
        let name = VisibleText(path, limit: 1000).text
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw SmallFile.Refusal(message: "\(name) is not UTF-8")
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        let isCSV = path.lowercased().hasSuffix(".csv")
        let items = isCSV ? try firstFields(of: content, name: name).dropFirst().filter { !$0.isEmpty } : lines(of: content)
        guard !items.isEmpty else {
            throw SmallFile.Refusal(message: "\(name) has no item: every value would be unknown")
        }
        return items
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private static func lines(of content: ArraySlice<UInt8>) -> [[UInt8]] {
        content.split(separator: lineFeed).compactMap { line in
            let text = line.last == carriageReturn ? line.dropLast() : line
            return text.isEmpty ? nil : Array(text)
        }
    }

    // MARK: CSV

    /// Bytes that are tokenized at once.
    private static let chunkByteCount = 1 << 20

    /// The text of the first field of each row, the header's among them.
    private static func firstFields(of content: ArraySlice<UInt8>, name: String) throws(SmallFile.Refusal) -> [[UInt8]] {
        // No row is so long that an item could be cut.
        let limits = RowBatch.Limits(rowBytes: content.count)
        var tokenizer = Tokenizer(dialect: Dialect(delimiter: delimiter(of: content)), limits: limits)
        var batch = RowBatch()
        let decoder = FieldDecoder(quote: tokenizer.dialect.quote)
        var fields: [[UInt8]] = []
        var rest = content
        while !rest.isEmpty {
            append(rest.prefix(chunkByteCount), to: &batch, tokenizer: &tokenizer)
            rest = rest.dropFirst(chunkByteCount)
            try collect(batch, decoder: decoder, fields: &fields, name: name)
        }
        tokenizer.finish(&batch)
        try collect(batch, decoder: decoder, fields: &fields, name: name)
        return fields
    }

    private static func append(_ chunk: ArraySlice<UInt8>, to batch: inout RowBatch, tokenizer: inout Tokenizer) {
        tokenizer.tokenize(into: &batch, byteCount: chunk.count) {
            $0.copyBytes(from: chunk)
            return chunk.count
        }
    }

    private static func collect(
        _ batch: borrowing RowBatch, decoder: FieldDecoder, fields: inout [[UInt8]], name: String
    ) throws(SmallFile.Refusal) {
        // Readers disagree on what such a row holds, and a quote may swallow the rows behind it.
        if let anomaly = batch.anomalies.first {
            throw SmallFile.Refusal(message: "\(name), line \(anomaly.line): \(message(on: anomaly.kind))")
        }
        for row in 0..<batch.rowCount {
            let range = batch.fields(ofRow: row)
            let isBlank = range.count == 1 && batch.byteCount(ofField: range.lowerBound) == 0
            if isBlank { continue }
            let field = UnsafeRawBufferPointer(rebasing: batch.bytes[batch.range(ofField: range.lowerBound)])
            fields.append(decoder.withText(of: field) { Array($0) })
        }
    }

    private static func message(on kind: Anomaly.Kind) -> String {
        switch kind {
        case .strayQuote: "a quote inside an unquoted field: quote the whole field and double the quotes in it"
        case .textAfterClosingQuote: "text after a closing quote: double the quotes that belong to the text"
        case .unclosedQuote: "a quoted field is never closed: close it, or double the quote if it belongs to the text"
        case .loneCarriageReturn: "a carriage return without a line feed: write line ends as LF or CRLF"
        }
    }

    /// The comma, semicolon or tab that ends the header's first field, or else a comma: the one that makes this field the shortest.
    private static func delimiter(of content: ArraySlice<UInt8>) -> UInt8 {
        let head = content.drop { $0 == lineFeed || $0 == carriageReturn }.prefix(1 << 16)
        func firstFieldByteCount(_ delimiter: UInt8) -> Int {
            var tokenizer = Tokenizer(dialect: Dialect(delimiter: delimiter))
            var batch = RowBatch()
            append(head, to: &batch, tokenizer: &tokenizer)
            if batch.rowCount == 0 { tokenizer.finish(&batch) }
            return batch.rowCount == 0 ? 0 : batch.byteCount(ofField: 0)
        }
        let candidates = Array(",;\t".utf8).map { (delimiter: $0, byteCount: firstFieldByteCount($0)) }
        return candidates.min { $0.byteCount < $1.byteCount }?.delimiter ?? UInt8(ascii: ",")
    }
}
