/// An importer whose rules nobody but the test knows. It reads values by itself, without anything of the tool, and counts by itself.
struct HiddenImporter {
    /// How one column is read.
    struct Column {
        enum Kind {
            case number(decimal: Character, group: Character?)
            /// The order of `d`, `M` and `y`, and the separator.
            case date(order: String, separator: Character)
            case boolean(trueWords: [String], falseWords: [String])
            case text
        }

        var name: String
        var kind: Kind
        var nullWords: [String] = []
        /// Names of doubts.
        var rejected: Set<String> = []
    }

    var columns: [Column]

    /// Whether a value is skipped.
    func skips(_ text: String, column: Int) -> Bool {
        let rules = columns[column]
        if text.isEmpty || rules.nullWords.contains(text) { return false }
        if case .text = rules.kind { return false }
        guard let doubts = doubts(text, column: column) else { return true }
        return !doubts.isDisjoint(with: rules.rejected)
    }

    /// The doubts of a value; `nil` for one that no importer with these settings reads.
    func doubts(_ text: String, column: Int) -> Set<String>? {
        var doubts: Set<String> = []
        var rest = Substring(text)
        while rest.first == " " { rest = rest.dropFirst(); doubts.insert("leading-blank") }
        while rest.last == " " { rest = rest.dropLast(); doubts.insert("trailing-blank") }
        if rest == "-" || rest == "n/a" { return doubts.union(["null-word"]) }
        switch columns[column].kind {
        case .text: return []
        case .number(let decimal, let group): return Self.number(rest, decimal, group).map { doubts.union($0) }
        case .date(let order, let separator): return Self.date(rest, order, separator).map { doubts.union($0) }
        case .boolean(let trueWords, let falseWords):
            if ["TRUE", "FALSE"].contains(rest) || (trueWords + falseWords).contains(String(rest)) { return doubts }
            if ["true", "false"].contains(rest.lowercased()) { return doubts.union(["boolean-case"]) }
            if rest == "1" || rest == "0" { return doubts.union(["boolean-digit"]) }
            return ["yes", "no"].contains(rest) ? doubts.union(["other-boolean"]) : nil
        }
    }

    private static func number(_ text: Substring, _ decimal: Character, _ group: Character?) -> Set<String>? {
        var (rest, doubts) = (text, Set<String>())
        if rest.first == "(", rest.last == ")" { rest = rest.dropFirst().dropLast(); doubts.insert("parentheses") }
        if rest.first == "+" { rest = rest.dropFirst(); doubts.insert("plus-sign") }
        if rest.first == "\u{2212}" { rest = rest.dropFirst(); doubts.insert("other-minus") }
        if rest.first == "-" { rest = rest.dropFirst() }
        if rest.last == "-" { rest = rest.dropLast(); doubts.insert("trailing-sign") }
        if let mark = rest.firstIndex(of: "E") {
            guard rest[mark...].dropFirst().allSatisfy(isDigit), rest.index(after: mark) < rest.endIndex else { return nil }
            rest = rest[..<mark]
            doubts.insert("exponent")
        }
        guard rest.contains(where: isDigit), rest.allSatisfy({ isDigit($0) || $0 == decimal || $0 == group }) else { return nil }
        let parts = rest.split(separator: decimal, omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return nil }
        if parts[0].isEmpty { doubts.insert("missing-leading-digit") }
        if parts.count == 2, parts[1].isEmpty { doubts.insert("missing-trailing-digit") }
        if let group {
            if parts.count == 2, parts[1].contains(group) { doubts.insert("group-after-decimal") }
            let groups = parts[0].split(separator: group, omittingEmptySubsequences: false)
            if groups.count > 1, !(1...3).contains(groups[0].count) || groups.dropFirst().contains(where: { $0.count != 3 }) {
                doubts.insert("irregular-grouping")
            }
        }
        return doubts
    }

    private static func date(_ text: Substring, _ order: String, _ separator: Character) -> Set<String>? {
        var doubts: Set<String> = []
        let used = text.contains("-") ? "-" : text.contains("/") ? "/" : "." as Character
        let parts = text.split(separator: used, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        var order = Array(order)
        if parts[0].count == 4, order[0] != "y" {
            doubts.insert("iso-date")
            order = ["y", "M", "d"]
        } else if used != separator {
            doubts.insert("other-date-separator")
        }
        func part(_ letter: Character) -> Substring { parts[order.firstIndex(of: letter)!] }
        if part("y").count == 2 { doubts.insert("two-digit-year") } else if part("y").count != 4 { return nil }
        if part("d").count == 1 { doubts.insert("short-day") }
        if part("M").count == 1 { doubts.insert("short-month") }
        guard let day = Int(part("d")), let month = Int(part("M")), day > 0, month > 0 else { return nil }
        if (1...12).contains(month), (1...28).contains(day) { return doubts }
        return (1...12).contains(day) && (13...28).contains(month) ? doubts.union(["swapped-day-month"]) : nil
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
