import Foundation
import Synchronization
import TestSupport
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import SafeText

@Suite(.computing) struct LedgerTests {
    private static let now = LedgerSamples.now

    private static func begun(_ ledger: Ledger, _ intent: LedgerIntent = LedgerSamples.intent(), again: Bool = false) throws -> LedgerPush?
    {
        if case .begun(let push) = try ledger.begin(intent, at: now, allowsAgain: again) { return push }
        return nil
    }

    /// What happened to the first push, and whether the same content may be pushed again.
    static let histories: [(events: [LedgerRecord.Event], state: LedgerEntry.State, isRefused: Bool)] = [
        ([], .unknown, true),
        ([.outcome(.notAccepted(cause: "refused", status: 401))], .notAccepted, false),
        ([.outcome(.unknown(cause: "no-answer", status: nil))], .unknown, true),
        ([.outcome(.accepted(LedgerSamples.importID, isEarly: false))], .accepted, true),
        ([.outcome(.accepted(LedgerSamples.importID, isEarly: false)), .end(.notSeen)], .accepted, true),
        ([.outcome(.accepted(LedgerSamples.importID, isEarly: false)), .end(.reported(LedgerSamples.document))], .completed, true),
        ([.outcome(.accepted(LedgerSamples.importID, isEarly: false)), .end(.reported(LedgerSamples.failed))], .failed, true),
        ([.settlement(.didNotArrive)], .didNotArrive, false),
        ([.settlement(.imported(LedgerSamples.importID))], .accepted, true),
        ([.outcome(.unknown(cause: "no-answer", status: 502)), .settlement(.didNotArrive)], .didNotArrive, false),
        ([.settlement(.didNotArrive), .settlement(.imported(LedgerSamples.importID))], .accepted, true),
    ]

    @Test(arguments: histories.indices) func sameContentAgain(index: Int) throws {
        let (events, state, isRefused) = Self.histories[index]
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        var push = try Self.begun(ledger)
        for event in events { try #require(push).record(event, at: Self.now) }
        push = nil
        #expect(try ledger.read().entries.map(\.state) == [state])
        #expect(try (ledger.obstacle(to: LedgerSamples.intent()) != nil) == isRefused)
        #expect(try (Self.begun(ledger) == nil) == isRefused)
        #expect(try Self.begun(ledger, again: true) != nil)
        // Other content, another configuration, another service, a rehearsal, a trigger.
        let other = try ConfigurationID("00000000-0000-4000-8000-000000000002")
        for intent in [
            LedgerSamples.intent("other"), LedgerSamples.intent(configuration: other),
            LedgerSamples.intent(service: try ServiceURL("http://127.0.0.1:8081")), LedgerSamples.intent(kind: .rehearsal),
            LedgerSamples.intent(kind: .rehearsal), LedgerSamples.intent(kind: .trigger), LedgerSamples.intent(kind: .trigger),
        ] {
            #expect(try Self.begun(ledger, intent) != nil)
        }
        #expect(try ledger.read().flawCount == 0)
    }

    @Test func aRehearsalDoesNotBlockAPush() throws {
        let scratch = try LedgerScratch()
        let rehearsal = try #require(try Self.begun(scratch.ledger(), LedgerSamples.intent(kind: .rehearsal)))
        try rehearsal.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: Self.now)
        #expect(try Self.begun(scratch.ledger()) != nil)
    }

