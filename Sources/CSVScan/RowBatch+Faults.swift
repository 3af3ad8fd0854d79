extension RowBatch {
    /// Fields with a NUL byte or an ill-formed UTF-8 sequence, ascending. Complexity: one pass over the bytes, fast where they are ASCII.
    ///
    /// Asked where ``isSuspicious`` says that there may be some; the batch must be indexed.
    package func faultyFields() -> [Int] {
        var fields: [Int] = []
        func add(_ position: Int) {
            let field = self.field(at: position)
            if fields.last != field { fields.append(field) }
        }
        // What was taken out of the first row is known by its scan only.
        let firstFields = isThinned ? self.fields(ofRow: 0) : 0..<0
        for field in firstFields where !characters(ofField: field).isClean { fields.append(field) }
        var position = firstFields.isEmpty ? 0 : range(ofField: firstFields.upperBound - 1).upperBound
        while position < byteCount {
            let word = storage.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            if position + 8 <= byteCount, (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0 {
                position += 8
                continue
            }
            let byte = self[position]
            if byte == 0 {
                add(position)
                position += 1
            } else if byte < 0x80 {
                position += 1
            } else {
                let length = wellFormedLength(at: position)
                if length == 0 { add(position) }
                position += max(length, 1)
            }
        }
        return fields
    }

    /// Bytes of the well-formed sequence at a position, 0 if there is none: Unicode table 3-7.
    private func wellFormedLength(at position: Int) -> Int {
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        let length: Int
        switch self[position] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, lowest) = (3, 0xA0)
        case 0xED: (length, highest) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, lowest) = (4, 0x90)
        case 0xF4: (length, highest) = (4, 0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard position + length <= byteCount, (lowest...highest).contains(self[position + 1]) else { return 0 }
        for offset in 2..<max(length, 2) where self[position + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// The field that holds a position. Complexity: logarithmic.
    private func field(at position: Int) -> Int {
        var range = 0..<endCount
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = Int(endStorage[middle]) < position ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
