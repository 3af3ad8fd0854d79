package import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText

/// Writes the rows of a file into two files while it is checked: those with findings of a kind, and the others, byte for byte.
///
/// Which rows have findings is what the findings themselves were counted from: see ``RowMark``. The last row, and in a short file every row, waits for
/// the end of the file, because some findings are known only then.
package final class RowSplitter {
    /// Why nothing was written.
    package enum Failure: Error {
        case output(OutputFile.Refusal)
        /// A temporary file failed.
        case temporary(Descriptor.Failure)
        /// The file cannot be split, for a reason that ends a sentence.
        case refused(String)

        /// Safe to print.
        package var message: String {
            switch self {
            case .output(let refusal): refusal.message
            case .temporary(let failure): "cannot put rows aside in a temporary file: \(failure.text)"
            case .refused(let reason): "no rows were written: \(reason)"
            }
        }

        /// Whether the content of the file is the reason.
        package var isRefusal: Bool { if case .refused = self { true } else { false } }
    }

    /// Where the bytes of a row go.
    enum Fate {
        case clean
        case quarantine
        /// Into both files: the header.
        case both
        case dropped
    }

    /// The rows up to a place, which go to the same file: one row, or as many as need no more to be known of.
    struct Entry {
        var fate: Fate
        /// Offset in the content.
        var end: Int
        var rows = 0
        var lines = 0
        /// Of one row: its number, which a later finding may name.
        var number: Int?
        var line = 0
        var isHeader = false
        /// Of one row in quarantine, where rows are annotated: index of the reasons; -1 where there are none.
        var reasons: Int32 = -1
    }

    /// Why a row is in quarantine.
    struct Reason: Hashable {
        var code: String
        var column: String?
    }

    let outputs: SplitOutputs
    private var clean: SplitFile?
    private var quarantine: SplitFile?
    private var failure: Failure?
    private let content = ContentQueue()
    private var waiting: [Entry] = []
    private var firstWaiting = 0
    /// Why rows that wait are in quarantine, only where they are annotated. Those one after the other with the same reasons share them.
    private var reasons: [[Reason]] = []
    /// Offset of the first byte that was not written.
    private var position = 0
    private var isEnded = false
    private var hasBegun = false
    var isAtHand = false
    private var split = RowSplit()
    /// By group, whether it puts a row into quarantine; `nil` where that was not asked yet.
    private var isCounted: [Bool?] = []
    /// The reasons that were written last, as fields of codes and columns.
    private var written = (reasons: [Reason](), fields: [UInt8]())
    /// Adds fields to the row that is being written, and these.
    private var addedFields: AddedFields
    private var annotation: [UInt8] = []
    private var hasPutKeysAside = false
    private var rules = FindingRules()

    /// Prepares the files.
    package init(_ outputs: SplitOutputs) throws(Failure) {
        self.outputs = outputs
        addedFields = AddedFields(delimiter: UInt8(ascii: ","))
        do throws(OutputFile.Refusal) {
            clean = try outputs.clean.map { file throws(OutputFile.Refusal) in
                try SplitFile(file, compresses: outputs.compresses.clean)
            }
            quarantine = try outputs.quarantine.map { file throws(OutputFile.Refusal) in
                try SplitFile(file, compresses: outputs.compresses.quarantine)
            }
        } catch {
            throw .output(error)
        }
    }

    /// Gives the files their names.
    ///
    /// - Parameter report: of the check.
    /// - Returns: What was written. Nothing is, if this throws.
    package func finish(_ report: Report) throws(Failure) -> RowSplit {
        if let failure { throw failure }
        if let obstacle = obstacle(report) { throw .refused(obstacle) }
        do throws(OutputFile.Refusal) {
            for file in [clean, quarantine] { try file?.prepare() }
            for file in [clean, quarantine] { try file?.finish() }
        } catch {
            throw .output(error)
        }
        let threshold: Severity = outputs.level == .warning ? .warning : .error
        func codes(_ isMeant: (Finding) -> Bool) -> [String] {
            var codes: [String] = []
            for finding in report.findings where finding.severity >= threshold && isMeant(finding) && codes.last != finding.code {
                codes.append(finding.code)
            }
            return codes
        }
        let divided = split.quarantine.rows > 0 ? dividedKinds : []
        split.undivided = codes { $0.rows > 0 && !divided.contains($0.kind) && !$0.isAboutHeader }
        split.remaining = codes { ($0.rows == 0 && !Self.dropped.contains($0.kind)) || $0.isAboutHeader }
        return split
    }

    /// Kinds that some row was put into quarantine for.
    private var dividedKinds: Set<FindingKind> = []

    /// What is left out of both files.
    private static let dropped: Set<FindingKind> = [.blankLine, .preamble, .separatorLine]

    /// Why a file cannot be split, whatever its rows are.
    private func obstacle(_ report: Report) -> String? {
        if report.cutRows > 0 { return "a row has more fields, or more bytes, than are checked" }
        guard report.isComplete, hasBegun, isEnded else { return "not all of the file could be checked" }
        let whole: [FindingKind] = [.otherDelimiter, .rowsInQuotes, .fixedWidth, .contradictedEncoding]
        if let finding = report.findings.first(where: { whole.contains($0.kind) && $0.severity == .error }) {
            return "\(finding.code) is about every row (\(finding.kind.title.prefix(1).lowercased() + finding.kind.title.dropFirst()))"
        }
        if hasPutKeysAside, report.findings.contains(where: { $0.kind == .duplicateKey }) {
            return "the keys do not fit into memory; give more, for example --memory 2GiB"
        }
        return nil
    }

    // MARK: Writing

    private func perform(_ body: () throws(Failure) -> Void) {
        if failure != nil { return }
        do throws(Failure) {
            try body()
        } catch {
            failure = error
            // What was begun is removed at once: a full disk has room again.
            (clean, quarantine) = (nil, nil)
        }
    }

    func add(_ entry: Entry) {
        if let last = waiting.last, last.number == nil, last.fate == entry.fate, entry.number == nil, firstWaiting < waiting.count {
            waiting[waiting.count - 1].end = entry.end
            waiting[waiting.count - 1].rows += entry.rows
            waiting[waiting.count - 1].lines += entry.lines
        } else {
            waiting.append(entry)
        }
    }

    /// Keeps why a row is in quarantine.
    ///
    /// - Returns: the index of the reasons.
    func keep(_ more: [Reason]) -> Int32 {
        if reasons.last != more { reasons.append(more) }
        return Int32(reasons.count - 1)
    }

    /// What is known of rows that were written is forgotten, once that is most of it.
    private func forgetReasons() {
        let first = waiting[firstWaiting...].lazy.map(\.reasons).first { $0 >= 0 } ?? Int32(reasons.count)
        guard 2 * Int(first) > reasons.count else { return }
        reasons.removeSubrange(..<Int(first))
        for index in waiting.indices[firstWaiting...] where waiting[index].reasons >= 0 { waiting[index].reasons -= first }
    }

    /// Writes what waits, except for the last entries.
    private func write(exceptLast kept: Int) throws(Failure) {
        let (files, last) = ((clean, quarantine), waiting.count - kept)
        while firstWaiting < last {
            try write(waiting[firstWaiting], files)
            firstWaiting += 1
        }
        if firstWaiting > 1_000 || firstWaiting == waiting.count {
            waiting.removeSubrange(..<firstWaiting)
            firstWaiting = 0
            if outputs.annotates { forgetReasons() }
        }
    }

    private func write(_ entry: Entry, _ files: (clean: SplitFile?, quarantine: SplitFile?)) throws(Failure) {
        let count = entry.end - position
        position = entry.end
        switch entry.fate {
        case .clean:
            split.clean.rows += entry.rows
            split.clean.byteCount += count
        case .quarantine:
            split.quarantine.rows += entry.rows
            split.quarantine.byteCount += count
        case .both: split.sharedByteCount += count
        case .dropped:
            split.dropped.lines += entry.lines
            split.dropped.byteCount += count
        }
        let annotates = outputs.annotates && files.quarantine != nil && (entry.fate == .quarantine || entry.isHeader)
        try content.take(count) { (piece: Span<UInt8>) throws(Failure) in
            do throws(OutputFile.Refusal) {
                if entry.fate == .clean || entry.fate == .both { try files.clean?.write(piece) }
                guard entry.fate == .quarantine || entry.fate == .both else { return }
                guard let file = files.quarantine else { return }
                if annotates {
                    try addedFields.take(piece) { (text: Span<UInt8>) throws(OutputFile.Refusal) in try file.write(text) }
                } else {
                    try file.write(piece)
                }
            } catch {
                throw .output(error)
            }
        }
        guard annotates else { return }
        do throws(OutputFile.Refusal) {
            annotation.removeAll(keepingCapacity: true)
            addedFields.end(adding: fields(entry).span, to: &annotation)
            try files.quarantine?.write(annotation)
        } catch {
            throw .output(error)
        }
    }

    private static let annotationNames = ["_code", "_column", "_row", "_line"]

    /// The fields that a row gets.
    private func fields(_ entry: Entry) -> [UInt8] {
        if entry.isHeader { return addedFields.fields(Self.annotationNames) }
        let own = entry.reasons < 0 ? [] : reasons[Int(entry.reasons)]
        if written.reasons != own || written.fields.isEmpty {
            var (codes, columns): ([String], [String]) = ([], [])
            for reason in own {
                if !codes.contains(reason.code) { codes.append(reason.code) }
                if let column = reason.column, !columns.contains(column) { columns.append(column) }
            }
            written = (own, addedFields.fields([codes.joined(separator: " "), columns.joined(separator: "; ")]))
        }
        var fields = written.fields
        addedFields.append(entry.number ?? 0, to: &fields)
        addedFields.append(entry.line, to: &fields)
        return fields
    }

    // MARK: Findings

    func counts(_ group: Int, _ log: FindingLog) -> Bool {
        while isCounted.count <= group { isCounted.append(nil) }
        if let known = isCounted[group] { return known }
        let found = log.groups[group]
        let action = found.kind.action(under: rules)
        let severity = action?.severity ?? found.severity
        let counts =
            switch outputs.level {
            case _ where action == .ignore: false
            case .error: severity == .error
            case .doubtful: severity == .error || found.predicts != nil
            case .warning: severity >= .warning
            }
        isCounted[group] = counts
        if counts { dividedKinds.insert(found.kind) }
        return counts
    }
}

