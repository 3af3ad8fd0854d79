import ByteSources
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// What the rows of a file are judged against; known once the first row was read.
struct FileLayout: Sendable {
    var delimiter = UInt8(ascii: ",")
    var quote: UInt8
    /// Fields of each row.
    var width: Int
    var hasHeader: Bool
    /// By column, the exact bytes; empty without a header.
    var columnNames: [ColumnName]
    /// Columns that have the name of an earlier one.
    var repeatedColumns: [RepeatedColumn] = []
    /// Recognizes the header when it comes again; `nil` without one, and where it is longer than rows that are kept whole
    /// (`RowBatch.Limits.rowBytes`).
    var headerPattern: HeaderPattern?
    /// The bytes of a row of nothing but delimiters; empty in a file of one column.
    var emptyRow: [UInt8] = []
    /// How a row begins that may be the header or empty; `nil` where neither is looked for.
    var rowPattern: RowPattern?
    /// Whether the row below the header is of units or dashes, not of values.
    var hasUnitsRow = false
    /// Whether all names could be plain numbers, as years are: a row of numbers may then be the header once more.
    var namesMayBeNumbers = false
    /// By column, perhaps not for the last ones; `nil` where the profile does not name the column. `nil` as a whole without a profile.
    var rules: [ColumnRule?]?
    /// Whether the file is so short that all of it is in memory at its end.
    var isAtHand = false
    /// Control totals that columns are measured for.
    var expectations: [Expectation] = []
    /// Which findings count.
    var findingRules = FindingRules()
    /// What the file was read as.
    var encoding = TextEncoding.utf8
    /// Whether that was declared.
    var isEncodingDeclared = false
    /// Whether it is sent as UTF-8 whatever it is.
    var transcodes = false
    /// Whether the first bytes are UTF-8 with characters of several bytes.
    var beginsAsUTF8 = false
    /// Whether lines end with a carriage return only.
    var endsLinesWithCR = false
    /// The keys: of each its columns, by their index in the row. Those with a column that the file lacks are left out.
    var keys: [[Int]] = []
    /// Where the profile's one key is a flat list of several columns: what that meant once.
    var keyNotationChange: String?
    /// Bytes of memory that comparing keys may take.
    var keyMemory = KeyIndex.usualMemory
    /// Whether the masks of the columns are kept in the prediction.
    var keepsMasks = false
    /// The profile's defaults, for lines of it that are written.
    var defaults = ColumnDefaults()
    var samples: Int

    /// A column and the first that has its name, by number.
    struct RepeatedColumn {
        var column: Int
        var first: Int

        private static let most = 64

        /// The first of them. Blank names are not compared.
        static func all(in names: [ColumnName]) -> [RepeatedColumn] {
            var firstByName: [[UInt8]: Int] = [:]
            var repeated: [RepeatedColumn] = []
            for index in names.indices where !names[index].isBlank {
                if repeated.count == most { break }
                if let first = firstByName[names[index].bytes] {
                    repeated.append(RepeatedColumn(column: index + 1, first: first))
                } else {
                    firstByName[names[index].bytes] = index + 1
                }
            }
            return repeated
        }
    }

    /// A column of the file with what its values must be.
    struct ColumnRule: Sendable {
        /// As the profile has it.
        var name: String
        var settings: ColumnSettings
    }

    /// How the rows are cut into fields.
    var dialect: Dialect { Dialect(delimiter: delimiter, quote: quote) ?? Dialect() }

    /// Makes commands that correct this file; they convert its encoding and line ends first.
    var remedy: FileRemedy {
        FileRemedy(encoding: encoding == .utf8 ? nil : encoding.converterName, endsLinesWithCR: endsLinesWithCR)
    }

    func reference(_ column: Int) -> ColumnReference {
        ColumnReference(index: column, name: column <= columnNames.count ? columnNames[column - 1] : "")
    }
}
