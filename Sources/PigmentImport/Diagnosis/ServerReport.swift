package import Preflight
import SafeText

/// What an import skipped, as the server, a saved push, or a person who reads the screen reports it.
package struct ServerReport: Sendable, Equatable {
    /// What was skipped in one column for one reason.
    package struct Entry: Sendable, Equatable {
        /// `nil` where none is named.
        package var columnName: ColumnName?
        package var reason: SkipReason
        /// Per cell or per row: not documented. `nil` where it is not a count.
        package var count: Int?
        package var samples: [SampleText]

        package init(columnName: ColumnName?, reason: SkipReason, count: Int?, samples: [SampleText] = []) {
            self.columnName = columnName
            self.reason = reason
            self.count = count
            self.samples = samples
        }
    }

    /// Where it comes from.
    package enum Origin: String, Sendable {
        /// A status document.
        case status
        /// The JSON report of a push or of a status.
        case push
        /// Options of the command line.
        case screen
    }

    package var origin: Origin
    package var importID: ImportID?
    /// As the server writes it; `nil` where it is not known.
    package var status: String?
    package var entries: [Entry]
    package var counts: StatusDocument.Counts?
    /// SHA-256 of what was sent, in hexadecimal; only a saved push has it.
    package var sha256: String?

    package init(
        origin: Origin, importID: ImportID? = nil, status: String? = nil, entries: [Entry], counts: StatusDocument.Counts? = nil,
        sha256: String? = nil
    ) {
        self.origin = origin
        self.importID = importID
        self.status = status
        self.entries = entries
        self.counts = counts
        self.sha256 = sha256
    }

    /// Whether a column that is not reported had no skipped cell. A person may leave some out.
    package var isComplete: Bool { origin != .screen }

    /// - Returns: `nil` where the document has no detailed report.
    package init?(_ document: StatusDocument) {
        guard let detail = document.detail else { return nil }
        self.init(
            origin: .status, importID: document.importID, status: document.status.text,
            entries: detail.skipped.map {
                // The ledger keeps what was shown, if anything.
                let samples = $0.texts.isEmpty ? $0.samples.map(Self.sample(shown:)) : $0.texts
                return Entry(columnName: $0.columnName, reason: $0.reason, count: $0.count, samples: samples)
            }, counts: detail.counts)
    }
}
