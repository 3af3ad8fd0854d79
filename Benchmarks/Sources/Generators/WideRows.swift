/// The wide shape: 120 numeric columns of about 5.5 bytes, clean.
struct WideRows: RowWriter {
    static let columnCount = 120
    /// Values drawn from: enough that no cache of seen texts would help, few enough to stay in the processor's cache.
    private static let valueBits: UInt64 = 14

    let dialect = GeneratedDialect()
    let columns = (1...WideRows.columnCount).map { GeneratedColumn("Value \($0)", .number) }

    /// A value of at most six bytes with its comma, and its length in the highest byte.
    private let values: [UInt64]

    init() {
        var random = SeededRandom(seed: 0x77_6964_65)
        values = (0..<(1 << Self.valueBits)).map { _ in Self.packed(Self.value(&random)) }
    }

    mutating func appendRow(to output: inout ByteOutput, random: inout SeededRandom) {
        values.withUnsafeBufferPointer { values in
            for _ in 0..<(Self.columnCount / 4) {
                var bits = RandomBits(random.next())
                for _ in 0..<4 {
                    let value = values[bits.take(Self.valueBits)]
                    output.append(word: value, count: Int(truncatingIfNeeded: value &>> 56))
                }
            }
        }
        output.removeLast()
        output.append(dialect.lineEnd)
    }

    /// Whole numbers and decimals, one in eight negative; 4.5 bytes on average.
    private static func value(_ random: inout SeededRandom) -> String {
        var bits = RandomBits(random.next())
        let sign = bits.take(3) == 0 ? "-" : ""
        let number = bits.take(20)
        switch bits.take(2) {
        case 0: return sign + "\(number % 10_000)"
        case 1: return sign + "\(number % 1000).\(number / 1000 % 10)"
        case 2: return sign + "\(number % 100).\(number / 1000 % 10)\(number / 10_000 % 10)"
        default: return sign + "\(number % 100).\(number / 1000 % 10)"
        }
    }

    private static func packed(_ value: String) -> UInt64 {
        var word: UInt64 = 0
        let bytes = Array(value.utf8) + [UInt8(ascii: ",")]
        for byte in bytes.reversed() { word = word << 8 | UInt64(byte) }
        return word | UInt64(bytes.count) << 56
    }
}
