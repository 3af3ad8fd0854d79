import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

extension RowJudge {
    /// Reads the keys of the whole rows.
    ///
    /// Keys are compared byte by byte; whether the import ignores case and spaces is not public. A key is blank if all of its columns
    /// are empty or have a word for no value: one empty part of several may be meant. Rows with another number of fields are left out, an error
    /// of their own, and so are those in which a column of the key is out of reach, see ``BatchRows/cut``.
    func readKeys(_ batch: borrowing RowBatch, _ rows: BatchRows, into keys: inout BatchKeys) {
        guard !plan.keys.keys.isEmpty else { return }
        keys.begin(keyCount: plan.keys.keys.count, rowsAreLines: batch.rowsAreLines)
        for (number, columns) in plan.keys.keys.enumerated() {
            let text = KeyText(isComposite: columns.count > 1, longByteCount: batch.limits.fieldBytes / 2)
            let last = columns.map(\.index).max() ?? 0
            var plain = columns.count == 1 ? PlainKeys(nullWords: columns[0].nullWords) : nil
            let width = batch.uniformWidth
            let hasEmpty = !rows.empty.isEmpty
            keys.fill(number) { rowKeys in
                rows.forEachWhole { row in
                    if !rows.cut.isEmpty, last >= batch.steadyFieldCount(ofRow: row) { return }
                    if hasEmpty, rows.empty.contains(row) { return rowKeys.addBlank(row: row) }
                    let first = width > 0 ? row &* width : batch.fields(ofRow: row).lowerBound
                    if plain != nil, addPlain(&plain!, row: row, field: first + last, of: batch, text, to: &rowKeys) { return }
                    plain?.forget()
                    rowKeys.add(row: row, hash: plan.keys.hash) { bytes in
                        var look = BatchKeys.KeyLook()
                        for column in columns { read(column, field: first + column.index, of: batch, text, &bytes, &look) }
                        return look
                    }
                }
            }
        }
    }

    /// What is known while the keys of one column are read.
    private struct PlainKeys {
        // Held here: where they are asked for, references would be counted for each row.
        let nullWords: WordSet
        /// Where the key is that was added last, if the next one may repeat it: files are often sorted by their keys.
        private var last: Range<Int>?
        /// The same key if it is short, and another one before it, each with its hash: two values may come in turns.
        private var (lastText, earlierText) = (RepeatedText(), RepeatedText())
        private var (lastHash, earlierHash): (UInt64, UInt64) = (0, 0)

        init(nullWords: WordSet) { self.nullWords = nullWords }

        mutating func forget() { (last, lastText, earlierText) = (nil, RepeatedText(), RepeatedText()) }

        @inline(__always)
        mutating func keep(_ value: Span<UInt8>, at position: Int, hash: UInt64) {
            last = position..<(position &+ value.count)
            (earlierText, earlierHash) = (lastText, lastHash)
            (lastText, lastHash) = (.ofShort(value), hash)
        }

        /// The hash of the key if it is the one before the last, which is the last one now.
        @inline(__always)
        mutating func recall(_ value: Span<UInt8>, at position: Int) -> UInt64? {
            guard earlierText.isText(value) else { return nil }
            last = position..<(position &+ value.count)
            (lastText, earlierText) = (earlierText, lastText)
            (lastHash, earlierHash) = (earlierHash, lastHash)
            return lastHash
        }

        /// - Parameter value: 16 bytes are readable at its beginning, whatever its length.
        @inline(__always)
        func isAgain(_ value: Span<UInt8>, of batch: borrowing RowBatch) -> Bool {
            if value.count <= 16 { return lastText.isText(value) }
            return last.map { batch.bytes[$0].hasSameBytes(as: value) } ?? false
        }
    }

