/// The dirty shape: the rows of ``PlanningRows``, some with exactly one fault, each of which is counted and the first one of each kind
/// placed.
struct FaultyRows: RowWriter {
    /// Which rows are faulty, and how.
    enum Plan {
        /// This share of the rows, from 0 to 1, with all kinds of faults.
        case share(Double)
        /// Each row has a value in Amount that is no number.
        case everyAmount
    }

    private let rows = PlanningRows()
    private let plan: Plan
    private(set) var faults: [FaultRecord]
    private(set) var blankLineCount = 0
    /// Of the row that is written next.
    private var number = 1
    private var line = 2
    /// Against 32 random bits.
    private let threshold: UInt64

    private let kinds = Fault.allCases
    private let numbers = FaultyValue.numbers
    private let integers = FaultyValue.integers
    private let dates = FaultyValue.dates

    init(plan: Plan) {
        self.plan = plan
        faults = Fault.allCases.map { FaultRecord(fault: $0) }
        threshold =
            switch plan {
            case .share(let share): UInt64(min(max(share, 0), 1) * 4_294_967_296)
            case .everyAmount: .max
            }
    }

    var columns: [GeneratedColumn] { rows.columns }
    var dialect: GeneratedDialect { rows.dialect }

    mutating func appendRow(to output: inout ByteOutput, random: inout SeededRandom) {
        let choice = random.next()
        var draw = PlanningRows.Draw(&random)
        let start = output.byteCount
        if choice >> 32 < threshold {
            appendFaultyRow(fault(for: choice), choice: Int(choice >> 8 & 0xFFFF), start: start, &draw, to: &output)
        } else {
            appendFields(0..<rows.columns.count, &draw, to: &output)
            number += 1
        }
        output.append(dialect.lineEnd)
        line += output.lineFeeds(from: start)
    }

    private func fault(for choice: UInt64) -> Fault {
        switch plan {
        case .share: kinds[(Int(choice & 0xFF) * kinds.count) >> 8]
        case .everyAmount: .notANumber
        }
    }

    private mutating func appendFaultyRow(
        _ fault: Fault, choice: Int, start: Int, _ draw: inout PlanningRows.Draw, to output: inout ByteOutput
    ) {
        if fault == .blankLine {
            note(fault, offset: start, start: start, in: output)
            blankLineCount += 1
            return
        }
        let column = fault.column
        appendFields(0..<column, &draw, to: &output)
        if column > 0 { output.append(dialect.delimiter) }
        let fieldStart = output.byteCount
        if let value = value(of: fault) {
            note(fault, offset: fieldStart + value.offset, start: start, in: output)
            output.append(value.bytes.drawn(by: choice, ofBits: 16))
        } else {
            note(fault, offset: fieldStart, start: start, in: output)
            switch fault {
            case .tooManyFields: output.append("extra")
            case .tooFewFields: rows.append(column, &draw, to: &output)
            default: break  // An empty value.
            }
        }
        if fault != .tooFewFields, column + 1 < rows.columns.count {
            output.append(dialect.delimiter)
            appendFields((column + 1)..<rows.columns.count, &draw, to: &output)
        }
        number += 1
    }

    private mutating func appendFields(_ columns: Range<Int>, _ draw: inout PlanningRows.Draw, to output: inout ByteOutput) {
        for column in columns {
            if column > columns.lowerBound { output.append(dialect.delimiter) }
            rows.append(column, &draw, to: &output)
        }
    }

    /// The text to write for a fault that is a text.
    private func value(of fault: Fault) -> FaultyValue? {
        switch fault {
        case .notANumber: numbers
        case .notAnInteger: integers
        case .notADate: dates
        case .strayQuote: .strayQuote
        case .textAfterClosingQuote: .textAfterClosingQuote
        case .loneCarriageReturn: .loneCarriageReturn
        case .nulByte: .nulByte
        case .invalidUTF8: .invalidUTF8
        case .tooFewFields, .tooManyFields, .blankLine, .requiredValueEmpty: nil
        }
    }

    private mutating func note(_ fault: Fault, offset: Int, start: Int, in output: borrowing ByteOutput) {
        let index = kinds.firstIndex(of: fault)!
        faults[index].count += 1
        guard faults[index].first == nil else { return }
        let isRow = fault != .blankLine
        faults[index].first = FaultPlace(
            row: isRow ? number : nil, line: line + output.lineFeeds(from: start), column: isRow ? fault.column + 1 : nil,
            byteOffset: offset)
    }
}
