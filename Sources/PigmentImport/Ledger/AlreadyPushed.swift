package import SafeText

/// What to do with content that was pushed to the same configuration before, and was accepted or may have been.
package enum AlreadyPushed: String, Sendable, CaseIterable {
    /// Refuse it, and say what became of it then.
    case fail
    /// End quietly where it was accepted; refuse it where the outcome is unknown.
    case skip
    /// Push it again.
    case allow
}

extension LedgerEntry {
    /// Why the same content is not pushed again, and the ways on. Safe to print.
    ///
    /// - Parameters:
    ///   - settle: The command that settles this entry, without its last option.
    ///   - status: The command that follows its import; `nil` where there is none, or none would work.
    package func refusal(settle: ShellCommand, status: ShellCommand?) -> String {
        let file = intent.content.map { " as \($0.file)" } ?? ""
        let what = "The same content was pushed to this configuration at \(time.shown)\(file) (entry \(id))"
        let anyway = "To push it anyway: --already-pushed allow"
        switch state {
        case .running:
            return "The same content is being pushed to this configuration at this moment, since \(time.shown), by process "
                + "\(intent.process.id) on \(VisibleText(intent.process.host)). Wait for its end."
        case .unknown:
            let why = outcome == nil ? "the run ended before an answer came" : "no usable answer came"
            return "\(what), and whether it arrived is unknown: \(why). Check in Pigment whether an import started, then record what you "
                + "found: \(settle) --import IMPORT_ID, or \(settle) --did-not-arrive. \(anyway)"
        case .accepted, .completed, .failed, .notAccepted, .didNotArrive:
            let follow = state == .accepted ? status.map { " To follow it: \($0)." } ?? "" : ""
            return "\(what) and accepted\(importWords). Pushing it again can double its data.\(follow) \(anyway)"
        }
    }

    /// How its import ended: `: import … completed, 3 rows skipped`.
    private var importWords: String {
        guard let importID else { return "" }
        let name = ": import \(importID)"
        switch state {
        case .completed:
            let skipped = report?.detail?.counts.skipped
            return name + " completed" + (skipped.map { ", \($0.grouped) \($0 == 1 ? "row" : "rows") skipped" } ?? "")
        case .failed: return name + " failed"
        case .accepted, .running, .unknown, .notAccepted, .didNotArrive: return name + ", whose end was not seen"
        }
    }
}
