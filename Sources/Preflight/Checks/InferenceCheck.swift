import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Without a profile: infers from the whole file what each column holds, and reports values that do not fit.
///
/// The counts for each set of formats are exact, and the first few places of each are kept. Memory: columns × distinct sets, so only the first
/// ``BatchEvidence/mostColumns`` columns are examined.
struct InferenceCheck: Check {
    static let kinds: [FindingKind] = [.unlikeItsColumn, .mixedFormats]

    private let layout: FileLayout
    private var columns: [[Evidence]]
    /// The rows, by column and kind of odd value.
    private var oddRows: [RowRuns]
    private let mostRuns: Int
    private var rowCount = 0

    /// The most runs of rows that are kept: in all columns, for each kind of odd value, and in one column.
    private static let mostRunsOfKind = 1 << 18
    private static let mostRunsOfColumn = 1 << 14

    /// The values of one set of formats in one column. A column has few sets, which are searched one by one.
    private struct Evidence {
        let formats: FormatSet
        var count = 0
        var examples: [Finding.Example] = []
    }

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.rules == nil else { return nil }
        self.layout = layout
        columns = Array(repeating: [], count: min(layout.width, BatchEvidence.mostColumns))
        oddRows = Array(repeating: RowRuns(), count: columns.count * OddValue.count)
        mostRuns = min(Self.mostRunsOfColumn, Self.mostRunsOfKind / max(1, columns.count))
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        rowCount += judgement.rows.dataRowCount - judgement.rows.ragged.count
        let evidence = judgement.evidence
        var lines = LineCursor()
        for column in evidence.heads.indices {
            var next = evidence.heads[column]
            while next >= 0 {
                let entry = evidence.entries[Int(next)]
                let index = evidenceIndex(of: entry.formats, column: column)
                columns[column][index].count += entry.count
                var place = entry.firstPlace
                while place >= 0, columns[column][index].examples.count < layout.samples {
                    let found = evidence.places[Int(place)]
                    columns[column][index].examples.append(
                        Finding.Example(
                            field: Int(found.field), ofRow: Int(found.row), number: judgement.rows.number(of: Int(found.row)), in: batch,
                            column: column + 1, lines: &lines, quote: layout.quote))
                    place = found.next
                }
                next = entry.next
            }
            addOddRows(column: column, judgement)
        }
    }

    private mutating func addOddRows(column: Int, _ judgement: BatchJudgement) {
        for odd in OddValue.allCases {
            var next = judgement.evidence.firstRun(of: odd, column: column)
            let slot = column * OddValue.count + Int(odd.rawValue)
            while next >= 0, oddRows[slot].isWhole {
                let run = judgement.evidence.runs[Int(next)]
                let first = judgement.rows.number(of: Int(run.start))
                oddRows[slot].add(first..<(first + Int(run.end - run.start)), limit: mostRuns)
                next = run.next
            }
        }
    }

    mutating func merge(_ later: InferenceCheck, at joint: Joint) {
        rowCount += later.rowCount
        for column in columns.indices {
            for evidence in later.columns[column] {
                let index = evidenceIndex(of: evidence.formats, column: column)
                columns[column][index].count += evidence.count
                columns[column][index].examples.append(evidence.examples, upTo: layout.samples, at: joint)
            }
        }
        for slot in oddRows.indices { oddRows[slot].merge(later.oddRows[slot], at: joint, limit: mostRuns) }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        let footers = log.groups.first { $0.kind == .footerRow }?.examples.compactMap(\.place.row) ?? []
        guard layout.hasUnitsRow || !footers.isEmpty else { return infer(log: &log, prediction: &prediction) }
        var others = self
        others.leaveOut(rows: (layout.hasUnitsRow ? [1] : []) + footers)
        others.infer(log: &log, prediction: &prediction)
    }

    /// Leaves out rows that hold something else than values, such as units, dashes or words below the rows, in the columns where nothing else is like
    /// it.
    private mutating func leaveOut(rows: [Int]) {
        for column in columns.indices {
            columns[column].removeAll { evidence in
                evidence.count == 1 && evidence.examples.first?.place.row.map(rows.contains) == true
                    && !evidence.formats.isDisjoint(with: [.text, .nullWord])
            }
            // Their empty cells are none of the column's.
            guard let empty = columns[column].firstIndex(where: { $0.formats == .empty }) else { continue }
            columns[column][empty].count -= columns[column][empty].examples.count { $0.place.row.map(rows.contains) ?? false }
            if columns[column][empty].count == 0 { columns[column].remove(at: empty) }
        }
    }

    private func infer(log: inout FindingLog, prediction: inout Prediction) {
        var unlikeRows = UnlikeRows()
        for column in columns.indices {
            let evidence = columns[column]
            let histogram = Dictionary(uniqueKeysWithValues: evidence.map { ($0.formats, $0.count) })
            let inferred = InferredType.infer(from: histogram)
            prediction.evidence.append(
                ColumnEvidence(column: layout.reference(column + 1), parts: Self.parts(evidence), type: inferred))
            guard let type = inferred else {
                noteMixture(column: column, unlikeRows: &unlikeRows, log: &log, prediction: &prediction)
                continue
            }
            let unlike = evidence.filter { !type.fits($0.formats) }
            let cells = unlike.reduce(0) { $0 + $1.count }
            guard cells > 0 else { continue }
            let examples = unlike.flatMap(\.examples).sorted { $0.place.byteOffset < $1.place.byteOffset }
            let reference = layout.reference(column + 1)
            let rows = add(type, column: column, to: &unlikeRows)
            unlikeRows.endColumn(cells: cells)
            prediction.parsingErrorCells.max += cells
            prediction.columns.append(
                Prediction.ColumnPrediction(
                    column: reference, reason: .parsingError, cells: Bounds(min: 0, max: cells),
                    samples: distinctTexts(of: examples)))
            let group = log.group(.unlikeItsColumn, column: column + 1, severity: nil, predicts: .parsingError)
            log.note(collected: cells, first: examples, in: group)
            log.mark(rows: rows, in: group)
            log.addRemark(remark(on: type, evidence: evidence, unlike: unlike), to: group, column: column + 1)
        }
        let estimate = unlikeRows.bounds(rowCount: rowCount)
        prediction.estimatedRows = estimate
        prediction.skippedRows.max = estimate.max
    }

    /// Adds the rows of a column's values that do not fit its type.
    ///
    /// - Returns: those that are known.
    private func add(_ type: InferredType, column: Int, to unlikeRows: inout UnlikeRows) -> [Range<Int>] {
        var known: [Range<Int>] = []
        var unlike = Array(repeating: 0, count: OddValue.count)
        var like = unlike
        for evidence in columns[column] {
            let fits = type.fits(evidence.formats)
            guard let odd = OddValue(evidence.formats) else {
                if !fits { unlikeRows.add(cells: evidence.count) }
                continue
            }
            if fits { like[Int(odd.rawValue)] += evidence.count } else { unlike[Int(odd.rawValue)] += evidence.count }
        }
        for odd in OddValue.allCases where unlike[Int(odd.rawValue)] > 0 {
            let rows = oddRows[column * OddValue.count + Int(odd.rawValue)]
            if like[Int(odd.rawValue)] == 0, rows.isWhole {
                unlikeRows.add(rows)
                known += rows.runs.map { Int($0.start)..<Int($0.end) }
            } else {
                unlikeRows.add(cells: unlike[Int(odd.rawValue)])
            }
        }
        return known
    }

    /// Reports a column without a type, because its numbers or dates have several formats.
    private func noteMixture(column: Int, unlikeRows: inout UnlikeRows, log: inout FindingLog, prediction: inout Prediction) {
        let parts = Self.parts(columns[column])
        guard let mixture = FormatMixture(parts) else { return }
        let group = log.group(.mixedFormats, column: column + 1, severity: nil, predicts: nil)
        log.note(collected: mixture.count, first: Array(mixture.examples.prefix(layout.samples)), in: group)
        log.addRemark("\(mixture.formatCount) formats: \(mixture.words)", to: group, column: column + 1)
        unlikeRows.add(cells: mixture.mostLeft)
        unlikeRows.endColumn(cells: mixture.leastLeft)
        prediction.parsingErrorCells.max += mixture.mostLeft
        prediction.columns.append(
            Prediction.ColumnPrediction(
                column: layout.reference(column + 1), reason: .parsingError, cells: Bounds(min: 0, max: mixture.mostLeft),
                samples: distinctTexts(of: mixture.examples)))
    }

    /// Sorted by first place: which one a batch finds first depends on how the file was split.
    private static func parts(_ evidence: [Evidence]) -> [ColumnEvidence.Part] {
        func place(_ part: ColumnEvidence.Part) -> Int { part.examples.first?.place.byteOffset ?? .max }
        return evidence.map { ColumnEvidence.Part(formats: $0.formats, count: $0.count, examples: $0.examples) }
            .sorted { (place($0), $0.formats.rawValue) < (place($1), $1.formats.rawValue) }
    }

    /// `cannot be read as an integer; the other 97.5% can`. Rounded down, since 100% would be wrong. Empty fields and words for no value are not
    /// counted, because they do not indicate a type.
    private func remark(on type: InferredType, evidence: [Evidence], unlike: [Evidence]) -> String {
        let areDoubtful = unlike.allSatisfy { type.mayFit($0.formats) }
        let reasons = UnlikeReasons.words(Self.parts(unlike).map(\.formats).filter { $0.isDisjoint(with: .nullWord) })
        var fitting = 0
        var total = 0
        var nulls = 0
        for seen in evidence where !seen.formats.contains(.empty) {
            if !seen.formats.isDisjoint(with: .nullWord) {
                nulls += seen.count
                continue
            }
            total += seen.count
            if type.fits(seen.formats) { fitting += seen.count }
        }
        let name = "\("aeiou".contains(type.label.first ?? " ") ? "an" : "a") \(type.label)"
        if fitting == total { return "\(nulls == 1 ? "means" : "mean") \"no value\"; every other value can be read as \(name)" }
        let tenths = fitting * 1_000 / total
        let share = "\(tenths / 10).\(tenths % 10)%"
        if nulls == 0 {
            return areDoubtful
                ? "may be rejected as \(name)\(reasons); the other \(share) can be read"
                : "cannot be read as \(name)\(reasons); the other \(share) can"
        }
        return "cannot be read as \(name)\(reasons), \(nulls.grouped) of them because they mean \"no value\"; \(share) of all others can"
    }

    /// The first few distinct values.
    private func distinctTexts(of examples: [Finding.Example]) -> [String] {
        var texts: [String] = []
        for example in examples where texts.count < layout.samples {
            if let text = example.value?.text, !texts.contains(text) { texts.append(text) }
        }
        return texts
    }

    private mutating func evidenceIndex(of formats: FormatSet, column: Int) -> Int {
        if let index = columns[column].firstIndex(where: { $0.formats == formats }) { return index }
        columns[column].append(Evidence(formats: formats))
        return columns[column].count - 1
    }
}

