import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports the anomalies of quotes and carriage returns that the tokenizer noted.
struct QuotingCheck: Check {
    static let kinds: [FindingKind] = [
        .strayQuote, .textAfterClosingQuote, .unclosedQuote, .loneCarriageReturn, .runawayQuote, .spaceBeforeQuote, .backslashBeforeQuote,
        .quotedFormula,
    ]

    private let layout: FileLayout
    /// The group of each kind, or -1.
    private var groups = Array(repeating: -1, count: Anomaly.Kind.allCases.count)
    /// The groups of the quotes whose cause is known, or -1.
    private var causeGroups = Array(repeating: -1, count: QuoteCause.allCases.count)
    /// How many quotes have each cause.
    private var causeCounts = Array(repeating: 0, count: QuoteCause.allCases.count)
    private var wereLineEndsConvertedTwice = false
    /// The last quote of a batch that was reported under its cause.
    private var lastExplained = -1
    /// By kind: what quotes that were taken back swallowed, as far as a message says it.
    private var swallows = Array(repeating: [Swallow](), count: Anomaly.Kind.allCases.count)

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    /// Line ends in what would be the field, and where rows look complete again.
    private struct Swallow: Equatable {
        let lineEndCount: Int
        let wholeLine: Int?
    }

    /// A row of a batch that has anomalies.
    private struct Row {
        var record = RowRecord(index: 0, number: 0)
        var fields = 0..<0
        /// The first field that may not be in memory.
        var steadyEnd = 0
        /// Whether a quote in it has a cause, and whether what it has is reported elsewhere: it has such a quote, or is the header once more.
        var (hasCause, isExplained) = (false, false)
        /// From this field on, the first anomaly of each kind carries the count of all.
        var far: [(first: AnomalyMark, count: Int)?] = []
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard batch.hasAnomalies else { return }
        lastExplained = -1
        if !log.marksRows, !judgement.repeatedHeaders.isEmpty || groups.contains(where: { $0 >= 0 && !log.wantsExample($0) }),
            let tally = tally(batch, judgement), isOnlyCounted(tally, batch, log)
        {
            // What is left to be explained is in these rows.
            var reader = MarkRows(judgement)
            batch.forEachQuoteAnomaly(ofRows: judgement.quoteCauses.rows) { explain($0, &reader, batch, judgement, log: &log) }
            return count(tally, judgement, log: &log)
        }
        var reader = MarkRows(judgement)
        batch.forEachAnomaly { explain($0, &reader, batch, judgement, log: &log) }
        if !reader.row.far.isEmpty { noteFarAway(&reader.row, batch, log: &log) }
    }

    /// The anomalies that have no other explanation, and those of carriage returns; `nil` where they are to be looked at one by one.
    private func tally(_ batch: borrowing RowBatch, _ judgement: BatchJudgement) -> AnomalyTally? {
        let (causes, headers) = (judgement.quoteCauses, judgement.repeatedHeaders)
        var rows = headers.rows
        rows.formUnion(headers.joinedRows)
        rows.formUnion(causes.rows)
        return batch.tallyAnomalies(besidesQuotesOf: rows, and: causes.rows)
    }

    /// Finds the rows of anomalies.
    private struct MarkRows {
        var row = Row()
        private var cursor = RowCursor()
        private let hasExplained: Bool

        init(_ judgement: BatchJudgement) { hasExplained = !judgement.quoteCauses.isEmpty || !judgement.repeatedHeaders.isEmpty }

        @inline(__always)
        mutating func read(_ field: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
            let index: Int
            (index, row.fields) = cursor.row(withFieldsOf: field, in: batch)
            row.record = RowRecord(index: index, number: judgement.rows.number(of: index))
            row.steadyEnd = batch.isSteady ? row.fields.upperBound : row.fields.lowerBound + batch.steadyFieldCount(ofRow: index)
            if hasExplained {
                row.hasCause = judgement.quoteCauses.rows.contains(index)
                row.isExplained = row.hasCause || judgement.repeatedHeaders.contains(index)
            }
        }
    }

