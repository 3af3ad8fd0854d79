/// Reads JSON from a server, of any quality, into a value.
///
/// By hand, because a report with `1e400` or a number beyond 64 bits must still be read, and because 100 000 opening brackets must
/// not end the process: the depth is bounded, and so is the number of values. Bytes that are not UTF-8 become U+FFFD.
package enum JSONReader {
    /// Why a text is not JSON, or more of it than is reasonable.
    package enum Flaw: Error, Equatable {
        case syntax(byteOffset: Int)
        case tooDeep
        case tooManyValues
    }

    package static let maximumDepth = 64
    /// Enough for a report with 100 000 errors, and few enough to hold in memory.
    package static let maximumValueCount = 500_000

    /// - Parameter bytes: one JSON text, with spaces around it and a byte order mark before it where someone put one.
    package static func value(of bytes: [UInt8]) throws(Flaw) -> JSONValue {
        var cursor = Cursor(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { cursor.index = 3 }
        let value = try cursor.value(depth: 0)
        cursor.skipWhitespace()
        guard cursor.index == bytes.count else { throw .syntax(byteOffset: cursor.index) }
        return value
    }

    /// The beginning of a text that is cut or goes beyond the bounds: of each list and object that was open there, what was whole in it.
    ///
    /// - Returns: `nil` where not even the first value has begun.
    package static func beginning(of bytes: [UInt8]) -> JSONValue? {
        var cursor = Cursor(bytes: bytes, endsAtFlaw: true)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { cursor.index = 3 }
        return try? cursor.value(depth: 0)
    }

    /// Whether a text is JSON that ``value(of:)`` reads, found without keeping anything of it.
    package static func canRead(_ bytes: [UInt8]) -> Bool {
        var cursor = Cursor(bytes: bytes, keepsValues: false)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { cursor.index = 3 }
        guard (try? cursor.value(depth: 0)) != nil else { return false }
        cursor.skipWhitespace()
        return cursor.index == bytes.count
    }

    private struct Cursor {
        let bytes: [UInt8]
        /// Whether lists, objects and strings get what is in them.
        var keepsValues = true
        /// Whether a flaw ends the text in place of the reading.
        var endsAtFlaw = false
        var index = 0
        var valueCount = 0

        var flaw: Flaw { .syntax(byteOffset: index) }

        mutating func skipWhitespace() {
            while index < bytes.count, Self.isWhitespace(bytes[index]) { index += 1 }
        }

        private static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

        private static func isPartOfNumber(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
                UInt8(ascii: "E"):
                true
            default: false
            }
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        mutating func value(depth: Int) throws(Flaw) -> JSONValue {
            guard depth <= maximumDepth else { throw .tooDeep }
            valueCount += 1
            guard valueCount <= maximumValueCount else { throw .tooManyValues }
            skipWhitespace()
            guard index < bytes.count else { throw flaw }
            switch bytes[index] {
            case UInt8(ascii: "{"): return try object(depth: depth)
            case UInt8(ascii: "["): return try array(depth: depth)
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"): return try word("true", .bool(true))
            case UInt8(ascii: "f"): return try word("false", .bool(false))
            case UInt8(ascii: "n"): return try word("null", .null)
            default: return try number()
            }
        }

        private mutating func word(_ text: String, _ value: JSONValue) throws(Flaw) -> JSONValue {
            guard bytes[index...].starts(with: text.utf8) else { throw flaw }
            index += text.utf8.count
            return value
        }

        private mutating func object(depth: Int) throws(Flaw) -> JSONValue {
            var members: [JSONValue.Member] = []
            do throws(Flaw) { try readMembers(into: &members, depth: depth) } catch { try end(after: error) }
            return .object(members)
        }

        /// For whatever is around, the text is over too.
        private mutating func end(after flaw: Flaw) throws(Flaw) {
            guard endsAtFlaw else { throw flaw }
            index = bytes.count
        }

        private mutating func readMembers(into members: inout [JSONValue.Member], depth: Int) throws(Flaw) {
            index += 1
            skipWhitespace()
            if take("}") { return }
            while true {
                skipWhitespace()
                guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw flaw }
                let key = try string()
                skipWhitespace()
                guard take(":") else { throw flaw }
                let value = try value(depth: depth + 1)
                if keepsValues { members.append(JSONValue.Member(key, value)) }
                skipWhitespace()
                if take("}") { return }
                guard take(",") else { throw flaw }
            }
        }

        private mutating func array(depth: Int) throws(Flaw) -> JSONValue {
            var values: [JSONValue] = []
            do throws(Flaw) { try readValues(into: &values, depth: depth) } catch { try end(after: error) }
            return .array(values)
        }

        private mutating func readValues(into values: inout [JSONValue], depth: Int) throws(Flaw) {
            index += 1
            skipWhitespace()
            if take("]") { return }
            while true {
                let value = try value(depth: depth + 1)
                if keepsValues { values.append(value) }
                skipWhitespace()
                if take("]") { return }
                guard take(",") else { throw flaw }
            }
        }

        private mutating func number() throws(Flaw) -> JSONValue {
            let start = index
            while index < bytes.count, Self.isPartOfNumber(bytes[index]) { index += 1 }
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            if let integer = Int(text) { return .int(integer) }
            // Infinity where the number is too large: it has a sign and is not a count.
            guard let double = Double(text) else { throw .syntax(byteOffset: start) }
            return .double(double)
        }

        private mutating func string() throws(Flaw) -> String {
            index += 1
            let start = index
            var byte = try skipToMark()
            // Most texts have no escapes.
            if byte == UInt8(ascii: "\"") { return keepsValues ? String(decoding: bytes[start..<(index - 1)], as: UTF8.self) : "" }
            var text = Array(bytes[start..<(index - 1)])
            while byte != UInt8(ascii: "\"") {
                text += String(try escaped()).utf8
                let next = index
                byte = try skipToMark()
                text += bytes[next..<(index - 1)]
            }
            return String(decoding: text, as: UTF8.self)
        }

        /// Goes on after the next quote or backslash, and returns it.
        private mutating func skipToMark() throws(Flaw) -> UInt8 {
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return byte }
            }
            throw flaw
        }

        private mutating func escaped() throws(Flaw) -> Unicode.Scalar {
            guard index < bytes.count else { throw flaw }
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{c}"
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
            case UInt8(ascii: "u"): return try codeUnits()
            default: throw .syntax(byteOffset: index - 1)
            }
        }

        /// `XXXX`, or a surrogate pair `XXXX\uXXXX`; half a pair becomes U+FFFD.
        private mutating func codeUnits() throws(Flaw) -> Unicode.Scalar {
            let unit = try codeUnit()
            guard (0xD800...0xDBFF).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
            let mark = index
            guard take("\\"), take("u"), let low = try? codeUnit(), (0xDC00...0xDFFF).contains(low) else {
                index = mark
                return "\u{FFFD}"
            }
            return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
        }

        private mutating func codeUnit() throws(Flaw) -> UInt32 {
            guard index + 4 <= bytes.count else { throw flaw }
            var unit: UInt32 = 0
            for _ in 0..<4 {
                guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { throw flaw }
                unit = unit << 4 | UInt32(digit)
                index += 1
            }
            return unit
        }
    }
}
