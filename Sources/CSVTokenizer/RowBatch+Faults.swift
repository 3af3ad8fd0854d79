/// What is wrong with the characters of one field, counted.
package struct FieldFaults: Sendable {
    /// How its ill-formed sequences are ill-formed, and how many they are.
    package fileprivate(set) var illFormed = IllFormed()
    package fileprivate(set) var invalidCount = 0
    package fileprivate(set) var nulCount = 0
    /// Well-formed characters of several bytes.
    package fileprivate(set) var multibyteCount = 0

    fileprivate init() {}

    /// What a scan of the field counted.
    package init(_ scan: CharacterScan) {
        illFormed = scan.illFormed
        invalidCount = scan.invalidCount
        nulCount = scan.nulCount
        multibyteCount = scan.multibyteCount
    }

    fileprivate var isClean: Bool { invalidCount == 0 && nulCount == 0 }
}

extension RowBatch {
    /// Calls `body` with each field that has a NUL byte or an ill-formed UTF-8 sequence, and with what is wrong with it. Complexity: one pass over
    /// the bytes, fast where they are ASCII; a file may have a fault in each field.
    ///
    /// Asked where ``isSuspicious`` says that there may be some; the batch must be indexed.
    package func forEachFaultyField(_ body: (Int, FieldFaults) -> Void) {
        var field = 0
        var position = 0
        // What was taken out of the first row is known by its scan only.
        if isThinned {
            let fields = fields(ofRow: 0)
            for field in fields {
                let scan = characters(ofField: field)
                if !scan.isClean { body(field, FieldFaults(scan)) }
            }
            field = fields.upperBound
            position = range(ofField: field - 1).upperBound
        }
        while let suspect = firstSuspect(from: position) {
            while Int(endStorage[field]) < suspect { field &+= 1 }
            let end = min(Int(endStorage[field]), byteCount)
            var faults = FieldFaults()
            count(from: suspect, to: end, &faults)
            if !faults.isClean { body(field, faults) }
            // What ends a field is ASCII.
            position = end &+ 1
        }
    }

    /// Position of the first byte from a position on that is NUL or not ASCII.
    @inline(__always)
    private func firstSuspect(from start: Int) -> Int? {
        var position = start
        while position &+ 8 <= byteCount {
            let word = UInt64(littleEndian: storage.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            // High bits of `word` mark non-ASCII; the other term marks zero bytes. The lowest mark is always right.
            let marks = (word | ((word &- 0x0101_0101_0101_0101) & ~word)) & 0x8080_8080_8080_8080
            if marks != 0 { return position &+ marks.trailingZeroBitCount / 8 }
            position &+= 8
        }
        while position < byteCount {
            let byte = self[position]
            if byte == 0 || byte >= 0x80 { return position }
            position &+= 1
        }
        return nil
    }

    /// Counts the characters of a field from a position on: all sequences end where the field does.
    @inline(__always)
    private func count(from start: Int, to end: Int, _ faults: inout FieldFaults) {
        var position = start
        while position < end {
            let byte = self[position]
            if byte < 0x80 {
                if byte == 0 { faults.nulCount &+= 1 }
                position &+= 1
            } else if byte < 0xC2 || byte > 0xF4 {
                faults.invalidCount &+= 1
                faults.illFormed.note(firstByte: byte)
                position &+= 1
            } else if position &+ 1 < end, byte < 0xE0, self[position &+ 1] & 0xC0 == 0x80 {
                faults.multibyteCount &+= 1
                position &+= 2
            } else {
                position &+= countSequence(byte, at: position, end: end, &faults)
            }
        }
    }

    /// - Parameter first: C2 to F4.
    /// - Returns: how many bytes belong together.
    private func countSequence(_ first: UInt8, at start: Int, end: Int, _ faults: inout FieldFaults) -> Int {
        var (needed, lowest, highest) = CharacterScan.continuation(of: first)
        var sequence = UInt32(first)
        var position = start &+ 1
        while needed > 0, position < end, lowest <= self[position], self[position] <= highest {
            sequence = sequence << 8 | UInt32(self[position])
            position &+= 1
            needed &-= 1
            (lowest, highest) = (0x80, 0xBF)
        }
        if needed == 0 {
            faults.multibyteCount &+= 1
        } else {
            faults.invalidCount &+= 1
            faults.illFormed.note(sequence, length: position &- start, next: position < end ? self[position] : nil)
        }
        return position &- start
    }
}
