extension CheckRun {
    /// Reads an opened file to its end and judges it.
    ///
    /// - Parameters:
    ///   - digest: computed over the decompressed bytes, for the clearance.
    ///   - progress: told the stored bytes read so far, after each chunk.
    /// - Throws: ``SourceError`` when the input cannot be read, or changes while it is read. A damaged gzip stream is not thrown: it is
    ///   a finding, and the report is then incomplete.
    public static func check(
        _ file: InputFile, options: CheckOptions, digest: (any StreamDigest)? = nil, progress: (Int) -> Void = { _ in }
    ) throws(SourceError) -> CheckedFile {
        let identity = try file.identity()
        var source = try ContentSource(try file.firstPass())
        var run = CheckRun(options: options, digest: digest)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: options.chunkByteCount, alignment: 64)
        defer { buffer.deallocate() }
        var damage: GzipDamage?
        reading: while true {
            do throws(SourceError) {
                let count = try source.read(into: buffer)
                if count == 0 { break reading }
                run.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                progress(source.compressedByteCount)
            } catch {
                guard case .gzip(let found) = error else { throw error }
                damage = found
                break reading
            }
        }
        let bytes = run.finishDigest()
        let report = run.finish(
            path: file.displayPath, compression: source.compression, storedByteCount: source.compressedByteCount, damage: damage)
        if file.isSeekable, try file.identity() != identity { throw .changed(path: file.displayPath) }
        return CheckedFile(report: report, file: file, identity: file.isSeekable ? identity : try file.identity(), digest: bytes)
    }
}
