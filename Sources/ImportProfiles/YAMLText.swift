import SafeText

/// Pieces of YAML text in flow style that read back as the very same strings, in this program and in any other.
package enum YAMLText {
    /// A text in quotes for a comment or a message: safe to print, not to read back.
    package static func shown(_ text: String) -> String { "\"\(VisibleText(text).text)\"" }

    /// A map in flow style: `{name: Amount, type: number}`. The values are YAML text already.
    package static func map(_ entries: [(key: String, value: String)]) -> String {
        "{" + entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }

    /// A list in flow style of scalars: `[NA, "-"]`.
    package static func list(_ texts: [String]) -> String {
        "[" + texts.map(scalar).joined(separator: ", ") + "]"
    }

    /// Whether two lists of texts are different ones, by bytes: equal strings may be composed in other ways.
    static func differ(_ own: [String?], _ base: [String?]) -> Bool {
        own.count != base.count || !zip(own, base).allSatisfy { $0 == $1 && ($0 ?? "").utf8.elementsEqual(($1 ?? "").utf8) }
    }

    /// A text as a scalar: plain if it cannot be mistaken for anything else, otherwise in quotes.
    package static func scalar(_ text: String) -> String {
        if isPlain(text) { return text }
        // What a profile has most often in quotes reads best so.
        if text == "\"" { return "'\"'" }
        var quoted = "\""
        for scalar in text.unicodeScalars { append(scalar, to: &quoted) }
        return quoted + "\""
    }

    /// Letters first, then letters, digits and a few signs that have no meaning in YAML anywhere; single spaces inside.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isPlainLetter(first), !otherMeanings.contains(text.lowercased()) else { return false }
        var previous = first
        for scalar in text.unicodeScalars.dropFirst() {
            switch scalar {
            case " ": if previous == " " { return false }
            case "0"..."9", "_", "-", "/", ".": break
            default: if !isPlainLetter(scalar) { return false }
            }
            previous = scalar
        }
        return previous != " "
    }

    private static func isPlainLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: return !VisibleText.isHidden(scalar)
        default: return false
        }
    }

    /// What some reader of YAML 1.1 or 1.2 takes for a boolean or for nothing.
    private static let otherMeanings: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

    private static func append(_ scalar: Unicode.Scalar, to quoted: inout String) {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case "\n": quoted += "\\n"
        case "\r": quoted += "\\r"
        case "\t": quoted += "\\t"
        // After a `&` elsewhere it could be taken for an alias: see `ProfileDocument.firstAlias`.
        case "*": quoted += "\\x2A"
        default:
            guard VisibleText.isHidden(scalar) || (scalar != " " && scalar.properties.isWhitespace) else {
                quoted.unicodeScalars.append(scalar)
                return
            }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x1_0000 ? ("u", 4) : ("U", 8)
            quoted += "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
        }
    }
}
