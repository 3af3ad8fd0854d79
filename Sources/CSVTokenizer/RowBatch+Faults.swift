extension RowBatch {
    /// Adds the fields with a NUL byte or an ill-formed UTF-8 sequence. Complexity: one pass over the bytes, fast where they are ASCII.
    ///
    /// Asked where ``isSuspicious`` says that there may be some; the batch must be indexed.
    package func addFaultyFields(to faulty: inout BitSet) {
        var field = 0
        var position = 0
        // What was taken out of the first row is known by its scan only.
        if isThinned {
            let fields = fields(ofRow: 0)
            for field in fields where !characters(ofField: field).isClean { faulty.insert(field) }
            field = fields.upperBound
            position = range(ofField: field - 1).upperBound
        }
        while let fault = firstFault(from: position) {
            while Int(endStorage[field]) < fault { field += 1 }
            faulty.insert(field)
            position = Int(endStorage[field])
        }
    }

    /// Position of the first NUL byte or ill-formed sequence from a position on that begins a field or ends one: what ends fields is ASCII,
    /// so no sequence goes beyond.
    private func firstFault(from start: Int) -> Int? {
        guard start < byteCount else { return nil }
        var scan = CharacterScan(offset: start)
        if let fault = scan.firstFault(in: UnsafeRawBufferPointer(rebasing: bytes[start...])) { return fault }
        scan.finish()
        return scan.isClean ? nil : scan.firstInvalidOffset
    }
}
