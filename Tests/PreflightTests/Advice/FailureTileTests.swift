import SeededRandom
import TestSupport
import Testing

@testable import Preflight

/// What many columns have in common is counted for 64 rows at once. Here it is counted one by one too.
@Suite(.computing) struct FailureTileTests {
    /// Counts of the values of one other column; `nil` once there are too many.
    private struct Expected {
        var counts: [Int32: Int]? = [:]

        mutating func add(_ value: Int32, most: Int) {
            if value < 0 || counts == nil { return }
            counts?[value, default: 0] += 1
            if let count = counts?.count, count > most { counts = nil }
        }
    }

    @Test(arguments: 0..<40)
    func countsAsOneByOne(_ seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let (finderCount, otherCount, most) = (1 + generator.below(9), 1 + generator.below(64), 1 + generator.below(9))
        let own = generator.below(otherCount)
        var finders = (0..<finderCount).map { _ in SliceFinder(otherCount: otherCount, own: own) }
        var expected = Array(repeating: Array(repeating: Expected(), count: otherCount), count: finderCount)
        var failures = Array(repeating: 0, count: finderCount)
        var tile = FailureTile(otherCount: otherCount)
        var rows: [[Int32]] = []
        func count() {
            for other in 0..<otherCount {
                let numbers = (0..<tile.rowCount).map { rows[tile.row($0)][other] }
                tile.setValues(numbers.span, numberCount: 12, of: other)
            }
            for finder in tile.finders { finders[finder].add(tile, rows: tile.failures(of: finder), most: most) }
            tile.removeAll()
        }
        for row in 0..<500 {
            rows.append((0..<otherCount).map { Int32(generator.below(2 + $0 % 12)) - 1 })
            for finder in 0..<finderCount where generator.below(3) == 0 {
                if tile.isFull(before: row) { count() }
                tile.add(tile.add(row: row), finder: finder)
                failures[finder] += 1
                for other in 0..<otherCount where other != own { expected[finder][other].add(rows[row][other], most: most) }
            }
        }
        count()
        for finder in 0..<finderCount {
            #expect(finders[finder].failureCount == failures[finder])
            for other in 0..<otherCount where other != own {
                let found = finders[finder].open >> UInt64(other) & 1 == 0 ? nil : finders[finder].values[other]
                #expect(found.map { Dictionary(uniqueKeysWithValues: $0.map { ($0.value, $0.count) }) } == expected[finder][other].counts)
            }
            #expect(finders[finder].open >> UInt64(own) & 1 == 0)
        }
    }

    /// A finder that another column takes over begins anew.
    @Test func forgottenFinder() {
        var tile = FailureTile(otherCount: 1)
        tile.add(tile.add(row: 3), finder: 0)
        tile.add(tile.add(row: 3), finder: 1)
        tile.forget(finder: 0)
        #expect(tile.finders == [1])
        tile.add(tile.add(row: 4), finder: 0)
        #expect((tile.failures(of: 0), tile.failures(of: 1)) == (2, 1))
    }
}
