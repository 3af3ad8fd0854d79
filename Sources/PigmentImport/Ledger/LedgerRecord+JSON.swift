import ImportProfiles
import Preflight
import SafeText

extension LedgerRecord {
    /// Of the format. A reader passes over records of a later version, and over members and events that it does not know.
    package static let version = 1

    /// The longest text of all columns in one record; the rest is counted.
    static let columnTextLimit = 128 << 10

    /// The record as one line without its line end; `ledger-v1.schema.json` describes it key by key. All text is escaped, so no line end is
    /// in it.
    package var line: String { document.text(isPretty: false) }

    private var document: JSONValue {
        var members: [JSONValue.Member] = [
            .init("v", .int(Self.version)), .init("time", .string(time.description)), .init("id", .string(entry.text)),
            .init("event", .string(event.name)),
        ]
        switch event {
        case .intent(let intent): members += intent.members
        case .outcome(let outcome): members += outcome.members
        case .end(let end): members += end.members
        case .reconciliation(let reconciliation): members += reconciliation.ledgerMembers
        case .settlement(.imported(let id)): members += [.init("settled", .string("import")), .init("importId", .string(id.text))]
        case .settlement(.didNotArrive): members.append(.init("settled", .string("did-not-arrive")))
        case .retryFile(let file):
            members += [
                .init("sha256", .string(SHA256Digest.hexadecimal(file.digest))), .init("bytes", .int(file.byteCount)),
                .init("file", .string(file.file)), .init("rows", .int(file.rows)),
            ]
        }
        return .object(members)
    }
}

extension LedgerRecord.Event {
    /// As a record spells it.
    package var name: String {
        switch self {
        case .intent: "intent"
        case .outcome: "outcome"
        case .end: "end"
        case .reconciliation: "reconciliation"
        case .settlement: "settlement"
        case .retryFile: "retry-file"
        }
    }
}

extension LedgerIntent {
    fileprivate var members: [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("kind", .string(kind.rawValue)), .init("service", .string(service.description)),
            .init("endpoint", .string(isLegacy ? "legacy" : "v1")), .init("configurationId", .string(configuration.text)),
        ]
        if let content {
            members += [
                .init("sha256", .string(SHA256Digest.hexadecimal(content.digest))), .init("bytes", .int(content.byteCount)),
                .init("file", .string(content.file)), .init("fileBytes", .int(content.fileByteCount)), .init("rows", .int(content.rows)),
            ]
            if let identity = content.identity { members.append(.init("fileIdentity", .string("\(identity)"))) }
        }
        if let profile {
            let mark = JSONValue.members(["file": .string(profile.file), "sha256": .string(SHA256Digest.hexadecimal(profile.digest))])
            members.append(.init("profile", mark))
        }
        if let prediction { members.append(.init("prediction", Self.compact(prediction, unrecordedColumns: unrecordedColumns))) }
        if let allowedSkips { members.append(.init("allowedSkips", .int(allowedSkips))) }
        if let retryOf { members.append(.init("retryOf", .string(retryOf.text))) }
        members.append(.init("process", .members(["id": .int(process.id), "host": .string(process.host)])))
        members.append(.init("tool", .string(tool)))
        return members
    }

    /// Bounds without samples and advice.
    private static func compact(_ prediction: Prediction, unrecordedColumns: Int) -> JSONValue {
        let (columns, rest) = LedgerJSON.bounded(prediction.columns) { column in
            .object(
                [.init("index", .int(column.column.index))] + LedgerJSON.name(column.column.name) + [
                    .init("reason", .string(column.reason.rawValue)), .init("cells", LedgerJSON.bounds(column.cells)),
                ])
        }
        return .members([
            "basis": .string(prediction.basis.rawValue), "cells": LedgerJSON.bounds(prediction.parsingErrorCells),
            "skippedRows": LedgerJSON.bounds(prediction.skippedRows), "columns": .array(columns),
            "otherColumns": .int(rest + unrecordedColumns),
        ])
    }
}

extension LedgerRecord.Outcome {
    fileprivate var members: [JSONValue.Member] {
        switch self {
        case .accepted(let id, let isEarly):
            [.init("outcome", .string("accepted")), .init("importId", .string(id.text))] + (isEarly ? [.init("early", .bool(true))] : [])
        case .notAccepted(let cause, let status): Self.members("not-accepted", cause, status)
        case .unknown(let cause, let status): Self.members("unknown", cause, status)
        }
    }

