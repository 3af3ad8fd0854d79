import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports rows whose key is blank or repeats an earlier one. The profile lists the columns of each key under `keys`. Batches compute their keys
/// in parallel (see `RowJudge.readKeys`); only looking them up needs the order of the file.
struct KeyCheck: Check {
    static let kinds: [FindingKind] = [.duplicateKey, .blankKey, .similarKeys]

    private let layout: FileLayout
    private let hash: KeyHash
    private let state: State

    /// The mutable state, in one object because an index cannot be copied.
    private final class State {
        var indexes: [KeyBox] = []
        var failure: Descriptor.Failure?
        /// By key, rows whose keys are in an earlier range, since they were taken last; `nil` if they are not taken.
        var repeatedRows: [[KeyPlace]]?
        /// Those that were not marked in their own range.
        var newlyRepeatedRows: [KeyPlace] = []
        /// Rows that repeat a key of their own range, where that is to be known; `nil` for one key.
        var ownRepeatedRows: RepeatedRows?
        /// The keys of the range, if they were not read yet.
        var stored: (any StoredBlocks)?
        /// Whether such keys were damaged.
        var isDamaged = false

        func reader() throws(Descriptor.Failure) -> BlockSpool.Reader {
            if let reader = try ownRepeatedRows?.reader() { return reader }
            return BlockSpool().reader()
        }
    }

