import SafeText

/// Which column of the file is probably one that the profile misses, under another name: one change of a name, and one finding.
///
/// A missing column and an unexpected one belong together if their names differ in case, spaces or punctuation only, or if they have the same
/// place and similar names; what is left belongs together if it is one of each.
struct ColumnRenames {
    /// By the index of a column that is missing from the file: the index of the one in the file.
    private(set) var columnByMissing: [Int: Int] = [:]

    /// - Parameters:
    ///   - expected: the profile's names.
    ///   - names: those of the file.
    ///   - missing: indexes of `expected` that the file lacks, ascending.
    ///   - unexpected: indexes of `names` that the profile lacks, ascending.
    ///   - pairsTheRest: whether one that is left of each are taken for a pair, however they are called.
    init(expected: [[UInt8]], names: [[UInt8]], missing: [Int], unexpected: [Int], pairsTheRest: Bool) {
        var left: [Int] = []
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

    /// Letters, digits and what is beyond ASCII, in small letters.
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

    /// Bytes that have to be inserted, deleted or replaced.
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
