import SafeText
import ValueFormats
import Yams

/// What a profile and a Table Schema say about numbers, whole or not.
extension NumberKind: KindSettings {
    static var format: (any ValueFormat.Type)? { NumberFormat.self }

    static func remarks(on column: ColumnProfile) -> [String] {
        let format = column.number
        var remarks: [String] = []
        if format.suffix == "%", !format.isPercent { remarks.append("the suffix \"%\" without percent: true loads 5% as 5 (assumed)") }
        if format.isPercent, format.multiplier != nil { remarks.append("both percent and a multiplier scale its numbers") }
        return remarks
    }

    // MARK: Table Schema

    static let schemaTypes = ["number"]

    static func read(schemaField field: [String: Node], type: String, into column: inout ColumnProfile, nodes: inout NodeReader) {
        column.type = .number
        readSeparators(field, into: &column, nodes: &nodes)
    }

    static func readSeparators(_ field: [String: Node], into column: inout ColumnProfile, nodes: inout NodeReader) {
        if let node = field["decimalChar"] {
            column.number.decimal = nodes.word(node, "\"decimalChar\"", as: NumberFormat.DecimalSeparator.self) ?? .point
        }
        if let node = field["groupChar"] {
            var choices: [(word: String, value: NumberFormat.GroupSeparator?)] = NumberFormat.GroupSeparator.allCases.map {
                ($0.rawValue, $0)
            }
            choices += [("", nil)]
            column.number.group = nodes.choice(node, "\"groupChar\"", of: choices) ?? nil
            nodes.checkSeparators(of: column.number, "\"groupChar\" and \"decimalChar\"", at: node)
        }
        if let node = field["bareNumber"], nodes.flag(node, "\"bareNumber\"") == false {
            nodes.remark("\"bareNumber: false\" is passed over: write in a profile which prefix or suffix the numbers have", at: node)
        }
    }

    static func schemaMembers(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member] {
        let format = column.number
        var members = [JSONValue.Member("type", .string(column.type.rawValue))]
        if format.decimal != .point { members.append(JSONValue.Member("decimalChar", .string(format.decimal.rawValue))) }
        if let group = format.group { members.append(JSONValue.Member("groupChar", .string(group.rawValue))) }
        let texts = [format.prefix, format.suffix].compactMap { $0 }
        if !texts.isEmpty || format.isPercent {
            members.append(JSONValue.Member("bareNumber", .bool(false)))
            if !texts.isEmpty { lose("which text surrounds the number (bareNumber only says that there is some)") }
            if format.isPercent { lose("that the numbers are percentages") }
        }
        if format.multiplier != nil { lose("the multiplier") }
        return members
    }
}