    fileprivate final class KeyBox {
        var index: KeyIndex
        var unusual = UnusualKeys()
        init(_ index: consuming KeyIndex) { self.index = index }
    }

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.rules != nil, !layout.keys.isEmpty else { return nil }
        self.layout = layout
        hash = plan.keys.hash
        state = State()
        // The keys share the memory.
        let limit = layout.keyMemory / max(1, layout.keys.count)
        for _ in layout.keys { state.indexes.append(KeyBox(KeyIndex(memoryLimit: limit, samples: layout.samples))) }
        if layout.keys.count > 1 { state.ownRepeatedRows = RepeatedRows() }
    }

    func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard state.failure == nil else { return }
        if log.keepsRepeatedRows { state.ownRepeatedRows?.isKept = true }
        var ownRepeated: [Int] = []
        for (number, keys) in judgement.keys.rowKeys.enumerated() {
            let column = layout.keys[number][0]
            note(blank: keys.blankRows, column, part: number + 1, batch, judgement, log: &log)
            do throws(Descriptor.Failure) {
                let text = KeyText(isComposite: layout.keys[number].count > 1, longByteCount: batch.limits.fieldBytes / 2)
                var group = -1
                let told = KeyBox.Told(repeated: log.marksRows, new: log.marksNewKeys)
                try state.indexes[number].add(keys, text, column: column, batch, judgement, told) { row, isRepeated in
                    let (record, field) = (judgement.rows.number(of: row), batch.fields(ofRow: row).lowerBound + column)
                    guard isRepeated else { return log.mark(row: record, newKey: number, field: field) }
                    if group < 0 { group = log.group(.duplicateKey, column: column + 1, part: number + 1, severity: nil, predicts: nil) }
                    log.mark(row: record, in: group, field: field)
                    if log.keepsRepeatedRows { ownRepeated.append(record) }
                }
            } catch {
                state.failure = error
            }
        }
        if ownRepeated.isEmpty { return }
        do throws(Descriptor.Failure) { try state.ownRepeatedRows?.add(ownRepeated.sorted()) } catch { state.failure = error }
    }

    /// All rows of a file may be such: those of which nothing is wanted are only counted.
    private func note(
        blank rows: [UInt32], _ column: Int, part: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog
    ) {
        guard let last = rows.last else { return }
        let group = log.group(.blankKey, column: column + 1, part: part, severity: nil, predicts: nil)
        for (index, row) in rows.enumerated() {
            let wantsExample = log.wantsExample(group)
            if !wantsExample, !log.marksRows {
                let count = rows.count - index
                return log.add(count, rows: count, to: group, lastRow: judgement.rows.number(of: Int(last)))
            }
            let (row, field) = (Int(row), batch.fields(ofRow: Int(row)).lowerBound + column)
            let record = judgement.rows.number(of: row)
            log.count(in: group, row: record, field: field)
            guard wantsExample else { continue }
            log.addExample(to: group) {
                Finding.Example(
                    field: field, ofRow: row, number: record, in: batch, column: column + 1, lines: &$0, quote: layout.quote)
            }
        }
    }

    func merge(_ later: KeyCheck, at joint: Joint) {
        if let failure = later.state.failure { state.failure = state.failure ?? failure }
        var all: [KeyPlace] = []
        for number in state.indexes.indices where state.failure == nil {
            do throws(Descriptor.Failure) {
                var repeated: [KeyPlace]? = state.repeatedRows.map { _ in [] }
                try state.indexes[number].index.merge(&later.state.indexes[number].index, at: joint, repeated: &repeated)
                if let stored = later.state.stored { try add(stored, to: number, at: joint, repeated: &repeated) }
                state.indexes[number].unusual.merge(later.state.indexes[number].unusual, at: joint)
                guard var repeated else { continue }
                repeated.sort { $0.row < $1.row }
                all += repeated
                state.repeatedRows?[number] += repeated
            } catch {
                state.failure = error
            }
        }
        guard state.failure == nil else { return }
        do throws(Descriptor.Failure) {
            if later.state.ownRepeatedRows != nil {
                all.sort { $0.row < $1.row }
                let stored: any StoredBlocks = if let stored = later.state.stored { stored } else { try later.state.reader() }
                if try state.ownRepeatedRows?.merge(stored, at: joint, &all) == false { state.isDamaged = true }
            }
            state.newlyRepeatedRows += all
        } catch {
            state.failure = error
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for (number, columns) in layout.keys.enumerated() where state.failure == nil {
            do throws(Descriptor.Failure) {
                let similar = try state.indexes[number].finish(hash)
                note(state.indexes[number].index, columns, part: number + 1, log: &log)
                note(similar, columns, part: number + 1, log: &log)
            } catch {
                state.failure = error
            }
        }
    }

    private func add(
        _ stored: any StoredBlocks, to number: Int, at joint: Joint, repeated: inout [KeyPlace]?
    ) throws(Descriptor.Failure) {
        if try !state.indexes[number].index.add(stored, hash: hash, at: joint, repeated: &repeated) { state.isDamaged = true }
    }

    /// Keeps from now on which rows of later ranges repeat a key of earlier ones. There are at most as many as the keys of a range.
    func keepRepeatedRows() { state.repeatedRows = state.repeatedRows ?? state.indexes.map { _ in [] } }

    /// Those rows since this was called last, ascending: by key, and those of them that were not marked in their own range.
    func takeRepeatedRows() -> (byKey: [[KeyPlace]], new: [KeyPlace]) {
        defer {
            state.repeatedRows = state.indexes.map { _ in [] }
            state.newlyRepeatedRows = []
        }
        return (state.repeatedRows ?? [], state.newlyRepeatedRows)
    }

    /// Why the keys could not be compared. The report is then incomplete.
    var failure: Descriptor.Failure? { state.failure }

    /// Whether keys were put aside, so that some repeated ones were not known before the end.
    var hasPutAside: Bool { state.indexes.contains { $0.index.hasPutAside } }

    private func note(_ index: borrowing KeyIndex, _ columns: [Int], part: Int, log: inout FindingLog) {
        guard index.repeatedRowCount > 0 else { return }
        let column = columns[0] + 1
        let group = log.group(.duplicateKey, column: column, part: part, severity: nil, predicts: nil)
        if columns.count > 1 {
            log.addRemark("key " + columns.map { "\"\(layout.reference($0 + 1).name.shown)\"" }.joined(separator: ", "), to: group)
        }
        let count = index.repeatedKeyCount
        log.addRemark("\(count.counted("key")) \(count == 1 ? "occurs" : "occur") more than once", to: group)
        if let change = layout.keyNotationChange { log.setHelp("\(FindingKind.duplicateKey.help) Note: \(change).", of: group) }
        let text = KeyText(isComposite: columns.count > 1, longByteCount: .max)
        let examples = index.examples.map { found in
            let (first, repeated) = (found.first, found.repeated)
            return Finding.Example(
                place: Place(row: repeated.row, line: repeated.line, column: column, byteOffset: repeated.byteOffset),
                value: Self.visible(text.parts(of: found.key)),
                first: Place(row: first.row, line: first.line, column: column, byteOffset: first.byteOffset))
        }
        for found in index.examples {
            log.addRemark("row \(found.repeated.row) repeats row \(found.first.row), line \(found.first.line)", to: group)
        }
        log.note(collected: index.repeatedRowCount, first: examples, in: group)
    }

    private func note(_ similar: [SimilarKey], _ columns: [Int], part: Int, log: inout FindingLog) {
        guard !similar.isEmpty else { return }
        let column = columns[0] + 1
        let group = log.group(.similarKeys, column: column, part: part, severity: nil, predicts: nil)
        let text = KeyText(isComposite: columns.count > 1, longByteCount: .max)
        for found in similar.prefix(layout.samples) {
            let parts = (text.parts(of: found.key), text.parts(of: found.first.key))
            let differences = zip(columns, zip(parts.0, parts.1)).compactMap { index, pair in
                let (value, first) = (String(decoding: pair.0.bytes, as: UTF8.self), String(decoding: pair.1.bytes, as: UTF8.self))
                return Lookalike.difference(of: value, from: first).map { difference in
                    (columns.count == 1 ? "" : "in \"\(layout.reference(index + 1).name.shown)\" ") + difference.words
                }
            }
            let words = differences.joined(separator: " and ")
            log.addRemark("line \(found.place.line) looks like line \(found.first.place.line), but \(words)", to: group)
        }
        let examples = similar.prefix(layout.samples).map { found in
            let (first, own) = (found.first.place, found.place)
            return Finding.Example(
                place: Place(row: own.row, line: own.line, column: column, byteOffset: own.byteOffset),
                value: Self.visible(text.parts(of: found.key)),
                first: Place(row: first.row, line: first.line, column: column, byteOffset: first.byteOffset))
        }
        log.note(collected: similar.count, first: examples, in: group)
    }

    /// The parts of a key, joined.
    private static func visible(_ parts: [KeyText.Part]) -> VisibleText {
        let text = Array(parts.map(\.bytes).joined(separator: " | ".utf8))
        let missing = parts.reduce(0) { $0 + $1.byteCount - $1.bytes.count }
        return VisibleText(utf8: text.span, totalByteCount: text.span.count + missing)
    }
}

