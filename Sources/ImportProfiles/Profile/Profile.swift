package import ByteSources
package import SafeText

/// The local mirror of one import configuration, which cannot be downloaded: how the file is written and what its columns are mapped to.
///
/// A profile is YAML (JSON is YAML):
///
///     version: 1
///     configuration: 33d0d7d0-6125-47c4-b36a-882f4ed53b33
///     dialect: {encoding: utf-8, delimiter: ";", quote: '"', header: 1, layout: flat}
///     defaults:
///       number: {decimal: ",", group: "."}
///       date: {format: dd/MM/yyyy}
///       boolean: {true: [yes], false: [no]}
///       null: [NA]
///     assume: {leading-blank: accepted, parentheses: rejected}
///     columns:
///       - {name: Entity, type: dimension, items: lists/entities.txt, on-missing: skip}
///       - {name: Account, type: dimension, items: {file: lists/accounts.csv, column: Code, trim: true, case: ignore}}
///       - {name: Region, type: dimension, items: [EMEA, APAC]}
///       - {name: Posting Date, type: date, date: {format: [yyyy-MM-dd, MMM yy]}}
///       - {name: Amount, type: number, number: {suffix: "€", multiplier: thousand}, required: true}
///       - {name: Rate, type: number, number: {percent: true}, null: ["-"]}
///       - {name: Cost Centre, type: text, optional: true}
///       - {name: Project, type: text, since: 2026-03-01}
///     keys: [[Entity, Posting Date]]
///     extra-columns: warn
///     gate: {max-skipped: 0, fail-on: error, uncertain: count}
///     rules: {PF206: ignore, PF214: error}
///     expect: {rows: 900..1100, sum.Amount: 1234567.89, max.Posting Date: 2026-12-31}
///
/// `assume` settles doubts (`Doubt`), for all columns here and for one inside it; the column wins.
///
/// What `defaults` says holds for each column that says nothing else, key by key. A column takes back what it does not want: `group: none`,
/// `multiplier: none`, `percent: false`, `prefix: ""`, `suffix: ""`, `true: []`, `null: []`.
///
/// In a pivoted file the columns of the profile are the keys, and every other column of the file must be named after a period. `pivot` says what
/// those hold and how they are named; without it they are numbers, and named like Pigment's period items (`PeriodName`):
///
///     dialect: {layout: pivoted}
///     columns:
///       - {name: Entity, type: dimension}
///     pivot:
///       values: {type: number, number: {decimal: ","}}
///       periods: {format: MMM yy}
public struct Profile: Sendable, Equatable {
    /// Of the profile's own format; 1 is the only one so far.
    package var version: Int
    /// The import configuration's id, a UUID.
    public var configuration: String?
    package var dialect: Dialect
    /// What the columns take over; they have it filled in.
    package var defaults: ColumnDefaults
    /// What `count` in the import's report counts, where that is settled.
    package var skipCount: SkipCount?
    /// In the profile's order; names are distinct.
    package var columns: [ColumnProfile]
    /// Columns whose values together are in one row only: the unique properties of a list (assumed). Names of ``columns``.
    package var keys: [[String]]
    /// Whether ``keys`` is one key of several columns that was written as a flat list, which earlier versions took for several keys.
    package var hasFlatKey = false
    /// For a pivoted file; `nil` where each column of the file has one meaning.
    package var pivot: Pivot?
    package var extraColumns: ExtraColumns
    /// What a file must satisfy before it is sent.
    public var gate: GatePolicy
    /// Which findings count, and how much.
    package var rules = FindingRules()
    /// What a file must hold: see ``Expectation``.
    package var expectations: [Expectation] = []

