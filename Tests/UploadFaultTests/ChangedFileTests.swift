import Foundation
import PigmentImport
import ScriptedServer
import Testing

@testable import ByteSources
@testable import Preflight

extension UploadFaults {
    /// What was checked is what is sent: a file that changes is never sent to its end.
    @Suite("A file that changes after its check")
    struct ChangedFileTests {
        enum Change: String, CaseIterable, Sendable, CustomTestStringConvertible {
            case truncated
            case appended
            case overwrittenWithItsTimeRestored
            case replacedByRename

            var testDescription: String { rawValue }

            func apply(to file: ClearedFile) throws {
                let url = URL(filePath: file.path)
                switch self {
                case .truncated:
                    let handle = try FileHandle(forWritingTo: url)
                    try handle.truncate(atOffset: UInt64(file.byteCount / 2))
                    try handle.close()
                case .appended:
                    let handle = try FileHandle(forWritingTo: url)
                    try handle.seekToEnd()
                    try handle.write(contentsOf: Data("x".utf8))
                    try handle.close()
                case .overwrittenWithItsTimeRestored:
                    let before = try FileManager.default.attributesOfItem(atPath: file.path)
                    let handle = try FileHandle(forUpdating: url)
                    try handle.seek(toOffset: UInt64(file.byteCount - 10))
                    try handle.write(contentsOf: Data("x".utf8))
                    try handle.close()
                    try FileManager.default.setAttributes([.modificationDate: before[.modificationDate] as Any], ofItemAtPath: file.path)
                case .replacedByRename:
                    let other = file.neighbour("other.csv")
                    try Data(repeating: 0, count: 10).write(to: URL(filePath: other))
                    guard rename(other, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
                }
            }
        }

        @Test("changed between check and push", arguments: Change.allCases, [FaultRun.smallByteCount, FaultRun.largeByteCount])
        func beforePush(change: Change, byteCount: Int) async throws {
            var conditions = FaultRun.Conditions(byteCount: byteCount)
            conditions.beforePush = { try change.apply(to: $0) }
            let run = try await FaultRun([[.readHead, .readWholeBody, .accepted]], conditions)
            try run.expect(.localFault, says: "after it was checked", "did not accept the file")
            #expect(run.completeBodyCount == 0)
            #expect(run.push.outcome.importID == nil)
        }

        @Test("changed while it is sent", arguments: Change.allCases)
        func duringPush(change: Change) async throws {
            let (arrived, changed) = (Latch(), Latch())
            var conditions = FaultRun.Conditions(byteCount: 2 * FaultRun.largeByteCount, receiveBufferByteCount: 64 << 10)
            conditions.duringPush = { file in
                await arrived.wait()
                defer { changed.open() }
                try change.apply(to: file)
            }
            let script: [ScriptStep] = [
                .readHead, .readBody(byteCount: 256 << 10), .open(arrived), .wait(changed), .readWholeBody, .accepted,
            ]
            let run = try await FaultRun([script], conditions)
            try run.expect(.localFault, says: "after it was checked", "did not accept the file")
            #expect(run.completeBodyCount == 0)
            #expect(run.requests.map(\.bodyByteCount).allSatisfy { (256 << 10..<2 * FaultRun.largeByteCount).contains($0) })
            #expect(run.connections.count == 1)
        }

        @Test("changed while it is sent, when the server has accepted it already", arguments: Change.allCases)
        func afterEarlySuccess(change: Change) async throws {
            let (arrived, changed) = (Latch(), Latch())
            var conditions = FaultRun.Conditions(byteCount: 2 * FaultRun.largeByteCount, receiveBufferByteCount: 64 << 10)
            conditions.duringPush = { file in
                await arrived.wait()
                defer { changed.open() }
                try change.apply(to: file)
            }
            let script: [ScriptStep] = [
                .readHead, .readBody(byteCount: 256 << 10), .accepted, .open(arrived), .wait(changed), .drain,
            ]
            let run = try await FaultRun([script], conditions)
            // Whether the client reads the answer before it sees the change is open; it tells of the change either way.
            try run.expect(.endNotSeen, .localFault, .unknown, says: "The file changed after it was checked")
            #expect((run.outcome.exit == .endNotSeen) == run.outcome.message.contains(FaultRun.importID))
            #expect(run.completeBodyCount == 0)
            #expect(run.connections.count == 1)
        }

        @Test("an untouched file arrives whole, byte for byte")
        func untouched() async throws {
            let run = try await FaultRun([[.readHead, .readWholeBody, .accepted]])
            try run.expect(.done)
            let request = try #require(run.requests.first)
            #expect(request.body == [UInt8](repeating: 0, count: FaultRun.smallByteCount))
            #expect(request[header: "Content-Length"] == String(FaultRun.smallByteCount))
            #expect(request[header: "Transfer-Encoding"] == nil)
            #expect(request[header: "Content-Type"] == "text/csv")
            #expect(request[header: "Authorization"] == "Bearer \(FaultRun.canary)")
            #expect(request.requestLine == "POST /api/v1/import/push/csv?configurationId=\(FaultRun.configurationID) HTTP/1.1")
        }
    }
}
