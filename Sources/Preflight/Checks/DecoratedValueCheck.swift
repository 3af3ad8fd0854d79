import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports values that a program decorated: what is around them would load as a part of them.
///
///     '0012          an apostrophe, by which spreadsheets keep text as it is
///     "=""0012"""    a formula that is quoted as CSV wants it
///     “Okoro”        typographic quotes, which quote nothing
///     \N, (null)     for no value, as programs dump it
///     #REF!          what a spreadsheet has where a formula is broken
///     =SUM(B2:B9)    the formula itself
///
/// Without a profile the kinds of all values are known, and so all of the file is looked at, but for the quotes. With one, the texts of the first bytes are.
/// Where a profile says that a column has numbers, dates or other values than texts, each such value is reported as wrong, and not here.
struct DecoratedValueCheck: Check {
    static let kinds: [FindingKind] = [.leadingApostrophe, .typographicQuotes, .nullMarker, .formulaError, .spreadsheetFormula]

    private let layout: FileLayout
    private let decoder: FieldDecoder
    private var rowCount = 0
    private var apostrophes: [Int: Found] = [:]
    private var quotes: [Int: Found] = [:]
    private var nulls: [Int: Found] = [:]
    private var nullCounts: [NullMarker: Int] = [:]
    private var errors: [Int: Found] = [:]
    private var formulas: [Int: Found] = [:]
    /// Columns with a text, and with another value, in the first rows.
    private var textColumns: Set<Int> = []
    private var valueColumns: Set<Int> = []
    private var formulaGroup = -1

    /// Values of a column.
    private struct Found {
        var count = 0
        var examples: [Finding.Example] = []

        mutating func add(_ later: Found, samples: Int, at joint: Joint) {
            count += later.count
            examples.append(later.examples, upTo: samples, at: joint)
        }
    }

