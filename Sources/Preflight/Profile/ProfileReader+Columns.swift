import Yams

/// What `defaults:` says; a column's own lines come first, key by key.
struct ColumnDefaults {
    var number = NumberFormat()
    var date = DateFormat.iso
    var nullWords: [String] = []
}

extension ProfileReader {
    mutating func readDefaults(_ node: Node) -> ColumnDefaults {
        var defaults = ColumnDefaults()
        let refused = ["multiplier": Self.multiplierRefusal]
        guard let entries = nodes.entries(of: node, "\"defaults\"", known: ["number", "date", "null"], refused: refused) else {
            return defaults
        }
        if let entry = entries["number"] { defaults.number = readNumberFormat(entry.value, over: NumberFormat()) }
        if let entry = entries["date"] { defaults.date = readDateFormat(entry.value) ?? .iso }
        if let entry = entries["null"] { defaults.nullWords = readNullWords(entry.value) }
        return defaults
    }

    mutating func readColumns(
        _ node: Node, defaults: ColumnDefaults, readItems: (String) throws(SmallFile.Refusal) -> [UInt8]
    ) -> [ColumnProfile] {
        guard let list = nodes.list(node, "\"columns\"") else { return [] }
        if list.isEmpty { nodes.note("\"columns\" must name at least one column", at: node) }
        var columns: [ColumnProfile] = []
        var lines: [[UInt8]: Int] = [:]
        var itemSets: [String: ItemSet] = [:]
        for element in list {
            let column = readColumn(element, defaults: defaults, lines: &lines, itemSets: &itemSets, readItems: readItems)
            if let column { columns.append(column) }
        }
        return columns
    }

    private mutating func readColumn(
        _ node: Node, defaults: ColumnDefaults, lines: inout [[UInt8]: Int], itemSets: inout [String: ItemSet],
        readItems: (String) throws(SmallFile.Refusal) -> [UInt8]
    ) -> ColumnProfile? {
        let known = ["name", "type", "number", "date", "required", "items", "on-missing", "null"]
        let refused = ["multiplier": Self.multiplierRefusal]
        let types = ColumnType.allCases.map(\.rawValue).joined(separator: ", ")
        let required: KeyValuePairs = [
            "name": "a column needs a \"name\", as the header has it", "type": "a column needs a \"type\": \(types)",
        ]
        guard let entries = nodes.entries(of: node, "a column", known: known, refused: refused, required: required) else { return nil }
        let name = entries["name"].flatMap { readName($0.value, lines: &lines) }
        let type = entries["type"].flatMap { nodes.word($0.value, "\"type\"", as: ColumnType.self) }
        noteMisplacedKeys(entries, type: type)
        var column = ColumnProfile(
            name: name ?? "", type: type ?? .text, number: defaults.number, date: defaults.date, nullWords: defaults.nullWords)
        if let entry = entries["number"] { column.number = readNumberFormat(entry.value, over: defaults.number) }
        if let entry = entries["date"], let format = readDateFormat(entry.value) { column.date = format }
        if let entry = entries["null"] { column.nullWords = readNullWords(entry.value) }
        if let entry = entries["required"] { column.isRequired = nodes.flag(entry.value, "\"required\"") ?? false }
        if let entry = entries["on-missing"] {
            column.onMissing = nodes.word(entry.value, "\"on-missing\"", as: MissingItemPolicy.self) ?? .create
        }
        if let entry = entries["items"], type == .dimension {
            column.items = readItemSet(entry.value, itemSets: &itemSets, readItems: readItems)
        }
        return name == nil || type == nil ? nil : column
    }

    private mutating func readName(_ node: Node, lines: inout [[UInt8]: Int]) -> String? {
        guard let name = nodes.text(node, "\"name\"") else { return nil }
        guard !name.isEmpty else {
            nodes.note("a column's \"name\" must not be empty", at: node)
            return nil
        }
        // By bytes: two spellings of one letter are two names in a header.
        let bytes = Array(name.utf8)
        if let line = lines[bytes] {
            nodes.note("the column \(NodeReader.quoted(name)) is already described in line \(line)", at: node)
        } else {
            lines[bytes] = node.mark?.line ?? 1
        }
        return name
    }

    /// A key that has no meaning for the column's type is a misunderstanding worth a word.
    private mutating func noteMisplacedKeys(_ entries: [String: NodeReader.Entry], type: ColumnType?) {
        guard let type else { return }
        let owners: [(key: String, types: [ColumnType])] = [
            ("number", [.number, .integer]), ("date", [.date]), ("items", [.dimension]), ("on-missing", [.dimension]),
        ]
        for (key, types) in owners where !types.contains(type) {
            guard let entry = entries[key] else { continue }
            let words = types.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            nodes.note(
                "\"\(key)\" has no meaning for type \"\(type.rawValue)\", only for \(words): remove it, or change the type", at: entry.key)
        }
    }

    private mutating func readNumberFormat(_ node: Node, over base: NumberFormat) -> NumberFormat {
        var format = base
        let refused = ["multiplier": Self.multiplierRefusal]
        let known = ["decimal", "group", "prefix", "suffix", "percent"]
        guard let entries = nodes.entries(of: node, "\"number\"", known: known, refused: refused) else { return format }
        if let entry = entries["decimal"] {
            format.decimal = nodes.word(entry.value, "\"decimal\"", as: NumberFormat.DecimalSeparator.self) ?? base.decimal
        }
        if let entry = entries["group"] {
            var choices: [(word: String, value: NumberFormat.GroupSeparator?)] = [("none", nil)]
            choices += NumberFormat.GroupSeparator.allCases.map { ($0.rawValue, $0) }
            format.group = nodes.choice(entry.value, "\"group\"", of: choices) ?? base.group
        }
        if let entry = entries["prefix"] { format.prefix = readAffix(entry.value, "prefix") }
        if let entry = entries["suffix"] { format.suffix = readAffix(entry.value, "suffix") }
        if let entry = entries["percent"] { format.isPercent = nodes.flag(entry.value, "\"percent\"") ?? false }
        if let group = format.group, group.rawValue == format.decimal.rawValue {
            nodes.note(
                "\"group\" and \"decimal\" are both \"\(group.rawValue)\" (defaults included): write which of the two is the other one",
                at: node)
        }
        return format
    }

    private mutating func readAffix(_ node: Node, _ key: String) -> String? {
        guard let text = nodes.text(node, "\"\(key)\"") else { return nil }
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

    private mutating func readDateFormat(_ node: Node) -> DateFormat? {
        guard let entries = nodes.entries(of: node, "\"date\"", known: ["format"]) else { return nil }
        guard let entry = entries["format"] else {
            nodes.note("\"date\" needs a \"format\" such as dd/MM/yyyy", at: node)
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

    private mutating func readNullWords(_ node: Node) -> [String] {
        (nodes.texts(node, "\"null\"") ?? []).filter { !$0.isEmpty }
    }

    private mutating func readItemSet(
        _ node: Node, itemSets: inout [String: ItemSet], readItems: (String) throws(SmallFile.Refusal) -> [UInt8]
    ) -> ItemSet? {
        guard let path = nodes.text(node, "\"items\"") else { return nil }
        if let known = itemSets[path] { return known }
        do {
            let items = try ItemsFile.items(in: readItems(path), path: path)
            let set = ItemSet(items)
            itemSets[path] = set
            return set
        } catch {
            nodes.note("\"items\": \(error.message)", at: node)
            return nil
        }
    }
}
