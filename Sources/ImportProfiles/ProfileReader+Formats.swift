import CSVTokenizer
import ValueFormats
import Yams

extension ProfileReader {
    mutating func readNumberFormat(_ node: Node, over base: NumberFormat) -> NumberFormat {
        var format = base
        let known = ["decimal", "group", "prefix", "suffix", "percent", "multiplier"]
        guard let entries = nodes.entries(of: node, "\"number\"", known: known) else { return format }
        if let entry = entries["decimal"] {
            format.decimal = nodes.word(entry.value, "\"decimal\"", as: NumberFormat.DecimalSeparator.self) ?? base.decimal
        }
        if let entry = entries["group"] {
            var choices: [(word: String, value: NumberFormat.GroupSeparator?)] = [("none", nil)]
            choices += NumberFormat.GroupSeparator.allCases.map { ($0.rawValue, $0) }
            format.group = nodes.choice(entry.value, "\"group\"", of: choices) ?? base.group
        }
        if let entry = entries["prefix"] { format.prefix = readAffix(entry.value, "prefix", over: base.prefix) }
        if let entry = entries["suffix"] { format.suffix = readAffix(entry.value, "suffix", over: base.suffix) }
        if let entry = entries["percent"] { format.isPercent = nodes.flag(entry.value, "\"percent\"") ?? false }
        if let entry = entries["multiplier"] { format.multiplier = readMultiplier(entry.value) }
        nodes.checkSeparators(of: format, "\"group\" and \"decimal\"", at: node)
        return format
    }

    /// - Parameter base: what the defaults say, which an empty text takes back.
    private mutating func readAffix(_ node: Node, _ key: String, over base: String?) -> String? {
        guard let text = nodes.text(node, "\"\(key)\"") else { return nil }
        if text.isEmpty, base != nil { return nil }
        let outer = key == "prefix" ? text.unicodeScalars.first : text.unicodeScalars.last
        guard let outer, !outer.properties.isWhitespace else {
            nodes.note("\"\(key)\" must not be empty, nor have a blank on its outer side", at: node)
            return nil
        }
        guard !text.unicodeScalars.contains(where: { ("0"..."9").contains($0) || $0 == "-" || $0 == "+" }) else {
            nodes.note("\"\(key)\" must not contain digits or signs: \(NodeReader.quoted(text))", at: node)
            return nil
        }
        return text
    }

    private mutating func readMultiplier(_ node: Node) -> Multiplier? {
        guard let text = nodes.text(node, "\"multiplier\""), text != "none" else { return nil }
        if let multiplier = Multiplier(text) { return multiplier }
        let words = ["none"] + Multiplier.words
        let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
        nodes.note(
            "\"multiplier\" must be one of \(list), or a positive number like 1000 or 0.01, not \(NodeReader.quoted(text))"
                + NodeReader.advice(for: text, among: words), at: node)
        return nil
    }

    /// - Parameter subject: the key that holds the format, in quotes.
    mutating func readDateFormat(_ node: Node, _ subject: String) -> DateFormat? {
        guard let entries = nodes.entries(of: node, subject, known: ["format"]) else { return nil }
        guard let entry = entries["format"] else {
            nodes.note("\(subject) needs a \"format\" such as dd/MM/yyyy", at: node)
            return nil
        }
        let patternNodes: [Node]
        if case .scalar = entry.value {
            patternNodes = [entry.value]
        } else {
            guard let list = nodes.list(entry.value, "\"format\"") else { return nil }
            if list.isEmpty { nodes.note("\"format\" must give at least one pattern", at: entry.value) }
            patternNodes = list
        }
        let patterns = patternNodes.compactMap { readDatePattern($0) }
        return patterns.isEmpty ? nil : DateFormat(patterns)
    }

    private mutating func readDatePattern(_ node: Node) -> DatePattern? {
        guard let text = nodes.text(node, "a date pattern") else { return nil }
        do {
            return try DatePattern(compiling: text)
        } catch {
            let isQuoted = node.scalar.map { $0.style == .singleQuoted || $0.style == .doubleQuoted } ?? false
            nodes.note("date pattern \(NodeReader.quoted(text)): \(error.message)", at: node, offset: error.offset + (isQuoted ? 1 : 0))
            return nil
        }
    }

    mutating func readBooleanFormat(_ node: Node, over base: BooleanFormat) -> BooleanFormat {
        var format = base
        guard let entries = nodes.entries(of: node, "\"boolean\"", known: ["true", "false"]) else { return format }
        if let entry = entries["true"] { format.trueSpellings = nodes.spellings(entry.value, "\"true\"", other: "FALSE") }
        if let entry = entries["false"] { format.falseSpellings = nodes.spellings(entry.value, "\"false\"", other: "TRUE") }
        nodes.noteContradictions(in: format, "\"true\" and \"false\" (defaults included)", at: entries["false"]?.value ?? node)
        return format
    }

    mutating func readNullWords(_ node: Node) -> [String] {
        (nodes.texts(node, "\"null\"") ?? []).filter { !$0.isEmpty }
    }
}
