public import ByteSources

extension CheckRun {
    /// Reads an opened file to its end and judges it, for the report alone: nothing can be sent afterwards.
    ///
    /// - Parameters:
    ///   - file: The file to check.
    ///   - options: How to read and check it.
    ///   - progress: Called after each chunk with the stored bytes read so far.
    /// - Throws: `SourceError` if the input cannot be read or changes while it is read, or if its keys need temporary files that cannot be
    ///   written. A damaged gzip stream is not thrown: it is a finding, and the report is then incomplete.
    public static func check(
        _ file: InputFile, options: CheckOptions, progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> Report {
        try read(file, options: options, digest: nil, progress: progress).report
    }

    /// Reads an opened file to its end and judges it, so that it can be sent if the gate allows it.
    ///
    /// - Parameters:
    ///   - file: The file to check.
    ///   - options: How to read and check it.
    ///   - digest: Computed over the bytes to be sent. The body of a push is compared with it.
    ///   - progress: Called after each chunk with the stored bytes read so far.
    ///   - isSecondPass: Whether the file was read to its end before.
    /// - Throws: `SourceError`, as for ``check(_:options:progress:)``.
    package static func check(
        _ file: InputFile, options: CheckOptions, digest: some StreamDigest, isSecondPass: Bool = false,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> CheckedFile {
        try read(file, options: options, digest: digest, isSecondPass: isSecondPass, progress: progress)
    }

    /// Reads an opened file to its end and judges it, for those who read it again and send nothing.
    ///
    /// - Parameter digest: Computed over the bytes that a push would send; `nil` where there is none to compare with. It takes longer than
    ///   judging does.
    package static func survey(
        _ file: InputFile, options: CheckOptions, digest: (any StreamDigest)? = nil, isSecondPass: Bool = false,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> SurveyedFile {
        let checked = try read(file, options: options, digest: digest, isSecondPass: isSecondPass, progress: progress)
        return SurveyedFile(checked, hasDigest: digest != nil)
    }

    /// - Parameters:
    ///   - digest: Receives what is to be sent; `nil` if nothing is.
    ///   - receivers: Take the rows with their findings.
    static func read(
        _ file: InputFile, options: CheckOptions, digest: (any StreamDigest)?, isSecondPass: Bool = false,
        receivers: [any MarkReceiver] = [], progress: @escaping (Int) -> Void
    ) throws(SourceError) -> CheckedFile {
        let identity = try file.identity()
        let digester = options.storedDigest.map(SourceDigest.init)
        let reader = try ChunkReader(
            isSecondPass ? try file.secondPass(digest: digester) : try file.firstPass(digest: digester), progress: progress)
        var run = CheckRun(options: options, digest: digest, receivers: receivers)
        let wanted = run.headByteCount(isCompressed: reader.isCompressed)
        run.begin(reader, head: try reader.peek(byteCount: wanted, readByteCount: options.chunkByteCount))
        run.read(threadCount: run.isWhole ? 1 : options.threadCount ?? threadCount(for: file.size()))
        if let failure = reader.failure { throw failure }
        let bytes = run.finishDigest()
        // How far a damaged file was read depends on who read it; how long it is does not.
        let storedByteCount = run.damage.map { file.size() ?? $0.compressedOffset } ?? reader.storedByteCount
        let report = run.report(
            path: file.displayPath, compression: reader.compression, storedByteCount: storedByteCount,
            storedDigest: digester?.finish())
        if let failure = run.keyFailure {
            throw .system(operation: "put aside the keys of", path: file.displayPath, errno: failure.errno, byteOffset: nil)
        }
        if file.isSeekable, try file.identity() != identity { throw .changed(path: file.displayPath) }
        return CheckedFile(
            report: report, file: file, identity: file.isSeekable ? identity : try file.identity(), digest: bytes, sent: run.sent)
    }

    /// One thread where starting more takes longer than reading: for a few megabytes. Else one for each processor, up to as many as the stages
    /// in order can keep busy; each has a batch of its own, so memory is bounded by it too.
    static func threadCount(for byteCount: Int?) -> Int {
        if let byteCount, byteCount < 4 << 20 { return 1 }
        return min(Threads.processorCount, 8)
    }
}
