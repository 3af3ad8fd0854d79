package import ImportProfiles
import SafeText
import ValueFormats

/// Rewrites values of a column that do not plainly parse into the format that the profile gives.
package struct ValueRepair {
    /// A value as it should be written.
    package struct Result: Equatable {
        package var text: [UInt8]
        /// Whether it can mean nothing else.
        package var isSafe: Bool
    }

    private let column: ColumnProfile
    private let rule: ValueRule

    package init(_ column: ColumnProfile) {
        self.column = column
        rule = ValueRule(column: column)
    }

    /// Whether values of such a column are ever rewritten.
    package var isNeeded: Bool { !rule.takesAnyText && (column.type != .dimension || column.items != nil) }

    /// Counts what a value says about the column.
    package func count(_ value: [UInt8], in tally: inout ReadingTally) {
        if isNumber {
            guard let parts = NumberParts(value, format: column.number) else { return }
            tally.note(currency: parts.currency)
            let (point, comma) = (WrittenNumber(parts.body, .point), WrittenNumber(parts.body, .comma))
            if let point, let comma {
                if !point.isEqual(to: comma) { tally.both += 1 }
            } else if point != nil || comma != nil, isRepairable(value) {
                if point != nil { tally.first += 1 } else { tally.second += 1 }
            }
        } else if column.type == .date {
            DateRepair.count(NumberParts.trimmed(value), in: &tally) { isRepairable(value) }
        }
    }

    /// Whether a value is as it should be, or will be. What stays as it is does not say how others are to be read: it would say so again, of what
    /// they were changed to.
    private func isRepairable(_ value: [UInt8]) -> Bool { judge(value).verdict == .parses || repaired(value, nil) != nil }

    /// - Parameters:
    ///   - value: as in the file, without its quotes.
    ///   - tally: of all values of the column; `nil` where they are not known.
    /// - Returns: `nil` where nothing is to be changed, or is known to be right.
    package func repaired(_ value: [UInt8], _ tally: ReadingTally?) -> Result? {
        let judgement = judge(value)
        if judgement.verdict == .empty { return nil }
        if judgement.verdict == .parses {
            // A value that parses is rewritten only if all others say that it means something else.
            guard let tally, let isFirst = tally.isFirst, tally.both > 0 else { return nil }
            return checked(reread(value, tally, isFirst: isFirst), instead: value)
        }
        switch judgement.reason {
        case .nullWord, .blanksOnly: return column.isRequired ? nil : Result(text: [], isSafe: true)
        case .spreadsheetError: return column.isRequired || judgement.verdict == .fails ? nil : Result(text: [], isSafe: false)
        default: break
        }
        let trimmed = NumberParts.trimmed(value)
        let isOtherReading = isNumber || column.type == .date
        if !isOtherReading || tally?.both ?? 0 == 0, judge(trimmed).verdict == .parses { return Result(text: trimmed, isSafe: true) }
        if isNumber { return checked(number(value, tally), instead: value) }
        if column.type == .date { return checked(DateRepair(column.date).repaired(trimmed, tally), instead: value) }
        if column.type == .boolean { return checked(boolean(trimmed), instead: value) }
        return nil
    }

    private var isNumber: Bool { column.type == .number || column.type == .integer }

    private func judge(_ value: [UInt8]) -> Judgement { rule.judge(value.span) }

    /// What is written must parse.
    private func checked(_ result: Result?, instead value: [UInt8]) -> Result? {
        guard let result, result.text != value, judge(result.text).verdict == .parses else { return nil }
        return result
    }

    private func reread(_ value: [UInt8], _ tally: ReadingTally, isFirst: Bool) -> Result? {
        if isNumber {
            let own: WrittenNumber.Family = column.number.decimal == .point ? .point : .comma
            return isFirst == (own == .point) ? nil : number(value, tally)
        }
        return column.type == .date ? DateRepair(column.date).reread(value, isDayFirst: isFirst) : nil
    }

    /// `true` and `TRUE` are the same; what `yes` and `1` mean depends on who wrote it.
    private func boolean(_ value: [UInt8]) -> Result? {
        let folded = value.map(ASCII.lowercased)
        if folded == Array("true".utf8) { return Result(text: Array("TRUE".utf8), isSafe: true) }
        if folded == Array("false".utf8) { return Result(text: Array("FALSE".utf8), isSafe: true) }
        let word = String(decoding: folded, as: UTF8.self)
        if ["yes", "y", "t", "on", "1"].contains(word) { return Result(text: Array("TRUE".utf8), isSafe: false) }
        if ["no", "n", "f", "off", "0"].contains(word) { return Result(text: Array("FALSE".utf8), isSafe: false) }
        return nil
    }

    // MARK: Numbers

    private func number(_ value: [UInt8], _ tally: ReadingTally?) -> Result? {
        let format = column.number
        guard let parts = NumberParts(value, format: format), !parts.isPercent || format.isPercent else { return nil }
        let own: WrittenNumber.Family = format.decimal == .point ? .point : .comma
        let (point, comma) = (WrittenNumber(parts.body, .point), WrittenNumber(parts.body, .comma))
        var isSafe = parts.currency == nil || tally?.currencies.count ?? 0 < 2
        let number: WrittenNumber
        switch (point, comma) {
        case (let point?, let comma?) where !point.isEqual(to: comma):
            if let isFirst = tally?.isFirst {
                number = isFirst ? point : comma
            } else if let plain = WrittenNumber(parts.body, decimal: own.decimal, group: format.group.map(Self.byte)),
                tally?.second ?? 0 == 0 || tally?.first ?? 0 == 0
            {
                // It is written as the profile says, apart from its sign or currency.
                number = plain
            } else if let tally, tally.first != tally.second {
                (number, isSafe) = (tally.first > tally.second ? point : comma, false)
            } else {
                (number, isSafe) = (own == .point ? point : comma, false)
            }
        case (let only?, _), (nil, let only?): number = only
        case (nil, nil): return nil
        }
        return Result(text: written(number, isNegative: parts.isNegative, isPercent: parts.isPercent), isSafe: isSafe)
    }

    private static func byte(_ group: NumberFormat.GroupSeparator) -> UInt8 {
        switch group {
        case .space, .noBreakSpace, .narrowNoBreakSpace: UInt8(ascii: " ")
        case .comma, .point, .apostrophe: group.byte
        }
    }

    private func written(_ number: WrittenNumber, isNegative: Bool, isPercent: Bool) -> [UInt8] {
        let format = column.number
        var fraction = number.fraction
        if column.type == .integer, fraction.allSatisfy({ $0 == UInt8(ascii: "0") }) { fraction = [] }
        var text = Array((format.prefix ?? "").utf8)
        if isNegative { text.append(UInt8(ascii: "-")) }
        text += number.whole
        if !fraction.isEmpty { text += Array(format.decimal.rawValue.utf8) + fraction }
        if isPercent { text.append(UInt8(ascii: "%")) }
        return text + Array((format.suffix ?? "").utf8)
    }
}
