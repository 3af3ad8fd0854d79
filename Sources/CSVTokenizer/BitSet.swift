/// A set of small numbers, such as the rows or fields of a batch: one bit for each number up to the largest.
///
/// A batch may consist of nothing but blank lines or faulty fields. Its facts then need an eighth of a byte for each byte of the batch, and to
/// count them or to look one up takes the same time however many there are.
///
/// Numbers are inserted in ascending order, which keeps the count of those below any number up to date.
public struct BitSet: Sequence, Sendable {
    /// How many numbers it has.
    public private(set) var count = 0
    @usableFromInline var words: [UInt64] = []
    /// By word: how many elements are below it.
    @usableFromInline var ranks: [UInt32] = []

    /// The empty set.
    public init() {}

    /// All numbers below a bound.
    public init(below bound: Int) {
        for start in stride(from: 0, to: bound, by: 64) {
            words.append(bound - start < 64 ? (1 << UInt64(bound - start)) - 1 : .max)
            ranks.append(UInt32(start))
        }
        count = bound
    }

    /// Whether it has no number.
    @inlinable public var isEmpty: Bool { count == 0 }

    /// The memory is kept for the next batch.
    public mutating func removeAll() {
        words.removeAll(keepingCapacity: true)
        ranks.removeAll(keepingCapacity: true)
        count = 0
    }

    /// Adds a number that is not less than any in the set.
    @inline(__always)
    public mutating func insert(_ number: Int) {
        let word = number / 64
        while words.count <= word { appendWord() }
        let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: number)
        if words[word] & bit == 0 { count &+= 1 }
        words[word] |= bit
    }

    /// Adds numbers that are not less than any in the set. Complexity: a step for each 64 of them.
    package mutating func insert(_ numbers: Range<Int>) {
        var start = numbers.lowerBound
        while start < numbers.upperBound {
            let end = Swift.min(start / 64 * 64 + 64, numbers.upperBound)
            insert(bits: UInt64.max &>> UInt64(64 - (end - start)), from: start)
            start = end
        }
    }

    /// Adds numbers that are not less than any in the set: where bit *k* is set, the one that is *k* more than the first.
    @inline(__always)
    package mutating func insert(bits: UInt64, from first: Int) {
        guard bits != 0 else { return }
        let shift = UInt64(truncatingIfNeeded: first & 63)
        insert(bits &<< shift, word: first / 64)
        if shift > 0 { insert(bits &>> (64 &- shift), word: first / 64 &+ 1) }
    }

    @inline(__always)
    private mutating func insert(_ bits: UInt64, word: Int) {
        guard bits != 0 else { return }
        while words.count <= word { appendWord() }
        count &+= (bits & ~words[word]).nonzeroBitCount
        words[word] |= bits
    }

    @inline(never)
    private mutating func appendWord() {
        words.append(0)
        ranks.append(UInt32(truncatingIfNeeded: count))
    }

    /// Whether it has the number. Complexity: constant.
    @inlinable
    public func contains(_ number: Int) -> Bool {
        let word = number / 64
        return word < words.count && words[word] &>> UInt64(truncatingIfNeeded: number) & 1 != 0
    }

    /// How many elements are below a number.
    @inlinable
    public func rank(of number: Int) -> Int {
        let word = number / 64
        guard word < words.count else { return count }
        let below = (UInt64(1) &<< UInt64(truncatingIfNeeded: number)) &- 1
        return Int(ranks[word]) &+ (words[word] & below).nonzeroBitCount
    }

    /// How many numbers right below one are in the set, without a gap. Complexity: a step for each 64 of them.
    package func count(rightBelow number: Int) -> Int {
        var (rest, found) = (number, 0)
        while rest > 0 {
            let word = (rest &- 1) / 64
            guard word < words.count else { return found }
            let below = rest &- word &* 64
            let run = (~(words[word] &<< UInt64(truncatingIfNeeded: 64 &- below))).leadingZeroBitCount
            found &+= run
            if run < below { return found }
            rest = word &* 64
        }
        return found
    }

    /// Whether there is an element in a range.
    @inlinable
    public func intersects(_ range: Range<Int>) -> Bool {
        count > 0 && rank(of: range.upperBound) > rank(of: range.lowerBound)
    }

    /// The largest number; `nil` if there is none.
    public var last: Int? {
        guard let word = words.lastIndex(where: { $0 != 0 }) else { return nil }
        return word * 64 + 63 - words[word].leadingZeroBitCount
    }

    /// Adds the elements of another set.
    public mutating func formUnion(_ other: BitSet) {
        if other.isEmpty { return }
        while words.count < other.words.count { appendWord() }
        for word in other.words.indices { words[word] |= other.words[word] }
        count = 0
        for word in words.indices {
            ranks[word] = UInt32(truncatingIfNeeded: count)
            count += words[word].nonzeroBitCount
        }
    }

    /// The numbers in ascending order.
    @inlinable
    public func makeIterator() -> Iterator { Iterator(words) }

    /// Gives the elements, ascending.
    public struct Iterator: IteratorProtocol {
        @usableFromInline let words: [UInt64]
        @usableFromInline var word = 0
        @usableFromInline var bits: UInt64

        @inlinable
        init(_ words: [UInt64]) {
            self.words = words
            bits = words.first ?? 0
        }

        /// The next larger number.
        @inlinable
        public mutating func next() -> Int? {
            while bits == 0 {
                word &+= 1
                guard word < words.count else { return nil }
                bits = words[word]
            }
            let number = word &* 64 &+ bits.trailingZeroBitCount
            bits &= bits &- 1
            return number
        }
    }

    /// The runs of numbers below a bound that are not in the set, ascending.
    package func gaps(below bound: Int) -> Gaps { Gaps(words: words, bound: bound) }

    /// The ranges of numbers that a set does not have, in ascending order. Complexity: a step for each of them, and for each 64 numbers.
    package struct Gaps: Sequence, IteratorProtocol {
        private let words: [UInt64]
        private let bound: Int
        private var start = 0

        fileprivate init(words: [UInt64], bound: Int) {
            (self.words, self.bound) = (words, bound)
        }

        /// The next range.
        package mutating func next() -> Range<Int>? {
            let first = place(from: start, flipping: .max)
            if first >= bound { return nil }
            let end = Swift.min(place(from: first, flipping: 0), bound)
            start = end
            return first..<end
        }

        /// The first number from one on that is in the set, or with all bits flipped that is not; the bound or more where there is none.
        @inline(__always)
        private func place(from number: Int, flipping flip: UInt64) -> Int {
            var word = number / 64
            guard word < words.count else { return flip == 0 ? bound : number }
            var bits = (words[word] ^ flip) & (UInt64.max &<< UInt64(truncatingIfNeeded: number))
            while bits == 0 {
                word &+= 1
                guard word < words.count else { return flip == 0 ? bound : word &* 64 }
                bits = words[word] ^ flip
            }
            return word &* 64 &+ bits.trailingZeroBitCount
        }
    }
}
