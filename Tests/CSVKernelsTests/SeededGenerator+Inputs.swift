import SeededRandom

extension SeededGenerator {
    /// Lengths around the edges of blocks, some anywhere.
    mutating func length() -> Int {
        switch below(4) {
        case 0: below(210)
        case 1: below(24)
        default: max(0, 64 * (1 + below(3)) + below(7) - 3)
        }
    }

    /// Bytes that structure is made of, pieces of characters, and text, in no sensible order; each input prefers some of it.
    ///
    /// - Parameter calm: how rare everything but text and delimiters is; 0 for not at all.
    mutating func soup(byteCount: Int, dialect: TestDialect, calm: Int) -> [UInt8] {
        let quote = dialect.quote, delimiter = dialect.delimiter
        let alphabet: [[UInt8]] = [
            [delimiter], [quote], [quote, quote], [0x0D], [0x0A], [0x0D, 0x0A], [delimiter, quote], [quote, delimiter],
            [quote, 0x0D, 0x0A], [0x00], [0x30], [0x39], [0x2D], [0x2E], [0x2C], [0x61], [0x20], [0x2F], [0x3A], [0xC3, 0xA9],
            [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0x80], [0xBF], [0xC0], [0xC1], [0xC2], [0xE0, 0xA0], [0xE0],
            [0xED, 0xA0], [0xEF, 0xBF], [0xF0, 0x90], [0xF0], [0xF4, 0x8F], [0xF4, 0x90], [0xF5], [0xFF], [0x8D, 0x8A],
            [0xA2, 0xAC],
        ]
        let texts: [[UInt8]] = [[delimiter], [0x30], [0x61], [0x62], [0xC3, 0xA9], [0x0A]]
        let favourites = (0..<4).map { _ in element(of: alphabet) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount + 4)
        while bytes.count < byteCount {
            if calm > 0, !once(in: calm) {
                bytes += element(of: texts)
            } else {
                bytes += once(in: 3) ? element(of: favourites) : element(of: alphabet)
            }
        }
        bytes.removeLast(bytes.count - byteCount)
        return bytes
    }

    /// Fields as exports have them: some in quotes, with doubled quotes, line ends and characters inside.
    mutating func rows(byteCount: Int, dialect: TestDialect) -> [UInt8] {
        let quote = dialect.quote
        let text: [[UInt8]] = [[0x61], [0x30], [0x20], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80]]
        let quoted: [[UInt8]] = [[quote, quote], [0x0A], [0x0D, 0x0A], [0x0D], [dialect.delimiter], [0x62]]
        let usesCRLF = once(in: 2)
        var bytes: [UInt8] = []
        while bytes.count < byteCount {
            let isQuoted = once(in: 3)
            if isQuoted { bytes.append(quote) }
            for _ in 0..<below(once(in: 6) ? 90 : 9) { bytes += isQuoted && once(in: 4) ? element(of: quoted) : element(of: text) }
            if isQuoted { bytes.append(quote) }
            bytes += !once(in: 4) ? [dialect.delimiter] : usesCRLF ? [0x0D, 0x0A] : [0x0A]
        }
        bytes.removeLast(bytes.count - byteCount)
        return bytes
    }
}

/// The delimiter and the quote of an input.
struct TestDialect: Sendable {
    var delimiter: UInt8 = 0x2C
    var quote: UInt8 = 0x22

    static let all = [
        TestDialect(), TestDialect(delimiter: 0x3B), TestDialect(delimiter: 0x09), TestDialect(quote: 0x27),
        TestDialect(delimiter: 0x7C, quote: 0x27),
    ]
}
