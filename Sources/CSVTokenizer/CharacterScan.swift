import ByteSpans

/// Counts ill-formed UTF-8 sequences and NUL bytes in a stream that arrives in pieces of any size.
///
/// A sequence counts once per maximal subpart (Unicode 15, section 3.9): the same places that a decoder would replace by U+FFFD.
package struct CharacterScan: Sendable, Equatable {
    /// Ill-formed sequences so far.
    package private(set) var invalidCount = 0
    /// How they are ill-formed.
    package private(set) var illFormed = IllFormed()
    /// Stream offset of the first one; meaningless while ``invalidCount`` is 0.
    package private(set) var firstInvalidOffset = 0
    /// NUL bytes so far.
    package private(set) var nulCount = 0
    /// Stream offset of the first one; meaningless while ``nulCount`` is 0.
    package private(set) var firstNulOffset = 0

    /// Well-formed characters of several bytes so far.
    package private(set) var multibyteCount = 0

    private let notesKinds: Bool
    private var unit: OffsetUnit
    private var offset: Int
    // An open sequence: where it began, in this piece or before it (-1), how many bytes it still needs, and between which bounds the next one must lie.
    private var sequenceStart = -1
    private var sequenceOffset = 0
    private var sequence: UInt32 = 0
    private var taken = 0
    private var needed: UInt8 = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// - Parameters:
    ///   - unit: What offsets count.
    ///   - offset: stream offset of the first byte to come.
    ///   - notesKinds: Whether ``illFormed`` is wanted.
    package init(offset: Int, unit: OffsetUnit = .byte, notesKinds: Bool = true) {
        self.notesKinds = notesKinds
        self.offset = offset
        self.unit = unit
    }

    /// Begins again elsewhere.
    mutating func reset(offset: Int, unit: OffsetUnit) {
        self.offset = offset
        self.unit = unit
        needed = 0
        multibyteCount = 0
        nulCount = 0
        if invalidCount == 0 { return }
        invalidCount = 0
        illFormed = IllFormed()
    }

    /// Whether anything was noticed.
    package var isClean: Bool { invalidCount == 0 && nulCount == 0 }

    /// Complexity: one pass; eight bytes a step where the text is ASCII.
    package mutating func update(_ bytes: Span<UInt8>) {
        let count = bytes.count
        var index = 0
        while index < count {
            let byte = bytes[index]
            if needed > 0 {
                continueSequence(byte, at: &index, in: bytes)
            } else if byte < 0x80, byte > 0 {
                index &+= 1
                // What ends a field may be between faults.
                if index < count, bytes[index] >= 0x80 { continue }
                while index &+ 8 <= count {
                    let word = bytes.word(at: index)
                    // High bits of `word` mark non-ASCII; the other term marks zero bytes. The lowest mark is always right.
                    let marks = (word | ((word &- 0x0101_0101_0101_0101) & ~word)) & 0x8080_8080_8080_8080
                    if marks != 0 {
                        index &+= marks.trailingZeroBitCount / 8
                        break
                    }
                    index &+= 8
                }
            } else if byte >= 0xC2, byte <= 0xF4 {
                // Most that is not ASCII has two bytes.
                if byte < 0xE0, index &+ 1 < count, bytes[index &+ 1] & 0xC0 == 0x80 {
                    index &+= 2
                    multibyteCount &+= 1
                } else {
                    beginSequence(byte, at: index)
                    index &+= 1
                }
            } else {
                if byte == 0 {
                    if nulCount == 0 { firstNulOffset = offset + unit.length(of: 0..<index, in: bytes) }
                    nulCount &+= 1
                } else {
                    if invalidCount == 0 { firstInvalidOffset = offset + unit.length(of: 0..<index, in: bytes) }
                    invalidCount &+= 1
                    if notesKinds { illFormed.note(firstByte: byte) }
                }
                index &+= 1
            }
        }
        if needed > 0, sequenceStart >= 0 {
            sequenceOffset = offset + unit.length(of: 0..<sequenceStart, in: bytes)
            sequenceStart = -1
        }
        offset += unit.length(of: bytes)
    }

    /// The stream ends here: a sequence still open is ill-formed.
    package mutating func finish() {
        guard needed > 0 else { return }
        needed = 0
        noteInvalid(at: sequenceOffset, next: nil)
    }

    /// Adds what a scan of another part of the stream counted.
    mutating func add(_ other: CharacterScan) {
        if other.invalidCount > 0 {
            firstInvalidOffset = invalidCount == 0 ? other.firstInvalidOffset : min(firstInvalidOffset, other.firstInvalidOffset)
        }
        if other.nulCount > 0 {
            firstNulOffset = nulCount == 0 ? other.firstNulOffset : min(firstNulOffset, other.firstNulOffset)
        }
        invalidCount += other.invalidCount
        illFormed.add(other.illFormed)
        nulCount += other.nulCount
        multibyteCount += other.multibyteCount
    }

    /// First bytes and the bounds of their second byte: Unicode table 3-7.
    ///
    /// - Parameters:
    ///   - byte: C2 to F4.
    ///   - index: where it is in this piece.
    private mutating func beginSequence(_ byte: UInt8, at index: Int) {
        sequenceStart = index
        (sequence, taken) = (UInt32(byte), 1)
        (needed, lowest, highest) = Self.continuation(of: byte)
    }

    /// How many bytes follow the first one of a character, and the bounds of the next.
    ///
    /// - Parameter first: C2 to F4.
    @inline(__always)
    static func continuation(of first: UInt8) -> (needed: UInt8, lowest: UInt8, highest: UInt8) {
        switch first {
        case 0xE0: (2, 0xA0, 0xBF)
        case 0xED: (2, 0x80, 0x9F)
        case 0xE1...0xEF: (2, 0x80, 0xBF)
        case 0xF0: (3, 0x90, 0xBF)
        case 0xF4: (3, 0x80, 0x8F)
        case 0xF1...0xF3: (3, 0x80, 0xBF)
        default: (1, 0x80, 0xBF)
        }
    }

    /// Bytes of the well-formed character of several bytes that begins at a position; 0 where none does.
    @inline(__always)
    static func lengthOfCharacter(at start: Int, in bytes: Span<UInt8>) -> Int {
        // None is asked for that is not within the bytes.
        func byte(_ position: Int) -> UInt8 { unsafe bytes[unchecked: position] }
        let first = byte(start)
        guard first >= 0xC2, first <= 0xF4 else { return 0 }
        if first < 0xE0 { return start &+ 1 < bytes.count && byte(start &+ 1) & 0xC0 == 0x80 ? 2 : 0 }
        let (needed, lowest, highest) = continuation(of: first)
        let length = Int(needed) &+ 1
        guard start &+ length <= bytes.count, lowest <= byte(start &+ 1), byte(start &+ 1) <= highest, byte(start &+ 2) & 0xC0 == 0x80
        else { return 0 }
        return length == 3 || byte(start &+ 3) & 0xC0 == 0x80 ? length : 0
    }

    private mutating func continueSequence(_ byte: UInt8, at index: inout Int, in bytes: Span<UInt8>) {
        if lowest <= byte && byte <= highest {
            needed &-= 1
            taken &+= 1
            sequence = sequence << 8 | UInt32(byte)
            if needed == 0 { multibyteCount &+= 1 }
            (lowest, highest) = (0x80, 0xBF)
            index &+= 1
        } else {
            // The byte is not part of the sequence: it is looked at again as a first byte.
            needed = 0
            let isWanted = invalidCount == 0 && sequenceStart >= 0
            noteInvalid(at: isWanted ? offset + unit.length(of: 0..<sequenceStart, in: bytes) : sequenceOffset, next: byte)
        }
    }

    private mutating func noteInvalid(at place: Int, next: UInt8?) {
        if notesKinds { illFormed.note(sequence, length: taken, next: next) }
        if invalidCount == 0 { firstInvalidOffset = place }
        invalidCount &+= 1
    }
}

extension CharacterScan {
    /// A scan that ended, as far as it is known.
    package init(invalidCount: Int, multibyteCount: Int) {
        self.init(offset: 0)
        (self.invalidCount, self.multibyteCount) = (invalidCount, multibyteCount)
    }
}
