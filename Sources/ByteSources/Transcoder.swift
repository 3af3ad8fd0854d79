/// Converts text to UTF-8, in as many pieces as it comes in.
///
/// What the encoding does not allow (half of a surrogate pair, half a UTF-16 unit at the end) becomes one byte 0xFF, which is not UTF-8: a search
/// for ill-formed text finds it, at its place in the file. A byte that Windows-1252 leaves undefined becomes one of 0xFA to 0xFE, which are not UTF-8
/// either, and tell which it was: see ``undefinedByte(_:)``.
package struct Transcoder {
    /// Bytes of UTF-8 that what was left open by the last piece may become.
    package static let mostPending = 4
    package static let undecodable: UInt8 = 0xFF

    private let encoding: TextEncoding
    /// The first byte of a UTF-16 unit whose second has not come.
    private var half: UInt8?
    /// The first unit of a surrogate pair whose second has not come.
    private var highSurrogate: UInt32?

    /// - Parameter encoding: UTF-16 without a byte order is taken for little-endian: see ``TextEncoding/resolved(by:)``.
    package init(_ encoding: TextEncoding) {
        self.encoding = encoding
    }

    /// - Parameter output: has room for ``TextEncoding/mostGrowth`` times the input and ``mostPending`` bytes more.
    /// - Returns: bytes written.
    package mutating func convert(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int {
        var writer = UTF8Writer(output)
        switch encoding {
        case .utf8:
            output.copyMemory(from: input)
            return input.count
        case .latin1:
            for byte in input { writer.write(UInt32(byte)) }
        case .windows1252:
            for byte in input {
                let scalar = (0x80...0x9F).contains(byte) ? UInt32(Self.windows1252[Int(byte) - 0x80]) : UInt32(byte)
                if scalar == 0, byte != 0 { writer.writeUndefined(byte) } else { writer.write(scalar) }
            }
        case .utf16, .utf16LittleEndian, .utf16BigEndian:
            convertUnits(input, into: &writer)
        }
        return writer.count
    }

    /// The text ends here.
    package mutating func finish(into output: UnsafeMutableRawBufferPointer) -> Int {
        var writer = UTF8Writer(output)
        if highSurrogate != nil { writer.writeUndecodable() }
        if half != nil { writer.writeUndecodable() }
        (highSurrogate, half) = (nil, nil)
        return writer.count
    }

    private mutating func convertUnits(_ input: UnsafeRawBufferPointer, into writer: inout UTF8Writer) {
        let isLittle = encoding != .utf16BigEndian
        var index = 0
        if let first = half, !input.isEmpty {
            half = nil
            index = 1
            take(isLittle ? UInt32(first) | UInt32(input[0]) << 8 : UInt32(first) << 8 | UInt32(input[0]), &writer)
        }
        while index + 1 < input.count {
            let unit = input.loadUnaligned(fromByteOffset: index, as: UInt16.self)
            take(UInt32(isLittle ? UInt16(littleEndian: unit) : UInt16(bigEndian: unit)), &writer)
            index += 2
        }
        if index < input.count { half = input[index] }
    }

    private mutating func take(_ unit: UInt32, _ writer: inout UTF8Writer) {
        if let high = highSurrogate {
            highSurrogate = nil
            if unit & 0xFC00 == 0xDC00 {
                writer.write(0x1_0000 + ((high & 0x3FF) << 10 | unit & 0x3FF))
                return
            }
            writer.writeUndecodable()
        }
        switch unit & 0xFC00 {
        case 0xD800: highSurrogate = unit
        case 0xDC00: writer.writeUndecodable()
        default: writer.write(unit)
        }
    }

    private struct UTF8Writer {
        private let output: UnsafeMutableRawBufferPointer
        private(set) var count = 0

        init(_ output: UnsafeMutableRawBufferPointer) {
            self.output = output
        }

        @inline(__always)
        mutating func write(_ scalar: UInt32) {
            if scalar < 0x80 {
                put(scalar)
            } else if scalar < 0x800 {
                put(0xC0 | scalar >> 6)
                put(0x80 | scalar & 0x3F)
            } else if scalar < 0x1_0000 {
                put(0xE0 | scalar >> 12)
                put(0x80 | scalar >> 6 & 0x3F)
                put(0x80 | scalar & 0x3F)
            } else {
                put(0xF0 | scalar >> 18)
                put(0x80 | scalar >> 12 & 0x3F)
                put(0x80 | scalar >> 6 & 0x3F)
                put(0x80 | scalar & 0x3F)
            }
        }

        mutating func writeUndecodable() {
            put(UInt32(Transcoder.undecodable))
        }

        mutating func writeUndefined(_ byte: UInt8) {
            let index = Transcoder.undefined.firstIndex(of: byte) ?? 0
            put(UInt32(Transcoder.firstUndefined) + UInt32(index))
        }

        @inline(__always)
        private mutating func put(_ byte: UInt32) {
            output[count] = UInt8(truncatingIfNeeded: byte)
            count &+= 1
        }
    }

    /// The text of bytes of Windows-1252; `nil` if one of them is undefined.
    package static func windows1252Text(_ bytes: some Sequence<UInt8>) -> String? {
        var text = ""
        for byte in bytes {
            let value = (0x80...0x9F).contains(byte) ? UInt32(windows1252[Int(byte) - 0x80]) : UInt32(byte)
            guard value != 0 || byte == 0, let scalar = Unicode.Scalar(value) else { return nil }
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    /// What Windows-1252 leaves undefined.
    private static let undefined: [UInt8] = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
    private static let firstUndefined: UInt8 = 0xFA

    /// The byte of the file that a byte of the converted text stands for: an undefined one, or the byte itself.
    package static func undefinedByte(_ converted: UInt8) -> UInt8 {
        converted >= firstUndefined && converted < undecodable ? undefined[Int(converted - firstUndefined)] : converted
    }

    /// 0x80 to 0x9F; 0 where nothing is defined (Microsoft's table of code page 1252, without the control characters that some map there).
    private static let windows1252: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]
}
