package import ByteSources

extension CheckRun {
    /// Reads an opened file to its end and judges it; its rows are written into two files on the way, if there is a splitter.
    package static func check(
        _ file: InputFile, options: CheckOptions, splitter: RowSplitter?, progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> Report {
        try read(file, options: options, digest: nil, receivers: receivers(splitter), progress: progress).report
    }

    /// The same for a file that can be sent if the gate allows it.
    package static func check(
        _ file: InputFile, options: CheckOptions, digest: some StreamDigest, splitter: RowSplitter?,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> CheckedFile {
        try read(file, options: options, digest: digest, receivers: receivers(splitter), progress: progress)
    }

    private static func receivers(_ splitter: RowSplitter?) -> [any MarkReceiver] {
        splitter.map { [$0] } ?? []
    }
}