    /// How far into the file it looks: a program that does so does it in all rows.
    private static let most = 64 << 10
    /// A single value may be meant: the class of '68.
    private static let fewest = 2
    /// The rows, and the columns of them, that show what a column holds.
    private static let mostFirst = 4 << 10
    private static let mostColumns = 500

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard batch.isIndexed else { return }
        if batch.byteOffset < Self.most { lookAtBeginning(batch, judgement, log: &log) }
        if layout.rules == nil { lookAtOddValues(batch, judgement, log: &log) }
    }

    private mutating func lookAtBeginning(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        var rows = judgement.rows.wholeRows
        while let row = rows.next() {
            guard let bytes = batch.bytes(ofRow: row.index), bytes.count <= batch.limits.rowBytes else { continue }
            let offset = batch.streamOffset(ofPosition: batch.start(ofRow: row.index))
            guard offset < Self.most else { return }
            rowCount += 1
            let isFirstRow = offset < Self.mostFirst
            let fields = batch.fields(ofRow: row.index)
            for field in fields {
                let range = batch.range(ofField: field)
                guard !range.isEmpty else { continue }
                var first = batch.bytes[range.lowerBound]
                if first == layout.quote, range.count > 1 { first = batch.bytes[range.lowerBound + 1] }
                // An apostrophe, what a formula begins with, a number sign, the first byte of a typographic quote or of a word for no value.
                guard
                    isFirstRow || first == UInt8(ascii: "'") || first == UInt8(ascii: "=") || first == UInt8(ascii: "#") || first == 0xE2
                        || first == 0xC2 || first == UInt8(ascii: "+") || first == UInt8(ascii: "@") || NullMarker.mayBegin(first)
                else { continue }
                if isFirstRow { keepKind(of: field, column: field - fields.lowerBound, batch) }
                look(at: field, column: field - fields.lowerBound, row: row, batch, log: &log)
            }
        }
    }

    /// Looks at the values after the beginning that are of a kind by which they may be such.
    private mutating func lookAtOddValues(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let evidence = judgement.evidence
        for column in evidence.heads.indices {
            for odd in [OddValue.nullWord, .spreadsheetError, .decorated] {
                var known: [RepeatedNull] = []
                evidence.forEachRow(with: odd, column: column) { row in
                    guard batch.isKeptWhole(row), batch.streamOffset(ofPosition: batch.start(ofRow: row)) >= Self.most else { return }
                    let field = batch.fields(ofRow: row).lowerBound + column
                    let bytes = batch.bytes[batch.range(ofField: field)]
                    for index in known.indices where known[index].text.isText(bytes) {
                        known[index].count += 1
                        return
                    }
                    let record = RowRecord(index: row, number: judgement.rows.number(of: row))
                    let decoration = look(at: field, column: column, row: record, batch, log: &log)
                    if known.count < Self.mostKnown, case .null(let marker)? = decoration,
                        nulls[column, default: Found()].examples.count >= layout.samples
                    {
                        known.append(RepeatedNull(text: .ofShort(bytes), marker: marker))
                    }
                }
                for word in known where word.count > 0 {
                    nulls[column, default: Found()].count += word.count
                    nullCounts[word.marker, default: 0] += word.count
                }
            }
        }
    }

    /// A word for no value that a column has again and again, once there are examples enough.
    private struct RepeatedNull {
        let text: RepeatedText
        let marker: NullMarker
        /// How many were not counted yet.
        var count = 0
    }

    /// Words of a column in a batch that are told by a glance.
    private static let mostKnown = 8

    enum Decoration: Equatable {
        /// A text as a formula, `="0012"`.
        case formula
        case apostrophe, quotes, error
        /// Any other formula.
        case calculation
        case null(NullMarker)
    }

    /// - Returns: how the value is decorated.
    @discardableResult
    private mutating func look(
        at field: Int, column: Int, row: RowRecord, _ batch: borrowing RowBatch, log: inout FindingLog
    ) -> Decoration? {
        guard let decoration = decoder.withText(of: field, in: batch, Self.decoration) else { return nil }
        // A formula that is not in quotes has a quote where none may be.
        if decoration == .formula, !batch.isInQuotes(field, quote: layout.quote) { return nil }
        switch decoration {
        case .apostrophe:
            if !isJudged(column) { Self.keep(field, column: column, row: row, batch, layout, in: &apostrophes) }
        case .quotes:
            Self.keep(field, column: column, row: row, batch, layout, in: &quotes)
        case .null(let marker):
            guard !isJudged(column), !isNullWord(field, column, batch) else { return nil }
            Self.keep(field, column: column, row: row, batch, layout, in: &nulls)
            nullCounts[marker, default: 0] += 1
        case .error:
            if !isJudged(column), !isNullWord(field, column, batch) {
                Self.keep(field, column: column, row: row, batch, layout, in: &errors)
            }
        case .calculation:
            if !isJudged(column) { Self.keep(field, column: column, row: row, batch, layout, in: &formulas) }
        case .formula:
            if formulaGroup < 0 { formulaGroup = log.group(.quotedFormula, column: nil, severity: nil, predicts: nil) }
            log.count(in: formulaGroup, row: row.number)
            guard log.wantsExample(formulaGroup) else { break }
            log.addExample(to: formulaGroup) { [layout] in Self.example(field, column: column, row: row, batch, layout, lines: &$0) }
        }
        return decoration
    }

    static func decoration(of text: Span<UInt8>) -> Decoration? {
        guard let first = text.first, let last = text.last, text.count > 1 else { return nil }
        if NullMarker.mayBegin(first) { return NullMarker(text).map { .null($0) } }
        if first == UInt8(ascii: "#") { return FormulaError.matches(text) ? .error : nil }
        if first == UInt8(ascii: "=") {
            if text[1] == UInt8(ascii: "\"") && last == UInt8(ascii: "\"") { return text.count > 3 ? .formula : nil }
            return SpreadsheetFormula.matches(text) ? .calculation : nil
        }
        if first == UInt8(ascii: "+") || first == UInt8(ascii: "@") { return SpreadsheetFormula.matches(text) ? .calculation : nil }
        if first == UInt8(ascii: "'") {
            let rest = text.dropFirst()
            let isGuarded = guarded.contains(rest[0]) || FormatSet.formats(of: rest).isDisjoint(with: [.text, .nullWord])
            return last != first && isGuarded ? .apostrophe : nil
        }
        return pairs.contains { text.starts(with: $0.opening) && text.suffix($0.closing.count).elementsEqual($0.closing) } ? .quotes : nil
    }

    /// What spreadsheets take for the beginning of a formula.
    private static let guarded = Array("=+-@".utf8)

    static let pairs = [("“", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("«", "»"), ("‘", "’"), ("‚", "‘")].map {
        (opening: Array($0.0.utf8), closing: Array($0.1.utf8))
    }

    private func isJudged(_ column: Int) -> Bool {
        guard let rules = layout.rules, column < rules.count, let rule = rules[column] else { return false }
        return rule.settings.profile.type != .text
    }

    /// Whether the profile says that it is no value.
    private func isNullWord(_ field: Int, _ column: Int, _ batch: borrowing RowBatch) -> Bool {
        guard let rules = layout.rules, column < rules.count, let rule = rules[column] else { return false }
        let word = decoder.withText(of: field, in: batch) { String(decoding: $0, as: UTF8.self) }
        return rule.settings.profile.nullWords.contains(word)
    }

    /// Notes what a column holds.
    private mutating func keepKind(of field: Int, column: Int, _ batch: borrowing RowBatch) {
        if column >= Self.mostColumns || textColumns.contains(column) { return }
        let formats = decoder.withText(of: field, in: batch) { FormatSet.formats(of: $0) }
        if formats.isDisjoint(with: [.empty, .nullWord]) {
            if formats.isDisjoint(with: .text) { valueColumns.insert(column) } else { textColumns.insert(column) }
        }
    }

    /// Of this type, not of a value: that would be copied, as it cannot be read while a part of it is changed.
    private static func keep(
        _ field: Int, column: Int, row: RowRecord, _ batch: borrowing RowBatch, _ layout: FileLayout, in columns: inout [Int: Found]
    ) {
        columns[column, default: Found()].count += 1
        guard columns[column, default: Found()].examples.count < layout.samples else { return }
        var lines = LineCursor()
        columns[column, default: Found()].examples.append(example(field, column: column, row: row, batch, layout, lines: &lines))
    }

    private static func example(
        _ field: Int, column: Int, row: RowRecord, _ batch: borrowing RowBatch, _ layout: FileLayout, lines: inout LineCursor
    ) -> Finding.Example {
        Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: column + 1, lines: &lines, quote: layout.quote)
    }

    mutating func merge(_ later: DecoratedValueCheck, at joint: Joint) {
        rowCount += later.rowCount
        if formulaGroup < 0 { formulaGroup = joint.group(later.formulaGroup) }
        for (column, found) in later.apostrophes { apostrophes[column, default: Found()].add(found, samples: layout.samples, at: joint) }
        for (column, found) in later.quotes { quotes[column, default: Found()].add(found, samples: layout.samples, at: joint) }
        textColumns.formUnion(later.textColumns)
        valueColumns.formUnion(later.valueColumns)
        for (column, found) in later.nulls { nulls[column, default: Found()].add(found, samples: layout.samples, at: joint) }
        for (column, found) in later.formulas { formulas[column, default: Found()].add(found, samples: layout.samples, at: joint) }
        for (column, found) in later.errors { errors[column, default: Found()].add(found, samples: layout.samples, at: joint) }
        nullCounts.merge(later.nullCounts) { $0 + $1 }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        note(apostrophes, as: .leadingApostrophe, fewest: Self.fewest, log: &log)
        // A text may begin and end with a quotation: not nearly all of a column.
        note(quotes, as: .typographicQuotes, fewest: max(Self.fewest, (rowCount * 9 + 9) / 10), log: &log)
        if noteTogether(nulls, as: .nullMarker, log: &log) {
            let markers = NullMarker.allCases.filter { nullCounts[$0] != nil }
            log.addRemark(markers.map(\.rawValue).joined(separator: ", "), toLastGroupOf: .nullMarker)
            log.setHelp(NullMarker.help(markers, remedy: layout.remedy, delimiter: layout.delimiter), of: .nullMarker)
        }
        _ = noteTogether(errors, as: .formulaError, log: &log)
        _ = noteTogether(formulas, as: .spreadsheetFormula, log: &log)
    }

    /// In a column of numbers or dates that no profile describes, such words are unlike the column, and are reported so.
    ///
    /// - Returns: whether there are any in other columns.
    private func noteTogether(_ columns: [Int: Found], as kind: FindingKind, log: inout FindingLog) -> Bool {
        let columns = columns.filter { layout.rules != nil || textColumns.contains($0.key) || !valueColumns.contains($0.key) }
        guard let first = columns.keys.first else { return false }
        let group = log.group(kind, column: columns.count == 1 ? first + 1 : nil, severity: nil, predicts: nil)
        for (column, found) in columns.sorted(by: { $0.key < $1.key }) {
            if columns.count > 1 { log.cover(column + 1, in: group) }
            log.note(collected: found.count, first: found.examples, in: group)
        }
        return true
    }

    private func note(_ columns: [Int: Found], as kind: FindingKind, fewest: Int, log: inout FindingLog) {
        for (column, found) in columns.sorted(by: { $0.key < $1.key }) where found.count >= fewest {
            let group = log.group(kind, column: column + 1, severity: nil, predicts: nil)
            log.note(collected: found.count, first: found.examples, in: group)
            if layout.rules != nil, kind == .leadingApostrophe { log.addRemark("in the first 64 kB", to: group) }
        }
    }
}

extension DecoratedValueCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&rowCount)
        coder.reference(&formulaGroup)
        Self.code(&apostrophes, &coder)
        Self.code(&quotes, &coder)
        Self.code(&nulls, &coder)
        Self.code(&errors, &coder)
        Self.code(&formulas, &coder)
        coder(&nullCounts)
        coder(&textColumns)
        coder(&valueColumns)
    }

    private static func code(_ found: inout [Int: Found], _ coder: inout StateCoder) {
        coder.table(&found, blank: Found()) { coder, found in
            coder(&found.count)
            coder(&found.examples)
        }
    }
}
