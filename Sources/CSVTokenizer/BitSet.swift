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
    public func gaps(below bound: Int) -> Gaps { Gaps(elements: makeIterator(), bound: bound) }

    /// The ranges of numbers that a set does not have, in ascending order.
    public struct Gaps: Sequence, IteratorProtocol {
        fileprivate var elements: Iterator
        fileprivate let bound: Int
        private var start = 0

        fileprivate init(elements: Iterator, bound: Int) {
            (self.elements, self.bound) = (elements, bound)
        }

        /// The next range.
        public mutating func next() -> Range<Int>? {
            while start < bound {
                let first = start
                let end = Swift.min(elements.next() ?? bound, bound)
                start = end + 1
                if end > first { return first..<end }
            }
            return nil
        }
    }
}
