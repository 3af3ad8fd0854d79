import ByteSources
import ImportProfiles

extension ReportBuilder {
    /// Names the commands that correct the beginning, the line ends or the encoding of this very content.
    func nameRemedies(_ fileHead: FileHead) {
        let refused: String? =
            switch fileHead.refusal {
            case .utf16(let encoding): encoding.rawValue
            case .utf32: "UTF-32"
            case .notCSV, nil: nil
            }
        let converted = fileHead.encoding == .utf8 ? nil : fileHead.encoding.rawValue
        let remedy = FileRemedy(encoding: refused ?? converted, endsLinesWithCR: fileHead.endsLinesWithCR)
        if refused != nil {
            log.setHelp("Export as UTF-8, or convert: \(remedy.command())", of: fileHead.refusal == .utf32 ? .utf32 : .utf16)
            return
        }
        if fileHead.endsLinesWithCR { log.setHelp("Convert the line ends: \(remedy.command())", of: .carriageReturnLineEnds) }
        let behindSkipped = options.skippedLines + 1
        log.setHelp("Remove the line: \(remedy.command("sed \(behindSkipped)d"))", of: .separatorLine)
        log.setHelp(
            "Remove them before you push the file: \(remedy.command("tail -n +\(behindSkipped)"))", of: .skippedLines)
        log.setHelp(
            "Remove them: \(remedy.command("tail -n +\(fileHead.skipped.lines + 1)")). Or export without a title.", of: .preamble)
    }
}
