import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

/// Against the standard library's set.
@Suite(.computing) struct BitSetTests {
    @Test(arguments: 0..<20)
    func likeASet(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let bound = 1 + generator.below(600)
        func numbers(_ share: Int) -> [Int] { (0..<bound).filter { _ in generator.below(100) < share } }
        let (left, right) = (numbers([0, 1, 50, 100][seed % 4]), numbers(30))
        var (set, other) = (BitSet(), BitSet())
        for number in left { set.insert(number) }
        for number in right { other.insert(number) }
        check(set, left, bound)
        set.formUnion(other)
        let union = Set(left).union(right).sorted()
        check(set, union, bound)
        // Behind a union numbers are counted on.
        set.insert(bound + 70)
        check(set, union + [bound + 70], bound + 71)
        set.removeAll()
        check(set, [], bound)
        set.insert(bound)
        check(set, [bound], bound + 1)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 200])
    func allBelow(_ bound: Int) {
        check(BitSet(below: bound), Array(0..<bound), bound)
    }

    @Test(arguments: 0..<20)
    func manyAtOnce(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var (set, numbers, next) = (BitSet(), [Int](), 0)
        for _ in 0..<10 {
            next += generator.below(100)
            switch generator.below(3) {
            case 0:
                set.insert(next)
                numbers.append(next)
                next += 1
            case 1:
                let end = next + generator.below(200)
                set.insert(next..<end)
                numbers += next..<end
                next = end
            default:
                let bits = UInt64(generator.below(.max)) << UInt64(generator.below(64))
                set.insert(bits: bits, from: next)
                numbers += (0..<64).filter { bits >> UInt64($0) & 1 != 0 }.map { next + $0 }
                next += 64
            }
        }
        check(set, numbers, next + generator.below(100))
    }

    private func check(_ set: BitSet, _ expected: [Int], _ bound: Int) {
        #expect(Array(set) == expected)
        #expect(set.count == expected.count && set.isEmpty == expected.isEmpty && set.last == expected.last)
        let members = Set(expected)
        for number in 0..<(bound + 130) {
            #expect(set.contains(number) == members.contains(number))
            #expect(set.rank(of: number) == expected.count { $0 < number })
            #expect(set.count(rightBelow: number) == (0..<number).reversed().prefix { members.contains($0) }.count)
        }
        #expect(set.intersects(bound / 3..<bound / 2) == expected.contains { (bound / 3..<bound / 2).contains($0) })
        #expect(set.gaps(below: bound).flatMap { $0 } == (0..<bound).filter { !members.contains($0) })
        #expect(set.gaps(below: bound).allSatisfy { !$0.isEmpty })
    }
}
