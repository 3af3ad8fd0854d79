import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports dates whose century is assumed, and dates outside the years that the profile says are meant.
///
/// Where the profile says it, every date of the column is looked at; where it does not, those at the beginning of the file. Without a profile,
/// ``InferenceCheck`` counts the dates of the columns that hold nothing else.
struct YearCheck: Check {
    static let kinds: [FindingKind] = [.doubtfulCentury]

    private let layout: FileLayout
    private let decoder: FieldDecoder
    private var columns: [Column] = []
    /// How far into the file it looks where no years are given.
    private static let most = 64 << 10

    private struct Column {
        /// By its index in the row.
        var index: Int
        var patterns: [(pattern: DatePattern, hasTwoDigits: Bool)]
        var years: ClosedRange<Int>?
        var group = -1
        /// Where no years are given: dates with two digits, the first of them, and those that are far from now in either century.
        var count = 0
        var farCount = 0
        var first: (shown: VisibleText, year: Int)?
        var examples: [Finding.Example] = []
    }

    init?(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
        for (index, rule) in (layout.rules ?? []).enumerated() {
            guard let profile = rule?.settings.profile, profile.type == .date else { continue }
            let patterns = profile.date.patterns.map { ($0, $0.hasTwoDigitYear) }
            guard profile.date.years != nil || patterns.contains(where: \.1) else { continue }
            columns.append(Column(index: index, patterns: patterns, years: profile.date.years))
        }
        if columns.isEmpty, layout.rules != nil { return nil }
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard !columns.isEmpty, batch.byteOffset < Self.most || columns.contains(where: { $0.years != nil }) else { return }
        var rows = judgement.rows.wholeRows
        while let row = rows.next() {
            guard let bytes = batch.bytes(ofRow: row.index), bytes.count <= batch.limits.rowBytes else { continue }
            let fields = batch.fields(ofRow: row.index)
            let isAtBeginning = batch.streamOffset(ofPosition: batch.start(ofRow: row.index)) < Self.most
            for slot in columns.indices where isAtBeginning || columns[slot].years != nil {
                let field = fields.lowerBound + columns[slot].index
                guard field < fields.upperBound, let year = year(of: field, columns[slot], batch) else { continue }
                note(year, field: field, row: row, slot: slot, batch, log: &log)
            }
            if !isAtBeginning, !columns.contains(where: { $0.years != nil }) { return }
        }
    }

    /// The year of a date that parses, as it is written.
    private func year(of field: Int, _ column: Column, _ batch: borrowing RowBatch) -> (value: Int, hasTwoDigits: Bool)? {
        decoder.withText(of: field, in: batch) { text in
            if text.isEmpty { return nil }
            for (pattern, hasTwoDigits) in column.patterns {
                var matcher = DatePatternMatcher(text)
                if matcher.judge(pattern).verdict == .parses { return (matcher.date.year % (hasTwoDigits ? 100 : 10_000), hasTwoDigits) }
            }
            return nil
        }
    }

    private mutating func note(
        _ year: (value: Int, hasTwoDigits: Bool), field: Int, row: RowRecord, slot: Int, _ batch: borrowing RowBatch, log: inout FindingLog
    ) {
        let number = columns[slot].index + 1
        if let years = columns[slot].years {
            let isMeant =
                year.hasTwoDigits
                ? (years.lowerBound...years.upperBound).contains { $0 % 100 == year.value } : years.contains(year.value)
            if isMeant { return }
            if columns[slot].group < 0 {
                columns[slot].group = log.group(.doubtfulCentury, column: number, severity: nil, predicts: nil)
            }
            log.count(in: columns[slot].group, row: row.number, field: field)
            if log.wantsExample(columns[slot].group) {
                log.addExample(to: columns[slot].group) { example(field, row: row, column: number, batch, lines: &$0) }
            }
            return
        }
        guard year.hasTwoDigits else { return }
        columns[slot].count += 1
        if (Self.far).contains(year.value) { columns[slot].farCount += 1 }
        if columns[slot].first == nil {
            columns[slot].first = (VisibleText(field: field, in: batch, quote: layout.quote), year.value)
        }
        if columns[slot].examples.count < layout.samples {
            var lines = LineCursor()
            columns[slot].examples.append(example(field, row: row, column: number, batch, lines: &lines))
        }
    }

