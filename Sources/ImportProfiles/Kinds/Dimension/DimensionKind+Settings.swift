import SafeText
import ValueFormats
import Yams

/// What a profile and a Table Schema say about dimensions.
extension DimensionKind: KindSettings {
    static let keys = [
        ProfileKey(
            name: "items",
            meaning: "Known items of a dimension: a file (one item a line, or the first column of a `.csv`), a list, or a map: "
                + "`{file: a.csv, column: Code, trim: true, case: ignore}`, `{list: [A, B]}`. `trim` and `case` declare that the "
                + "configuration matches its property this way (assumed)."),
        ProfileKey(
            name: "on-missing", meaning: "What the configuration does with an unknown item: `create`, `default` or `skip`."),
    ]

    static func read(
        _ entries: NodeReader.Entries, into column: inout ColumnProfile, nodes: inout NodeReader, items: inout ItemsLoader
    ) {
        if let entry = entries["on-missing"] {
            column.onMissing = nodes.word(entry.value, "\"on-missing\"", as: MissingItemPolicy.self) ?? .create
        }
        guard let entry = entries["items"], column.type == .dimension, let (source, place) = readSource(entry.value, nodes: &nodes) else {
            return
        }
        column.itemsSource = source
        do {
            column.items = try items.set(for: source)
        } catch {
            switch error {
            case .file(let message): nodes.note("\"items\": \(message)", at: place.origin)
            case .column(let message): nodes.note("\"column\": \(message)", at: place.column)
            }
        }
    }

    /// Reads `items:`: the path of a file, a list of items, or a map with either and with how values are matched.
    ///
    /// - Returns: the source with the nodes to point at if its origin, or its column, is not there; `nil`, noted, for a mistake.
    private static func readSource(
        _ node: Node, nodes: inout NodeReader
    ) -> (ItemsSource, place: (origin: Node, column: Node))? {
        switch node {
        case .sequence: return readList(node, nodes: &nodes).map { (ItemsSource(.list($0)), (node, node)) }
        case .mapping: return readMap(node, nodes: &nodes)
        case .scalar, .alias: return nodes.text(node, "\"items\"").map { (ItemsSource(.file(path: $0, column: nil)), (node, node)) }
        }
    }

    private static func readMap(
        _ node: Node, nodes: inout NodeReader
    ) -> (ItemsSource, place: (origin: Node, column: Node))? {
        let known = ["file", "column", "list", "trim", "case"]
        guard let entries = nodes.entries(of: node, "\"items\"", known: known) else { return nil }
        var matching = ItemMatching()
        if let entry = entries["trim"] { matching.trimsBlanks = nodes.flag(entry.value, "\"trim\"") ?? false }
        if let entry = entries["case"] {
            matching.ignoresCase = nodes.choice(entry.value, "\"case\"", of: [("exact", false), ("ignore", true)]) ?? false
        }
        let column = entries["column"].flatMap { nodes.text($0.value, "\"column\"") }
        if let list = entries["list"] {
            for key in ["file", "column"] {
                if let entry = entries[key] { nodes.note("\"items\" already has a \"list\": remove \"\(key)\"", at: entry.key) }
            }
            return readList(list.value, nodes: &nodes).map { (ItemsSource(.list($0), matching: matching), (list.value, list.value)) }
        }
        guard let file = entries["file"] else {
            nodes.note("\"items\" needs a \"file\" or a \"list\"", at: node)
            return nil
        }
        return nodes.text(file.value, "\"file\"").map { path in
            (
                ItemsSource(.file(path: path, column: column), matching: matching),
                (origin: file.value, column: entries["column"]?.value ?? file.value)
            )
        }
    }

    private static func readList(_ node: Node, nodes: inout NodeReader) -> [String]? {
        guard let list = nodes.list(node, "the list of items") else { return nil }
        let items = list.compactMap { nodes.text($0, "an item") }
        if list.isEmpty { nodes.note("the list of items is empty: every value would be unknown", at: node) }
        if items.contains("") { nodes.note("an item must not be empty: empty cells are blank", at: node) }
        return items
    }

    static func entries(of column: ColumnProfile, isFull: Bool) -> [(key: String, value: String)] {
        var entries: [(key: String, value: String)] = []
        if let source = column.itemsSource { entries.append(("items", yaml(of: source, isFull: isFull))) }
        if isFull || column.onMissing != .create { entries.append(("on-missing", column.onMissing.rawValue)) }
        return entries
    }

    private static func yaml(of source: ItemsSource, isFull: Bool) -> String {
        var entries: [(key: String, value: String)] = []
        switch source.origin {
        case .file(let path, let column):
            if column == nil, source.matching == ItemMatching(), !isFull { return YAMLText.scalar(path) }
            entries.append(("file", YAMLText.scalar(path)))
            if let column { entries.append(("column", YAMLText.scalar(column))) }
        case .list(let items):
            if source.matching == ItemMatching(), !isFull { return YAMLText.list(items) }
            entries.append(("list", YAMLText.list(items)))
        }
        if isFull || source.matching.trimsBlanks { entries.append(("trim", String(source.matching.trimsBlanks))) }
        if isFull || source.matching.ignoresCase { entries.append(("case", source.matching.ignoresCase ? "ignore" : "exact")) }
        return YAMLText.map(entries)
    }

    static func remarks(on column: ColumnProfile) -> [String] {
        if column.items != nil { return [] }
        let subject = column.onMissing == .create ? "a dimension" : "on-missing: \(column.onMissing.rawValue)"
        return ["\(subject) without items: unknown items cannot be recognized"]
    }

    // MARK: Table Schema

    /// A text that can only be one of a few becomes a dimension.
    static func read(schemaItems node: Node, _ subject: String, into column: inout ColumnProfile, nodes: inout NodeReader) {
        guard let list = nodes.list(node, subject) else { return }
        let items = list.compactMap { element in
            guard case .mapping = element else { return nodes.text(element, "an item of \(subject)") }
            return nodes.properties(of: element, "an item of \(subject)")?["value"].flatMap { nodes.text($0, "\"value\"") }
        }.filter { !$0.isEmpty }
        guard !items.isEmpty else { return }
        column.type = .dimension
        column.itemsSource = ItemsSource(.list(items))
        column.items = ItemSet(items.map { Array($0.utf8) })
        column.onMissing = .skip
    }

    /// The items, where the profile lists them and no other is taken.
    static func schemaConstraints(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member] {
        guard let source = column.itemsSource else {
            lose("that it is a dimension")
            return []
        }
        guard case .list(let items) = source.origin, source.matching == ItemMatching(), column.onMissing == .skip else {
            lose("that it is a dimension with known items (a schema can only list them, for exact matches)")
            return []
        }
        return [JSONValue.Member("enum", .array(items.map { .string($0) }))]
    }
}
