import Foundation
import Preflight
import TestSupport
import Testing

@testable import ByteSources

@Suite(.computing) struct SourceErrorTests {
    @Test(
        arguments: [
            (
                .system(operation: "open", path: "x.csv", errno: ENOENT, byteOffset: nil),
                "Cannot open x.csv: No such file or directory. Check the path."
            ),
            (
                .system(operation: "read", path: "x.csv", errno: EIO, byteOffset: 512),
                "Cannot read x.csv after 512 bytes: Input/output error. "
                    + "The disk or the file server is failing. Check the system log, and use a copy of the file."
            ),
            (
                .system(operation: "open", path: "-", errno: EBADF, byteOffset: nil),
                "Cannot open standard input: Bad file descriptor. It is closed. Provide an input."
            ),
            (
                .system(operation: "write to the temporary copy of", path: "-", errno: ENOSPC, byteOffset: 0),
                "Cannot write to the temporary copy of standard input: No space left on device. "
                    + "Free some space, or set TMPDIR to a folder on a larger disk."
            ),
            (
                .system(operation: "create the temporary copy of", path: "-", errno: ENOENT, byteOffset: nil),
                "Cannot create the temporary copy of standard input: No such file or directory. "
                    + "Set TMPDIR to an existing folder that you can write to."
            ),
            (
                .notReadable(path: "exports", reason: "it is a directory"),
                "Cannot read exports: it is a directory. Use a file instead."
            ),
            (
                .changed(path: "x.csv"),
                "The content of x.csv changed while it was read. Try again once no program writes to it."
            ),
            (
                .gzip(GzipDamage(kind: .truncated, member: 2, compressedOffset: 40, decompressedOffset: 3)),
                "The gzip stream ends inside member 2, after 40 compressed bytes: copy or export the file again."
            ),
        ] as [(SourceError, String)])
    func messages(error: SourceError, message: String) {
        #expect(error.message == message)
    }

    @Test(arguments: GzipDamage.Kind.allCases.filter { $0 != .tooLong })
    func everyDamageNamesItsPlace(kind: GzipDamage.Kind) {
        let message = GzipDamage(kind: kind, member: 17, compressedOffset: 4711, decompressedOffset: 0).message
        #expect(message.contains("member 17") && message.contains("4711"))
    }
}
