import CSVTokenizer
import SafeText
import ValueFormats
import Yams

extension ProfileReader {
    /// The keys that say how the values of a column are written and judged.
    static let settingKeys = ["type"] + ColumnType.keys.map(\.name) + ["required", "null", "assume"]
    /// The keys that say which files have a column.
    static let presenceKeys = ["optional", "since"]
    static let misplacedMultiplier = "\"multiplier\" belongs to a number format: write number: {multiplier: thousand}"
    private static let types = ColumnType.names
    private static let columnKeys = ["name"] + presenceKeys + settingKeys
    private static let refusedColumnKeys = ["multiplier": misplacedMultiplier]
    // There may be thousands of columns.
    private static let requiredColumnKeys: KeyValuePairs = [
        "name": "a column needs a \"name\", as the header has it", "type": "a column needs a \"type\": \(types)",
    ]

    mutating func readDefaults(_ node: Node) -> ColumnDefaults {
        var defaults = ColumnDefaults()
        let refused = ["multiplier": Self.misplacedMultiplier]
        let known = ColumnType.formats.map { $0.key.name } + ["null"]
        guard let entries = nodes.entries(of: node, "\"defaults\"", known: known, refused: refused) else { return defaults }
        readFormats(entries, into: &defaults.formats)
        if let entry = entries["null"] { defaults.nullWords = readNullWords(entry.value) }
        return defaults
    }

    mutating func readColumns(_ node: Node, defaults: ColumnDefaults) -> [ColumnProfile] {
        guard let list = nodes.list(node, "\"columns\"") else { return [] }
        if list.isEmpty { nodes.note("\"columns\" must name at least one column", at: node) }
        var columns: [ColumnProfile] = []
        var lines: [[UInt8]: Int] = [:]
        for element in list {
            guard let column = readColumn(element, defaults: defaults, lines: &lines) else { continue }
            columns.append(column)
            columnPlaces.append(element.mark.map { ProfileLocation($0) } ?? .start)
        }
        return columns
    }

    private mutating func readColumn(_ node: Node, defaults: ColumnDefaults, lines: inout [[UInt8]: Int]) -> ColumnProfile? {
        let (known, refused) = (Self.columnKeys, Self.refusedColumnKeys)
        guard let entries = nodes.entries(of: node, "a column", known: known, refused: refused, required: Self.requiredColumnKeys) else {
            return nil
        }
        let name = entries["name"].flatMap { nodes.columnName($0.value, lines: &lines) }
        let type = entries["type"].flatMap { readType($0.value, of: name ?? "", at: node) }
        var column = readSettings(entries, of: defaults.column(name ?? "", type ?? .text), type: type)
        readPresence(entries, into: &column)
        return name == nil || type == nil ? nil : column
    }

    private mutating func readPresence(_ entries: NodeReader.Entries, into column: inout ColumnProfile) {
        if let entry = entries["optional"] { column.isOptional = nodes.flag(entry.value, "\"optional\"") ?? false }
        guard let entry = entries["since"], let text = nodes.text(entry.value, "\"since\"") else { return }
        column.since = CalendarDay(text)
        if column.since == nil { nodes.note("\"since\" must be a day like 2026-03-01, not \(NodeReader.quoted(text))", at: entry.value) }
    }

    /// Notes keys that some files could not have.
    mutating func checkPresence(ofKeys keys: [[String]], columns: [ColumnProfile], at node: Node) {
        for column in columns where (column.isOptional || column.since != nil) && keys.contains(where: { $0.contains(column.name) }) {
            nodes.note(
                "\(NodeReader.quoted(column.name)) is a column of a key, so every file must have it: remove \"optional\" or \"since\" from it",
                at: node)
        }
    }

    /// What a pivoted file's period columns hold.
    mutating func readPivotValues(_ node: Node, defaults: ColumnDefaults) -> ColumnProfile {
        let refused = [
            "multiplier": Self.misplacedMultiplier, "name": "\"values\" describes every period column at once: remove the name",
        ]
        let required: KeyValuePairs = ["type": "\"values\" needs a \"type\": \(Self.types)"]
        let usual = defaults.column("", .number)
        guard let entries = nodes.entries(of: node, "\"values\"", known: Self.settingKeys, refused: refused, required: required) else {
            return usual
        }
        let type = entries["type"].flatMap { readType($0.value, of: "", at: node) }
        return readSettings(entries, of: defaults.column("", type ?? .number), type: type)
    }

    /// - Parameters:
    ///   - name: of the column; empty for the values of a pivoted file.
    ///   - column: the node that describes it.
    /// - Returns: `nil`, noted, for a mistake, and for a type that is undecided.
    private mutating func readType(_ node: Node, of name: String, at column: Node) -> ColumnType? {
        guard node.scalar?.string == UndecidedColumn.type else { return nodes.word(node, "\"type\"", as: ColumnType.self) }
        nodes.note(undecided.message(name: name, line: column.mark?.line ?? 1), at: column)
        return nil
    }

    /// - Parameter type: `nil` where it has a mistake.
    mutating func readSettings(
        _ entries: NodeReader.Entries, of column: ColumnProfile, type: ColumnType?
    ) -> ColumnProfile {
        var column = column
        noteMisplacedKeys(entries, type: type)
        readFormats(entries, into: &column.formats)
        if let entry = entries["null"] { column.nullWords = readNullWords(entry.value) }
        if let entry = entries["required"] { column.isRequired = nodes.flag(entry.value, "\"required\"") ?? false }
        if let entry = entries["assume"] { readAssumptions(entry.value, into: &column, type: type) }
        for other in ColumnType.allCases { other.settings.read(entries, into: &column, nodes: &nodes, items: &items) }
        return column
    }

    /// A key that has no meaning for the column's type is a misunderstanding worth a word.
    private mutating func noteMisplacedKeys(_ entries: NodeReader.Entries, type: ColumnType?) {
        guard let type else { return }
        for (key, types) in ColumnType.keyOwners {
            guard let entry = entries[key.name], !types.contains(type) else { continue }
            let words = types.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            nodes.note(
                "\"\(key.name)\" does not apply to type \"\(type.rawValue)\", only to \(words): remove it, or change the type",
                at: entry.key)
        }
    }

    /// Reads formats over those that are there.
    mutating func readFormats(_ entries: NodeReader.Entries, into formats: inout FormatTable) {
        for format in ColumnType.formats {
            if let entry = entries[format.key.name] { format.read(entry.value, into: &formats, nodes: &nodes) }
        }
    }

    mutating func readNullWords(_ node: Node) -> [String] {
        (nodes.texts(node, "\"null\"") ?? []).filter { !$0.isEmpty }
    }
}