    private func example(
        _ field: Int, row: RowRecord, column: Int, _ batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        Finding.Example(field: field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines, quote: layout.quote)
    }

    /// Years of two digits that may be of either century: 1935 is a year of birth, 2035 the end of a contract.
    private static let far = 30...99

    mutating func merge(_ later: YearCheck, at joint: Joint) {
        for slot in columns.indices {
            let other = later.columns[slot]
            if columns[slot].group < 0 { columns[slot].group = joint.group(other.group) }
            columns[slot].count += other.count
            columns[slot].farCount += other.farCount
            columns[slot].first = columns[slot].first ?? other.first
            columns[slot].examples.append(other.examples, upTo: layout.samples, at: joint)
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        if layout.rules == nil { return noteInferred(prediction.evidence, log: &log) }
        for column in columns {
            if let years = column.years {
                if column.group >= 0 {
                    log.addRemark("outside years: \(years.lowerBound)..\(years.upperBound)", to: column.group, column: column.index + 1)
                    let hasTwoDigits = column.patterns.contains(where: \.hasTwoDigits)
                    log.setHelp(hasTwoDigits ? Help.outsideWithTwoDigits : Help.outside, of: column.group)
                }
                continue
            }
            guard column.count > 0, let first = column.first else { continue }
            let group = log.group(
                .doubtfulCentury, column: column.index + 1, severity: column.farCount > 0 ? nil : .note, predicts: nil)
            log.note(collected: column.count, first: column.examples, in: group)
            log.addRemark(
                "\"\(first.shown)\" is taken for \(DateFormat.assumedYear(first.year)) (assumed)", to: group, column: column.index + 1)
        }
    }

    /// Whether a column is named so that `01.02.33` is a number in it: of a section, a version.
    private static func mayBeNumbers(_ name: [UInt8]) -> Bool {
        let name = String(decoding: name, as: UTF8.self).lowercased()
        return numberWords.contains(where: name.contains)
    }

    private static let numberWords = [
        "section", "version", "chapter", "clause", "release", "revision", "paragraph", "abschnitt", "kapitel",
    ]

    /// Reports the columns of dates that have values with a year of two digits. All values are counted.
    private func noteInferred(_ columns: [ColumnEvidence], log: inout FindingLog) {
        for column in columns where column.type?.kind == .date && !Self.mayBeNumbers(column.column.name.bytes) {
            let short = column.parts.filter { part in
                part.formats.contains(.shortYear) || !part.formats.isDisjoint(with: .shortYears)
            }
            if short.isEmpty { continue }
            let isDistant = short.contains { $0.formats.contains(.distantYear) }
            let group = log.group(.doubtfulCentury, column: column.column.index, severity: isDistant ? nil : .note, predicts: nil)
            for part in short { log.note(collected: part.count, first: part.examples, in: group) }
            log.addRemark("no profile says which years are meant", to: group, column: column.column.index)
        }
    }
}

private enum Help {
    /// Where the profile says which years are meant.
    static let outside = "Correct the year in the file. Or widen \"years\" in the profile, if the year is right."
    static let outsideWithTwoDigits = "Export four digits, and correct the year. Or widen \"years\" in the profile, if the year is right."
}

extension YearCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&columns) { coder, column in
            coder.reference(&column.group)
            coder(&column.count)
            coder(&column.farCount)
            coder.optional(&column.first, blank: (.blank, 0)) { coder, first in
                coder(&first.shown)
                coder(&first.year)
            }
            coder(&column.examples)
        }
    }
}

extension FindingKind {
    static let doubtfulCentury = FindingKind(
        code: "PF603", slug: "doubtful-century", severity: .warning, about: .values,
        title: "Year may be of another century",
        why: """
            Two digits do not say the century: many programs read 00 to 49 as 2000 to 2049 and 50 to 99 as 1950 to 1999; what Pigment does is \
            undocumented. A wrong century loads silently.
            """,
        help: "Export four digits. Or say in the profile which years are meant, to find the dates that are not: date: {years: 2000..2035}",
        otherHelp: [Help.outside, Help.outsideWithTwoDigits],
        message: { "\($0.counted("date")) with a year that may be of another century\($0.reasons)" })
}
