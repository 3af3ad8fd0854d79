import ImportProfiles

/// The texts of one format about the files of a run, in order. Their concatenation is the whole output.
package struct ReportStream: Sendable {
    /// What the entries so far have used up.
    package struct Progress: Sendable {
        /// Whether nothing was written yet that the next piece has to be separated from.
        package var isFirst = true
        /// Annotations so far, by severity.
        var annotations: [Severity: Int] = [:]
        /// Lines that are written at the end, by the name of their group.
        var groups: [String: [String]] = [:]

        package init() {}
    }

    private let isOneFile: Bool
    package let format: ReportFormat
    private let beginning: @Sendable () -> String
    private let text: @Sendable (FileResult) -> String
    private let entry: @Sendable (FileResult, inout Progress) -> String
    private let end: @Sendable (RunTotals, Progress) -> String
    private var progress = Progress()

    init(
        isOneFile: Bool, format: ReportFormat, beginning: @escaping @Sendable () -> String,
        text: @escaping @Sendable (FileResult) -> String,
        entry: @escaping @Sendable (FileResult, inout Progress) -> String, end: @escaping @Sendable (RunTotals, Progress) -> String
    ) {
        self.isOneFile = isOneFile
        self.format = format
        self.beginning = beginning
        self.text = text
        self.entry = entry
        self.end = end
    }

    /// The text before the first file.
    package func begin() -> String { isOneFile ? "" : beginning() }

    /// The text about the next file.
    package mutating func add(_ result: FileResult) -> String {
        isOneFile ? text(result) : entry(result, &progress)
    }

    /// The text after the last file.
    package func finish(_ totals: RunTotals) -> String { isOneFile ? "" : end(totals, progress) }
}
