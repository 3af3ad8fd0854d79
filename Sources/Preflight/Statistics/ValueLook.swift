import ByteSpans
import SafeText

/// What a value looks like, in at most 16 bytes: `A` and `a` for letters, `9` for digits, every other character of ASCII as it is, and `a` for a
/// character beyond ASCII.
///
///     FR03              AA99
///     Cost centre 12    Aa+ a+ 9+     more than 16 bytes, or not ASCII: repeated letters or digits are one with a plus
///     1234.50           9.99          a plain number: digits before the point are one
struct ValueLook: Hashable {
    private var low: UInt64
    private var high: UInt64
    private var count: UInt8
    /// Whether it goes on.
    private var isCut = false

    static let most = 16

    /// - Parameter text: sixteen bytes can be read from its start.
    @inline(__always)
    init(_ text: Span<UInt8>) {
        if text.count <= Self.most {
            var words = unsafe SIMD2(text.paddedWord(at: 0), text.paddedWord(at: 8))
            let unused = UInt64(truncatingIfNeeded: 8 &* (text.count & 7))
            let part = text.count & 7 == 0 ? UInt64.max : (1 &<< unused) &- 1
            words[0] &= text.count >= 8 ? .max : part
            words[1] &= text.count > 8 ? part : 0
            if text.count == 0 || text.count == 8 { words[1] = 0 }
            if (words[0] | words[1]) & 0x8080_8080_8080_8080 == 0 {
                (low, high, count) = (Self.masked(words[0]), Self.masked(words[1]), UInt8(truncatingIfNeeded: text.count))
                return
            }
        }
        self = Self.runs(of: text)
    }

    /// A plain number.
    @inline(__always)
    init(isNegative: Bool, scale: Int, decimal: UInt8) {
        (low, high, count) = (0, 0, 0)
        if isNegative { append(UInt8(ascii: "-")) }
        append(UInt8(ascii: "9"))
        if scale > 0 { append(decimal) }
        for _ in 0..<min(scale, 12) { append(UInt8(ascii: "9")) }
    }

    init() { (low, high, count) = (0, 0, 0) }

    @inline(never)
    private static func runs(of text: Span<UInt8>) -> ValueLook {
        var look = ValueLook()
        var (last, isRun) = (UInt8(0), false)
        for index in text.indices {
            let byte = text[index]
            // The other bytes of a character.
            if byte & 0xC0 == 0x80 { continue }
            let sign = sign(byte)
            if sign == last, isRunning(sign) {
                if !isRun { look.append(UInt8(ascii: "+")) }
                isRun = true
            } else {
                look.append(sign)
                (last, isRun) = (sign, false)
            }
            if look.isCut { break }
        }
        return look
    }

    private mutating func append(_ byte: UInt8) {
        guard count < Self.most else { return isCut = true }
        if count < 8 {
            low |= UInt64(byte) &<< UInt64(8 &* count)
        } else {
            high |= UInt64(byte) &<< UInt64(8 &* (count &- 8))
        }
        count += 1
    }

    private static func isRunning(_ sign: UInt8) -> Bool {
        sign == UInt8(ascii: "a") || sign == UInt8(ascii: "A") || sign == UInt8(ascii: "9")
    }

    private static func sign(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(ascii: "9")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...: UInt8(ascii: "a")
        default: byte
        }
    }

    /// Eight bytes of ASCII at once: no carry goes from one to the next.
    @inline(__always)
    private static func masked(_ word: UInt64) -> UInt64 {
        func between(_ first: UInt8, _ last: UInt8) -> UInt64 {
            let ones: UInt64 = 0x0101_0101_0101_0101
            let isFrom = word &+ ones &* UInt64(0x80 &- first)
            let isAbove = word &+ ones &* UInt64(0x7F &- last)
            return ((isFrom & ~isAbove & 0x8080_8080_8080_8080) &>> 7) &* 0xFF
        }
        let digits = between(UInt8(ascii: "0"), UInt8(ascii: "9"))
        let upper = between(UInt8(ascii: "A"), UInt8(ascii: "Z"))
        let lower = between(UInt8(ascii: "a"), UInt8(ascii: "z"))
        return word & ~(digits | upper | lower) | digits & 0x3939_3939_3939_3939 | upper & 0x4141_4141_4141_4141
            | lower & 0x6161_6161_6161_6161
    }

    /// The same in every run and on every machine: it decides which masks are kept.
    var stableHash: UInt64 {
        let first = (low ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: high ^ 0xE703_7ED1_A0B4_28DB)
        let mixed = first.high ^ first.low ^ UInt64(count) ^ (isCut ? 1 << 32 : 0)
        let second = (mixed ^ 0x8EBC_6AF0_9C88_C6E3).multipliedFullWidth(by: 0x5899_65CC_7537_4CC3)
        return second.high ^ second.low
    }

    var text: String {
        var bytes: [UInt8] = []
        for index in 0..<Int(count) { bytes.append(UInt8(truncatingIfNeeded: index < 8 ? low >> (8 * index) : high >> (8 * (index - 8)))) }
        return VisibleText(bytes).text + (isCut ? "…" : "")
    }
}

extension ValueLook: CodedValue {
    static var blank: ValueLook { ValueLook() }

    mutating func code(_ coder: inout StateCoder) {
        coder(&low)
        coder(&high)
        coder(&count)
        coder(&isCut)
        if count > Self.most { coder.fail() }
    }
}
