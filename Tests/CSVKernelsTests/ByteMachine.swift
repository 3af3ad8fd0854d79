/// The rules of the format, one byte after the other: what the kernels are held against.
struct ByteMachine {
    /// The first six have the numbers of `csv_state`.
    enum State: UInt8, CaseIterable {
        case fieldStart, unquoted, unquotedCarriage, quoted, quoteInQuoted, closedCarriage
        /// After an oddity, where quotes mean nothing until the field ends.
        case literal, literalCarriage

        /// Those that a kernel can be in.
        static let ofKernels = allCases.filter { $0.rawValue < 6 }
    }

    /// What a byte was.
    struct Meaning: OptionSet {
        let rawValue: UInt8
        static let endsField = Meaning(rawValue: 1)
        static let endsRow = Meaning(rawValue: 2)
        static let isCRLF = Meaning(rawValue: 4)
        /// A byte that no rule allows where it is.
        static let isOdd = Meaning(rawValue: 8)
    }

    let dialect: TestDialect
    var state: State

    mutating func read(_ byte: UInt8) -> Meaning {
        switch state {
        case .fieldStart:
            if byte == dialect.quote {
                state = .quoted
                return []
            }
            return readText(byte, text: .unquoted, carriage: .unquotedCarriage)
        case .unquoted:
            if byte == dialect.quote {
                state = .literal
                return .isOdd
            }
            return readText(byte, text: .unquoted, carriage: .unquotedCarriage)
        case .unquotedCarriage:
            if byte == 0x0A { return endRow([.isCRLF]) }
            state = .unquoted
            return read(byte).union(.isOdd)
        case .quoted:
            if byte == dialect.quote { state = .quoteInQuoted }
            return []
        case .quoteInQuoted:
            if byte == dialect.quote {
                state = .quoted
                return []
            }
            if byte == 0x0D {
                state = .closedCarriage
                return []
            }
            let meaning = readText(byte, text: .literal, carriage: .literalCarriage)
            return state == .literal ? meaning.union(.isOdd) : meaning
        case .closedCarriage:
            if byte == 0x0A { return endRow([.isCRLF]) }
            return readText(byte, text: .literal, carriage: .literalCarriage).union(.isOdd)
        case .literal:
            return readText(byte, text: .literal, carriage: .literalCarriage)
        case .literalCarriage:
            if byte == 0x0A { return endRow([.isCRLF]) }
            return readText(byte, text: .literal, carriage: .literalCarriage)
        }
    }

    private mutating func readText(_ byte: UInt8, text: State, carriage: State) -> Meaning {
        if byte == dialect.delimiter {
            state = .fieldStart
            return .endsField
        }
        if byte == 0x0A { return endRow([]) }
        state = byte == 0x0D ? carriage : text
        return []
    }

    private mutating func endRow(_ meaning: Meaning) -> Meaning {
        state = .fieldStart
        return meaning.union([.endsField, .endsRow])
    }
}

/// Where ill-formed UTF-8 shows: at the byte that cannot be, or, where a byte begins no sequence at all, at the one after it.
///
/// A sequence that the end cuts shows nowhere. The sequences are those of Unicode table 3-7.
func placesOfInvalidUTF8(in bytes: [UInt8]) -> [Int] {
    var places: [Int] = []
    var start = 0
    while start < bytes.count {
        let first = bytes[start]
        var next = start + 1
        switch first {
        case 0x00...0x7F: break
        case 0x80...0xBF: places.append(start)
        case 0xC0, 0xC1, 0xF5...0xFF:
            if next < bytes.count { places.append(next) }
        default:
            let count = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
            for index in 1...count {
                guard next < bytes.count else { return places }
                var (lowest, highest): (UInt8, UInt8) = (0x80, 0xBF)
                if index == 1 {
                    if first == 0xE0 { lowest = 0xA0 }
                    if first == 0xED { highest = 0x9F }
                    if first == 0xF0 { lowest = 0x90 }
                    if first == 0xF4 { highest = 0x8F }
                }
                guard lowest <= bytes[next], bytes[next] <= highest else {
                    places.append(next)
                    break
                }
                next += 1
            }
        }
        start = next
    }
    return places
}
