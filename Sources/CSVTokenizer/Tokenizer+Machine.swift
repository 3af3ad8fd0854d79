import ByteSpans

// The scalar machine: the definition of the format.

extension Tokenizer {
    private enum Class {
        case text, delimiter, lineFeed, quote, carriageReturn
    }

    @inline(__always)
    private func byteClass(_ byte: UInt8) -> Class {
        if byte == dialect.delimiter { return .delimiter }
        if byte == dialect.quote { return .quote }
        if byte == .lineFeed { return .lineFeed }
        return byte == .carriageReturn ? .carriageReturn : .text
    }

    /// Reads on to the end of the field, or of what is to be read; with a kernel that has to be started too often, some fields more.
    ///
    /// - Returns: the position after the byte that ends the field; a position before `start` if a quote is taken back, to read on from there.
    mutating func readFields(_ batch: inout RowBatch, from start: Int, upTo end: Int) -> Int {
        var position = start
        let enough = kernel == .scalar ? end : start + patience
        // The bytes before a field that a kernel left are ASCII; the kernel has seen everything before them.
        if kernel == .scalar ? start == 0 : !isInsideOddField { characters = CharacterScan(offset: 0) }
        reading: while position < end {
            switch state {
            case .fieldStart, .unquoted, .literal:
                let begin = position
                position = readText(&batch, from: position, upTo: end, enough: enough)
                guard position < end, state == .fieldStart else { break }
                if position > begin, position >= enough || firstRowWidth == nil { break reading }
                let isQuoted = batch[position] == dialect.quote
                state = isQuoted ? .quoted : .unquoted
                if isQuoted {
                    position &+= 1
                    continue
                }
            case .quoted:
                while position < end, batch[position] != dialect.quote { position &+= 1 }
            case .unquotedCarriage, .quoteInQuoted, .closedCarriage, .literalCarriage:
                break
            }
            guard position < end else { break }
            if state == .quoteInQuoted, byteClass(batch[position]) == .text, swallowsLineEnd(&batch, upTo: position - 1) {
                var before = characters
                if let back = takeBackAtText(&batch, at: position) {
                    // The fields before the quote are not read again.
                    if start < back { before.update(batch.bytes[start..<back]) }
                    batch.noteFaults(before)
                    batch.noteControls(start..<position)
                    return back
                }
            }
            if step(&batch, at: position) { position &+= 1 }
            // What a later quote means depends on the width of the first row.
            if state == .fieldStart, position >= enough || firstRowWidth == nil { break reading }
        }
        characters.update(batch.bytes[start..<position])
        batch.noteFaults(characters)
        batch.noteControls(start..<position)
        isInsideOddField = state != .fieldStart
        return position
    }

    /// Reads text, and the fields that end in it, up to a byte that ``step(_:at:)`` has to explain or a field after which enough was read. What it
    /// does is what `step` does, without a call for each byte.
    @inline(__always)
    private mutating func readText(_ batch: inout RowBatch, from start: Int, upTo end: Int, enough: Int) -> Int {
        let (delimiter, quote) = (dialect.delimiter, dialect.quote)
        var position = start
        var (isStart, isLiteral) = (state == .fieldStart, state == .literal)
        while position < end {
            let byte = batch[position]
            if byte == delimiter || byte == .lineFeed {
                batch.setEnd(at: position, endsRow: byte != delimiter)
                if byte != delimiter { countRowEnd(isCRLF: false) }
                (isStart, isLiteral) = (true, false)
                position &+= 1
                if position >= enough || firstRowWidth == nil { break }
            } else if byte == quote, !isStart, !isLiteral {
                noteOddQuote(at: position, in: &batch)
                isLiteral = true
                position &+= 1
            } else if byte == .carriageReturn || (byte == quote && !isLiteral) {
                break
            } else {
                isStart = false
                position &+= 1
            }
        }
        state = isStart ? .fieldStart : isLiteral ? .literal : .unquoted
        return position
    }

