/// How ill-formed sequences of UTF-8 break its rules, and how often each: Unicode 15, table 3-7.
package struct IllFormed: Sendable, Equatable {
    package enum Kind: Int, Sendable, CaseIterable {
        /// A character that ends before it is whole.
        case cutShort
        /// More bytes than the character needs: C0, C1, E0 and less than A0, F0 and less than 90.
        case overlong
        /// Half of a surrogate pair, which belongs to UTF-16: ED and A0 or more.
        case surrogate
        /// Beyond U+10FFFF: F4 and 90 or more, F5 to FF.
        case outOfRange
        /// A continuation byte, 80 to BF, without a byte before it that it continues.
        case strayContinuation
    }

    private var counts = (0, 0, 0, 0, 0)
    /// Of all of them, how many consist of bytes that are everyday characters of Windows-1252.
    package private(set) var usualWindows1252Count = 0
    /// Of all of them, how many have several bytes, which hardly a text in an encoding of single bytes has.
    package private(set) var longCount = 0

    package init() {}

    package static func == (left: IllFormed, right: IllFormed) -> Bool {
        left.counts == right.counts && left.longCount == right.longCount && left.usualWindows1252Count == right.usualWindows1252Count
    }

    package func count(of kind: Kind) -> Int {
        switch kind {
        case .cutShort: counts.0
        case .overlong: counts.1
        case .surrogate: counts.2
        case .outOfRange: counts.3
        case .strayContinuation: counts.4
        }
    }

    package mutating func add(_ other: IllFormed) {
        counts.0 += other.counts.0
        counts.1 += other.counts.1
        counts.2 += other.counts.2
        counts.3 += other.counts.3
        counts.4 += other.counts.4
        usualWindows1252Count += other.usualWindows1252Count
        longCount += other.longCount
    }

    /// - Parameters:
    ///   - bytes: of it that could have belonged to a character, the last in the lowest place.
    ///   - length: how many they are, from 1 to 3.
    ///   - next: the byte that ended it; `nil` at the end of the text.
    mutating func note(_ bytes: UInt32, length: Int, next: UInt8?) {
        var isUsual = Self.isUsualWindows1252(UInt8(truncatingIfNeeded: bytes))
        if length == 1 {
            add(Self.kind(first: UInt8(truncatingIfNeeded: bytes), second: next ?? 0))
        } else {
            // What cannot follow the first byte is no part of the sequence.
            add(.cutShort)
            longCount &+= 1
            isUsual = isUsual && Self.isUsualWindows1252(UInt8(truncatingIfNeeded: bytes &>> 8))
            if length > 2 { isUsual = isUsual && Self.isUsualWindows1252(UInt8(truncatingIfNeeded: bytes &>> 16)) }
        }
        if isUsual { usualWindows1252Count &+= 1 }
    }

    /// A byte that begins no character: 80 to C1, F5 to FF.
    @inline(__always)
    mutating func note(firstByte byte: UInt8) {
        if Self.isUsualWindows1252(byte) { usualWindows1252Count &+= 1 }
        add(byte < 0xC0 ? .strayContinuation : byte < 0xC2 ? .overlong : .outOfRange)
    }

    @inline(__always)
    private mutating func add(_ kind: Kind) {
        switch kind {
        case .cutShort: counts.0 &+= 1
        case .overlong: counts.1 &+= 1
        case .surrogate: counts.2 &+= 1
        case .outOfRange: counts.3 &+= 1
        case .strayContinuation: counts.4 &+= 1
        }
    }

    /// - Parameters:
    ///   - first: C2 to F4.
    ///   - second: a byte that cannot follow it.
    @inline(__always)
    private static func kind(first: UInt8, second: UInt8) -> Kind {
        guard second &- 0x80 < 0x40 else { return .cutShort }
        switch first {
        case 0xE0, 0xF0: return .overlong
        case 0xED: return .surrogate
        case 0xF4: return .outOfRange
        default: return .cutShort
        }
    }

    /// Letters, punctuation and currencies; no rare symbols, and none of the unassigned bytes.
    @inline(__always)
    private static func isUsualWindows1252(_ byte: UInt8) -> Bool {
        // A bit each for 80 to BF, then C0 to FF.
        let word: UInt64 = byte < 0xC0 ? usualSymbols : usualLetters
        return byte >= 0x80 && word >> UInt64(byte & 0x3F) & 1 != 0
    }

    // The compiler knows the values of these constants: they are used for each ill-formed byte.

    /// 80 82 84–87 8A–8C 8E 91–97 99–9C 9E–A0 A3 A7 AA AB B0 B2–B5 B7 BA BB BF.
    private static let usualSymbols: UInt64 = 0x8CBD_0C89_DEFE_5CF5
    /// C0 to FF but for the signs of multiplication and division.
    private static let usualLetters: UInt64 = 0xFF7F_FFFF_FF7F_FFFF
}

extension IllFormed {
    /// All counts, in a list that is written and read elsewhere.
    package var numbers: [Int] {
        get { [counts.0, counts.1, counts.2, counts.3, counts.4, usualWindows1252Count, longCount] }
        set {
            guard newValue.count == 7 else { return }
            counts = (newValue[0], newValue[1], newValue[2], newValue[3], newValue[4])
            (usualWindows1252Count, longCount) = (newValue[5], newValue[6])
        }
    }
}
