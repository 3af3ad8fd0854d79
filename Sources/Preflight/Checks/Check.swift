import CSVScan

/// One kind of question asked of every row. A check sees whole batches, so that the border to it is crossed once per batch.
///
/// A new check is a file with a conformance, a line in ``Checks/all(for:)``, its codes in the catalogue, and a folder of samples.
protocol Check {
    /// Looks at the rows of one batch, in file order.
    mutating func judge(_ batch: borrowing RowBatch, rows: [RowRecord], log: inout FindingLog)

    /// The file is at its end: what can only be said now.
    mutating func finish(log: inout FindingLog, prediction: inout Prediction)
}

/// The list of checks.
enum Checks {
    static func all(for layout: FileLayout) -> [any Check] {
        [
            WidthCheck(layout: layout),
            QuotingCheck(layout: layout),
            CharacterCheck(layout: layout),
            layout.rules == nil ? InferenceCheck(layout: layout) : ValueCheck(layout: layout),
        ]
    }
}

/// What the rows of a file are judged against; known once the first row was read.
struct FileLayout: Sendable {
    var quote: UInt8
    /// Fields of each row.
    var width: Int
    var hasHeader: Bool
    /// By column; empty without a header.
    var columnNames: [String]
    /// By column, perhaps not for the last ones; `nil` where the profile does not name the column. `nil` as a whole without a profile.
    var rules: [ColumnRule?]?
    var samples: Int

    /// A column of the file with what its values must be.
    struct ColumnRule: Sendable {
        var profile: ColumnProfile
        var rule: ValueRule
    }

    func reference(_ column: Int) -> ColumnReference {
        ColumnReference(index: column, name: column <= columnNames.count ? columnNames[column - 1] : "")
    }
}

/// A row of a batch and what it counts as.
struct RowRecord {
    enum Kind {
        case header
        /// A data row with the right number of fields: its values are judged, as far as `RowBatch.steadyFieldCount` reaches.
        case whole
        /// A data row with too few or too many fields: its values may stand in the wrong columns and are not judged.
        case ragged
    }

    /// Index in the batch.
    var index: Int
    /// Record number: data rows from 1, the header is 0.
    var number: Int
    var kind: Kind
}
