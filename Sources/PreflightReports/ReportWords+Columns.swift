import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension ReportWords {
    /// What a column holds: `1,200 values, 12 different, up to 4 characters`; `24 values, all different; from -5 to 9,876.5, sum 12,000`.
    static func facts(_ column: ColumnStatistics) -> String {
        if column.rowCount == 0 { return "no row" }
        if column.valueCount == 0 { return "no value" }
        let count = column.valueCount
        var parts = [count == 1 ? "1 value" : "\(count.grouped) values, \(different(column))"]
        if let numbers = column.numbers {
            let range =
                numbers.smallest == numbers.largest
                ? "always \(grouped(numbers.smallest))" : "from \(grouped(numbers.smallest)) to \(grouped(numbers.largest))"
            parts.append("\(range), sum \(numbers.sum.map(grouped) ?? "too long to hold")")
        } else if let dates = column.dates {
            parts.append(dates.first == dates.last ? "always \(dates.first.text)" : "from \(dates.first.text) to \(dates.last.text)")
        } else {
            parts.append("up to \(column.longest.counted("character"))")
        }
        return parts.joined(separator: "; ")
    }

    private static func different(_ column: ColumnStatistics) -> String {
        let count = column.distinct.count
        if !column.distinct.isExact {
            return count >= column.valueCount ? "nearly all different" : "about \(rounded(count).grouped) different"
        }
        if count == 1, column.valueCount > 1 { return "all the same" }
        return count == column.valueCount ? "all different" : "\(count.grouped) different"
    }

    /// An estimate shows no more digits than it has.
    private static func rounded(_ estimate: Int) -> Int {
        var unit = 1
        while estimate / unit >= 1_000 { unit *= 10 }
        return (estimate + unit / 2) / unit * unit
    }

    /// `-1,234.5`
    static func grouped(_ number: ExactDecimal) -> String {
        let text = number.text
        let digits = text.drop { $0 == "-" }
        let whole = digits.prefix { $0 != "." }
        var grouped = text.hasPrefix("-") ? "-" : ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped + digits.dropFirst(whole.count)
    }
}
