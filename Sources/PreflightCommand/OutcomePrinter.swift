import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// Prints in sentences how a push, a trigger or a followed import ended.
struct OutcomePrinter {
    let terminal: Terminal
    /// Human or concise.
    let isConcise: Bool
    /// The command that asks again; `nil` if none would work.
    let followUp: FollowUp?
    /// The action that must not be repeated, `push` or `trigger`; `nil` for a run that starts nothing.
    let verb: String?

    /// Prints the result of the import to standard output, and the reason why a run did not succeed to standard error: in every format, and
    /// also with `--quiet`.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of the body; `nil` if nothing was sent.
    ///   - entry: What the ledger knows of an import that this run did not start.
    ///   - isConverted: Whether the body is the file converted to UTF-8.
    func print(_ outcome: ImportOutcome, status: ExitStatus, digest: [UInt8]?, entry: LedgerEntry? = nil, isConverted: Bool = false) {
        if !terminal.isQuiet {
            var lines = isConcise ? [] : results(outcome, digest: digest, entry: entry, isConverted: isConverted)
            if status == .done { lines.append(closing(outcome, status: status)) }
            terminal.print(lines.map { $0 + "\n" }.joined())
        }
        complain(outcome, status: status)
    }

    /// How it ended, in one line.
    func closing(_ outcome: ImportOutcome, status: ExitStatus) -> String {
        status == .done ? "Done (exit status 0): \(outcome.reason)" : status.closing(outcome.reason, verb: verb)
    }

    /// The line about a run that did not succeed; a log also has one for success.
    func complain(_ outcome: ImportOutcome, status: ExitStatus) {
        if status == .done {
            terminal.note("done (exit status 0): \(outcome.reason)")
        } else {
            terminal.say(closing(outcome, status: status))
        }
    }

    /// The result of an import that began, a sentence in each line. ``complain(_:status:)`` says what went wrong.
    ///
    /// - Parameter listsSkips: Whether to list what was skipped, and how it compares: not where a table has it.
    func results(
        _ outcome: ImportOutcome, digest: [UInt8]? = nil, entry: LedgerEntry?, isConverted: Bool = false, listsSkips: Bool = true
    ) -> [String] {
        var lines: [String] = []
        if let entry { lines.append("Ledger: \(entry.words).") }
        if let push = outcome.push, push.outcome.importID != nil, let digest {
            let bytes = push.sentByteCount.counted("byte") + (isConverted ? " of UTF-8" : "")
            lines.append("Sent \(bytes), SHA-256 \(SHA256Digest.hexadecimal(digest)).")
        }
        if case .completed? = outcome.follow, let follow = outcome.follow { lines.append(follow.message) }
        if let document = outcome.follow?.lastDocument {
            if outcome.push == nil { lines += Self.times(of: document) }
            lines += Self.remarks(on: document)
        }
        if listsSkips { lines += Self.skips(outcome) }
        if listsSkips, let reconciliation = outcome.reconciliation ?? entry?.reconciliation {
            lines.append("Reconciliation:")
            lines += reconciliation.words.map { "  " + $0 }
        }
        if case .completed(let document)? = outcome.follow, document.detail == nil, let id = outcome.importID, let followUp {
            lines.append("To ask for the detailed report again: \(followUp.status(id))")
        }
        return lines
    }

    /// When an import that this run did not start began and ended.
    private static func times(of document: StatusDocument) -> [String] {
        let times = [("created", document.createdAt), ("completed", document.completedAt)].compactMap { name, time in
            time.map { "\(name) \($0)" }
        }
        return times.isEmpty ? [] : ["  By the server's clock: \(times.joined(separator: ", "))."]
    }

    /// The rest of the report.
    private static func remarks(on document: StatusDocument) -> [String] {
        var lines: [String] = []
        guard let detail = document.detail else { return lines }
        if !detail.blockType.isEmpty { lines.append("  Block type: \(detail.blockType).") }
        if detail.createdItems > 0 { lines.append("  Created \(detail.createdItems.counted("dimension item")).") }
        return lines
    }

    /// The skips that the server reports, with its samples.
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
