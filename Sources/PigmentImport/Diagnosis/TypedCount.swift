/// A count as a person copies it from a screen: `48`, `1,048`, `1 048`, `48 cells`.
enum TypedCount {
    private static let units: Set<String> = ["cell", "cells", "row", "rows", "line", "lines", "value", "values"]
    private static let separators: Set<Character> = [",", ".", " ", "\u{A0}", "\u{202F}", "'", "\u{2019}", "_"]

    /// - Returns: `nil` for what is no count: with a sign, a fraction or a percent sign.
    static func read(_ text: String) -> Int? {
        var rest = text[...].trimmed
        if let word = rest.split(whereSeparator: \.isWhitespace).last, units.contains(word.lowercased()) {
            rest = rest.dropLast(word.count).trimmed
        }
        let groups = rest.split(omittingEmptySubsequences: false) { separators.contains($0) }
        // "1.5" is no count: thousands have three digits, and one kind of separator.
        guard Set(rest.filter(separators.contains)).count <= 1, groups.dropFirst().allSatisfy({ $0.count == 3 }),
            groups.count == 1 || (1...3).contains(groups[0].count), rest.allSatisfy({ isDigit($0) || separators.contains($0) })
        else { return nil }
        return Int(rest.filter(isDigit))
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
