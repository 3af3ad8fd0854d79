import ByteSources
import CSVTokenizer
import ValueFormats
import Yams

/// Values that a profile and a Table Schema write alike.
extension NodeReader {
    /// The byte between fields: one ASCII character.
    mutating func delimiter(_ node: Node, _ subject: String) -> UInt8? {
        guard let text = text(node, subject) else { return nil }
        guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, !Self.cannotDelimit.contains(byte) else {
            note("\(subject) must be one ASCII character such as \";\" or \"\\t\" (in quotes), not \(Self.quoted(text))", at: node)
            return nil
        }
        return byte
    }

    /// Line ends, NUL and both quotes.
    private static let cannotDelimit: [UInt8] = [0, 0x0A, 0x0D, UInt8(ascii: "\""), UInt8(ascii: "'")]

    /// The byte around fields.
    mutating func quote(_ node: Node, _ subject: String) -> UInt8? {
        choice(node, subject, of: [("\"", UInt8(ascii: "\"")), ("'", UInt8(ascii: "'"))])
    }

    /// An encoding by one of its names.
    mutating func encoding(_ node: Node) -> TextEncoding? {
        guard let text = text(node, "\"encoding\"") else { return nil }
        if let encoding = TextEncoding(name: text) {
            if encoding.isAvailable { return encoding }
            note("this system has no converter for \(encoding.name)", at: node)
            return nil
        }
        let known = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        note("\"encoding\" must be one of \(known), not \(Self.quoted(text))", at: node)
        return nil
    }

    /// Spellings of one boolean.
    ///
    /// - Parameter other: of `TRUE` and `FALSE`, what these spellings do not mean.
    mutating func spellings(_ node: Node, _ subject: String, other: String) -> [String] {
        let spellings = texts(node, subject) ?? []
        if spellings.contains("") { note("a spelling under \(subject) must not be empty: empty cells are blank", at: node) }
        if spellings.contains(other) { note("\(other) under \(subject): its meaning cannot be changed", at: node) }
        return spellings
    }

    /// Notes spellings that mean both booleans.
    mutating func noteContradictions(in format: BooleanFormat, _ subject: String, at node: Node) {
        let trueBytes = Set(format.trueSpellings.map { Array($0.utf8) })
        for spelling in format.falseSpellings where trueBytes.contains(Array(spelling.utf8)) {
            note("\(Self.quoted(spelling)) is both \(subject): remove one of them", at: node)
        }
    }

    /// Notes a group separator that is the decimal separator as well.
    mutating func checkSeparators(of format: NumberFormat, _ subject: String, at node: Node) {
        guard let group = format.group, group.rawValue == format.decimal.rawValue else { return }
        note("\(subject) are both \"\(group.rawValue)\" (defaults included): they must differ", at: node)
    }

    /// The name of a column, which no other has.
    ///
    /// - Parameter lines: where each name so far was given, by its bytes: two spellings of one letter are two names in a header.
    mutating func columnName(_ node: Node, lines: inout [[UInt8]: Int]) -> String? {
        guard let name = text(node, "\"name\"") else { return nil }
        guard !name.isEmpty else {
            note("a column's \"name\" must not be empty", at: node)
            return nil
        }
        let bytes = Array(name.utf8)
        if let line = lines[bytes] {
            note("the column \(Self.quoted(name)) is already described in line \(line)", at: node)
        } else {
            lines[bytes] = node.mark?.line ?? 1
        }
        return name
    }
}
