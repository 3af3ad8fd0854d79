import CSVTokenizer
import SafeText
import ValueFormats
import Yams

/// Puts back the byte order marks that the YAML library drops at the beginning of a scalar: a column's name may begin with one.
///
/// Only as an escape in double quotes (`"\\uFEFFName"`) can such a mark be written: as itself it is refused by the library.
struct LeadingMarks {
    private let text: [Unicode.Scalar]
    /// Where each line begins, as the library counts lines: NEL, LS and PS end one, too.
    private var lineStarts = [0]

    /// - Parameter text: that the nodes were composed from.
    /// - Returns: the tree with every mark that its text has.
    static func restored(in root: Node, of text: String) -> Node {
        guard text.utf8.contains(UInt8(ascii: "\\")), isNeeded else { return root }
        let marks = LeadingMarks(text)
        return marks.restored(in: root)
    }

    /// Whether the library drops them: another version may not.
    private static let isNeeded: Bool = {
        let probe = try? Yams.compose(yaml: "\"\\uFEFFx\"", .basic, .default, .utf8)
        return probe?.scalar.map { $0.string.unicodeScalars.count == 1 } ?? false
    }()

    private init(_ text: String) {
        self.text = Array(text.unicodeScalars)
        for (index, scalar) in self.text.enumerated() {
            switch scalar {
            case "\r": if index + 1 < self.text.count, self.text[index + 1] == "\n" { continue }
            case "\n", "\u{85}", "\u{2028}", "\u{2029}": break
            default: continue
            }
            lineStarts.append(index + 1)
        }
    }

    private func restored(in node: Node) -> Node {
        switch node {
        case .scalar(var scalar):
            guard scalar.style == .doubleQuoted, let mark = scalar.mark, beginsWithMark(mark) else { return node }
            let tag = scalar.tag
            scalar.string = "\u{FEFF}" + scalar.string
            scalar.tag = tag
            return .scalar(scalar)
        case .mapping(let mapping):
            let pairs = mapping.map { (restored(in: $0.key), restored(in: $0.value)) }
            return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark, mapping.anchor))
        case .sequence(let sequence):
            return .sequence(Node.Sequence(sequence.map(restored), sequence.tag, sequence.style, sequence.mark, sequence.anchor))
        case .alias: return node
        }
    }

    /// Whether the quoted text that begins here, after an anchor or a tag, begins with an escaped mark.
    private func beginsWithMark(_ mark: Mark) -> Bool {
        guard lineStarts.indices.contains(mark.line - 1) else { return false }
        let start = lineStarts[mark.line - 1] + mark.column - 1
        guard let quote = text.dropFirst(start).firstIndex(of: "\"") else { return false }
        let rest = text[(quote + 1)...]
        return [("\\u", 4), ("\\U", 8)].contains { escape, digitCount in
            guard rest.starts(with: escape.unicodeScalars) else { return false }
            let digits = String(String.UnicodeScalarView(rest.dropFirst(2).prefix(digitCount)))
            return digits.utf8.count == digitCount && UInt32(digits, radix: 16) == 0xFEFF
        }
    }
}
