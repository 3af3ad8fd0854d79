package import ImportProfiles
import SafeText
import ValueFormats

/// What a file is compared with: earlier files of the same feed that were accepted.
package struct DriftReference: Sendable {
    /// The oldest first.
    package var files: [FileStatistics]
    /// Of what is not as usual.
    package var severity: Severity

    /// The fewest files that tell what is usual.
    package static let fewestFiles = UsualRange.fewest

    package init(files: [FileStatistics], severity: Severity) {
        (self.files, self.severity) = (files, severity)
    }
}

/// Compares what a file holds with earlier files, and reports what is not as usual.
///
/// A feed varies, and three files say little: a figure is reported only far outside of what the earlier ones had, and only where such a difference would
/// not have been reported of the earlier ones among each other.
struct DriftCheck: FindingSource {
    static let kinds: [FindingKind] = [
        .unusualRowCount, .otherColumns, .unusualEmptyCount, .newMasks, .newValues, .unusualSum, .oldDates, .sameFile,
    ]

    private let file: FileStatistics
    private let earlier: [FileStatistics]
    private let severity: Severity
    /// Of the earlier files, by name; `nil` where one has no such column.
    private let earlierColumns: [ColumnName: [ColumnStatistics]]
    private let varying: Set<ColumnName>

    /// - Parameter varying: columns that not every file has, as the profile says: that one comes or goes is nothing unusual.
    /// - Returns: `nil` where too few files tell what is usual.
    init?(_ file: FileStatistics, _ reference: DriftReference, varying: Set<ColumnName> = []) {
        guard reference.files.count >= UsualRange.fewest else { return nil }
        (self.file, earlier, severity) = (file, reference.files, reference.severity)
        self.varying = varying
        var columns: [ColumnName: [ColumnStatistics]] = [:]
        for file in earlier {
            for column in file.columns where !column.column.name.isEmpty { columns[column.column.name, default: []].append(column) }
        }
        earlierColumns = columns
    }

    private var source: String { "the last \(earlier.count) accepted files" }

    func report(log: inout FindingLog) {
        compareRows(&log)
        compareNames(&log)
        for column in file.columns {
            guard let before = earlierColumns[column.column.name], before.count == earlier.count else { continue }
            compareEmpties(column, before, &log)
            compareMasks(column, before, &log)
            compareValues(column, before, &log)
            compareSums(column, before, &log)
            compareDates(column, before, &log)
        }
        guard let last = earlier.last else { return }
        if !file.digest.isEmpty, file.digest == last.digest {
            add(.sameFile, "the file is the last accepted one again, byte for byte", &log)
        } else if file.byteCount == last.byteCount, file.rowCount == last.rowCount, file.columns.map(\.kept) == last.columns {
            add(.sameFile, "the file has as many bytes and rows as the last accepted one, and each of its columns holds the same", &log)
        }
    }

    private func add(_ kind: FindingKind, column: ColumnReference? = nil, _ text: String, _ log: inout FindingLog) {
        let group = log.group(kind, column: column?.index, severity: severity, predicts: nil)
        log.count(in: group, row: nil)
        log.addRemark(text, to: group, column: column?.index)
    }

    // MARK: The file

    private func compareRows(_ log: inout FindingLog) {
        let counts = earlier.map { Double($0.rowCount) }
        let typical = counts.sorted()[counts.count / 2]
        // Nearly a half, or what chance does to few rows.
        guard let usual = UsualRange(counts, margin: max(0.45 * typical, 3.5 * typical.squareRoot(), 5)) else { return }
        if usual.contains(Double(file.rowCount)) { return }
        let all = earlier.map(\.rowCount).sorted()
        add(.unusualRowCount, "\(file.rowCount.counted("row")); \(source) have \(range(all.first, all.last))", &log)
    }

    private func range(_ least: Int?, _ most: Int?) -> String {
        guard let least, let most else { return "none" }
        return least == most ? least.grouped : "\(least.grouped) to \(most.grouped)"
    }

    private func compareNames(_ log: inout FindingLog) {
        let names = Set(file.columns.map(\.column.name))
        if names.allSatisfy(\.isEmpty) { return }
        // Only the first columns of a wide file are counted.
        if ([file] + earlier).contains(where: { $0.columns.count >= TableTally.mostColumns }) { return }
        for column in file.columns
        where !column.column.name.isEmpty && earlierColumns[column.column.name] == nil && !varying.contains(column.column.name) {
            add(.otherColumns, column: column.column, "the column is new: none of \(source) has it", &log)
        }
        for column in earlier[earlier.count - 1].columns where !column.column.name.isEmpty && !names.contains(column.column.name) {
            guard earlierColumns[column.column.name]?.count == earlier.count, !varying.contains(column.column.name) else { continue }
            add(.otherColumns, "column \"\(column.column.name.shown)\" is missing: all of \(source) have it", &log)
        }
    }

