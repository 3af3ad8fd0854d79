import ByteSpans
import CSVTokenizer
import SafeText
package import ValueFormats

/// Reads one column of an items file that is CSV.
package struct ItemsTable {
    private let name: String
    private let column: String?
    private var items = ItemList()
    /// The column that has the items, once the header was read.
    private var index: Int?
    private let decoder = FieldDecoder(quote: UInt8(ascii: "\""))

    /// Bytes that are tokenized at once.
    private static let chunkByteCount = 1 << 20

    /// - Parameters:
    ///   - name: of the file, safe to print.
    ///   - column: its name in the header; `nil` for the first.
    package init(name: String, column: String?) {
        self.name = name
        self.column = column
    }

    /// The text of the column's field in each row after the header, without empty ones. A row that ends before the column has an empty one.
    package mutating func read(_ content: ArraySlice<UInt8>) throws(ItemsFile.Failure) -> ItemList {
        // No row is so long that an item could be cut.
        let limits = RowBatch.Limits(rowBytes: content.count)
        var tokenizer = Tokenizer(dialect: Self.dialect(of: content), limits: limits)
        var batch = RowBatch()
        var rest = content
        while !rest.isEmpty {
            Self.append(rest.prefix(Self.chunkByteCount), to: &batch, tokenizer: &tokenizer)
            rest = rest.dropFirst(Self.chunkByteCount)
            try collect(batch)
        }
        tokenizer.finish(&batch)
        try collect(batch)
        return items
    }

    private static func append(_ chunk: ArraySlice<UInt8>, to batch: inout RowBatch, tokenizer: inout Tokenizer) {
        tokenizer.tokenize(into: &batch, byteCount: chunk.count) {
            $0.copy(chunk.span)
            return chunk.count
        }
    }

    private mutating func collect(_ batch: borrowing RowBatch) throws(ItemsFile.Failure) {
        // Readers disagree on what such a row holds, and a quote may swallow the rows after it.
        if let anomaly = batch.anomalies.first {
            throw .file("\(name), line \(anomaly.line): \(Self.message(on: anomaly.kind))")
        }
        for row in 0..<batch.rowCount {
            let fields = batch.fields(ofRow: row)
            let isBlank = fields.count == 1 && batch.byteCount(ofField: fields.lowerBound) == 0
            if isBlank { continue }
            guard let index else {
                self.index = try column.map { name throws(ItemsFile.Failure) in try find(name, in: fields, of: batch) } ?? 0
                continue
            }
            guard index < fields.count else { continue }
            withText(of: fields.lowerBound + index, in: batch) { if !$0.isEmpty { items.append($0) } }
        }
    }

    private func text(of field: Int, in batch: borrowing RowBatch) -> [UInt8] {
        withText(of: field, in: batch) { Array($0) }
    }

    private func withText<Result>(of field: Int, in batch: borrowing RowBatch, _ body: (Span<UInt8>) -> Result) -> Result {
        decoder.withText(of: batch.bytes[batch.range(ofField: field)], body)
    }

    /// Where the header has the column.
    private func find(_ column: String, in fields: Range<Int>, of batch: borrowing RowBatch) throws(ItemsFile.Failure) -> Int {
        var names: [[UInt8]] = []
        for field in fields { names.append(text(of: field, in: batch)) }
        let wanted = Array(column.utf8)
        let places = names.indices.filter { names[$0] == wanted }
        let shown = VisibleText(column).text
        guard let first = places.first else {
            let words = names.map { String(decoding: $0, as: UTF8.self) }
            let near = EditDistance.nearest(to: column, among: words).map { ": did you mean \"\(VisibleText($0).text)\"?" }
            throw .column("the header of \(name) has no \"\(shown)\"" + (near ?? "; it begins with \"\(VisibleText(words[0]).text)\""))
        }
        guard places.count == 1 else { throw .column("the header of \(name) has \"\(shown)\" more than once: rename one of them") }
        return first
    }

    private static func message(on kind: Anomaly.Kind) -> String {
        switch kind {
        case .strayQuote: "a quote inside an unquoted field: quote the whole field and double the quotes in it"
        case .textAfterClosingQuote: "text after a closing quote: double the quotes that belong to the text"
        case .unclosedQuote: "a quoted field is never closed: close it, or double the quote if it belongs to the text"
        case .runawayQuote: "a quote that opens a field and closes in a later row: double it if it belongs to the text"
        case .loneCarriageReturn: "a carriage return without a line feed: write line ends as LF or CRLF"
        }
    }

    /// The comma, semicolon or tab that ends the header's first field, or else a comma: the one that makes this field the shortest.
    private static func dialect(of content: ArraySlice<UInt8>) -> Dialect {
        let head = content.drop { $0 == ItemsFile.lineFeed || $0 == ItemsFile.carriageReturn }.prefix(1 << 16)
        func firstFieldByteCount(_ dialect: Dialect) -> Int {
            var tokenizer = Tokenizer(dialect: dialect)
            var batch = RowBatch()
            append(head, to: &batch, tokenizer: &tokenizer)
            if batch.rowCount == 0 { tokenizer.finish(&batch) }
            return batch.rowCount == 0 ? 0 : batch.byteCount(ofField: 0)
        }
        let candidates = ",;\t".utf8.compactMap { Dialect(delimiter: $0) }.map { (dialect: $0, byteCount: firstFieldByteCount($0)) }
        return candidates.min { $0.byteCount < $1.byteCount }?.dialect ?? Dialect()
    }
}
