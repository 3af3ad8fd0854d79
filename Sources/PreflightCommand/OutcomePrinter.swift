import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// Prints in sentences what became of a push, a trigger or an import that was followed.
struct OutcomePrinter {
    let terminal: Terminal
    /// Human or concise.
    let isConcise: Bool
    /// The command to ask again with; `nil` where none would work.
    let followUp: FollowUp?
    /// What must not be done twice: `push` or `trigger`; `nil` for a run that starts nothing.
    let verb: String?

    /// What an import did is a result and goes to standard output. Why the run did not succeed goes to standard error, in every format and
    /// also with `--quiet`.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of the body; `nil` where nothing was sent.
    ///   - isConverted: whether the body is not the file's own bytes, but what they are in UTF-8.
    func print(_ outcome: ImportOutcome, status: ExitStatus, digest: [UInt8]?, isConverted: Bool = false) {
        if !terminal.isQuiet {
            var lines = isConcise ? [] : results(outcome, digest: digest, isConverted: isConverted)
            if status == .done { lines.append("Done (exit status 0): \(outcome.reason)") }
            terminal.print(lines.map { $0 + "\n" }.joined())
        }
        complain(outcome, status: status)
    }

    /// The one line of a run that did not succeed; a log has one of a success too.
    func complain(_ outcome: ImportOutcome, status: ExitStatus) {
        if status == .done {
            terminal.note("done (exit status 0): \(outcome.reason)")
        } else {
            terminal.say(status.closing(outcome.reason, verb: verb))
        }
    }

    /// What became of an import that began. What went wrong is for the complaint.
    private func results(_ outcome: ImportOutcome, digest: [UInt8]?, isConverted: Bool) -> [String] {
        var lines: [String] = []
        if let push = outcome.push, push.outcome.importID != nil, let digest {
            let bytes = push.sentByteCount.counted("byte") + (isConverted ? " of UTF-8" : "")
            lines.append("Sent \(bytes), SHA-256 \(SHA256Digest.hexadecimal(digest)).")
        }
        if case .completed? = outcome.follow, let follow = outcome.follow { lines.append(follow.message) }
        if let document = outcome.follow?.lastDocument {
            if outcome.push == nil { lines += Self.times(of: document) }
            lines += Self.remarks(on: document)
        }
        lines += Self.skips(outcome)
        if let reconciliation = outcome.reconciliation {
            lines.append("Reconciliation:")
            lines += reconciliation.words.map { "  " + $0 }
        }
        if case .completed(let document)? = outcome.follow, document.detail == nil, let id = outcome.importID, let followUp {
            lines.append("To ask for the detailed report again: \(followUp.status(id))")
        }
        return lines
    }

    /// When the import began and ended, of one that this run did not start.
    private static func times(of document: StatusDocument) -> [String] {
        let times = [("created", document.createdAt), ("completed", document.completedAt)].compactMap { name, time in
            time.map { "\(name) \($0)" }
        }
        return times.isEmpty ? [] : ["  By the server's clock: \(times.joined(separator: ", "))."]
    }

    /// What else the report says.
    private static func remarks(on document: StatusDocument) -> [String] {
        var lines: [String] = []
        guard let detail = document.detail else { return lines }
        if !detail.blockType.isEmpty { lines.append("  Block type: \(detail.blockType).") }
        if detail.createdItems > 0 { lines.append("  Created \(detail.createdItems.counted("dimension item")).") }
        return lines
    }

    /// What the server says it skipped, with its samples.
    private static func skips(_ outcome: ImportOutcome) -> [String] {
        guard let skipped = outcome.follow?.document?.detail?.skipped else { return [] }
        return skipped.map { entry in
            let place = entry.columnName.map { " in column \"\($0.shown)\"" } ?? ""
            let samples = entry.samples.isEmpty ? "" : ", for example " + entry.samples.map { "\"\($0)\"" }.joined(separator: ", ")
            return "  \(entry.count.map(\.grouped) ?? "an unknown number") skipped as \(entry.reason.shown)\(place)\(samples)"
        }
    }
}

extension ExitStatus {
    init(_ exit: ExitClass) {
        self =
            switch exit {
            case .done: .done
            case .localFault: .unable
            case .skipped: .skipped
            case .failed: .importFailed
            case .temporary: .temporary
            case .unknown: .unknown
            case .refused: .refused
            case .endNotSeen: .endNotSeen
            }
    }
}