extension InferenceCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&rowCount)
        coder.each(&columns) { coder, column in
            coder.list(&column, blank: Evidence(formats: [])) { coder, evidence in
                var formats = evidence.formats
                coder.raw(&formats)
                if coder.isReading { evidence = Evidence(formats: formats) }
                coder(&evidence.count)
                coder(&evidence.examples)
            }
        }
        coder.each(&oddRows)
    }
}

extension FindingKind {
    static let unlikeItsColumn = FindingKind(
        code: "PF420", slug: "unlike-its-column", severity: .warning, about: .values,
        title: "Value does not fit its column",
        why: """
            No profile describes the column. If it is mapped to the type of nearly all its values, these are skipped as ParsingError \
            (estimate).
            """,
        help: "Describe the column in a profile (-p PROFILE) to get a prediction instead of an estimate.",
        message: { "\($0.counted("value")) \($0.firstRemark ?? "cannot be read as the others") (estimate)" },
        messageForColumns: {
            "\($0.counted("value", "does not fit its column", "do not fit their columns")) (estimate)\($0.reasons)"
        })

    static let mixedFormats = FindingKind(
        code: "PF421", slug: "mixed-formats", severity: .warning, about: .values,
        title: "Column mixes several formats",
        why: """
            A format that reads some of these values rejects or misreads the others: 1.5 and 2,5 cannot both be decimals. Without a \
            profile the intended format is unknown (estimate).
            """,
        help: "Export the column in one format, or describe it in a profile (-p PROFILE) to see what the import would skip.",
        message: { "\($0.count.counted("value")) in \($0.firstRemark ?? "several formats") (estimate)" })
}
