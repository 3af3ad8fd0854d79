import ByteSpans
import SafeText

/// The known item that an unknown one was probably meant to be.
package struct NearestItem: Equatable {
    /// How the two differ, the nearest relation first.
    package enum Relation: Int, CaseIterable {
        /// Only the code points differ: see `Lookalike`.
        case appearance
        case letterCase
        case spaces
        case accents
        case leadingZeros
        case severalOfThese
        case oneEdit

        package var text: String {
            switch self {
            case .appearance: "which looks the same"
            case .letterCase: "different letter case"
            case .spaces: "different spaces"
            case .accents: "different accents"
            case .leadingZeros: "different leading zeros"
            case .severalOfThese: "different case, spaces, accents or zeros"
            case .oneEdit: "one character differs"
            }
        }
    }

    package let item: [UInt8]
    package let relation: Relation

    /// How the value that was looked up differs from the item, in words.
    package func difference(of value: [UInt8]) -> String {
        let found = Lookalike.difference(of: String(decoding: value, as: UTF8.self), from: String(decoding: item, as: UTF8.self))
        return found.map { "which looks the same: the file has it \($0.words)" } ?? relation.text
    }

    /// Looks at every item. Complexity: linear in the items, some 10 ns each; allocates nothing for those that are not near.
    ///
    /// - Returns: `nil` if none is near. Of several the nearest, then the first.
    package static func find(_ value: [UInt8], in items: ItemSet) -> NearestItem? {
        guard !value.isEmpty, value.count <= 200 else { return nil }
        let (sight, skeleton) = (Sight(value), Skeleton(value.span, .all))
        var best: (number: Int, relation: Relation)?
        items.forEach { number, item in
            let found: Relation
            if sight.isSame(item) {
                found = .appearance
            } else if skeleton.isThat(of: item) {
                found = relation(value.span, item)
            } else if best == nil, isOneEdit(value.span, item) {
                found = .oneEdit
            } else {
                return true
            }
            if found.rawValue < best?.relation.rawValue ?? .max { best = (number, found) }
            return found.rawValue > Relation.letterCase.rawValue
        }
        return best.map { NearestItem(item: Array(items[$0.number]), relation: $0.relation) }
    }

    /// Of two texts with the same skeleton.
    private static func relation(_ value: Span<UInt8>, _ item: Span<UInt8>) -> Relation {
        let single: [(Skeleton.Leniencies, Relation)] = [
            (.letterCase, .letterCase), (.spaces, .spaces), (.accents, .accents), (.zeros, .leadingZeros),
        ]
        for (leniency, relation) in single where Skeleton(value, leniency).isThat(of: item) { return relation }
        return .severalOfThese
    }

    /// Whether one character was inserted, deleted, replaced, or swapped with its neighbour. A character is a UTF-8 sequence.
    @inline(__always)
    private static func isOneEdit(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard abs(left.count - right.count) <= 4 else { return false }
        let shorter = min(left.count, right.count)
        var front = 0
        while front < shorter, left[front] == right[front] { front &+= 1 }
        var back = 0
        while back < shorter &- front, left[left.count &- 1 &- back] == right[right.count &- 1 &- back] { back &+= 1 }
        guard max(left.count, right.count) &- front &- back <= 4 else { return false }
        let (l, r) = (left[front..<left.count - back], right[front..<right.count - back])
        if l.count == 2, r.count == 2, l[0] == r[1], l[1] == r[0] { return true }
        // What differs may begin or end inside a sequence.
        return characterCount(l) <= 1 && characterCount(r) <= 1
    }

    private static func characterCount(_ text: Span<UInt8>) -> Int {
        var count = 0
        text.forEach { count += $0 & 0xC0 != 0x80 ? 1 : 0 }
        return count
    }
}
