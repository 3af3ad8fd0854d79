package import ByteSources
import Preflight

/// All that the ledger knows of one push, trigger or rehearsal.
package struct LedgerEntry: Sendable, Equatable {
    package let id: LedgerEntryID
    /// When the intent was written.
    package let time: UTCTime
    package internal(set) var intent: LedgerIntent
    /// `nil` while the push is under way, and where its process ended before the answer.
    package private(set) var outcome: LedgerRecord.Outcome?
    /// The last end that was seen.
    package private(set) var end: LedgerRecord.End?
    package private(set) var reconciliation: Reconciliation?
    package private(set) var settlement: LedgerRecord.Settlement?
    package private(set) var retryFiles: [LedgerRecord.RetryFile] = []
    /// Of the last record.
    package private(set) var lastTime: UTCTime
    /// Whether the process that pushes still lives; known only where there is no outcome.
    package internal(set) var isRunning = false

    init(id: LedgerEntryID, time: UTCTime, intent: LedgerIntent) {
        self.id = id
        self.time = time
        self.intent = intent
        lastTime = time
    }

    /// What became of it.
    package enum State: String, Sendable, CaseIterable {
        /// Its process lives and has no answer yet.
        case running
        /// The server did not take it.
        case notAccepted = "not-accepted"
        /// The server may have taken it: no usable answer came, or the process ended before it came.
        case unknown
        /// Looked up in Pigment: it did not arrive.
        case didNotArrive = "did-not-arrive"
        /// An import has begun; how it ended was not seen.
        case accepted
        case completed
        case failed

        /// For people.
        package var words: String {
            switch self {
            case .running: "running"
            case .notAccepted: "not accepted"
            case .unknown: "unknown"
            case .didNotArrive: "did not arrive"
            case .accepted: "accepted, end not seen"
            case .completed: "completed"
            case .failed: "failed"
            }
        }
    }

    package var state: State {
        if case .didNotArrive? = settlement { return .didNotArrive }
        if case .reported(let document)? = end {
            if document.status == .completed { return .completed }
            if document.status == .failed { return .failed }
        }
        if importID != nil { return .accepted }
        switch outcome {
        case .notAccepted?: return .notAccepted
        case .unknown?, .accepted?: return .unknown
        case nil: return isRunning ? .running : .unknown
        }
    }

    /// The import that the push began, as the server or a settlement says.
    package var importID: ImportID? {
        if case .imported(let id)? = settlement { return id }
        if case .accepted(let id, _)? = outcome { return id }
        return nil
    }

    /// What a file was when it was pushed, if it is that file and has not changed since, as far as the system tells; else `nil`.
    ///
    /// A file that was written when the push began is not believed: two changes within one tick of the clock look the same.
    package func unchangedIdentity(of file: InputFile) -> FileIdentity? {
        guard let identity = intent.content?.identity, identity.size > 0, file.isSeekable,
            identity.changed.seconds + Self.longestTick < Int64(time.seconds)
        else { return nil }
        return (try? file.identity()) == identity ? identity : nil
    }

    /// Of the clocks of file systems, in seconds.
    private static let longestTick: Int64 = 2

    /// The server's report on the import; `nil` while its end was not seen.
    package var report: StatusDocument? {
        guard case .reported(let document)? = end else { return nil }
        return document
    }

    /// Takes a later record of this entry. A second outcome counts for nothing: a push has one.
    mutating func add(_ record: LedgerRecord) {
        switch record.event {
        case .intent: return
        case .outcome(let outcome): self.outcome = self.outcome ?? outcome
        case .end(let end):
            // An end that was seen stays, whatever is not seen later.
            if case .notSeen = end, self.end != nil { break }
            self.end = end
        case .reconciliation(let reconciliation): self.reconciliation = reconciliation
        case .settlement(let settlement): self.settlement = settlement
        case .retryFile(let file): retryFiles.append(file)
        }
        lastTime = max(lastTime, record.time)
    }
}
