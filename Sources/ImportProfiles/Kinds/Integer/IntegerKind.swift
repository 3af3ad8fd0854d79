import SafeText
import ValueFormats
import Yams

/// Whole numbers: written like numbers, without decimals.
enum IntegerKind: ValueKind, KindSettings {
    static let name = "integer"
    static let codes: KindCodes? = KindCodes(fails: "PF402", doubtful: "PF412")
    static let doubts = DoubtSet.integers

    static func parser(for column: ColumnProfile) -> (any ValueParser)? { NumberParser(column.number, isInteger: true) }

    static func quickTest(for column: ColumnProfile) -> QuickTest? { NumberKind.quickTest(for: column.number, decimal: 0) }

    static func maskForm(for column: ColumnProfile) -> ValueMask.Form? { NumberKind.maskForm(for: column) }

    static func reading(of value: Span<UInt8>, under column: ColumnProfile) -> [UInt8] {
        NumberKind.reading(of: value, under: column)
    }

    static func usualEdits(of column: ColumnProfile) -> [ProfileEdit] {
        [ProfileEdit("type number", column) { $0.type = .number }] + NumberKind.separators(column) + NumberKind.percent(column)
    }

    static func suggestedEdits(of column: ColumnProfile, by values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        NumberKind.affixes(column, values)
    }

    // MARK: Inference

    static let holdsNumbers = true
    static let traits = FormatSet.affixes

    static let inferredFormats = [
        InferredFormat(.integer, "integer", words: "whole numbers", breadth: 1, excludesLeadingZeros: true)
    ]

    /// A percent sign or a currency makes it a number.
    static func label(_ label: String, with traits: FormatSet) -> String {
        let words = NumberKind.affixWords(traits)
        return words.isEmpty ? label : "number (\(words))"
    }

    static func draft(_ format: InferredFormat, from evidence: DraftEvidence, into column: inout ColumnProfile) -> Bool {
        NumberKind.draft(format, from: evidence, into: &column)
    }

    // MARK: Settings

    static var format: (any ValueFormat.Type)? { NumberFormat.self }

    static func remarks(on column: ColumnProfile) -> [String] { NumberKind.remarks(on: column) }

    static let schemaTypes = ["integer"]

    static func read(schemaField field: [String: Node], type: String, into column: inout ColumnProfile, nodes: inout NodeReader) {
        column.type = .integer
        NumberKind.readSeparators(field, into: &column, nodes: &nodes)
    }

    static func schemaMembers(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member] {
        NumberKind.schemaMembers(of: column, lose: lose)
    }
}

extension ColumnType {
    package static let integer = ColumnType(IntegerKind.self)
}
