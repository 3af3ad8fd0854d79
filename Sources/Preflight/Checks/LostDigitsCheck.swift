import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports long numbers in scientific notation, as a spreadsheet shows ids.
///
/// Without a profile, all of the file is looked at: the numbers with an exponent are known. With one, the beginning is. Columns that hold numbers
/// by the profile are left out: there the exponent itself is doubtful.
struct LostDigitsCheck: Check {
    static let kinds: [FindingKind] = [.lostDigits]

    private let layout: FileLayout
    /// The groups by column, and the first texts of each: equal ones are equal ids.
    private var groups: [Int: Int] = [:]
    private var repeatedCount: [Int: Int] = [:]
    private var texts: [Int: Set<[UInt8]>] = [:]

    /// How far into the file it looks where a profile describes the columns.
    private static let most = 256 << 10
    /// How far into the file values are compared, and how many different ones of a column it remembers.
    private static let (mostCompared, mostTexts) = (64 << 10, 1000)

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    /// As spreadsheets write them, and as programs do: `4.7E+17`, `4.7E17`.
    private static let patterns = "+12".utf8.map { next in
        BytePattern((first: UInt8(ascii: "e"), mask: 0x20), (second: next, mask: 0), distance: 1)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard batch.isIndexed else { return }
        if layout.rules == nil {
            lookAtOddValues(batch, judgement, log: &log)
        } else if batch.byteOffset < Self.most {
            lookAtBeginning(batch, judgement, log: &log)
        }
    }

    private mutating func lookAtOddValues(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let evidence = judgement.evidence
        for column in evidence.heads.indices where evidence.hasEntry(with: .exponent, column: column) {
            evidence.forEachRow(with: .number, column: column) { row in
                guard batch.isKeptWhole(row) else { return }
                let field = batch.fields(ofRow: row).lowerBound + column
                let text = Self.trimmed(batch.bytes[batch.range(ofField: field)], quote: layout.quote)
                guard Self.hasLostDigits(text) else { return }
                note(Array(text), field: field, row: row, number: judgement.rows.number(of: row), column: column + 1, batch, log: &log)
            }
        }
    }

    private mutating func lookAtBeginning(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        var places: [Int] = []
        for pattern in Self.patterns {
            var position = 0
            while let place = pattern.firstPlace(in: batch.bytes, from: position), batch.streamOffset(ofPosition: place) < Self.most {
                places.append(place)
                position = place + 1
            }
        }
        var cursor = RowCursor()
        var position = 0
        for place in places.sorted() where place >= position {
            let field = batch.field(atPosition: place)
            let row = cursor.row(of: field, in: batch)
            let range = batch.range(ofField: field)
            // A field has one at most.
            position = max(place + 1, range.upperBound)
            let (number, column) = (judgement.rows.number(of: row), batch.column(ofField: field, inRow: row))
            // What is known of a longer row depends on how the input was cut.
            let isWhole = batch.isKeptWhole(row)
            guard number > 0, isWhole, column <= layout.width, !isNumber(column) else { continue }
            let text = Self.trimmed(batch.bytes[range], quote: layout.quote)
            if Self.hasLostDigits(text) { note(Array(text), field: field, row: row, number: number, column: column, batch, log: &log) }
        }
    }

    private func isNumber(_ column: Int) -> Bool {
        guard let rules = layout.rules, column <= rules.count, let rule = rules[column - 1] else { return false }
        return rule.settings.profile.type == .number || rule.settings.profile.type == .integer
    }

    private mutating func note(
        _ text: [UInt8], field: Int, row: Int, number: Int, column: Int, _ batch: borrowing RowBatch, log: inout FindingLog
    ) {
        let group = groups[column] ?? log.group(.lostDigits, column: column, severity: nil, predicts: nil)
        groups[column] = group
        log.count(in: group, row: number, field: field)
        if batch.streamOffset(ofPosition: batch.start(ofRow: row)) < Self.mostCompared {
            if texts[column, default: []].contains(text) {
                repeatedCount[column, default: 0] += 1
            } else if texts[column, default: []].count < Self.mostTexts {
                texts[column, default: []].insert(text)
            }
        }
        guard log.wantsExample(group) else { return }
        log.addExample(to: group) {
            Finding.Example(field: field, ofRow: row, number: number, in: batch, column: column, lines: &$0, quote: layout.quote)
        }
    }

    mutating func merge(_ later: LostDigitsCheck, at joint: Joint) {
        // Only the range with the beginning has texts, except where a range is very short.
        for (column, group) in later.groups where groups[column] == nil { groups[column] = joint.group(group) }
        for (column, others) in later.texts {
            repeatedCount[column, default: 0] += texts[column, default: []].intersection(others).count
            texts[column, default: []].formUnion(others)
        }
        for (column, count) in later.repeatedCount { repeatedCount[column, default: 0] += count }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for column in groups.keys.sorted() {
            guard let group = groups[column] else { continue }
            if layout.rules != nil { log.addRemark("in the first 256 kB", to: group) }
            guard let count = repeatedCount[column], count > 0 else { continue }
            log.addRemark("\(count.grouped) equal to an earlier one", to: group, column: column)
        }
    }

    @_lifetime(copy field)
    private static func trimmed(_ field: Span<UInt8>, quote: UInt8) -> Span<UInt8> {
        var text = field
        while let first = text.first, first == quote || first == UInt8(ascii: " ") { text = text.dropFirst() }
        while let last = text.last, last == quote || last == UInt8(ascii: " ") { text = text.dropLast() }
        return text
    }

    /// `4.70012E+17`: one digit, a decimal separator, at most ten digits, and an exponent that says that there were more. Spreadsheets write numbers so from
    /// twelve digits on; what they keep of a number has fifteen digits at most.
    private static func hasLostDigits(_ text: Span<UInt8>) -> Bool {
        guard text.count >= 5, let mark = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }), mark + 1 < text.count else {
            return false
        }
        let hasSign = text[mark + 1] == UInt8(ascii: "+")
        let (mantissa, exponent) = (text[..<mark], text[(mark + (hasSign ? 2 : 1))...])
        // Without a sign and a separator it is a code: 1E11.
        if !hasSign, mantissa.count < 3 { return false }
        guard exponent.count == 2, exponent.allSatisfy(ASCII.isDigit), let first = mantissa.first, ASCII.isDigit(first),
            first != UInt8(ascii: "0")
        else { return false }
        let power = exponent.indices.reduce(0) { $0 * 10 + Int(exponent[$1] - UInt8(ascii: "0")) }
        let rest = mantissa.dropFirst()
        guard power >= 11, power <= 25 else { return false }
        if rest.isEmpty { return true }
        let isSeparator = rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",")
        return isSeparator && rest.dropFirst().allSatisfy(ASCII.isDigit) && rest.count - 1 < power && rest.count <= 15
    }
}

extension LostDigitsCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.table(&groups, blank: -1) { coder, group in coder.reference(&group) }
        coder(&repeatedCount)
        coder(&texts)
    }
}

extension FindingKind {
    static let lostDigits = FindingKind(
        code: "PF604", slug: "lost-digits", severity: .warning, about: .values,
        title: "Long number in scientific notation",
        why: """
            A spreadsheet writes ids of twelve digits and more like this. The digits after the first few are lost for good, and different ids \
            become equal. The file cannot be repaired.
            """,
        help: "Export again from the source, not from a spreadsheet; or format the column as text before the ids are put in.",
        message: {
            "\($0.counted("value")) in scientific notation: the last digits are lost if these are ids\($0.reasons)"
        })
}
