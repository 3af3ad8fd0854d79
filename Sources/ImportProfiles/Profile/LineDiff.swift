import SafeText

/// The lines that differ between two texts, as a unified diff without context.
package enum LineDiff {
    /// Longer texts are compared only within their common beginning and end.
    private static let mostCells = 4_000_000

    /// - Parameter fileName: safe to print.
    /// - Returns: empty where the texts are equal; safe to print.
    package static func text(from old: String, to new: String, fileName: String) -> String {
        var (old, new) = (lines(old)[...], lines(new)[...])
        var start = 0
        while let first = old.first, first == new.first {
            (old, new) = (old.dropFirst(), new.dropFirst())
            start += 1
        }
        while let last = old.last, last == new.last { (old, new) = (old.dropLast(), new.dropLast()) }
        if old.isEmpty, new.isEmpty { return "" }
        let hunks = hunks(Array(old), Array(new), start: start)
        return (["--- \(fileName)", "+++ \(fileName)"] + hunks).map { $0 + "\n" }.joined()
    }

    private static func lines(_ text: String) -> [String] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            VisibleText(String(String.UnicodeScalarView(line.last == "\r" ? line.dropLast() : line)), limit: 2_000).text
        }
    }

    private static func hunks(_ old: [String], _ new: [String], start: Int) -> [String] {
        let kept = commonLines(old, new)
        var (place, target) = (0, 0)
        var hunks: [String] = []
        for (next, other) in kept + [(old.count, new.count)] {
            let (removed, added) = (old[place..<next], new[target..<other])
            if !removed.isEmpty || !added.isEmpty {
                let (from, to) = (start + place + (removed.isEmpty ? 0 : 1), start + target + (added.isEmpty ? 0 : 1))
                hunks.append("@@ -\(range(from, removed.count)) +\(range(to, added.count)) @@")
                hunks += removed.map { "-" + $0 } + added.map { "+" + $0 }
            }
            (place, target) = (next + 1, other + 1)
        }
        return hunks
    }

    private static func range(_ first: Int, _ count: Int) -> String { count == 1 ? "\(first)" : "\(first),\(count)" }

    /// The longest sequence of lines that both have, by their indexes.
    private static func commonLines(_ old: [String], _ new: [String]) -> [(Int, Int)] {
        guard !old.isEmpty, !new.isEmpty, old.count * new.count <= mostCells else { return [] }
        var lengths = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
        for first in old.indices.reversed() {
            for second in new.indices.reversed() {
                lengths[first][second] =
                    old[first] == new[second]
                    ? lengths[first + 1][second + 1] + 1 : max(lengths[first + 1][second], lengths[first][second + 1])
            }
        }
        var (first, second) = (0, 0)
        var common: [(Int, Int)] = []
        while first < old.count, second < new.count {
            if old[first] == new[second] {
                common.append((first, second))
                (first, second) = (first + 1, second + 1)
            } else if lengths[first + 1][second] >= lengths[first][second + 1] {
                first += 1
            } else {
                second += 1
            }
        }
        return common
    }
}
