import ByteSpans
package import CSVTokenizer
import SafeText
import SystemCalls

/// The characters of an encoding of East Asia, which has one byte for some of them and two or four for others.
///
/// The system's `iconv` is asked once for every code; a text is then decoded with the table, in pieces of any size, and a code that means nothing is
/// found at its first byte. A whole table takes some ten milliseconds and 300 kB; for a short text a part of it is enough.
package final class MultibyteTable: Sendable {
    /// How many bytes its characters have in a file; `nil` for a part of a table.
    package let widths: CharacterWidths?
    /// By byte from 80 on: a character of one byte, or 0.
    let singles: [UInt16]
    /// Whether a byte from 80 on begins a character of several.
    let isFirst: [Bool]
    /// By the first byte from 81 on and the second from 40 on; 0 where there is no character.
    private let pairs: [UInt16]
    /// Characters of four bytes up to U+FFFF, in the order of their codes; empty where there are none.
    private let fours: [UInt16]

    private static let (firsts, seconds) = (0x81...0xFE, 0x40...0xFE)

    func pair(_ first: UInt8, _ second: UInt8) -> UInt16 {
        guard first >= 0x81, first <= 0xFE, second >= 0x40, second <= 0xFE else { return 0 }
        return pairs[(Int(first) - 0x81) * Self.seconds.count + Int(second) - 0x40]
    }

    /// Whether two bytes may be the first of four.
    func mayBeginFour(_ first: UInt8, _ second: UInt8) -> Bool {
        !fours.isEmpty && first >= 0x81 && first <= 0xFE && isASCIIDigit(second)
    }

    /// A character of four bytes, of which the second and the last are digits; 0 if there is none.
    func four(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ last: UInt8) -> UInt32 {
        guard third >= 0x81, third <= 0xFE, isASCIIDigit(last) else { return 0 }
        let code = ((Int(first) - 0x81) * 10 + Int(second) - 0x30) * 1260 + (Int(third) - 0x81) * 10 + Int(last) - 0x30
        if code < fours.count { return UInt32(fours[code]) }
        // From 90 30 81 30 on: all beyond U+FFFF, in order.
        let beyond = code - 15 * 12600
        return beyond >= 0 && beyond < 0x10_0000 ? UInt32(0x1_0000 + beyond) : 0
    }

    /// Whether a character is in a part of the table of pairs.
    func isEveryday(_ scalar: UInt32, firsts: ClosedRange<Int>, seconds: ClosedRange<Int>) -> Bool {
        guard scalar > 0, scalar < 0x1_0000, case let place = Int(places[Int(scalar)]), place != Self.nowhere else { return false }
        return firsts.contains(0x81 + place / Self.seconds.count) && seconds.contains(0x40 + place % Self.seconds.count)
    }

    /// By character: where in the table of pairs it is, or ``nowhere``.
    private let places: [UInt16]
    private static let nowhere = Int(UInt16.max)

    // MARK: Making one

    /// `nil` if the system has no converter for it.
    package static func table(of encoding: TextEncoding) -> MultibyteTable? {
        switch encoding {
        case .shiftJIS: shiftJIS
        case .gb18030: gb18030
        case .big5: big5
        case .eucKR: eucKR
        case .eucJP: eucJP
        default: nil
        }
    }

    private static let shiftJIS = MultibyteTable(of: .shiftJIS)
    private static let gb18030 = MultibyteTable(of: .gb18030)
    private static let big5 = MultibyteTable(of: .big5)
    private static let eucKR = MultibyteTable(of: .eucKR)
    private static let eucJP = MultibyteTable(of: .eucJP)

    /// What the system may call it.
    private static func names(of encoding: TextEncoding) -> [String] {
        switch encoding {
        case .shiftJIS, .big5: [encoding.converterName, encoding.rawValue]
        case .gb18030: [encoding.converterName]
        case .eucJP: [encoding.converterName, encoding.rawValue]
        case .eucKR: [encoding.converterName, "UHC", encoding.rawValue]
        default: []
        }
    }

    /// - Parameters:
    ///   - encoding: `nil` results where it has characters of one byte only, or the system has no converter.
    ///   - bytes: Those of the text that is decoded; `nil` for any text.
    init?(of encoding: TextEncoding, forBytes bytes: Set<UInt8>? = nil) {
        guard let converter = Self.names(of: encoding).lazy.compactMap(Converter.init).first else { return nil }
        let hasFours = encoding == .gb18030
        func occurs(_ first: Int) -> Bool { bytes?.contains(UInt8(first)) ?? true }
        var pairs = [UInt16](repeating: 0, count: Self.firsts.count * Self.seconds.count)
        var places = [UInt16](repeating: .max, count: 0x1_0000)
        var isFirst = [Bool](repeating: false, count: 128)
        for first in Self.firsts where occurs(first) {
            isFirst[first - 0x80] = hasFours
            for second in Self.seconds {
                let scalar = converter.character(first, second)
                guard scalar != 0 else { continue }
                let place = (first - 0x81) * Self.seconds.count + second - 0x40
                pairs[place] = scalar
                if places[Int(scalar)] == .max { places[Int(scalar)] = UInt16(place) }
                isFirst[first - 0x80] = true
            }
        }
        (self.pairs, self.places, self.isFirst) = (pairs, places, isFirst)
        // Some converters have control characters and characters for private use there, which no text has.
        singles = (0x80...0xFF).map { byte in
            let scalar = converter.character(byte)
            return isFirst[byte - 0x80] || scalar < 0xA0 || (0xE000..<0xF900).contains(scalar) ? 0 : scalar
        }
        fours = hasFours ? Self.fours(converter, where: occurs) : []
        guard bytes == nil else {
            widths = nil
            return
        }
        let (ones, longs) = (Set(singles), Set(fours))
        widths = CharacterWidths { ones.contains($0) ? 1 : longs.contains($0) ? 4 : 2 }
    }

    private static func fours(_ converter: Converter, where occurs: (Int) -> Bool) -> [UInt16] {
        (0..<39420).map { code in
            let (first, second, third, last) = (code / 12600, code / 1260 % 10, code / 10 % 126, code % 10)
            guard occurs(0x81 + first), occurs(0x81 + third) else { return 0 }
            return converter.character(0x81 + first, 0x30 + second, 0x81 + third, 0x30 + last)
        }
    }

    /// The system's converter to UTF-16.
    private final class Converter {
        private let converter: system_converter

        init?(name: String) {
            guard let converter = system_converter_from(FilePath(name).terminated.span.view) else { return nil }
            self.converter = converter
        }

        /// The one character up to U+FFFF that a code is; 0 if it is none.
        func character(_ bytes: Int...) -> UInt16 {
            var code: UInt32 = 0
            for (place, byte) in bytes.enumerated() { code |= UInt32(byte) << UInt32(8 * place) }
            return system_converter_character(converter, code, Int32(bytes.count))
        }
    }
}

private func isASCIIDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
