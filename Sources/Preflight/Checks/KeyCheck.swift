import CSVScan

/// Rows whose key is blank, or was there before: the columns that the profile lists under `keys`.
///
/// Keys are compared byte by byte; how far the import is lenient about case and blanks is not public. A key is blank if all of its columns are
/// empty or have a word for no value: one empty part of several may be meant. Rows with another number of fields are left out, an error of
/// their own. Of a very long value what is at hand is compared, and its length.
struct KeyCheck: Check {
    private let layout: FileLayout
    private let decoder: FieldDecoder
    private let hash = KeyHash()
    private let state: State
    /// By key, by column: words that are loaded as blank.
    private let nullWords: [[NullWords]]

    /// What changes, in one place: an index cannot be copied.
    private final class State {
        var indexes: [KeyBox] = []
        var key: [UInt8] = []
        var failure: Descriptor.Failure?
    }

    private final class KeyBox {
        var index: KeyIndex
        init(_ index: consuming KeyIndex) { self.index = index }
    }

    init(layout: FileLayout) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
        state = State()
        nullWords = layout.keys.map { columns in
            columns.map { column in layout.rules?[column]?.settings.rule.pointee.nullWords ?? .empty }
        }
        // One limit for all.
        let limit = layout.keyMemory / max(1, layout.keys.count)
        for _ in layout.keys { state.indexes.append(KeyBox(KeyIndex(memoryLimit: limit, samples: layout.samples))) }
    }

    func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard state.failure == nil else { return }
        for (number, columns) in layout.keys.enumerated() {
            var lines = LineCursor()
            var rows = judgement.rows.wholeRows
            while let row = rows.next() { add(row.index, row.number, columns, number: number, batch, lines: &lines, log: &log) }
        }
    }

    private func add(
        _ row: Int, _ record: Int, _ columns: [Int], number: Int, _ batch: borrowing RowBatch, lines: inout LineCursor,
        log: inout FindingLog
    ) {
        let first = batch.fields(ofRow: row).lowerBound
        guard columns.allSatisfy({ $0 < batch.steadyFieldCount(ofRow: row) }) else { return }
        state.key.removeAll(keepingCapacity: true)
        var isBlank = true
        for (place, column) in columns.enumerated() {
            let length = batch.byteCount(ofField: first + column)
            let isLong = length > batch.limits.fieldBytes
            decoder.withText(of: first + column, in: batch) { text in
                // Behind its length, so that what belongs to one column cannot pass for that of the next.
                if columns.count > 1 || isLong { withUnsafeBytes(of: isLong ? length : text.count) { state.key.append(contentsOf: $0) } }
                state.key.append(contentsOf: text)
                isBlank = isBlank && (text.isEmpty || nullWords[number][place].contains(text))
            }
        }
        if isBlank {
            log.note(.blankKey, column: columns[0] + 1, row: record) {
                Finding.Example(
                    field: first + columns[0], ofRow: row, number: record, in: batch, column: columns[0] + 1, lines: &$0,
                    quote: layout.quote)
            }
            return
        }
        let position = batch.range(ofField: first).lowerBound
        let place = KeyPlace(
            row: record, line: lines.line(of: position, in: batch),
            byteOffset: batch.streamOffset(ofPosition: batch.range(ofField: first + columns[0]).lowerBound))
        state.key.withUnsafeBytes { key in
            do throws(Descriptor.Failure) {
                try state.indexes[number].index.add(key, hash: hash(key), at: place)
            } catch {
                state.failure = error
            }
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for (number, columns) in layout.keys.enumerated() where state.failure == nil {
            do throws(Descriptor.Failure) {
                try state.indexes[number].index.finish()
                note(state.indexes[number].index, columns, log: &log)
            } catch {
                state.failure = error
            }
        }
    }

    /// Why the keys could not be compared: the report then does not tell of all.
    var failure: Descriptor.Failure? { state.failure }

    private func note(_ index: borrowing KeyIndex, _ columns: [Int], log: inout FindingLog) {
        guard index.repeatedRowCount > 0 else { return }
        let column = columns[0] + 1
        log.note(.duplicateKey, column: column, row: nil, count: index.repeatedRowCount) { _ in nil }
        let group = log.group(.duplicateKey, column: column, severity: nil, predicts: nil)
        if columns.count > 1 {
            log.addRemark("key " + columns.map { "\"\(layout.reference($0 + 1).name.shown)\"" }.joined(separator: ", "), to: group)
        }
        log.addRemark(index.repeatedKeyCount.counted("key") + " more than once", to: group)
        if let change = layout.keyNotationChange { log.setHelp("\(FindingCode.duplicateKey.entry.help) Note: \(change).", of: group) }
        var examples: [Finding.Example] = []
        for found in index.examples {
            examples.append(
                Finding.Example(
                    place: Place(
                        row: found.repeated.row, line: found.repeated.line, column: column, byteOffset: found.repeated.byteOffset),
                    value: text(of: found.key, columnCount: columns.count),
                    first: Place(
                        row: found.first.row, line: found.first.line, column: column, byteOffset: found.first.byteOffset)))
            let again = "row \(found.repeated.row) has that of row \(found.first.row), line \(found.first.line)"
            log.addRemark(again, to: group)
        }
        log.setExamples(examples, rows: index.repeatedRowCount, of: .duplicateKey, column: column)
    }

    /// The parts of a key, side by side.
    private func text(of key: [UInt8], columnCount: Int) -> VisibleText {
        guard columnCount > 1 else { return VisibleText(key) }
        var parts: [UInt8] = []
        var rest = key[...]
        let head = MemoryLayout<Int>.size
        while rest.count >= head {
            let count = rest.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
            let text = rest.dropFirst(head).prefix(count)
            parts += (parts.isEmpty ? "" : " | ").utf8 + text
            rest = rest.dropFirst(head + text.count)
        }
        return VisibleText(parts)
    }
}
