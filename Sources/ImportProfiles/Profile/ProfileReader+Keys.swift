import CSVTokenizer
import SafeText
import Yams

extension ProfileReader {
    /// `keys: [Entity, Account]` is one key, the values of both columns together; several keys are lists: `keys: [[Entity, Account], [Id]]`.
    ///
    /// - Parameter columns: those that the profile describes.
    /// - Returns: the keys, and whether one key of several columns was written as a flat list, which once meant several keys.
    mutating func readKeys(_ node: Node, columns: [ColumnProfile]) -> (keys: [[String]], isFlat: Bool) {
        guard let list = nodes.list(node, "\"keys\"") else { return ([], false) }
        let names = columns.map(\.name)
        let columnNodes = list.filter { $0.scalar != nil }
        if list.isEmpty { nodes.note("\"keys\" must name at least one key", at: node) }
        if columnNodes.count == list.count {
            let key = readKey(list, names: names)
            let isFlat = key.count > 1
            if isFlat { nodes.remark(KeyNotation.change(of: key), at: node) }
            return (key.isEmpty ? [] : [key], isFlat)
        }
        var keys: [[[UInt8]]] = []
        var found: [[String]] = []
        for element in list {
            if element.scalar != nil {
                nodes.note("with several keys, each must be a list: write [[A, B], [C]]", at: element)
                continue
            }
            guard let parts = nodes.list(element, "a key") else { continue }
            if parts.isEmpty { nodes.note("a key must name at least one column", at: element) }
            let key = readKey(parts, names: names)
            let bytes = key.map { Array($0.utf8) }
            if keys.contains(bytes) { nodes.note("this key is repeated", at: element) }
            keys.append(bytes)
            if !key.isEmpty { found.append(key) }
        }
        return (found, false)
    }

    private mutating func readKey(_ parts: [Node], names: [String]) -> [String] {
        var key: [String] = []
        for part in parts {
            guard let name = nodes.text(part, "a column of a key") else { continue }
            func isName(_ other: String) -> Bool { other.utf8.elementsEqual(name.utf8) }
            if !names.contains(where: isName) {
                let hint = EditDistance.nearest(to: name, among: names).map { ": did you mean \(NodeReader.quoted($0))?" } ?? ""
                nodes.note("\(NodeReader.quoted(name)) is not a column of this profile\(hint)", at: part)
            } else if key.contains(where: isName) {
                nodes.note("the column \(NodeReader.quoted(name)) is already in this key", at: part)
            }
            key.append(name)
        }
        return key
    }
}

/// What a flat list of columns under `keys` means, for profiles that were written when it meant something else.
package enum KeyNotation {
    /// - Parameter key: the columns of a flat list, more than one.
    package static func change(of key: [String]) -> String {
        let flat = YAMLText.list(key)
        let apart = "[" + key.map { YAMLText.list([$0]) }.joined(separator: ", ") + "]"
        return
            "keys: \(flat) is one key of these columns together. Earlier versions took each column for a key of its own: write keys: \(apart)"
            + " if that is meant, keys: [\(flat)] if not"
    }
}
