import CSVTokenizer
import ImportProfiles

/// The columns of a file whose numbers are judged by the bits of all fields together, without a call for each column and tile.
struct NumberColumns {
    /// The decimal separator of all of them that have fractions.
    let decimal: UInt8
    /// Whether all columns of the file are chosen.
    private(set) var areAllChosen: Bool
    private let width: Int
    /// By column of the file: the index of its step; -1 for others.
    private let steps: [Int32]
    /// Of these some may be judged in another way for a while: see ``choose(_:_:rowCount:leftOutCount:areMostlyWrong:)``.
    private(set) var chosen: [Bool]
    private var numbers: ColumnMask
    private var whole: ColumnMask
    private var required: ColumnMask

    /// - Returns: `nil` where they are too few to be worth a look at each byte.
    init?(_ plan: ColumnPlan, width: Int, kernel: Kernel) {
        let decimals = plan.steps.filter { $0.test == .number && $0.decimal != 0 }.map(\.decimal)
        decimal = decimals.first ?? UInt8(ascii: ".")
        var steps = [Int32](repeating: -1, count: width)
        var count = 0
        for (index, step) in plan.steps.enumerated() where Self.isToldByBits(step, plan, decimal: decimal) {
            steps[step.column] = Int32(index)
            count += 1
        }
        let least = Self.leastShare(kernel)
        guard count * least.of >= width * least.columns, width > 0, width <= Self.mostColumns else { return nil }
        self.width = width
        self.steps = steps
        areAllChosen = count == width
        chosen = steps.map { $0 >= 0 }
        (numbers, whole, required) = (ColumnMask(width: width), ColumnMask(width: width), ColumnMask(width: width))
        makeMasks(plan)
    }

    /// What share of the columns must be numbers: to look at each byte costs as much as a call of the kernels for about so many columns.
    private static func leastShare(_ kernel: Kernel) -> (columns: Int, of: Int) {
        kernel == .avx512 ? (1, 5) : (2, 3)
    }

    /// Wider files have few rows in a batch.
    static let mostColumns = 1 << 14

    private static func isToldByBits(_ step: ColumnStep, _ plan: ColumnPlan, decimal: UInt8) -> Bool {
        let column = plan.columns[step.judged]
        return step.test == .number && (step.decimal == 0 || step.decimal == decimal) && !column.hasPlainNullWords
            && !(step.decimal != 0 && column.rule.tellsFractions)
    }

    private mutating func makeMasks(_ plan: ColumnPlan) {
        numbers.removeAll()
        whole.removeAll()
        required.removeAll()
        for column in 0..<width where chosen[column] {
            let step = plan.steps[Int(steps[column])]
            numbers.insert(column)
            if step.decimal == 0 { whole.insert(column) }
            if step.isRequired { required.insert(column) }
        }
    }

    /// The step of a column that is judged by bits; `nil` for others.
    @inline(__always)
    func step(ofColumn column: Int) -> Int? { chosen[column] ? Int(steps[column]) : nil }

    /// Leaves out columns most of whose values are wrong: those are judged one by one.
    ///
    /// - Parameters:
    ///   - found: counted.
    ///   - rowCount: of the rows that are judged.
    ///   - leftOutCount: of other rows, whose fields are odd.
    ///   - areMostlyWrong: by step.
    mutating func choose(
        _ plan: ColumnPlan, _ found: borrowing FieldBits, rowCount: Int, leftOutCount: Int, areMostlyWrong: inout [Bool]
    ) {
        var hasChanged = false
        for column in 0..<width where steps[column] >= 0 {
            let index = Int(steps[column])
            let step = plan.steps[index]
            let wrong =
                found.count(FieldBits.NumberKind.odd, column: column) + (step.decimal == 0 ? found.count(.separated, column: column) : 0)
                + (step.isRequired ? found.count(FieldBits.NumberKind.empty, column: column) : 0)
            if wrong - leftOutCount > rowCount / 2 { areMostlyWrong[index] = true }
            if chosen[column] == areMostlyWrong[index] {
                chosen[column].toggle()
                hasChanged = true
            }
        }
        if !hasChanged { return }
        areAllChosen = !chosen.contains(false)
        makeMasks(plan)
    }

    /// Calls `body` with each field among some whose value is not surely right, ascending: with its row and column.
    @inline(__always)
    func forEachFault(in fields: Range<Int>, _ found: borrowing FieldBits, _ body: (_ row: Int, _ column: Int) -> Void) {
        var column = fields.lowerBound / 64 * 64 % width
        for word in (fields.lowerBound / 64)..<((fields.upperBound + 63) / 64) {
            var faults = faults(found, word: word, from: &column)
            while faults != 0 {
                let field = word &* 64 &+ faults.trailingZeroBitCount
                faults &= faults &- 1
                if fields.contains(field) { body(field / width, field % width) }
            }
        }
    }

    /// Whether all fields are right.
    func areRight(_ found: borrowing FieldBits) -> Bool {
        var column = 0
        for word in 0..<((found.fieldCount + 63) / 64) where faults(found, word: word, from: &column) != 0 { return false }
        return true
    }

    /// Of 64 fields, those whose value is not surely right.
    ///
    /// - Parameter column: of the first of them; moved to that of the next word.
    @inline(__always)
    private func faults(_ found: borrowing FieldBits, word: Int, from column: inout Int) -> UInt64 {
        let first = column
        column &+= 64
        if column >= width { column = column % width }
        return found.word(.odd, word) & numbers.bits(from: first) | found.word(.separated, word) & whole.bits(from: first)
            | found.word(.empty, word) & required.bits(from: first)
    }
}