extension RowSplitter: MarkReceiver {
    func begin(_ head: FileHead, options: CheckOptions) {
        hasBegun = true
        rules = options.rules
        addedFields = AddedFields(delimiter: head.dialect.delimiter)
        if outputs.annotates, head.encoding != .utf8 {
            failure = .refused("--annotate adds UTF-8, and the file is \(head.encoding.name)")
            return
        }
        // Lines that an option skips are skipped in both files too.
        let shared = options.skippedLines > 0 ? head.beginningLength : head.markLength
        if shared > 0 { add(Entry(fate: .both, end: shared)) }
        if head.beginningLength > shared { add(Entry(fate: .dropped, end: head.beginningLength, lines: head.skipped.lines)) }
    }

    func take(_ batch: inout RowBatch, _ found: MarkedBatch, log: FindingLog) {
        perform { () throws(Failure) in
            do throws(Descriptor.Failure) {
                try content.append(found.content.span)
            } catch {
                throw .temporary(error)
            }
            guard batch.rowCount > 0 else { return }
            isAtHand = found.layout?.isAtHand ?? isAtHand
            decide(&batch, found, log)
            try write(exceptLast: isAtHand ? waiting.count - firstWaiting : waiting.count - (waiting.lastIndex { $0.number != nil } ?? 0))
        }
    }

