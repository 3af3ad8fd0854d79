import CSVScan

/// The first row of a file, read as the names of its columns: what a new profile begins with.
public struct HeaderNames: Sendable, Equatable {
    /// By column, without bytes that are not UTF-8 (U+FFFD stands for them).
    public let names: [String]
    /// `nil` where the first row has one field.
    public let delimiter: UInt8?

    /// Bytes of the longest header that is read whole: as many as a beginning has.
    private static let mostByteCount = 1 << 20

    /// Reads the beginning of a file; `nil` if it has no row, or is UTF-16.
    ///
    /// - Throws: if the file cannot be read so far, for a damaged gzip stream as well.
    public static func read(_ file: InputFile) throws(SourceError) -> HeaderNames? {
        var source = try ContentSource(try file.firstPass())
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: mostByteCount, alignment: 16)
        defer { buffer.deallocate() }
        var count = 0
        while count < mostByteCount {
            let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if read == 0 { break }
            count += read
        }
        return HeaderNames(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
    }

    /// - Parameter head: the beginning of a file.
    init?(_ head: UnsafeRawBufferPointer) {
        let quote = UInt8(ascii: "\"")
        let prologue = Prologue(
            head: UnsafeRawBufferPointer(rebasing: head.prefix(Prologue.byteCount)), quote: quote, givenDelimiter: nil)
        guard prologue.encoding == .utf8 else { return nil }
        let content = UnsafeRawBufferPointer(rebasing: head.dropFirst(prologue.hasByteOrderMark ? 3 : 0))
        var tokenizer = Tokenizer(
            dialect: Dialect(delimiter: prologue.delimiter ?? UInt8(ascii: ","), quote: quote),
            limits: RowBatch.Limits(rowBytes: content.count))
        var batch = RowBatch()
        tokenizer.tokenize(into: &batch, byteCount: content.count) {
            $0.copyMemory(from: content)
            return content.count
        }
        if batch.rowCount == 0 { tokenizer.finish(&batch) }
        let decoder = FieldDecoder(quote: quote)
        for row in 0..<batch.rowCount {
            let fields = batch.fields(ofRow: row)
            if fields.count == 1, batch.byteCount(ofField: fields.lowerBound) == 0 { continue }
            var names: [String] = []
            for field in fields.prefix(batch.steadyFieldCount(ofRow: row)) {
                names.append(decoder.withText(of: field, in: batch) { String(decoding: $0, as: UTF8.self) })
            }
            self.names = names
            delimiter = prologue.delimiter
            return
        }
        return nil
    }
}
