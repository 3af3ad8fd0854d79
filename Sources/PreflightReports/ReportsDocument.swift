package import SafeText

/// One JSON document about several files, written piece by piece: what was written about a file is not kept. `report-v1.schema.json` describes it.
///
/// A run that is ended in the middle leaves a document that no reader takes for a whole one.
package enum ReportsDocument {
    /// What comes before the first entry.
    package static let beginning: String = {
        let whole = JSONValue.object(JSONReport.heading).text(isPretty: true)
        // The closing brace is for the end.
        return whole.dropLast(2) + ",\n  \"files\": ["
    }()

    /// The entry of one file.
    ///
    /// - Parameters:
    ///   - document: its report, or what ``JSONReport/unreadable(path:message:exit:)`` says of it.
    ///   - isFirst: whether it is the first.
    package static func entry(_ document: JSONValue, isFirst: Bool) -> String {
        (isFirst ? "\n    " : ",\n    ") + document.text(isPretty: true, indentation: 4)
    }

    /// What comes after the last entry.
    ///
    /// - Parameters:
    ///   - summary: The number of files by how they ended.
    ///   - exit: How the run ended.
    package static func end(_ summary: JSONValue, exit: ExitSummary) -> String {
        let members = JSONValue.members(["summary": summary, "exit": JSONReport.exit(exit)]).text(isPretty: true)
        // Without the opening brace.
        return "\n  ]," + members.dropFirst(1) + "\n"
    }
}
