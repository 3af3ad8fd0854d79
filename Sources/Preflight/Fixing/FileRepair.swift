package import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText

/// Writes a file with what can be repaired repaired.
///
/// Each round checks the file, reads it for what its columns say, and copies it: what is not changed is copied byte for byte. A repair may show what
/// was hidden before, such as a column that turns out to hold numbers, so the copy is repaired too, until a round changes nothing. That is why a
/// repaired file is not changed by a second run.
package enum FileRepair {
    /// Reads the file and writes the repaired copy.
    ///
    /// - Parameters:
    ///   - file: opened with a copy, if it is a stream.
    ///   - output: `nil` if the changes are only counted.
    package static func run(
        _ file: InputFile, options: CheckOptions, choice: RepairChoice, output: OutputFile?, compresses: Bool = false
    ) throws(RepairFailure) -> RepairResult {
        var options = options
        options.findingRules = FindingRules()
        // Rows are copied from memory.
        options.rowLimits = RowBatch.Limits(rowBytes: mostRowBytes, fieldBytes: mostRowBytes, headBytes: mostRowBytes)
        options.transcodes = true
        var (input, changed, total) = (file, RowNumberSet(), RepairResult())
        var copy = try RepairedCopy()
        for round in 1... {
            let pass = try RepairPass(input, options: options, choice: choice, changedBefore: changed, isCopy: round > 1)
            try pass.write(into: copy)
            if round == 1 { total = pass.result } else { total.add(pass.result) }
            if pass.result.isUnchanged || round == mostRounds { break }
            (changed, options) = (pass.changedRows, pass.optionsOfCopy)
            input = try copy.reopened(as: file.filePath)
            copy = try RepairedCopy()
        }
        if let output { try deliver(copy, output, compresses) }
        return total
    }

    private static let mostRowBytes = 1 << 26
    private static let mostRounds = 8

    private static func deliver(_ copy: RepairedCopy, _ output: OutputFile, _ compresses: Bool) throws(RepairFailure) {
        let file: SplitFile
        do throws(OutputFile.Refusal) {
            file = try SplitFile(output, compresses: compresses)
        } catch {
            throw .output(error)
        }
        try copy.forEachPiece { (piece: Span<UInt8>) throws(RepairFailure) in
            do throws(OutputFile.Refusal) { try file.write(piece) } catch { throw .output(error) }
        }
        do throws(OutputFile.Refusal) {
            try file.prepare()
            try file.finish()
        } catch {
            throw .output(error)
        }
    }
}
