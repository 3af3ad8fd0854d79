import Preflight
import SafeText

/// A report that was saved: the answer of the server to a status request, or what `push --format json` and `status --format json` print.
package struct ReportFile: Sendable {
    package private(set) var importID: ImportID?
    package private(set) var status: StatusDocument.Status
    /// `nil` where the report has no detail.
    package private(set) var skipped: [StatusDocument.Skipped]?

    /// - Returns: `nil` for what is neither.
    package init?(_ bytes: [UInt8]) {
        guard let root = try? JSONReader.value(of: bytes) else { return nil }
        if root["importStatus"] != nil {
            guard let document = StatusDocument(bytes, redactor: Redactor(nil)) else { return nil }
            (importID, status, skipped) = (document.importID, document.status, document.detail?.skipped)
            return
        }
        guard let outcome = root["outcome"], case .object = outcome, case .string(let text)? = outcome["status"] else { return nil }
        status = text == "Completed" ? .completed : text == "Failed" ? .failed : .unknown(VisibleText(text).text)
        if case .string(let id)? = outcome["importId"] { importID = try? ImportID(id) }
        if case .array(let entries)? = outcome["skipped"], case .object? = outcome["counts"] { skipped = entries.map(Self.skipped) }
    }

    private static func skipped(_ entry: JSONValue) -> StatusDocument.Skipped {
        func text(_ value: JSONValue?) -> String? { if case .string(let text)? = value { text } else { nil } }
        var count: Int?
        if case .int(let number)? = entry["count"], number >= 0 { count = number }
        var samples: [String] = []
        if case .array(let values)? = entry["samples"] { samples = values.compactMap(text) }
        return StatusDocument.Skipped(
            columnName: text(entry["column"]).flatMap { $0.isEmpty ? nil : ColumnName($0) },
            reason: SkipReason(rawValue: text(entry["reason"]) ?? "none"), count: count, samples: samples)
    }
}
