import Foundation
import SeededRandom

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// A feed that was made from a known profile: what its files hold was decided first, and then written.
struct FeedTruth: Sendable, CustomStringConvertible {
    /// What a column truly is.
    struct Column: Sendable {
        var name: String
        /// As a line of a profile.
        var truth: ColumnProfile
        /// Whether the values leave it open: then a draft must ask, and offer the truth.
        var isOpen = false
    }

    let name: String
    /// Names of the files with their bytes.
    var files: [(name: String, bytes: [UInt8])]
    var columns: [Column]
    var hasHeader = true
    var encoding = "utf-8"
    var delimiter: Character = ","
    /// The columns of the key; `nil` where there is none.
    var key: [String]?
    /// What the periods of a pivoted file hold.
    var periods: ColumnProfile?

    var description: String { name }
}

extension FeedTruth {
    // MARK: Columns

    static func text(_ name: String, open: Bool = false) -> Column {
        Column(name: name, truth: ColumnProfile(name: name, type: .text), isOpen: open)
    }
    static func items(_ name: String) -> Column { Column(name: name, truth: ColumnProfile(name: name, type: .dimension)) }
    static func whole(_ name: String, open: Bool = false, null: [String] = []) -> Column {
        Column(name: name, truth: ColumnProfile(name: name, type: .integer, nullWords: null), isOpen: open)
    }
    static func number(
        _ name: String, _ decimal: NumberFormat.DecimalSeparator = .point, group: NumberFormat.GroupSeparator? = nil, prefix: String? = nil,
        suffix: String? = nil, percent: Bool = false, null: [String] = [], open: Bool = false
    ) -> Column {
        let format = NumberFormat(decimal: decimal, group: group, prefix: prefix, suffix: suffix, isPercent: percent)
        return Column(name: name, truth: ColumnProfile(name: name, type: .number, number: format, nullWords: null), isOpen: open)
    }
    static func date(_ name: String, _ patterns: String..., null: [String] = [], open: Bool = false) -> Column {
        let format = DateFormat(patterns.compactMap { DatePattern($0) })
        return Column(name: name, truth: ColumnProfile(name: name, type: .date, date: format, nullWords: null), isOpen: open)
    }
    static func boolean(_ name: String, _ yes: [String] = [], _ no: [String] = [], open: Bool = false) -> Column {
        let format = BooleanFormat(trueSpellings: yes, falseSpellings: no)
        return Column(name: name, truth: ColumnProfile(name: name, type: .boolean, boolean: format), isOpen: open)
    }

    // MARK: Values

    /// A day of 2026, in the parts of a pattern.
    static func day(_ number: Int, _ pattern: String) -> String {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var (month, day) = (0, number % 365)
        while day >= lengths[month] { (month, day) = (month + 1, day - lengths[month]) }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return pattern.replacing("yyyy", with: "2026").replacing("MM", with: two(month + 1)).replacing("dd", with: two(day + 1))
            .replacing("M", with: "\(month + 1)").replacing("d", with: "\(day + 1)")
    }

    /// Cents as a number.
    static func amount(_ cents: Int, decimal: String, group: String = "", sizes: [Int] = [3]) -> String {
        let digits = String(abs(cents) / 100)
        var parts: [String] = []
        var rest = Substring(digits)
        var place = 0
        while !rest.isEmpty, !group.isEmpty {
            let size = sizes[min(place, sizes.count - 1)]
            parts.insert(String(rest.suffix(size)), at: 0)
            rest = rest.dropLast(min(size, rest.count))
            place += 1
        }
        let fraction = abs(cents) % 100
        let whole = group.isEmpty ? digits : parts.joined(separator: group)
        return (cents < 0 ? "-" : "") + whole + decimal + (fraction < 10 ? "0\(fraction)" : "\(fraction)")
    }

    /// Rows as CSV; fields with a delimiter or quote are quoted.
    static func csv(_ rows: [[String]], _ delimiter: String = ",", end: String = "\n") -> String {
        rows.map { row in
            row.map { field in
                field.contains(delimiter) || field.contains("\"") ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
            }.joined(separator: delimiter) + end
        }.joined()
    }

    static func feed(
        _ name: String, _ columns: [Column], delimiter: Character = ",", key: [String]? = nil, rows count: Int = 400, end: String = "\n",
        before: String = "", _ row: (Int, inout SeededGenerator) -> [String]
    ) -> FeedTruth {
        var random = SeededGenerator(seed: name.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
        let rows = [columns.map(\.name)] + (0..<count).map { row($0, &random) }
        let text = before + csv(rows, String(delimiter), end: end)
        return FeedTruth(name: name, files: [("\(name).csv", Array(text.utf8))], columns: columns, delimiter: delimiter, key: key)
    }

    /// The same feed with its text in another encoding.
    func encoded(_ encoding: String.Encoding, as name: String, mark: [UInt8] = []) -> FeedTruth {
        var feed = self
        feed.files = files.map { file in
            (
                file.name,
                mark + Array(String(decoding: file.bytes, as: UTF8.self).data(using: encoding, allowLossyConversion: true) ?? Data())
            )
        }
        feed.encoding = name
        return feed
    }

    func with(_ change: (inout FeedTruth) -> Void) -> FeedTruth {
        var feed = self
        change(&feed)
        return feed
    }
}
