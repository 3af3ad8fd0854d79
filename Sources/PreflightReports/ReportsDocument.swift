package import SafeText

/// One JSON document about several files, written piece by piece, so that no report is kept. `report-v1.schema.json` describes it.
///
/// A run that is interrupted leaves an incomplete document, which no reader accepts.
package enum ReportsDocument {
    /// The text before the first entry.
    package static let beginning: String = {
        let whole = JSONValue.object(JSONReport.heading).text(isPretty: true)
        // The closing brace comes at the end.
        return whole.dropLast(2) + ",\n  \"files\": ["
    }()

    /// The entry of one file.
    ///
    /// - Parameters:
    ///   - document: Its report, or the document that ``JSONReport/unreadable(path:message:exit:)`` makes.
    ///   - isFirst: whether it is the first.
    package static func entry(_ document: JSONValue, isFirst: Bool) -> String {
        (isFirst ? "\n    " : ",\n    ") + document.text(isPretty: true, indentation: 4)
    }

    /// The text after the last entry.
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
