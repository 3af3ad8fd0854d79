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
        name: "date",
        meaning:
            "`format`: a pattern in .NET notation such as `dd/MM/yyyy`, or a list of patterns; `years`: the years that are meant, such as "
            + "`2000..2035`, which decide the century of two digits.")
    static var usual: DateFormat { .iso }

    static func read(_ node: Node, over base: DateFormat, nodes: inout NodeReader) -> DateFormat {
        read(node, "\"date\"", over: base, nodes: &nodes) ?? base
    }

    /// - Parameters:
    ///   - subject: the key that holds the format, in quotes.
    ///   - base: what is meant where there are years only; `nil` if a pattern must be there, and years are not known.
    /// - Returns: `nil`, noted, for a mistake.
    static func read(_ node: Node, _ subject: String, over base: DateFormat? = nil, nodes: inout NodeReader) -> DateFormat? {
        guard let entries = nodes.entries(of: node, subject, known: base == nil ? ["format"] : ["format", "years"]) else { return nil }
        let years = entries["years"].map { readYears($0.value, nodes: &nodes) } ?? base?.years
        guard let entry = entries["format"] else {
            if let base, entries["years"] != nil { return DateFormat(base.patterns, years: years) }
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
        return patterns.isEmpty ? nil : DateFormat(patterns, years: years)
    }

    /// `2000..2035`
    private static func readYears(_ node: Node, nodes: inout NodeReader) -> ClosedRange<Int>? {
        guard let text = nodes.text(node, "\"years\"") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 3, parts[1].isEmpty, let first = year(parts[0]), let last = year(parts[2]), first <= last, last - first < 100 {
            return first...last
        }
        nodes.note("\"years\" must be two years of at most a century, such as 2000..2035, not \(NodeReader.quoted(text))", at: node)
        return nil
    }

    private static func year(_ text: Substring) -> Int? {
        text.utf8.count == 4 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
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
        isFull || years != base.years || YAMLText.differ(patterns.map(\.text), base.patterns.map(\.text)) ? yaml : nil
    }

    /// The map as a profile has it.
    var yaml: String {
        let texts = patterns.map(\.text)
        let format = ("format", texts.count == 1 ? YAMLText.scalar(texts[0]) : YAMLText.list(texts))
        return YAMLText.map([format] + (years.map { [("years", "\($0.lowerBound)..\($0.upperBound)")] } ?? []))
    }
}
