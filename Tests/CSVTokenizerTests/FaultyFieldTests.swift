import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

/// The fields that have faults or anomalies, found for a whole batch, against each field by itself.
@Suite(.computing) struct FaultyFieldTests {
    /// Limits that thin rows of some hundred bytes.
    private static let narrow = RowBatch.Limits(rowBytes: 100, fieldBytes: 16, fields: 12, headBytes: 200)

    /// Beginnings of characters, all that may follow them, and what ends fields.
    private static func characters(_ generator: inout SeededGenerator, byteCount: Int) -> [UInt8] {
        let alphabet: [UInt8] = [
            0x00, 0x0A, 0x0A, 0x0D, 0x22, 0x2C, 0x2C, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
            0xEF,
            0xF0, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        return (0..<byteCount).map { _ in alphabet[generator.below(alphabet.count)] }
    }

    private static func inputs(seed: Int) -> [[UInt8]] {
        var generator = SeededGenerator(seed: seed)
        return [characters(&generator, byteCount: 300), generator.soup(byteCount: 300), generator.longRows(byteCount: 900)]
    }

    @Test(arguments: 0..<60)
    func faultsOfFields(_ seed: Int) {
        let cuts: [Cuts] = [.every(1), .every(7), .every(64), .every(.max), .random(seed: seed)]
        for input in Self.inputs(seed: seed) {
            for limits in [RowBatch.Limits(), Self.narrow] {
                _ = tokenize(input, kernel: kernels[seed % kernels.count], cuts: cuts[seed % cuts.count], limits: limits) { batch, _ in
                    guard batch.rowCount > 0 else { return }
                    var found: [Int: [Int]] = [:]
                    var position = 0
                    if batch.isThinned {
                        let fields = batch.fields(ofRow: 0)
                        position = batch.range(ofField: fields.upperBound - 1).upperBound
                        for field in fields { found[field] = Self.counts(batch.characters(ofField: field)) }
                    }
                    while case let fault = batch.firstFault(from: position), fault >= 0 {
                        let field = batch.field(atPosition: fault)
                        let range = batch.range(ofField: field)
                        var faults = FieldFaults()
                        batch.countFaults(from: range.lowerBound, to: range.upperBound, into: &faults)
                        position = range.upperBound
                        found[field] = Self.counts(faults.invalidCount, faults.nulCount, faults.multibyteCount, faults.illFormed)
                    }
                    for field in 0..<batch.fields(ofRow: batch.rowCount - 1).upperBound {
                        #expect(found[field] == Self.counts(batch.characters(ofField: field)), "seed \(seed), field \(field)")
                    }
                }
            }
        }
    }

    private static func counts(_ scan: CharacterScan) -> [Int]? {
        scan.isClean ? nil : counts(scan.invalidCount, scan.nulCount, scan.multibyteCount, scan.illFormed)
    }

    private static func counts(_ invalid: Int, _ nul: Int, _ multibyte: Int, _ kinds: IllFormed) -> [Int] {
        [invalid, nul, multibyte, kinds.usualWindows1252Count, kinds.longCount] + IllFormed.Kind.allCases.map { kinds.count(of: $0) }
    }

    @Test(arguments: 0..<60)
    func fieldsWithAnomalies(_ seed: Int) {
        let cuts: [Cuts] = [.every(1), .every(7), .every(64), .every(.max), .random(seed: seed)]
        for input in Self.inputs(seed: seed) {
            for limits in [RowBatch.Limits(), Self.narrow] {
                _ = tokenize(input, kernel: kernels[seed % kernels.count], cuts: cuts[seed % cuts.count], limits: limits) { batch, _ in
                    guard batch.rowCount > 0 else { return }
                    var (all, ofQuoting, takenBack) = (BitSet(), BitSet(), BitSet())
                    batch.addFieldsWithAnomaly(to: &all)
                    batch.addFieldsWithAnomaly(besidesCarriageReturns: true, to: &ofQuoting)
                    batch.addFieldsWithTakenBackQuote(to: &takenBack)
                    var marks: [(kind: Anomaly.Kind, field: Int)] = []
                    batch.forEachAnomaly { marks.append(($0.kind, $0.field)) }
                    #expect(Array(all) == Self.fields(marks) { _ in true }, "seed \(seed)")
                    #expect(Array(ofQuoting) == Self.fields(marks) { $0 != .loneCarriageReturn }, "seed \(seed)")
                    #expect(Array(takenBack) == Self.fields(marks) { $0 == .unclosedQuote || $0 == .runawayQuote }, "seed \(seed)")
                    #expect(all.count == Array(all).count)
                    if let tally = batch.tallyAnomalies() { Self.check(tally, batch, seed: seed) }
                    Self.checkParts(batch, seed: seed)
                    Self.checkExplicable(batch, seed: seed)
                }
            }
        }
    }

    /// What is tallied without the quotes of some rows, and what these rows have.
    private static func checkParts(_ batch: borrowing RowBatch, seed: Int) {
        var (silent, apart) = (BitSet(), BitSet())
        for row in 0..<batch.rowCount where (row + seed) % 3 != 0 {
            silent.insert(row)
            if row % 2 == 0 { apart.insert(row) }
        }
        guard let tally = batch.tallyAnomalies(besidesQuotesOf: silent, and: apart) else { return }
        check(tally, batch, seed: seed) { kind, row in
            switch kind {
            case .strayQuote, .textAfterClosingQuote: silent.contains(row)
            case .unclosedQuote, .runawayQuote: apart.contains(row)
            case .loneCarriageReturn: false
            }
        }
        var (found, wanted) = ([[Int]](), [[Int]]())
        batch.forEachQuoteAnomaly(ofRows: apart) { found.append(facts(of: $0)) }
        batch.forEachAnomaly { mark in
            if mark.kind != .loneCarriageReturn, apart.contains(batch.row(ofField: mark.field)) { wanted.append(facts(of: mark)) }
        }
        #expect(found == wanted, "seed \(seed)")
    }

    private static func facts(of mark: AnomalyMark) -> [Int] { [Int(mark.kind.rawValue), mark.field, mark.count, mark.position] }

    /// All odd quotes after one of the bytes that explain them are among those that may be explained, as they are among all anomalies.
    private static func checkExplicable(_ batch: borrowing RowBatch, seed: Int) {
        var (found, all) = ([[Int]](), [[Int]]())
        batch.forEachExplicableQuote { found.append(facts(of: $0)) }
        batch.forEachAnomaly { all.append(facts(of: $0)) }
        let explicable = all.filter { facts in
            let place = facts[3]
            guard place > 0, facts[0] == Int(Anomaly.Kind.strayQuote.rawValue) else { return false }
            return [UInt8(ascii: " "), UInt8(ascii: "\\"), UInt8(ascii: "=")].contains(batch.bytes[place - 1])
        }
        #expect(found.filter { explicable.contains($0) } == explicable, "seed \(seed)")
        #expect(found == all.filter { found.contains($0) }, "seed \(seed)")
    }

    private static func check(
        _ tally: AnomalyTally, _ batch: borrowing RowBatch, seed: Int, besides isLeftOut: (Anomaly.Kind, Int) -> Bool = { _, _ in false }
    ) {
        for (kind, found) in tally.counts {
            var (count, rows) = (0, Set<Int>())
            batch.forEachAnomaly { mark in
                guard mark.kind == kind, !isLeftOut(kind, batch.row(ofField: mark.field)) else { return }
                // What a quote that was taken back counts are line ends.
                count += kind == .unclosedQuote || kind == .runawayQuote ? 1 : mark.count
                rows.insert(batch.row(ofField: mark.field))
            }
            #expect(found.count == count && found.rowCount == rows.count, "seed \(seed), \(kind)")
            #expect(found.lastRow == rows.max() ?? -1, "seed \(seed), \(kind)")
        }
    }

    private static func fields(_ marks: [(kind: Anomaly.Kind, field: Int)], _ isMeant: (Anomaly.Kind) -> Bool) -> [Int] {
        Set(marks.filter { isMeant($0.kind) }.map(\.field)).sorted()
    }
}
