import Yams

extension ProfileReader {
    /// `keys: [[Entity, Account], [Id]]`, or `keys: [Id]` for keys of one column.
    ///
    /// - Parameter columns: those that the profile describes.
    mutating func readKeys(_ node: Node, columns: [ColumnProfile]) -> [[String]] {
        guard let list = nodes.list(node, "\"keys\"") else { return [] }
        if list.isEmpty { nodes.note("\"keys\" must name at least one key", at: node) }
        var keys: [[String]] = []
        for element in list {
            let key = readKey(element, names: columns.map(\.name))
            if keys.contains(key) { nodes.note("this key is there already", at: element) }
            if !key.isEmpty { keys.append(key) }
        }
        return keys
    }

    private mutating func readKey(_ node: Node, names: [String]) -> [String] {
        var parts = [node]
        if case .scalar = node {
        } else {
            guard let found = nodes.list(node, "a key") else { return [] }
            if found.isEmpty { nodes.note("a key must name at least one column", at: node) }
            parts = found
        }
        var key: [String] = []
        for part in parts {
            guard let name = nodes.text(part, "a column of a key") else { continue }
            if !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
                let hint = Spelling.nearest(to: name, among: names).map { ": did you mean \(NodeReader.quoted($0))?" } ?? ""
                nodes.note("\(NodeReader.quoted(name)) is no column of this profile\(hint)", at: part)
            } else if key.contains(name) {
                nodes.note("the column \(NodeReader.quoted(name)) is in the key already", at: part)
            }
            key.append(name)
        }
        return key
    }
}
