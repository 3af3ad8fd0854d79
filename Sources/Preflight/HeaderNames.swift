import CSVScan

/// The first row of a file, read as the names of its columns: what a new profile begins with.
public struct HeaderNames: Sendable, Equatable {
    /// By column, without bytes that are not UTF-8 (U+FFFD stands for them).
    public let names: [String]
    /// `nil` where the first row has one field.
    public let delimiter: UInt8?

    /// Bytes of the longest header that is read whole: as many as a beginning has.
    private static let mostByteCount = 1 << 20

    /// Reads the beginning of a file; `nil` if it has no row, or is no text in an encoding that is known.
    ///
    /// - Throws: if the file cannot be read so far, for a damaged gzip stream as well.
    public static func read(_ file: InputFile, encoding: TextEncoding? = nil) throws(SourceError) -> HeaderNames? {
        var source = try ContentSource(try file.firstPass())
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: mostByteCount, alignment: 16)
        defer { buffer.deallocate() }
        var count = 0
        while count < mostByteCount {
            let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if read == 0 { break }
            count += read
        }
        return HeaderNames(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]), encoding: encoding)
    }

    /// - Parameter head: the beginning of a file.
    init?(_ head: UnsafeRawBufferPointer, encoding: TextEncoding? = nil) {
        let prologue = Prologue(
            head: UnsafeRawBufferPointer(rebasing: head.prefix(Prologue.byteCount)), given: Prologue.Given(encoding: encoding))
        guard prologue.refusal == nil else { return nil }
        let raw = UnsafeRawBufferPointer(rebasing: head.dropFirst(prologue.markLength + prologue.skipped.length))
        var transcoder = Transcoder(prologue.encoding)
        let room = raw.count * prologue.encoding.mostGrowth + Transcoder.mostPending
        var tokenizer = Tokenizer(
            dialect: Dialect(delimiter: prologue.delimiter ?? UInt8(ascii: ","), quote: prologue.quote),
            limits: RowBatch.Limits(rowBytes: room, fieldBytes: room))
        let quote = prologue.quote
        var batch = RowBatch()
        tokenizer.tokenize(into: &batch, byteCount: room) { space in
            let count = transcoder.convert(raw, into: space)
            if prologue.endsLinesWithCR {
                for index in 0..<count where space[index] == UInt8(ascii: "\r") { space[index] = UInt8(ascii: "\n") }
            }
            return count
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
