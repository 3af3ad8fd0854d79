public import Preflight

/// The end of the whole run: what became of the push, how the import ended, and how that compares with the prediction.
public struct ImportOutcome: Sendable, Equatable {
    /// `nil` where an import was only followed.
    public var push: PushRecord?
    /// `nil` where nothing was followed.
    public var follow: FollowOutcome?
    /// `nil` where there is no prediction to compare with, or no completed import.
    public var reconciliation: Reconciliation?
    /// The most skipped rows that an import without a prediction may have: none by default; `nil` where skipped rows do not matter.
    public var allowedSkips: Int?

    public init(push: PushRecord? = nil, follow: FollowOutcome? = nil, reconciliation: Reconciliation? = nil, allowedSkips: Int? = 0) {
        self.push = push
        self.follow = follow
        self.reconciliation = reconciliation
        self.allowedSkips = allowedSkips
    }

    /// From the push, else from what was followed.
    public var importID: ImportID? {
        if let id = push?.outcome.importID { return id }
        if case .endNotSeen(let end)? = follow { return end.importID }
        return follow?.document?.importID
    }

    /// How the command ends.
    public var exit: ExitClass {
        if let push, push.outcome.exit != .done, push.outcome.importID == nil { return push.outcome.exit }
        guard let follow else { return push?.outcome.exit ?? .done }
        guard case .completed(let document) = follow else { return follow.exit }
        if case .accepted(let acceptance)? = push?.outcome, acceptance.isEarly { return .endNotSeen }
        if let reconciliation { return reconciliation.exit }
        guard let allowedSkips else { return .done }
        return document.detail?.counts.skipped.map { $0 <= allowedSkips ? .done : .skipped } ?? .skipped
    }

    /// What happened, in one or a few sentences. Safe to print.
    public var message: String {
        guard let follow else { return push?.outcome.message ?? "" }
        guard case .accepted(let acceptance)? = push?.outcome, acceptance.isEarly, let push else { return follow.message }
        return follow.message + " " + push.outcome.message
    }

    /// The `outcome` object of the report.
    public var json: JSONValue {
        let document = follow?.document
        let detail = document?.detail
        return .members([
            "importId": Self.json(importID?.text), "status": Self.json(status),
            "counts": (detail?.counts).map(Self.json) ?? .null,
            "blockType": Self.json(detail?.blockType == "" ? nil : detail?.blockType), "createdItems": Self.json(detail?.createdItems),
            "createdAt": Self.json(document?.createdAt), "completedAt": Self.json(document?.completedAt),
            "skipped": .array((detail?.skipped ?? []).map(Self.json)),
            "errors": .array(
                (document?.errors ?? []).map { .members(["name": .string($0.name), "description": .string($0.description)]) }),
            "errorCount": .int(document?.errorCount ?? 0), "message": .string(message),
        ])
    }

    /// The last status that the server gave.
    private var status: String? {
        if case .endNotSeen(let end)? = follow { return end.lastStatus?.text }
        return follow?.document?.status.text
    }

    private static func json(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func json(_ number: Int?) -> JSONValue { number.map { .int($0) } ?? .null }

    private static func json(_ counts: StatusDocument.Counts) -> JSONValue {
        .members([
            "inserted": json(counts.inserted), "updated": json(counts.updated), "deleted": json(counts.deleted),
            "skipped": json(counts.skipped),
        ])
    }

    private static func json(_ skipped: StatusDocument.Skipped) -> JSONValue {
        .members([
            "column": json(skipped.columnName), "reason": .string(skipped.reason.rawValue), "count": json(skipped.count),
            "samples": .array(skipped.samples.map { .string($0) }),
        ])
    }
}
