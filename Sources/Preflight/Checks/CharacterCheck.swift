import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Explains NUL bytes, ill-formed text, and byte order marks inside the file.
struct CharacterCheck: Check {
    static let kinds: [FindingKind] = [.invalidUTF8, .nulByte, .innerByteOrderMark, .undecodable]

    private let layout: FileLayout
    /// By column, as far as one is known to have faults; 0 is for fields without a column.
    private var columns: [Column] = []
    /// Rows with an ill-formed sequence.
    private var illFormedRowCount = 0
    /// Well-formed characters of several bytes in fields that have ill-formed text as well.
    private var multibyteCount = 0
    /// Around the first ill-formed sequences: what they are in Windows-1252.
    private var words: [VisibleText] = []
    private var wordCount = 0

    private struct Column {
        var illFormed = IllFormed()
        /// The group of findings of each fault, or -1.
        var groups = (illFormed: -1, nul: -1, mark: -1)

        subscript(fault: Fault) -> Int {
            get {
                switch fault {
                case .illFormed: groups.illFormed
                case .nul: groups.nul
                case .mark: groups.mark
                }
            }
            set {
                switch fault {
                case .illFormed: groups.illFormed = newValue
                case .nul: groups.nul = newValue
                case .mark: groups.mark = newValue
                }
            }
        }
    }

