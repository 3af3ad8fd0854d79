package import CSVTokenizer
import SafeText

/// What a measurement of one file says.
package struct BenchReport: Sendable, Equatable {
    /// Of the file as it was judged.
    package var input: InputSummary
    package var totals: Totals
    /// How bytes were looked at.
    package var kernel: Kernel
    /// How often each stage was timed; the round before the first, which fills the caches, does not count.
    package var roundCount: Int
    /// In the order of a round.
    package var stages: [Stage]

    package init(input: InputSummary, totals: Totals, kernel: Kernel, roundCount: Int, stages: [Stage]) {
        self.input = input
        self.totals = totals
        self.kernel = kernel
        self.roundCount = roundCount
        self.stages = stages
    }

    /// What all stages worked on.
    package struct Totals: Sendable, Equatable {
        /// Data rows: without the header and without blank lines.
        package var rows: Int
        package var columns: Int
        /// Of all rows, header and blank lines included.
        package var fields: Int

        package init(rows: Int, columns: Int, fields: Int) {
            self.rows = rows
            self.columns = columns
            self.fields = fields
        }
    }

    /// One stage with its times.
    package struct Stage: Sendable, Equatable {
        package var stage: BenchStage
        package var time: Spread
        /// Processor time of all threads; the median of the rounds.
        package var processorTime: Duration
        /// The most memory that the process had used when the stage had run for the first time.
        package var peakByteCount: Int

        package init(stage: BenchStage, time: Spread, processorTime: Duration, peakByteCount: Int) {
            self.stage = stage
            self.time = time
            self.processorTime = processorTime
            self.peakByteCount = peakByteCount
        }
    }
}

extension BenchReport {
    /// Bytes that passed through a stage in a second, by the median: of content, for ``BenchStage/read`` stored ones. `nil` where the
    /// time was too short for the clock.
    package func bytesPerSecond(_ stage: Stage) -> Double? {
        rate(stage.stage == .read ? input.bytes : input.decompressedBytes, stage)
    }

    /// Data rows in a second, by the median; `nil` where the time was too short for the clock.
    package func rowsPerSecond(_ stage: Stage) -> Double? {
        rate(totals.rows, stage)
    }

    /// `nil` for a file without fields.
    package func nanosecondsPerField(_ stage: Stage) -> Double? {
        totals.fields > 0 ? stage.time.median.inSeconds * 1e9 / Double(totals.fields) : nil
    }

    /// The time in times that of reading alone; `nil` where one of them was not measured.
    package func timesRead(_ stage: Stage) -> Double? {
        guard let read = stages.first(where: { $0.stage == .read })?.time.median.inSeconds, read > 0 else { return nil }
        return stage.time.median.inSeconds / read
    }

    /// What a push would take; `nil` where no judging was measured.
    ///
    /// Its check is ``BenchStage/judgeWithDigest(threadCount:)`` where that was measured, else judging on the most threads.
    package func pushEstimate(at rate: TransferRate) -> PushEstimate? {
        stages.last.map { PushEstimate(rate: rate, check: $0.time.median, byteCount: input.decompressedBytes) }
    }

    /// How much of the time of judging on one thread a processor worked on it: about 1 on a machine that does nothing else. `nil` where
    /// the time was too short for the system's accounts.
    package var judgingProcessorShare: Double? {
        guard let judging = stages.first(where: { $0.stage == .judge(threadCount: 1) }), judging.time.median > .milliseconds(50) else {
            return nil
        }
        return judging.processorTime.inSeconds / judging.time.median.inSeconds
    }

    private func rate(_ count: Int, _ stage: Stage) -> Double? {
        let seconds = stage.time.median.inSeconds
        return seconds > 0 ? Double(count) / seconds : nil
    }
}
