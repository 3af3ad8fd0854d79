/// A kind of fault that is put into a row, and what a check has to call it.
public enum Fault: String, Sendable, CaseIterable {
    case notANumber = "not-a-number"
    case notAnInteger = "not-an-integer"
    case notADate = "not-a-date"
    case tooFewFields = "too-few-fields"
    case tooManyFields = "too-many-fields"
    case strayQuote = "stray-quote"
    case textAfterClosingQuote = "text-after-closing-quote"
    case invalidUTF8 = "invalid-utf8"
    case nulByte = "nul-byte"
    case blankLine = "blank-line"
    case loneCarriageReturn = "lone-carriage-return"
    case requiredValueEmpty = "required-value-empty"

    /// The finding code of `preflight`: written here again, so that the truth does not come from what is tested.
    public var code: String {
        switch self {
        case .notANumber: "PF401"
        case .notAnInteger: "PF402"
        case .notADate: "PF403"
        case .tooFewFields: "PF204"
        case .tooManyFields: "PF205"
        case .strayQuote: "PF201"
        case .textAfterClosingQuote: "PF202"
        case .invalidUTF8: "PF101"
        case .nulByte: "PF103"
        case .blankLine: "PF206"
        case .loneCarriageReturn: "PF207"
        case .requiredValueEmpty: "PF306"
        }
    }

    /// Whether the import would skip the row as one that it cannot parse.
    public var isParsingError: Bool {
        switch self {
        case .notANumber, .notAnInteger, .notADate: true
        default: false
        }
    }

    /// Whether the finding is grouped by column.
    public var hasColumn: Bool {
        switch self {
        case .notANumber, .notAnInteger, .notADate, .invalidUTF8, .nulByte, .requiredValueEmpty: true
        default: false
        }
    }

    /// Column of ``PlanningRows`` in which it is put, counted from 0; for a row that is too short or too long, where it shows.
    var column: Int {
        switch self {
        case .requiredValueEmpty: 1
        case .notADate: 2
        case .notAnInteger: 4
        case .notANumber: 5
        case .tooFewFields: 6
        case .tooManyFields: 8
        case .strayQuote, .textAfterClosingQuote, .invalidUTF8, .nulByte, .loneCarriageReturn: 7
        case .blankLine: 0
        }
    }
}

/// How often one kind of fault was put in, and where first.
public struct FaultRecord: Sendable {
    public let fault: Fault
    public internal(set) var count = 0
    public internal(set) var first: FaultPlace?
}

/// Where a fault is. Rows, lines and columns count from 1, bytes from 0.
public struct FaultPlace: Sendable {
    /// `nil` for a line that is no row.
    public let row: Int?
    /// Physical line: each LF ends one, also inside quotes.
    public let line: Int
    public let column: Int?
    public let byteOffset: Int
}