    package init(
        version: Int = 1, configuration: String? = nil, dialect: Dialect = Dialect(), defaults: ColumnDefaults = ColumnDefaults(),
        columns: [ColumnProfile], keys: [[String]] = [], pivot: Pivot? = nil, extraColumns: ExtraColumns = .warn,
        gate: GatePolicy = GatePolicy()
    ) {
        self.version = version
        self.configuration = configuration
        self.dialect = dialect
        self.defaults = defaults
        self.columns = columns
        self.keys = keys
        self.pivot = pivot
        self.extraColumns = extraColumns
        self.gate = gate
    }

    /// How the file is written.
    package struct Dialect: Sendable, Equatable {
        /// `nil` where the profile leaves it open: then the file is UTF-8, or says so itself.
        package var encoding: TextEncoding?
        /// An ASCII character; `nil` where the profile leaves it open.
        package var delimiter: UInt8?
        /// `"` or `'`; `nil` where the profile leaves it open.
        package var quote: UInt8?
        package var hasHeader: Bool

        package init(encoding: TextEncoding? = nil, delimiter: UInt8? = nil, quote: UInt8? = nil, hasHeader: Bool = true) {
            self.encoding = encoding
            self.delimiter = delimiter
            self.quote = quote
            self.hasHeader = hasHeader
        }
    }

    /// What to make of columns that the profile does not name. The raw value is the word of a profile.
    package enum ExtraColumns: String, Sendable, CaseIterable {
        case ignore
        case warn
        case error
    }

    /// Reads a profile and the items files it names, whose paths are relative to the profile's folder. A Table Schema is taken for a profile
    /// (`TableSchemaReader` says how).
    ///
    /// - Throws: every mistake that was found, in the order of the file; an unreadable file is a mistake as well.
    package static func load(path: FilePath) throws(ProfileError) -> Profile {
        try ProfileReading(path: path).profile
    }

    /// Reads a profile from a file: see ``load(path:)``.
    public static func load(path: String) throws(ProfileError) -> Profile {
        try load(path: FilePath(path))
    }

    /// The items files that the profile names, each once.
    ///
    /// - Parameter path: of the profile, whose folder the names are relative to.
    package func itemsPaths(relativeTo path: FilePath) -> [FilePath] {
        var found: [FilePath] = []
        for column in columns + (pivot.map { [$0.values] } ?? []) {
            guard case .file(let name, _) = column.itemsSource?.origin else { continue }
            let items = path.sibling(FilePath(name))
            if !found.contains(items) { found.append(items) }
        }
        return found
    }

    /// Decides which columns a file of this day may lack because their time has not come. Until then every column with `since` is expected.
    package mutating func settle(on day: CalendarDay) {
        for index in columns.indices { columns[index].isBeforeItsTime = columns[index].since.map { day < $0 } ?? false }
    }

    /// Reads a profile from its text.
    ///
    /// - Parameters:
    ///   - yaml: UTF-8, with or without a byte order mark, at most 4 MiB.
    ///   - fileName: for messages, already escaped.
    ///   - readItems: gives the content of an items file by the path that the profile names; called once per path.
    /// - Throws: every mistake that was found, in the order of the file.
    package init(
        yaml: [UInt8], fileName: String, readItems: @escaping (String) throws(SmallFile.Refusal) -> [UInt8]
    ) throws(ProfileError) {
        self = try ProfileReading(yaml: yaml, fileName: fileName, readItems: readItems).profile
    }

    /// Reads a profile that names no items files from its text.
    ///
    /// - Throws: every mistake that was found, in the order of the text; naming an items file is one.
    public init(yaml: String, fileName: String = "profile") throws(ProfileError) {
        try self.init(yaml: Array(yaml.utf8), fileName: VisibleText(fileName).text) { _ throws(SmallFile.Refusal) in
            throw SmallFile.Refusal(message: "only a profile that is a file can name items files")
        }
    }

    /// Bytes of the largest profile that is read.
    package static let sizeLimit = 4 << 20

    /// The rule that judges the values of `column`. Compiled once per column: building it allocates, judging does not.
    package static func rule(for column: ColumnProfile) -> ValueRule {
        ValueRule(column: column)
    }
}
