import ImportProfiles
import SafeText
import ValueFormats

extension ExpectationCheck {
    /// What is known of a control total at the end of the file.
    private struct Measured {
        enum Value: Equatable {
            case number(ExactDecimal)
            case day(Expectation.Day)
        }

        /// `nil` if it is not known: then the remark says why.
        var value: Value?
        /// The row that has it, of a smallest or largest value.
        var row: Int?
        var remark: String?
        /// How its numbers are read.
        var reader: AmountReader?
    }

    private func measured(_ quantity: Expectation.Quantity) -> Measured? {
        guard let meter = meters.first(where: { $0.quantity == quantity }) else { return nil }
        var measured: Measured
        var (unread, firstUnread) = (meter.unreadCount, meter.firstUnread)
        switch meter.reading {
        case .amounts(let all):
            // A decimal point, unless a comma reads more of them.
            guard let amounts = all.min(by: { $0.unreadCount < $1.unreadCount }) else { return nil }
            if all.count > 1 {
                // Beside what no reading was tried on.
                unread += amounts.unreadCount
                firstUnread = [firstUnread, amounts.firstUnread].compactMap(\.self).min()
            }
            switch meter.quantity.measure {
            case .sum:
                measured = Measured(value: amounts.total.sum.map { .number($0) }, reader: amounts.reader)
                if measured.value == nil { measured.remark = "the sum has more digits than can be held" }
            case .min: measured = Measured(value: amounts.smallest.map { .number($0.value) }, row: amounts.smallest?.row)
            default: measured = Measured(value: amounts.largest.map { .number($0.value) }, row: amounts.largest?.row)
            }
        case .days(let days):
            let found = meter.quantity.measure == .min ? days.first : days.last
            measured = Measured(value: found.map { .day($0.day) }, row: found?.row)
        case .distinct(let values):
            measured = Measured(value: values.count.map { .number(ExactDecimal(units: Int128($0))) })
            if measured.value == nil { measured.remark = "there are more than \(DistinctValues.most.grouped) different values" }
        }
        if measured.value == nil, measured.remark == nil { measured.remark = "no value of the column can be compared" }
        var left: [String] = []
        if unread > 0, let firstUnread {
            left.append("\(unread.counted("value")) that cannot be read, first in row \(firstUnread.grouped)")
        }
        if raggedCount > 0 { left.append("\(raggedCount.counted("row")) with another number of fields") }
        if !left.isEmpty {
            measured.remark = [measured.remark, "without \(left.joined(separator: " and "))"].compactMap(\.self).joined(separator: "; ")
        }
        return measured
    }

    /// What the file as a whole has.
    struct FileFigures {
        var rows: Int
        var bytes: Int
        /// Hexadecimal; `nil` if the file was not read to its end, or no total is a digest.
        var digest: String?
        /// Whether the file was read to its end.
        var isComplete: Bool
    }

    /// Compares all control totals with the file.
    ///
    /// - Parameters:
    ///   - check: what was read of the columns; `nil` if no column was.
    ///   - layout: `nil` for a file without a row.
    static func results(
        _ expectations: [Expectation], _ check: ExpectationCheck?, layout: FileLayout?, _ figures: FileFigures
    ) -> [ExpectationResult] {
        expectations.map { expectation in
            var result = ExpectationResult(expectation)
            switch (expectation.quantity, expectation.wanted) {
            case (.rows, .number(let wanted)): result.compare(.init(units: Int128(figures.rows)), wanted)
            case (.bytes, .number(let wanted)): result.compare(.init(units: Int128(figures.bytes)), wanted)
            case (.sha256, .digest(let wanted)):
                result.found = figures.digest
                if figures.digest == nil {
                    result.remark = "the file was not read to its end"
                } else {
                    result.holds = figures.digest == wanted
                }
            case (.column(_, let name, let filter), _):
                if let missing = ([name] + (filter.map { [$0.column] } ?? [])).first(where: { layout?.column(named: $0) == nil }) {
                    result.remark =
                        "the file has no column \(YAMLText.shown(missing))"
                        + (layout?.nearest(missing).map { "; the nearest name is \(YAMLText.shown($0))" } ?? "")
                    break
                }
                result.column = layout?.column(named: name).map { $0 + 1 }
                guard let measured = check?.measured(expectation.quantity) else {
                    result.remark = "the column does not hold what this total is about"
                    break
                }
                result.remark = measured.remark
                switch (measured.value, expectation.wanted) {
                case (.number(let found)?, .number(let wanted)): result.compare(found, wanted)
                case (.day(let found)?, .day(let wanted)):
                    result.found = found.text
                    result.holds = wanted.contains(found)
                default: break
                }
                (result.row, result.reader) = (measured.row, measured.reader)
            default: preconditionFailure("the value of a control total is of another kind than the total")
            }
            if !figures.isComplete, result.holds == true, expectation.quantity != .bytes {
                result.holds = nil
                result.remark = "the file was not read to its end"
            }
            return result
        }
    }

    /// Reports the control totals that do not hold.
    static func report(_ results: [ExpectationResult], log: inout FindingLog) {
        for (index, result) in results.enumerated() where result.holds != true {
            let kind: FindingKind =
                switch (result.holds, result.expectation.quantity) {
                case (nil, _): .uncheckedTotal
                case (_, .rows): .otherRowCount
                case (_, .bytes), (_, .sha256): .otherFile
                case (_, .column(.sum, _, _)): .otherSum
                case (_, .column(.distinct, _, _)): .otherDistinctCount
                case (_, .column(.min, _, _)), (_, .column(.max, _, _)): .otherExtreme
                }
            let group = log.group(kind, column: result.column, part: index + 1, severity: nil, predicts: nil)
            log.count(in: group, row: nil)
            log.addRemark(result.text, to: group)
        }
    }
}

extension FileLayout {
    /// The first column with this name, by index in the row.
    func column(named name: String) -> Int? {
        if hasHeader { return columnNames.firstIndex { $0.bytes.elementsEqual(name.utf8) } }
        return rules?.firstIndex { $0?.name.utf8.elementsEqual(name.utf8) ?? false }
    }

    fileprivate func nearest(_ name: String) -> String? {
        let names = hasHeader ? columnNames.map { String(decoding: $0.bytes, as: UTF8.self) } : (rules ?? []).compactMap { $0?.name }
        return EditDistance.nearest(to: name, among: names)
    }
}

extension Expectation.Quantity {
    var measure: Measure? {
        if case .column(let measure, _, _) = self { return measure }
        return nil
    }
}
