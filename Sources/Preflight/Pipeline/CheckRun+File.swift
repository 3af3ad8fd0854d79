public import ByteSources

extension CheckRun {
    /// Reads an opened file to its end and judges it.
    ///
    /// - Parameters:
    ///   - file: The file to check.
    ///   - options: How to read and check it.
    ///   - digest: computed over the decompressed bytes, for the clearance.
    ///   - progress: told the stored bytes read so far, after each chunk.
    /// - Throws: `SourceError` when the input cannot be read, or changes while it is read, or its keys need temporary files that cannot be written. A damaged gzip stream is not thrown: it is
    ///   a finding, and the report is then incomplete.
    public static func check(
        _ file: InputFile, options: CheckOptions, digest: (any StreamDigest)? = nil, progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> CheckedFile {
        let identity = try file.identity()
        var source = try ContentSource(try file.firstPass())
        var run = CheckRun(options: options, digest: digest)
        var ending = try run.readBeginning(of: &source, progress: progress)
        if ending == nil, let layout = run.explain.layout, let plan = run.explain.plan {
            let reading = ParallelReading(source, run: run, layout: layout, plan: plan, progress: progress)
            let (rest, damage) = try reading.run(threadCount: options.threadCount ?? threadCount(for: file.size()))
            source = rest
            ending = .some(damage)
        }
        let bytes = run.finishDigest()
        let damage = ending ?? nil
        // How far a damaged file was read depends on who read it; how long it is does not.
        let storedByteCount = damage.map { file.size() ?? $0.compressedOffset } ?? source.compressedByteCount
        let explain = run.explain
        let index = run.index
        let report = run.finish(path: file.displayPath, compression: source.compression, storedByteCount: storedByteCount, damage: damage)
        if let failure = explain.keyFailure {
            throw .system(operation: "put aside the keys of", path: file.displayPath, errno: failure.errno, byteOffset: nil)
        }
        if file.isSeekable, try file.identity() != identity { throw .changed(path: file.displayPath) }
        return CheckedFile(
            report: report, file: file, identity: file.isSeekable ? identity : try file.identity(), digest: bytes,
            sent: (index.sentByteCount, index.sentEncoding))
    }

    /// One thread where starting more takes longer than reading: for a few megabytes. Else one for each processor, up to as many as the stages
    /// in order can keep busy; each has a batch of its own, so memory is bounded by it too.
    static func threadCount(for byteCount: Int?) -> Int {
        if let byteCount, byteCount < 4 << 20 { return 1 }
        return min(Threads.processorCount, 8)
    }

    /// Feeds the source until chunks can be judged without each other, or to its end.
    ///
    /// - Returns: `nil` if there may be more; else, at the end, the damage that caused it, if any did.
    private mutating func readBeginning(
        of source: inout ContentSource<FileSource>, progress: (Int) -> Void
    ) throws(SourceError) -> GzipDamage?? {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: options.chunkByteCount, alignment: 64)
        defer { buffer.deallocate() }
        var packed = PackedMembers()
        while !knowsLayout {
            do throws(SourceError) {
                var count = try source.readBlock(into: buffer, packed: &packed)
                var damage: GzipDamage?
                if !packed.isEmpty {
                    (count, damage) = packed.inflate(into: buffer)
                } else if count == 0 {
                    return .some(nil)
                }
                let allowed = source.compression == .gzip ? index.allowed(count) : count
                if allowed < count { damage = .tooLong(after: index.byteCount + allowed) }
                feed(UnsafeRawBufferPointer(rebasing: buffer[..<allowed]))
                progress(source.compressedByteCount)
                if let damage { return damage }
            } catch {
                guard case .gzip(let found) = error else { throw error }
                return found
            }
        }
        return nil
    }
}
