/// Puts the lines of a ledger together to entries. Memory is bounded by the entries that are kept.
struct LedgerScan {
    private let limit: Int
    private let isWanted: (LedgerEntryID, LedgerIntent) -> Bool
    /// Only intents, and files of skipped rows, whose line has this text are looked at; `nil` looks at all. Thousands of earlier pushes are
    /// passed over so before each push.
    private let contentText: [UInt8]?
    /// Only lines of these entries are looked at; `nil` looks at all.
    private let ids: Set<LedgerEntryID>?
    /// Whether nothing is kept of an entry but what tells what became of it.
    private let isBrief: Bool
    private(set) var reading = LedgerReading()
    /// Entries whose skipped rows a record with ``contentText`` names.
    private(set) var retried: [(entry: LedgerEntryID, file: LedgerRecord.RetryFile)] = []
    private var places: [LedgerEntryID: Int] = [:]
    private var droppedCount = 0
    private let newcomer: LedgerEntryID?
    /// The first line of a later version that has ``contentText`` and the configuration's ID: what it says of the content is not known.
    private(set) var newerLine: Int?
    private let configurationText: [UInt8]?
    /// Whether a line has the ID of the newcomer already.
    private(set) var knowsNewcomer = false

    /// - Parameters:
    ///   - limit: Only the last so many wanted entries are kept.
    ///   - contentText: what the line of a wanted intent holds.
    ///   - configurationText: what it holds, too; only looked for in lines that cannot be read.
    ///   - newcomer: an ID that must not occur, see ``knowsNewcomer``.
    ///   - ids: the only entries whose lines are looked at.
    ///   - isBrief: whether entries are kept without what was predicted, reported and compared.
    ///   - isWanted: Of which intents entries are made.
    init(
        limit: Int = .max, contentText: [UInt8]? = nil, configurationText: [UInt8]? = nil, newcomer: LedgerEntryID? = nil,
        ids: Set<LedgerEntryID>? = nil, isBrief: Bool = false,
        isWanted: @escaping (LedgerEntryID, LedgerIntent) -> Bool
    ) {
        self.limit = limit
        self.contentText = contentText
        self.configurationText = configurationText
        self.isWanted = isWanted
        self.newcomer = newcomer
        self.ids = ids
        self.isBrief = isBrief
    }

    /// Lines are longer only where something else wrote them.
    static let longestLine = 4 << 20

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

    private mutating func add(_ line: [UInt8], number: Int, isCut: Bool) {
        if !isCut, contentText != nil || ids != nil || isBrief, let head = LedgerLineHead(line), !matters(line, head) { return }
        do throws(LedgerRecord.Unreadable) {
            add(try LedgerRecord(line: line))
        } catch {
            let flaw = LedgerReading.Flaw(lineNumber: number, error, isCut: isCut)
            reading.add(flaw)
            if flaw.kind == .newer, newerLine == nil, let contentText, line.holds(contentText), line.holds(configurationText ?? []) {
                newerLine = number
            }
        }
    }

    /// Whether a line must be taken apart.
    private mutating func matters(_ line: [UInt8], _ head: LedgerLineHead) -> Bool {
        if head.entry == newcomer { knowsNewcomer = true }
        if let ids { return ids.contains(head.entry) }
        if isBrief { return !(head.isDetail && head.isRecord(line)) }
        guard let contentText, head.namesContent else { return places[head.entry] != nil }
        return line.holds(contentText)
    }

    private mutating func add(_ record: LedgerRecord) {
        if record.entry == newcomer { knowsNewcomer = true }
        switch record.event {
        case .intent(let intent):
            guard places[record.entry] == nil, isWanted(record.entry, intent) else { return }
            places[record.entry] = droppedCount + reading.entries.count
            var entry = LedgerEntry(id: record.entry, time: record.time, intent: intent)
            if isBrief { (entry.intent.prediction, entry.intent.content, entry.intent.profile) = (nil, nil, nil) }
            reading.entries.append(entry)
            // Many at a time, so that dropping costs little.
            if reading.entries.count / 2 > max(limit, 50) { dropFirst() }
            return
        case .retryFile(let file):
            if contentText != nil { retried.append((record.entry, file)) }
        case .outcome, .end, .reconciliation, .settlement: break
        }
        if let place = places[record.entry] { reading.entries[place - droppedCount].add(isBrief ? record.brief : record) }
    }

    private mutating func dropFirst() {
        let count = reading.entries.count - limit
        guard count > 0 else { return }
        for entry in reading.entries[..<count] { places[entry.id] = nil }
        reading.entries.removeFirst(count)
        droppedCount += count
    }
}

extension LedgerReading.Flaw {
    init(lineNumber: Int, _ error: LedgerRecord.Unreadable, isCut: Bool) {
        let kind: Kind =
            switch error {
            case .newer: .newer
            case .foreign: isCut ? .cut : .foreign
            }
        self.init(lineNumber: lineNumber, kind: kind)
    }
}

extension LedgerRecord {
    /// Without the report of an import.
    fileprivate var brief: LedgerRecord {
        guard case .end(.reported(var document)) = event else { return self }
        (document.detail, document.errors) = (nil, [])
        return LedgerRecord(time: time, entry: entry, event: .end(.reported(document)))
    }
}

extension [UInt8] {
    /// Whether the bytes of `text` occur somewhere.
    func holds(_ text: [UInt8]) -> Bool {
        guard let first = text.first, count >= text.count else { return text.isEmpty }
        let bytes = span
        for start in 0...(bytes.count - text.count) where bytes[start] == first {
            var length = 1
            while length < text.count, bytes[start + length] == text[length] { length += 1 }
            if length == text.count { return true }
        }
        return false
    }
}
