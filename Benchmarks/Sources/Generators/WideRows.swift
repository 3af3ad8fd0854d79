/// The wide shape: 120 columns, clean; four of text, as a plan has them, then numbers of about 5.5 bytes.
struct WideRows: RowWriter {
    private static let texts = ["Entity", "Account", "Version", "Comment"]
    private static let numberCount = 116
    /// Values drawn from: enough that no cache of seen texts would help, few enough to stay in the processor's cache.
    private static let valueBits: UInt64 = 14

    let dialect = GeneratedDialect()
    let columns =
        WideRows.texts.map { GeneratedColumn($0, .text) } + (1...WideRows.numberCount).map { GeneratedColumn("Value \($0)", .number) }

    /// A value of at most six bytes with its comma, and its length in the highest byte.
    private let values: [UInt64]
    // Held here: a static is asked whether it was made yet each time it is used.
    private let entities = PlanningVocabulary.entities
    private let accounts = PlanningVocabulary.accounts
    private let versions = PlanningVocabulary.versions
    private let comments = PlanningVocabulary.comments

    init() {
        var random = SeededRandom(seed: 0x77_6964_65)
        values = (0..<(1 << Self.valueBits)).map { _ in Self.packed(Self.value(&random)) }
    }

    mutating func appendRow(to output: inout ByteOutput, random: inout SeededRandom) {
        var texts = RandomBits(random.next())
        output.append(entities.drawn(by: texts.take(8), ofBits: 8))
        output.append(dialect.delimiter)
        output.append(accounts.drawn(by: texts.take(8), ofBits: 8))
        output.append(dialect.delimiter)
        output.append(versions.drawn(by: texts.take(8), ofBits: 8))
        output.append(dialect.delimiter)
        output.append(comments.drawn(by: texts.take(8), ofBits: 8))
        output.append(dialect.delimiter)
        values.withUnsafeBufferPointer { values in
            for _ in 0..<(Self.numberCount / 4) {
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