    private enum Fault { case illFormed, nul, mark }

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    /// What is ill-formed in the file's encoding.
    private var illFormedKind: FindingKind { layout.encoding == .utf8 ? .invalidUTF8 : .undecodable }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        noteMarks(batch, judgement, log: &log)
        guard batch.isSuspicious, batch.rowCount > 0 else { return }
        var cursor = RowCursor()
        var row = Row(0, width: layout.width, batch, judgement)
        if let scan = batch.missingFieldsCharacters { row.add(scan, to: &self[column: 0].illFormed) }
        var scan = CharacterScan(offset: 0)
        for field in judgement.faultyFields {
            if field >= row.fields.upperBound {
                noteUnnamed(row, batch, log: &log)
                row = Row(cursor.row(of: field, in: batch), width: layout.width, batch, judgement)
            }
            batch.scanCharacters(ofField: field, into: &scan)
            if scan.invalidCount > 0 {
                row.isIllFormed = true
                multibyteCount += scan.multibyteCount
                keepWord(of: field, at: scan.firstInvalidOffset, in: batch)
            }
            if field < row.namedEnd {
                note(scan, field: field, row: row, batch: batch, log: &log)
            } else {
                row.add(scan, to: &self[column: 0].illFormed)
            }
        }
        noteUnnamed(row, batch, log: &log)
    }

    /// A row with faulty fields.
    private struct Row {
        let record: RowRecord
        let fields: Range<Int>
        /// Fields after this one have no column to name and share a group of findings.
        let namedEnd: Int
        /// In fields without a column.
        var invalidCount = 0
        var nulCount = 0
        /// Whether any of its fields has an ill-formed sequence.
        var isIllFormed = false

        init(_ index: Int, width: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
            record = RowRecord(index: index, number: judgement.rows.number(of: index))
            fields = batch.fields(ofRow: index)
            namedEnd = fields.lowerBound + min(width, batch.isSteady ? fields.count : batch.steadyFieldCount(ofRow: index))
        }

        mutating func add(_ scan: CharacterScan, to illFormed: inout IllFormed) {
            invalidCount += scan.invalidCount
            nulCount += scan.nulCount
            isIllFormed = isIllFormed || scan.invalidCount > 0
            illFormed.add(scan.illFormed)
        }
    }

    private subscript(column column: Int) -> Column {
        get { column < columns.count ? columns[column] : Column() }
        _modify {
            while columns.count <= column { columns.append(Column()) }
            yield &columns[column]
        }
    }

    /// The group of findings of a kind in a column, which is looked up once.
    private mutating func group(
        _ kind: FindingKind, _ fault: Fault, column: Int, log: inout FindingLog
    ) -> Int {
        if column < columns.count, columns[column][fault] >= 0 { return columns[column][fault] }
        let group = log.group(kind, column: column == 0 ? nil : column, severity: nil, predicts: nil)
        self[column: column][fault] = group
        return group
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        if layout.isEncodingDeclared { log.setHelp(Help.writeAgain, of: .nulByte) }
        guard layout.encoding == .utf8 else {
            if !layout.isEncodingDeclared { log.setHelp(Help.damaged, of: illFormedKind) }
            return
        }
        var all = IllFormed()
        for column in columns { all.add(column.illFormed) }
        let total = IllFormed.Kind.allCases.reduce(0) { $0 + all.count(of: $1) }
        guard total > 0 else { return }
        let isUsual = all.usualWindows1252Count == total
        // A few sequences of an encoding of single bytes look like UTF-8 by chance.
        let isMixed = isUsual && (layout.beginsAsUTF8 || Self.isMore(log.multibyteCount ?? multibyteCount, thanFewOf: total))
        if isUsual, !isMixed, !Self.isMore(all.longCount, thanFewOf: total), !Self.isMore(all.count(of: .surrogate), thanFewOf: total) {
            return noteWindows1252(log: &log)
        }
        // By group: those of further columns count together.
        var byGroup: [Int: IllFormed] = [:]
        for (column, found) in columns.lazy.map(\.illFormed).enumerated() where found != IllFormed() {
            let group = log.group(illFormedKind, column: column == 0 ? nil : column, severity: nil, predicts: nil)
            byGroup[group, default: IllFormed()].add(found)
        }
        for (group, found) in byGroup {
            for fault in IllFormed.Kind.allCases where found.count(of: fault) > 0 {
                log.addRemark("\(found.count(of: fault).grouped) \(Self.words(for: fault))", to: group)
            }
        }
        log.setHelp(isMixed ? Help.exportParts : Help.exportAgain, of: illFormedKind)
    }

    private static func isMore(_ count: Int, thanFewOf total: Int) -> Bool { count > total / 10 }

    /// The encoding is the cause of everything that is ill-formed: one finding for all columns.
    private func noteWindows1252(log: inout FindingLog) {
        log.proposedEncoding = .windows1252
        let group = log.unite(illFormedKind, rows: illFormedRowCount)
        let shown = words.map { "\"\($0.text)\"" }.joined(separator: ", ")
        log.addRemark("looks like Windows-1252" + (shown.isEmpty ? "" : ": " + shown), to: group)
        let columns = log.groups[group].shares.count
        if columns > 1 { log.addRemark("in \(columns.counted("column"))", to: group) }
        log.setHelp(layout.transcodes ? Help.addWindows1252 : Help.useWindows1252, of: group)
    }

    /// Words that are shown, bytes of the longest that is, and sequences that are looked at: a file may have one word only.
    private static let (mostWords, longestWord, mostLookedAt) = (3, 40, 100)

    /// Keeps the word around an ill-formed sequence, unless it is known or enough are.
    private mutating func keepWord(of field: Int, at offset: Int, in batch: borrowing RowBatch) {
        guard layout.encoding == .utf8, words.count < Self.mostWords, wordCount < Self.mostLookedAt,
            batch.byteCount(ofField: field) <= batch.limits.fieldBytes, let position = batch.position(ofStreamOffset: offset)
        else { return }
        wordCount += 1
        let range = batch.range(ofField: field)
        let bytes = batch.bytes
        func isPart(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0xA0 && byte != layout.quote && byte != 0x7F }
        var (start, end) = (position, position)
        while start > range.lowerBound, isPart(bytes[start - 1]), position - start < Self.longestWord / 2 { start -= 1 }
        while end < range.upperBound, isPart(bytes[end]), end - start < Self.longestWord { end += 1 }
        guard start < end, let text = Transcoder.windows1252Text(bytes[start..<end]) else { return }
        let word = VisibleText(text)
        if !words.contains(word) { words.append(word) }
    }

    private static func words(for kind: IllFormed.Kind) -> String {
        switch kind {
        case .cutShort: "truncated"
        case .overlong: "overlong"
        case .surrogate: "half a surrogate pair"
        case .outOfRange: "above U+10FFFF"
        case .strayContinuation: "stray continuation"
        }
    }

    private mutating func noteMarks(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        if judgement.markedFields.isEmpty { return }
        var cursor = RowCursor()
        var row = Row(0, width: layout.width, batch, judgement)
        for field in judgement.markedFields {
            if field >= row.fields.upperBound { row = Row(cursor.row(of: field, in: batch), width: layout.width, batch, judgement) }
            guard field < row.namedEnd else { continue }
            let column = batch.column(ofField: field, inRow: row.record.index)
            let group = group(.innerByteOrderMark, .mark, column: column, log: &log)
            log.count(in: group, row: row.record.number)
            guard log.wantsExample(group) else { continue }
            log.addExample(to: group) {
                Finding.Example(
                    field: field, ofRow: row.record.index, number: row.record.number, in: batch, column: column, lines: &$0, length: 3,
                    quote: layout.quote)
            }
        }
    }

    private mutating func note(_ scan: CharacterScan, field: Int, row: Row, batch: borrowing RowBatch, log: inout FindingLog) {
        let column = batch.column(ofField: field, inRow: row.record.index)
        if scan.invalidCount > 0 {
            let group = group(illFormedKind, .illFormed, column: column, log: &log)
            self[column: column].illFormed.add(scan.illFormed)
            log.count(scan.invalidCount, in: group, row: row.record.number)
            if log.wantsExample(group) {
                log.addExample(to: group) { example(of: scan, isNul: false, field: field, row: row.record, batch: batch, lines: &$0) }
            }
        }
        if scan.nulCount > 0 {
            let group = group(.nulByte, .nul, column: column, log: &log)
            log.count(scan.nulCount, in: group, row: row.record.number)
            if log.wantsExample(group) {
                log.addExample(to: group) { example(of: scan, isNul: true, field: field, row: row.record, batch: batch, lines: &$0) }
            }
        }
    }

    private func example(
        of scan: CharacterScan, isNul: Bool, field: Int, row: RowRecord, batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        let fieldLine = lines.line(of: batch.range(ofField: field).lowerBound, in: batch)
        let found = batch.lines(of: scan, inField: field, fieldLine: fieldLine)
        var example = Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: batch.column(ofField: field, inRow: row.index),
            lines: &lines, offset: isNul ? scan.firstNulOffset : scan.firstInvalidOffset, length: 1, quote: layout.quote)
        example.place.line = isNul ? found.nul : found.invalid
        return example
    }

    /// Of fields without a column: counted at their row, shown at its beginning.
    private mutating func noteUnnamed(_ row: Row, _ batch: borrowing RowBatch, log: inout FindingLog) {
        if row.isIllFormed { illFormedRowCount += 1 }
        if row.invalidCount > 0 {
            let group = group(illFormedKind, .illFormed, column: 0, log: &log)
            noteUnnamed(row.invalidCount, in: group, row: row.record, batch, log: &log)
        }
        if row.nulCount > 0 {
            let group = group(.nulByte, .nul, column: 0, log: &log)
            noteUnnamed(row.nulCount, in: group, row: row.record, batch, log: &log)
        }
    }

    private func noteUnnamed(_ count: Int, in group: Int, row: RowRecord, _ batch: borrowing RowBatch, log: inout FindingLog) {
        log.count(count, in: group, row: row.number)
        guard log.wantsExample(group) else { return }
        log.addExample(to: group) { Finding.Example(beginningOf: row, in: batch, lines: &$0, quote: layout.quote) }
    }
}

