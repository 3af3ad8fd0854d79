import Foundation
import Preflight
import TestSupport

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import SafeText

/// Entries and a folder for tests of the ledger. As long as it lives, no test starts a process: see ``ProcessStarts``.
final class LedgerScratch: Sendable {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("preflight-ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        ProcessStarts.beginLocking()
    }

    deinit {
        ProcessStarts.endLocking()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var path: String { folder + "/ledger.jsonl" }

    func ledger(faults: LedgerFaults = .none, patience: Duration = .seconds(30)) -> Ledger {
        Ledger(path: FilePath(path), patience: patience, faults: faults)
    }

    var text: String {
        get throws { try String(contentsOfFile: path, encoding: .utf8) }
    }

    func write(_ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
}

enum LedgerSamples {
    static let configuration = try! ConfigurationID("33d0d7d0-6125-47c4-b36a-882f4ed53b33")
    static let importID = try! ImportID("a5002346-d45c-4773-892f-53273b040ca0")
    static let service = try! ServiceURL("http://127.0.0.1:8080")
    static let now = UTCTime("2026-01-31T23:59:59Z")!

    static let prediction = Prediction(
        basis: .profile, parsingErrorCells: Bounds(min: 2, max: 5), skippedRows: Bounds(min: 2, max: 4),
        columns: [
            .init(column: .init(index: 2, name: "Amount \u{202e}\n€"), reason: .parsingError, cells: .init(min: 1, max: 3), samples: []),
            .init(
                column: .init(index: 7, name: ColumnName([0xFF, 0x41])), reason: .missingItemSkipsRow, cells: .init(min: 1, max: 2),
                samples: []
            ),
        ])

    static let identity = FileIdentity(
        device: 66_304, inode: .max, size: 12, modified: .init(seconds: -1, nanoseconds: 7),
        changed: .init(seconds: 1_764_530_000, nanoseconds: 999_999_999))

    static func intent(
        _ content: String = "a,b\n1,2\n", kind: LedgerIntent.Kind = .push, configuration: ConfigurationID = configuration,
        service: ServiceURL = service
    ) -> LedgerIntent {
        var digest = SHA256Digest()
        digest.update(Array(content.utf8).span)
        let isTrigger = kind == .trigger
        return LedgerIntent(
            kind: kind, service: service, configuration: configuration,
            content: isTrigger
                ? nil
                : .init(
                    digest: digest.finalize(), byteCount: content.utf8.count, file: "export.csv", fileByteCount: 12, rows: 1,
                    identity: identity),
            profile: isTrigger ? nil : .init(file: "p.yaml", digest: Array(repeating: 7, count: 32)),
            prediction: isTrigger ? nil : prediction,
            allowedSkips: 10, process: .init(id: 4242, host: "host"), tool: "1.0.0")
    }

    static let document = StatusDocument(
        importID: importID, status: .completed, createdAt: "2026-01-01", completedAt: "2026-01-02",
        detail: .init(
            blockType: "List", counts: .init(inserted: 5, updated: 0, deleted: nil, skipped: 3),
            skipped: [
                .init(columnName: "Amount \u{202e}\n€", reason: .parsingError, count: 3, samples: ["secret cell"]),
                .init(columnName: nil, reason: SkipReason(rawValue: "NewReason"), count: nil),
            ], createdItems: 4))

    static let failed = StatusDocument(
        importID: importID, status: .failed, errors: [.init(name: "BadRow", description: "secret cell")], errorCount: 30, isCut: true)

    static let reconciliation = Reconciliation(prediction: prediction, rowCount: 100, limit: .rows(10), document: document)

    static let events: [LedgerRecord.Event] = {
        var legacy = intent()
        legacy.isLegacy = true
        legacy.retryOf = LedgerEntryID("0123abcd")
        (legacy.profile, legacy.prediction, legacy.allowedSkips) = (nil, nil, nil)
        return [
            .intent(intent()), .intent(intent(kind: .trigger)), .intent(intent(kind: .rehearsal)), .intent(legacy),
            .outcome(.accepted(importID, isEarly: false)), .outcome(.accepted(importID, isEarly: true)),
            .outcome(.notAccepted(cause: "refused", status: 401)), .outcome(.unknown(cause: "no-answer", status: nil)),
            .end(.notSeen), .end(.reported(document)), .end(.reported(failed)), .reconciliation(reconciliation),
            .settlement(.imported(importID)), .settlement(.didNotArrive),
            .retryFile(.init(digest: Array(0..<32), byteCount: 9, file: "retry.csv", rows: 2)),
        ]
    }()
}