    @inline(__always)
    private mutating func explain(
        _ mark: AnomalyMark, _ reader: inout MarkRows, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog
    ) {
        if mark.field >= reader.row.fields.upperBound {
            if !reader.row.far.isEmpty { noteFarAway(&reader.row, batch, log: &log) }
            reader.read(mark.field, batch, judgement)
        }
        if reader.row.isExplained, mark.kind != .loneCarriageReturn {
            if reader.row.hasCause, let quote = judgement.quoteCauses.quote(of: mark, in: batch, layout.dialect) {
                return report(mark, quote, row: reader.row.record, batch, log: &log)
            }
            // A quote that runs on is a trouble of its own.
            if mark.kind != .unclosedQuote, mark.kind != .runawayQuote { return }
        }
        if mark.field < reader.row.steadyEnd {
            note(mark, row: reader.row.record, batch: batch, log: &log)
        } else {
            addFarAway(mark, to: &reader.row)
        }
    }

    /// Reports a quote under its cause.
    private mutating func report(
        _ mark: AnomalyMark, _ found: (cause: QuoteCause, position: Int), row: RowRecord, _ batch: borrowing RowBatch, log: inout FindingLog
    ) {
        let (cause, quote) = found
        // A delimiter after a quote that was taken back cuts the field: both parts have the same cause.
        if quote == lastExplained { return }
        lastExplained = quote
        let index = cause.index
        if causeGroups[index] < 0 { causeGroups[index] = log.group(cause.kind, column: nil, severity: nil, predicts: nil) }
        let group = causeGroups[index]
        causeCounts[index] += 1
        log.count(in: group, row: row.number, field: mark.field)
        guard log.wantsExample(group) else { return }
        let range = batch.range(ofField: mark.field)
        let start = range.lowerBound
        log.addExample(to: group) { lines in
            Finding.Example(
                field: mark.field, ofRow: row.index, number: row.number, in: batch,
                column: batch.column(ofField: mark.field, inRow: row.index), lines: &lines,
                offset: cause == .backslash
                    ? batch.streamOffset(ofPosition: quote)
                    : cause == .spaceAfter ? batch.streamOffset(ofPosition: quote + 1) : nil,
                length: cause == .backslash ? 1 : cause == .spaceAfter ? range.upperBound - quote - 1 : quote + 1 - start,
                quote: layout.quote)
        }
    }

