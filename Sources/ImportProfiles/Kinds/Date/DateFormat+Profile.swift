package import ValueFormats
import Yams

extension ColumnProfile {
    /// For dates.
    package var date: DateFormat {
        get { formats[DateFormat.self] }
        set { formats[DateFormat.self] = newValue }
    }
}

extension ColumnDefaults {
    /// For dates.
    package var date: DateFormat {
        get { formats[DateFormat.self] }
        set { formats[DateFormat.self] = newValue }
    }
}

/// What a profile says under `date`.
extension DateFormat: ValueFormat {
    static let key = ProfileKey(
        name: "date", meaning: "`format`: a pattern in .NET notation such as `dd/MM/yyyy`, or a list of patterns.")
    static var usual: DateFormat { .iso }

    static func read(_ node: Node, over base: DateFormat, nodes: inout NodeReader) -> DateFormat {
        read(node, "\"date\"", nodes: &nodes) ?? base
    }

    /// - Parameter subject: the key that holds the format, in quotes.
    /// - Returns: `nil`, noted, for a mistake.
    static func read(_ node: Node, _ subject: String, nodes: inout NodeReader) -> DateFormat? {
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
        let patterns = patternNodes.compactMap { readPattern($0, nodes: &nodes) }
        return patterns.isEmpty ? nil : DateFormat(patterns)
    }

    private static func readPattern(_ node: Node, nodes: inout NodeReader) -> DatePattern? {
        guard let text = nodes.text(node, "a date pattern") else { return nil }
        do {
            return try DatePattern(compiling: text)
        } catch {
            let isQuoted = node.scalar.map { $0.style == .singleQuoted || $0.style == .doubleQuoted } ?? false
            nodes.note("date pattern \(NodeReader.quoted(text)): \(error.message)", at: node, offset: error.offset + (isQuoted ? 1 : 0))
            return nil
        }
    }

    func yaml(over base: DateFormat, isFull: Bool) -> String? {
        isFull || YAMLText.differ(patterns.map(\.text), base.patterns.map(\.text)) ? yaml : nil
    }

    /// The map as a profile has it.
    var yaml: String {
        let texts = patterns.map(\.text)
        return YAMLText.map([("format", texts.count == 1 ? YAMLText.scalar(texts[0]) : YAMLText.list(texts))])
    }
}
