import ByteSpans

extension RowBatch {
    /// Rewrites the open row so that each field keeps at most ``Limits/fieldBytes`` and at most ``Limits/fields`` finished fields stay,
    /// and no more of them than ``Limits/headBytes`` hold.
    ///
    /// Called when the batch has no complete row, and positions for all that ended. Complexity: the length of what was not thinned
    /// before, a pass over the long fields that are kept, and a logarithm for each new one.
    ///
    /// - Parameter quote: for digests of the values of long fields; `nil` if they are not needed.
    mutating func thin(quote: UInt8?) {
        // What was thinned before stays where it is.
        let first = min(thinnedFieldCount, missing?.field ?? endCount)
        var field = first
        var start = first == 0 ? 0 : start(ofField: first)
        var kept = start
        var thinned = elisions
        thinned.removeSubrange(elisions.partitionPoint { $0.field < first }...)
        var dropped = missing
        let lastThinned = elisions.isEmpty ? -1 : elisions[elisions.count - 1].field
        while field <= endCount {
            let isOpen = field == endCount
            let end = isOpen ? byteCount : end(ofField: field)
            if !isOpen, dropped.map({ field >= $0.field }) ?? (field >= limits.fields || kept >= limits.headBytes) {
                var next = dropped ?? MissingFields(field: field, position: 0, characters: CharacterScan(offset: 0, unit: unit))
                addField(field, range: start..<end, to: &next)
                // All further finished fields are dropped with it. None of them is cut, if the last one that is lies before.
                if field + 1 < endCount, elisions.last?.field ?? -1 <= field {
                    let last = self.end(ofField: endCount - 1)
                    addFields(endCount - field - 1, range: (end + 1)..<last, to: &next)
                    field = endCount - 1
                    start = last + 1
                } else {
                    start = end + 1
                }
                dropped = next
            } else {
                if isOpen { dropped?.position = kept }
                // An elision is large, and nearly all fields are short.
                let mayBeThinned = end - start > limits.fieldBytes || field <= lastThinned
                if mayBeThinned, var elision = elision(of: field, range: start..<end, isOpen: isOpen, newStart: kept, quote: quote) {
                    // The open field moves up to follow the last kept one.
                    elision.field = min(field, dropped?.field ?? field)
                    thinned.append(elision)
                }
                // Bytes only move down, to where nothing is read any more.
                let cut = min(end, start + limits.fieldBytes)
                let last = isOpen && end > cut ? self[end - 1] : isOpen ? nil : self[end]
                if kept < start { block.move((front + start)..<(front + cut), to: front + kept) }
                kept += cut - start
                if !isOpen { endStorage[field + 1] = UInt32(kept) }
                if let last {
                    block[front + kept] = last
                    kept += 1
                }
                start = end + 1
            }
            field += 1
        }
        byteCount = kept
        elisions = thinned
        missing = dropped
        gaps = makeGaps()
        measureContent()
        endCount = min(endCount, missing?.field ?? endCount)
        thinnedFieldCount = endCount
        thinAnomalies()
    }

    private func makeGaps() -> [Gap] {
        var gaps = elisions.map { Gap(position: $0.position, length: $0.length, newlineCount: $0.newlineCount) }
        if let missing {
            let index = gaps.partitionPoint { $0.position <= missing.position }
            gaps.insert(Gap(position: missing.position, length: missing.length, newlineCount: missing.newlineCount), at: index)
        }
        for index in gaps.indices.dropFirst() {
            gaps[index].length += gaps[index - 1].length
            gaps[index].newlineCount += gaps[index - 1].newlineCount
        }
        return gaps
    }

    /// What is taken out of one field now and was taken out before; `nil` when it is short.
    ///
    /// The last byte of the open field stays: if it is a CR, an LF may follow, and then it is not part of the field; if it is not, the
    /// LF must not meet a CR that ends the beginning.
    private func elision(of field: Int, range: Range<Int>, isOpen: Bool, newStart: Int, quote: UInt8?) -> Elision? {
        let old = self.elision(ofField: field)
        let end = isOpen && !range.isEmpty ? range.upperBound - 1 : range.upperBound
        let cut = min(range.lowerBound + limits.fieldBytes, end)
        guard old != nil || cut < end else { return nil }
        var elision = old ?? newElision(field, kept: range.lowerBound..<cut, quote: quote)
        let before = elision.characters
        if cut < end {
            elision.lastByte = self[end - 1]
            elision.digest?.update(bytes[cut..<end])
        }
        elision.characters.update(bytes[cut..<end])
        // Offsets and counts are taken while `elisions` still describes the old positions.
        let newlines = elision.newlineCount + Self.newlines(in: bytes[range.lowerBound..<cut])
        if before.invalidCount == 0, elision.characters.invalidCount > 0 {
            elision.newlinesBeforeInvalid = newlines + self.newlines(from: cut, toStreamOffset: elision.characters.firstInvalidOffset)
        }
        if before.nulCount == 0, elision.characters.nulCount > 0 {
            elision.newlinesBeforeNul = newlines + self.newlines(from: cut, toStreamOffset: elision.characters.firstNulOffset)
        }
        elision.position = newStart + cut - range.lowerBound
        elision.byteCount += end - cut
        elision.length += unit.length(of: cut..<end, in: bytes)
        elision.newlineCount += Self.newlines(in: bytes[cut..<end])
        return elision
    }

    private func newElision(_ field: Int, kept: Range<Int>, quote: UInt8?) -> Elision {
        var elision = Elision(field: field, position: 0, characters: scan(kept))
        if let quote {
            elision.digest = ValueDigest(quote: quote)
            elision.digest?.update(bytes[kept])
        }
        return elision
    }

    /// LFs between a position and a stream offset; 0 if the offset is before the position.
    private func newlines(from start: Int, toStreamOffset offset: Int) -> Int {
        guard let end = position(ofStreamOffset: offset), end > start else { return 0 }
        return Self.newlines(in: bytes[start..<end])
    }

    private func addField(_ field: Int, range: Range<Int>, to missing: inout MissingFields) {
        missing.count += 1
        missing.length += unit.length(of: range.lowerBound..<(range.upperBound + 1), in: bytes)
        missing.newlineCount += Self.newlines(in: bytes[range])
        if let elision = elision(ofField: field) {
            missing.length += elision.length
            missing.newlineCount += elision.newlineCount
        }
        // The range is given, because the index already holds the new end of the field before it.
        missing.characters.add(characters(ofField: field, range: range))
    }

    /// The same for many fields that lack nothing.
    ///
    /// - Parameter range: from the beginning of the first to the delimiter after the last. A delimiter ends every sequence, so all are scanned at once.
    private func addFields(_ count: Int, range: Range<Int>, to missing: inout MissingFields) {
        missing.count += count
        missing.length += unit.length(of: range.lowerBound..<(range.upperBound + 1), in: bytes)
        missing.newlineCount += Self.newlines(in: bytes[range])
        var scan = scan(range)
        scan.finish()
        missing.characters.add(scan)
    }

    func scan(_ range: Range<Int>) -> CharacterScan {
        var scan = CharacterScan(offset: streamOffset(ofPosition: range.lowerBound), unit: unit)
        scan.update(bytes[range])
        return scan
    }
}
