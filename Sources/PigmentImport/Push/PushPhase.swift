import Preflight
import SafeText

/// How far a push has come: enough to say at any moment what an interruption would leave at the server.
package enum PushPhase: Sendable, Equatable {
    /// Nothing has left in this attempt, and no earlier one was taken.
    case connecting(attempt: Int)
    /// Part of the body has left: an interruption now leaves nothing at the server.
    case sending(UploadBody.Progress)
    /// The last chunk is on its way (a trigger has none: its request is): an interruption now leaves the outcome unknown.
    case wholeBodySent
    /// The attempt before was not accepted; the reason is safe to print.
    case waitingToRetry(Duration, reason: String)
    case accepted(ImportID)
    /// Polling begins (neither status nor fault), or a poll was answered, or failed for the reason given.
    case following(ImportID, status: StatusDocument.Status?, fault: String?)

    /// What to say of the body when the run is interrupted in this phase. Safe to print.
    ///
    /// - Parameter followUp: the command to name; `nil` where none would work.
    package func interruptionMessage(followUp: FollowUp? = FollowUp()) -> String {
        switch self {
        case .connecting, .waitingToRetry: "Interrupted before anything was accepted: the server does not have the file."
        case .sending(let progress):
            "Interrupted after \(progress.byteCount.grouped) of \(progress.totalByteCount.grouped) bytes: the server did not accept the file."
        case .wholeBodySent:
            "Interrupted after the whole request was sent: the server may have accepted it. Check in Pigment before you push again."
        case .accepted(let id):
            "Interrupted after the server accepted it: import \(id) continues. Do not push again; check in Pigment how it ends."
        case .following(let id, _, _):
            "Interrupted after the server accepted it: import \(id) continues. Do not push again."
                + (followUp.map { " To follow it: \($0.status(id))" } ?? "")
        }
    }
}
