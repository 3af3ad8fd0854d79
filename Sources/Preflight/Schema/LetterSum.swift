import ByteSpans

/// The letters of a row, in any order and case: those of the header are told from nearly all rows so.
struct LetterSum: Equatable {
    private var (count, sum) = (0, 0)

    init(_ row: Span<UInt8>) {
        for index in row.indices {
            let byte = row[index]
            guard Self.isLetter(byte) else { continue }
            count += 1
            sum += Int(byte | 0x20) * Int(byte | 0x20)
        }
    }

    static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }
}
