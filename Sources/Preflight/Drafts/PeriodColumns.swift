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

    /// - Parameter columns: in the order of the file.
    init?(_ columns: [FeedColumn]) {
        let names = columns.map { Array($0.name.utf8) }
        func holdsNumbers(_ column: FeedColumn) -> Bool {
            if column.valueCount == 0 { return true }
            let search = ReadingSearch(column)
            return search.type?.kind.kind.holdsNumbers == true
                || (search.isMixed && search.formats.joined().allSatisfy { $0.column.type.kind.holdsNumbers })
        }
        func run(_ format: DateFormat?) -> Range<Int>? {
            guard let first = names.firstIndex(where: { PeriodName($0, format: format) != nil }), first > 0 else { return nil }
            let end = names[first...].firstIndex { PeriodName($0, format: format) == nil } ?? names.count
            let periods = Set(names[first..<end].compactMap { PeriodName($0, format: format) })
            // What follows may be one total.
            guard end - first >= Self.fewest, periods.count == end - first, names.count - end <= 1 else { return nil }
            return columns[first..<end].allSatisfy(holdsNumbers) && columns[first..<end].contains { $0.valueCount > 0 } ? first..<end : nil
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

    private init(columns: Range<Int>, format: DateFormat?, isAmbiguous: Bool) {
        (self.columns, self.format, self.isAmbiguous) = (columns, format, isAmbiguous)
    }
}
