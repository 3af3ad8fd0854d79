import Preflight
package import SafeText

/// The end of the whole run: what became of the push, how the import ended, and how that compares with the prediction.
public struct ImportOutcome: Sendable, Equatable {
    /// `nil` where an import was only followed.
    public var push: PushRecord?
    /// `nil` where nothing was followed.
    public var follow: FollowOutcome?
    /// `nil` where there is no prediction to compare with, or no completed import.
    public var reconciliation: Reconciliation?
    /// The most skipped rows that an import without a prediction may have: none by default; `nil` where skipped rows do not matter.
    package var allowedSkips: Int?
    /// The command that writes the skipped rows of an own push to a file.
    package var diagnoseCommand: String?

    package init(push: PushRecord? = nil, follow: FollowOutcome? = nil, reconciliation: Reconciliation? = nil, allowedSkips: Int? = 0) {
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
    package var exit: ExitClass {
        if let push, push.outcome.exit != .done, push.outcome.importID == nil { return push.outcome.exit }
        guard let follow else { return push?.outcome.exit ?? .done }
        guard case .completed(let document) = follow else { return follow.exit }
        if case .accepted(let acceptance)? = push?.outcome, acceptance.isEarly { return .endNotSeen }
        if let reconciliation { return reconciliation.exit }
        guard let allowedSkips else { return .done }
        return document.detail?.counts.skipped.map { $0 <= allowedSkips ? .done : .skipped } ?? .skipped
    }

    /// What happened to the import, in one or a few sentences. Safe to print.
    public var message: String {
        guard let follow else { return push?.outcome.message ?? "" }
        guard case .accepted(let acceptance)? = push?.outcome, acceptance.isEarly, let push else { return follow.message }
        return follow.message + " " + push.outcome.message
    }

    /// Why the run ends as it does: the numbers that decided, or what went wrong and what to do next. Safe to print.
    package var reason: String {
        if let push, push.outcome.importID == nil { return push.outcome.message }
        guard let follow else { return push.map { Self.unfollowed($0.outcome) } ?? "" }
        guard case .completed(let document) = follow else { return message }
        if case .accepted(let acceptance)? = push?.outcome, acceptance.isEarly { return message }
        let end = reconciliation?.summary ?? summary(of: document)
        return exit == .skipped ? "\(end) \(again)" : end
    }

    private static func unfollowed(_ outcome: PushOutcome) -> String {
        if case .accepted(let acceptance) = outcome, !acceptance.isEarly, acceptance.hasStatus {
            return "Accepted; not followed to its end."
        }
        return outcome.message
    }

    /// Where nothing was predicted: the limit alone decides.
    private func summary(of document: StatusDocument) -> String {
        guard let detail = document.detail else {
            return
                "Import completed. The server sent no detailed report\(document.isCut ? " that could be read completely" : ""), so it is "
                + "unknown whether rows were skipped."
        }
        guard let skipped = detail.counts.skipped else {
            return "Import completed. The server's report has no readable number of skipped rows."
        }
        let were = "Import completed; \(skipped.grouped) \(skipped == 1 ? "row was" : "rows were") skipped"
        guard let allowedSkips else { return were + "." }
        if skipped > allowedSkips { return were + ", over the limit of \(allowedSkips.grouped) (--max-skipped)." }
        return skipped == 0 ? were + "." : were + ", \(allowedSkips.grouped) allowed."
    }

    /// What a completed import with skipped rows means for starting it again.
    private var again: String {
        push == nil
            ? "Look at the skipped rows before you start it again: the other rows are loaded, and a second import can double them."
            : reconciliation == nil
                ? "Look at the skipped rows before you trigger it again: the other rows are loaded, and a second import can double them."
                : "Do not push the file again: the other rows are loaded, and a second push can double them. To push only the skipped rows once "
                    + "they are corrected, write them to a file: \(diagnoseCommand ?? "preflight diagnose FILE --last --retry-file ROWS")"
    }

    /// The `outcome` object of the report.
    package var json: JSONValue {
        // Of an import that goes on there is a report too.
        let document = follow?.lastDocument
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
    private var status: String? { follow?.lastDocument?.status.text }

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
            "column": json(skipped.columnName?.text), "reason": .string(skipped.reason.rawValue), "count": json(skipped.count),
            "samples": .array(skipped.samples.map { .string($0) }),
        ])
    }
}
