import SafeText
import ValueFormats

/// The date patterns that are tried in the place of a column's.
extension DateKind {
    static func rival(of edit: ProfileEdit, instead profile: ColumnProfile) -> (reading: AlternativeFormat, edit: ProfileEdit)? {
        guard edit.column.date != profile.date, let change = alternative(to: edit.column, pattern: edit.column.date.patterns.count - 1),
            !mixesOrders(change.column.date.patterns)
        else { return nil }
        return (AlternativeFormat(change, to: edit.column), ProfileEdit(words(for: change.column.date), change.column))
    }

    private static let patterns: [DatePattern] = [
        "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "MM-dd-yyyy", "MM.dd.yyyy", "yyyy/MM/dd", "yyyy.MM.dd",
        "d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "d-M-yyyy", "M-d-yyyy", "dd/MM/yy", "MM/dd/yy", "dd.MM.yy", "dd-MM-yy", "d/M/yy", "M/d/yy",
        "yyyyMMdd", "ddMMyyyy", "MMddyyyy", "dd MMM yyyy", "d MMM yyyy", "dd-MMM-yyyy", "dd-MMM-yy", "dd MMMM yyyy", "d MMMM yyyy",
        "MMM d, yyyy", "MMMM d, yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.fffK", "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm",
        "MM/dd/yyyy HH:mm:ss zzz", "M/d/yyyy h:mm:ss tt", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "MMM yy", "MMM yyyy", "MMMM yyyy",
        "yyyy-MM", "MM/yyyy", "yyyyMM", "yyyy",
    ].compactMap { DatePattern($0) }

    /// Another pattern, or one more. Day first and month first are never in one list: what fits both would be read by chance.
    static func usualEdits(of column: ColumnProfile) -> [ProfileEdit] {
        let own = column.date.patterns
        // Times that a fixed pattern reads are not distinguished further, so it is unknown which of them fit a 12-hour clock.
        let hasTime = own.contains(where: \.hasTime)
        let others = patterns.filter { !own.contains($0) && !(hasTime && $0.hasHalfDays) }
        return (others.map { [$0] } + others.map { own + [$0] }.filter { !mixesOrders($0) }).map { patterns in
            let format = DateFormat(patterns)
            return ProfileEdit(words(for: format), column) { $0.date = format }
        }
    }

    static func triedFormats(of column: ColumnProfile) -> [any ValueParser] { [DateParser(column.date), everyPattern] }

    /// Those that are tried, and those that they are mistaken for.
    private static let everyPattern: any ValueParser = DateParser(
        DateFormat(patterns + patterns.compactMap(\.swapped).filter { !patterns.contains($0) }))

    private static func words(for format: DateFormat) -> String {
        "date format " + format.patterns.map { VisibleText($0.text).text }.joined(separator: " or ")
    }

    private static func mixesOrders(_ patterns: [DatePattern]) -> Bool {
        let orders = patterns.compactMap(\.isDayFirst)
        return orders.contains(true) && orders.contains(false)
    }
}
