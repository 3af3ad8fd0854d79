import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import PigmentImport
@testable import SafeText

/// A file that the ledger knows is not hashed again while the system says that it is the same.
@Suite(.computing) struct UnchangedFileTests {
    private let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("preflight-unchanged-\(UUID().uuidString).csv").path
        try Data("a,b\n1,2\n".utf8).write(to: URL(filePath: path))
    }

    private func opened() throws -> InputFile { try InputFile.open(path: FilePath(path), spoolsStream: false) }

    /// An entry that was begun some seconds after the file was written.
    private func entry(of identity: FileIdentity?, after seconds: Int64) -> LedgerEntry {
        var intent = LedgerSamples.intent()
        intent.content?.identity = identity
        let time = UTCTime(seconds: Int((identity?.changed.seconds ?? 0) + seconds))
        return LedgerEntry(id: LedgerEntryID("k3x9m2ab")!, time: time, intent: intent)
    }

    @Test func theSameFile() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try opened()
        let identity = try file.identity()
        #expect(entry(of: identity, after: 3).unchangedIdentity(of: file) == identity)
        // Written so shortly before that another change might have the same time.
        #expect(entry(of: identity, after: 2).unchangedIdentity(of: file) == nil)
        #expect(entry(of: nil, after: 3).unchangedIdentity(of: file) == nil)
    }

    @Test func anotherContentOfTheSameLengthAndTime() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let known = entry(of: try opened().identity(), after: 3)
        let modified = try #require(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
        // Longer than a tick of the clock.
        usleep(50_000)
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.write(contentsOf: Data("a,b\n3,4\n".utf8))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: path)
        #expect(known.unchangedIdentity(of: try opened()) == nil)
    }

    @Test func aCopy() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let known = entry(of: try opened().identity(), after: 3)
        let copy = path + ".copy"
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        let file = try InputFile.open(path: FilePath(copy), spoolsStream: false)
        #expect(known.unchangedIdentity(of: file) == nil)
    }

    @Test(arguments: [
        "", "1:2:3:4.5:6.7", "1:2:3:4.000000000", "1:2:3:4.000000000:5.-00000001", "1:2:3:4.000000000:5.000000000:6",
        "-1:2:3:4.000000000:5.000000000",
    ])
    func noIdentity(_ text: String) {
        #expect(FileIdentity(text) == nil)
    }

    @Test func identityAsText() throws {
        let text = "66304:18446744073709551615:12:-1.000000007:1764530000.999999999"
        #expect("\(LedgerSamples.identity)" == text)
        #expect(FileIdentity(text) == LedgerSamples.identity)
    }
}