/// What to do, where it depends on the file and on what was declared.
private enum Help {
    static let useWindows1252 =
        "Read it as Windows-1252 and send it as UTF-8: --encoding windows-1252 --transcode. Or export it as UTF-8."
    static let addWindows1252 = "Add --encoding windows-1252, so that --transcode sends the text as UTF-8. Or export it as UTF-8."
    static let exportAgain = "Export it as UTF-8. It does not look like Windows-1252 either."
    static let exportParts = "The file mixes UTF-8 with another encoding, as joined files do. Export each part as UTF-8, then join them."
    static let damaged = "Export the file again, as UTF-8 if possible: the text is damaged here."
    static let writeAgain = "Write the export again: a NUL byte is not text in any encoding that preflight reads."
}

extension FindingKind {
    static let invalidUTF8 = FindingKind(
        code: "PF101", slug: "invalid-utf8", severity: .error, about: .bytes,
        title: "Text is not valid UTF-8",
        why: "Text that cannot be decoded loads with replaced characters, or fails the import (assumed).",
        help: "Export as UTF-8. If the report says that the text looks like Windows-1252: --encoding windows-1252 --transcode.",
        otherHelp: [Help.useWindows1252, Help.addWindows1252, Help.exportAgain, Help.exportParts],
        hidesText: true, wrapsMessage: true,
        message: { "\($0.counted("byte sequence", "is not UTF-8", "are not UTF-8"))\($0.reasons)\($0.outsideColumns)" })

    static let nulByte = FindingKind(
        code: "PF103", slug: "nul-byte", severity: .error, about: .bytes,
        title: "Text contains NUL bytes",
        why: """
            A NUL byte is never text: the file is sparse, was not written completely, or is not UTF-8. What an import does with it is \
            undocumented.
            """,
        help: "Write the export again. If it is UTF-16, convert it: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv",
        otherHelp: [Help.writeAgain],
        message: { "\($0.counted("NUL byte"))\($0.outsideColumns)" })

    static let innerByteOrderMark = FindingKind(
        code: "PF107", slug: "inner-byte-order-mark", severity: .warning, about: .bytes,
        title: "Byte order mark inside the file",
        why: """
            The mark is an invisible part of the value that follows it: a column name is not matched, a number is not read (assumed). \
            Joined files are the usual cause, so look for a second header too.
            """,
        help: "Remove the mark, and join files without their byte order marks.",
        message: { "\($0.counted("byte order mark")) inside the file\($0.outsideColumns)" })

    static let undecodable = FindingKind(
        code: "PF109", slug: "undecodable", severity: .error, about: .bytes,
        title: "Bytes are not characters in the file's encoding",
        why: "The file is in another encoding than the one declared, or it is damaged here.",
        help: "Try another --encoding, or export as UTF-8.",
        otherHelp: [Help.damaged],
        hidesText: true, wrapsMessage: true,
        message: { "\($0.counted("byte sequence", "is not a character", "are not characters"))\($0.reasons)\($0.outsideColumns)" })
}
