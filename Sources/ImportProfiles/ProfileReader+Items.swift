import CSVTokenizer
import SafeText
import ValueFormats
import Yams

extension ProfileReader {
    /// Reads `items:`: the path of a file, a list of items, or a map with either and with how values are matched.
    mutating func readItems(_ node: Node, into column: inout ColumnProfile) {
        guard let (source, place) = readItemsSource(node) else { return }
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

    /// - Returns: the source with the nodes to point at if its origin, or its column, is not there; `nil`, noted, for a mistake.
    private mutating func readItemsSource(_ node: Node) -> (ItemsSource, place: (origin: Node, column: Node))? {
        switch node {
        case .sequence: return readItemList(node).map { (ItemsSource(.list($0)), (node, node)) }
        case .mapping: return readItemsMap(node)
        case .scalar, .alias: return nodes.text(node, "\"items\"").map { (ItemsSource(.file(path: $0, column: nil)), (node, node)) }
        }
    }

    private mutating func readItemsMap(_ node: Node) -> (ItemsSource, place: (origin: Node, column: Node))? {
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
                if let entry = entries[key] { nodes.note("\"items\" has a \"list\" already: remove \"\(key)\"", at: entry.key) }
            }
            return readItemList(list.value).map { (ItemsSource(.list($0), matching: matching), (list.value, list.value)) }
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

    private mutating func readItemList(_ node: Node) -> [String]? {
        guard let list = nodes.list(node, "the list of items") else { return nil }
        let items = list.compactMap { nodes.text($0, "an item") }
        if list.isEmpty { nodes.note("the list of items is empty: every value would be unknown", at: node) }
        if items.contains("") { nodes.note("an item must not be empty: empty cells are blank", at: node) }
        return items
    }
}
