import ByteSpans
import SafeText

/// A formula of a spreadsheet where its value should be: `=SUM(B2:B9)`, `=A1*1.2`, `+E5+E6`, `@SUM(A1:A9)`.
///
/// It calls a function or refers to a cell. What is only written like a formula, `=Revenue - Cost`, is a text. Names of functions are in the language of
/// the spreadsheet, and in capitals.
package enum SpreadsheetFormula {
    /// Whether a text may be a formula by its first byte.
    @inline(__always)
    package static func mayBegin(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "@")
    }

    /// - Parameter text: without surrounding spaces.
    package static func matches(_ text: Span<UInt8>) -> Bool {
        guard text.count > 2, mayBegin(text[0]) else { return false }
        var reader = Reader(text)
        guard reader.read() else { return false }
        switch text[0] {
        case UInt8(ascii: "="): return reader.callCount > 0 || reader.cellCount > 0
        // A phone number, a name, a list of signs.
        case UInt8(ascii: "+"): return reader.callCount > 0 || reader.cellCount > 1 && reader.operatorCount > 0
        default: return reader.callCount > 0
        }
    }

    private struct Reader: ~Escapable {
        private let text: Span<UInt8>
        private var index = 1
        private var depth = 0
        private(set) var callCount = 0
        private(set) var cellCount = 0
        private(set) var operatorCount = 0

        @_lifetime(copy text)
        init(_ text: Span<UInt8>) {
            self.text = text
        }

        /// - Returns: whether the text is nothing but what formulas are made of.
        mutating func read() -> Bool {
            while index < text.count {
                guard readPart(), depth >= 0 else { return false }
            }
            return depth == 0
        }

        private mutating func readPart() -> Bool {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): index += 1
            case UInt8(ascii: "("):
                depth += 1
                index += 1
            case UInt8(ascii: ")"):
                depth -= 1
                index += 1
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "^"), UInt8(ascii: "&"),
                UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: "="):
                operatorCount += 1
                index += 1
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: " "), UInt8(ascii: "!"),
                UInt8(ascii: "#"):
                index += 1
            // Texts, names of sheets, and of other files.
            case UInt8(ascii: "\""), UInt8(ascii: "'"): return skip(to: byte)
            case UInt8(ascii: "["): return skip(to: UInt8(ascii: "]"))
            default:
                guard Self.isNamePart(byte) else { return false }
                return readName()
            }
            return true
        }

        private mutating func skip(to end: UInt8) -> Bool {
            guard let place = text.firstIndex(of: end, in: (index + 1)..<text.count) else { return false }
            index = place + 1
            return true
        }

        private mutating func readName() -> Bool {
            let start = index
            while index < text.count, Self.isNamePart(text[index]) || text[index] == UInt8(ascii: ".") { index += 1 }
            let name = text[start..<index]
            let next = index < text.count ? text[index] : 0
            if next == UInt8(ascii: "(") {
                callCount += 1
                return !name.contains(where: { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
            }
            // A sheet, then a cell of it.
            if next == UInt8(ascii: "!") { return true }
            if Self.isCell(name) {
                cellCount += 1
                return true
            }
            // Names of ranges and of columns are told from words only by what surrounds them.
            return depth > 0
        }

        /// `A1`, `$B$12`, `XFD1048576`. Which digits they are makes no difference: numbers that differ in theirs are judged alike.
        private static func isCell(_ name: Span<UInt8>) -> Bool {
            var (letters, digits, index) = (0, 0, 0)
            if name[index] == UInt8(ascii: "$") { index += 1 }
            while index < name.count, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(name[index]) {
                (letters, index) = (letters + 1, index + 1)
            }
            if index < name.count, name[index] == UInt8(ascii: "$") { index += 1 }
            while index < name.count, ASCII.isDigit(name[index]) { (digits, index) = (digits + 1, index + 1) }
            return index == name.count && (1...3).contains(letters) && (1...7).contains(digits)
        }

        private static func isNamePart(_ byte: UInt8) -> Bool {
            byte >= 0x80 || ASCII.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "$")
        }
    }
}
