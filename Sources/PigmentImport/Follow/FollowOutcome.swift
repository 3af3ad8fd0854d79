import ImportProfiles
import Preflight
import SafeText

/// How following an import ended.
public enum FollowOutcome: Sendable, Equatable {
    /// The server says `Completed`: which does not mean that every row was loaded.
    case completed(StatusDocument)
    /// The server says `Failed`.
    case failed(StatusDocument)
    /// The import may still go on.
    case endNotSeen(EndNotSeen)

    /// Why it is not known how the import ended.
    public struct EndNotSeen: Sendable, Equatable {
        /// What ended the following.
        package enum Cause: Sendable, Equatable {
            /// Not finished within the time to wait.
            case timeout
            /// The server answered for another import.
            case otherImport(ImportID)
            case pollingEnded(RetryPolicy.PollEnd)
            /// The endpoint that took the push has no status.
            case notSupported
        }

        /// The import that was followed.
        public var importID: ImportID
        package var cause: Cause
        /// The last report that came, if one did.
        public var lastDocument: StatusDocument?
        /// The last fault of the connection, if the last poll failed; safe to print.
        package var lastFault: String?
        /// Whether this run pushed it: then a server that does not know it takes nothing back.
        package var isOwnPush: Bool
        /// How long it was to be followed; zero where the status was asked for once.
        package var waited: Duration
        /// The command that a message may name; `nil` where none would work.
        package var followUp: FollowUp?

        package init(
            importID: ImportID, cause: Cause, lastDocument: StatusDocument? = nil, lastFault: String? = nil, isOwnPush: Bool,
            waited: Duration = .zero, followUp: FollowUp? = FollowUp()
        ) {
            self.importID = importID
            self.cause = cause
            self.lastDocument = lastDocument
            self.lastFault = lastFault
            self.isOwnPush = isOwnPush
            self.waited = waited
            self.followUp = followUp
        }
    }

    /// The report of an import that ended.
    package var document: StatusDocument? {
        switch self {
        case .completed(let document), .failed(let document): document
        case .endNotSeen: nil
        }
    }

    /// The last report that came, of an import that has not ended too.
    package var lastDocument: StatusDocument? {
        switch self {
        case .completed(let document), .failed(let document): document
        case .endNotSeen(let end): end.lastDocument
        }
    }

    /// What happened and what to do next. Safe to print.
    public var message: String {
        switch self {
        case .completed(let document):
            "Import completed\(Self.counts(document))."
        case .failed(let document):
            "The import failed\(Self.errors(document)) Fix the cause, and check in Pigment what was loaded, before you start it again."
        case .endNotSeen(let end): end.message
        }
    }

    /// Of the following alone: whether skipped rows are acceptable is for ``Reconciliation`` to say.
    package var exit: ExitClass {
        switch self {
        case .completed: .done
        case .failed: .failed
        case .endNotSeen(let end): end.exit
        }
    }

    private static func counts(_ document: StatusDocument) -> String {
        guard let counts = document.detail?.counts else {
            return document.isCut ? ", with a detailed report that is too long to read" : ", without a detailed report"
        }
        let parts = [
            (counts.inserted, "inserted"), (counts.updated, "updated"), (counts.deleted, "deleted"), (counts.skipped, "skipped"),
        ]
        return ": " + parts.map { "\($0.0.map(\.grouped) ?? "an unknown number of") \($0.1)" }.joined(separator: ", ")
    }

    private static func errors(_ document: StatusDocument) -> String {
        guard !document.errors.isEmpty else { return ", and the server gives no details." }
        let shown = document.errors.map { error in
            [error.name, error.description].filter { !$0.isEmpty }.joined(separator: ": ")
        }
        let rest = document.errorCount - document.errors.count
        let text = ": " + shown.joined(separator: "; ") + (rest > 0 ? "; and \(document.isCut ? "at least " : "")\(rest) more" : "")
        return text.hasSuffix(".") ? text : text + "."
    }
}

extension FollowOutcome.EndNotSeen {
    /// A push that was accepted stays accepted, whatever the status endpoint says: 8. For an import named on the command line a refusal is one: 7.
    package var exit: ExitClass {
        guard !isOwnPush, case .pollingEnded(let end) = cause else { return .endNotSeen }
        switch end {
        case .notAllowed, .notFound, .refused, .redirected, .badCertificate: return .refused
        case .proxyLogin: return .localFault
        case .unknownHost: return .temporary
        case .interrupted: return .endNotSeen
        }
    }

    /// What happened and what to do next. Safe to print.
    package var message: String {
        let accepted = isOwnPush ? "The push was accepted and the import may still be running: do not push again." : ""
        return [happened, accepted, next].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private var next: String {
        switch cause {
        case .notSupported: return "Check in Pigment how import \(importID) ended."
        case .pollingEnded(.notFound) where !isOwnPush: return "Check the import ID and the base URL, and that the key belongs to them."
        case .pollingEnded(.notAllowed) where !isOwnPush:
            return "Check the key: its type (Import), its expiry day (it is already invalid then) and its allow list."
        case .pollingEnded(.unknownHost) where !isOwnPush: return PushMessages.checkHost
        case .timeout, .otherImport, .pollingEnded:
            guard let followUp else { return "" }
            return "To follow it: \(followUp.status(importID))"
        }
    }

    private var happened: String {
        switch cause {
        case .timeout: timeoutWords
        case .otherImport(let other): "The server was asked about import \(importID) but answered about \(other)."
        case .notSupported: "This endpoint has no status for import \(importID)."
        case .pollingEnded(let end): words(for: end)
        }
    }

    private var timeoutWords: String {
        let time = waited == .zero ? "" : " after \(waited.shown)"
        guard let status = lastDocument?.status else {
            return "The status of import \(importID) could not be read\(time)\(lastFault.map { ": \($0)" } ?? "")."
        }
        let fault = lastFault.map { "; the last request failed: \($0)" } ?? ""
        if status == .inProgress { return "Import \(importID) is still running\(time)\(fault)." }
        return "Import \(importID) has not ended\(time) (last status: \(status.text))\(fault)."
    }

    private func words(for end: RetryPolicy.PollEnd) -> String {
        switch end {
        case .notAllowed(let status): "This key may not read the status of import \(importID) (\(status))."
        case .notFound: "Import \(importID) was not found (404): it does not exist, or the owner of the key cannot see it."
        case .refused(let status, let text): "The server answered \(status) for import \(importID)\(text.isEmpty ? "" : ": \"\(text)\"")."
        case .redirected(let host): "The status request for import \(importID) was redirected to \(host). Redirects are not followed."
        case .badCertificate(let text), .proxyLogin(let text), .unknownHost(let text):
            "The status of import \(importID) could not be read: \(text)."
        case .interrupted: "Interrupted while following import \(importID)."
        }
    }
}