    // MARK: A column

    private func compareEmpties(_ column: ColumnStatistics, _ before: [ColumnStatistics], _ log: inout FindingLog) {
        let shares = before.filter { $0.rowCount > 0 }.map { Double($0.emptyCount) / Double($0.rowCount) }
        let rows = before.reduce(0) { $0 + $1.rowCount }
        guard column.rowCount > 0, rows > 0 else { return }
        // What chance does: of a share that was never seen, one in all rows is assumed.
        let share = min(max(Double(before.reduce(0) { $0 + $1.emptyCount }), 1) / Double(rows), 0.5)
        let chance = 6 * (share * (1 - share) / Double(column.rowCount)).squareRoot() + 3 / Double(column.rowCount)
        guard let usual = UsualRange(shares, margin: max(0.1, chance)) else { return }
        let now = Double(column.emptyCount) / Double(column.rowCount)
        if usual.contains(now) { return }
        let (least, most) = (shares.min() ?? 0, shares.max() ?? 0)
        let before = least == most ? Self.percent(least) : "\(Self.percent(least)) to \(Self.percent(most))"
        add(.unusualEmptyCount, column: column.column, "\(Self.percent(now)) of the fields are empty; of \(source) \(before)", &log)
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1_000).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }

    private func compareMasks(_ column: ColumnStatistics, _ before: [ColumnStatistics], _ log: inout FindingLog) {
        // Whole numbers have fewer digits after the point by chance.
        guard column.numbers == nil, column.otherMasks == 0, before.allSatisfy({ $0.otherMasks == 0 && $0.numbers == nil }) else { return }
        let tables = before.map { Dictionary($0.masks.map { ($0.text, $0.count) }) { first, _ in first } }
        let table = Dictionary(column.masks.map { ($0.text, $0.count) }) { first, _ in first }
        let new = Newcomers(table, tables)
        guard new.count > 0 else { return }
        let shown = column.masks.filter { new.keys.contains($0.text) }
        let looks = shown.prefix(3).map { "\($0.text) (\($0.count.counted("value")))" }.joined(separator: ", ")
        let more = shown.count > 3 ? " and \((shown.count - 3).grouped) more" : ""
        add(.newMasks, column: column.column, "\(new.count.counted("value")) with a look that \(source) do not have: \(looks)\(more)", &log)
    }

    private func compareValues(_ column: ColumnStatistics, _ before: [ColumnStatistics], _ log: inout FindingLog) {
        // Days are new in each month.
        guard !column.valueCounts.isEmpty, before.allSatisfy({ !$0.valueCounts.isEmpty }), column.type?.hasPrefix("date") != true else {
            return
        }
        let new = Newcomers(column.valueCounts, before.map(\.valueCounts))
        guard new.count > 0 else { return }
        let different = "\(new.keys.count.grouped) \(new.keys.count == 1 ? "value" : "different values")"
        add(
            .newValues, column: column.column,
            "\(different) that \(source) do not have, in \(new.count.counted("field"))", &log)
    }

    private func compareSums(_ column: ColumnStatistics, _ before: [ColumnStatistics], _ log: inout FindingLog) {
        guard let numbers = column.numbers else { return }
        let all = before.compactMap(\.numbers)
        guard all.count == earlier.count else { return }
        // Entries that balance always do.
        let isSteady = all.allSatisfy { $0.sum != nil && $0.sum == all[0].sum && $0.count >= 20 && $0.smallest < $0.largest }
        if isSteady, let sum = numbers.sum, let steady = all[0].sum, sum != steady {
            add(
                .unusualSum, column: column.column, "the sum is \(sum.text); in each of \(source) it is exactly \(steady.text)", &log)
        } else if let usual = unusual(numbers, all, \.sum) {
            add(.unusualSum, column: column.column, "the sum is \(usual.now); \(source) have \(usual.before)", &log)
        } else if let usual = unusual(numbers, all, \.magnitude) {
            add(
                .unusualSum, column: column.column,
                "without their signs the numbers add up to \(usual.now); those of \(source) to \(usual.before)", &log)
        }
    }

    /// A sum and those before it; `nil` where it is usual.
    private func unusual(
        _ numbers: ColumnStatistics.Numbers, _ before: [ColumnStatistics.Numbers], _ sum: KeyPath<ColumnStatistics.Numbers, ExactDecimal?>
    ) -> (now: String, before: String)? {
        let sums = before.compactMap { $0[keyPath: sum] }
        guard let now = numbers[keyPath: sum], sums.count == before.count, let least = sums.min(), let most = sums.max() else { return nil }
        let largest = before.map { max($0.smallest.magnitude, $0.largest.magnitude).double }.max() ?? 0
        let figures = sums.map(\.double)
        let typical = figures.map(abs).sorted()[figures.count / 2]
        // The sum of as many numbers, each as large as any, varies by chance with the root of their count.
        let counts = before.map { Double($0.count) }.sorted()
        let chance = max(6, 3 * counts[counts.count / 2].squareRoot()) * largest
        guard let usual = UsualRange(figures, margin: max(0.75 * typical, chance)), !usual.contains(now.double) else { return nil }
        // More rows have a larger sum.
        let averages = zip(figures, before).map { $0 / Double($1.count) }
        let margin = 0.75 * (averages.map(abs).sorted()[averages.count / 2])
        if let average = UsualRange(averages, margin: margin), average.contains(now.double / Double(numbers.count)) { return nil }
        return (now.text, "\(least.text) to \(most.text)")
    }

    private func compareDates(_ column: ColumnStatistics, _ before: [ColumnStatistics], _ log: inout FindingLog) {
        guard let dates = column.dates else { return }
        let lasts = before.compactMap { $0.dates?.last }
        guard lasts.count == earlier.count, let last = lasts.last else { return }
        // Of a few rows the latest date is a matter of chance, and it must have gone on steadily.
        let steps = zip(lasts.dropFirst(), lasts).map { $0.dayNumber - $1.dayNumber }
        guard ([column] + before).allSatisfy({ $0.valueCount >= 50 }), let least = steps.min(), let most = steps.max(), least > 0,
            most <= 3 * least, 4 * (dates.last.dayNumber - last.dayNumber) < least
        else { return }
        let how = dates.last == last ? "as in the last accepted file" : "and \(last.text) in the last accepted file"
        add(
            .oldDates, column: column.column,
            "the latest date is \(dates.last.text), \(how); each of \(source) goes \(least.counted("day")) further or more", &log)
    }
}

