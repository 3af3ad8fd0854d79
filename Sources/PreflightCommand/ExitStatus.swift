import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import ValueFormats

/// The exit status of the process. It is decided only here; the numbers are part of the contract.
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
    case unexpected = 9
    case incomplete = 10
    case usage = 64
    case alreadyPushed = 99
    case interrupted = 130
    case terminated = 143

    /// The status of a file that the gate refuses for these reasons. That it is not the expected file comes first: then its findings do not matter.
    init(_ refusals: [GateRefusal]) {
        self = refusals.isEmpty ? .done : refusals.contains(where: \.isOfExpectation) ? .unexpected : .findings
    }

    /// The meaning, in one line.
    package var meaning: String {
        switch self {
        case .done: "Done and confirmed; skips, if any, within --max-skipped and as predicted."
        case .findings: "Blocked by findings, or a damaged gzip file; nothing was sent."
        case .unable: "Could not run: unreadable or changed input, invalid profile, no API key, or the output could not be written."
        case .skipped: "Sent and completed, but more rows were skipped than allowed, or not as predicted. The other rows are loaded."
        case .importFailed: "Sent, but the import failed."
        case .temporary:
            "Temporary failure, not accepted: DNS, connection, TLS handshake, 429, 503, or reset before the whole body was sent; or another "
                + "process is pushing the same content."
        case .unknown:
            "Outcome unknown: the whole body was sent, now or in an earlier run, but no usable answer came. The data may be loaded."
        case .refused:
            "Rejected: 400, 401, 403, 404, 413, a redirect, or an invalid certificate; or the same content was pushed before and nothing was "
                + "sent (--already-pushed)."
        case .endNotSeen: "Accepted, but still running at the time limit; the import ID was printed. The data may be loaded."
        case .unexpected:
            "Not the file that is expected: a control total (--expect, expect: in the profile, a file of totals) does not hold; nothing was sent."
        case .incomplete:
            "merge, and push of what was checked in ranges: ranges are missing, or must be checked again; merge lists them. Nothing is known of the file as a whole, and nothing was sent."
        case .usage: "Invalid command line."
        case .alreadyPushed:
            "Already pushed: this configuration accepted the same content before. Nothing was sent; only with --already-pushed skip."
        case .interrupted: "Interrupted (SIGINT); the message says whether the whole body had been sent."
        case .terminated: "Terminated (SIGTERM); the message says whether the whole body had been sent."
        }
    }

    /// Whether, and when, to run the same command again.
    package var runAgain: String {
        switch self {
        case .done: "No need."
        case .findings, .unable, .refused: "After a fix."
        case .unexpected: "After the right file was found, or the expectation corrected."
        case .incomplete: "After the listed ranges were checked."
        case .skipped: "No. Look at the reconciliation first: pushing the same file twice can double its data."
        case .importFailed: "Not before you have read what the server reports."
        case .temporary: "Yes."
        case .unknown:
            "No. Check in Pigment first whether the import ran, then settle its entry in `preflight history` (`history settle`): pushing the same file "
                + "twice can double its data."
        case .endNotSeen: "No. Follow the import with `preflight status IMPORT_ID`."
        case .alreadyPushed: "No need."
        case .usage: "After correcting the command line; see --help."
        case .interrupted, .terminated: "Yes if the whole body had not been sent, as the message says; otherwise check in Pigment first."
        }
    }

    /// For machines: what a second run of the same push or trigger would do.
    var retry: ExitSummary.Retry {
        switch self {
        case .temporary, .incomplete: .safe
        // What an interrupted run left at the server depends on its phase, which its message names: `never` is safe in all of them.
        case .done, .skipped, .unknown, .endNotSeen, .alreadyPushed, .interrupted, .terminated: .never
        case .findings, .unable, .importFailed, .refused, .unexpected, .usage: .afterFix
        }
    }

    /// The last line of a push, a trigger or a following that did not succeed: `do not push again (exit status 6): …`.
    ///
    /// - Parameters:
    ///   - reason: one line, safe to print.
    ///   - verb: The action that must not be repeated, `push` or `trigger`; `nil` for a run that starts nothing.
    func closing(_ reason: String, verb: String?) -> String {
        guard let verb else { return "exit status \(rawValue): \(reason)" }
        let label =
            switch retry {
            case .safe: "safe to retry"
            case .never: "do not \(verb) again"
            case .afterFix: "fix first"
            }
        return "\(label) (exit status \(rawValue)): \(reason)"
    }

    /// For the report: the gate's reasons, else the meaning of the status.
    func summary(refusals: [GateRefusal] = []) -> ExitSummary {
        let reasons = GateRefusal.message(of: refusals)
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
