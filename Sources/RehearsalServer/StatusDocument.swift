import Preflight
import SafeText

/// Renders the answers of the import API as JSON, key for key as its OpenAPI has them.
enum StatusDocument {
    /// The reply to an accepted push or trigger.
    static func started(importID: String) -> JSONValue {
        .members(["importId": .string(importID)])
    }

    /// The reply to the deprecated push. `tranferLogId` is the API's own spelling.
    static func legacyStarted(importID: String, byteCount: Int) -> JSONValue {
        .members(["tranferLogId": .string(importID), "nbBytesPushed": .int(byteCount)])
    }

    /// The status of an import.
    ///
    /// - Parameter isDetailed: whether `detailedReport` was asked for; it stays `null` until the end and on failure.
    static func status(of entry: ImportLedger.Entry, ending: RehearsalBehaviour.Ending, isDetailed: Bool) -> JSONValue {
        var state = "InProgress"
        var errors = JSONValue.null
        var report = JSONValue.null
        if entry.completedAt != nil {
            switch ending {
            case .judged:
                state = "Completed"
                report = detailedReport(of: entry.received.result, blockID: entry.received.configurationID)
            case .completed(let result):
                state = "Completed"
                report = detailedReport(of: result, blockID: entry.received.configurationID)
            case .failed(let details):
                state = "Failed"
                errors = .array(details.map { .members(["name": .string($0.name), "description": .string($0.description)]) })
            }
        }
        return .members([
            "importId": .string(entry.received.importID),
            "createdAt": .string(entry.createdAt),
            "completedAt": entry.completedAt.map(JSONValue.string) ?? .null,
            "importStatus": .string(state),
            "errorsDetails": errors,
            "detailedReport": isDetailed ? report : .null,
        ])
    }

    /// - Parameter blockID: a placeholder for the block, which a rehearsal does not know.
    private static func detailedReport(of result: RehearsalResult, blockID: String) -> JSONValue {
        let counts: [JSONValue.Member] = [
            .init("insertedCount", .int(result.insertedCount)),
            .init("updatedCount", .int(result.updatedCount)),
            .init("deletedCount", .int(result.deletedCount)),
        ]
        let skipped = result.skipped.map { skip in
            JSONValue.members([
                "count": .int(skip.count),
                "reason": .string(skip.reason.rawValue),
                "sourceColumnName": skip.columnName.map(JSONValue.string) ?? .null,
                "samples": .array(skip.samples.map(JSONValue.string)),
            ])
        }
        let block: [JSONValue.Member] =
            [.init("blockId", .string(blockID)), .init("scenarioId", .null)] + counts + [.init("skippedData", .array(skipped))]
        return .members([
            "blockType": .string(result.blockKind.rawValue),
            "summary": .object(counts + [.init("skippedCount", .int(result.skippedCount))]),
            "impactedBlocks": .array([.object(block)]),
            "autoCreatedDimensionModalities": .array([]),
        ])
    }
}