extension KeyCheck.KeyBox {
    /// The keys that look like earlier ones. The counts of the index are complete then.
    fileprivate func finish(_ hash: KeyHash) throws(Descriptor.Failure) -> [SimilarKey] {
        let wanted = Set(unusual.entries.map(\.usual)).map { key in
            KeyIndex.WantedKey(key: key, hash: hash(key.span))
        }
        return SimilarKey.all(unusual.entries, usual: try index.finish(wanted))
    }

    /// Adds the keys of the next batch.
    ///
    /// - Parameters:
    ///   - column: The first column of the key, by its index in the row.
    ///   - told: which rows `tell` is called for.
    ///   - tell: Called with the index of a row, and whether it repeats a key in memory.
    fileprivate func add(
        _ keys: BatchKeys.RowKeys, _ text: KeyText, column: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement,
        _ told: Told, tell: (_ row: Int, _ isRepeated: Bool) -> Void
    ) throws(Descriptor.Failure) {
        // One access to the index for all keys.
        try index.add(keys, column: column, batch, judgement, told, tell: tell) { unusual.add($0, text, at: $1) }
    }

    /// Which rows a check wants to know.
    fileprivate struct Told {
        /// Those that repeat a key in memory.
        var repeated: Bool
        /// All others that have a key.
        var new: Bool
    }
}

