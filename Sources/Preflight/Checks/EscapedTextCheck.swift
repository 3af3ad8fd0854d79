import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText

/// Reports text that was escaped for another format than CSV, near the beginning of the file and in the header: see ``EscapedText``.
struct EscapedTextCheck: Check {
    static let kinds: [FindingKind] = [.escapedText]

    private let layout: FileLayout
    private let decoder: FieldDecoder
    private var found: [Key: Found] = [:]
    /// Columns with markup, where entities are meant, and with backslashes that escape nothing, as paths and patterns have.
    private var markupColumns: Set<Int> = []
    private var pathColumns: Set<Int> = []

    /// Values of a column that are escaped for one format.
    fileprivate struct Key: Hashable {
        var column: Int
        var format: TextEscape.Format
    }

    private struct Found {
        var count = 0
        /// The first escape, and what it stands for.
        var shown: String
        var examples: [Finding.Example] = []
    }

    /// How far into the file it looks.
    private static let most = 256 << 10
    private static let mostColumns = 500
    /// What an escape begins with: a byte that is rare in most text, or one that is rare before another.
    private static let signs = Array("&\\%".utf8)
    private static let patterns = [("_", "x"), ("<", "U"), ("=", "?")].map { first, second in
        BytePattern(Array((first + second).utf8), compared: (0, 1), ignoresCase: false)
    }

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard batch.byteOffset < Self.most, batch.isIndexed else { return }
        var (cursor, lines) = (RowCursor(), LineCursor())
        for field in fieldsWithSigns(of: batch) {
            let row = cursor.row(of: field, in: batch)
            // What is known of a longer row depends on how the input was cut.
            guard batch.streamOffset(ofPosition: batch.start(ofRow: row)) < Self.most, batch.isKeptWhole(row) else { continue }
            let column = batch.column(ofField: field, inRow: row)
            guard column <= Self.mostColumns else { continue }
            let text = decoder.withText(of: field, in: batch) { EscapedText($0) }
            if text.hasMarkup { markupColumns.insert(column) }
            if text.hasOtherBackslash { pathColumns.insert(column) }
            guard let escape = text.first else { continue }
            let key = Key(column: column, format: escape.format)
            var values = found[key] ?? Found(shown: decoder.withText(of: field, in: batch) { Self.shown(escape, in: $0) })
            values.count += 1
            if values.examples.count < layout.samples {
                values.examples.append(
                    Finding.Example(
                        field: field, ofRow: row, number: judgement.rows.number(of: row), in: batch, column: column, lines: &lines,
                        quote: layout.quote))
            }
            found[key] = values
        }
    }

    /// Fields that may have an escape.
    private func fieldsWithSigns(of batch: borrowing RowBatch) -> BitSet {
        var fields = BitSet()
        for sign in Self.signs {
            var position = 0
            while let place = batch.bytes.nextIndex(of: sign, from: position), batch.streamOffset(ofPosition: place) < Self.most {
                position = add(place, of: batch, to: &fields)
            }
        }
        for pattern in Self.patterns {
            var position = 0
            while let place = pattern.firstPlace(in: batch.bytes, from: position), batch.streamOffset(ofPosition: place) < Self.most {
                position = add(place, of: batch, to: &fields)
            }
        }
        return fields
    }

    /// - Returns: where the next field begins: further signs in this one make no difference.
    private func add(_ place: Int, of batch: borrowing RowBatch, to fields: inout BitSet) -> Int {
        let field = batch.field(atPosition: place)
        fields.insert(field)
        return max(place + 1, batch.range(ofField: field).upperBound)
    }

    /// `"&amp;" is "&" in HTML`
    private static func shown(_ escape: TextEscape, in text: Span<UInt8>) -> String {
        let written = VisibleText(Array(text[escape.range]), limit: 40)
        let meaning =
            switch escape.meaning {
            case " ": "a space"
            case "\n": "a line end"
            case "\r": "a carriage return"
            case "\t": "a tab"
            default: "\"\(VisibleText(escape.meaning))\""
            }
        switch escape.format {
        case .html: return "\"\(written)\" is \(meaning) in HTML"
        case .backslash: return "\"\(written)\" is \(meaning) in JSON and in programs"
        case .address: return "\"\(written)\" is \(meaning) in web addresses"
        case .office: return "\"\(written)\" is \(meaning) in Office files"
        case .codePoint: return "\"\(written)\" is \(meaning), as R prints it"
        case .mail: return "\"\(written)\" begins an encoded word of email"
        }
    }

    mutating func merge(_ later: EscapedTextCheck, at joint: Joint) {
        markupColumns.formUnion(later.markupColumns)
        pathColumns.formUnion(later.pathColumns)
        for (key, values) in later.found {
            found[key, default: Found(shown: values.shown)].count += values.count
            found[key, default: Found(shown: values.shown)].examples.append(values.examples, upTo: layout.samples, at: joint)
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        let meant = found.filter { key, _ in
            switch key.format {
            case .html: !markupColumns.contains(key.column)
            case .backslash: !pathColumns.contains(key.column)
            case .address, .office, .codePoint, .mail: true
            }
        }
        guard let first = meant.keys.first else { return }
        let isOneColumn = meant.keys.allSatisfy { $0.column == first.column }
        let group = log.group(.escapedText, column: isOneColumn ? first.column : nil, severity: nil, predicts: nil)
        let ordered = meant.sorted { ($0.key.format.rawValue, $0.key.column) < ($1.key.format.rawValue, $1.key.column) }
        for (key, values) in ordered {
            if !isOneColumn { log.cover(key.column, in: group) }
            log.note(collected: values.count, first: values.examples, in: group)
            // One of each format says enough.
            if ordered.first(where: { $0.key.format == key.format })?.key == key { log.addRemark(values.shown, to: group) }
        }
    }
}

extension EscapedTextCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.table(&found, blank: Found(shown: "")) { coder, values in
            coder(&values.count)
            coder(&values.shown)
            coder(&values.examples)
        }
        coder(&markupColumns)
        coder(&pathColumns)
    }
}

extension EscapedTextCheck.Key: CodedValue {
    static var blank: Self { Self(column: 0, format: .html) }

    mutating func code(_ coder: inout StateCoder) {
        coder(&column)
        coder.raw(&format)
    }
}

extension FindingKind {
    static let escapedText = FindingKind(
        code: "PF113", slug: "escaped-text", severity: .note, about: .bytes,
        title: "Text is escaped for another format",
        why: """
            A program escaped the text for a web page, for JSON or for an address, and wrote it to the CSV as it was. It loads with the escapes in it, \
            and an item of such a name is another item (assumed). The first 256 kB of a file are searched for it.
            """,
        help: "Check some of the values. If they are wrong, export the text itself, without escapes of HTML, JSON or web addresses.",
        message: { "\($0.counted("value", "is", "are")) escaped for another format\($0.reasons)" })
}
