/// Did-you-mean: the known word nearest to a mistyped one.
package enum EditDistance {
    /// A mistyped word may be this many edits (insert, delete, replace, swap of neighbours) away from the word meant.
    private static let mostEdits = 2

    /// The first of `words` with the fewest edits, whatever the letter case; `nil` if all are too far away, or if so much would have to change that little of the word is left.
    package static func nearest(to word: String, among words: [String]) -> String? {
        let wanted = Array(word.lowercased().unicodeScalars)
        guard wanted.count <= 40 else { return nil }
        var best: (word: String, edits: Int)?
        for candidate in words {
            let letters = Array(candidate.lowercased().unicodeScalars)
            let edits = edits(from: wanted, to: letters)
            if edits <= mostEdits, edits < letters.count, edits < best?.edits ?? .max { best = (candidate, edits) }
        }
        return best?.word
    }

    /// The optimal string alignment distance. Quadratic in the lengths.
    package static func edits(from left: [Unicode.Scalar], to right: [Unicode.Scalar]) -> Int {
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var least = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
