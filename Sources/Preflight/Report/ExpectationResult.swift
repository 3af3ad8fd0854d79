package import ImportProfiles
import SafeText
package import ValueFormats

/// A control total, and what the file has.
package struct ExpectationResult: Sendable {
    package let expectation: Expectation
    /// Whether the file has what is expected; `nil` if that is not known.
    package internal(set) var holds: Bool?
    /// What the file has; `nil` if that is not known.
    package internal(set) var found: String?
    /// The row that has it; only of a smallest or largest value.
    package internal(set) var row: Int?
    /// What was found less what was expected, or less the nearer bound; only of numbers that differ.
    package internal(set) var difference: ExactDecimal?
    /// Why it is not known, or what was left out.
    package internal(set) var remark: String?
    /// How the numbers of the column are read; only of a sum.
    var reader: AmountReader?
    /// Rows whose amount is the difference, or the first of them, and how many there are: one of them may be too many.
    package internal(set) var suspects: (first: [Int], count: Int)?
    /// The number of the column that it is about.
    package internal(set) var column: Int?

    init(_ expectation: Expectation) { self.expectation = expectation }

    mutating func compare(_ found: ExactDecimal, _ wanted: ClosedRange<ExactDecimal>) {
        self.found = found.text
        holds = wanted.contains(found)
        if found < wanted.lowerBound { difference = found.adding(-wanted.lowerBound) }
        if found > wanted.upperBound { difference = found.adding(-wanted.upperBound) }
    }

    /// What is expected and found, in words: `sum.Amount: 1234.5 expected, 1200 found, 34.5 too little`.
    package var text: String {
        var parts = ["\(expectation.wanted.text) expected"]
        if let found { parts.append("\(found) found" + (row.map { " in row \($0.grouped)" } ?? "")) }
        if let difference {
            let isCount =
                switch expectation.quantity {
                case .rows, .bytes, .column(.distinct, _, _): true
                case .sha256, .column: false
                }
            let word =
                switch (difference.units < 0, isCount) {
                case (true, true): "missing"
                case (false, true): "too many"
                case (true, false): "too little"
                case (false, false): "too much"
                }
            let amount = suspects.map { suspects in
                let rows = suspects.first.map(\.grouped)
                let last = rows.last ?? ""
                return switch suspects.count {
                case 1: ", which is the amount of row \(last)"
                case rows.count: ", which is the amount of rows \(rows.dropLast().joined(separator: ", ")) and \(last)"
                default: ", which is the amount of \(suspects.count.grouped) rows, first row \(rows.first ?? "")"
                }
            }
            parts.append("\(difference.magnitude.text) \(word)" + (amount ?? ""))
        }
        return "\(VisibleText(expectation.quantity.key).text): " + parts.joined(separator: ", ") + (remark.map { " (\($0))" } ?? "")
            + ", as \(expectation.origin) says"
    }

    /// Without what may be a value of a cell: a sum may be of one row.
    var redacted: ExpectationResult {
        var expectation = expectation
        if case .column(let measure, let name, let filter?) = expectation.quantity {
            expectation.quantity = .column(measure, name: name, only: .init(column: filter.column, text: TextMask.mask(filter.text)))
        }
        var result = ExpectationResult(expectation)
        (result.holds, result.column, result.row) = (holds, column, row)
        return result
    }
}

extension ExpectationResult: Equatable {
    package static func == (left: ExpectationResult, right: ExpectationResult) -> Bool {
        left.expectation == right.expectation && left.holds == right.holds && left.column == right.column && left.text == right.text
    }
}
