import SafeText

/// Pairs columns that the profile expects with columns of the file that were probably renamed, so that each is one finding.
///
/// A missing and an unexpected column are a pair if their names look the same, if they differ only in case, spaces or punctuation, or if they have the
/// same place and similar names. If one of each is left, they are a pair too.
struct ColumnRenames {
    /// The index of the column in the file, by the index of the missing column.
    private(set) var columnByMissing: [Int: Int] = [:]

    /// - Parameters:
    ///   - expected: The names in the profile.
    ///   - names: The names in the file.
    ///   - missing: Indexes of `expected` that the file lacks, ascending.
    ///   - unexpected: Indexes of `names` that the profile lacks, ascending.
    ///   - pairsTheRest: Whether a single remaining column of each is a pair, whatever their names.
    init(expected: [[UInt8]], names: [[UInt8]], missing: [Int], unexpected: [Int], pairsTheRest: Bool) {
        var left: [Int] = []
        pairLookalikes(expected: expected, names: names, missing: missing, unexpected: unexpected)
        let paired = Set(columnByMissing.values)
        let (unexpected, missing) = (unexpected.filter { !paired.contains($0) }, missing.filter { columnByMissing[$0] == nil })
        var missingByFolded = Dictionary(missing.map { (Self.folded(expected[$0]), $0) }) { first, _ in first }
        missingByFolded[[]] = nil
        for index in unexpected {
            if let match = missingByFolded.removeValue(forKey: Self.folded(names[index])) {
                columnByMissing[match] = index
            } else {
                left.append(index)
            }
        }
        let places = Set(left)
        for index in missing where columnByMissing[index] == nil && places.contains(index) {
            guard Self.areSimilar(Self.folded(expected[index]), Self.folded(names[index])) else { continue }
            columnByMissing[index] = index
            left.removeAll { $0 == index }
        }
        let rest = missing.filter { columnByMissing[$0] == nil }
        if pairsTheRest, left.count == 1, rest.count == 1 { columnByMissing[rest[0]] = left[0] }
    }

    private mutating func pairLookalikes(expected: [[UInt8]], names: [[UInt8]], missing: [Int], unexpected: [Int]) {
        guard !missing.isEmpty else { return }
        func appearance(_ name: [UInt8]) -> String { Lookalike.appearance(of: String(decoding: name, as: UTF8.self)) }
        var missingByAppearance = Dictionary(missing.map { (appearance(expected[$0]), $0) }) { first, _ in first }
        missingByAppearance[""] = nil
        for index in unexpected where !missingByAppearance.isEmpty {
            if let match = missingByAppearance.removeValue(forKey: appearance(names[index])) { columnByMissing[match] = index }
        }
    }

    /// Letters, digits and everything beyond ASCII, in lower case.
    private static func folded(_ name: [UInt8]) -> [UInt8] {
        name.compactMap { byte in
            let small = ASCII.lowercased(byte)
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(small)
            return isLetter || ASCII.isDigit(byte) || byte >= 0x80 ? small : nil
        }
    }

    /// Whether one begins or ends with the other, or at most a third of the letters differ.
    private static func areSimilar(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard short.count >= 2, long.count <= 200 else { return false }
        return long.starts(with: short) || long.reversed().starts(with: short.reversed()) || 3 * distance(short, long) <= long.count
    }

    /// The number of bytes to insert, delete or replace.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for place in right.indices {
                let cost = min(row[place] + 1, row[place + 1] + 1, diagonal + (byte == right[place] ? 0 : 1))
                (diagonal, row[place + 1]) = (row[place + 1], cost)
            }
        }
        return row[right.count]
    }
}
