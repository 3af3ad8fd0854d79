import SeededRandom
import Testing

@testable import Preflight

@Suite struct ColumnMaskTests {
    /// Each bit is that of its column, from every column on.
    @Test(arguments: [1, 2, 7, 63, 64, 65, 120, 600])
    func bitsOfColumns(width: Int) {
        var generator = SeededGenerator(seed: width)
        var mask = ColumnMask(width: width)
        let columns = Set((0..<width).filter { _ in generator.once(in: 3) })
        for column in columns { mask.insert(column) }
        for start in 0..<width {
            let expected = (0..<64).reduce(UInt64(0)) { columns.contains((start + $1) % width) ? $0 | 1 << UInt64($1) : $0 }
            #expect(mask.bits(from: start) == expected)
        }
        mask.removeAll()
        #expect(mask.bits(from: 0) == 0)
    }
}