    /// Says which causes quotes have whose kind has several, and what to do where one explains them all.
    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for cause in QuoteCause.allCases where causeCounts[cause.index] > 0 {
            guard let remark = cause.remark else { continue }
            let (count, group) = (causeCounts[cause.index], causeGroups[cause.index])
            let isOnly = count == log.groups[group].count
            log.addRemark(isOnly ? remark : "\(count.grouped) with \(remark)", to: group)
            if isOnly {
                log.setHelp(cause.help(layout.remedy, delimiter: layout.delimiter, quote: layout.quote), of: cause.kind)
            }
        }
    }

    mutating func merge(_ later: QuotingCheck, at joint: Joint) {
        for kind in groups.indices where groups[kind] < 0 { groups[kind] = joint.group(later.groups[kind]) }
        for cause in causeGroups.indices where causeGroups[cause] < 0 { causeGroups[cause] = joint.group(later.causeGroups[cause]) }
        for cause in causeCounts.indices { causeCounts[cause] += later.causeCounts[cause] }
        wereLineEndsConvertedTwice = wereLineEndsConvertedTwice || later.wereLineEndsConvertedTwice
    }

    /// Whether nothing is left to be done with anomalies but to count them.
    private func isOnlyCounted(_ tally: AnomalyTally, _ batch: borrowing RowBatch, _ log: FindingLog) -> Bool {
        for (kind, found) in tally.counts where found.count > 0 {
            let group = groups[Int(kind.rawValue)]
            if group < 0 || log.wantsExample(group) { return false }
        }
        var hasNews = tally.hasCarriageReturnBeforeCRLF && !wereLineEndsConvertedTwice
        batch.forEachTakenBack { kind, lineEndCount, wholeLine in
            let group = groups[Int(kind.rawValue)]
            // The first of a kind may be in a row that is looked at by itself.
            if hasNews || group < 0 || !log.wantsRemark(group) { return }
            // Where a runaway quote closes is another line each time.
            hasNews =
                kind == .runawayQuote
                || !swallows[Int(kind.rawValue)].contains(Swallow(lineEndCount: lineEndCount, wholeLine: wholeLine))
        }
        return !hasNews
    }

    private func count(_ tally: AnomalyTally, _ judgement: BatchJudgement, log: inout FindingLog) {
        for (kind, found) in tally.counts where found.count > 0 {
            log.add(
                found.count, rows: found.rowCount, to: groups[Int(kind.rawValue)], lastRow: judgement.rows.number(of: found.lastRow))
        }
    }

    private mutating func note(_ mark: AnomalyMark, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        let group = count(mark, mark.count, row: row, batch: batch, log: &log)
        if mark.kind == .loneCarriageReturn, mark.count == 1, !wereLineEndsConvertedTwice, Self.isBeforeCRLF(mark, in: batch) {
            wereLineEndsConvertedTwice = true
            log.addRemark("before CRLF: line ends were converted twice", to: group)
        }
        guard log.wantsExample(group) else { return }
        log.addExample(to: group) { lines in
            let anomaly = batch.anomaly(of: mark)
            var example = Finding.Example(
                field: mark.field, ofRow: row.index, number: row.number, in: batch,
                column: batch.column(ofField: mark.field, inRow: row.index), lines: &lines, offset: anomaly.byteOffset, length: 1,
                quote: layout.quote)
            example.place.line = anomaly.line
            return example
        }
    }

    private static func isBeforeCRLF(_ mark: AnomalyMark, in batch: borrowing RowBatch) -> Bool {
        let position = mark.position >= 0 ? mark.position : batch.position(ofStreamOffset: batch.anomaly(of: mark).byteOffset)
        guard let position, position + 2 < batch.bytes.count else { return false }
        return batch.bytes[position + 1] == UInt8(ascii: "\r") && batch.bytes[position + 2] == UInt8(ascii: "\n")
    }

    private func addFarAway(_ mark: AnomalyMark, to row: inout Row) {
        if row.far.isEmpty { row.far = Array(repeating: nil, count: Anomaly.Kind.allCases.count) }
        let kind = Int(mark.kind.rawValue)
        row.far[kind] = (row.far[kind]?.first ?? mark, (row.far[kind]?.count ?? 0) + mark.count)
    }

    private mutating func noteFarAway(_ row: inout Row, _ batch: borrowing RowBatch, log: inout FindingLog) {
        for (first, count) in row.far.compactMap({ $0 }) {
            let group = self.count(first, count, row: row.record, batch: batch, log: &log)
            guard log.wantsExample(group) else { continue }
            let anomaly = batch.anomaly(of: first)
            log.addExample(to: group) { _ in
                Finding.Example(
                    place: Place(row: row.record.number, line: anomaly.line, column: nil, byteOffset: anomaly.byteOffset))
            }
        }
        row.far = []
    }

    /// Counts anomalies of one kind in one row.
    ///
    /// - Returns: The group.
    private mutating func count(
        _ first: AnomalyMark, _ count: Int, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog
    ) -> Int {
        let kind = Int(first.kind.rawValue)
        if groups[kind] < 0 { groups[kind] = log.group(Self.findingKind(of: first.kind), column: nil, severity: nil, predicts: nil) }
        let group = groups[kind]
        let isUnclosed = first.kind == .unclosedQuote || first.kind == .runawayQuote
        log.count(isUnclosed ? 1 : count, in: group, row: row.number, field: first.field)
        guard isUnclosed, log.wantsRemark(group) else { return group }
        if first.kind == .runawayQuote {
            log.addRemark("its field runs on into line", to: group, line: batch.anomaly(of: first).line + count)
            return group
        }
        let swallow = Swallow(lineEndCount: count, wholeLine: batch.wholeLine(of: first))
        if !swallows[kind].contains(swallow) {
            swallows[kind].append(swallow)
            let rest = swallow.wholeLine == nil ? "" : "; rows look complete again from line"
            log.addRemark("its field swallows \(count.counted("line end"))\(rest)", to: group, line: swallow.wholeLine)
        }
        return group
    }

    private static func findingKind(of kind: Anomaly.Kind) -> FindingKind {
        switch kind {
        case .strayQuote: .strayQuote
        case .textAfterClosingQuote: .textAfterClosingQuote
        case .unclosedQuote: .unclosedQuote
        case .loneCarriageReturn: .loneCarriageReturn
        case .runawayQuote: .runawayQuote
        }
    }
}

