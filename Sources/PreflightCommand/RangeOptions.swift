import ArgumentParser
import ByteSources
import Preflight
import PreflightReports
import SafeText

/// How `check` judges one range of a planned file.
struct RangeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Check one range of the file that this plan cuts: see preflight plan.", valueName: "file"))
    var plan: FilePath?

    @Option(help: ArgumentHelp("Number of the range, from 0.", valueName: "number"))
    var range: Int?

    @Option(help: ArgumentHelp("Where its partial result goes, for preflight merge; - for standard output.", valueName: "file"))
    var partial: FilePath?

    @Option(help: ArgumentHelp("Byte at which its rows begin, if preflight merge named one.", valueName: "byte"))
    var from: Int?

    var isWanted: Bool { plan != nil || range != nil || partial != nil || from != nil }

    func validate() throws {
        guard isWanted else { return }
        guard plan != nil, let range, partial != nil else { throw ValidationError("A range needs --plan, --range and --partial.") }
        guard range >= 0 else { throw ValidationError("--range must not be negative.") }
        guard from.map({ $0 >= 0 }) ?? true else { throw ValidationError("--from must not be negative.") }
    }

    /// Judges the range. What the data holds has no influence on the status.
    func run(_ path: FilePath, _ input: InputOptions, _ terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        guard let plan, let range, let partial else { return .usage }
        let document = try RangePlanDocument.load(plan)
        let planned = try document.plannedFile(
            threads: input.threads, memory: input.memory, kernel: input.kernel, chunkBytes: input.chunkBytes)
        guard range < planned.plan.count else {
            throw CommandFailure(.usage, "The plan has ranges 0 to \(planned.plan.count - 1), and no range \(range).")
        }
        let output: OutputFile?
        do throws(OutputFile.Refusal) {
            output = partial == .standardStream ? nil : try OutputFile(path: partial, collision: .replace, inputs: [path, plan])
        } catch {
            throw CommandFailure(error)
        }
        let file = try planned.open(path, plan: plan, isStreamAllowed: true)
        let found: RangePartial
        do throws(SourceError) {
            found = try RangeRun.partial(of: file, planned, range: range, from: from, digest: document.rangeDigest)
        } catch {
            throw CommandFailure(error)
        }
        if found.end == nil {
            terminal.say(
                "range \(range): the input ends before the range does. Pass \(RangePlan.overlapByteCount) bytes after its end too, or more if merge "
                    + "lists it again.")
        }
        terminal.note("range \(range): bytes \(found.start) to \(found.end.map { "\($0)" } ?? "?")")
        if let failure = found.failure { throw CommandFailure(failure, path: file.displayPath) }
        try write(found, planned, document, to: output, path: file.displayPath, terminal)
        return terminal.finish(.done)
    }

    private func write(
        _ found: RangePartial, _ planned: PlannedFile, _ document: RangePlanDocument, to output: OutputFile?, path: String,
        _ terminal: Terminal
    ) throws(CommandFailure) {
        var failure: PutAside.Failure?
        do throws(OutputFile.Refusal) {
            let writer = try output?.begin()
            var refusal: OutputFile.Refusal?
            failure = PartialFile.write(found, planned, document) { bytes in
                guard let writer else { return terminal.print(bytes) }
                if refusal != nil { return }
                do throws(OutputFile.Refusal) { try writer.write(bytes) } catch { refusal = error }
            }
            if let refusal { throw refusal }
            if failure == nil { try writer?.finish() }
        } catch {
            throw CommandFailure(error)
        }
        if let failure { throw CommandFailure(failure, path: path) }
    }
}

extension RangeOptions: QuickOptions {
    mutating func setDefaults() {
        (plan, range, partial, from) = (nil, nil, nil, nil)
    }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        switch option {
        case "--plan": words.value(option, &plan)
        case "--range": words.value(option, &range)
        case "--partial": words.value(option, &partial)
        case "--from": words.value(option, &from)
        default: false
        }
    }
}