    /// One transition. Returns whether the byte was consumed; if not, it is looked at again in the new state.
    @inline(__always)
    private mutating func step(_ batch: inout RowBatch, at position: Int) -> Bool {
        let byteClass = byteClass(batch[position])
        switch state {
        case .fieldStart:
            state = byteClass == .quote ? .quoted : .unquoted
            return byteClass == .quote
        case .quoted:
            if byteClass == .quote { state = .quoteInQuoted }
        case .unquoted, .literal:
            stepInText(&batch, at: position, byteClass: byteClass)
        case .unquotedCarriage, .literalCarriage:
            guard byteClass == .lineFeed else {
                noteOddCarriage(at: position - 1, in: &batch)
                state = state == .literalCarriage ? .literal : .unquoted
                return false
            }
            endField(&batch, at: position, endsRow: true, isCRLF: true)
        case .closedCarriage:
            guard byteClass == .lineFeed else {
                noteTextAfterQuote(at: position - 1, in: &batch)
                return false
            }
            endField(&batch, at: position, endsRow: true, isCRLF: true)
        case .quoteInQuoted:
            return stepBehindQuote(&batch, at: position, byteClass: byteClass)
        }
        return true
    }

    @inline(__always)
    private mutating func stepInText(_ batch: inout RowBatch, at position: Int, byteClass: Class) {
        switch byteClass {
        case .text: break
        case .delimiter: endField(&batch, at: position, endsRow: false)
        case .lineFeed: endField(&batch, at: position, endsRow: true)
        case .quote:
            guard state == .unquoted else { return }
            noteOddQuote(at: position, in: &batch)
            state = .literal
        case .carriageReturn:
            state = state == .literal ? .literalCarriage : .unquotedCarriage
        }
    }

    private mutating func stepBehindQuote(_ batch: inout RowBatch, at position: Int, byteClass: Class) -> Bool {
        switch byteClass {
        case .quote: state = .quoted
        case .carriageReturn: state = .closedCarriage
        case .delimiter: endField(&batch, at: position, endsRow: false)
        case .lineFeed: endField(&batch, at: position, endsRow: true)
        case .text:
            noteOddQuote(at: position, in: &batch)
            state = .literal
            return false
        }
        return true
    }

    /// The stream ends after the content: the last field and its row end there.
    mutating func endStream(_ batch: inout RowBatch) {
        let end = batch.byteCount
        switch state {
        case .fieldStart, .unquoted, .literal, .quoteInQuoted: break
        case .unquotedCarriage, .literalCarriage: noteOddCarriage(at: end - 1, in: &batch)
        case .closedCarriage: noteTextAfterQuote(at: end - 1, in: &batch)
        case .quoted: noteUnclosedQuote(in: &batch)
        }
        if kernel == .scalar || isInsideOddField {
            characters.finish()
            batch.noteFaults(characters)
        }
        endField(&batch, at: end, endsRow: true, isEndOfStream: true)
    }

    // MARK: What is noted

    @inline(__always)
    private mutating func endField(
        _ batch: inout RowBatch, at position: Int, endsRow: Bool, isCRLF: Bool = false, isEndOfStream: Bool = false
    ) {
        batch.setEnd(at: position, endsRow: endsRow)
        if endsRow, !isEndOfStream { countRowEnd(isCRLF: isCRLF) }
        state = .fieldStart
    }

    /// The field of a position, the first of its row, and the line ends before it.
    mutating func locate(_ position: Int, in batch: inout RowBatch) -> (field: Int, firstFieldOfRow: Int, newlineCount: Int) {
        batch.clearEnds(upTo: position)
        return place.move(to: position, in: &batch)
    }

    @inline(__always)
    private mutating func noteOddQuote(at position: Int, in batch: inout RowBatch) {
        batch.noteOddQuote(at: position)
        oddCount &+= 1
    }

    @inline(__always)
    private mutating func noteOddCarriage(at position: Int, in batch: inout RowBatch) {
        batch.noteOddCarriage(at: position)
        oddCount &+= 1
    }

    /// The CR at `position` is after a closing quote and not before an LF: misplaced text, and a lone CR.
    private mutating func noteTextAfterQuote(at position: Int, in batch: inout RowBatch) {
        noteOddQuote(at: position, in: &batch)
        noteOddCarriage(at: position, in: &batch)
        state = .literal
    }

    /// Notes the opening quote, and how many line ends its field swallowed.
    private mutating func noteUnclosedQuote(in batch: inout RowBatch) {
        let start = batch.startOfOpenField
        let swallowed = batch.newlines(before: batch.byteCount) - batch.newlines(before: start)
        batch.noteTakenBack(.unclosedQuote, at: start, lineEndCount: swallowed, wholeLine: nil)
    }
}
