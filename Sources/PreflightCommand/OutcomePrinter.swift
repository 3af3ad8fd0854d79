import PigmentImport
import Preflight

/// Tells, in words, what became of a push, a trigger or an import that was followed.
struct OutcomePrinter {
    let terminal: Terminal
    let isQuiet: Bool

    /// What an import did is a result: standard output. Why there is none, and why the run is no success, is a complaint: standard
    /// error, also when quiet.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of the body; `nil` where nothing was sent.
    ///   - isConverted: whether the body is not the file's own bytes, but what they are in UTF-8.
    func print(_ outcome: ImportOutcome, status: ExitStatus, digest: [UInt8]?, isConverted: Bool = false) {
        let results = Self.results(outcome, digest: digest, isConverted: isConverted)
        let closing = "Exit status \(status.rawValue): \(Self.reason(outcome, status: status))"
        if let push = outcome.push, push.outcome.importID == nil { terminal.say(push.outcome.message) }
        if status == .done {
            if !isQuiet { terminal.print((results + [closing]).joined(separator: "\n") + "\n") }
        } else {
            if isQuiet { results.forEach(terminal.say) } else { terminal.print(results.map { $0 + "\n" }.joined()) }
            terminal.say(closing)
        }
    }

    /// What became of an import that began.
    private static func results(_ outcome: ImportOutcome, digest: [UInt8]?, isConverted: Bool) -> [String] {
        var lines: [String] = []
        if let push = outcome.push, push.outcome.importID != nil {
            if let digest {
                let bytes = "\(push.sentByteCount.grouped) bytes" + (isConverted ? " of UTF-8" : "")
                lines.append("Sent \(bytes), SHA-256 \(SHA256Digest.hexadecimal(digest)).")
            }
            if outcome.follow == nil { lines.append(push.outcome.message) }
        }
        if let follow = outcome.follow { lines.append("Import: " + follow.message) }
        if let detail = outcome.follow?.document?.detail { lines += remarks(on: detail) }
        lines += skips(outcome)
        if let reconciliation = outcome.reconciliation {
            lines.append("Reconciliation:")
            lines += reconciliation.words.map { "  " + $0 }
        }
        return lines
    }

    /// Why the run ends with this status.
    static func reason(_ outcome: ImportOutcome, status: ExitStatus) -> String {
        guard status == .done, outcome.follow == nil, outcome.push != nil else { return status.meaning }
        return "Accepted; the end was not waited for."
    }

    /// What else the detailed report says.
    private static func remarks(on detail: StatusDocument.Detail) -> [String] {
        var lines: [String] = []
        if !detail.blockType.isEmpty { lines.append("  Into a block of type \(detail.blockType).") }
        if detail.createdItems > 0 { lines.append("  Created \(detail.createdItems.counted("dimension item")).") }
        return lines
    }

    /// What the server says it skipped, with its samples.
    private static func skips(_ outcome: ImportOutcome) -> [String] {
        guard let skipped = outcome.follow?.document?.detail?.skipped else { return [] }
        return skipped.map { entry in
            let place = entry.columnName.map { " in column \"\($0)\"" } ?? ""
            let samples = entry.samples.isEmpty ? "" : ", for instance " + entry.samples.map { "\"\($0)\"" }.joined(separator: ", ")
            return "  \(entry.count.map(\.grouped) ?? "an unknown number") skipped as \(entry.reason.rawValue)\(place)\(samples)"
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
