import ByteSources
package import ImportProfiles
import Preflight
import SafeText
package import ValueFormats

/// A small file for a scratch import configuration, whose report tells which doubts the configuration accepts.
///
/// Each column format of a profile gets columns of its own. In such a column each doubt occurs in a number of rows that is a power of two of its
/// own, and in those rows every other column has a value that surely parses. So the one number that the report has for the column says, bit by
/// bit, which doubts were rejected:
///
///     Amount 1:  leading-blank  1 row     reported 5 = 1 + 4: leading-blank and exponent were rejected,
///                trailing-blank 2 rows                        trailing-blank was accepted
///                exponent       4 rows
///
/// Two more columns surely fail together in ``sharedRows`` rows: both are reported if the counts count cells, one if they count rows.
package struct CalibrationKit: Sendable {
    /// A column of the file.
    package struct Column: Sendable {
        package var name: String
        /// The first column of the profile that has the format, and the others.
        package var format: ColumnProfile
        package var sharers: [String]
        /// Each in 1, 2, 4, … rows.
        package var doubts: [Doubt]
    }

    /// Describes the file.
    package let profile: Profile
    package let csv: String
    package let rowCount: Int
    package let columns: [Column]
    /// Columns of the profile that the kit says nothing about, with the reason; text and the like are not among them.
    package let omissions: [(column: String, reason: String)]
    /// Whether the file tells what the counts count.
    package let tellsCount: Bool

    /// Doubts of one column: 255 rows.
    static let mostDoubts = 8
    package static let sharedRows = 3
    package static let countColumns = ["Cells or rows 1", "Cells or rows 2"]
    static let keyColumn = "Row"

    /// - Returns: `nil` where no column of the profile has doubts that a value can show alone.
    package init?(_ profile: Profile) {
        let groups = Self.groups(of: profile)
        var parts: [Part] = []
        var omissions = groups.omissions
        var failing: (column: ColumnProfile, plain: String, failing: String)?
        for group in groups.found {
            guard let spellings = FormatSpellings(group.format) else {
                omissions.append((group.format.name, "no spelling of its format is doubtful by itself"))
                continue
            }
            if failing == nil, group.format.type != .dimension, let value = spellings.failing {
                failing = (group.format, spellings.plain, value)
            }
            parts += Self.parts(group, spellings)
        }
        guard !parts.isEmpty else { return nil }
        self.omissions = omissions
        columns = parts.map(\.column)
        tellsCount = failing != nil
        var columnProfiles = parts.map { Self.column($0.column.name, like: $0.column.format, items: $0.items) }
        if let failing { columnProfiles += Self.countColumns.map { Self.column($0, like: failing.column, items: []) } }
        let dialect = Profile.Dialect(
            encoding: .utf8, delimiter: profile.dialect.delimiter ?? UInt8(ascii: ";"), quote: profile.dialect.quote ?? UInt8(ascii: "\""))
        self.profile = Profile(dialect: dialect, columns: [ColumnProfile(name: Self.keyColumn, type: .text)] + columnProfiles)
        let writer = KitWriter(dialect)
        var lines = [writer.line([Self.keyColumn] + columnProfiles.map(\.name))]
        var number = 0
        func add(_ values: [String]) {
            number += 1
            lines.append(writer.line(["\(number)"] + values))
        }
        let countPlain = failing.map { [$0.plain, $0.plain] } ?? []
        let plain = parts.map(\.plain)
        for (place, part) in parts.enumerated() {
            for (bit, value) in part.values.enumerated() {
                var values = plain
                values[place] = value
                for _ in 0..<(1 << bit) { add(values + countPlain) }
            }
        }
        if let failing { for _ in 0..<Self.sharedRows { add(plain + [failing.failing, failing.failing]) } }
        csv = lines.joined()
        rowCount = number
    }

    /// A column with its values.
    private struct Part {
        var column: Column
        var plain: String
        var values: [String]
        /// Those of a dimension that are used.
        var items: [String]
    }

    private static func groups(of profile: Profile) -> (
        found: [(format: ColumnProfile, sharers: [String])], omissions: [(column: String, reason: String)]
    ) {
        var found: [(format: ColumnProfile, sharers: [String])] = []
        var omissions: [(column: String, reason: String)] = []
        for column in profile.columns where !column.type.kind.doubts.isEmpty {
            if column.type == .date, column.date.patterns.count > 1 {
                omissions.append((column.name, "it has several date patterns"))
            } else if column.type == .dimension, column.items == nil || column.onMissing == .create {
                continue
            } else if let place = found.firstIndex(where: { $0.format.hasFormat(of: column) }) {
                found[place].sharers.append(column.name)
            } else {
                found.append((column, []))
            }
        }
        return (found, omissions)
    }

    private static func parts(_ group: (format: ColumnProfile, sharers: [String]), _ spellings: FormatSpellings) -> [Part] {
        let count = (spellings.doubtful.count + mostDoubts - 1) / mostDoubts
        return (0..<count).map { number in
            // Spread evenly: two columns of 6 have fewer rows than one of 8 and one of 4.
            let share = (spellings.doubtful.count * number / count)..<(spellings.doubtful.count * (number + 1) / count)
            let doubtful = spellings.doubtful[share]
            let column = Column(
                name: "\(group.format.name) \(number + 1)", format: group.format, sharers: group.sharers, doubts: doubtful.map(\.doubt))
            return Part(
                column: column, plain: spellings.plain, values: doubtful.map(\.value),
                items: group.format.type == .dimension ? FormatSpellings.items(of: group.format) : [])
        }
    }

    private static func column(_ name: String, like format: ColumnProfile, items: [String]) -> ColumnProfile {
        var column = format
        column.name = name
        column.isRequired = false
        column.assume = Assumptions()
        if let matching = format.itemsSource?.matching, !items.isEmpty {
            column.itemsSource = ItemsSource(.list(items), matching: matching)
            column.items = ItemSet(items.map { Array($0.utf8) }, matching: matching)
        }
        return column
    }

    // MARK: Answers

    /// The column of the profile that a column of a kit stands for; `nil` for other columns.
    package static func subject(of kitColumn: String) -> String? {
        guard !countColumns.contains(kitColumn), let blank = kitColumn.lastIndex(of: " "),
            Int(kitColumn[kitColumn.index(after: blank)...]) != nil
        else { return nil }
        return String(kitColumn[..<blank])
    }

    /// What the counts of a report on a kit count; `nil` where it does not tell.
    package static func count(in skipped: [ServerReport.Entry]) -> SkipCount? {
        let counts = countColumns.map { name in
            skipped.filter { $0.columnName == ColumnName(name) }.reduce(0) { $0 + ($1.count ?? 0) }
        }
        if counts.allSatisfy({ $0 == sharedRows }) { return .cells }
        return counts.reduce(0, +) == sharedRows ? .rows : nil
    }
}

extension ColumnProfile {
    /// Whether values are written and judged alike in both columns.
    package func hasFormat(of other: ColumnProfile) -> Bool {
        var (own, other) = (self, other)
        (own.name, other.name) = ("", "")
        (own.isRequired, other.isRequired) = (false, false)
        (own.assume, other.assume) = (Assumptions(), Assumptions())
        return own == other
    }
}

/// Writes rows of CSV.
private struct KitWriter {
    private let delimiter: Character
    private let quote: Character

    init(_ dialect: Profile.Dialect) {
        delimiter = Character(Unicode.Scalar(dialect.delimiter ?? UInt8(ascii: ";")))
        quote = Character(Unicode.Scalar(dialect.quote ?? UInt8(ascii: "\"")))
    }

    func line(_ values: [String]) -> String {
        values.map(field).joined(separator: String(delimiter)) + "\n"
    }

    private func field(_ value: String) -> String {
        guard value.contains(where: { $0 == delimiter || $0 == quote || $0.isNewline }) else { return value }
        return "\(quote)\(value.replacing(String(quote), with: "\(quote)\(quote)"))\(quote)"
    }
}
