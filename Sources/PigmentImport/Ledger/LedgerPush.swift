import Synchronization

/// A push, trigger or rehearsal that is under way: its entry in the ledger.
///
/// As long as this object exists, other processes see that the process of the entry lives.
package final class LedgerPush: Sendable {
    package let id: LedgerEntryID
    /// The entry whose skipped rows are pushed, if `diagnose` wrote this content.
    package let retryOf: LedgerEntryID?
    /// Lines of the ledger that are no records.
    package let flaws: [LedgerReading.Flaw]
    private let file: LedgerFile
    private let patience: Duration
    /// A signal may end the run while a record is written.
    private let isWriting = Mutex(())

    init(id: LedgerEntryID, retryOf: LedgerEntryID?, flaws: [LedgerReading.Flaw], file: LedgerFile, patience: Duration) {
        self.id = id
        self.retryOf = retryOf
        self.flaws = flaws
        self.file = file
        self.patience = patience
    }

    /// Adds what happened, and waits until the disk has it.
    package func record(_ event: LedgerRecord.Event, at time: UTCTime) throws(LedgerError) {
        try isWriting.withLock { (_) throws(LedgerError) in try write(event, at: time, patience: patience) }
    }

    /// The same for a process that is about to end: it waits half a second at most.
    ///
    /// - Returns: whether the record was written.
    package func recordAtOnce(_ event: LedgerRecord.Event, at time: UTCTime) -> Bool {
        let end = ContinuousClock.now + .milliseconds(400)
        while ContinuousClock.now < end {
            let isDone = isWriting.withLockIfAvailable { _ in
                do throws(LedgerError) {
                    try write(event, at: time, patience: .milliseconds(300))
                    return true
                } catch {
                    return false
                }
            }
            if let isDone { return isDone }
        }
        return false
    }

    private func write(_ event: LedgerRecord.Event, at time: UTCTime, patience: Duration) throws(LedgerError) {
        try file.lock(patience: patience)
        defer { file.unlock() }
        try file.append(LedgerRecord(time: time, entry: id, event: event).line, isUndone: false)
    }
}
