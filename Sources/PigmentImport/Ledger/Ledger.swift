import ImportProfiles
import Preflight
package import SafeText

/// The record of pushes, triggers and rehearsals on this machine: one file of JSON lines, see ``LedgerRecord``.
///
/// It outlives every run, so a later one knows what became of the same content, and what was predicted for it.
package struct Ledger: Sendable {
    package let path: FilePath
    /// Whether missing folders of the path are made, for this user alone.
    let makesFolders: Bool
    /// How long to wait for another process that writes.
    let patience: Duration
    let faults: LedgerFaults

    package init(path: FilePath, makesFolders: Bool = false, patience: Duration = .seconds(30), faults: LedgerFaults = .none) {
        self.path = path
        self.makesFolders = makesFolders
        self.patience = patience
        self.faults = faults
    }

    // MARK: Reading

    /// Reads the ledger, without a lock. Where there is no file there are no entries.
    ///
    /// - Parameters:
    ///   - limit: Only the last so many entries are kept.
    ///   - isWanted: which entries are kept at all.
    package func read(
        limit: Int = .max, where isWanted: @escaping (LedgerIntent) -> Bool = { _ in true }
    ) throws(LedgerError) -> LedgerReading {
        guard let file = try LedgerFile.reading(path, faults: faults) else { return LedgerReading() }
        var scan = LedgerScan(limit: limit) { isWanted($1) }
        try scan.read(file)
        return scan.reading
    }

    /// The entry with this ID, if there is one.
    package func entry(_ id: LedgerEntryID) throws(LedgerError) -> LedgerEntry? {
        guard let file = try LedgerFile.reading(path, faults: faults) else { return nil }
        return try Self.entry(id, in: file)
    }

    /// The entry that began an import, as the server or a settlement says.
    package func entry(of importID: ImportID, at service: ServiceURL) throws(LedgerError) -> LedgerEntry? {
        guard let file = try LedgerFile.reading(path, faults: faults) else { return nil }
        return try Self.entry(of: importID, at: service, in: file)
    }

    /// The earlier entry because of which ``begin(_:at:allowsAgain:)`` would refuse an intent, if there is one.
    package func obstacle(to intent: LedgerIntent, allowsAgain: Bool = false) throws(LedgerError) -> LedgerEntry? {
        guard let file = try LedgerFile.reading(path, faults: faults) else { return nil }
        var scan = Self.contentScan(intent)
        try scan.read(file)
        try refuseNewer(scan, allowsAgain: allowsAgain || intent.kind != .push)
        return Self.obstacle(scan.reading.entries, allowsAgain: allowsAgain)
    }

    /// What a later version wrote of the same content may say that it was pushed.
    private func refuseNewer(_ scan: LedgerScan, allowsAgain: Bool) throws(LedgerError) {
        if let line = scan.newerLine, !allowsAgain { throw LedgerError(path, .newer(lineNumber: line)) }
    }

    private static func entry(_ id: LedgerEntryID, in file: LedgerFile) throws(LedgerError) -> LedgerEntry? {
        var scan = LedgerScan { entry, _ in entry == id }
        try scan.read(file)
        return scan.reading.entries.first
    }

    /// First the entry whose answer names the import, then all of it.
    private static func entry(of importID: ImportID, at service: ServiceURL, in file: LedgerFile) throws(LedgerError) -> LedgerEntry? {
        let text = Array(importID.text.utf8)
        var named: Set<LedgerEntryID> = []
        try LedgerLines(file).forEach { line, _, _ in
            if line.holds(text), let record = try? LedgerRecord(line: line) { named.insert(record.entry) }
        }
        guard !named.isEmpty else { return nil }
        var scan = LedgerScan { entry, intent in intent.service == service && named.contains(entry) }
        try scan.read(file)
        return scan.reading.entries.last { $0.importID == importID }
    }

    // MARK: Pushing

    /// What became of an intent.
    package enum Beginning: Sendable {
        /// It is on the disk: the bytes may leave.
        case begun(LedgerPush)
        /// The same content was pushed before, or is at this moment: nothing may leave.
        case refused(LedgerEntry)
    }

    /// Writes down what is about to be sent, unless it was sent before: one of two processes that ask at the same time is refused.
    ///
    /// The same content is the same SHA-256 to the same configuration of the same service. It was sent before if a push of it was accepted, or may
    /// have been. A push that is still under way is always refused. Triggers have no content, and rehearsals are no pushes: they are not refused.
    ///
    /// - Parameters:
    ///   - intent: What is about to be sent.
    ///   - time: Now.
    ///   - allowsAgain: whether what was sent before may be sent again.
    package func begin(_ intent: LedgerIntent, at time: UTCTime, allowsAgain: Bool = false) throws(LedgerError) -> Beginning {
        if makesFolders { try makeFolders() }
        let file = try lockedFile()
        defer { file.unlock() }
        var scan: LedgerScan
        var id: LedgerEntryID
        repeat {
            id = .random()
            scan = Self.contentScan(intent, newcomer: id)
            try scan.read(file)
        } while scan.knowsNewcomer
        if let obstacle = Self.obstacle(scan.reading.entries, allowsAgain: allowsAgain) { return .refused(obstacle) }
        try refuseNewer(scan, allowsAgain: allowsAgain || intent.kind != .push)
        var intent = intent
        intent.retryOf = scan.retried.last { $0.file.digest == intent.content?.digest }?.entry
        // First, so that no reader sees the intent of a process that seems to be dead.
        try file.claim(id)
        try file.append(LedgerRecord(time: time, entry: id, event: .intent(intent)).line, isUndone: true)
        return .begun(
            LedgerPush(id: id, retryOf: intent.retryOf, flaws: scan.reading.flaws, file: file, patience: patience))
    }

    /// Finds earlier pushes that stand in the way of an intent.
    private static func contentScan(_ intent: LedgerIntent, newcomer: LedgerEntryID? = nil) -> LedgerScan {
        let digest = intent.content?.digest
        // No line has a NUL.
        let text = digest.map { Array(SHA256Digest.hexadecimal($0).utf8) } ?? [0]
        let configuration = Array(intent.configuration.text.utf8)
        return LedgerScan(contentText: text, configurationText: configuration, newcomer: newcomer) { _, other in
            intent.kind == .push && other.kind == .push && other.service == intent.service && other.configuration == intent.configuration
                && other.content?.digest == digest
        }
    }

    /// One that runs before one that is unknown, and that before the last one that was accepted.
    private static func obstacle(_ entries: [LedgerEntry], allowsAgain: Bool) -> LedgerEntry? {
        if let running = entries.last(where: { $0.state == .running }) { return running }
        if allowsAgain { return nil }
        if let unknown = entries.last(where: { $0.state == .unknown }) { return unknown }
        return entries.last { [.accepted, .completed, .failed].contains($0.state) }
    }

    // MARK: Afterwards

    /// Records what was found in Pigment after an unknown outcome. A later settlement replaces an earlier one.
    ///
    /// - Returns: the entry as it is then.
    package func settle(_ id: LedgerEntryID, _ settlement: LedgerRecord.Settlement, at time: UTCTime) throws(LedgerError) -> LedgerEntry {
        // Not made: there is nothing to settle in a new ledger.
        guard try LedgerFile.reading(path, faults: faults) != nil else { throw LedgerError(path, .noEntry(id)) }
        let file = try lockedFile()
        defer { file.unlock() }
        guard var entry = try Self.entry(id, in: file) else { throw LedgerError(path, .noEntry(id)) }
        guard entry.isUnsettled || (entry.settlement != nil && entry.end == nil) else {
            throw LedgerError(path, .notUnknown(id, entry.state))
        }
        let record = LedgerRecord(time: time, entry: id, event: .settlement(settlement))
        try file.append(record.line, isUndone: false)
        entry.add(record)
        return entry
    }

    /// Writes down how an import ended that was followed by itself, and compares it with what was predicted for it.
    ///
    /// - Returns: the entry as it is then; `nil` where no entry began this import.
    package func recordEnd(
        of importID: ImportID, at service: ServiceURL, _ end: LedgerRecord.End, time: UTCTime
    ) throws(LedgerError) -> LedgerEntry? {
        guard try entry(of: importID, at: service) != nil else { return nil }
        let file = try lockedFile()
        defer { file.unlock() }
        guard var entry = try Self.entry(of: importID, at: service, in: file) else { return nil }
        var events: [LedgerRecord.Event] = []
        // Asking twice is not worth a record.
        if entry.end != end, entry.end?.withoutSamples != end { events.append(.end(end)) }
        if let reconciliation = entry.reconciliation(with: end), entry.reconciliation != reconciliation {
            events.append(.reconciliation(reconciliation))
        }
        for event in events {
            let record = LedgerRecord(time: time, entry: entry.id, event: event)
            try file.append(record.line, isUndone: false)
            entry.add(record)
        }
        return entry
    }

    /// Writes down that the skipped rows of an entry were written to a file, so that a push of it is known as what it is.
    package func recordRetryFile(_ retryFile: LedgerRecord.RetryFile, of id: LedgerEntryID, at time: UTCTime) throws(LedgerError) {
        guard try entry(id) != nil else { throw LedgerError(path, .noEntry(id)) }
        let file = try lockedFile()
        defer { file.unlock() }
        try file.append(LedgerRecord(time: time, entry: id, event: .retryFile(retryFile)).line, isUndone: false)
    }

    // MARK: The file

    /// Opens the file and takes the lock for writing. A file that was moved away meanwhile, as a rotation of logs does, is not written to.
    private func lockedFile() throws(LedgerError) -> LedgerFile {
        for _ in 0..<100 {
            let file = try LedgerFile.writing(path, faults: faults)
            try file.lock(patience: patience)
            if file.isInPlace { return file }
        }
        throw LedgerError(path, .deleted)
    }

    private func makeFolders() throws(LedgerError) {
        try LedgerFolder.make(path.folder, for: path)
    }
}

extension LedgerEntry {
    /// The comparison of a report with the prediction of this entry; `nil` without a prediction, or without a completed import.
    package func reconciliation(with end: LedgerRecord.End) -> Reconciliation? {
        guard case .reported(let document) = end, document.status == .completed, let prediction = intent.prediction else { return nil }
        return Reconciliation(
            prediction: prediction, rowCount: intent.content?.rows ?? 0, limit: .rows(intent.allowedSkips ?? 0), document: document)
    }

    /// Whether the server may have taken it, and the outcome is not settled yet.
    var isUnsettled: Bool { state == .unknown }
}
