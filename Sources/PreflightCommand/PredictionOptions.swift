import ArgumentParser
import ByteSources
import Preflight
import PreflightReports
import SafeText

/// `--predict`
struct PredictionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write the prediction as JSON in the form of Pigment's detailedReport; for one input file. - needs --quiet.", valueName: "file")
    )
    var predict: FilePath?

    var paths: [FilePath] { predict.map { [$0] } ?? [] }

    /// Refuses two texts on standard output.
    func validate(with output: OutputOptions, _ reports: ReportOptions) throws {
        guard predict == .standardStream else { return }
        guard output.quiet, reports.standardFormat == nil, !reports.printsSummary, !reports.listsOnStandardOutput else {
            throw ValidationError("--predict - and the report would both go to standard output. Add --quiet, or name a file.")
        }
    }

    /// Prepares the file, before any work.
    func file(inputs: [FilePath]) throws(CommandFailure) -> OutputFile? {
        guard let predict else { return nil }
        do throws(OutputFile.Refusal) {
            return try OutputFile(path: predict, collision: .replace, inputs: inputs)
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension OutputFile {
    /// Writes the prediction of a report, or says why that is not possible.
    ///
    /// - Returns: whether it was written.
    func write(predictionOf report: Report, _ terminal: Terminal) -> Bool {
        do throws(OutputFile.Refusal) {
            try write(JSONReport.detailedReport(report.prediction).text(isPretty: true) + "\n")
            return true
        } catch {
            terminal.say(error.message)
            return false
        }
    }
}