    /// As long as the process lives the push runs: even who allows a second push gets none at the same time.
    @Test func underWay() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        let push = try #require(try Self.begun(ledger))
        guard case .refused(let entry) = try ledger.begin(LedgerSamples.intent(), at: Self.now, allowsAgain: true) else {
            Issue.record("pushed twice at once")
            return
        }
        #expect(entry.state == .running && entry.id == push.id)
        #expect(throws: LedgerError(FilePath(scratch.path), .notUnknown(push.id, .running))) {
            try ledger.settle(push.id, .didNotArrive, at: Self.now)
        }
        try push.record(.outcome(.notAccepted(cause: "refused", status: 404)), at: Self.now)
        #expect(try Self.begun(ledger) != nil)
    }

    /// Many at once, each with the same contents in another order: each content is begun once.
    @Test func oneOfManyWritersBegins() async throws {
        let scratch = try LedgerScratch()
        let contents = (0..<20).map { "content \($0)" }
        let begun = await withTaskGroup(of: [String].self) { group in
            for writer in 0..<4 {
                group.addTask {
                    var begun: [String] = []
                    for content in writer % 2 == 0 ? contents : contents.reversed() {
                        guard let push = try? Self.begun(scratch.ledger(), LedgerSamples.intent(content)) else { continue }
                        begun.append(content)
                        try? push.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: Self.now)
                    }
                    return begun
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(begun.sorted() == contents.sorted())
        let reading = try scratch.ledger().read()
        #expect(reading.entries.count == contents.count && reading.entries.allSatisfy { $0.state == .accepted })
        #expect(reading.flawCount == 0)
    }

    @Test func settlingTwiceAndWrongly() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        let unknown = LedgerEntryID("00000000")!
        #expect(throws: LedgerError(FilePath(scratch.path), .noEntry(unknown))) { try ledger.settle(unknown, .didNotArrive, at: Self.now) }
        #expect(!FileManager.default.fileExists(atPath: scratch.path))
        let id = try #require(try Self.begun(ledger)).id
        #expect(try ledger.settle(id, .didNotArrive, at: Self.now).state == .didNotArrive)
        // Looked again, and found it.
        #expect(try ledger.settle(id, .imported(LedgerSamples.importID), at: Self.now).state == .accepted)
        #expect(try ledger.entry(of: LedgerSamples.importID, at: LedgerSamples.service)?.id == id)
        #expect(throws: LedgerError(FilePath(scratch.path), .noEntry(unknown))) { try ledger.settle(unknown, .didNotArrive, at: Self.now) }
        let accepted = try #require(try Self.begun(ledger, LedgerSamples.intent("other")))
        try accepted.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: Self.now)
        #expect(throws: LedgerError(FilePath(scratch.path), .notUnknown(accepted.id, .accepted))) {
            try ledger.settle(accepted.id, .didNotArrive, at: Self.now)
        }
    }

    /// `status` writes down the end of an import that a push did not see, and compares it with what was predicted then.
    @Test func theEndIsRecordedLater() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        let push = try #require(try Self.begun(ledger))
        try push.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: Self.now)
        try push.record(.end(.notSeen), at: Self.now)
        let end = LedgerRecord.End.reported(LedgerSamples.document).withoutSamples
        for _ in 0..<2 {
            let entry = try #require(
                try ledger.recordEnd(of: LedgerSamples.importID, at: LedgerSamples.service, end, time: Self.now))
            #expect(entry.state == .completed && entry.reconciliation?.rows.verdict == .asPredicted)
            #expect(entry.reconciliation?.rows.allowed == 10)
        }
        // Asked twice, written once.
        #expect(try scratch.text.split(separator: "\n").count == 5)
        let stranger = try ImportID("00000000-0000-4000-8000-000000000009")
        #expect(try ledger.recordEnd(of: stranger, at: LedgerSamples.service, end, time: Self.now) == nil)
        #expect(try ledger.recordEnd(of: LedgerSamples.importID, at: .pigment, end, time: Self.now) == nil)
        #expect(try scratch.text.split(separator: "\n").count == 5)
    }

    @Test func aRetryFileIsKnown() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        let id = try #require(try Self.begun(ledger)).id
        let retry = LedgerSamples.intent("a,b\n2\n")
        let content = try #require(retry.content)
        try ledger.recordRetryFile(
            .init(digest: content.digest, byteCount: content.byteCount, file: "retry.csv", rows: 1), of: id, at: Self.now)
        #expect(try #require(try Self.begun(ledger, retry)).retryOf == id)
        #expect(try ledger.read().entries.map(\.intent.retryOf) == [nil, id])
        #expect(try ledger.entry(id)?.retryFiles.map(\.rows) == [1])
    }

    // MARK: The file

    @Test func othersCannotReadIt() throws {
        let scratch = try LedgerScratch()
        let old = umask(0)
        defer { umask(old) }
        let path = scratch.folder + "/state/preflight/ledger.jsonl"
        _ = try Self.begun(Ledger(path: FilePath(path), makesFolders: true))
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(path) == 0o600)
        #expect(try mode(scratch.folder + "/state/preflight") == 0o700)
        #expect(try mode(scratch.folder + "/state") == 0o700)
    }

    #if DEBUG
        private static let cutStep = 23
    #else
        private static let cutStep = 1
    #endif

    /// Cut anywhere, the ledger gets its next record on a line of its own.
    @Test func aCutLastLineIsRepaired() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        let push = try #require(try Self.begun(ledger))
        try push.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: Self.now)
        let whole = try Array(scratch.text.utf8)
        let secondLine = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
        for length in stride(from: 1, to: whole.count, by: Self.cutStep) {
            try scratch.write(String(decoding: whole[..<length], as: UTF8.self))
            let before = try ledger.read()
            let isClean = length == secondLine || length == secondLine - 1 || length == whole.count - 1
            #expect(before.flaws.map(\.kind) == (isClean ? [] : [.cut]), "\(length)")
            let other = try #require(try Self.begun(ledger, LedgerSamples.intent("other")))
            #expect(other.flaws.count == before.flaws.count)
            try other.record(.outcome(.notAccepted(cause: "refused", status: 400)), at: Self.now)
            let reading = try ledger.read()
            #expect(reading.entries.last?.state == .notAccepted)
            #expect(reading.entries.count == (length < secondLine - 1 ? 1 : 2))
            #expect(reading.flaws.map(\.kind) == (isClean ? [] : [.foreign]))
            // The first push is as unknown as it looks.
            #expect(try (ledger.obstacle(to: LedgerSamples.intent()) != nil) == (length >= secondLine - 1))
        }
    }

    @Test func foreignLinesAreNamedAndLeftAlone() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        try scratch.write("hello\n\n{\"v\":9}\n\u{0}\u{0}\u{0}\n")
        _ = try Self.begun(ledger)
        let reading = try ledger.read()
        #expect(reading.entries.count == 1)
        #expect(
            reading.flaws == [
                .init(lineNumber: 1, kind: .foreign), .init(lineNumber: 3, kind: .newer), .init(lineNumber: 4, kind: .foreign),
            ])
        #expect(try scratch.text.hasPrefix("hello\n\n{\"v\":9}\n"))
    }

    /// What a later version wrote of the same content may say that it was pushed. Of other content, or for another configuration, it is no obstacle.
    @Test func aLaterVersionKnowsTheContent() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        let intent = LedgerSamples.intent()
        let content = try #require(intent.content)
        let digest = SHA256Digest.hexadecimal(content.digest)
        try scratch.write(#"{"v":2,"event":"intent","content":{"sha256":"\#(digest)"},"to":"\#(intent.configuration.text)"}"# + "\n")
        let newer = LedgerError(FilePath(scratch.path), .newer(lineNumber: 1))
        #expect(throws: newer) { try Self.begun(ledger) }
        #expect(throws: newer) { try ledger.obstacle(to: intent) }
        #expect(newer.message.hasSuffix("Update preflight, or push anyway: --already-pushed allow"))
        let other = try ConfigurationID("00000000-0000-4000-8000-000000000002")
        for free in [
            LedgerSamples.intent("other"), LedgerSamples.intent(configuration: other), LedgerSamples.intent(kind: .rehearsal),
        ] {
            #expect(try Self.begun(ledger, free) != nil)
        }
        #expect(try Self.begun(ledger, again: true) != nil)
    }

    /// A clock that went back between two records: the order of the lines counts, not that of the times.
    @Test func aClockThatGoesBack() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        let early = try #require(UTCTime("2001-01-01T00:00:00Z"))
        guard case .begun(let push) = try ledger.begin(LedgerSamples.intent(), at: Self.now) else {
            Issue.record("not begun")
            return
        }
        try push.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: early)
        try push.record(.end(.reported(LedgerSamples.document)), at: early)
        guard case .begun = try ledger.begin(LedgerSamples.intent("later"), at: early) else {
            Issue.record("not begun")
            return
        }
        let reading = try ledger.read()
        #expect(reading.entries.map(\.state) == [.completed, .unknown])
        #expect(try Self.begun(ledger) == nil)
        #expect(try ledger.read(limit: 1).entries.map(\.id) == reading.entries.suffix(1).map(\.id))
    }

    /// The folder becomes read-only during a push: the file that is open is written on; a new ledger cannot be made, and nothing is sent.
    @Test func aFolderThatBecomesReadOnly() throws {
        let scratch = try LedgerScratch()
        let push = try #require(try Self.begun(scratch.ledger()))
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.folder)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: scratch.folder) }
        try push.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: Self.now)
        #expect(try scratch.ledger().read().entries.map(\.state) == [.accepted])
        // Root may write everywhere.
        guard geteuid() != 0 else { return }
        #expect(throws: LedgerError.self) { try Self.begun(Ledger(path: FilePath(scratch.folder + "/new.jsonl"))) }
    }

    @Test func onlyTheLastEntriesAreKept() throws {
        let scratch = try LedgerScratch()
        let ledger = scratch.ledger()
        for number in 0..<230 { _ = try Self.begun(ledger, LedgerSamples.intent("\(number)")) }
        let all = try ledger.read().entries.map(\.id)
        #expect(all.count == 230)
        #expect(try ledger.read(limit: 7).entries.map(\.id) == Array(all.suffix(7)))
        #expect(try ledger.read(limit: 150).entries.map(\.id) == Array(all.suffix(150)))
    }

    @Test func whatIsNoFileIsRefused() throws {
        let scratch = try LedgerScratch()
        try #require(mkfifo(scratch.path, 0o600) == 0)
        #expect(throws: LedgerError(FilePath(scratch.path), .notAFile)) { try Self.begun(scratch.ledger()) }
        #expect(throws: LedgerError(FilePath(scratch.path), .notAFile)) { try scratch.ledger().read() }
        #expect(throws: LedgerError(FilePath(scratch.folder), .system(.open, errno: EISDIR))) {
            try Self.begun(Ledger(path: FilePath(scratch.folder)))
        }
        #expect(throws: LedgerError(FilePath(scratch.folder + "/none/l"), .system(.open, errno: ENOENT))) {
            try Self.begun(Ledger(path: FilePath(scratch.folder + "/none/l")))
        }
        #expect(throws: LedgerError(FilePath("/dev/null"), .notAFile)) { try Self.begun(Ledger(path: FilePath("/dev/null"))) }
    }

    /// A file that was moved away is not written to by who comes later; who writes already goes on in it.
    @Test func rotation() throws {
        let scratch = try LedgerScratch()
        let push = try #require(try Self.begun(scratch.ledger()))
        let moved = scratch.folder + "/old.jsonl"
        try FileManager.default.moveItem(atPath: scratch.path, toPath: moved)
        _ = try Self.begun(scratch.ledger(), LedgerSamples.intent("other"))
        try push.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: Self.now)
        #expect(try Ledger(path: FilePath(moved)).read().entries.map(\.state) == [.accepted])
        #expect(try scratch.ledger().read().entries.map(\.state) == [.unknown])
        try FileManager.default.removeItem(atPath: moved)
        #expect(throws: LedgerError(FilePath(scratch.path), .deleted)) { try push.record(.end(.notSeen), at: Self.now) }
    }

    @Test func aProcessThatKeepsTheLockDoesNotHoldUpAPushWithoutEnd() throws {
        let scratch = try LedgerScratch()
        let file = try LedgerFile.writing(FilePath(scratch.path), faults: .none)
        try file.lock(patience: .zero)
        #expect(throws: LedgerError(FilePath(scratch.path), .locked)) { try Self.begun(scratch.ledger(patience: .milliseconds(20))) }
        // Readers do not wait.
        #expect(try scratch.ledger().read().entries.isEmpty)
        file.unlock()
        #expect(try Self.begun(scratch.ledger(patience: .zero)) != nil)
    }
}
