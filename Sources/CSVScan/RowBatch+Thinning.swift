extension RowBatch {
    /// Rewrites the tail so that each field keeps at most ``Limits/fieldBytes`` and at most ``Limits/fields`` finished fields stay.
    ///
    /// Called when no complete row is left: the tail begins at position 0 and with field 0. Complexity: the length of the tail.
    mutating func thinTail() {
        var kept: [UInt8] = []
        kept.reserveCapacity(byteCount)
        var thinned: [Elision] = []
        var dropped = missing
        var start = 0
        for field in 0...endCount {
            let isOpen = field == endCount
            let end = isOpen ? byteCount : Int(endStorage[field])
            if !isOpen, field >= limits.fields {
                var next = dropped ?? MissingFields(field: limits.fields, position: 0, characters: CharacterScan(offset: 0))
                addField(field, range: start..<end, to: &next)
                dropped = next
            } else {
                if isOpen { dropped?.position = kept.count }
                if let elision = elision(of: field, range: start..<end, isOpen: isOpen, newStart: kept.count) { thinned.append(elision) }
                kept.append(contentsOf: bytes[start..<min(end, start + limits.fieldBytes)])
                if end > start + limits.fieldBytes, isOpen, self[end - 1] == .carriageReturn { kept.append(.carriageReturn) }
                if !isOpen {
                    endStorage[field] = UInt32(kept.count)
                    kept.append(self[end])
                }
            }
            start = end + 1
        }
        storage.copyMemory(from: kept, byteCount: kept.count)
        byteCount = kept.count
        elisions = thinned
        missing = dropped
        endCount = min(endCount, limits.fields)
        for index in anomalies.indices { anomalies[index].field = min(anomalies[index].field, endCount) }
    }

    /// What is taken out of one field now and was taken out before; `nil` when it is short.
    ///
    /// A CR at the end of the open field stays: an LF may follow, and then it is no part of the field.
    private func elision(of field: Int, range: Range<Int>, isOpen: Bool, newStart: Int) -> Elision? {
        let old = elisions.first { $0.field == field }
        var end = range.upperBound
        if isOpen, end > range.lowerBound, self[end - 1] == .carriageReturn { end -= 1 }
        let cut = min(range.lowerBound + limits.fieldBytes, end)
        guard old != nil || cut < end else { return nil }
        var elision = old ?? Elision(field: field, position: 0, characters: scan(range.lowerBound..<cut))
        let before = elision.characters
        elision.characters.update(UnsafeRawBufferPointer(rebasing: bytes[cut..<end]))
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
        elision.newlineCount += Self.newlines(in: bytes[cut..<end])
        return elision
    }

    /// LFs between a position and a stream offset; 0 when the offset lies in front.
    private func newlines(from start: Int, toStreamOffset offset: Int) -> Int {
        guard let end = position(ofStreamOffset: offset), end > start else { return 0 }
        return Self.newlines(in: bytes[start..<end])
    }

    private func addField(_ field: Int, range: Range<Int>, to missing: inout MissingFields) {
        missing.count += 1
        missing.byteCount += range.count + 1
        missing.newlineCount += Self.newlines(in: bytes[range])
        if let elision = elisions.first(where: { $0.field == field }) {
            missing.byteCount += elision.byteCount
            missing.newlineCount += elision.newlineCount
        }
        missing.characters.add(characters(ofField: field))
    }

    private func scan(_ range: Range<Int>) -> CharacterScan {
        var scan = CharacterScan(offset: streamOffset(ofPosition: range.lowerBound))
        scan.update(UnsafeRawBufferPointer(rebasing: bytes[range]))
        return scan
    }

    /// Whether the tail holds NUL or ill-formed UTF-8, as far as it can be told before its last sequence is whole.
    func tailIsSuspicious() -> Bool {
        !scan(0..<byteCount).isClean || elisions.contains { !$0.characters.isClean } || missing?.characters.isClean == false
    }
}
