import ByteSpans

// Where the anomalies of a batch are kept
// =======================================
//
// A file may have nothing but anomalies, one in every two bytes. So those of the content are bits at their positions, a quarter of a byte for each
// byte, and what else there is to know of them is found when it is asked for:
//
//     bytes            a " b , " c " d , e CR f , …
//     oddQuotes        . 1 . . . . . 1 . . .  . .     stray quotes, and the first byte of text after a closing quote
//     oddCarriages     . . . . . . . . . . 1  . .     CRs outside quotes that no LF follows
//
// A quote that is taken back swallowed a line end, and has numbers that cannot be found again: it is an entry in `takenBack`, by position.
//
// When a row is longer than its chunk its bytes may be thinned, and positions are lost. The anomalies of the part that was read are then kept
// as they are, in `carried`; the fields beyond the limits share one of each kind.

/// An anomaly of a batch, and where the rest of it is known.
package struct AnomalyMark {
    package let kind: Anomaly.Kind
    /// Index of the field in the batch.
    package let field: Int
    /// See ``Anomaly/count``.
    package fileprivate(set) var count: Int
    /// Of the byte that shows it; -1 where that byte may be gone.
    package let position: Int
    /// Index in ``RowBatch/carried`` or ``RowBatch/takenBack``, or -1.
    fileprivate let index: Int
}

extension RowBatch {
    /// An opening quote that swallowed line ends, or would have.
    struct TakenBackQuote {
        let position: UInt32
        let lineEndCount: Int
        /// See ``Anomaly/wholeLine``; counted from the first line of the batch; -1 for `nil`.
        let wholeLine: Int32
        let isRunaway: Bool
    }

    /// Whether there is an anomaly. Complexity: constant.
    package var hasAnomalies: Bool { hasOddBits || !takenBack.isEmpty || !carried.isEmpty }

    /// The anomalies of the rows, by field. The batch must be indexed.
    public var anomalies: [Anomaly] {
        var found: [Anomaly] = []
        var row = 0
        var known = (position: -1, count: 0)
        forEachAnomaly { mark in
            while row + 1 < rowCount, fields(ofRow: row).upperBound <= mark.field { row += 1 }
            let limit = rowCount == 0 ? limits.fields : fields(ofRow: row).lowerBound + keptFieldCount(ofRow: row)
            Self.add(anomaly(of: mark, known: &known), to: &found, limit: limit)
        }
        return found
    }

    /// Adds an anomaly of the last row. Beyond the fields that are kept there is one of each kind: the first, with the count of all.
    ///
    /// - Parameter limit: the first field of that row that is not kept.
    private static func add(_ anomaly: Anomaly, to anomalies: inout [Anomaly], limit: Int) {
        let beyond = anomaly.field < limit ? anomalies.endIndex : anomalies.partitionPoint { $0.field < limit }
        if let index = anomalies[beyond...].firstIndex(where: { $0.kind == anomaly.kind }) {
            anomalies[index].count += anomaly.count
        } else {
            anomalies.append(anomaly)
        }
    }

    /// Calls `body` with each anomaly, by field. The batch must have the positions of its field ends. Complexity: linear in the words of the
    /// bitmaps, the fields and the anomalies.
    package func forEachAnomaly(_ body: (AnomalyMark) -> Void) {
        forEachAnomaly(carriedFrom: 0, body)
    }

    /// - Parameter first: the first of ``carried`` that is wanted.
    private func forEachAnomaly(carriedFrom first: Int, _ body: (AnomalyMark) -> Void) {
        guard hasAnomalies else { return }
        // The bare CRs of a field are one anomaly. It comes after the others of its field.
        var carriages: AnomalyMark?
        for index in first..<carried.count {
            let anomaly = carried[index]
            let mark = AnomalyMark(kind: anomaly.kind, field: anomaly.field, count: anomaly.count, position: -1, index: index)
            if anomaly.kind == .loneCarriageReturn, anomaly.field == carriedFieldCount, carriages == nil {
                carriages = mark
            } else {
                body(mark)
            }
        }
        var field = carriedFieldCount
        var nextTakenBack = 0
        func moveField(to position: Int) {
            while field < endCount, end(ofField: field) < position { field &+= 1 }
            if let mark = carriages, mark.field < field {
                body(mark)
                carriages = nil
            }
        }
        func passTakenBack(before position: Int) {
            while nextTakenBack < takenBack.count, Int(takenBack[nextTakenBack].position) < position {
                moveField(to: Int(takenBack[nextTakenBack].position))
                body(takenBackQuote(nextTakenBack, field: field))
                nextTakenBack += 1
            }
        }
        for word in 0..<(hasOddBits ? byteCount / 64 + 1 : 0) {
            // Both have the words up to the last of the content.
            let (quotes, returns) = unsafe (oddQuotes[unchecked: word], oddCarriages[unchecked: word])
            var bits = quotes | returns
            while bits != 0 {
                let bit = bits & (0 &- bits)
                let position = word &* 64 &+ bits.trailingZeroBitCount
                bits ^= bit
                passTakenBack(before: position)
                moveField(to: position)
                if quotes & bit != 0 { body(oddQuote(at: position, field: field)) }
                guard returns & bit != 0 else { continue }
                if carriages == nil {
                    carriages = AnomalyMark(kind: .loneCarriageReturn, field: field, count: 1, position: position, index: -1)
                } else {
                    carriages?.count &+= 1
                }
            }
        }
        passTakenBack(before: .max)
        if let carriages { body(carriages) }
    }