    func end(_ marks: [RowMark], log: FindingLog, hasPutKeysAside: Bool) {
        isEnded = true
        self.hasPutKeysAside = hasPutKeysAside
        perform { () throws(Failure) in
            var reasons: [Int: [Reason]] = [:]
            for mark in marks where mark.row > 0 && counts(mark.group, log) {
                reasons[mark.row, default: []].append(Reason(code: log.groups[mark.group].kind.code))
            }
            // What is known of rows that were written already is not divided.
            let numbers = Set(waiting[firstWaiting...].compactMap(\.number))
            for mark in marks where mark.row > 0 && !numbers.contains(mark.row) { dividedKinds.remove(log.groups[mark.group].kind) }
            for index in waiting.indices[firstWaiting...] {
                guard let number = waiting[index].number, let own = reasons[number] else { continue }
                waiting[index].fate = .quarantine
                guard outputs.annotates else { continue }
                let earlier = waiting[index].reasons
                waiting[index].reasons = keep((earlier < 0 ? [] : self.reasons[Int(earlier)]) + own)
            }
            try write(exceptLast: 0)
        }
    }
}

extension Finding {
    /// Whether it is about the header, which is in both files.
    fileprivate var isAboutHeader: Bool { kind.subject == .names || (!examples.isEmpty && examples.allSatisfy { $0.place.row == 0 }) }
}
