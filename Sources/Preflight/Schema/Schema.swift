import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// What the rows of a file are judged against: resolved once, from the options, the beginning of the file and its first row.
final class Schema: Sendable {
    /// What is known before the first row.
    struct Given {
        var profile: Profile?
        var dialect: Dialect
        var hasHeader: Bool
        /// What the file is read as.
        var encoding: TextEncoding
        /// Whether that was declared.
        var isEncodingDeclared: Bool
        /// Whether it is sent as UTF-8 whatever it is.
        var transcodes: Bool
        /// Whether the first bytes are UTF-8 with characters of several bytes.
        var beginsAsUTF8: Bool
        var endsLinesWithCR: Bool
        /// Whether all bytes of the file were there before the first of them was read.
        var isAtHand: Bool
        /// Which findings count.
        var findingRules = FindingRules()
        /// Control totals.
        var expectations: [Expectation] = []
        /// Bytes of memory that comparing keys may take.
        var keyMemory: Int
        var keepsMasks = false
        /// Whether the row below the header is of units, not of values.
        var hasUnitsRow = false
        var samples: Int
        /// Shared by all ranges of a file.
        var hash: KeyHash
    }

    let layout: FileLayout
    let plan: ColumnPlan
    /// Index of the first row, in the batch that the schema was resolved from.
    let firstRow: Int

    /// Reads the first row that is not blank.
    ///
    /// - Parameters:
    ///   - batch: the first rows of the file. Gets an index of its fields, unless all are blank.
    ///   - given: what is known before.
    /// - Returns: `nil` where all rows are blank.
    init?(firstRowsOf batch: inout RowBatch, _ given: Given) {
        let row = batch.leadingBlankRowCount()
        guard row < batch.rowCount else { return nil }
        batch.makeIndex()
        firstRow = row
        layout = Self.layout(batch, row: row, given)
        plan = ColumnPlan(layout: layout, hash: given.hash)
    }

    private static func layout(_ batch: borrowing RowBatch, row: Int, _ given: Given) -> FileLayout {
        let profile = given.profile
        var layout = FileLayout(
            delimiter: given.dialect.delimiter, quote: given.dialect.quote, width: batch.fieldCount(ofRow: row), hasHeader: given.hasHeader,
            columnNames: [], defaults: profile?.defaults ?? ColumnDefaults(), samples: given.samples)
        var names: [[UInt8]] = []
        if given.hasHeader {
            layout.columnNames = FieldDecoder(quote: layout.quote).names(inRow: row, of: batch)
            if profile != nil { names = layout.columnNames.map(\.bytes) }
            layout.repeatedColumns = FileLayout.RepeatedColumn.all(in: layout.columnNames)
            // A longer row may lack bytes, depending on how the input was cut.
            if let bytes = batch.bytes(ofRow: row), bytes.count <= batch.limits.rowBytes {
                layout.headerPattern = HeaderPattern(
                    Array(bytes), names: layout.columnNames, delimiter: layout.delimiter, quote: layout.quote)
            }
            layout.namesMayBeNumbers = layout.columnNames.allSatisfy { $0.bytes.allSatisfy(mayBeInNumber) }
        }
        if layout.width > 1, layout.width <= mostEmptyFields {
            layout.emptyRow = Array(repeating: layout.delimiter, count: layout.width - 1)
            layout.rowPattern = RowPattern(
                (layout.headerPattern?.beginnings ?? HeaderPattern.blankBeginnings(quote: layout.quote))
                    + [CaselessBytes(exactly: layout.emptyRow)], row: layout.headerPattern?.bytes ?? [])
        } else if let header = layout.headerPattern {
            layout.rowPattern = RowPattern(header.beginnings, row: header.bytes)
        }
        layout.hasUnitsRow = given.hasUnitsRow
        if let profile {
            layout.rules = rules(of: profile, names: given.hasHeader ? names : nil, width: layout.width)
            layout.keys = keys(of: profile, names: given.hasHeader ? names : nil, width: layout.width)
            layout.keyNotationChange = profile.hasFlatKey ? profile.keys.first.map(KeyNotation.change) : nil
        }
        layout.isAtHand = given.isAtHand
        layout.findingRules = given.findingRules
        layout.expectations = given.expectations.filter(\.quantity.isOfColumn)
        layout.keyMemory = given.keyMemory
        layout.encoding = given.encoding
        (layout.isEncodingDeclared, layout.transcodes) = (given.isEncodingDeclared, given.transcodes)
        (layout.beginsAsUTF8, layout.endsLinesWithCR) = (given.beginsAsUTF8, given.endsLinesWithCR)
        layout.keepsMasks = given.keepsMasks
        return layout
    }

    /// Rows of more fields are not kept whole.
    private static let mostEmptyFields = 1 << 14

    private static func mayBeInNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","): true
        default: false
        }
    }

    /// By name where there is a header, else in the profile's order; the further columns of a pivoted file are its periods. May be shorter than
    /// the rows are wide.
    ///
    /// - Parameter names: `nil` without a header.
    private static func rules(of profile: Profile, names: [[UInt8]]?, width: Int) -> [FileLayout.ColumnRule?] {
        var pool = ColumnSettingsPool()
        func rule(_ column: ColumnProfile) -> FileLayout.ColumnRule {
            FileLayout.ColumnRule(name: column.name, settings: pool.settings(for: column))
        }
        let values = profile.pivot.map { rule($0.values) }
        guard let names else {
            let known = profile.columns.prefix(width).map(rule)
            return known + (values.map { Array(repeating: $0, count: width - known.count) } ?? [])
        }
        let byName = Dictionary(profile.columns.map { (Array($0.name.utf8), rule($0)) }) { first, _ in first }
        return names.map { name in
            byName[name] ?? (PeriodName(name, format: profile.pivot?.periods) == nil ? nil : values)
        }
    }

    /// The columns of each key, by their index. A key with a column that is missing, an error by itself, is left out.
    private static func keys(of profile: Profile, names: [[UInt8]]?, width: Int) -> [[Int]] {
        profile.keys.compactMap { key in
            let columns = key.compactMap { name in
                let bytes = Array(name.utf8)
                if let names { return names.firstIndex(of: bytes) }
                return profile.columns.prefix(width).firstIndex { Array($0.name.utf8) == bytes }
            }
            return columns.count == key.count ? columns : nil
        }
    }
}
