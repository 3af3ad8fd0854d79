import ByteSpans

/// How many anomalies of each kind a batch has, and in how many rows: all that is asked of most, where a file has one in each field.
package struct AnomalyTally {
    /// Of one kind.
    package struct Count {
        package fileprivate(set) var count = 0
        /// Rows with one, and the index of the last of them.
        package fileprivate(set) var rowCount = 0
        package fileprivate(set) var lastRow = -1

        @inline(__always)
        fileprivate mutating func add(row: Int) {
            count &+= 1
            if row != lastRow { rowCount &+= 1 }
            lastRow = row
        }
    }

    fileprivate var strayQuotes = Count()
    fileprivate var textsAfterQuotes = Count()
    fileprivate var carriageReturns = Count()
    fileprivate var unclosedQuotes = Count()
    fileprivate var runawayQuotes = Count()
    /// Whether some lone CR, the only one of its field, is directly before a CRLF.
    package fileprivate(set) var hasCarriageReturnBeforeCRLF = false

    fileprivate init() {}

    package var counts: [(kind: Anomaly.Kind, count: Count)] {
        [
            (.strayQuote, strayQuotes), (.textAfterClosingQuote, textsAfterQuotes), (.loneCarriageReturn, carriageReturns),
            (.unclosedQuote, unclosedQuotes), (.runawayQuote, runawayQuotes),
        ]
    }
}

extension RowBatch {
    /// Counts the anomalies. Complexity: linear in the words of the bitmaps and the anomalies.
    ///
    /// - Parameters:
    ///   - rows: whose odd quotes are left out.
    ///   - apart: some of them, whose quotes that were taken back are left out, too.
    /// - Returns: `nil` where there is none, or a row was longer than its chunk or is longer than those of which all fields are in memory: such
    ///   anomalies are to be looked at one by one.
    package func tallyAnomalies(besidesQuotesOf rows: BitSet = BitSet(), and apart: BitSet = BitSet()) -> AnomalyTally? {
        guard hasOddBits || !takenBack.isEmpty, carried.isEmpty, !isThinned, isSteady else { return nil }
        var tally = AnomalyTally()
        tallyTakenBack(&tally, besides: apart)
        guard hasOddBits else { return tally }
        var rowsBefore = 0
        for word in 0...(byteCount / 64) {
            // All have the words up to the last of the content.
            let (quotes, carriages, rowEnds) = unsafe (
                oddQuotes[unchecked: word], oddCarriages[unchecked: word], self.rowEnds[unchecked: word]
            )
            var rest = quotes
            var row = rowsBefore
            // The row ends in front of the last bit that was looked at are counted.
            var ahead = rowEnds
            while rest != 0 {
                let bit = rest & (0 &- rest)
                rest ^= bit
                Self.count(&ahead, below: bit, &row)
                if !rows.isEmpty, rows.contains(row) { continue }
                if self[word &* 64 &+ bit.trailingZeroBitCount] == quote {
                    tally.strayQuotes.add(row: row)
                } else {
                    tally.textsAfterQuotes.add(row: row)
                }
            }
            rest = carriages
            (row, ahead) = (rowsBefore, rowEnds)
            while rest != 0 {
                let bit = rest & (0 &- rest)
                rest ^= bit
                Self.count(&ahead, below: bit, &row)
                tally.carriageReturns.add(row: row)
                let position = word &* 64 &+ bit.trailingZeroBitCount
                if position &+ 2 < byteCount, self[position &+ 1] == .carriageReturn, self[position &+ 2] == .lineFeed,
                    isFirstOddCarriage(at: position)
                {
                    tally.hasCarriageReturnBeforeCRLF = true
                }
            }
            rowsBefore &+= rowEnds.nonzeroBitCount
        }
        return tally
    }

    /// Calls `body` with the odd quotes that a byte before them may explain, by field: a space, a backslash, an equals sign or another quote. With
    /// all anomalies where that byte may be far away. Complexity: linear in the words of the bitmap and the odd quotes.
    package func forEachExplicableQuote(_ body: (AnomalyMark) -> Void) {
        if !carried.isEmpty || hasEscapedQuoteAtEnd { return forEachAnomaly(body) }
        guard hasOddBits else { return }
        var field = carriedFieldCount
        for word in 0...(byteCount / 64) {
            // Both have the words up to the last of the content.
            let (ends, quotes) = unsafe (self.ends[unchecked: word], oddQuotes[unchecked: word])
            var rest = quotes
            while rest != 0 {
                let bit = rest & (0 &- rest)
                rest ^= bit
                let position = word &* 64 &+ bit.trailingZeroBitCount
                if isExplicable(at: position) {
                    body(oddQuote(at: position, field: field &+ (ends & (bit &- 1)).nonzeroBitCount))
                }
            }
            field &+= ends.nonzeroBitCount
        }
    }

