import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText

/// One round of repairs: see ``FileRepair``.
final class RepairPass {
    var options: CheckOptions
    let choice: RepairChoice
    let report: Report
    /// Kinds of findings that the file has.
    let kinds: Set<FindingKind>
    let drops: RowDrops
    var result = RepairResult()
    var text = FieldText(delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
    var mending: QuoteMending
    /// Fields of the header.
    var width = 0
    var columns = ColumnRepairs()
    var rows = RowFacts()
    /// What mixed line ends become.
    var lineEnd: [UInt8]?
    /// Why the last field of each row is left out.
    var trimsRows: FindingKind?
    /// By number in the copy.
    private(set) var changedRows = RowNumberSet()

    private let file: InputFile
    private let changedBefore: RowNumberSet
    private let isCopy: Bool
    private var encoding = TextEncoding.utf8
    /// Whether the encoding of the text is certain, or was named.
    private let isEncodingSafe: Bool
    /// The finding whose encoding is used.
    private let proposed: FindingKind?
    private var copy: RepairedCopy?
    private var failure: RepairFailure?

    /// Checks the file.
    ///
    /// - Parameters:
    ///   - changedBefore: rows that an earlier round changed.
    ///   - isCopy: whether the name of the file says nothing about it.
    init(
        _ file: InputFile, options given: CheckOptions, choice: RepairChoice, changedBefore: RowNumberSet, isCopy: Bool
    ) throws(RepairFailure) {
        (self.file, self.choice, self.changedBefore, self.isCopy) = (file, choice, changedBefore, isCopy)
        var options = given
        var (report, drops) = try Self.check(file, options, isSecondPass: false)
        if report.findings.contains(where: { $0.kind == .contradictedEncoding }), !options.forcesEncoding {
            options.encoding = nil
            options.profile?.dialect.encoding = nil
            (report, drops) = try Self.check(file, options, isSecondPass: true)
        }
        var proposed: FindingKind?
        isEncodingSafe = Self.isEncodingSure(report)
        if let encoding = Self.encoding(of: report, options, choice) {
            proposed = report.findings.first { [.invalidUTF8, .utf16].contains($0.kind) }?.kind
            options.encoding = encoding
            (report, drops) = try Self.check(file, options, isSecondPass: true)
        }
        (self.options, self.report, self.drops, self.proposed) = (options, report, drops, proposed)
        kinds = Set(report.findings.map(\.kind))
        let wanted = kinds.filter { choice.allows($0.code) }
        mending = QuoteMending(text: text, kinds: wanted)
        if let obstacle = Self.obstacle(report, options) { throw .refused(obstacle) }
    }

    /// How the copy is read.
    var optionsOfCopy: CheckOptions {
        var options = options
        guard encoding != .utf8 || options.forcesEncoding else { return options }
        options.encoding = .utf8
        options.forcesEncoding = false
        return options
    }

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

    private static func isEncodingSure(_ report: Report) -> Bool {
        report.findings.allSatisfy { $0.kind != .invalidUTF8 || $0.message.contains("looks like ") }
    }

    /// Why the text is converted.
    private var encodingKind: FindingKind {
        proposed ?? (options.declaredEncoding == nil ? .utf16 : .otherEncoding)
    }

    /// The encoding that the bytes suggest, if it is to be used.
    private static func encoding(of report: Report, _ options: CheckOptions, _ choice: RepairChoice) -> TextEncoding? {
        guard options.declaredEncoding == nil, let proposed = report.input.proposedEncoding else { return nil }
        let isSure = isEncodingSure(report)
        let code = report.findings.first { $0.kind == .invalidUTF8 || $0.kind == .utf16 }?.code ?? FindingKind.otherEncoding.code
        return choice.allows(code, isSafe: isSure) ? proposed : nil
    }

    private static func obstacle(_ report: Report, _ options: CheckOptions) -> String? {
        let whole: [FindingKind] = [.otherDelimiter, .rowsInQuotes, .fixedWidth, .undecodable]
        if let finding = report.findings.first(where: {
            (whole.contains($0.kind) && $0.severity == .error) || ($0.kind == .contradictedEncoding && options.forcesEncoding)
        }) {
            return "\(finding.code) \(finding.kind.slug): \(finding.help)"
        }
        if report.isComplete { return nil }
        guard let first = report.findings.first(where: { $0.severity == .error && $0.kind.hidesText }) ?? report.findings.first else {
            return "not all of it can be checked."
        }
        return "\(first.code) \(first.kind.slug): \(first.help)"
    }

    /// Whether a repair is made; if only its being unsafe forbids it, it is counted.
    func allows(_ kind: FindingKind, _ noun: String, isSafe: Bool = true, row: Int) -> Bool {
        guard choice.allows(kind.code, isSafe: isSafe) else {
            if choice.allows(kind.code) { result.hold(kind.code, noun, row: row) }
            return false
        }
        return true
    }

    // MARK: Writing

    /// Reads the file and writes the repaired copy.
    func write(into copy: RepairedCopy) throws(RepairFailure) {
        self.copy = copy
        do throws(SourceError) {
            try readColumns(file)
            var cursor = RowDrops.Cursor(drops)
            let pass = RowPass(options: options) { [unowned self] batch, found in
                self.perform { () throws(RepairFailure) in try self.write(&batch, found, &cursor) }
                return self.failure == nil
            }
            try pass.run(file, options: options) { head in self.perform { () throws(RepairFailure) in try self.writeBeginning(head) } }
        } catch {
            throw .source(error)
        }
        if let failure { throw failure }
        result.noteUntouched(report.findings)
    }

    private func perform(_ body: () throws(RepairFailure) -> Void) {
        if failure != nil { return }
        do throws(RepairFailure) { try body() } catch { failure = error }
    }

    /// The byte order mark stays, and lines that an option skips.
    private func writeBeginning(_ head: FileHead) throws(RepairFailure) {
        encoding = head.encoding
        if head.encoding != .utf8 {
            guard choice.allows(encodingKind.code, isSafe: isEncodingSafe) else {
                throw .refused("it is \(head.encoding.name), and \(encodingKind.code) is not selected.")
            }
            result.note(encodingKind.code, "file", isSafe: isEncodingSafe, row: 0)
        }
        if kinds.contains(.compressionName), !isCopy, choice.allows(FindingKind.compressionName.code) {
            result.note(FindingKind.compressionName.code, "file", row: 0)
        }
        if head.endsLinesWithCR { result.note(FindingKind.carriageReturnLineEnds.code, "file", row: 0) }
        if head.encoding == .utf8, head.markLength > 0 { try copy?.write([0xEF, 0xBB, 0xBF]) }
        guard head.skipped.length > 0 else { return }
        guard options.skippedLines == 0 else {
            throw .refused("--skip-lines skips lines that would have to be copied. Remove them first: sed 1,\(options.skippedLines)d")
        }
        let kinds: [FindingKind] = (head.separatorLine == nil ? [] : [.separatorLine]) + (head.preambleLines == 0 ? [] : [.preamble])
        for kind in kinds {
            guard choice.allows(kind.code) else {
                throw .refused("the lines before the header belong to \(kind.code), which is not selected.")
            }
            result.note(kind.code, "beginning", row: 0)
        }
    }

    private func write(_ batch: inout RowBatch, _ found: RowPass.Rows, _ cursor: inout RowDrops.Cursor) throws(RepairFailure) {
        if batch.isThinned { throw .refused("a row is longer than 64 MiB.") }
        var lines = LineCursor()
        for row in 0..<batch.rowCount {
            let start = batch.start(ofRow: row)
            let end = row + 1 < batch.rowCount ? batch.start(ofRow: row + 1) : batch.bytes.count
            let bytes = Array(batch.bytes[start..<end])
            if found.rows.blank.contains(row) {
                if choice.allows(FindingKind.blankLine.code) {
                    result.note(FindingKind.blankLine.code, "line", row: 0)
                } else {
                    try copy?.write(bytes)
                }
                continue
            }
            let number = found.rows.number(of: row)
            let raw = self.raw(row, batch)
            if number > 0 {
                result.rows.before += 1
                if let kind = dropped(raw, number: number, cursor.code(of: number)) {
                    result.note(kind.code, "row", isSafe: isCertain(kind, raw), row: number)
                    if !changedBefore.contains(number) { result.changedRows += 1 }
                    show(number, lines.line(of: start, in: batch), bytes, nil)
                    continue
                }
            }
            let repaired = self.repaired(raw, bytes, number: number)
            let changed = repaired.flatMap { $0.bytes(delimiter: text.delimiter) }
            if number > 0 {
                note(changed != bytes, number: number, count: repaired.count)
                if changed != bytes { show(number, lines.line(of: start, in: batch), bytes, changed) }
            }
            try copy?.write(changed)
        }
    }

    /// Counts a row that became one or more.
    private func note(_ isChanged: Bool, number: Int, count: Int) {
        let wasChanged = changedBefore.contains(number)
        if isChanged, !wasChanged { result.changedRows += 1 }
        for _ in 0..<count {
            result.rows.after += 1
            if isChanged || wasChanged { changedRows.insert(result.rows.after) }
        }
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
}