    private static func members(_ name: String, _ cause: String, _ status: Int?) -> [JSONValue.Member] {
        [.init("outcome", .string(name)), .init("cause", .string(cause))] + (status.map { [.init("httpStatus", .int($0))] } ?? [])
    }
}

extension LedgerRecord.End {
    fileprivate var members: [JSONValue.Member] {
        guard case .reported(let document) = self else { return [.init("status", .string("not-seen"))] }
        var members: [JSONValue.Member] = [.init("status", .string(document.status.text))]
        if let id = document.importID { members.append(.init("importId", .string(id.text))) }
        if let time = document.createdAt { members.append(.init("createdAt", .string(time))) }
        if let time = document.completedAt { members.append(.init("completedAt", .string(time))) }
        if document.errorCount > 0 {
            let errors = document.errors.map { error in
                JSONValue.object(
                    [.init("name", .string(error.name))]
                        + (error.description.isEmpty ? [] : [.init("description", .string(error.description))]))
            }
            members += [.init("errors", .array(errors)), .init("errorCount", .int(document.errorCount))]
        }
        if document.isCut { members.append(.init("cut", .bool(true))) }
        if let detail = document.detail { members.append(.init("report", Self.compact(detail))) }
        return members
    }

    private static func compact(_ detail: StatusDocument.Detail) -> JSONValue {
        let (skipped, rest) = LedgerJSON.bounded(detail.skipped) { entry in
            .object(
                LedgerJSON.name(entry.columnName) + [
                    .init("reason", .string(entry.reason.rawValue)), .init("count", LedgerJSON.count(entry.count)),
                ] + (entry.samples.isEmpty ? [] : [.init("samples", .array(entry.samples.map { .string($0) }))]))
        }
        return .members([
            "blockType": .string(detail.blockType), "inserted": LedgerJSON.count(detail.counts.inserted),
            "updated": LedgerJSON.count(detail.counts.updated), "deleted": LedgerJSON.count(detail.counts.deleted),
            "skipped": LedgerJSON.count(detail.counts.skipped), "createdItems": .int(detail.createdItems),
            "columns": .array(skipped), "otherColumns": .int(rest),
        ])
    }
}

extension Reconciliation {
    fileprivate var ledgerMembers: [JSONValue.Member] {
        let (columns, rest) = LedgerJSON.bounded(entries) { entry in
            .object(
                (entry.columnIndex.map { [.init("index", .int($0))] } ?? []) + LedgerJSON.name(entry.columnName) + [
                    .init("reason", .string(entry.reason.rawValue)), .init("predicted", entry.predicted.map(LedgerJSON.bounds) ?? .null),
                    .init("reported", LedgerJSON.count(entry.reported)), .init("verdict", .string(entry.verdict.rawValue)),
                ])
        }
        return [
            .init("estimate", .bool(isEstimate)), .init("detailed", .bool(hasDetail)),
            .init(
                "rows",
                .members([
                    "predicted": LedgerJSON.bounds(rows.predicted), "reported": LedgerJSON.count(rows.reported),
                    "allowed": .int(rows.allowed), "verdict": .string(rows.verdict.rawValue),
                ])),
            .init("columns", .array(columns)), .init("otherColumns", .int(rest)),
        ]
    }
}

/// Parts that several records have.
private enum LedgerJSON {
    static func bounds(_ bounds: Bounds) -> JSONValue { .members(["min": .int(bounds.min), "max": .int(bounds.max)]) }

    static func count(_ count: Int?) -> JSONValue { count.map { .int($0) } ?? .null }

    /// The whole name; its bytes in hexadecimal where no JSON string can hold it. Left out where there is none.
    static func name(_ name: ColumnName?) -> [JSONValue.Member] {
        guard let name, !name.isEmpty else { return [] }
        return [name.isUTF8 ? .init("name", .string(name.text)) : .init("nameHex", .string(SHA256Digest.hexadecimal(name.bytes)))]
    }

    /// As many elements as a record may hold, and the number of the others.
    static func bounded<Element>(_ elements: [Element], _ document: (Element) -> JSONValue) -> ([JSONValue], rest: Int) {
        var result: [JSONValue] = []
        var length = 0
        for element in elements {
            let value = document(element)
            length += value.text(isPretty: false).utf8.count
            guard length <= LedgerRecord.columnTextLimit else { break }
            result.append(value)
        }
        return (result, elements.count - result.count)
    }
}
