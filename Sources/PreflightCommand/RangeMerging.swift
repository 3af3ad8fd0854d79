import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// Puts partial results in order and merges them.
struct RangeMerging {
    let document: RangePlanDocument
    let planned: PlannedFile
    /// Ranges are checked again from it.
    let source: InputFile?
    private var merge: PartialMerge
    /// By range.
    private var found: [Int: [Found]] = [:]

    private struct Found {
        var path: FilePath
        var partial: RangePartial
        var digest: [UInt8]
    }

    /// - Parameter cells: where the cells and rows with findings are listed; `nil` for nowhere.
    init(document: RangePlanDocument, planned: PlannedFile, source: InputFile?, cells: CellList? = nil) {
        (self.document, self.planned, self.source) = (document, planned, source)
        cells?.begin(path: document.shownPath)
        merge = PartialMerge(planned, cells: cells)
    }

    /// Reads which range a partial result is of.
    mutating func open(_ path: FilePath) throws(CommandFailure) {
        let opened = try PartialFile.open(path, document)
        let partial = opened.partial
        for other in found[partial.range] ?? [] where other.partial.start == partial.start && other.partial.end != nil && partial.end != nil
        {
            if other.digest == opened.digest { return }
            throw CommandFailure(
                .unable,
                "\(other.path) and \(path) are both of range \(partial.range) and differ: the file changed between them. Check all ranges again."
            )
        }
        found[partial.range, default: []].append(Found(path: path, partial: partial, digest: opened.digest))
    }

    /// Goes through the partial results without adding one, up to the first that is missing.
    private mutating func passWhatIsThere() {
        while !merge.isComplete {
            if let part = found[merge.next.range]?.first(where: { merge.takes($0.partial) }) {
                merge.pass(part.partial)
            } else if !(found[merge.next.range + 1] ?? []).contains(where: { merge.skip(before: $0.partial) }) {
                return
            }
        }
    }

    /// - Returns: `false` if ranges are missing.
    mutating func merge(_ terminal: Terminal) throws(CommandFailure) -> Bool {
        // Before any cell is listed.
        var ahead = self
        ahead.passWhatIsThere()
        guard ahead.merge.isComplete || source != nil else {
            self = ahead
            return false
        }
        while !merge.isComplete {
            let next = merge.next
            if let part = found[next.range]?.first(where: { merge.takes($0.partial) }) {
                try add(part)
                continue
            }
            if (found[next.range + 1] ?? []).contains(where: { merge.skip(before: $0.partial) }) { continue }
            guard let source else { return false }
            terminal.note("checking range \(next.range) again" + (next.start.map { " from byte \($0)" } ?? ""))
            do throws(SourceError) {
                merge.add(
                    try RangeRun.partial(
                        of: source, planned, range: next.range, from: next.start, digest: document.rangeDigest))
            } catch {
                throw CommandFailure(error)
            }
            if let failure = merge.failure { throw CommandFailure(failure, path: source.displayPath) }
            guard merge.next != next else {
                throw CommandFailure(.unable, "\(source.displayPath) cannot be read to the end of range \(next.range).")
            }
        }
        guard !merge.lacksPlaces else {
            throw CommandFailure(
                .unable,
                "The keys take more than --memory, so where rows repeat them is not known. Raise it, also for the ranges, or plan without --positions and merge without --report csv."
            )
        }
        return true
    }

    private mutating func add(_ part: Found) throws(CommandFailure) {
        var opened = try PartialFile.open(part.path, digest: part.digest, document)
        let damage = merge.add(opened.partial, &opened.coder, opened.rest)
        if let failure = merge.failure { throw CommandFailure(failure, path: document.shownPath) }
        // Also where it was written again since it was opened.
        guard opened.rest.finish() == part.digest else { throw PartialFile.damage(of: part.path, opened.rest) }
        if let damage { throw CommandFailure(.unable, "\(part.path) cannot be read (\(damage)). Check its range again.") }
    }

    /// The ranges that have to be checked before the others can be merged.
    var again: [PartialMerge.RangeTask] {
        var tasks = [merge.next]
        for range in (merge.next.range + 1)..<max(merge.next.range + 1, document.plan.count) {
            let before = found[range - 1]?.compactMap(\.partial.end) ?? []
            let own = (found[range] ?? []).filter { $0.partial.end != nil }
            if own.isEmpty {
                tasks.append(PartialMerge.RangeTask(range: range, start: nil))
            } else if before.count == 1, range - 1 != merge.next.range, !own.contains(where: { $0.partial.start == before[0] }) {
                tasks.append(PartialMerge.RangeTask(range: range, start: before[0]))
            }
        }
        return tasks
    }

    static func text(_ tasks: [PartialMerge.RangeTask], isJSON: Bool, plan: FilePath, path: String) -> String {
        if isJSON {
            let list = tasks.map { task -> JSONValue in
                .members(["range": .int(task.range), "from": task.start.map(JSONValue.int) ?? .null])
            }
            return JSONValue.members(["again": .array(list)]).text(isPretty: true) + "\n"
        }
        return tasks.map { task in
            let from: [ShellCommand.Word] = task.start.map { ["--from", "\($0)"] } ?? []
            let command = ShellCommand.preflight("check", .init(FilePath(path)), "--plan", .init(plan), "--range", "\(task.range)")
                .adding(from + ["--partial", "part-\(task.range)"])
            return "\(command)\n"
        }.joined()
    }

    /// Reads the file, and compares it with what was checked.
    func compared(_ file: InputFile, progress: (Int) -> Void = { _ in }) throws(CommandFailure) -> ComparedFile {
        guard document.hasDigests else {
            throw CommandFailure(.unable, "The plan collects no SHA-256 of ranges to compare the file with: plan with --digests.")
        }
        do throws(ComparedFile.Failure) {
            return try ComparedFile(
                file, checked: merge.checked, isStored: planned.plan.hasStoredDigest, encoding: merge.sentEncoding, digest: SHA256Digest(),
                progress: progress)
        } catch {
            switch error {
            case .source(let error): throw CommandFailure(error)
            case .differs(let words): throw CommandFailure(.unable, "\(file.displayPath) \(words).")
            }
        }
    }

    /// The report of one check.
    ///
    /// - Parameter storedDigest: SHA-256 of the file, if it was compared.
    mutating func report(path: String, storedDigest: [UInt8]? = nil) throws(CommandFailure) -> Report {
        let report = merge.report(path: path, storedDigest: storedDigest)
        if let failure = merge.failure { throw CommandFailure(failure, path: report.input.path) }
        return report
    }
}

extension CommandFailure {
    /// Keys or cells could not be put aside, or not be read from there.
    init(_ failure: PutAside.Failure, path: String) {
        self.init(SourceError.system(operation: "put aside the \(failure.what) of", path: path, errno: failure.errno, byteOffset: nil))
    }
}

extension PlannedFile {
    /// Opens the planned file, or a stream of the bytes of a range.
    func open(_ path: FilePath, plan: FilePath, isStreamAllowed: Bool = false) throws(CommandFailure) -> InputFile {
        let file: InputFile
        do throws(SourceError) {
            file = try InputFile.open(path: path, spoolsStream: false)
        } catch {
            throw CommandFailure(error)
        }
        guard file.isSeekable ? isPlanned(file) : isStreamAllowed else {
            throw CommandFailure(.unable, "\(file.displayPath) is not the file that \(plan) was made for, or it has changed since.")
        }
        return file
    }
}
