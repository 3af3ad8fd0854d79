package import ValueFormats
import Yams

extension ColumnProfile {
    /// For booleans.
    package var boolean: BooleanFormat {
        get { formats[BooleanFormat.self] }
        set { formats[BooleanFormat.self] = newValue }
    }
}

extension ColumnDefaults {
    /// For booleans.
    package var boolean: BooleanFormat {
        get { formats[BooleanFormat.self] }
        set { formats[BooleanFormat.self] = newValue }
    }
}

/// What a profile says under `boolean`.
extension BooleanFormat: ValueFormat {
    static let key = ProfileKey(
        name: "boolean",
        meaning: "`true` and `false`: spellings that the configuration reads (assumed) besides `TRUE` and `FALSE`, compared byte by byte.")
    static let usual = BooleanFormat()

    static func read(_ node: Node, over base: BooleanFormat, nodes: inout NodeReader) -> BooleanFormat {
        var format = base
        guard let entries = nodes.entries(of: node, "\"boolean\"", known: ["true", "false"]) else { return format }
        if let entry = entries["true"] { format.trueSpellings = nodes.spellings(entry.value, "\"true\"", other: "FALSE") }
        if let entry = entries["false"] { format.falseSpellings = nodes.spellings(entry.value, "\"false\"", other: "TRUE") }
        nodes.noteContradictions(in: format, "\"true\" and \"false\" (defaults included)", at: entries["false"]?.value ?? node)
        return format
    }

    func yaml(over base: BooleanFormat, isFull: Bool) -> String? {
        var entries: [(key: String, value: String)] = []
        if isFull || YAMLText.differ(trueSpellings, base.trueSpellings) { entries.append(("true", YAMLText.list(trueSpellings))) }
        if isFull || YAMLText.differ(falseSpellings, base.falseSpellings) { entries.append(("false", YAMLText.list(falseSpellings))) }
        return entries.isEmpty ? nil : YAMLText.map(entries)
    }
}
