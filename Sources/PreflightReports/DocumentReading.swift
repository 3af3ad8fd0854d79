import SafeText

/// Reads documents for machines, from which pages for people are made: a key that is not there reads as nothing.
extension JSONValue {
    /// The elements of an array; none of any other kind of value.
    var elements: [JSONValue] { if case .array(let list) = self { list } else { [] } }

    /// The number, of an integer.
    var integer: Int? { if case .int(let number) = self { number } else { nil } }

    /// The elements of a list under a key.
    func list(_ key: String) -> [JSONValue] { self[key]?.elements ?? [] }

    /// A number under a key.
    func integer(_ key: String) -> Int? { self[key]?.integer }

    /// A text under a key: safe to print, and cut.
    func text(_ key: String, limit: Int = 200) -> String {
        if case .string(let text)? = self[key] { VisibleText(text, limit: limit).text } else { "" }
    }

    /// A number under a key, for people; empty where there is none.
    func number(_ key: String) -> String { integer(key).map(\.grouped) ?? "" }

    /// Bounds under a key, for people; empty where there are none.
    func bounds(_ key: String) -> String {
        guard let least = self[key]?.integer("min"), let most = self[key]?.integer("max") else { return "" }
        return least == most ? most.grouped : "\(least.grouped) to \(most.grouped)"
    }
}
