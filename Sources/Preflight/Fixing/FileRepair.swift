package import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Writes a file with what can be repaired repaired.
///
/// The file is checked first, then read for what its columns say, then copied: what is not changed is copied byte for byte.
package final class FileRepair {
    private var options: CheckOptions
    private let choice: RepairChoice
    private let file: InputFile
    private let report: Report
    private let drops: RowDrops
    private var result = RepairResult()
    // Of all rows.
    private var columns: [Int: (repair: ValueRepair, rule: ValueRule, tally: ReadingTally)] = [:]
    private var dataRows = 0
    private var longerByEmpty = 0
    private var endingEmpty = 0
    private var lastNameIsEmpty = false
    private var failure: RepairFailure?
    // While it is written.
    private var text = FieldText(delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
    private var lineEnd: [UInt8]?
    private var trimsRows: String?
    private var output: SplitFile?

    /// Reads the file and writes the repaired copy.
    ///
    /// - Parameters:
    ///   - file: opened with a copy, if it is a stream.
    ///   - output: `nil` if the changes are only counted.
    package static func run(
        _ file: InputFile, options: CheckOptions, choice: RepairChoice, output: OutputFile?, compresses: Bool = false
    ) throws(RepairFailure) -> RepairResult {
        let repair = try FileRepair(file, options: options, choice: choice)
        do throws(SourceError) {
            try repair.readColumns()
        } catch {
            throw .source(error)
        }
        do throws(OutputFile.Refusal) {
            repair.output = try output.map { file throws(OutputFile.Refusal) in try SplitFile(file, compresses: compresses) }
        } catch {
            throw .output(error)
        }
        do throws(SourceError) {
            try repair.write()
        } catch {
            throw .source(error)
        }
        if let failure = repair.failure { throw failure }
        do throws(OutputFile.Refusal) {
            try repair.output?.prepare()
            try repair.output?.finish()
        } catch {
            throw .output(error)
        }
        repair.result.noteUntouched(repair.report.findings)
        return repair.result
    }

    private init(_ file: InputFile, options: CheckOptions, choice: RepairChoice) throws(RepairFailure) {
        (self.file, self.choice) = (file, choice)
        var options = options
        options.findingRules = FindingRules()
        // Rows are copied from memory.
        options.rowLimits = RowBatch.Limits(rowBytes: Self.mostRowBytes, fieldBytes: Self.mostRowBytes, headBytes: Self.mostRowBytes)
        options.transcodes = true
        var (report, drops) = try Self.check(file, options, isSecondPass: false)
        if let encoding = Self.encoding(of: report, options, choice) {
            options.encoding = encoding
            (report, drops) = try Self.check(file, options, isSecondPass: true)
        }
        (self.options, self.report, self.drops) = (options, report, drops)
        if let obstacle = Self.obstacle(report) { throw .refused(obstacle) }
    }

    private static let mostRowBytes = 1 << 26

    private static func check(
        _ file: InputFile, _ options: CheckOptions, isSecondPass: Bool
    ) throws(RepairFailure) -> (Report, RowDrops) {
        let drops = RowDrops()
        do throws(SourceError) {
            let checked = try CheckRun.read(
                file, options: options, digest: nil, isSecondPass: isSecondPass, receivers: [drops], progress: { _ in })
            return (checked.report, drops)
        } catch {
            throw .source(error)
        }
    }

    /// The encoding that the bytes suggest, if it is to be used.
    private static func encoding(of report: Report, _ options: CheckOptions, _ choice: RepairChoice) -> TextEncoding? {
        guard options.declaredEncoding == nil, let proposed = report.input.proposedEncoding else { return nil }
        let isSure = report.findings.allSatisfy { $0.kind != .invalidUTF8 || $0.message.contains("looks like ") }
        let code = report.findings.first { $0.kind == .invalidUTF8 || $0.kind == .utf16 }?.code ?? FindingKind.otherEncoding.code
        return choice.allows(code, isSafe: isSure) ? proposed : nil
    }

    private static func obstacle(_ report: Report) -> String? {
        let whole: [FindingKind] = [.otherDelimiter, .rowsInQuotes, .fixedWidth, .contradictedEncoding]
        if let finding = report.findings.first(where: { whole.contains($0.kind) && $0.severity == .error }) {
            return "\(finding.code) is about every row: \(finding.help)"
        }
        return report.isComplete ? nil : "not all of it can be checked"
    }

    // MARK: What the columns say

    private func readColumns() throws(SourceError) {
        let pass = RowPass(options: options) { [unowned self] batch, found in
            self.count(&batch, found)
            return true
        }
        try pass.run(file, options: options) { head in
            text = FieldText(delimiter: head.dialect.delimiter, quote: head.dialect.quote)
            lastNameIsEmpty = false
        }
        lastNameIsEmpty = pass.names.count > 1 && pass.names[pass.names.count - 1].isEmpty
        let ends = report.input.lineEnds
        if ends.lf > 0, ends.crlf > 0, choice.allows(FindingKind.mixedLineEnds.code) {
            lineEnd = Array((ends.crlf > ends.lf ? "\r\n" : "\n").utf8)
        }
        guard dataRows > 0 else { return }
        if longerByEmpty == dataRows, choice.allows(FindingKind.tooManyFields.code) {
            trimsRows = FindingKind.tooManyFields.code
        } else if lastNameIsEmpty, endingEmpty == dataRows, choice.allows(FindingKind.emptyColumnName.code) {
            trimsRows = FindingKind.emptyColumnName.code
        }
    }

    private func count(_ batch: inout RowBatch, _ found: RowPass.Rows) {
        if columns.isEmpty, let header = found.rows.header ?? (dataRows == 0 ? 0 : nil) {
            columns = columnRepairs(batch, header: found.rows.header == nil ? nil : header)
        }
        for row in 0..<batch.rowCount where row != found.rows.header && !found.rows.blank.contains(row) {
            dataRows += 1
            let fields = batch.fields(ofRow: row)
            let isLastEmpty = batch.range(ofField: fields.upperBound - 1).isEmpty
            if isLastEmpty, fields.count == found.width + 1 { longerByEmpty += 1 }
            if isLastEmpty, fields.count == found.width { endingEmpty += 1 }
            guard fields.count == found.width || (fields.count == found.width + 1 && isLastEmpty) else { continue }
            for (column, known) in columns where column < fields.count {
                var tally = known.tally
                known.repair.count(text.decoded(raw(fields.lowerBound + column, batch)[...]), in: &tally)
                columns[column]?.tally = tally
            }
        }
    }

    /// By the index of the column: those whose values the profile describes.
    private func columnRepairs(_ batch: borrowing RowBatch, header: Int?) -> [Int: (
        repair: ValueRepair, rule: ValueRule, tally: ReadingTally
    )] {
        guard let profile = options.profile else { return [:] }
        var found: [Int: (repair: ValueRepair, rule: ValueRule, tally: ReadingTally)] = [:]
        let names = header.map { FieldDecoder(quote: text.quote).names(inRow: $0, of: batch).map(\.bytes) }
        for (number, column) in profile.columns.enumerated() {
            let name = Array(column.name.utf8)
            let index = names.map { $0.firstIndex(of: name) ?? $0.firstIndex { Self.trimmed($0) == name } } ?? number
            let repair = ValueRepair(column)
            if let index, repair.isNeeded { found[index] = (repair, ValueRule(column: column), ReadingTally()) }
        }
        return found
    }

    private static func trimmed(_ text: [UInt8]) -> [UInt8] { NumberParts.trimmed(text) }

    private func raw(_ field: Int, _ batch: borrowing RowBatch) -> [UInt8] { Array(batch.bytes[batch.range(ofField: field)]) }

    // MARK: Writing

    private func write() throws(SourceError) {
        var cursor = RowDrops.Cursor(drops)
        let pass = RowPass(options: options) { [unowned self] batch, found in
            self.perform { () throws(RepairFailure) in try self.write(&batch, found, &cursor) }
            return self.failure == nil
        }
        try pass.run(file, options: options) { head in self.perform { () throws(RepairFailure) in try self.writeBeginning(head) } }
    }

    private func perform(_ body: () throws(RepairFailure) -> Void) {
        if failure != nil { return }
        do throws(RepairFailure) { try body() } catch { failure = error }
    }

    private func emit(_ bytes: [UInt8]) throws(RepairFailure) {
        do throws(OutputFile.Refusal) { try output?.write(bytes) } catch { throw .output(error) }
    }

    /// The byte order mark stays, and lines that an option skips.
    private func writeBeginning(_ head: FileHead) throws(RepairFailure) {
        if head.encoding != .utf8 { result.note(FindingKind.otherEncoding.code, "file", row: 0) }
        if head.endsLinesWithCR { result.note(FindingKind.carriageReturnLineEnds.code, "file", row: 0) }
        if head.encoding == .utf8, head.markLength > 0 { try emit([0xEF, 0xBB, 0xBF]) }
        guard head.skipped.length > 0 else { return }
        guard options.skippedLines == 0 else { throw .refused("--skip-lines skips lines that would have to be copied; remove them first") }
        let codes =
            (head.separatorLine == nil ? [] : [FindingKind.separatorLine.code])
            + (head.preambleLines == 0 ? [] : [FindingKind.preamble.code])
        for code in codes {
            guard choice.allows(code) else { throw .refused("the lines before the header belong to \(code), which is not selected") }
            result.note(code, "beginning", row: 0)
        }
    }

    private func write(_ batch: inout RowBatch, _ found: RowPass.Rows, _ cursor: inout RowDrops.Cursor) throws(RepairFailure) {
        if batch.isThinned { throw .refused("a row is longer than 64 MiB") }
        var lines = LineCursor()
        for row in 0..<batch.rowCount {
            let start = batch.start(ofRow: row)
            let end = row + 1 < batch.rowCount ? batch.start(ofRow: row + 1) : batch.bytes.count
            let bytes = Array(batch.bytes[start..<end])
            if found.rows.blank.contains(row) {
                if choice.allows(FindingKind.blankLine.code) {
                    result.note(FindingKind.blankLine.code, "line", row: 0)
                } else {
                    try emit(bytes)
                }
                continue
            }
            let number = found.rows.number(of: row)
            if number > 0 {
                result.rows.before += 1
                if let code = cursor.code(of: number), drops(code, number: number) {
                    show(number, lines.line(of: start, in: batch), bytes, nil)
                    continue
                }
                result.rows.after += 1
            }
            let changed = repaired(row, number: number, bytes, batch, found)
            if changed != bytes, number > 0 {
                result.changedRows += 1
                show(number, lines.line(of: start, in: batch), bytes, changed)
            }
            try emit(changed)
        }
    }

    /// Whether a row is left out.
    private func drops(_ code: String, number: Int) -> Bool {
        let isCertain: Bool
        switch code {
        case FindingKind.totalsRow.code:
            isCertain = report.findings.contains { $0.kind == .totalsRow && $0.message.contains("of the rows above") }
        case FindingKind.unitsRow.code: isCertain = false
        default: isCertain = true
        }
        guard choice.allows(code, isSafe: isCertain) else {
            if choice.allows(code) { result.hold(code, "row", row: number) }
            return false
        }
        result.note(code, "row", isSafe: isCertain, row: number)
        result.changedRows += 1
        return true
    }

    private func show(_ row: Int, _ line: Int, _ before: [UInt8], _ after: [UInt8]?) {
        guard result.changes.count < choice.shownRows else { return }
        func text(_ bytes: [UInt8]) -> VisibleText {
            var bytes = bytes[...]
            if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
            if bytes.last == UInt8(ascii: "\r"), after == nil || lineEnd == nil { bytes.removeLast() }
            return VisibleText(Array(bytes), limit: 500)
        }
        result.changes.append(RepairResult.Change(row: row, line: line, before: text(before), after: after.map(text)))
    }

    /// A row as it should be.
    private func repaired(
        _ row: Int, number: Int, _ bytes: [UInt8], _ batch: borrowing RowBatch, _ found: RowPass.Rows
    ) -> [UInt8] {
        let fields = batch.fields(ofRow: row)
        var texts: [[UInt8]]?
        let rest = Array(bytes[(batch.range(ofField: fields.upperBound - 1).upperBound - batch.start(ofRow: row))...])
        func set(_ field: Int, _ value: [UInt8]) {
            if texts == nil { texts = fields.map { raw($0, batch) } }
            texts?[field] = value
        }
        var known = fields.count
        if let code = trimsRows, batch.range(ofField: fields.upperBound - 1).isEmpty,
            fields.count == found.width + (code == FindingKind.tooManyFields.code ? 1 : 0)
        {
            if texts == nil { texts = fields.map { raw($0, batch) } }
            texts?.removeLast()
            known -= 1
            result.note(code, "row", row: number)
        }
        for index in 0..<known {
            repair(index, number: number, raw(fields.lowerBound + index, batch), isWhole: isWhole(fields.count, found), set)
        }
        // A carriage return that belongs to the text would become a part of the line end.
        let isSafe = texts?.last?.last != UInt8(ascii: "\r") && bytes.dropLast(rest.count).last != UInt8(ascii: "\r")
        let end = isSafe ? lineEnd(instead: rest, number: number) : rest
        guard let texts else { return end == rest ? bytes : Array(bytes.dropLast(rest.count)) + end }
        return Array(texts.joined(separator: [text.delimiter])) + end
    }

    /// Whether the fields of a row are those of the columns.
    private func isWhole(_ count: Int, _ found: RowPass.Rows) -> Bool {
        count == found.width || (trimsRows == FindingKind.tooManyFields.code && count == found.width + 1)
    }

    private func lineEnd(instead rest: [UInt8], number: Int) -> [UInt8] {
        guard let lineEnd, !rest.isEmpty, rest != lineEnd, rest == [0x0A] || rest == [0x0D, 0x0A] else { return rest }
        result.note(FindingKind.mixedLineEnds.code, "line end", row: number)
        return lineEnd
    }

    // MARK: Fields

    private func repair(_ index: Int, number: Int, _ raw: [UInt8], isWhole: Bool, _ set: (Int, [UInt8]) -> Void) {
        var raw = raw
        if let (better, code) = text.requoted(raw[...]), choice.allows(code) {
            raw = better
            set(index, better)
            result.note(code, "field", row: number)
        }
        guard isWhole else { return }
        let value = text.decoded(raw[...])
        if number == 0 {
            // A name with spaces around it is not matched.
            let trimmed = Self.trimmed(value)
            guard trimmed != value,
                columns[index] != nil || options.profile?.columns.contains(where: { Array($0.name.utf8) == trimmed }) == true,
                choice.allows(FindingKind.missingColumn.code)
            else { return }
            set(index, text.encoded(trimmed, isQuoted: text.isQuoted(raw[...])))
            result.note(FindingKind.missingColumn.code, "name", row: 0)
            return
        }
        guard let column = columns[index] else { return }
        let judgement = value.withUnsafeBytes { column.rule.judge($0) }
        let code = column.rule.findingKind(for: judgement)?.code ?? column.rule.kind.kind.codes?.readsTwoWays
        let fails = judgement.verdict == .fails || judgement.verdict == .doubtful
        guard let code, let repaired = column.repair.repaired(value, column.tally) else {
            if fails { result.leftValues += 1 }
            return
        }
        guard choice.allows(code, isSafe: repaired.isSafe) else {
            if choice.allows(code) { result.hold(code, "value", row: number) }
            if fails { result.leftValues += 1 }
            return
        }
        set(index, text.encoded(repaired.text, isQuoted: text.isQuoted(raw[...])))
        result.note(code, "value", isSafe: repaired.isSafe, row: number)
    }
}