extension QuotingCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.references(&groups)
        coder.references(&causeGroups)
        coder.each(&causeCounts)
        if zip(causeGroups, causeCounts).contains(where: { $0 < 0 && $1 != 0 }) { coder.fail() }
        coder(&wereLineEndsConvertedTwice)
    }
}

extension FindingKind {
    static let strayQuote = FindingKind(
        code: "PF201", slug: "stray-quote", severity: .error, about: .rows,
        title: "Quote inside an unquoted field",
        why: """
            CSV readers disagree here: some keep the quote, others start a quoted field and swallow what follows. What an import does is \
            undocumented.
            """,
        help: "Quote the whole field and double the quotes inside it: 5\" pipe becomes \"5\"\" pipe\".",
        message: { $0.counted("unquoted field", "contains a quote", "contain a quote") })

    static let textAfterClosingQuote = FindingKind(
        code: "PF202", slug: "text-after-closing-quote", severity: .error, about: .rows,
        title: "Text after a closing quote",
        why: """
            A quoted field must end at its closing quote (RFC 4180). CSV readers disagree on what follows, so columns may shift.
            """,
        help: """
            Double a quote that belongs to the text ("the ""big"" one"), and put the delimiter directly after the closing quote.
            """,
        message: { $0.counted("quoted field", "has text after the closing quote", "have text after the closing quote") + $0.reasons })

    static let unclosedQuote = FindingKind(
        code: "PF203", slug: "unclosed-quote", severity: .error, about: .rows,
        title: "Quoted field is never closed",
        why: """
            A reader that follows RFC 4180 takes everything from the opening quote to the end of the file as one field, and loses all \
            rows after it. What an import does is undocumented.
            """,
        help: "Close the quote, or double it if it belongs to the text. If the file is truncated, export it again.")

    static let loneCarriageReturn = FindingKind(
        code: "PF207", slug: "lone-carriage-return", severity: .error, about: .bytes,
        title: "Carriage return without a line feed",
        why: """
            Outside quotes, some readers end a row at a carriage return and others keep it as text: rows may be joined or split. \
            preflight reads it as text.
            """,
        help: """
            Quote the field if the carriage return belongs to its text. Otherwise remove it, or write the line end as LF or CRLF.
            """,
        wrapsMessage: true,
        message: { "\($0.counted("lone carriage return"))\($0.reasons)" })

    static let runawayQuote = FindingKind(
        code: "PF216", slug: "runaway-quote", severity: .error, about: .rows,
        title: "Quoted field closes in a later row",
        why: """
            A reader that follows RFC 4180 takes everything between the two quotes as one field, and loses the rows in it. preflight took \
            the first quote as text, so that it could check these rows.
            """,
        help: """
            Close the quote where its text ends: "Okoro, Ltd". If it belongs to the text, double it, and quote the field: "5"" pipe".
            """,
        wrapsMessage: true,
        message: { "\($0.counted("quote", "closes in a later row", "close in a later row"))\($0.reasons)" })
}
