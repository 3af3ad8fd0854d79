/// A column of a generated file, as its profile describes it.
public struct GeneratedColumn: Sendable {
    /// The raw value is the word of a profile.
    public enum Kind: String, Sendable {
        case text
        case number
        case integer
        case date
    }

    public let name: String
    public let kind: Kind
    public let isRequired: Bool

    init(_ name: String, _ kind: Kind, isRequired: Bool = false) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
    }
}

/// How the values of a generated file are written.
public struct GeneratedDialect: Sendable {
    public var delimiter = UInt8(ascii: ",")
    public var lineEnd: StaticString = "\n"
    public var quotesAll = false
    /// Decimal comma, points between groups, dd/MM/yyyy.
    public var isEuropean = false
}
