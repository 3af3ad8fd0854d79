package import ValueFormats
import Yams

extension ColumnProfile {
    /// For numbers and integers.
    package var number: NumberFormat {
        get { formats[NumberFormat.self] }
        set { formats[NumberFormat.self] = newValue }
    }
}

extension ColumnDefaults {
    /// For numbers and integers.
    package var number: NumberFormat {
        get { formats[NumberFormat.self] }
        set { formats[NumberFormat.self] = newValue }
    }
}

/// What a profile says under `number`.
extension NumberFormat: ValueFormat {
    static let key = ProfileKey(
        name: "number",
        meaning:
            "`decimal`: `.` or `,`; `group`: `none`, `,`, `.`, `'`, a space, `\"\\u00A0\"` or `\"\\u202F\"` (no-break spaces); `prefix`; `suffix`; `percent: true`; `multiplier`: "
            + "`thousand`, `million`, `billion`, `trillion` or a positive number, which does not affect what can be read.")
    static let usual = NumberFormat()

    static func read(_ node: Node, over base: NumberFormat, nodes: inout NodeReader) -> NumberFormat {
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
        if let entry = entries["prefix"] { format.prefix = readAffix(entry.value, "prefix", over: base.prefix, nodes: &nodes) }
        if let entry = entries["suffix"] { format.suffix = readAffix(entry.value, "suffix", over: base.suffix, nodes: &nodes) }
        if let entry = entries["percent"] { format.isPercent = nodes.flag(entry.value, "\"percent\"") ?? false }
        if let entry = entries["multiplier"] { format.multiplier = readMultiplier(entry.value, nodes: &nodes) }
        nodes.checkSeparators(of: format, "\"group\" and \"decimal\"", at: node)
        return format
    }

    /// - Parameter base: what the defaults say, which an empty text takes back.
    private static func readAffix(_ node: Node, _ key: String, over base: String?, nodes: inout NodeReader) -> String? {
        guard let text = nodes.text(node, "\"\(key)\"") else { return nil }
        if text.isEmpty, base != nil { return nil }
        let outer = key == "prefix" ? text.unicodeScalars.first : text.unicodeScalars.last
        guard let outer, !outer.properties.isWhitespace else {
            nodes.note("\"\(key)\" must not be empty or have a space on its outer side", at: node)
            return nil
        }
        guard !text.unicodeScalars.contains(where: { ("0"..."9").contains($0) || $0 == "-" || $0 == "+" }) else {
            nodes.note("\"\(key)\" must not contain digits or signs: \(NodeReader.quoted(text))", at: node)
            return nil
        }
        return text
    }

    private static func readMultiplier(_ node: Node, nodes: inout NodeReader) -> Multiplier? {
        guard let text = nodes.text(node, "\"multiplier\""), text != "none" else { return nil }
        if let multiplier = Multiplier(text) { return multiplier }
        let words = ["none"] + Multiplier.words
        let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
        nodes.note(
            "\"multiplier\" must be one of \(list), or a positive number like 1000 or 0.01, not \(NodeReader.quoted(text))"
                + NodeReader.advice(for: text, among: words), at: node)
        return nil
    }

    func yaml(over base: NumberFormat, isFull: Bool) -> String? {
        var entries: [(key: String, value: String)] = []
        if isFull || decimal != base.decimal { entries.append(("decimal", YAMLText.scalar(decimal.rawValue))) }
        if isFull || group != base.group { entries.append(("group", group.map { YAMLText.scalar($0.rawValue) } ?? "none")) }
        if YAMLText.differ([prefix], [base.prefix]) { entries.append(("prefix", YAMLText.scalar(prefix ?? ""))) }
        if YAMLText.differ([suffix], [base.suffix]) { entries.append(("suffix", YAMLText.scalar(suffix ?? ""))) }
        if isFull || isPercent != base.isPercent { entries.append(("percent", String(isPercent))) }
        if multiplier != base.multiplier { entries.append(("multiplier", multiplier?.text ?? "none")) }
        return entries.isEmpty ? nil : YAMLText.map(entries)
    }
}