    /// The anomaly at a place of ``oddQuotes``.
    @inline(__always)
    func oddQuote(at position: Int, field: Int) -> AnomalyMark {
        let kind = self[position] == quote ? Anomaly.Kind.strayQuote : .textAfterClosingQuote
        return AnomalyMark(kind: kind, field: field, count: 1, position: position, index: -1)
    }

    /// - Parameter index: in ``takenBack``.
    @inline(__always)
    func takenBackQuote(_ index: Int, field: Int) -> AnomalyMark {
        let quote = takenBack[index]
        return AnomalyMark(
            kind: quote.isRunaway ? .runawayQuote : .unclosedQuote, field: field, count: quote.lineEndCount, position: Int(quote.position),
            index: index)
    }

    /// Adds the fields that have an anomaly, or one of quoting. Complexity: linear in the words of the bitmaps and the fields that are added.
    package func addFieldsWithAnomaly(besidesCarriageReturns: Bool = false, to fields: inout BitSet) {
        for index in 0..<carried.count where !besidesCarriageReturns || carried[index].kind != .loneCarriageReturn {
            fields.insert(carried[index].field)
        }
        if !takenBack.isEmpty { fields.formUnion(fieldsTakenBack) }
        guard hasOddBits else { return }
        var found = BitSet()
        var field = carriedFieldCount
        for word in 0...(byteCount / 64) {
            // All have the words up to the last of the content.
            let (ends, quotes, carriages) = unsafe (
                self.ends[unchecked: word], oddQuotes[unchecked: word], oddCarriages[unchecked: word]
            )
            var odd = besidesCarriageReturns ? quotes : quotes | carriages
            // By field that ends in the word or goes on after it: fewer than there are bytes before the last oddity.
            var fieldsOfWord: UInt64 = 0
            while odd != 0 {
                let upToBit = odd ^ (odd &- 1)
                // The field that ends at the bit or after it: an oddity may be at the last byte of a field, never at what ends it.
                let place = (ends & (upToBit >> 1)).nonzeroBitCount
                fieldsOfWord |= 1 &<< UInt64(truncatingIfNeeded: place)
                // The rest of the field has nothing to add.
                let next = ends & ~upToBit
                odd &= next == 0 ? 0 : ~(next ^ (next &- 1))
            }
            found.insert(bits: fieldsOfWord, from: field)
            field &+= ends.nonzeroBitCount
        }
        fields.formUnion(found)
    }

    /// The fields whose opening quote is unclosed or runaway, of the bytes that were read last.
    private var fieldsTakenBack: BitSet {
        var found = BitSet()
        var field = carriedFieldCount
        for quote in takenBack {
            while field < endCount, end(ofField: field) < Int(quote.position) { field &+= 1 }
            found.insert(field)
        }
        return found
    }

    /// Adds the fields whose opening quote is unclosed or runaway. Complexity: linear in the fields, where there is such a quote.
    package func addFieldsWithTakenBackQuote(to fields: inout BitSet) {
        for index in 0..<carried.count where [.unclosedQuote, .runawayQuote].contains(carried[index].kind) {
            fields.insert(carried[index].field)
        }
        if !takenBack.isEmpty { fields.formUnion(fieldsTakenBack) }
    }

    /// All that is known of an anomaly.
    ///
    /// - Parameter known: a position, and the line ends before it; moved to the anomaly. Complexity: linear in the distance.
    package func anomaly(of mark: AnomalyMark, known: inout (position: Int, count: Int)) -> Anomaly {
        if mark.position < 0 {
            var anomaly = carried[mark.index]
            anomaly.count = mark.count
            return anomaly
        }
        known = (mark.position, lineEnds(before: mark.position, near: known))
        return Anomaly(
            kind: mark.kind, byteOffset: streamOffset(ofPosition: mark.position), line: firstLine + known.count, field: mark.field,
            count: mark.count,
            wholeLine: wholeLine(of: mark))
    }

