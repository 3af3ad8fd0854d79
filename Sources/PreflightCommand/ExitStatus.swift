import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import ValueFormats

/// What the process tells its caller. Decided here and nowhere else; the numbers are part of the contract.
package enum ExitStatus: Int32, CaseIterable, Sendable {
    case done = 0
    case findings = 1
    case unable = 2
    case skipped = 3
    case importFailed = 4
    case temporary = 5
    case unknown = 6
    case refused = 7
    case endNotSeen = 8
    case drift = 9
    case usage = 64
    case alreadyPushed = 99
    case interrupted = 130
    case terminated = 143

    /// One line: what the status means.
    package var meaning: String {
        switch self {
        case .done: "Done and confirmed; skips, if any, within --max-skipped and as predicted."
        case .findings: "The file has findings over the gate (a damaged gzip is one); nothing was sent."
        case .unable: "Could not do the work here: unreadable or changed input, bad profile, no key, own output failed."
        case .skipped: "Sent and Completed, but rows were skipped over the limit or not as predicted."
        case .importFailed: "Sent, and the server says Failed."
        case .temporary: "Not accepted, for a passing reason: DNS, connect, TLS handshake, 429, 503, reset before the body was whole."
        case .unknown: "Outcome unknown: the whole body was sent and no usable answer came."
        case .refused: "Refused for good: 400, 401, 403, 404, 413, a redirect, a bad certificate."
        case .endNotSeen: "Accepted, but the end was not seen in time; the import id was printed."
        case .drift: "Drift gate: reserved, not used by this version."
        case .usage: "The command line is wrong."
        case .alreadyPushed: "Already pushed: reserved, not used by this version."
        case .interrupted: "Interrupted (SIGINT); the message says whether a whole body had been sent."
        case .terminated: "Terminated (SIGTERM); the message says whether a whole body had been sent."
        }
    }

    /// Whether, and when, to run the same command again.
    package var runAgain: String {
        switch self {
        case .done: "No need."
        case .findings, .unable, .refused: "After a fix."
        case .skipped: "No: look at the reconciliation first; a second push of the same file can double the data."
        case .importFailed: "Not before you have looked at what the server says."
        case .temporary: "Yes."
        case .unknown: "No: look in Pigment first whether the import ran; a second push of the same file can double the data."
        case .endNotSeen: "No: follow the import with `preflight status IMPORT_ID`."
        case .drift, .alreadyPushed: "Does not occur."
        case .usage: "With the command line corrected; see --help."
        case .interrupted, .terminated: "As the message says: yes if no whole body had been sent, else look first."
        }
    }

    /// For machines: what running the same push or trigger again would do.
    var retry: ExitSummary.Retry {
        switch self {
        case .temporary: .safe
        // An interrupted run tells by its message; without it only this is true of every phase.
        case .done, .skipped, .unknown, .endNotSeen, .alreadyPushed, .interrupted, .terminated: .never
        case .findings, .unable, .importFailed, .refused, .drift, .usage: .afterFix
        }
    }

    /// The last line of a push, a trigger or a following that is no success: `exit status 6, do not push again: …`.
    ///
    /// - Parameters:
    ///   - reason: one line, safe to print.
    ///   - verb: what must not be done twice, `push` or `trigger`; `nil` for a run that starts nothing.
    func closing(_ reason: String, verb: String?) -> String {
        guard let verb else { return "exit status \(rawValue): \(reason)" }
        let label =
            switch retry {
            case .safe: "safe to retry"
            case .never: "do not \(verb) again"
            case .afterFix: "fix first"
            }
        return "exit status \(rawValue), \(label): \(reason)"
    }

    /// For the report: the reasons at hand, else what the status means.
    func summary(refusals: [GateRefusal] = []) -> ExitSummary {
        let reasons = GateRefusal.merged(refusals).map(\.sentence).joined(separator: " ")
        return ExitSummary(status: Int(rawValue), reason: reasons.isEmpty ? meaning : reasons)
    }

    /// The page of `preflight explain STATUS`.
    package var page: String {
        "# Exit status \(rawValue)\n\n\(meaning)\n\nRun again? \(runAgain)\n"
    }

    /// The markdown table of the article on exit statuses.
    package static var table: String {
        let rows = allCases.map { "| \($0.rawValue) | \($0.meaning) | \($0.runAgain) |\n" }
        return "| status | meaning | run again? |\n| --- | --- | --- |\n" + rows.joined()
    }
}
