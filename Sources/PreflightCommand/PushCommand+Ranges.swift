import ArgumentParser
import ByteSources
import ImportProfiles
import Preflight
import PreflightReports
import SafeText

/// A push of a file that was checked in ranges.
extension PushCommand {
    func validateRanges() throws {
        guard plan != nil else {
            guard partials.isEmpty else {
                throw ValidationError("A push sends one file. Partial results of ranges need --plan; for several files use preflight run.")
            }
            return
        }
        guard !partials.isEmpty else { throw ValidationError("--plan needs the partial results of all ranges, after the file.") }
        guard !(input.decides || gate.isGiven || rows.isWanted || send != .all) else {
            throw ValidationError(
                "With --plan, options that decide what is found or passes the gate come from the plan: give them to preflight plan.")
        }
    }

    /// The options that name the ranges, as words of a command line.
    var rangeWords: [ShellCommand.Word] {
        plan.map { partials.map { .init($0) } + ["--plan", .init($0)] } ?? []
    }

    /// What the plan says; `nil` without one.
    func checkedRanges() throws(CommandFailure) -> CheckedRanges? {
        guard let plan else { return nil }
        let document = try RangePlanDocument.load(plan)
        try document.refuseWhatIsNotCollected(reports)
        guard document.hasDigests else {
            throw CommandFailure(
                .unable, "\(plan) collects no SHA-256 of ranges, so a push cannot tell whether the file is the same: plan with --digests.")
        }
        guard drift != .fail || document.countsColumns else {
            throw CommandFailure(.unable, "--drift compares what columns hold, which this plan does not collect: plan with --columns.")
        }
        return CheckedRanges(
            plan: plan, document: document, given: try document.options(), planned: try document.plannedFile(memory: input.memory))
    }
}

/// The ranges of a file, to be merged and compared with it.
struct CheckedRanges {
    var plan: FilePath
    var document: RangePlanDocument
    /// Options of the plan.
    var given: RangePlanDocument.Options
    var planned: PlannedFile

    /// The report on the file, before it was read again to its end.
    struct Merged {
        var report: Report
        fileprivate var merging: RangeMerging
        fileprivate var file: InputFile
        fileprivate var compared: ComparedFile?
        fileprivate let start = ContinuousClock.now
    }

    /// Merges partial results.
    ///
    /// - Parameters:
    ///   - drift: what the file is compared with; `nil` for nothing.
    ///   - cells: where the cells and rows with findings are listed; `nil` for nowhere.
    func merge(
        _ path: FilePath, _ partials: [FilePath], drift: DriftReference?, cells: CellList?, _ terminal: Terminal
    ) throws(CommandFailure) -> Merged {
        var planned = planned
        planned.setDrift(drift)
        let file = try planned.open(path, plan: plan)
        var merging = RangeMerging(document: document, planned: planned, source: nil, cells: cells)
        for partial in partials { try merging.open(partial) }
        guard try merging.merge(terminal) else {
            let missing = merging.again.count
            throw CommandFailure(
                .incomplete,
                "\(missing.counted("range")) missing, or to be checked again; nothing was sent. To list them: preflight merge with the same plan and partial results"
            )
        }
        // Before the report, only where it tells something of the digest.
        let compared: ComparedFile? =
            if planned.wantsDigest || drift != nil { try merging.compared(file, progress: Self.display(file, terminal)) } else { nil }
        var report = try merging.report(path: document.shownPath, storedDigest: compared?.storedDigest)
        do throws(SourceError) { try planned.explainDifferences(of: &report, in: file) } catch { throw CommandFailure(error) }
        return Merged(report: report, merging: merging, file: file, compared: compared)
    }

    fileprivate static func display(_ file: InputFile, _ terminal: Terminal) -> (Int) -> Void {
        ProgressDisplay("Comparing", total: file.size(), terminal: terminal).update
    }
}

extension CheckedRanges.Merged {
    /// The file, once all of its bytes are those that were checked.
    func reading(_ terminal: Terminal) throws(CommandFailure) -> ImportRun.Reading {
        let compared: ComparedFile
        if let known = self.compared {
            compared = known
        } else {
            compared = try merging.compared(file, progress: CheckedRanges.display(file, terminal))
        }
        return ImportRun.Reading(checked: compared.checked(report), duration: ContinuousClock.now - start)
    }
}
