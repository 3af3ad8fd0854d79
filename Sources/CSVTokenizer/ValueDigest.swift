import ByteSpans

/// A digest of the value of a field that arrives in pieces: the same for the same value, however the field is quoted and wherever it is cut.
///
/// The value of a field that begins and ends in the quote is what is inside, with doubled quotes as one; of any other it is the field. Only
/// the last byte tells which, so both are digested. 128 bits, with a secret of this process: no one can prepare two values with the same digest.
package struct ValueDigest: Sendable {
    private let quote: UInt8
    private var field = Lanes()
    /// What is inside, if the field begins with the quote.
    private var inside = Lanes()
    private var beginsWithQuote = false
    private var endsInQuote = false
    /// Whether the last byte inside is a quote that a second one may follow.
    private var isQuoteOpen = false

    package init(quote: UInt8) {
        self.quote = quote
    }

    /// Digests a value that is there without quotes.
    package init(value: Span<UInt8>) {
        quote = 0
        field.update(value)
    }

    /// Takes in the next bytes of the field. Complexity: linear; eight bytes a step, and a step for each quote in a quoted field.
    package mutating func update(_ bytes: Span<UInt8>) {
        guard let last = bytes.last else { return }
        let isFirst = field.count == 0
        if isFirst { beginsWithQuote = bytes[0] == quote }
        field.update(bytes)
        endsInQuote = last == quote
        if beginsWithQuote { updateInside(isFirst ? bytes.dropFirst() : bytes) }
    }

    private mutating func updateInside(_ bytes: Span<UInt8>) {
        var position = 0
        while position < bytes.count {
            if isQuoteOpen {
                // Two are one; a single one, which may not be there, is itself.
                isQuoteOpen = false
                inside.append(quote)
                if bytes[position] == quote { position += 1 }
                continue
            }
            let end = bytes.nextIndex(of: quote, from: position) ?? bytes.count
            inside.update(bytes[position..<end])
            isQuoteOpen = end < bytes.count
            position = end + 1
        }
    }

    /// Whether the value is what is inside quotes.
    package var isQuoted: Bool { beginsWithQuote && endsInQuote && field.count >= 2 }

    /// The length of the value.
    package var byteCount: Int { isQuoted ? inside.count : field.count }

    package var value: (high: UInt64, low: UInt64) { isQuoted ? inside.value : field.value }
}

/// Two hashes side by side, eight bytes a step, each multiplied to 128 bits and folded, as in wyhash (Wang Yi, 2019).
private struct Lanes: Sendable {
    private static let primes: (UInt64, UInt64) = (0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB)
    private static let secrets = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

    private(set) var count = 0
    private var high = secrets.0
    private var low = secrets.1
    /// The bytes that are not yet eight, the first in the lowest place.
    private var open: UInt64 = 0

    mutating func update(_ bytes: Span<UInt8>) {
        var index = 0
        while count & 7 != 0, index < bytes.count {
            append(bytes[index])
            index += 1
        }
        while index &+ 8 <= bytes.count {
            step(bytes.word(at: index))
            index &+= 8
            count &+= 8
        }
        while index < bytes.count {
            append(bytes[index])
            index += 1
        }
    }

    mutating func append(_ byte: UInt8) {
        open |= UInt64(byte) << UInt64(8 * (count & 7))
        count += 1
        if count & 7 == 0 {
            step(open)
            open = 0
        }
    }

    private mutating func step(_ word: UInt64) {
        high = Self.fold(high ^ word, Self.primes.0)
        low = Self.fold(low ^ word, Self.primes.1)
    }

    var value: (high: UInt64, low: UInt64) {
        let length = UInt64(count)
        return (
            Self.fold(high ^ open, Self.primes.0 ^ length ^ Self.secrets.1), Self.fold(low ^ open, Self.primes.1 ^ length ^ Self.secrets.0)
        )
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
