import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports columns of percentages in which some numbers have the percent sign and others do not, in the first rows of the file.
///
/// A column without any sign is as documented: `5` is 0.05. Zeros need no sign, and a number below 1 without one is doubtful by itself.
struct PercentSignCheck: Check {
    static let kinds: [FindingKind] = [.somePercentSigns]

    private let layout: FileLayout
    private let decoder: FieldDecoder
    private var columns: [Column] = []
    /// How far into the file it looks: a program that writes some of the signs does so everywhere.
    private static let most = 64 << 10

    private struct Column {
        /// Its index in the row.
        var index: Int
        /// Numbers with the sign, and without.
        var signed = 0
        var bare = 0
        /// Of those without.
        var first: VisibleText?
        var examples: [Finding.Example] = []
    }

    init?(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
        for (index, rule) in (layout.rules ?? []).enumerated() {
            guard let profile = rule?.settings.profile, profile.type.kind.holdsNumbers, profile.number.isPercent else { continue }
            columns.append(Column(index: index))
        }
        if columns.isEmpty { return nil }
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        judgement.rows.forEachWhole(inFirst: Self.most, of: batch) { row in
            let fields = batch.fields(ofRow: row.index)
            for slot in columns.indices {
                let field = fields.lowerBound + columns[slot].index
                if field < fields.upperBound { look(at: field, row: row, slot: slot, batch) }
            }
        }
    }

    private mutating func look(at field: Int, row: RowRecord, slot: Int, _ batch: borrowing RowBatch) {
        switch decoder.withText(of: field, in: batch, Self.sign) {
        case nil: return
        case true: columns[slot].signed += 1
        case false:
            columns[slot].bare += 1
            columns[slot].first = columns[slot].first ?? VisibleText(field: field, in: batch, quote: layout.quote)
            guard columns[slot].examples.count < layout.samples else { return }
            var lines = LineCursor()
            columns[slot].examples.append(
                Finding.Example(
                    field: field, ofRow: row.index, number: row.number, in: batch, column: columns[slot].index + 1, lines: &lines,
                    quote: layout.quote))
        }
    }

    /// Whether a number has a percent sign; `nil` for what is no number, for zeros, and for numbers below 1.
    private static func sign(_ field: Span<UInt8>) -> Bool? {
        let text = Whitespace.trim(field)
        guard let digit = text.first(where: ASCII.isDigit) else { return nil }
        if text.last == UInt8(ascii: "%") { return true }
        let isNumber = text.allSatisfy { ASCII.isDigit($0) || "+-.,".utf8.contains($0) }
        return isNumber && digit != UInt8(ascii: "0") ? false : nil
    }

    mutating func merge(_ later: PercentSignCheck, at joint: Joint) {
        for slot in columns.indices {
            let other = later.columns[slot]
            columns[slot].signed += other.signed
            columns[slot].bare += other.bare
            columns[slot].first = columns[slot].first ?? other.first
            columns[slot].examples.append(other.examples, upTo: layout.samples, at: joint)
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for column in columns where column.signed > 0 && column.bare > 0 {
            let group = log.group(.somePercentSigns, column: column.index + 1, severity: nil, predicts: nil)
            log.note(collected: column.bare, first: column.examples, in: group)
            let others = "\(column.signed.grouped) \(column.signed == 1 ? "has" : "have") one"
            let reading = column.first.map { ": \"\($0)\" is read as a percentage all the same" } ?? ""
            log.addRemark(others + reading, to: group, column: column.index + 1)
        }
    }
}

extension PercentSignCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&columns) { coder, column in
            coder(&column.signed)
            coder(&column.bare)
            coder(&column.first)
            coder(&column.examples)
        }
    }
}

extension FindingKind {
    static let somePercentSigns = FindingKind(
        code: "PF607", slug: "some-percent-signs", severity: .warning, about: .values,
        title: "Some numbers of a percent column have no percent sign",
        why: """
            With "percent: true", 5 is read as 5 %, with or without the sign. Where others have it, a number without one may be a share: 1 for \
            100 %, 1.5 for 150 %. The wrong number loads silently.
            """,
        help: "Compare these numbers with the source. Write all percentages with the sign, or none.",
        message: { "\($0.counted("number", "has", "have")) no percent sign, in the first 64 kB\($0.reasons)" })
}
