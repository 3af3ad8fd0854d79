import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

extension RepairPass {
    // MARK: Rows that are left out

    /// Why a row is left out, if it is.
    ///
    /// - Parameter code: of the finding that says that it is no data.
    func dropped(_ row: RawRow, number: Int, _ code: String?) -> FindingKind? {
        let kind = code.flatMap(FindingKind.init(code:)) ?? otherReason(row, number: number)
        guard let kind, allows(kind, "row", isSafe: isCertain(kind, row), row: number) else { return nil }
        return kind
    }

    private func otherReason(_ row: RawRow, number: Int) -> FindingKind? {
        if isBlankAndRagged(row) { return row.fields.count < width ? .tooFewFields : .tooManyFields }
        guard rows.single.contains(number), row.fields.count == 1 else { return nil }
        // A last line with words: below the table. A single word or number may be a row that was cut.
        let text = row.fields[0]
        let hasWords = text.contains(UInt8(ascii: " ")) && text.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        return hasWords ? .tooFewFields : nil
    }

    /// Whether a row that is left out is no data for certain.
    func isCertain(_ kind: FindingKind, _ row: RawRow) -> Bool {
        switch kind {
        case .totalsRow: isTotal(row)
        case .unitsRow, .secondHeader: false
        case .tooFewFields: isBlankAndRagged(row) || ExportFooter(line: row.fields[0], mayBeNote: false) != nil
        default: true
        }
    }

    /// A sum of the rows above, or a row that is named a total and lacks what every other row has.
    private func isTotal(_ row: RawRow) -> Bool {
        if report.findings.contains(where: { $0.kind == .totalsRow && $0.message.contains("of the rows above") }) { return true }
        guard rows.count >= 3, let label = row.fields.firstIndex(where: { !PreambleRow.isBlank($0) }),
            TotalWords.contain(text.decoded(row.fields[label][...]).span)
        else { return false }
        return row.fields.indices.contains { column in
            column < rows.blanks.count && PreambleRow.isBlank(row.fields[column]) && rows.blanks[column] == 0
        }
    }

    // MARK: Rows that are kept

    /// A row as it should be; more than one where quotes had joined them.
    func repaired(_ row: RawRow, _ bytes: [UInt8], number: Int) -> [RawRow] {
        var all = [row]
        if !mending.kinds.isEmpty,
            let mended = mending.mended(bytes, fieldCount: row.fields.count, width: number == 0 ? nil : width)
        {
            result.note(mended.kind.code, mended.noun, count: mended.count, row: number)
            all = mended.rows
        }
        for index in all.indices { repair(&all[index], number: number) }
        return all
    }

    private func repair(_ row: inout RawRow, number: Int) {
        let count = row.fields.count
        if let kind = trimsRows, row.fields.last?.isEmpty == true, count == width + (kind == .tooManyFields ? 1 : 0) {
            row.fields.removeLast()
            result.note(kind.code, "row", row: number)
        }
        let isWhole = count == width || (trimsRows == .tooManyFields && count == width + 1)
        let last = row.fields.count - 1
        for index in row.fields.indices where columns.repeated[index] == nil {
            repairText(&row.fields[index], number: number)
            guard isWhole else { continue }
            requote(&row.fields[index], isLast: index == last, number: number)
            if number == 0, !columns.names.isEmpty {
                repairName(&row.fields[index], index)
            } else {
                repairValue(&row.fields[index], index, number: number)
            }
        }
        if isWhole { leaveOutColumns(of: &row, number: number) }
        row.end = lineEnd(instead: row, number: number)
    }

    private func leaveOutColumns(of row: inout RawRow, number: Int) {
        guard !columns.repeated.isEmpty else { return }
        if number == 0 { result.note(FindingKind.duplicateColumnName.code, "column", count: columns.repeated.count, row: 0) }
        for index in columns.repeated.keys.sorted(by: >) where index < row.fields.count { row.fields.remove(at: index) }
    }

    private func lineEnd(instead row: RawRow, number: Int) -> [UInt8] {
        guard let lineEnd else { return row.end }
        if row.end.isEmpty {
            guard kinds.contains(.noLastLineEnd), allows(.noLastLineEnd, "line end", isSafe: false, row: number) else { return row.end }
            result.note(FindingKind.noLastLineEnd.code, "line end", isSafe: false, row: number)
            return lineEnd
        }
        // A carriage return that belongs to the text would become a part of the line end.
        let ends = report.input.lineEnds
        guard ends.lf > 0, ends.crlf > 0, row.end != lineEnd, row.end == [0x0A] || row.end == [0x0D, 0x0A],
            row.fields.last?.last != UInt8(ascii: "\r"), choice.allows(FindingKind.mixedLineEnds.code)
        else { return row.end }
        result.note(FindingKind.mixedLineEnds.code, "line end", row: number)
        return lineEnd
    }

