public import ByteSources
public import Preflight

extension CheckRun {
    /// Reads an opened file to its end and judges it, so that it can be pushed if the gate allows it.
    ///
    /// SHA-256 is computed over the bytes to be sent. The body of the push is compared with it, and the last byte leaves only if they agree.
    ///
    /// - Parameters:
    ///   - file: The file to check.
    ///   - options: How to read and check it.
    ///   - progress: Called after each chunk with the stored bytes read so far.
    /// - Throws: `SourceError` if the input cannot be read or changes while it is read, or if its keys need temporary files that cannot be
    ///   written. A damaged gzip stream is not thrown: it is a finding, and the gate then stays closed.
    public static func checkForPush(
        _ file: InputFile, options: CheckOptions, progress: @escaping (Int) -> Void = { _ in }
    ) throws(SourceError) -> CheckedFile {
        try check(file, options: options, digest: SHA256Digest(), progress: progress)
    }
}
