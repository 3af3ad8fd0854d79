import Preflight

/// The last entries of a ledger that a filter wants.
package struct LedgerHistory: Sendable {
    package var entries: [LedgerEntry] = []
    /// Earlier entries that the filter wants too.
    package var hiddenCount = 0
    /// Lines that are no records, the first of them, and how many there are.
    package var flaws: [LedgerReading.Flaw] = []
    package var flawCount = 0

    /// Which entries are wanted.
    package struct Filter {
        /// When it began.
        package var since: UTCTime?
        package var until: UTCTime?
        /// A text that the line of a wanted intent has.
        package var text: [UInt8]?
        package var intent: ((LedgerIntent) -> Bool)?
        /// What became of it: gets entries without their content, prediction and report.
        package var entry: ((LedgerEntry) -> Bool)?

        package init() {}

        fileprivate func isWanted(_ time: UTCTime) -> Bool { since.map { $0 <= time } ?? true && until.map { time < $0 } ?? true }
    }
}

extension Ledger {
    /// Reads the last entries that are wanted.
    ///
    /// A ledger of years has tens of thousands of entries, and only the last ones are shown. So the file is read twice: first each line is only
    /// looked at to find which entries these are, then their lines alone are taken apart. Memory: what is shown, and the IDs of the others.
    package func history(_ filter: LedgerHistory.Filter, limit: Int) throws(LedgerError) -> LedgerHistory {
        guard let file = try LedgerFile.reading(path, faults: faults) else { return LedgerHistory() }
        var history = LedgerHistory()
        let ids =
            filter.entry == nil ? try Self.ids(filter, limit: limit, in: file, &history) : try Self.idsByEntry(filter, in: file, &history)
        history.hiddenCount += max(0, ids.count - limit)
        let shown = Set(ids.suffix(limit))
        var scan = LedgerScan(ids: shown) { id, _ in shown.contains(id) }
        try scan.read(file)
        history.entries = scan.reading.entries
        return history
    }

    /// The last entry with an import.
    package func lastImport(where isWanted: @escaping (LedgerIntent) -> Bool) throws(LedgerError) -> LedgerEntry? {
        var filter = LedgerHistory.Filter()
        filter.intent = isWanted
        filter.entry = { $0.importID != nil }
        return try history(filter, limit: 1).entries.last
    }

    /// The last entry with a content that began an import, wherever it went.
    package func entry(of importID: ImportID) throws(LedgerError) -> LedgerEntry? {
        var filter = LedgerHistory.Filter()
        filter.intent = { $0.content != nil }
        filter.entry = { $0.importID == importID }
        return try history(filter, limit: 1).entries.last
    }

    /// The entries that are wanted, in their order; of those beyond the limit most are only counted.
    private static func ids(
        _ filter: LedgerHistory.Filter, limit: Int, in file: LedgerFile, _ history: inout LedgerHistory
    ) throws(LedgerError) -> [LedgerEntryID] {
        var scan = HistoryScan(filter, limit: limit)
        try scan.read(file)
        (history.flaws, history.flawCount) = (scan.reading.flaws, scan.reading.flawCount)
        history.hiddenCount = scan.droppedCount
        return scan.ids
    }

    /// What became of an entry is known at the end only: each is kept in brief until then.
    private static func idsByEntry(
        _ filter: LedgerHistory.Filter, in file: LedgerFile, _ history: inout LedgerHistory
    ) throws(LedgerError) -> [LedgerEntryID] {
        var scan = LedgerScan(isBrief: true) { _, intent in filter.intent?(intent) ?? true }
        try scan.read(file)
        (history.flaws, history.flawCount) = (scan.reading.flaws, scan.reading.flawCount)
        return scan.reading.entries.filter { filter.isWanted($0.time) && filter.entry?($0) ?? true }.map(\.id)
    }
}

/// Finds the last entries that a filter wants by the beginnings of lines.
private struct HistoryScan {
    private let filter: LedgerHistory.Filter
    private let limit: Int
    private(set) var ids: [LedgerEntryID] = []
    private(set) var droppedCount = 0
    /// All intents so far: a second one with the same ID counts for nothing.
    private var known: Set<LedgerEntryID> = []
    private(set) var reading = LedgerReading()

    init(_ filter: LedgerHistory.Filter, limit: Int) {
        self.filter = filter
        self.limit = limit
    }

    mutating func read(_ file: LedgerFile) throws(LedgerError) {
        try LedgerLines(file).forEach { line, number, isCut in
            // What a process writes at this very moment is not cut.
            if isCut, file.isBeingWritten { return }
            add(line, number: number, isCut: isCut)
        }
    }

    private mutating func add(_ line: [UInt8], number: Int, isCut: Bool) {
        if !isCut, let head = LedgerLineHead(line), head.isRecord(line) {
            guard head.isIntent, filter.text.map({ line.holds($0) }) ?? true, filter.isWanted(head.time) else { return }
            if filter.intent == nil { return add(head.entry) }
        }
        do throws(LedgerRecord.Unreadable) {
            let record = try LedgerRecord(line: line)
            if case .intent(let intent) = record.event, filter.isWanted(record.time), filter.intent?(intent) ?? true { add(record.entry) }
        } catch {
            reading.add(LedgerReading.Flaw(lineNumber: number, error, isCut: isCut))
        }
    }

    private mutating func add(_ entry: LedgerEntryID) {
        guard known.insert(entry).inserted else { return }
        ids.append(entry)
        // Many at a time, so that dropping costs little.
        guard ids.count > 2 * max(limit, 50) else { return }
        droppedCount += ids.count - limit
        ids.removeFirst(ids.count - limit)
    }
}