    /// The same. Complexity: linear in the bytes before it.
    package func anomaly(of mark: AnomalyMark) -> Anomaly {
        var known = (position: -1, count: 0)
        return anomaly(of: mark, known: &known)
    }

    /// See ``Anomaly/wholeLine``.
    package func wholeLine(of mark: AnomalyMark) -> Int? {
        if mark.index < 0 { return nil }
        if mark.position < 0 { return carried[mark.index].wholeLine }
        let line = takenBack[mark.index].wholeLine
        return line < 0 ? nil : firstLine + Int(line)
    }

    /// How many fields of a row, from its beginning, have anomalies of their own.
    private func keptFieldCount(ofRow row: Int) -> Int {
        row == 0 ? missing?.field ?? limits.fields : limits.fields
    }

    // MARK: Noting

    /// A stray quote, or text after a closing quote.
    @inline(__always)
    mutating func noteOddQuote(at position: Int) {
        if !hasOddBits { beginOddBits() }
        oddQuotes[position / 64] |= 1 << UInt64(position % 64)
    }

    /// A CR outside quotes that no LF follows.
    @inline(__always)
    mutating func noteOddCarriage(at position: Int) {
        if !hasOddBits { beginOddBits() }
        oddCarriages[position / 64] |= 1 << UInt64(position % 64)
    }

    /// An opening quote that is unclosed or runaway.
    mutating func noteTakenBack(_ kind: Anomaly.Kind, at position: Int, lineEndCount: Int, wholeLine: Int?) {
        takenBack.append(
            TakenBackQuote(
                position: UInt32(position), lineEndCount: lineEndCount, wholeLine: wholeLine.map { Int32($0 - firstLine) } ?? -1,
                isRunaway: kind == .runawayQuote))
    }

    @inline(never)
    private mutating func beginOddBits() {
        if oddQuotes.count < ends.count {
            oddQuotes = Block(repeating: 0, count: ends.count)
            oddCarriages = Block(repeating: 0, count: ends.count)
        }
        let wordCount = byteCount / 64 + 1
        oddQuotes.fill(0, count: wordCount)
        oddCarriages.fill(0, count: wordCount)
        hasOddBits = true
    }

    /// Lone CRs of the rows.
    var loneCarriageReturnCount: Int {
        var count = 0
        for index in 0..<carried.count where carried[index].kind == .loneCarriageReturn { count += carried[index].count }
        guard hasOddBits else { return count }
        for word in 0...(byteCount / 64) { count += oddCarriages[word].nonzeroBitCount }
        return count
    }

    /// From a position on there are no anomalies any more: that part is read again with the next chunk.
    mutating func dropAnomalies(from position: Int) {
        takenBack.removeLast(takenBack.count - takenBack.partitionPoint { $0.position < position })
        guard hasOddBits else { return }
        let word = position / 64
        let mask = (UInt64(1) << UInt64(position % 64)) &- 1
        oddQuotes[word] &= mask
        oddCarriages[word] &= mask
        for next in (word + 1)..<max(word + 1, oddQuotes.count) {
            oddQuotes[next] = 0
            oddCarriages[next] = 0
        }
        hasOddBits = (0...word).contains { oddQuotes[$0] | oddCarriages[$0] != 0 }
    }

    /// No row ended. What was noted of the open one is kept without its positions. Called when the positions of the fields are there.
    mutating func carryAnomalies() {
        if hasOddBits || !takenBack.isEmpty {
            let limit = keptFieldCount(ofRow: 0)
            // Those of fields that ended before this chunk stay as they are, or the row would be gone through again for each chunk.
            let steady = carried.firstIndex(atOrAfterField: min(carriedFieldCount, limit))
            var tail = CarriedAnomalies()
            var known = (position: -1, count: 0)
            forEachAnomaly(carriedFrom: steady) { tail.add(anomaly(of: $0, known: &known), limit: limit) }
            carried.replace(from: steady, with: tail)
            hasOddBits = false
            takenBack.removeAll(keepingCapacity: true)
        }
        carriedFieldCount = endCount
    }

    /// Fields were taken out of the open row.
    mutating func thinAnomalies() {
        let limit = keptFieldCount(ofRow: 0)
        let steady = carried.firstIndex(atOrAfterField: min(endCount, limit))
        var found = CarriedAnomalies()
        for index in steady..<carried.count {
            var anomaly = carried[index]
            anomaly.field = min(anomaly.field, endCount)
            found.add(anomaly, limit: limit)
        }
        carried.replace(from: steady, with: found)
        carriedFieldCount = endCount
    }
}
