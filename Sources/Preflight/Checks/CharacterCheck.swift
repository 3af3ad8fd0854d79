import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Explains NUL bytes, ill-formed text, and byte order marks inside the file.
struct CharacterCheck: Check {
    static let kinds: [FindingKind] = [.invalidUTF8, .nulByte, .innerByteOrderMark, .undecodable]

    private let layout: FileLayout
    /// By column with faults; column 0 has those that are counted together: see ``BatchFaults``.
    private var columns: [Column] = []
    /// Rows with an ill-formed sequence.
    private var illFormedRowCount = 0
    /// The number of well-formed multibyte characters in fields that also have ill-formed text.
    private var multibyteCount = 0
    /// What the encoding is guessed from.
    private var samples = EncodingSamples()

    private struct Column {
        var illFormed = IllFormed()
        /// The group of findings of each fault, or -1.
        var groups = (illFormed: -1, nul: -1, mark: -1)
        /// Marks of this batch that are only counted, each in another row, and the last of these rows.
        var marks = (count: 0, lastRow: 0)
    }

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    /// The kind for text that is ill-formed in the file's encoding.
    private var illFormedKind: FindingKind { layout.encoding == .utf8 ? .invalidUTF8 : .undecodable }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        noteMarks(batch, judgement, log: &log)
        let faults = judgement.faults
        if faults.isEmpty { return }
        illFormedRowCount += faults.illFormedRowCount
        multibyteCount += faults.multibyteCount
        var wantingCount = 0
        for (slot, kind) in faults.found {
            let counted = faults.columns[slot]
            let group = group(kind, slot: slot, faults, log: &log)
            if kind == .illFormed { self[slot: slot].illFormed.add(counted.kinds) }
            log.add(
                counted[kind].count, rows: counted[kind].rowCount, to: group, lastRow: judgement.rows.number(of: counted[kind].lastRow))
            if log.wantsExample(group) { wantingCount += 1 }
        }
        if log.marksRows { markRows(batch, judgement, log: &log) }
        if wantingCount > 0 || (wantsSamples && faults.illFormedRowCount > 0) {
            show(batch, judgement, wantingCount: wantingCount, log: &log)
        }
    }

    /// Marks the rows of the faults, which are counted together.
    private func markRows(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        if let missing = batch.missingFieldsCharacters, let groups = columns.first?.groups {
            let number = judgement.rows.number(of: 0)
            if missing.invalidCount > 0 { log.mark(row: number, in: groups.illFormed) }
            if missing.nulCount > 0 { log.mark(row: number, in: groups.nul) }
        }
        var cursor = RowCursor()
        var row = FaultyRow(0, width: layout.width, batch)
        var scan = CharacterScan(offset: 0)
        for field in judgement.faults.fields {
            if field >= row.fields.upperBound { row = FaultyRow(cursor.row(of: field, in: batch), width: layout.width, batch) }
            let column = row.column(ofField: field).map { $0 <= FindingLog.mostColumns ? $0 : 0 } ?? 0
            let groups = self[slot: column].groups
            batch.scanCharacters(ofField: field, into: &scan)
            let number = judgement.rows.number(of: row.index)
            if scan.invalidCount > 0 { log.mark(row: number, in: groups.illFormed, field: field) }
            if scan.nulCount > 0 { log.mark(row: number, in: groups.nul, field: field) }
        }
    }

    private subscript(slot slot: Int) -> Column {
        get { slot < columns.count ? columns[slot] : Column() }
        _modify {
            while columns.count <= slot { columns.append(Column()) }
            yield &columns[slot]
        }
    }

    /// The group of a fault in a column, which is looked up once.
    private mutating func group(_ kind: BatchFaults.Kind, slot: Int, _ faults: BatchFaults, log: inout FindingLog) -> Int {
        let known = kind == .nul ? self[slot: slot].groups.nul : self[slot: slot].groups.illFormed
        let together = kind == .nul ? faults.nulTogether : faults.illFormedTogether
        let code: FindingKind = kind == .nul ? .nulByte : illFormedKind
        let group =
            known >= 0 ? known : log.group(code, column: slot > 0 ? slot : together.columns.first, severity: nil, predicts: nil)
        if kind == .nul { self[slot: slot].groups.nul = group } else { self[slot: slot].groups.illFormed = group }
        if slot == 0 {
            log.cover(together.columns, in: group)
            if together.hasUnnamed { log.cover(nil, in: group) }
        }
        return group
    }

    mutating func merge(_ later: CharacterCheck, at joint: Joint) {
        for (slot, column) in later.columns.enumerated() {
            let own = self[slot: slot].groups
            self[slot: slot].illFormed.add(column.illFormed)
            self[slot: slot].groups = (
                own.illFormed < 0 ? joint.group(column.groups.illFormed) : own.illFormed,
                own.nul < 0 ? joint.group(column.groups.nul) : own.nul,
                own.mark < 0 ? joint.group(column.groups.mark) : own.mark
            )
        }
        illFormedRowCount += later.illFormedRowCount
        multibyteCount += later.multibyteCount
        samples.merge(later.samples)
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        if layout.isEncodingDeclared { log.setHelp(CharacterHelp.writeAgain, of: .nulByte) }
        guard layout.encoding == .utf8 else {
            if !layout.isEncodingDeclared { log.setHelp(CharacterHelp.damaged, of: illFormedKind) }
            return
        }
        var all = IllFormed()
        for column in columns { all.add(column.illFormed) }
        let total = IllFormed.Kind.allCases.reduce(0) { $0 + all.count(of: $1) }
        guard total > 0 else { return }
        let guess = EncodingGuess(samples: samples.samples, hasOldLineEnds: layout.endsLinesWithCR)
        let multibyteCount = log.multibyteCount ?? multibyteCount
        let isMixed = hasOther(
            guess.candidates.isEmpty ? multibyteCount : samples.countOfText(multibyteCount), than: guess.candidates.first?.encoding,
            total: total)
        let isBroken = Self.isBrokenUTF8(all, total: total, isText: guess.isSure)
        if let best = guess.candidates.first, !isMixed, best.encoding.isMultibyte || !isBroken {
            return note(guess, best, log: &log)
        }
        for column in columns {
            for kind in IllFormed.Kind.allCases where column.illFormed.count(of: kind) > 0 {
                log.addRemark("\(column.illFormed.count(of: kind).grouped) \(Self.words(for: kind))", to: column.groups.illFormed)
            }
        }
        if total == 1, log.endsInsideCharacter { return log.setHelp(CharacterHelp.exportWhole, of: illFormedKind) }
        log.setHelp(
            isMixed && (!guess.candidates.isEmpty || all.usualWindows1252Count == total)
                ? CharacterHelp.exportParts : CharacterHelp.exportAgain,
            of: illFormedKind)
    }

    /// Whether the file has so much well-formed UTF-8 that it is not in another encoding as a whole. A few sequences look like UTF-8 by chance; up to one
    /// of three where letters have both the bytes that begin its characters and those that continue them: in East Asia and in the Cyrillic of DOS.
    private func hasOther(_ multibyteCount: Int, than encoding: TextEncoding?, total: Int) -> Bool {
        layout.beginsAsUTF8
            || (encoding?.isMultibyte == true || encoding == .ibm866
                ? multibyteCount > total / 2 : Self.isMore(multibyteCount, thanFewOf: total))
    }

    /// Whether it has what hardly a text in an encoding of single bytes has: long sequences that are cut short, halves of surrogate pairs. In a text that is
    /// surely in such an encoding, a few are letters side by side.
    private static func isBrokenUTF8(_ all: IllFormed, total: Int, isText: Bool) -> Bool {
        all.longCount > total / (isText ? 2 : 3) || all.count(of: .surrogate) > total / (isText ? 2 : 10)
    }

    private static func isMore(_ count: Int, thanFewOf total: Int) -> Bool { count > total / 10 }

    /// The encoding is the cause of all ill-formed text: one finding for all columns.
    private func note(_ guess: EncodingGuess, _ best: EncodingGuess.Candidate, log: inout FindingLog) {
        // The most usual of all is proposed also without enough text to be sure.
        if guess.isSure || best.encoding == .windows1252 { log.proposedEncoding = best.encoding }
        let group = log.unite(illFormedKind, rows: illFormedRowCount)
        let others = guess.candidates.dropFirst().map { "\(guess.isSure ? "less likely" : "or") \(Self.text(of: $0))" }
        log.addRemark(([(guess.isSure ? "looks like " : "could be ") + Self.text(of: best)] + others).joined(separator: "; "), to: group)
        let columns = log.groups[group].shares.count
        if columns > 1 { log.addRemark("in \(columns.counted("column"))", to: group) }
        let help = guess.isSure ? CharacterHelp.use : CharacterHelp.choose
        log.setHelp(help(best.encoding, layout.transcodes), of: group)
    }

    /// The encoding, words that it gives, and the language that their letters are usual in, or the signs if they have no other letters than ASCII.
    private static func text(of candidate: EncodingGuess.Candidate) -> String {
        let words = candidate.words.map { "\"\($0.text)\"" }.joined(separator: ", ")
        let signs = candidate.signs.prefix(2).map(Lookalike.name).joined(separator: " and ")
        return "\(candidate.encoding.name), with \(signs.isEmpty ? "letters as in \(candidate.language)" : signs): \(words)"
    }

    private var wantsSamples: Bool { layout.encoding == .utf8 && samples.wantsMore }

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
        var row = FaultyRow(0, width: layout.width, batch)
        defer { countMarks(judgement, log: &log) }
        for field in judgement.markedFields {
            if field >= row.fields.upperBound { row = FaultyRow(cursor.row(of: field, in: batch), width: layout.width, batch) }
            guard let column = row.column(ofField: field) else { continue }
            let slot = column <= FindingLog.mostColumns ? column : 0
            var group = self[slot: slot].groups.mark
            if group < 0 {
                group = log.group(.innerByteOrderMark, column: column, severity: nil, predicts: nil)
                self[slot: slot].groups.mark = group
            }
            if slot > 0, !log.marksRows, !log.wantsExample(group) {
                self[slot: slot].marks = (self[slot: slot].marks.count + 1, row.index)
                continue
            }
            if slot == 0 { log.cover(column, in: group) }
            let number = judgement.rows.number(of: row.index)
            log.count(in: group, row: number, field: field)
            guard log.wantsExample(group) else { continue }
            log.addExample(to: group) {
                Finding.Example(
                    field: field, ofRow: row.index, number: number, in: batch, column: column, lines: &$0, length: 3, quote: layout.quote)
            }
        }
    }

    /// Adds the marks that are only counted: all fields of a file may have one.
    private mutating func countMarks(_ judgement: BatchJudgement, log: inout FindingLog) {
        for slot in columns.indices where columns[slot].marks.count > 0 {
            let (count, lastRow) = columns[slot].marks
            columns[slot].marks = (0, 0)
            log.add(count, rows: count, to: columns[slot].groups.mark, lastRow: judgement.rows.number(of: lastRow))
        }
    }

    // MARK: Examples

    /// A row with faulty fields, and the faults of its fields without a column.
    private struct Row {
        let row: FaultyRow
        let record: RowRecord
        var isIllFormed = false
        var hasNul = false

        init(_ row: FaultyRow, _ judgement: BatchJudgement) {
            self.row = row
            record = RowRecord(index: row.index, number: judgement.rows.number(of: row.index))
        }
    }

    /// Adds examples of the first faults, if wanted, in the order of the batch.
    ///
    /// - Parameter wantingCount: The number of columns and faults that need examples.
    private mutating func show(
        _ batch: borrowing RowBatch, _ judgement: BatchJudgement, wantingCount: Int, log: inout FindingLog
    ) {
        var cursor = RowCursor()
        var wantingCount = wantingCount
        var row = Row(FaultyRow(0, width: layout.width, batch), judgement)
        if let scan = batch.missingFieldsCharacters { (row.isIllFormed, row.hasNul) = (scan.invalidCount > 0, scan.nulCount > 0) }
        var scan = CharacterScan(offset: 0)
        for field in judgement.faults.fields {
            if field >= row.row.fields.upperBound {
                showUnnamed(row, batch, &wantingCount, log: &log)
                if wantingCount == 0, !wantsSamples { return }
                row = Row(FaultyRow(cursor.row(of: field, in: batch), width: layout.width, batch), judgement)
            }
            let column = row.row.column(ofField: field)
            let groups = self[slot: column.map { $0 <= FindingLog.mostColumns ? $0 : 0 } ?? 0].groups
            let wants = (
                illFormed: groups.illFormed >= 0 && log.wantsExample(groups.illFormed), nul: groups.nul >= 0 && log.wantsExample(groups.nul)
            )
            guard wants.illFormed || wants.nul || wantsSamples else { continue }
            batch.scanCharacters(ofField: field, into: &scan)
            if scan.invalidCount > 0, wantsSamples {
                samples.keep(field: field, at: scan.firstInvalidOffset, in: batch, quote: layout.quote)
            }
            if column == nil {
                row.isIllFormed = row.isIllFormed || scan.invalidCount > 0
                row.hasNul = row.hasNul || scan.nulCount > 0
                continue
            }
            if wants.illFormed, scan.invalidCount > 0 {
                add(to: groups.illFormed, &wantingCount, log: &log) {
                    example(of: scan, isNul: false, field: field, row: row.record, batch: batch, lines: &$0)
                }
            }
            if wants.nul, scan.nulCount > 0 {
                add(to: groups.nul, &wantingCount, log: &log) {
                    example(of: scan, isNul: true, field: field, row: row.record, batch: batch, lines: &$0)
                }
            }
        }
        showUnnamed(row, batch, &wantingCount, log: &log)
    }

    private func add(
        to group: Int, _ wantingCount: inout Int, log: inout FindingLog, _ example: (inout LineCursor) -> Finding.Example
    ) {
        log.addExample(to: group, example)
        if !log.wantsExample(group) { wantingCount -= 1 }
    }

    private func example(
        of scan: CharacterScan, isNul: Bool, field: Int, row: RowRecord, batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        let fieldLine = lines.line(of: batch.range(ofField: field).lowerBound, in: batch)
        let found = batch.lines(of: scan, inField: field, fieldLine: fieldLine)
        let length = isNul || batch.unit.isByte ? 1 : UndecodedBytes.length
        var example = Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: batch.column(ofField: field, inRow: row.index),
            lines: &lines, offset: isNul ? scan.firstNulOffset : scan.firstInvalidOffset, length: length, quote: layout.quote)
        example.place.line = isNul ? found.nul : found.invalid
        return example
    }

    /// Faults of fields without a column are shown at the beginning of their row.
    private func showUnnamed(_ row: Row, _ batch: borrowing RowBatch, _ wantingCount: inout Int, log: inout FindingLog) {
        guard let groups = columns.first?.groups else { return }
        for (group, isMeant) in [(groups.illFormed, row.isIllFormed), (groups.nul, row.hasNul)]
        where isMeant && group >= 0 && log.wantsExample(group) {
            add(to: group, &wantingCount, log: &log) {
                Finding.Example(beginningOf: row.record, in: batch, lines: &$0, quote: layout.quote)
            }
        }
    }
}

extension CharacterCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.list(&columns, blank: Column()) { coder, column in
            coder(&column.illFormed.numbers)
            coder.reference(&column.groups.illFormed)
            coder.reference(&column.groups.nul)
            coder.reference(&column.groups.mark)
        }
        coder(&illFormedRowCount)
        coder(&multibyteCount)
        coder(&samples)
    }
}
