import PigmentImport
import Preflight
import PreflightReports
import SafeText
import ValueFormats

/// Accepted files, for people and for machines.
enum BaselineText {
    /// Each line with its line end.
    static func text(_ files: [Baseline], _ configuration: ConfigurationID) -> String {
        guard !files.isEmpty else { return "No file was accepted for configuration \(configuration) so far.\n" }
        var lines = ["Configuration \(configuration): \(files.count.counted("accepted file"))"]
        let rows = files.map { $0.statistics.rowCount.counted("row") }
        let width = rows.map(\.utf8.count).max() ?? 0
        for (file, rows) in zip(files, rows) {
            let fill = String(repeating: " ", count: width - rows.utf8.count)
            lines.append("  \(file.id)  \(file.time.shown)  \(fill)\(rows)  \(file.origin.words)  \(file.file)")
        }
        lines.append("")
        lines.append(
            files.count < DriftReference.fewestFiles
                ? "Files are compared when there are \(DriftReference.fewestFiles)."
                : "The last \(min(files.count, DriftMode.mostFiles)) of them tell what is usual.")
        return lines.map { $0 + "\n" }.joined()
    }

    static func json(_ files: [Baseline], _ configuration: ConfigurationID) -> String {
        let list = files.map { file in
            JSONValue.object(
                [
                    .init("id", .string(file.id.text)), .init("time", .string(file.time.description)), .init("file", .string(file.file)),
                    .init("by", .string(file.origin.rawValue)),
                ] + file.statistics.members)
        }
        return JSONValue.members(["version": .int(1), "configurationId": .string(configuration.text), "files": .array(list)])
            .text(isPretty: true) + "\n"
    }
}

extension Baseline.Origin {
    fileprivate var words: String {
        switch self {
        case .push: "pushed"
        case .hand: "by hand"
        }
    }
}
