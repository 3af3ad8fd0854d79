import CSVTokenizer

/// What ``CharacterScan`` should find, by looking each sequence up in Unicode table 3-7.
struct ReferenceCharacters: Equatable {
    var invalidCount = 0
    var firstInvalidOffset: Int?
    var nulCount = 0
    var firstNulOffset: Int?

    var isClean: Bool { invalidCount == 0 && nulCount == 0 }

    /// The rows of the table: which bytes may stand at each place of a well-formed sequence.
    private static let wellFormed: [[ClosedRange<UInt8>]] = [
        [0x00...0x7F],
        [0xC2...0xDF, 0x80...0xBF],
        [0xE0...0xE0, 0xA0...0xBF, 0x80...0xBF],
        [0xE1...0xEC, 0x80...0xBF, 0x80...0xBF],
        [0xED...0xED, 0x80...0x9F, 0x80...0xBF],
        [0xEE...0xEF, 0x80...0xBF, 0x80...0xBF],
        [0xF0...0xF0, 0x90...0xBF, 0x80...0xBF, 0x80...0xBF],
        [0xF1...0xF3, 0x80...0xBF, 0x80...0xBF, 0x80...0xBF],
        [0xF4...0xF4, 0x80...0x8F, 0x80...0xBF, 0x80...0xBF],
    ]

    init(_ bytes: [UInt8], offset: Int) {
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0 {
                firstNulOffset = firstNulOffset ?? offset + index
                nulCount += 1
            }
            let row = Self.wellFormed.first { $0[0].contains(bytes[index]) } ?? []
            let fitting = zip(row, bytes[index...]).prefix { $0.contains($1) }.count
            if row.isEmpty || fitting < row.count {
                firstInvalidOffset = firstInvalidOffset ?? offset + index
                invalidCount += 1
            }
            // The maximal subpart: what began well, or a single byte.
            index += max(fitting, 1)
        }
    }

    init(_ scan: CharacterScan) {
        invalidCount = scan.invalidCount
        firstInvalidOffset = scan.invalidCount > 0 ? scan.firstInvalidOffset : nil
        nulCount = scan.nulCount
        firstNulOffset = scan.nulCount > 0 ? scan.firstNulOffset : nil
    }

    /// Of two parts of a stream.
    static func + (one: Self, other: Self) -> Self {
        var sum = one
        sum.invalidCount += other.invalidCount
        sum.nulCount += other.nulCount
        sum.firstInvalidOffset = [one.firstInvalidOffset, other.firstInvalidOffset].compactMap(\.self).min()
        sum.firstNulOffset = [one.firstNulOffset, other.firstNulOffset].compactMap(\.self).min()
        return sum
    }
}