/// What a table of counts has that none of the earlier ones has, if it is too much for chance, and if the same cannot be said of one of these.
private struct Newcomers<Key: Hashable> {
    private(set) var keys: Set<Key> = []
    private(set) var count = 0

    /// That all occurrences of something rare fall into one of several tables by chance is less likely than this.
    private static var chance: Double { 1e-6 }
    /// The same for the earlier tables: one that seems to bring something new tells that such tables do.
    private static var earlierChance: Double { 1e-2 }

    init(_ table: [Key: Int], _ earlier: [[Key: Int]]) {
        let new = Self.new(table, earlier, chance: Self.chance)
        guard new.count > 0 else { return }
        for index in earlier.indices {
            let others = earlier.indices.filter { $0 != index }.map { earlier[$0] }
            if Self.new(earlier[index], others, chance: Self.earlierChance).count > 0 { return }
        }
        (keys, count) = (new.keys, new.count)
    }

    private static func new(_ table: [Key: Int], _ earlier: [[Key: Int]], chance: Double) -> (keys: Set<Key>, count: Int) {
        let total = table.values.reduce(0, +)
        let before = earlier.reduce(0) { $0 + $1.values.reduce(0, +) }
        guard total > 0, before > 0 else { return ([], 0) }
        let known = earlier.reduce(into: Set<Key>()) { $0.formUnion($1.keys) }
        let new = table.filter { !known.contains($0.key) }
        // Each occurrence is in this table, of all, with the share of its size; together they are one group.
        let share = Double(total) / Double(total + before)
        let most = new.values.max() ?? 0
        var probability = 1.0
        for _ in 0..<min(most, 1_000) { probability *= share }
        guard probability < chance else { return ([], 0) }
        return (Set(new.keys), new.values.reduce(0, +))
    }
}

extension Expectation.Day {
    /// Days from a fixed one, in the proleptic Gregorian calendar.
    fileprivate var dayNumber: Int {
        // Years that begin in March end with the day that not all of them have.
        let years = month > 2 ? year : year - 1
        let months = (month + 9) % 12
        return 365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 1
    }
}
