import ImportProfiles
import ValueFormats

/// The columns of a pivoted file that are periods: their names follow each other after the columns that are keys, and their values are numbers.
struct PeriodColumns {
    /// Of the columns, from 0.
    let columns: Range<Int>
    /// How the header names the periods; `nil` for the forms that are known.
    let format: DateFormat?
    /// Whether other readings of the names are possible: day and month.
    let isAmbiguous: Bool

    private static let fewest = 2

    private static let patterns = [
        "MM/yyyy", "MM.yyyy", "MM-yyyy", "M/yyyy", "yyyy/MM", "yyyy.MM", "yyyyMM", "MMM-yy", "MMM-yyyy", "MMM.yy", "MMM/yy", "MMMyy",
        "yyyy-MMM",
        "dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "yyyyMMdd",
    ].compactMap { DatePattern($0) }

    private static func holdsNumbers(_ column: FeedColumn) -> Bool {
        if column.valueCount == 0 { return true }
        let search = ReadingSearch(column)
        return search.type?.kind.kind.holdsNumbers == true
            || (search.isMixed && search.formats.joined().allSatisfy { $0.column.type.kind.holdsNumbers })
    }

    /// - Parameter columns: in the order of the file.
    init?(_ columns: [FeedColumn]) {
        let names = columns.map { Array($0.name.utf8) }
        func run(_ format: DateFormat?) -> Range<Int>? {
            guard let first = names.firstIndex(where: { PeriodName($0, format: format) != nil }), first > 0 else { return nil }
            let end = names[first...].firstIndex { PeriodName($0, format: format) == nil } ?? names.count
            let periods = Set(names[first..<end].compactMap { PeriodName($0, format: format) })
            // What follows may be one total.
            guard end - first >= Self.fewest, periods.count == end - first, names.count - end <= 1 else { return nil }
            return columns[first..<end].allSatisfy(Self.holdsNumbers) && columns[first..<end].contains { $0.valueCount > 0 }
                ? first..<end : nil
        }
        if let found = run(nil) {
            self.init(columns: found, format: nil, isAmbiguous: false)
            return
        }
        let others = Self.patterns.lazy.map { DateFormat([$0]) }.compactMap { format in run(format).map { (format, $0) } }
        guard let (format, found) = others.first else { return nil }
        let rival = format.patterns[0].swapped.flatMap { run(DateFormat([$0])) }
        self.init(columns: found, format: format, isAmbiguous: rival != nil)
    }

    /// Columns in a row whose names are months of a year in another language than English, which are no periods: `sty 26`, `lut 26`, …
    static func foreignMonths(_ columns: [FeedColumn]) -> Range<Int>? {
        let rules = namedPatterns.map { ValueRule(column: ColumnProfile(name: "", type: .date, date: DateFormat([$0]))) }
        /// Whether the name is a month, and whether it is surely no English one.
        func month(_ column: FeedColumn) -> (is: Bool, isForeign: Bool) {
            for rule in rules {
                let judgement = rule.judge(text: Array(column.name.utf8))
                // Some months have the same name as in English.
                if judgement.verdict == .parses { return (true, false) }
                if judgement.verdict == .doubtful, judgement.doubts.doubts.contains(.foreignName) { return (true, true) }
            }
            return (false, false)
        }
        let months = columns.map(month)
        guard let first = months.firstIndex(where: \.is), first > 0 else { return nil }
        let end = months[first...].firstIndex { !$0.is } ?? months.count
        guard end - first >= fewest, columns.count - end <= 1, months[first..<end].contains(where: \.isForeign),
            Set(columns[first..<end].map(\.name)).count == end - first, columns[first..<end].allSatisfy(holdsNumbers)
        else { return nil }
        return first..<end
    }

    private static let namedPatterns = [
        "MMM yy", "MMM yyyy", "MMMM yyyy", "MMMM yy", "MMM-yy", "MMM-yyyy", "MMM.yy", "MMM/yy", "yyyy MMM", "yyyy MMMM", "yyyy-MMM",
    ].compactMap { DatePattern($0) }

    private init(columns: Range<Int>, format: DateFormat?, isAmbiguous: Bool) {
        (self.columns, self.format, self.isAmbiguous) = (columns, format, isAmbiguous)
    }
}
