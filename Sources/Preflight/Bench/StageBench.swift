package import ByteSources
import CSVTokenizer

/// Times the stages of a check, each by itself, on one file.
///
/// A round runs every stage once, one after another, so what disturbs the machine for a while disturbs all of them. A first round that
/// does not count brings the file into the system's cache and tells what is in it.
///
///     let bench = try StageBench(file, options: CheckOptions(profile: profile))
///     let report = try bench.run()
///
/// Memory: that of a check.
package struct StageBench {
    /// What is timed, in the order of a round.
    package let stages: [BenchStage]
    private let file: InputFile
    private let options: CheckOptions
    private let roundCount: Int
    private let makeDigest: (() -> any StreamDigest)?
    private let clock: any Clock<Duration>

    /// Reads the first bytes of the file, to tell how it is compressed.
    ///
    /// - Parameters:
    ///   - file: The file to measure.
    ///   - options: their ``CheckOptions/threadCount`` is the most threads to measure judging with; `nil` for all processors.
    ///   - roundCount: how often each stage is timed, at least 1.
    ///   - makeDigest: a digest for each check that a push would make; `nil` leaves those out.
    ///   - clock: Measures the time.
    /// - Throws: ``StageBenchError/source(_:)``, also for a stream: it can be read only once.
    package init(
        _ file: InputFile, options: CheckOptions, roundCount: Int = 5, makeDigest: (() -> any StreamDigest)? = nil,
        clock: any Clock<Duration> = ContinuousClock()
    ) throws(StageBenchError) {
        self.file = file
        self.options = options
        self.roundCount = max(1, roundCount)
        self.makeDigest = makeDigest
        self.clock = clock
        guard file.isSeekable else {
            throw .source(.notReadable(path: file.displayPath, reason: "it is a stream, and every stage reads it from its beginning"))
        }
        do throws(SourceError) {
            let pushThreadCount = options.threadCount ?? CheckRun.threadCount(for: file.size())
            stages = BenchStage.all(
                compression: try ContentSource(try file.firstPass()).compression,
                threadLimit: options.threadCount ?? Threads.processorCount, pushThreadCount: makeDigest == nil ? nil : pushThreadCount)
        } catch {
            throw .source(error)
        }
    }

    /// Stored bytes that all rounds read together, for showing progress; `nil` where the size is not known.
    package var plannedByteCount: Int? {
        file.size().map { $0 * stages.count * (roundCount + 1) }
    }

    /// Runs all rounds.
    ///
    /// - Parameter progress: Called between two stages with the stored bytes read so far; not timed.
    package func run(progress: (Int) -> Void = { _ in }) throws(StageBenchError) -> BenchReport {
        let identity = try identity()
        let pass = StagePass(file, options: options, makeDigest: makeDigest)
        var recordings = stages.map(Recording.init)
        var passCount = 0
        for round in 0...roundCount {
            for index in recordings.indices {
                progress(pass.facts.storedByteCount * passCount)
                try recordings[index].record(pass, clock: clock, counts: round > 0)
                passCount += 1
                if recordings[index].stage == .scan, let reason = Self.refusal(pass.facts) {
                    throw .nothingToJudge(path: file.filePath, reason: reason)
                }
            }
        }
        guard try self.identity() == identity, let judged = pass.facts.report else {
            throw .source(.changed(path: file.displayPath))
        }
        return BenchReport(
            input: judged.input,
            totals: BenchReport.Totals(rows: judged.totals.rows, columns: judged.totals.columns, fields: pass.facts.fieldCount),
            kernel: options.kernel, roundCount: roundCount, stages: recordings.map(\.result))
    }

    private static func refusal(_ facts: StagePass.Facts) -> String? {
        if !facts.isReadable { return "is UTF-16, which is not judged" }
        return facts.fieldCount == 0 ? "is empty" : nil
    }

    private func identity() throws(StageBenchError) -> FileIdentity {
        do {
            return try file.identity()
        } catch {
            throw .source(error)
        }
    }
}

extension StageBench {
    /// What was measured of one stage so far.
    private struct Recording {
        let stage: BenchStage
        private var times: [Duration] = []
        private var processorTimes: [Duration] = []
        private var peakByteCount = 0

        init(_ stage: BenchStage) {
            self.stage = stage
        }

        /// Runs the stage once.
        ///
        /// - Parameter counts: `false` in the first round.
        mutating func record(_ pass: StagePass, clock: some Clock<Duration>, counts: Bool) throws(StageBenchError) {
            let used = ProcessUsage.now().processorTime
            let start = clock.now
            do {
                try pass.run(stage)
            } catch {
                throw .source(error)
            }
            let time = start.duration(to: clock.now)
            let usage = ProcessUsage.now()
            if counts {
                times.append(time)
                processorTimes.append(usage.processorTime - used)
            } else {
                peakByteCount = usage.peakByteCount
            }
        }

        var result: BenchReport.Stage {
            BenchReport.Stage(
                stage: stage, time: Spread(times), processorTime: Spread(processorTimes).median, peakByteCount: peakByteCount)
        }
    }
}
