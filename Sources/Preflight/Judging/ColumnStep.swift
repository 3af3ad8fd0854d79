import CSVScan

/// One step of judging rows: a test that most fields of a column pass in a few instructions. What does not is judged by its ``ValueRule``.
///
/// Plain values without references: the loops over rows read nothing else.
struct ColumnStep: Sendable {
    enum Test: UInt8, Sendable {
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
    /// The column, by its index in the row and by its index in the plan.
    let column: Int
    let judged: Int
    /// The decimal separator; 0 for whole numbers.
    let decimal: UInt8
    let isRequired: Bool
    let shape: DateShape?

    init(test: Test, column: Int, judged: Int, decimal: UInt8 = 0, isRequired: Bool = false, shape: DateShape? = nil) {
        self.test = test
        self.column = column
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
        let profile: ColumnProfile
        let rule: ValueRule
        /// How the shape of a value is told: `text` for the value itself, `nil` where no shape is kept.
        let shapeKind: ColumnType?
        /// For dates that the kernels judge: the first pattern, and one date of each kind that they count together.
        let fixedDate: (pattern: DatePattern, samples: DateSamples)?

        var isRequired: Bool { profile.isRequired }

        init(number: Int, rule: FileLayout.ColumnRule) {
            self.number = number
            profile = rule.profile
            self.rule = rule.rule
            shapeKind =
                switch rule.profile.type {
                case .number, .integer, .boolean: rule.profile.type
                case .date: rule.profile.date.patterns.allSatisfy(\.goesByShape) ? .date : .text
                case .text, .dimension: nil
                }
            fixedDate =
                shapeKind != .date
                ? nil
                : rule.profile.date.patterns.first.flatMap { pattern in
                    DateShape(pattern) == nil ? nil : (pattern, DateSamples(pattern))
                }
        }
    }

    let columns: [Column]
    /// By column, by itself: to ask a column for it copies the rule.
    let isRequired: [Bool]
    /// In the order of the columns; columns that hold any text have none.
    let steps: [ColumnStep]
    /// The decimal separator, where every column of the file has plain numbers with the same one and may be empty; else `nil`.
    let plainDecimal: UInt8?

    init(layout: FileLayout) {
        let rules = layout.rules ?? []
        columns = rules.enumerated().compactMap { index, rule in rule.map { Column(number: index + 1, rule: $0) } }
        isRequired = columns.map(\.isRequired)
        steps = columns.enumerated().compactMap { index, column in
            rules[column.number - 1].flatMap { Self.step(for: $0, judged: index, column: column.number - 1) }
        }
        let decimal = steps.first?.decimal ?? 0
        let isPlain = steps.count == layout.width && decimal != 0
        plainDecimal =
            isPlain && steps.allSatisfy { $0.test == .number && $0.decimal == decimal && !$0.isRequired } ? decimal : nil
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

    private static func step(for rule: FileLayout.ColumnRule, judged: Int, column: Int) -> ColumnStep? {
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
            return step(.number, decimal: decimal)
        case .date:
            guard let pattern = profile.date.patterns.first, rule.profile.date.patterns.allSatisfy(\.goesByShape),
                let shape = DateShape(pattern)
            else { return step(.rule) }
            return step(.date, shape: shape)
        case .boolean:
            return step(.boolean)
        case .dimension:
            if profile.items == nil { return profile.isRequired ? step(.presentText) : nil }
            return step(.item)
        }
    }
}
