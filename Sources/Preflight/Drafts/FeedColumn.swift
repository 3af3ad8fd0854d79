import ImportProfiles
import SafeText
import ValueFormats

/// What the files of a feed hold in one column: the sum of what a check found in each.
struct FeedColumn {
    /// As in the header; `column-N` without one.
    let name: String
    /// How often each set of formats occurs; the empty field is one.
    private(set) var parts: [DraftEvidence.Part] = []
    /// The different values with their counts; `nil` if there are many.
    private(set) var values: [ColumnValues.Value]? = []
    /// What readings of all values are told from where these are many; `nil` if that is not known.
    private(set) var summary: ValueSummary?
    /// What the files hold.
    private var found: [ColumnValues] = []
    /// Those in the rows of data; `nil` if there are many. Rows that a check does not take for data are left out: their formats occur nowhere else in
    /// the column. Known when all files were added.
    private(set) var ownValues: [ColumnValues.Value]?
    /// Those that are no words for no value, too.
    private(set) var dataValues: [ColumnValues.Value]?
    /// The most that are counted one by one.
    private(set) var valueLimit = Int.max
    private(set) var fileCount = 0

    private static let mostExamples = 50

    init(name: String) { self.name = name }

    /// Adds the column of a file.
    mutating func add(_ evidence: ColumnEvidence, _ found: ColumnValues) {
        fileCount += 1
        for part in evidence.parts { add(part) }
        valueLimit = min(valueLimit, found.limit)
        self.found.append(found)
        guard let own = values, let theirs = found.values else { return values = nil }
        if own.isEmpty {
            values = theirs
        } else {
            var counts: [[UInt8]: Int] = [:]
            for value in own + theirs { counts[value.text, default: 0] += value.count }
            values = counts.map { ColumnValues.Value(text: $0.key, count: $0.value) }.sorted { $0.text.lexicographicallyPrecedes($1.text) }
        }
        // Beyond what a file of its own would show.
        if values?.count ?? 0 > valueLimit { values = nil }
    }

    private mutating func add(_ part: ColumnEvidence.Part) {
        let examples = part.examples.compactMap { $0.value.map { Self.asInFile($0.text) } }
        if let index = parts.firstIndex(where: { $0.formats == part.formats }) {
            parts[index].count += part.count
            parts[index].examples += examples.prefix(max(0, Self.mostExamples - parts[index].examples.count))
        } else {
            let first = part.examples.first.map { example in
                (example.value.map { "\"\($0.text.prefix(40))\"" } ?? "?", example.place.line)
            }
            parts.append(DraftEvidence.Part(formats: part.formats, count: part.count, examples: examples, first: first))
        }
    }

    /// A text as it is in the file: spaces that look the same are shown as `\u{a0}`.
    private static func asInFile(_ shown: String) -> String {
        guard shown.contains("\\u{") else { return shown }
        return shown.replacing(/\\u\{([0-9a-f]{1,6})\}/) { match in
            UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(match.0)
        }
    }

    /// A column of all the values of several others: the periods of a pivoted file.
    init(name: String, all columns: [FeedColumn]) {
        self.init(name: name)
        fileCount = columns.map(\.fileCount).max() ?? 0
        var counts: [[UInt8]: Int]? = [:]
        for column in columns {
            for part in column.parts {
                if let index = parts.firstIndex(where: { $0.formats == part.formats }) {
                    parts[index].count += part.count
                    parts[index].examples += part.examples.prefix(max(0, Self.mostExamples - parts[index].examples.count))
                } else {
                    parts.append(part)
                }
            }
            valueLimit = min(valueLimit, column.valueLimit)
            found += column.found
            if let values = column.values {
                for value in values { counts?[value.text, default: 0] += value.count }
            } else {
                counts = nil
            }
        }
        values = counts.map { counts in
            counts.map { ColumnValues.Value(text: $0.key, count: $0.value) }.sorted { $0.text.lexicographicallyPrecedes($1.text) }
        }
        finish()
    }

    /// All files were added.
    mutating func finish() {
        let known = Set(parts.map(\.formats))
        summary = values == nil ? Self.summary(of: found, known: known) : nil
        ownValues = values?.filter { known.contains(FormatSet.formats(text: $0.text)) }
        dataValues = ownValues?.filter { !ASCII.isNullWord(text: $0.text) }
    }

    private static func summary(of found: [ColumnValues], known: Set<FormatSet>) -> ValueSummary? {
        var all: ValueSummary?
        for found in found {
            guard let one = found.summary ?? found.values.map(ValueSummary.init) else { return nil }
            if all == nil { all = one } else { all?.merge(one) }
        }
        // Rows that are no data are left out.
        all?.others.removeAll { !known.contains(FormatSet.formats(text: $0.text)) }
        return all
    }

    // MARK: Counts

    var histogram: [FormatSet: Int] { Dictionary(uniqueKeysWithValues: parts.map { ($0.formats, $0.count) }) }

    /// Rows that have the column.
    var rowCount: Int { parts.reduce(0) { $0 + $1.count } }

    var emptyCount: Int { count { $0.contains(.empty) } }

    /// Fields that are words for no value, in a column that is not of texts.
    var nullWordCount: Int { count { $0.contains(.nullWord) } }

    /// Values: neither empty nor a word for no value.
    var valueCount: Int { rowCount - emptyCount - nullWordCount }

    func count(where isWanted: (FormatSet) -> Bool) -> Int { parts.reduce(0) { isWanted($1.formats) ? $0 + $1.count : $0 } }

    /// Values one by one, as far as they are known: all, or else the first of each set of formats.
    var knownTexts: [[UInt8]] { values?.map(\.text) ?? parts.flatMap { $0.examples.map { Array($0.utf8) } } }

    /// What a kind of value is drafted from.
    func evidence(fitting type: InferredType?) -> DraftEvidence {
        DraftEvidence(
            name: name, parts: parts, fitting: parts.filter { type?.fits($0.formats) ?? false }.flatMap(\.examples),
            traits: type?.traits ?? [])
    }
}
