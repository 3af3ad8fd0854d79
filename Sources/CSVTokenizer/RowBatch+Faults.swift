import ByteSpans

/// What is wrong with the characters of fields, counted.
package struct FieldFaults: Sendable {
    /// How ill-formed sequences are ill-formed, and how many they are.
    package fileprivate(set) var illFormed = IllFormed()
    package fileprivate(set) var invalidCount = 0
    package fileprivate(set) var nulCount = 0
    /// Well-formed characters of several bytes.
    package fileprivate(set) var multibyteCount = 0

    package init() {}

    /// Adds what a scan counted.
    package mutating func add(_ scan: CharacterScan) {
        illFormed.add(scan.illFormed)
        invalidCount &+= scan.invalidCount
        nulCount &+= scan.nulCount
        multibyteCount &+= scan.multibyteCount
    }
}

extension RowBatch {
    /// Position of the first NUL byte or ill-formed UTF-8 sequence from a position on that is not in a character; -1 where there is none. What was
    /// taken out of the first row is not seen. Complexity: one pass over the bytes, fast where they are ASCII; a file may have a fault in each field.
    ///
    /// Asked where ``isSuspicious`` says that there may be some.
    package func firstFault(from start: Int) -> Int {
        let bytes = bytes
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0 { return position }
            if byte < 0x80 {
                position = Self.endOfASCII(from: position &+ 1, in: bytes, hasNul: hasNul)
            } else if byte >= 0xC2, byte < 0xE0, position &+ 1 < bytes.count, bytes[position &+ 1] & 0xC0 == 0x80 {
                position &+= 2
            } else {
                let length = CharacterScan.lengthOfCharacter(at: position, in: bytes)
                if length == 0 { return position }
                position &+= length
            }
        }
        return -1
    }

    /// Position of the first byte from a position on that may be no ASCII, or NUL where there are any.
    @inline(__always)
    private static func endOfASCII(from start: Int, in bytes: Span<UInt8>, hasNul: Bool) -> Int {
        // Both loops see to it that so many bytes are left.
        func word(_ position: Int) -> UInt64 { unsafe UInt64(littleEndian: bytes.paddedWord(at: position)) }
        var position = start
        if !hasNul {
            while position &+ 32 <= bytes.count {
                if (word(position) | word(position &+ 8) | word(position &+ 16) | word(position &+ 24)) & Self.highBits != 0 { break }
                position &+= 32
            }
        }
        while position &+ 8 <= bytes.count {
            let word = word(position)
            // High bits of `word` mark non-ASCII; the other term marks zero bytes. The lowest mark is always right.
            let marks = (word | ((word &- 0x0101_0101_0101_0101) & ~word)) & Self.highBits
            if marks != 0 { return position &+ marks.trailingZeroBitCount / 8 }
            position &+= 8
        }
        return position
    }

    static var highBits: UInt64 { 0x8080_8080_8080_8080 }

    /// Eight bytes from a position of the content on; after it is padding.
    @inline(__always)
    func word(at position: Int) -> UInt64 {
        assert(0...byteCount ~= position)
        return unsafe block.span.paddedWord(at: front &+ position)
    }

    /// Counts what is wrong with the characters of a field of which all bytes are in memory.
    ///
    /// - Parameter end: of the field. All sequences end there.
    package func countFaults(from start: Int, to end: Int, into faults: inout FieldFaults) {
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
