/// Puts the lines of a ledger together to entries. Memory is bounded by the entries that are kept.
struct LedgerScan {
    private let limit: Int
    private let isWanted: (LedgerEntryID, LedgerIntent) -> Bool
    /// Only intents, and files of skipped rows, whose line has this text are looked at; `nil` looks at all. Thousands of earlier pushes are
    /// passed over so before each push.
    private let contentText: [UInt8]?
    private(set) var reading = LedgerReading()
    /// Entries whose skipped rows a record with ``contentText`` names.
    private(set) var retried: [(entry: LedgerEntryID, file: LedgerRecord.RetryFile)] = []
    private var places: [LedgerEntryID: Int] = [:]
    private var droppedCount = 0
    private let newcomer: LedgerEntryID?
    /// Whether a line has the ID of the newcomer already.
    private(set) var knowsNewcomer = false

    /// - Parameters:
    ///   - limit: Only the last so many wanted entries are kept.
    ///   - contentText: what the line of a wanted intent holds.
    ///   - newcomer: an ID that must not occur, see ``knowsNewcomer``.
    ///   - isWanted: Of which intents entries are made.
    init(
        limit: Int = .max, contentText: [UInt8]? = nil, newcomer: LedgerEntryID? = nil,
        isWanted: @escaping (LedgerEntryID, LedgerIntent) -> Bool
    ) {
        self.limit = limit
        self.contentText = contentText
        self.isWanted = isWanted
        self.newcomer = newcomer
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
        if !isCut, contentText != nil, let head = LedgerLineHead(line), !matters(line, head) { return }
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

    /// Whether a line must be taken apart.
    private mutating func matters(_ line: [UInt8], _ head: LedgerLineHead) -> Bool {
        if head.entry == newcomer { knowsNewcomer = true }
        guard let contentText, head.namesContent else { return places[head.entry] != nil }
        return line.holds(contentText)
    }

    private mutating func add(_ record: LedgerRecord) {
        if record.entry == newcomer { knowsNewcomer = true }
        switch record.event {
        case .intent(let intent):
            guard places[record.entry] == nil, isWanted(record.entry, intent) else { return }
            places[record.entry] = droppedCount + reading.entries.count
            reading.entries.append(LedgerEntry(id: record.entry, time: record.time, intent: intent))
            // Many at a time, so that dropping costs little.
            if reading.entries.count / 2 > max(limit, 50) { dropFirst() }
            return
        case .retryFile(let file):
            if contentText != nil { retried.append((record.entry, file)) }
        case .outcome, .end, .reconciliation, .settlement: break
        }
        if let place = places[record.entry] { reading.entries[place - droppedCount].add(record) }
    }

    private mutating func dropFirst() {
        let count = reading.entries.count - limit
        guard count > 0 else { return }
        for entry in reading.entries[..<count] { places[entry.id] = nil }
        reading.entries.removeFirst(count)
        droppedCount += count
    }
}

/// The first members of a line as this version writes them, found without taking it apart.
///
/// ```
/// {"v":1,"time":"2026-01-31T23:59:59Z","id":"k3x9m2ab","event":"intent",…}
/// 0              15                  35      43      51         62
/// ```
struct LedgerLineHead {
    let entry: LedgerEntryID
    /// Whether it is an event with the digest of a content.
    let namesContent: Bool

    private static let (start, middle, end) = (Array(#"{"v":1,"time":""#.utf8), Array(#"","id":""#.utf8), Array(#"","event":""#.utf8))

    /// `nil` for any other line, also for one that is cut.
    init?(_ line: [UInt8]) {
        guard line.count > 64, line.last == UInt8(ascii: "}"), line[..<15].elementsEqual(Self.start),
            line[35..<43].elementsEqual(Self.middle), line[51..<62].elementsEqual(Self.end),
            let entry = LedgerEntryID(String(decoding: line[43..<51], as: UTF8.self))
        else { return nil }
        self.entry = entry
        let event = String(decoding: line[62..<65], as: UTF8.self)
        namesContent = event == "int" || event == "ret"
    }
}

extension [UInt8] {
    /// Whether the bytes of `text` occur somewhere.
    func holds(_ text: [UInt8]) -> Bool {
        guard let first = text.first, count >= text.count else { return text.isEmpty }
        return withUnsafeBufferPointer { bytes in
            text.withUnsafeBufferPointer { text in
                for start in 0...(bytes.count - text.count) where bytes[start] == first {
                    var length = 1
                    while length < text.count, bytes[start + length] == text[length] { length += 1 }
                    if length == text.count { return true }
                }
                return false
            }
        }
    }
}
