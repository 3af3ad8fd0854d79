/// The types a column can be mapped to. The raw value is the word of a profile.
public enum ColumnType: String, Sendable, CaseIterable {
    case text
    case number
    case integer
    case date
    case boolean
    case dimension
}
