import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports values of a column that look like another value of it and have other characters, in the first rows of the file: composed and decomposed
/// letters, characters that cannot be seen, letters of another script.
///
/// Keys and the items of dimensions have findings of their own, with all rows; numbers and dates are judged one by one.
struct LookalikeValueCheck: Check {
    static let kinds: [FindingKind] = [.lookalikeValues]

    private let layout: FileLayout
    private let decoder: FieldDecoder
    private let hash: KeyHash
    private var columns: [Column]
    /// How far into the file it looks, and the longest value.
    private static let (most, longest) = (64 << 10, 200)

    private struct Column {
        /// Its index in the row.
        var index: Int
        /// The first line of each value that is its own usual spelling, by its hash.
        var plain: [UInt64: Int] = [:]
        /// The other ones, in file order.
        var others: [Other] = []
        var known: Set<UInt64> = []
    }

    /// A value that has another usual spelling.
    private struct Other {
        var exact: UInt64
        var usual: UInt64
        var text: String
        var usualText: String
        var example: Finding.Example
    }

    init?(layout: FileLayout, plan: ColumnPlan) {
        // In ASCII nothing looks like anything else.
        guard layout.encoding != .utf8 || layout.beginsAsUTF8 else { return nil }
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
        hash = plan.hash
        let keys = Set(layout.keys.joined())
        columns = (0..<min(layout.width, BatchEvidence.mostColumns)).filter { index in
            guard !keys.contains(index) else { return false }
            guard let rules = layout.rules, index < rules.count, let rule = rules[index] else { return true }
            return rule.settings.profile.type == .text
        }.map { Column(index: $0) }
        if columns.isEmpty { return nil }
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        var lines = LineCursor()
        judgement.rows.forEachWhole(inFirst: Self.most, of: batch) { row in
            let fields = batch.fields(ofRow: row.index)
            for slot in columns.indices {
                let field = fields.lowerBound + columns[slot].index
                if field < fields.upperBound, batch.byteCount(ofField: field) <= Self.longest {
                    look(at: field, row: row, slot: slot, batch, &lines)
                }
            }
        }
    }

    private mutating func look(
        at field: Int, row: RowRecord, slot: Int, _ batch: borrowing RowBatch, _ lines: inout LineCursor
    ) {
        let (exact, spelling) = decoder.withText(of: field, in: batch) { text in
            let exact = hash(text)
            let isKnown = text.isEmpty || columns[slot].known.contains(exact) || columns[slot].plain[exact] != nil
            return (exact, isKnown ? nil : Self.spelling(text))
        }
        guard let spelling else { return }
        guard let usual = spelling.usual else {
            return columns[slot].plain[exact] = lines.line(of: batch.range(ofField: field).lowerBound, in: batch)
        }
        let example = Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: columns[slot].index + 1, lines: &lines,
            quote: layout.quote)
        columns[slot].known.insert(exact)
        columns[slot].others.append(
            Other(
                exact: exact, usual: usual.withBytes { hash($0) }, text: spelling.text, usualText: usual,
                example: example))
    }

    /// A text, and its usual spelling if that is another one; `nil` for what is not compared: no words, or ill-formed.
    private static func spelling(_ bytes: Span<UInt8>) -> (text: String, usual: String?)? {
        guard bytes.contains(where: { $0 >= 0x80 || (0x61...0x7A).contains($0 | 0x20) }) else { return nil }
        if !Lookalike.mayDeceive(bytes) { return ("", nil) }
        guard let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.contains(where: { $0.properties.isAlphabetic })
        else {
            return nil
        }
        if Lookalike.isUsual(bytes) { return (text, nil) }
        let usual = Lookalike.usualSpelling(of: text)
        return (text, bytes.elementsEqual(usual.utf8) ? nil : usual)
    }

    mutating func merge(_ later: LookalikeValueCheck, at joint: Joint) {
        for slot in columns.indices {
            columns[slot].plain.merge(later.columns[slot].plain.mapValues { $0 + joint.lines }) { own, _ in own }
            for var other in later.columns[slot].others where columns[slot].known.insert(other.exact).inserted {
                other.example = other.example.shifted(by: joint)
                columns[slot].others.append(other)
            }
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for column in columns {
            var firstByUsual: [UInt64: Other] = [:]
            var (count, examples, remarks) = (0, [Finding.Example](), [String]())
            for other in column.others {
                let first = firstByUsual[other.usual]
                if first == nil { firstByUsual[other.usual] = other }
                let line = column.plain[other.usual] ?? first?.example.place.line
                let text = column.plain[other.usual] == nil ? first?.text : other.usualText
                guard let line, let text, let difference = Lookalike.difference(of: other.text, from: text) else { continue }
                count += 1
                if examples.count < layout.samples { examples.append(other.example) }
                remarks.append("line \(other.example.place.line) looks like line \(line), but is written \(difference.words)")
            }
            guard count > 0 else { continue }
            let group = log.group(.lookalikeValues, column: column.index + 1, severity: nil, predicts: nil)
            log.note(collected: count, first: examples, in: group)
            for remark in remarks.prefix(4) { log.addRemark(remark, to: group, column: column.index + 1) }
        }
    }
}

extension LookalikeValueCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&columns) { coder, column in
            coder(&column.plain)
            coder.list(&column.others, blank: Other(exact: 0, usual: 0, text: "", usualText: "", example: .blank)) { coder, other in
                coder(&other.exact)
                coder(&other.usual)
                coder(&other.text)
                coder(&other.usualText)
                coder(&other.example)
            }
            coder(&column.known)
        }
    }
}

extension FindingKind {
    static let lookalikeValues = FindingKind(
        code: "PF608", slug: "lookalike-values", severity: .warning, about: .values,
        title: "Values look the same and are written with other characters",
        why: """
            Where people see one value, an import sees two (assumed): as items of a dimension they would be different, and a filter for one would \
            not find the other.
            """,
        help:
            "Write such values the same way in the export: no invisible characters, accented letters as one code point, letters of one script.",
        message: {
            "\($0.counted("value", "looks like another one", "look like other ones")) of the column, in the first 64 kB\($0.reasons)"
        })
}
