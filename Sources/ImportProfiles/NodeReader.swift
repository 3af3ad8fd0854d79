import CSVTokenizer
import SafeText
import Yams

/// Takes typed values out of YAML nodes and notes a mistake, with its place, where a node is something else.
struct NodeReader {
    let fileName: String
    private(set) var mistakes: [ProfileMistake] = []
    /// What is legal and worth a second look.
    private(set) var remarks: [ProfileMistake] = []

    /// A key of a map with its value.
    struct Entry {
        var key: Node
        var value: Node
    }

    /// The entries of a map by key. They are few: each is found by a look at all keys.
    struct Entries {
        private var names: [String] = []
        private var entries: [Entry] = []

        subscript(name: String) -> Entry? { names.firstIndex(of: name).map { entries[$0] } }

        fileprivate mutating func append(_ name: String, _ entry: Entry) {
            names.append(name)
            entries.append(entry)
        }

        /// These, and what only others have.
        func over(_ base: Entries) -> Entries {
            var all = self
            for (name, entry) in zip(base.names, base.entries) where !names.contains(name) { all.append(name, entry) }
            return all
        }
    }

    init(fileName: String) {
        self.fileName = fileName
    }

    /// - Parameter offset: added to the node's column.
    mutating func note(_ message: String, at node: Node, offset: Int = 0) {
        let place = node.mark.map { ProfileLocation($0) } ?? .start
        mistakes.append(ProfileMistake(file: fileName, line: place.line, column: place.column + offset, message: message))
    }

    /// Notes what is legal and worth a second look.
    mutating func remark(_ message: String, at node: Node) {
        let place = node.mark.map { ProfileLocation($0) } ?? .start
        remarks.append(ProfileMistake(file: fileName, line: place.line, column: place.column, message: message))
    }

    /// The entries of a map, by key. Unknown keys and keys without a value are noted and left out.
    ///
    /// - Parameters:
    ///   - subject: what the map describes, for messages.
    ///   - refused: keys that exist, but not in this version, with the reason.
    ///   - required: keys that must be there, with what to say if they are not.
    /// - Returns: `nil`, noted, if `node` is not a map.
    mutating func entries(
        of node: Node, _ subject: String, known: [String], refused: [String: String] = [:], required: KeyValuePairs<String, String> = [:]
    ) -> Entries? {
        guard case .mapping(let mapping) = node else {
            note("\(subject) must be a map (key: value), not \(Self.kind(of: node))", at: node)
            return nil
        }
        var entries = Entries()
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                note("a key must be a word, not \(Self.kind(of: key))", at: key)
                continue
            }
            let name = scalar.string
            if let reason = refused[name] {
                note(reason, at: key)
            } else if !known.contains(name) {
                note("unknown key \(Self.quoted(name)) in \(subject)" + Self.advice(for: name, among: known), at: key)
            } else if Self.isNothing(value), name != "null" {
                note("\"\(name)\" has no value: add one (in quotes if you mean this text), or remove the line", at: key)
            } else {
                entries.append(name, Entry(key: key, value: value))
            }
        }
        for (name, message) in required where entries[name] == nil && !mapping.contains(where: { $0.key.scalar?.string == name }) {
            note(message, at: node)
        }
        return entries
    }

    /// The entries of a map that may have any others besides those that are asked for. Keys without a value are left out.
    ///
    /// - Returns: `nil`, noted, if `node` is not a map.
    mutating func properties(of node: Node, _ subject: String) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            note("\(subject) must be a map (key: value), not \(Self.kind(of: node))", at: node)
            return nil
        }
        var properties: [String: Node] = [:]
        for (key, value) in mapping where !Self.isNothing(value) {
            if case .scalar(let scalar) = key { properties[scalar.string] = value }
        }
        return properties
    }

    /// The elements of a list.
    ///
    /// - Returns: `nil`, noted, if `node` is not a list.
    mutating func list(_ node: Node, _ subject: String) -> [Node]? {
        guard case .sequence(let sequence) = node else {
            note("\(subject) must be a list, not \(Self.kind(of: node))", at: node)
            return nil
        }
        return Array(sequence)
    }

    /// The text of a scalar.
    ///
    /// - Returns: `nil`, noted, if `node` is not a scalar.
    mutating func text(_ node: Node, _ subject: String) -> String? {
        guard case .scalar(let scalar) = node else {
            note("\(subject) must be one value, not \(Self.kind(of: node))", at: node)
            return nil
        }
        return scalar.string
    }

    /// The texts of a list of scalars, or of one scalar.
    mutating func texts(_ node: Node, _ subject: String) -> [String]? {
        if case .scalar(let scalar) = node { return [scalar.string] }
        return list(node, subject)?.compactMap { text($0, "each element of " + subject) }
    }

    /// One of the words of an enumeration.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ node: Node, _ subject: String, as type: Word.Type) -> Word? {
        if let text = node.scalar?.string, let word = Word(rawValue: text) { return word }
        return choice(node, subject, of: type.allCases.map { ($0.rawValue, $0) })
    }

    /// One of a few words, each with its meaning.
    mutating func choice<Value>(_ node: Node, _ subject: String, of choices: [(word: String, value: Value)]) -> Value? {
        guard let text = text(node, subject) else { return nil }
        if let match = choices.first(where: { $0.word == text }) { return match.value }
        let words = choices.map(\.word)
        let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
        note("\(subject) must be one of \(list), not \(Self.quoted(text))" + Self.advice(for: text, among: words), at: node)
        return nil
    }

    /// `true` or `false`.
    mutating func flag(_ node: Node, _ subject: String) -> Bool? {
        choice(node, subject, of: [("true", true), ("false", false)])
    }

    /// `text` in quotes, safe to print.
    static func quoted(_ text: String) -> String { YAMLText.shown(text) }

    /// `: did you mean …?`, or nothing where no word is near.
    static func advice(for word: String, among words: [String]) -> String {
        EditDistance.nearest(to: word, among: words).map { ": did you mean \"\(VisibleText($0).text)\"?" } ?? ""
    }

    private static func isNothing(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private static func kind(of node: Node) -> String {
        switch node {
        case .scalar: isNothing(node) ? "nothing" : "one value"
        case .mapping: "a map"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
