extension RowBatch {
    /// Fields with a NUL byte or an ill-formed UTF-8 sequence, ascending. Complexity: one pass over the bytes, fast where they are ASCII.
    ///
    /// Asked where ``isSuspicious`` says that there may be some; the batch must be indexed.
    package func faultyFields() -> [Int] {
        var faulty: [Int] = []
        var field = 0
        var position = 0
        // What was taken out of the first row is known by its scan only.
        if isThinned {
            let fields = fields(ofRow: 0)
            faulty = fields.filter { !characters(ofField: $0).isClean }
            field = fields.upperBound
            position = range(ofField: field - 1).upperBound
        }
        while let next = nextUnusual(from: position) {
            while Int(endStorage[field]) < next { field += 1 }
            if !characters(ofField: field).isClean { faulty.append(field) }
            position = Int(endStorage[field])
        }
        return faulty
    }

    /// The next eight bytes, or less at the end, that are not all ASCII other than NUL.
    private func nextUnusual(from start: Int) -> Int? {
        var position = start
        while position + 8 <= byteCount {
            let word = storage.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            // See `CharacterScan.update`.
            if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { break }
            position += 8
        }
        while position < byteCount {
            if self[position] &- 1 >= 0x7F { return position }
            position += 1
        }
        return nil
    }
}