    @inline(__always)
    private func isExplicable(at position: Int) -> Bool {
        // The odd place after a closing quote is that of the text: a space, or what two quotes are before.
        let byte = self[position]
        if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { return true }
        if byte != quote, position > 1, self[position &- 2] == quote { return true }
        let before = byte == quote ? position &- 1 : position &- 2
        guard before >= 0 else { return false }
        switch self[before] {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\\"), UInt8(ascii: "="): return true
        default: return false
        }
    }

    /// Calls `body` with the anomalies of quotes in some rows, by field.
    ///
    /// - Precondition: the anomalies of the batch can be tallied.
    package func forEachQuoteAnomaly(ofRows rows: BitSet, _ body: (AnomalyMark) -> Void) {
        precondition(carried.isEmpty && !isThinned, "positions are known")
        var nextTakenBack = 0
        for row in rows {
            let fields = fields(ofRow: row)
            var field = fields.lowerBound
            var position = start(ofField: field)
            let end = end(ofField: fields.upperBound &- 1)
            while nextTakenBack < takenBack.count, Int(takenBack[nextTakenBack].position) < position { nextTakenBack &+= 1 }
            while position < end {
                let quote = nextOddQuote(from: position, before: end)
                if nextTakenBack < takenBack.count, case let place = Int(takenBack[nextTakenBack].position), place < min(quote + 1, end) {
                    while self.end(ofField: field) < place { field &+= 1 }
                    body(takenBackQuote(nextTakenBack, field: field))
                    nextTakenBack &+= 1
                    if place < quote { continue }
                }
                guard quote < end else { break }
                while self.end(ofField: field) < quote { field &+= 1 }
                body(oddQuote(at: quote, field: field))
                position = quote &+ 1
            }
        }
    }

    /// - Returns: the end where there is none.
    private func nextOddQuote(from start: Int, before end: Int) -> Int {
        guard hasOddBits else { return end }
        var word = start / 64
        var bits = oddQuotes[word] & (UInt64.max &<< UInt64(truncatingIfNeeded: start))
        while bits == 0, word < end / 64 {
            word &+= 1
            bits = oddQuotes[word]
        }
        return bits == 0 ? end : min(word &* 64 &+ bits.trailingZeroBitCount, end)
    }

    /// Whether a backslash is before two quotes: the second was meant to close a field, and what was noted is what follows from it.
    private var hasEscapedQuoteAtEnd: Bool {
        var position = 0
        while let found = bytes.nextIndex(of: UInt8(ascii: "\\"), from: position) {
            position = found + 1
            if position + 1 < byteCount, self[position] == quote, self[position + 1] == quote { return true }
        }
        return false
    }

    private func tallyTakenBack(_ tally: inout AnomalyTally, besides rows: BitSet) {
        var (word, rowsBefore) = (0, 0)
        for quote in takenBack {
            let position = Int(quote.position)
            while word < position / 64 {
                rowsBefore += rowEnds[word].nonzeroBitCount
                word += 1
            }
            let row = rowsBefore + (rowEnds[word] & ((1 << UInt64(position % 64)) - 1)).nonzeroBitCount
            if rows.contains(row) { continue }
            if quote.isRunaway { tally.runawayQuotes.add(row: row) } else { tally.unclosedQuotes.add(row: row) }
        }
    }

    /// Calls `body` with what each quote that was taken back swallowed: see ``Anomaly/count`` and ``Anomaly/wholeLine``.
    package func forEachTakenBack(_ body: (_ kind: Anomaly.Kind, _ lineEndCount: Int, _ wholeLine: Int?) -> Void) {
        for quote in takenBack {
            body(
                quote.isRunaway ? .runawayQuote : .unclosedQuote, quote.lineEndCount,
                quote.wholeLine < 0 ? nil : firstLine + Int(quote.wholeLine))
        }
    }

    /// Whether no lone CR of the same field is in front. Complexity: the bytes in between.
    private func isFirstOddCarriage(at position: Int) -> Bool {
        var place = position - 1
        while place >= 0, ends[place / 64] >> UInt64(place % 64) & 1 == 0 {
            if oddCarriages[place / 64] >> UInt64(place % 64) & 1 != 0 { return false }
            place -= 1
        }
        return true
    }

    /// Takes the row ends below a bit off those that are not counted yet.
    @inline(__always)
    private static func count(_ rowEnds: inout UInt64, below bit: UInt64, _ row: inout Int) {
        while rowEnds & (bit &- 1) != 0 {
            rowEnds &= rowEnds &- 1
            row &+= 1
        }
    }
}
