import ByteSources

/// One of the two files.
final class SplitFile {
    private let writer: OutputFile.Writer
    private let gzip: GzipWriter?

    init(_ file: OutputFile, compresses: Bool) throws(OutputFile.Refusal) {
        writer = try file.begin()
        gzip = compresses ? GzipWriter(writer) : nil
    }

    func write(_ bytes: Span<UInt8>) throws(OutputFile.Refusal) {
        if let gzip { try gzip.write(bytes) } else { try writer.write(bytes) }
    }

    func write(_ bytes: [UInt8]) throws(OutputFile.Refusal) {
        try write(bytes.span)
    }

    /// Stores all that was written.
    func prepare() throws(OutputFile.Refusal) {
        try gzip?.end()
        try writer.prepare()
    }

    /// The file gets its name.
    func finish() throws(OutputFile.Refusal) { try writer.finish() }
}
