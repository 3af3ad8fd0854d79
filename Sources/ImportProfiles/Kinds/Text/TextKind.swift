import ValueFormats

/// Any text. What a column holds that is of no other kind.
enum TextKind: ValueKind, KindSettings {
    static let name = "text"
    static let codes: KindCodes? = nil

    static func parser(for column: ColumnProfile) -> (any ValueParser)? { nil }

    static func quickTest(for column: ColumnProfile) -> QuickTest? { column.isRequired ? .presentText : nil }

    static let schemaTypes = ["string", "any"]
}

extension ColumnType {
    package static let text = ColumnType(TextKind.self)
}
