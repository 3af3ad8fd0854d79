import CSVScan

/// One step of judging rows: a test that most fields of a column pass in a few instructions. What does not is judged by its ``ValueRule``.
///
/// Plain values without references: the loops over rows read nothing else.
struct ColumnStep: Sendable {
    enum Test: UInt8, Sendable {
        /// Numbers in all columns of the step, looked up in the bitmaps.
        case numberBitmaps
        /// A number.
        case number
        /// A date of a fixed shape.
        case date
        case boolean
        /// One of the dimension's items.
        case item
        /// Some text that is there.
        case presentText
        /// Whatever the rule says.
        case rule
    }

    let test: Test
    /// The columns, by their index in the row and by their index in the plan.
    var columns: Range<Int>
    let judged: Int
    /// The decimal separator; 0 for whole numbers.
    let decimal: UInt8
    let isRequired: Bool
    let shape: DateShape?

    init(test: Test, column: Int, judged: Int, decimal: UInt8 = 0, isRequired: Bool = false, shape: DateShape? = nil) {
        self.test = test
        columns = column..<(column + 1)
        self.judged = judged
        self.decimal = decimal
        self.isRequired = isRequired
        self.shape = shape
    }
}

/// How the rows of a file are judged under its profile.
struct ColumnPlan: Sendable {
    /// A column of the file that the profile names.
    struct Column: Sendable {
        /// Counts from 1.
        let number: Int
        let rule: ValueRule
        let isRequired: Bool
    }

    let columns: [Column]
    /// In the order of the columns; columns that hold any text have none.
    let steps: [ColumnStep]
    /// The decimal separator that the bitmaps are made for; `nil` where they do not pay.
    let bitmapDecimal: UInt8?
    /// Whether nothing is to be judged but numbers in every column of the file.
    let isNumbersOnly: Bool

    init(layout: FileLayout) {
        columns = (layout.rules ?? []).enumerated().compactMap { index, rule in
            rule.map { Column(number: index + 1, rule: $0.rule, isRequired: $0.profile.isRequired) }
        }
        let formats = (layout.rules ?? []).map { $0.flatMap(Self.plainNumber) }
        bitmapDecimal = Self.commonDecimal(of: formats, width: layout.width)
        var steps: [ColumnStep] = []
        for (index, column) in columns.enumerated() {
            guard let rule = layout.rules?[column.number - 1],
                let step = Self.step(for: rule, judged: index, column: column.number - 1, bitmapDecimal: bitmapDecimal)
            else { continue }
            if step.test == .numberBitmaps, let last = steps.last, last.test == .numberBitmaps, last.decimal == step.decimal,
                last.columns.upperBound == step.columns.lowerBound
            {
                steps[steps.count - 1].columns = last.columns.lowerBound..<step.columns.upperBound
            } else {
                steps.append(step)
            }
        }
        self.steps = steps
        isNumbersOnly =
            steps.count == 1 && steps[0].test == .numberBitmaps && steps[0].decimal != 0 && steps[0].columns == 0..<layout.width
    }

    /// The separator of numbers that the quick tests know; 0 for whole numbers.
    private static func plainNumber(_ rule: FileLayout.ColumnRule) -> UInt8? {
        let column = rule.profile
        guard column.number.prefix == nil, column.number.suffix == nil else { return nil }
        switch column.type {
        case .number: return column.number.decimal.rawValue.utf8.first
        case .integer: return 0
        case .text, .date, .boolean, .dimension: return nil
        }
    }

    /// The bitmaps look at every byte of the file: they pay where numbers are most of it.
    private static func commonDecimal(of formats: [UInt8?], width: Int) -> UInt8? {
        let plain = formats.compactMap { $0 }
        guard plain.count * 4 >= width * 3 else { return nil }
        let commas = plain.count { $0 == UInt8(ascii: ",") }
        return commas > plain.count { $0 == UInt8(ascii: ".") } ? UInt8(ascii: ",") : UInt8(ascii: ".")
    }

    private static func step(for rule: FileLayout.ColumnRule, judged: Int, column: Int, bitmapDecimal: UInt8?) -> ColumnStep? {
        let profile = rule.profile
        // A null word may look like a value, and is then missing where one is required.
        let asksRule = profile.isRequired && !profile.nullWords.isEmpty
        func step(_ test: ColumnStep.Test, decimal: UInt8 = 0, shape: DateShape? = nil) -> ColumnStep {
            ColumnStep(
                test: asksRule ? .rule : test, column: column, judged: judged, decimal: decimal, isRequired: profile.isRequired,
                shape: shape)
        }
        switch profile.type {
        case .text:
            return profile.isRequired ? step(.presentText) : nil
        case .number, .integer:
            guard let decimal = plainNumber(rule) else { return step(.rule) }
            let fitsBitmaps = !profile.isRequired && bitmapDecimal != nil && (decimal == 0 || decimal == bitmapDecimal)
            return step(fitsBitmaps ? .numberBitmaps : .number, decimal: decimal)
        case .date:
            guard let pattern = profile.date.patterns.first, let shape = DateShape(pattern) else { return step(.rule) }
            return step(.date, shape: shape)
        case .boolean:
            return step(.boolean)
        case .dimension:
            if profile.items == nil { return profile.isRequired ? step(.presentText) : nil }
            return step(.item)
        }
    }
}
