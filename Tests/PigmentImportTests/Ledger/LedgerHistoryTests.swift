import Foundation
import Preflight
import SeededRandom
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import SafeText

/// A history is what reading the whole ledger gives, filtered and cut.
@Suite struct LedgerHistoryTests {
    private static let other = try! ConfigurationID("44d0d7d0-6125-47c4-b36a-882f4ed53b33")
    private static let states: [LedgerEntry.State] = [.unknown, .completed, .didNotArrive]

    /// Entries with every outcome, in lines that are mixed up as those of several processes are; flaws among them.
    private static func lines(seed: Int) -> String {
        var random = SeededGenerator(seed: seed)
        var pending: [[String]] = (0..<60).map { number in
            let id = LedgerEntryID(number: UInt64(number) * 7_919)
            let time = UTCTime(seconds: 1_700_000_000 + 3600 * number)
            var intent = LedgerSamples.intent("\(number)", kind: random.once(in: 5) ? .trigger : .push)
            if random.once(in: 3) { intent.configuration = other }
            if random.once(in: 4) { intent.content?.file = "sub/folder \u{e9} \"x\".csv" }
            func line(_ event: LedgerRecord.Event) -> String { LedgerRecord(time: time, entry: id, event: event).line }
            var lines = [line(.intent(intent))]
            switch random.below(4) {
            case 0: lines.append(line(.outcome(.accepted(LedgerSamples.importID, isEarly: false))))
            case 1: lines.append(line(.outcome(.notAccepted(cause: "x", status: 400))))
            case 2: lines.append(line(.outcome(.unknown(cause: "x", status: nil))))
            default: break
            }
            if random.once(in: 2) {
                let status: StatusDocument.Status = random.once(in: 2) ? .completed : .failed
                lines.append(line(.end(.reported(StatusDocument(importID: LedgerSamples.importID, status: status)))))
            }
            if random.once(in: 4) { lines.append(line(.settlement(.didNotArrive))) }
            return lines
        }
        var text = ""
        while !pending.isEmpty {
            let place = random.below(min(3, pending.count))
            text += pending[place].removeFirst() + "\n"
            if pending[place].isEmpty { pending.remove(at: place) }
            if random.once(in: 40) { text += random.element(of: ["junk\n", "{}\n", "\n", "{\"v\":9,\"id\":1}\n"]) }
        }
        // One that is cut, and before it one that is broken inside.
        let last = text.split(separator: "\n").first.map(String.init) ?? ""
        return text + last.replacingOccurrences(of: "\"tool\":", with: "\"tool\"") + "\n" + last.prefix(last.count / 2)
    }

    @Test(arguments: 0..<3)
    func isTheWholeFilteredAndCut(seed: Int) throws {
        let scratch = try LedgerScratch()
        try scratch.write(Self.lines(seed: seed))
        let ledger = scratch.ledger()
        let whole = try ledger.read()
        for limit in [1, 9, 1000] {
            for state in [nil] + Self.states.map(Optional.some) {
                for configuration in [nil, Self.other] as [ConfigurationID?] {
                    for since in [nil, UTCTime(seconds: 1_700_000_000 + 3600 * 20)] {
                        var filter = LedgerHistory.Filter()
                        filter.since = since
                        if let configuration {
                            filter.text = Array(configuration.text.utf8)
                            filter.intent = { $0.configuration == configuration }
                        }
                        if let state { filter.entry = { $0.state == state } }
                        let history = try ledger.history(filter, limit: limit)
                        let wanted = whole.entries.filter { entry in
                            (configuration.map { $0 == entry.intent.configuration } ?? true) && (state.map { $0 == entry.state } ?? true)
                                && (since.map { $0 <= entry.time } ?? true)
                        }
                        #expect(history.entries.map(\.json) == wanted.suffix(limit).map(\.json))
                        #expect(history.hiddenCount == max(0, wanted.count - limit))
                        #expect(history.flaws == whole.flaws)
                        #expect(history.flawCount == whole.flawCount)
                    }
                }
            }
        }
        #expect(try ledger.lastImport { _ in true }?.id == whole.entries.last { $0.importID != nil }?.id)
    }

    @Test func aLedgerThatIsNotThereHasNoHistory() throws {
        let history = try LedgerScratch().ledger().history(LedgerHistory.Filter(), limit: 5)
        #expect(history.entries.isEmpty)
        #expect(history.hiddenCount == 0)
    }
}
