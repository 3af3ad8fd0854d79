import ImportProfiles
import SafeText
import ValueFormats

/// The first and the last day of a column of dates that no profile describes: in each order that its numbers can have.
struct LooseDateTally {
    /// The orders of year, month and day.
    private enum Order: Int, CaseIterable {
        case yearFirst, dayFirst, monthFirst
    }

    /// By order.
    private var bounds: [(first: Expectation.Day, last: Expectation.Day)?] = Array(repeating: nil, count: Order.allCases.count)

    /// Adds a value, if it begins like a date in digits: `2026-01-31`, `31.1.2026`, `1/31/26`, `20260131`, with a time or without.
    mutating func add(_ value: Span<UInt8>) {
        guard value.count >= 6, ASCII.isDigit(value[0]) else { return }
        var (numbers, widths) = ((0, 0, 0), (0, 0, 0))
        var (index, part) = (0, 0)
        var separator: UInt8 = 0
        while index < value.count, index < 10 {
            let byte = value[index]
            if ASCII.isDigit(byte) {
                let digit = Int(byte - UInt8(ascii: "0"))
                switch part {
                case 0: (numbers.0, widths.0) = (10 * numbers.0 + digit, widths.0 + 1)
                case 1: (numbers.1, widths.1) = (10 * numbers.1 + digit, widths.1 + 1)
                default: (numbers.2, widths.2) = (10 * numbers.2 + digit, widths.2 + 1)
                }
            } else {
                if part == 2 { break }
                guard [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains(byte), separator == 0 || separator == byte else {
                    break
                }
                separator = byte
                part += 1
            }
            index += 1
        }
        if part == 0, widths.0 == 8 { return note(.yearFirst, numbers.0 / 10_000, numbers.0 / 100 % 100, numbers.0 % 100) }
        guard part == 2, widths.1 <= 2, widths.2 > 0 else { return }
        if widths.0 == 4 { return note(.yearFirst, numbers.0, numbers.1, numbers.2) }
        guard widths.0 <= 2, widths.2 == 2 || widths.2 == 4 else { return }
        let year = widths.2 == 4 ? numbers.2 : DateFormat.assumedYear(numbers.2)
        note(.dayFirst, year, numbers.1, numbers.0)
        note(.monthFirst, year, numbers.0, numbers.1)
    }

    private mutating func note(_ order: Order, _ year: Int, _ month: Int, _ day: Int) {
        guard year >= 1, (1...12).contains(month), day >= 1, day <= CalendarDate.days(inMonth: month, of: year) else { return }
        note(order, Expectation.Day(year: year, month: month, day: day))
    }

    private mutating func note(_ order: Order, _ day: Expectation.Day) {
        let known = bounds[order.rawValue]
        bounds[order.rawValue] = (min(known?.first ?? day, day), max(known?.last ?? day, day))
    }

    mutating func merge(_ other: LooseDateTally) {
        for order in Order.allCases {
            guard let theirs = other.bounds[order.rawValue] else { continue }
            note(order, theirs.first)
            note(order, theirs.last)
        }
    }

    /// The days under the formats that were inferred; `nil` where these leave the order open, and without a date.
    func dates(_ type: InferredType) -> ColumnStatistics.Dates? {
        let orders = Order.allCases.filter { !type.formats.isDisjoint(with: Self.formats[$0.rawValue]) }
        guard orders.count == 1, let found = bounds[orders[0].rawValue] else { return nil }
        return ColumnStatistics.Dates(first: found.first, last: found.last)
    }

    private static let formats: [FormatSet] = [
        [.isoDate, .isoDateTime, .yearFirstSlash, .yearFirstPoint, .compactDate],
        [.dayFirstSlash, .dayFirstDash, .dayFirstPoint, .dayFirstSlashShortYear, .dayFirstDashShortYear, .dayFirstPointShortYear],
        [
            .monthFirstSlash, .monthFirstDash, .monthFirstPoint, .monthFirstSlashShortYear, .monthFirstDashShortYear,
            .monthFirstPointShortYear,
        ],
    ]
}

extension LooseDateTally: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        for order in bounds.indices {
            coder.optional(&bounds[order], blank: (.blank, .blank)) { coder, bounds in
                coder(&bounds.first)
                coder(&bounds.last)
            }
        }
    }
}
