import ArgumentParser
import ByteSources
import PreflightReports
import SafeText

/// A format and where it goes: a value of `--report`.
struct ReportDestination: Sendable {
    let format: ReportFormat
    let path: FilePath

    /// - Parameter formats: those of the command.
    init(_ argument: String, among formats: [ReportFormat]) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, let path = FilePath(argument: String(parts[1])) else {
            throw ValidationError("--report needs FORMAT=FILE, for example --report html=report.html.")
        }
        let name = VisibleText(String(parts[0])).text
        let choices = "Use \(ReportFormat.choices(formats))."
        guard let format = ReportFormat(name: String(parts[0])) else {
            let nearest = EditDistance.nearest(to: name, among: formats.map(\.description))
            throw ValidationError("There is no report format \"\(name)\"." + (nearest.map { " Did you mean \($0)?" } ?? " \(choices)"))
        }
        guard formats.contains(format) else { throw ValidationError("This command writes no \(format) report. \(choices)") }
        self.format = format
        self.path = path
    }

    /// The format that takes the place of the usual report on standard output.
    static func standardFormat(_ destinations: [ReportDestination]) -> ReportFormat? {
        destinations.first { $0.path == .standardStream }?.format
    }

    /// Two reports have two places.
    static func refuseDoubles(_ destinations: [ReportDestination]) throws {
        guard destinations.filter({ $0.path == .standardStream }).count <= 1 else {
            throw ValidationError("Only one --report can go to standard output.")
        }
        for (index, destination) in destinations.enumerated() where destinations[..<index].contains(where: { $0.path == destination.path })
        {
            throw ValidationError("Two reports would be written to \(destination.path).")
        }
    }
}
