import ByteSpans
import SafeText

/// Converts text to UTF-8, in as many pieces as it comes in.
///
/// What the encoding does not allow (an undefined byte, half of a surrogate pair, half a UTF-16 unit at the end, the first byte of a code that means
/// nothing) becomes a sequence that is not UTF-8 and tells what it was: a search for ill-formed text finds it, at its place in the file. See
/// `UndecodedBytes`.
package struct Transcoder {
    /// Bytes of UTF-8 that what was left open by the last piece may become.
    package static let mostPending = 3 * UndecodedBytes.length

    /// A whole text as UTF-8.
    ///
    /// - Parameter table: has its characters of several bytes; `nil` for the table of the encoding.
    package static func text(_ bytes: some Collection<UInt8>, in encoding: TextEncoding, table: MultibyteTable? = nil) -> [UInt8] {
        var transcoder = Transcoder(encoding, table: table)
        return [UInt8](capacity: bytes.count * encoding.mostGrowth + 2 * mostPending) { output in
            transcoder.convert(Array(bytes).span, into: &output)
            transcoder.finish(into: &output)
        }
    }

    private let encoding: TextEncoding
    private let page: CodePage?
    private let table: MultibyteTable?
    /// The bytes of a character of several that have come.
    private var code: [UInt8] = []
    /// The first byte of a UTF-16 unit whose second has not come.
    private var half: UInt8?
    /// The first unit of a surrogate pair whose second has not come.
    private var highSurrogate: UInt32?

    /// - Parameter encoding: UTF-16 without a byte order is taken for little-endian: see ``TextEncoding/resolved(by:)``.
    package init(_ encoding: TextEncoding) {
        self.init(encoding, table: nil)
    }

    private init(_ encoding: TextEncoding, table: MultibyteTable?) {
        self.encoding = encoding
        page = encoding.page
        self.table = table ?? MultibyteTable.table(of: encoding)
    }

    /// - Parameter output: has room for ``TextEncoding/mostGrowth`` times the input and ``mostPending`` bytes more.
    package mutating func convert(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) {
        if encoding == .utf8 { return output.append(contentsOf: input) }
        if let page {
            for index in input.indices {
                let byte = input[index]
                let scalar = byte < 0x80 ? UInt32(byte) : UInt32(page.scalars[Int(byte) - 0x80])
                if scalar != 0 || byte == 0 {
                    output.write(scalar)
                } else {
                    output.write(.byte(byte))
                }
            }
        } else if encoding.isMultibyte {
            for index in input.indices { take(input[index], &output) }
        } else {
            convertUnits(input, into: &output)
        }
    }

    /// The text ends here.
    package mutating func finish(into output: inout OutputSpan<UInt8>) {
        if let high = highSurrogate { output.write(.surrogate(UInt16(truncatingIfNeeded: high))) }
        if let half { output.write(.byte(half)) }
        (highSurrogate, half) = (nil, nil)
        while !code.isEmpty { giveUp(&output) }
    }

    // MARK: Characters of several bytes

    private mutating func take(_ byte: UInt8, _ output: inout OutputSpan<UInt8>) {
        guard let table else { return byte < 0x80 ? output.write(UInt32(byte)) : output.write(.byte(byte)) }
        switch code.count {
        case 0:
            if byte < 0x80 { return output.write(UInt32(byte)) }
            let single = table.singles[Int(byte) - 0x80]
            if single != 0 { return output.write(UInt32(single)) }
            if table.isFirst[Int(byte) - 0x80] { code.append(byte) } else { output.write(.byte(byte)) }
        case 1:
            let scalar = table.pair(code[0], byte)
            if scalar != 0 {
                code.removeAll(keepingCapacity: true)
                output.write(UInt32(scalar))
            } else if table.mayBeginFour(code[0], byte) {
                code.append(byte)
            } else {
                giveUp(&output, before: byte)
            }
        case 2:
            if byte >= 0x81, byte <= 0xFE { code.append(byte) } else { giveUp(&output, before: byte) }
        default:
            let scalar = table.four(code[0], code[1], code[2], byte)
            if scalar == 0 { return giveUp(&output, before: byte) }
            code.removeAll(keepingCapacity: true)
            output.write(scalar)
        }
    }

    /// The first byte begins no character: what came after it is looked at again, and a byte that ends a field or a line is never lost.
    private mutating func giveUp(_ output: inout OutputSpan<UInt8>, before next: UInt8? = nil) {
        let (first, rest) = (code[0], code.dropFirst())
        code = []
        output.write(.byte(first))
        for byte in rest { take(byte, &output) }
        if let next { take(next, &output) }
    }

    // MARK: UTF-16

    private mutating func convertUnits(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) {
        let isLittle = encoding != .utf16BigEndian
        var index = 0
        if let first = half, !input.isEmpty {
            half = nil
            index = 1
            take(isLittle ? UInt32(first) | UInt32(input[0]) << 8 : UInt32(first) << 8 | UInt32(input[0]), &output)
        }
        while index + 1 < input.count {
            let unit = input.load(at: index, as: UInt16.self)
            take(UInt32(isLittle ? UInt16(littleEndian: unit) : UInt16(bigEndian: unit)), &output)
            index += 2
        }
        if index < input.count { half = input[index] }
    }

    private mutating func take(_ unit: UInt32, _ output: inout OutputSpan<UInt8>) {
        if let high = highSurrogate {
            highSurrogate = nil
            if unit & 0xFC00 == 0xDC00 {
                output.write(0x1_0000 + ((high & 0x3FF) << 10 | unit & 0x3FF))
                return
            }
            output.write(.surrogate(UInt16(truncatingIfNeeded: high)))
        }
        switch unit & 0xFC00 {
        case 0xD800: highSurrogate = unit
        case 0xDC00: output.write(.surrogate(UInt16(truncatingIfNeeded: unit)))
        default: output.write(unit)
        }
    }
}

extension OutputSpan where Element == UInt8 {
    /// Appends a character.
    @inline(__always)
    fileprivate mutating func write(_ scalar: UInt32) {
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

    fileprivate mutating func write(_ undecoded: UndecodedBytes) {
        let (first, second, third) = undecoded.sequence
        append(first)
        append(second)
        append(third)
    }

    @inline(__always)
    private mutating func put(_ byte: UInt32) { append(UInt8(truncatingIfNeeded: byte)) }
}
