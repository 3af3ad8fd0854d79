import ByteSources
import CSVTokenizer
package import Preflight
package import SafeText

/// A measurement for machines: keys in a fixed order; within version 1 keys are only added. Times are in seconds.
package enum BenchJSON {
    /// The document.
    ///
    /// - Parameters:
    ///   - report: The measurement.
    ///   - rates: Upload rates to estimate a push for.
    ///   - exit: How the run ended.
    package static func document(_ report: BenchReport, rates: [TransferRate], exit: ExitSummary) -> JSONValue {
        .members([
            "version": .int(1),
            "tool": .members(["name": .string("preflight"), "version": .string(ToolVersion.current)]),
            "input": .members([
                "path": .string(report.input.path),
                "compression": .string(report.input.compression.rawValue),
                "bytes": .int(report.input.bytes),
                "decompressedBytes": .int(report.input.decompressedBytes),
            ]),
            "totals": .members([
                "rows": .int(report.totals.rows), "columns": .int(report.totals.columns), "fields": .int(report.totals.fields),
            ]),
            "kernel": .string(report.kernel.rawValue),
            "rounds": .int(report.roundCount),
            "stages": .array(report.stages.map { stage($0, of: report) }),
            "push": .array(rates.compactMap(report.pushEstimate).map(estimate)),
            "exit": .members(["status": .int(exit.status), "reason": .string(exit.reason)]),
        ])
    }

    private static func stage(_ stage: BenchReport.Stage, of report: BenchReport) -> JSONValue {
        .members([
            "stage": .string(stage.stage.name),
            "threads": .int(stage.stage.threadCount),
            "seconds": .members([
                "min": .double(stage.time.min.inSeconds),
                "median": .double(stage.time.median.inSeconds),
                "max": .double(stage.time.max.inSeconds),
            ]),
            "cpuSeconds": .double(stage.processorTime.inSeconds),
            "bytesPerSecond": number(report.bytesPerSecond(stage)),
            "rowsPerSecond": number(report.rowsPerSecond(stage)),
            "nanosecondsPerField": number(report.nanosecondsPerField(stage)),
            "timesRead": number(report.timesRead(stage)),
            "peakBytesSoFar": .int(stage.peakByteCount),
        ])
    }

    private static func estimate(_ estimate: PushEstimate) -> JSONValue {
        .members([
            "bytesPerSecond": .int(estimate.rate.bytesPerSecond),
            "checkSeconds": .double(estimate.check.inSeconds),
            "sendingSeconds": .double(estimate.sending.inSeconds),
            "seconds": .double(estimate.total.inSeconds),
            "boundBy": .string(estimate.bound.rawValue),
        ])
    }

    private static func number(_ number: Double?) -> JSONValue {
        number.map(JSONValue.double) ?? .null
    }
}
