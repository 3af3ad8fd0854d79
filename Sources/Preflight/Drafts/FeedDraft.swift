import ByteSources
import CSVTokenizer
package import ImportProfiles
package import SafeText
package import ValueFormats

/// A profile drafted from the files of a feed: what they decide, with the counts, and the questions that they leave open.
///
/// Every number in it is counted on all rows: once while the files are checked without a profile, and where a column has many different values a
/// second time.
package struct FeedDraft: Sendable {
    /// In the order of the files; without the periods of a pivoted file.
    package var columns: [ColumnDecision]
    /// What the periods of a pivoted file hold.
    package var periods: ColumnDecision?
    /// A key, if there is one.
    package private(set) var key: KeyProposal?
    /// Whether ``key`` is one: `nil` as long as that is open.
    package var keyIsRight: Bool?
    /// Doubts that values of the feed have, with their number and an example; whether the import reads them is not public.
    package private(set) var doubts: [(doubt: Doubt, count: Int)] = []
    /// What was answered about these.
    package var assumed = Assumptions()
    /// What was found about the encoding of the files, safe to print.
    package private(set) var encodingNotes: [String] = []

    private var heading: [String]
    private var dialect: [(key: String, value: String)]
    private var defaults = ColumnDefaults()
    private var defaultsNote = ""
    private var pivot: PeriodColumns?
    /// Columns in a row whose names look like months in another language.
    package private(set) var foreignMonths: ForeignMonths?
    /// Whether these are periods: `nil` as long as that is open.
    package var foreignMonthsArePeriods: Bool?
    /// A column after the periods, such as their total.
    private var further: String?
    /// Lines about columns that cannot be described, by the index of the column before which they belong.
    private var remarks: [Int: [String]] = [:]

    /// Reads the files of a feed.
    ///
    /// - Parameters:
    ///   - paths: of files that one import configuration is for.
    ///   - options: How to read them, without a profile.
    ///   - today: The day of the run: dates after it are counted where day and month can be exchanged.
    package init(paths: [FilePath], options: CheckOptions, today: Expectation.Day?) throws(DraftFailure) {
        var files: [FeedFile] = []
        for path in paths { files.append(try FeedFile(path: path, options: options)) }
        try self.init(files, paths: paths, today: today)
    }

    private init(_ files: [FeedFile], paths: [FilePath], today: Expectation.Day?) throws(DraftFailure) {
        let headers = Set(files.map(\.report.input.dialect.hasHeader))
        guard headers.count == 1, let first = files.first else {
            throw .refused("some of the files have a header and others do not: draft a profile for each kind")
        }
        let rows = files.reduce(0) { $0 + $1.report.totals.rows }
        let shown = paths.map { $0 == .standardStream ? "standard input" : $0.description }
        let (table, remarks) = Self.columns(of: files)
        self.remarks = remarks
        heading = [
            "# Draft from \(VisibleText(shown.joined(separator: ", "), limit: 400).text): \(rows.counted("row")), \(table.count.counted("column")).",
            "# Comments show what the columns hold, counted on all rows. The import configuration decides, not the file: compare them.",
        ]
        dialect = Self.dialect(of: files, &heading)
        for (file, path) in zip(files, shown) {
            guard let encoding = file.suggestedEncoding else { continue }
            encodingNotes.append(
                "\(path): no encoding was declared, and the bytes are those of \(encoding.name): the profile says \"encoding: \(encoding.rawValue)\""
            )
        }
        if files.contains(where: \.hasUnitsRow) {
            heading.append("# The row below the header looks like units: it is in no count of a column. Remove it before the import.")
        }
        if first.hasDataFirst { heading.append("# The first row looks like data, so columns are named by their numbers.") }
        columns = []
        pivot = first.report.input.dialect.hasHeader ? PeriodColumns(table) : nil
        if pivot == nil, first.report.input.dialect.hasHeader {
            foreignMonths = PeriodColumns.foreignMonths(table).map { ForeignMonths(table[$0]) }
        }
        if let end = pivot?.columns.upperBound, end < table.count { further = table[end].name }
        try decide(table, files, today: today)
    }

    // MARK: Columns

    /// The columns of all files, by name; and remarks on those that have none of their own.
    private static func columns(of files: [FeedFile]) -> (table: [FeedColumn], remarks: [Int: [String]]) {
        var columns: [FeedColumn] = []
        var places: [[UInt8]: Int] = [:]
        var remarks: [Int: [String]] = [:]
        for (number, file) in files.enumerated() {
            let evidence = file.report.prediction.evidence
            var seen: Set<[UInt8]> = []
            for (index, bytes) in file.names.enumerated() {
                let name = String(decoding: bytes, as: UTF8.self)
                func note(_ words: String) { if number == 0 { remarks[columns.count, default: []].append(words) } }
                if HeaderCheck.isBlank(bytes) {
                    note("# column \(index + 1) has no name in the header")
                    continue
                }
                guard seen.insert(bytes).inserted else {
                    note("# column \(index + 1) has the same name as another: \(YAMLText.shown(name))")
                    continue
                }
                guard index < evidence.count, index < file.report.values.count else {
                    note("# not examined: a draft examines the first \(evidence.count.grouped) columns")
                    note(UndecidedColumn.line(name: name))
                    continue
                }
                let place = places[bytes] ?? columns.count
                if place == columns.count { columns.append(FeedColumn(name: name)) }
                places[bytes] = place
                columns[place].add(evidence[index], file.report.values[index])
            }
            let more = file.report.totals.columns - file.names.count
            if more > 0, number == 0 {
                remarks[columns.count, default: []].append("# and \(more.counted("column")) more without a name: the header is too long")
            }
        }
        for place in columns.indices { columns[place].finish() }
        return (columns, remarks)
    }

    private mutating func decide(_ table: [FeedColumn], _ files: [FeedFile], today: Expectation.Day?) throws(DraftFailure) {
        let flat = pivot.map { Array(table[..<$0.columns.lowerBound]) } ?? table
        let values = pivot.map { FeedColumn(name: "", all: Array(table[$0.columns])) }
        let searches = flat.map(ReadingSearch.init)
        let keyColumns = Self.keyColumns(searches, fileCount: files.count)
        let valueSearch = values.map(ReadingSearch.init)
        // The first pass told what most columns hold.
        var answers: [Int: FeedPass.Answer] = [:]
        for index in searches.indices where flat[index].values == nil { answers[index] = FeedPass.Answer(searches[index], today: today) }
        let asked = searches.indices.filter { flat[$0].values == nil && answers[$0] == nil }
        var valueAnswer = valueSearch.flatMap { $0.column.values == nil ? FeedPass.Answer($0, today: today) : nil }
        let asksValues = valueSearch.map { $0.column.values == nil } == true && valueAnswer == nil
        var keySearches: [KeySearch] = []
        for file in files {
            let found = try Self.pass(
                file, asked: asked.map { searches[$0] }, values: asksValues ? valueSearch : nil,
                periods: pivot.map { table[$0.columns].map(\.name) } ?? [], keys: keyColumns, names: flat.map(\.name), today: today)
            for (index, answer) in zip(asked, found.answers) { answers[index] = answers[index].map { $0.merged(answer) } ?? answer }
            if let answer = found.values { valueAnswer = valueAnswer.map { $0.merged(answer) } ?? answer }
            if let keys = found.keys { keySearches.append(keys) }
        }
        columns = searches.indices.map { ColumnJudge(searches[$0], answer: answers[$0], today: today).decision }
        periods = valueSearch.map { ColumnJudge($0, answer: valueAnswer, today: today).decision }
        if let kind = periods?.column.type, !kind.kind.holdsNumbers || kind == .integer {
            periods?.change { if $0.type == .integer { $0.type = .number } }
        }
        preferFormatsOfOthers()
        settleNullWords(flat)
        for index in columns.indices { settlePresence(index, flat[index], fileCount: files.count) }
        if keySearches.count == files.count { key = proposedKey(keySearches, keyColumns, flat) }
        if key?.isSure == true { keyIsRight = true }
        var all: [Doubt: Int] = [:]
        for decision in columns + (periods.map { [$0] } ?? []) { all.merge(decision.doubts) { $0 + $1 } }
        doubts = all.filter { $0.key != .nullWord }.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }.map { ($0.key, $0.value) }
    }

    /// The columns that a key may have, the best first: in all files, with a value in every row.
    private static func keyColumns(_ searches: [ReadingSearch], fileCount: Int) -> [KeySearch.Column] {
        var found: [KeySearch.Column] = []
        for (index, search) in searches.enumerated() {
            let column = search.column
            guard let rank = ColumnJudge.keyRank(search), column.fileCount == fileCount, column.emptyCount == 0, column.nullWordCount == 0
            else {
                continue
            }
            let count = column.values?.count
            if count ?? 2 > 1 { found.append(KeySearch.Column(index: index, distinctCount: count ?? .max, rank: rank)) }
        }
        return Array(found.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.prefix(KeySearch.mostColumns))
    }

    private func proposedKey(_ searches: [KeySearch], _ keyColumns: [KeySearch.Column], _ table: [FeedColumn]) -> KeyProposal? {
        KeyProposal(searches, names: keyColumns.map { table[$0.index].name }, ranges: keyColumns.map { columns[$0.index].wholeRange })
    }

    private static func pass(
        _ file: FeedFile, asked: [ReadingSearch], values: ReadingSearch?, periods: [String], keys: [KeySearch.Column], names: [String],
        today: Expectation.Day?
    ) throws(DraftFailure) -> (answers: [FeedPass.Answer], values: FeedPass.Answer?, keys: KeySearch?) {
        let places = Dictionary(file.names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        func place(_ name: String) -> Int? { places[Array(name.utf8)] }
        func question(_ search: ReadingSearch, _ column: Int) -> FeedPass.Question {
            FeedPass.Question(
                column: column, readings: search.formats.joined().map(\.column), wantsMasks: search.type == nil && !search.isMixed,
                // Words for no value are among the values that are looked at.
                lookLimit: search.column.valueCount / 10 + search.column.nullWordCount, wantsNullWords: search.column.nullWordCount > 0)
        }
        var questions: [FeedPass.Question] = []
        var owners: [Int?] = []
        for (number, search) in asked.enumerated() {
            guard let column = place(search.column.name) else { continue }
            questions.append(question(search, column))
            owners.append(number)
        }
        if let values {
            for name in periods {
                guard let column = place(name) else { continue }
                questions.append(question(values, column))
                owners.append(nil)
            }
        }
        let own = keys.compactMap { key in
            place(names[key.index]).map { KeySearch.Column(index: $0, distinctCount: key.distinctCount, rank: key.rank) }
        }
        let rowCount = file.report.prediction.evidence.first?.parts.reduce(0) { $0 + $1.count } ?? 0
        let search = KeySearch(own.count == keys.count && KeySearch.mayBeKeys(own, of: rowCount) ? own : [])
        var answers = asked.map { FeedPass.Answer(counts: $0.formats.joined().map { _ in ReadingCount() }) }
        if questions.isEmpty, search.columns.isEmpty { return (answers, nil, nil) }
        do throws(SourceError) {
            let found = try FeedPass.ask(
                questions, keys: search, of: file.file, options: file.options, skipsFirstRow: file.hasUnitsRow,
                today: today)
            var valueAnswer: FeedPass.Answer?
            for (owner, answer) in zip(owners, found.answers) {
                if let owner { answers[owner] = answer } else { valueAnswer = valueAnswer.map { $0.merged(answer) } ?? answer }
            }
            return (answers, valueAnswer, search.columns.isEmpty ? nil : found.keys)
        } catch {
            throw .source(error)
        }
    }

    /// What the columns that are decided have in common is the most likely answer for the others.
    private mutating func preferFormatsOfOthers() {
        let decided = columns.filter { !$0.isOpen }.map(\.column)
        let decimals = Set(
            decided.filter { $0.type == .number && ($0.number.group != nil || $0.number.decimal == .comma) }.map(\.number.decimal))
        let orders = Set(decided.filter { $0.type == .date }.compactMap { $0.date.patterns.first?.isDayFirst })
        for index in columns.indices {
            if let decimal = decimals.first, decimals.count == 1 {
                columns[index].prefer(.number) { $0.number.decimal == decimal }
            }
            if let order = orders.first, orders.count == 1 {
                columns[index].prefer(.date) { $0.date.patterns.first?.isDayFirst == order }
            }
        }
    }

    // MARK: Words for no value

    /// Words that hardly ever are values.
    static let unmistakable: Set<String> = ["\\N", "NULL", "null", "(null)", "#N/A", "#n/a", "N/A", "n/a"]

    /// Which words mean no value: those that columns of numbers, dates and the like have, and those that hardly ever are values. A word that several
    /// columns have is one of all columns.
    private mutating func settleNullWords(_ table: [FeedColumn]) {
        let decided = columns + (periods.map { [$0] } ?? [])
        var byWord: [String: (typed: Int, texts: Int)] = [:]
        for decision in decided {
            for word in decision.nullWords {
                if decision.nullWordsMayBeValues {
                    byWord[word, default: (0, 0)].texts += 1
                } else {
                    byWord[word, default: (0, 0)].typed += 1
                }
            }
        }
        let means = byWord.filter { $0.value.typed > 0 || Self.unmistakable.contains($0.key) }
        let common = means.filter { $0.value.typed + $0.value.texts > 1 }.map(\.key).sorted()
        defaults.nullWords = common
        let owners = decided.count { !Set($0.nullWords).isDisjoint(with: common) }
        if !common.isEmpty { defaultsNote = "  # in \(owners.counted("column"))" }
        periods?.settleNullWords(common, meaning: Set(means.keys))
        for index in columns.indices { columns[index].settleNullWords(common, meaning: Set(means.keys)) }
    }

    /// Whether the column must have values, and whether a file may lack it.
    private mutating func settlePresence(_ index: Int, _ column: FeedColumn, fileCount: Int) {
        let isFull = column.emptyCount == 0 && Set(columns[index].nullWords).isDisjoint(with: columns[index].column.nullWords)
        if column.fileCount < fileCount {
            columns[index].notes.append("in \(column.fileCount) of \(fileCount) files")
            columns[index].change { $0.isOptional = true }
        } else if isFull, column.rowCount >= Self.fewestRequired {
            columns[index].change { $0.isRequired = true }
        }
    }

    /// A column that is full in fewer rows may be so by chance.
    private static let fewestRequired = 10

    // MARK: Text

    private static func dialect(of files: [FeedFile], _ heading: inout [String]) -> [(key: String, value: String)] {
        guard let first = files.first?.report else { return [] }
        var entries: [(key: String, value: String)] = []
        let reports = files.map(\.report)
        if reports.allSatisfy({ $0.encoding == first.encoding }) {
            if first.encoding != .utf8 { entries.append(("encoding", first.encoding.rawValue)) }
        } else {
            heading.append("# The files are in several encodings: check each with --encoding.")
        }
        // With one column the delimiter is unknown, unless it was given.
        if first.totals.columns > 1 || first.input.dialect.origin != .detected {
            if reports.allSatisfy({ $0.input.dialect.delimiter == first.input.dialect.delimiter }) {
                entries.append(("delimiter", YAMLText.scalar(String(Unicode.Scalar(first.input.dialect.delimiter)))))
            } else {
                heading.append("# The files have several delimiters: it is detected in each.")
            }
        }
        if first.input.dialect.quote != UInt8(ascii: "\""), reports.allSatisfy({ $0.input.dialect.quote == first.input.dialect.quote }) {
            entries.append(("quote", YAMLText.scalar(String(Unicode.Scalar(first.input.dialect.quote)))))
        }
        entries.append(("header", first.input.dialect.hasHeader ? "1" : "0"))
        return entries
    }

    /// Questions that are open.
    package var openCount: Int {
        columns.count(where: \.isOpen) + (periods?.isOpen == true ? 1 : 0) + (key != nil && keyIsRight == nil ? 1 : 0)
            + (foreignMonths != nil && foreignMonthsArePeriods == nil ? 1 : 0)
            + doubts.count { assumed[$0.doubt] == nil }
    }

    /// The draft: YAML with comments and a final line end.
    package var text: String {
        var lines = heading
        if openCount > 0 {
            lines.append(
                "# \(openCount.counted("question")) \(openCount == 1 ? "is" : "are") open, marked with \"?\". profile infer --ask asks them."
            )
        }
        for note in encodingNotes { lines.append("# Encoding: \(note). Use --transcode to send it as UTF-8.") }
        lines += ["version: 1", "dialect: " + YAMLText.map(dialect + (pivot == nil ? [] : [("layout", "pivoted")]))]
        if !defaults.nullWords.isEmpty { lines += ["defaults:", "  null: \(YAMLText.list(defaults.nullWords))\(defaultsNote)"] }
        lines += doubtLines
        if let months = foreignMonths { lines += months.lines(arePeriods: foreignMonthsArePeriods) }
        lines.append("columns:")
        for (index, column) in columns.enumerated() {
            lines += (remarks[index] ?? []).map { "  " + $0 }
            lines += column.lines(defaults: defaults).map { "  " + $0 }
        }
        for index in remarks.keys.sorted() where index >= columns.count { lines += (remarks[index] ?? []).map { "  " + $0 } }
        lines += pivotLines + keyLines
        lines += ["extra-columns: warn", "gate: {max-skipped: 0}"]
        return lines.map { $0 + "\n" }.joined()
    }

    private var pivotLines: [String] {
        guard let pivot, let periods else { return [] }
        var lines = ["pivot:"]
        lines.append("  # \(pivot.columns.count.counted("period"))")
        if let further { lines.append("  # not a period, and so reported by each check: \(YAMLText.shown(further))") }
        lines += periods.lines(defaults: defaults, isPivot: true).map { "  " + $0 }
        if let format = pivot.format {
            if pivot.isAmbiguous { lines.append("  # ? Day or month first? With the day first, or exchange dd and MM:") }
            lines.append("  periods: " + YAMLText.map([("format", YAMLText.scalar(format.patterns[0].text))]))
        }
        return lines
    }

    private var keyLines: [String] {
        guard let key else { return [] }
        let line = "keys: [\(YAMLText.list(key.columns))]"
        switch keyIsRight {
        case true?: return ["# \(key.note)", line]
        case false?: return []
        case nil: return ["# ? Is this the key? \(key.note). If it is:", "# \(line)"]
        }
    }

    private var doubtLines: [String] {
        var lines: [String] = []
        for (doubt, count) in doubts where assumed[doubt] == nil {
            lines.append(
                "# ? \(count.counted("value")) like \(doubt.example): \(doubt.sentence) Whether Pigment reads them is not public. If it does:"
            )
            lines.append("# assume: {\(doubt.name): accepted}")
        }
        if !assumed.isEmpty { lines.append("assume: " + YAMLText.map(assumed.entries)) }
        return lines
    }
}

extension FeedPass.Answer {
    /// What both say together.
    fileprivate func merged(_ other: FeedPass.Answer) -> FeedPass.Answer {
        var merged = self
        for index in counts.indices { merged.counts[index].merge(other.counts[index]) }
        for mask in other.masks {
            if let index = merged.masks.firstIndex(where: { $0.text == mask.text }) {
                merged.masks[index].count += mask.count
            } else {
                merged.masks.append(mask)
            }
        }
        merged.masks.sort { ($1.count, $0.text) < ($0.count, $1.text) }
        merged.nullWords = Set(nullWords + other.nullWords).sorted()
        return merged
    }
}
