/// Puts the lines of a ledger together to entries. Memory is bounded by the entries that are kept.
struct LedgerScan {
    /// Of which intents entries are made.
    let isWanted: (LedgerIntent) -> Bool
    /// Only the last so many wanted entries are kept.
    let limit: Int
    private(set) var reading = LedgerReading()
    private var places: [LedgerEntryID: Int] = [:]
    private var droppedCount = 0

    init(limit: Int = .max, isWanted: @escaping (LedgerIntent) -> Bool) {
        self.limit = limit
        self.isWanted = isWanted
    }

    /// Lines are longer only where something else wrote them.
    static let longestLine = 4 << 20

    mutating func add(_ line: [UInt8], number: Int, isCut: Bool) {
        do throws(LedgerRecord.Unreadable) {
            add(try LedgerRecord(line: line))
        } catch {
            let kind: LedgerReading.Flaw.Kind =
                switch error {
                case .newer: .newer
                case .foreign: isCut ? .cut : .foreign
                }
            reading.add(LedgerReading.Flaw(lineNumber: number, kind: kind))
        }
    }

    private mutating func add(_ record: LedgerRecord) {
        if case .intent(let intent) = record.event {
            guard places[record.entry] == nil, isWanted(intent) else { return }
            places[record.entry] = droppedCount + reading.entries.count
            reading.entries.append(LedgerEntry(id: record.entry, time: record.time, intent: intent))
            if reading.entries.count >= 2 * max(limit, 50) { dropFirst() }
        } else if let place = places[record.entry], place >= droppedCount {
            reading.entries[place - droppedCount].add(record)
        }
    }

    /// Half at a time, so that it costs nothing.
    private mutating func dropFirst() {
        let count = reading.entries.count - limit
        guard count > 0 else { return }
        for entry in reading.entries[..<count] { places[entry.id] = nil }
        reading.entries.removeFirst(count)
        droppedCount += count
    }

    /// Reads the file to its end and asks which of the entries without an outcome are still under way.
    mutating func read(_ file: LedgerFile) throws(LedgerError) {
        try LedgerLines(file).forEach { line, number, isCut in
            // What a process writes at this very moment is not cut.
            if isCut, file.isBeingWritten { return }
            add(line, number: number, isCut: isCut)
        }
        if reading.entries.count > limit { dropFirst() }
        for place in reading.entries.indices where reading.entries[place].outcome == nil {
            reading.entries[place].isRunning = file.isClaimed(reading.entries[place].id)
        }
    }
}
