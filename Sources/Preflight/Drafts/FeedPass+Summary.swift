import ImportProfiles
import SafeText
import ValueFormats

extension FeedPass.Answer {
    /// The answer that the first pass has already: `nil` if a value has to be read whose text is not known any more.
    init?(_ search: ReadingSearch, today: Expectation.Day?) {
        let column = search.column
        // What texts look like was not counted.
        guard let summary = column.summary, search.type != nil || search.isMixed else { return nil }
        let known = summary.others.reduce(summary.whole.count + summary.points.count + summary.commas.count) { $0 + $1.count }
        guard known == column.rowCount - column.emptyCount else { return nil }
        let hasNullWords = column.nullWordCount > 0
        let nullWords = hasNullWords ? summary.others.filter { ASCII.isNullWord(text: $0.text) } : []
        var counts: [ReadingCount] = []
        for reading in search.formats.joined() {
            var counter = ReadingCounter(reading.column, today: today)
            guard counter.add(summary, isWhole: reading.column.type == .integer) else { return nil }
            for value in summary.others where !hasNullWords || !ASCII.isNullWord(text: value.text) {
                counter.add(value.text, count: value.count)
            }
            counts.append(counter.count)
        }
        self.init(counts: counts, nullWords: nullWords.map { String(decoding: $0.text, as: UTF8.self) })
    }
}

extension ReadingCounter {
    /// Adds plain numbers.
    ///
    /// - Returns: `false` if some of them are none of the reading.
    fileprivate mutating func add(_ summary: ValueSummary, isWhole: Bool) -> Bool {
        let decimal = plainDecimal
        for (numbers, separator) in [
            (summary.whole, decimal), (summary.points, UInt8(ascii: ".") as UInt8?), (summary.commas, UInt8(ascii: ",") as UInt8?),
        ] where numbers.count > 0 {
            guard let decimal, separator == decimal, !isWhole || numbers == summary.whole else { return false }
            add(plainCount: numbers.count)
            for bound in numbers.bounds { note(bound) }
        }
        return true
    }
}