    // MARK: Fields

    /// Repairs what does not depend on the column.
    private func repairText(_ raw: inout [UInt8], number: Int) {
        let repairs: [(FindingKind, ([UInt8]) -> TextRepair.Result?)] = [
            (.innerByteOrderMark, TextRepair.withoutMarks), (.controlCharacter, TextRepair.withoutControls),
            (.doubleEncoded, TextRepair.decodedAgain),
        ]
        for (kind, repair) in repairs where kinds.contains(kind) {
            guard let found = repair(raw), allows(kind, "field", isSafe: found.isSafe, row: number) else { continue }
            result.note(kind.code, "field", isSafe: found.isSafe, row: number)
            raw = found.text
        }
    }

    private func requote(_ raw: inout [UInt8], isLast: Bool, number: Int) {
        guard let (better, kind) = text.requoted(raw, isLast: isLast), choice.allows(kind.code) else { return }
        raw = better
        result.note(kind.code, "field", row: number)
    }

    /// A name with spaces around it is not matched, nor one that only looks like that of the profile.
    private func repairName(_ raw: inout [UInt8], _ index: Int) {
        let name = text.decoded(raw[...])
        let trimmed = NumberParts.trimmed(name)
        func set(_ better: [UInt8], _ kind: FindingKind, isSafe: Bool) {
            guard allows(kind, "name", isSafe: isSafe, row: 0) else { return }
            result.note(kind.code, "name", isSafe: isSafe, row: 0)
            raw = text.encoded(better, isQuoted: text.isQuoted(raw[...]))
        }
        let isKnown = options.profile?.columns.contains { Array($0.name.utf8) == trimmed } ?? false
        if trimmed != name, isKnown { return set(trimmed, .missingColumn, isSafe: true) }
        guard columns.deceptive.contains(index) else { return }
        let plain = Lookalike.appearance(of: String(decoding: name, as: UTF8.self))
        let better = Array(plain.utf8)
        if better != name { set(better, .deceptiveColumnName, isSafe: false) }
    }

    private func repairValue(_ raw: inout [UInt8], _ index: Int, number: Int) {
        let value = text.decoded(raw[...])
        guard let column = columns.described[index] else { return repairText(&raw, value, index, number: number) }
        let judgement = column.rule.judge(value.span)
        let kind = column.rule.findingKind(for: judgement)
        let code = kind?.code ?? column.rule.kind.kind.codes?.readsTwoWays
        let fails = judgement.verdict == .fails || judgement.verdict == .doubtful
        guard let code, let repaired = column.repair.repaired(value, column.tally) else {
            if fails { result.leftValues += 1 }
            return
        }
        // What others say of a value that parses holds only if they are rewritten too.
        if judgement.verdict == .parses, let codes = column.rule.kind.kind.codes,
            ![codes.fails, codes.doubtful].allSatisfy({ choice.allows($0) })
        {
            return
        }
        guard choice.allows(code, isSafe: repaired.isSafe) else {
            if choice.allows(code) { result.hold(code, "value", row: number) }
            if fails { result.leftValues += 1 }
            return
        }
        raw = text.encoded(repaired.text, isQuoted: text.isQuoted(raw[...]))
        result.note(code, "value", isSafe: repaired.isSafe, row: number)
    }

    /// A value of a column that no profile describes, or that has texts.
    private func repairText(_ raw: inout [UInt8], _ value: [UInt8], _ index: Int, number: Int) {
        func set(_ better: [UInt8], _ kind: FindingKind, isSafe: Bool = true) {
            guard allows(kind, "value", isSafe: isSafe, row: number) else { return }
            raw = text.encoded(better, isQuoted: text.isQuoted(raw[...]))
            result.note(kind.code, "value", isSafe: isSafe, row: number)
        }
        if kinds.contains(.nullMarker), let marker = NullMarker(value.span) {
            return set([], .nullMarker, isSafe: marker.isCertain)
        }
        if let counted = columns.quoted[index], let better = TextRepair.withoutQuotes(value) {
            return set(better, .typographicQuotes, isSafe: counted.filled == counted.quoted)
        }
        if columns.guarded.contains(index), let better = TextRepair.withoutApostrophe(value) { return set(better, .leadingApostrophe) }
        if let type = columns.inferred[index], let better = TextRepair.value(value, like: type) { set(better, .unlikeItsColumn) }
    }
}
