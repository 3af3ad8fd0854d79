import CSVTokenizer
import ImportProfiles
import ValueFormats

/// One step of judging rows: a test that most fields of a column pass in a few instructions. What does not is judged by its `ValueRule`.
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

    private(set) var test: Test
    /// The column, by its index in the row and by its index in the plan.
    var column = 0
    var judged = 0
    /// The decimal separator; 0 for whole numbers.
    let decimal: UInt8
    let isRequired: Bool
    let shape: DateShape?

    private init(_ test: Test, _ profile: ColumnProfile, decimal: UInt8 = 0, shape: DateShape? = nil) {
        self.test = test
        self.decimal = decimal
        isRequired = profile.isRequired
        self.shape = shape
    }

    /// - Parameter fixedDate: the first pattern of dates that the kernels judge.
    init(_ test: QuickTest, _ profile: ColumnProfile, fixedDate: DatePattern?) {
        switch test {
        case .number(let decimal): self.init(.number, profile, decimal: decimal)
        case .date:
            let shape = fixedDate.flatMap { DateShape($0) }
            self.init(shape == nil ? .rule : .date, profile, shape: shape)
        case .boolean: self.init(.boolean, profile)
        case .item: self.init(.item, profile)
        case .presentText: self.init(.presentText, profile)
        case .rule: self.init(.rule, profile)
        }
    }

    /// The same column, each value judged by its rule.
    var asking: ColumnStep {
        var step = self
        step.test = .rule
        return step
    }
}

/// How the rows of a file are judged under its profile.
struct ColumnPlan: Sendable {
    /// A column of the file that the profile names.
    struct Column: Sendable {
        /// Counts from 1.
        let number: Int
        let settings: ColumnSettings
        // Of the settings, asked for each value.
        let maskForm: ValueMask.Form?
        let isRequired: Bool
        /// The decimal separator of plain numbers, 0 for whole ones; `nil` for other columns.
        let plainDecimal: UInt8?
        /// Of the values that a kernel passes; `nil` for columns whose values none counts.
        let plainEvidence: PlainMasks.Evidence?
        let hasPlainNullWords: Bool
        private let name: String

        var rule: ValueRule { settings.rule }

        /// Complexity: a copy of all settings.
        var profile: ColumnProfile {
            var profile = settings.profile
            profile.name = name
            return profile
        }

        init(number: Int, rule: FileLayout.ColumnRule) {
            self.number = number
            settings = rule.settings
            maskForm = settings.maskForm
            isRequired = settings.profile.isRequired
            plainDecimal = settings.plainDecimal
            plainEvidence = settings.plain?.evidence
            hasPlainNullWords = !settings.plainNullWords.isEmpty
            name = rule.name
        }
    }

    let columns: [Column]
    /// By column, by itself: to ask a column for it copies the rule.
    let isRequired: [Bool]
    /// In the order of the columns; columns that hold any text have none.
    let steps: [ColumnStep]
    /// Of all tables of texts that are compared or merged.
    let hash: KeyHash
    let keys: KeyPlan
    /// By column of the file, up to the last that the profile names: its index in ``columns``, or -1. Empty where they are the same.
    let judgedColumns: [Int32]

    init(layout: FileLayout, hash: KeyHash = KeyHash()) {
        self.hash = hash
        keys = KeyPlan(layout: layout, hash: hash)
        let rules = layout.rules ?? []
        var columns: [Column] = []
        columns.reserveCapacity(rules.count)
        for (index, rule) in rules.enumerated() { if let rule { columns.append(Column(number: index + 1, rule: rule)) } }
        self.columns = columns
        isRequired = columns.map(\.isRequired)
        var judged: [Int32] = []
        if let last = columns.last, last.number > columns.count {
            judged = Array(repeating: -1, count: last.number)
            for (index, column) in columns.enumerated() { judged[column.number - 1] = Int32(index) }
        }
        judgedColumns = judged
        steps = columns.enumerated().compactMap { index, column in
            var step = column.settings.step
            step?.column = column.number - 1
            step?.judged = index
            return step
        }
    }
}