    /// Adds the key of a row that is a short value without quotes: it is compared where it is in the batch.
    ///
    /// - Returns: `false` for any other.
    @inline(__always)
    private func addPlain(
        _ plain: inout PlainKeys, row: Int, field: Int, of batch: borrowing RowBatch, _ text: KeyText, to keys: inout BatchKeys.RowKeys
    ) -> Bool {
        // Of the first row bytes may have been taken out.
        guard row > 0, let value = plainText(ofField: field, in: batch), text.isBare(value) else { return false }
        let position = batch.start(ofField: field)
        if plain.isAgain(value, of: batch) {
            keys.addAgain(row: row, at: position)
        } else if let hash = plain.recall(value, at: position) {
            keys.add(row: row, value, at: position, hash: hash)
        } else if value.count == 0 || plain.nullWords.contains(value) {
            keys.addBlank(row: row)
        } else {
            let isUnusual = Self.mayBeUnusual(value, text)
            if isUnusual { keys.noteUnusual() }
            let hash = plan.keys.hash(padded: value)
            keys.add(row: row, value, at: position, hash: hash)
            if isUnusual { plain.forget() } else { plain.keep(value, at: position, hash: hash) }
        }
        return true
    }

    /// The bytes of a field that does not begin with a quote.
    @inline(__always)
    @_lifetime(borrow batch)
    private func plainText(ofField field: Int, in batch: borrowing RowBatch) -> Span<UInt8>? {
        let range = batch.range(ofField: field)
        guard range.upperBound < batch.bytes.count, batch.bytes[range.lowerBound] != layout.quote else { return nil }
        return batch.bytes[range]
    }

    /// Appends a value of a key.
    @inline(__always)
    private func read(
        _ column: KeyPlan.Column, field: Int, of batch: borrowing RowBatch, _ text: KeyText, _ bytes: inout [UInt8],
        _ look: inout BatchKeys.KeyLook
    ) {
        if batch.byteCount(ofField: field) > batch.limits.fieldBytes {
            look.isBlank = false
            appendLong(field, of: batch, text, &bytes)
            return
        }
        decoder.withText(of: field, in: batch) { value in
            look.isBlank = look.isBlank && (value.isEmpty || column.nullWords.contains(value))
            look.isUnusual = look.isUnusual || Self.mayBeUnusual(value, text)
            text.append(value, to: &bytes)
        }
    }

    /// Whether the spelling of a value may not be the usual one: eight bytes at a time for what has neither spaces nor anything beyond ASCII.
    @inline(__always)
    private static func mayBeUnusual(_ value: Span<UInt8>, _ text: KeyText) -> Bool {
        // The two sums only lead to a closer look, also where one byte borrows from the next: below 21 is a space or a control character, 7F is one.
        var marks: UInt64 = 0
        var (place, left) = (0, value.count)
        while left > 0 {
            // The decoder has more bytes after each value; they count as "A".
            var word = unsafe value.paddedWord(at: place)
            if left < 8 {
                let others = UInt64.max << UInt64(truncatingIfNeeded: 8 &* left)
                word = word & ~others | 0x4141_4141_4141_4141 & others
            }
            marks |= word | (word &- 0x2121_2121_2121_2121) | (word &+ 0x0101_0101_0101_0101)
            place += 8
            left &-= 8
        }
        return marks & 0x8080_8080_8080_8080 != 0 && isUnusual(value, text)
    }

    @inline(never)
    private static func isUnusual(_ value: Span<UInt8>, _ text: KeyText) -> Bool {
        UnusualKeys.admits(value, text) && !Lookalike.isUsual(value)
    }

    /// Appends a value that may lack bytes.
    @inline(never)
    private func appendLong(_ field: Int, of batch: borrowing RowBatch, _ text: KeyText, _ bytes: inout [UInt8]) {
        let digest = batch.digest(ofField: field, quote: layout.quote)
        let kept = batch.bytes[batch.range(ofField: field).prefix(batch.limits.fieldBytes)]
        decoder.withBeginning(of: kept, isQuoted: digest.isQuoted) { text.append(digest, beginning: $0, to: &bytes) }
    }
}