extension KeyIndex {
    fileprivate mutating func add(
        _ keys: BatchKeys.RowKeys, column: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, _ told: KeyCheck.KeyBox.Told,
        tell: (_ row: Int, _ isRepeated: Bool) -> Void, unusual: (Span<UInt8>, _ place: () -> KeyPlace) -> Void
    ) throws(Descriptor.Failure) {
        var failure: Descriptor.Failure?
        let rows = judgement.rows
        let rowsAreLines = judgement.keys.rowsAreLines
        let entries = keys.entries
        var lines = LineCursor()
        var unusualEntries = keys.unusualEntries.makeIterator()
        var nextUnusual = unusualEntries.next().map(Int.init) ?? -1
        func place(_ row: Int) -> KeyPlace {
            let first = batch.fields(ofRow: row).lowerBound
            return KeyPlace(
                row: rows.number(of: row),
                line: rowsAreLines ? batch.firstLine + row : lines.line(of: batch.range(ofField: first).lowerBound, in: batch),
                byteOffset: batch.streamOffset(ofPosition: batch.range(ofField: first + column).lowerBound))
        }
        // Whether the key before is in memory and was met twice.
        var wasRepeated = false
        for number in entries.indices where failure == nil {
            if isLarge {
                prepare(
                    slot: number + 16 < entries.count ? entries[number + 16].hash : nil,
                    entry: number + 8 < entries.count ? entries[number + 8].hash : nil)
            }
            let row = Int(entries[number].row)
            if wasRepeated, entries[number].repeatsLast, addAgain() {
                if told.repeated { tell(row, true) }
                continue
            }
            let bytes = keys.key(of: entries[number], in: batch)
            wasRepeated = addRepeated(bytes, hash: entries[number].hash) { place(row) }
            var isRepeated = wasRepeated
            if !wasRepeated {
                do throws(Descriptor.Failure) {
                    isRepeated = try add(bytes, hash: entries[number].hash, at: place(row))
                } catch {
                    failure = error
                }
            }
            if isRepeated ? told.repeated : told.new { tell(row, isRepeated) }
            if number == nextUnusual {
                unusual(bytes) { place(row) }
                nextUnusual = unusualEntries.next().map(Int.init) ?? -1
            }
        }
        if let failure { throw failure }
    }
}

extension KeyCheck {
    func code(_ coder: inout StateCoder) {
        var count = state.indexes.count
        coder(&count)
        if count != state.indexes.count { coder.fail() }
        for box in state.indexes {
            box.index.code(&coder)
            coder(&box.unusual)
        }
        if var keeps = state.ownRepeatedRows?.isKept {
            coder(&keeps)
            state.ownRepeatedRows?.isKept = keeps
        }
    }

    /// Writes what ``code(_:)`` leaves out: the keys.
    func store(_ take: (_ block: [UInt8]) -> Void) {
        for box in state.indexes where state.failure == nil {
            do throws(Descriptor.Failure) {
                try box.index.store(take)
            } catch {
                state.failure = error
            }
        }
        guard state.ownRepeatedRows != nil, state.failure == nil else { return }
        do throws(Descriptor.Failure) {
            let rows = try state.reader()
            while let block = rows.nextBlock(), !block.isEmpty { take(block) }
            if let failure = rows.failure { throw failure }
            take([])
        } catch {
            state.failure = error
        }
    }

    /// Sets where the keys of a range that was read are. They are added when it is merged with an earlier one, or by ``readStored()``.
    func setStored(_ keys: any StoredBlocks) { state.stored = keys }

    /// Adds the keys of a range that nothing comes before.
    func readStored() {
        guard let stored = state.stored else { return }
        state.stored = nil
        for number in state.indexes.indices where state.failure == nil {
            do throws(Descriptor.Failure) {
                var repeated: [KeyPlace]?
                try add(stored, to: number, at: Joint(rows: 0, lines: 0), repeated: &repeated)
            } catch {
                state.failure = error
            }
        }
        guard state.ownRepeatedRows != nil, state.failure == nil else { return }
        do throws(Descriptor.Failure) {
            var none: [KeyPlace] = []
            if try state.ownRepeatedRows?.merge(stored, at: Joint(rows: 0, lines: 0), &none) == false { state.isDamaged = true }
        } catch {
            state.failure = error
        }
    }

    /// Whether keys that were stored could not be read back.
    var isDamaged: Bool { state.isDamaged }
}
