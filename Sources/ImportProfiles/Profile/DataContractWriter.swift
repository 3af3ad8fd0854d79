import SafeText
import ValueFormats

/// Writes a profile as a data contract (Open Data Contract Standard 3.1, the schema part): see `DataContractReader` for what corresponds to what.
package struct DataContractWriter {
    /// The contract as JSON, which is YAML, with a final line end.
    package let text: String
    /// What the profile says and the contract does not, a sentence for each; safe to print.
    package let losses: [String]

    /// - Parameter name: of the table.
    package init(_ profile: Profile, name: String = "export") {
        var losses: [String] = []
        let primary = profile.keys.first ?? []
        let properties = profile.columns.map { column in
            Self.property(column, primary: primary, isUnique: profile.keys.dropFirst().contains([column.name])) {
                losses.append("column \"\(VisibleText(column.name))\": \($0)")
            }
        }
        if profile.keys.dropFirst().contains(where: { $0.count > 1 }) {
            losses.append("keys of several columns after the first are left out")
        }
        if profile.pivot != nil { losses.append("the columns of periods are not described: a contract names each column") }
        if profile.dialect != Profile.Dialect() { losses.append("the dialect is left out") }
        if profile.extraColumns != .warn { losses.append("what to do about further columns is left out") }
        losses += SchemaLosses.sentences(about: profile)
        let table = JSONValue.members([
            "name": .string(name), "logicalType": .string("object"), "properties": .array(properties),
        ])
        let document = JSONValue.members([
            "version": .string("1.0.0"), "apiVersion": .string("v3.1.0"), "kind": .string("DataContract"),
            "id": .string(profile.configuration ?? name), "status": .string("draft"), "schema": .array([table]),
        ])
        let json = document.text(isPretty: true) + "\n"
        // A star in a string could be taken for an alias: see `ProfileDocument.firstAlias`.
        text = json.contains("&") ? json.replacing("*", with: "\\u002A") : json
        self.losses = losses
    }

    private static func property(_ column: ColumnProfile, primary: [String], isUnique: Bool, lose: (String) -> Void) -> JSONValue {
        var members = [JSONValue.Member("name", .string(column.name))]
        func add(_ key: String, _ value: JSONValue) { members.append(JSONValue.Member(key, value)) }
        var custom: [JSONValue.Member] = []
        switch column.type {
        case .date: addDate(column, &members, lose: lose)
        case .number, .integer, .boolean:
            add("logicalType", .string(column.type.rawValue))
            // The words of a Table Schema say how values are written.
            custom += column.type.settings.schemaMembers(of: column, lose: lose).filter { !["type", "bareNumber"].contains($0.key) }
        default:
            add("logicalType", .string("string"))
            if let source = column.itemsSource, case .list(let items) = source.origin, source.matching == ItemMatching(),
                column.onMissing == .skip
            {
                let rule = JSONValue.members([
                    "metric": .string("invalidValues"), "arguments": .members(["validValues": .array(items.map { .string($0) })]),
                    "mustBe": .int(0),
                ])
                add("quality", .array([rule]))
            } else if column.itemsSource != nil {
                lose("that it is a dimension with known items (a contract can only list them, for exact matches)")
            } else if column.type == .dimension {
                lose("that it is a dimension")
            }
        }
        if column.isRequired { add("required", .bool(true)) }
        if isUnique || primary == [column.name] { add("unique", .bool(true)) }
        if let position = primary.firstIndex(of: column.name) {
            add("primaryKey", .bool(true))
            add("primaryKeyPosition", .int(position + 1))
        }
        if !column.nullWords.isEmpty { custom.append(JSONValue.Member("missingValues", .array(column.nullWords.map { .string($0) }))) }
        SchemaLosses.note(column, lose: lose)
        if !custom.isEmpty {
            add("customProperties", .array(custom.map { .members(["property": .string($0.key), "value": $0.value]) }))
        }
        return .object(members)
    }

    private static func addDate(_ column: ColumnProfile, _ members: inout [JSONValue.Member], lose: (String) -> Void) {
        let pattern = column.date.patterns[0]
        members.append(JSONValue.Member("logicalType", .string(pattern.hasTime ? "timestamp" : "date")))
        if column.date.patterns.count > 1 {
            lose("the patterns after the first, \(VisibleText(pattern.text)): a property can have only one")
        }
        guard let format = JavaDatePattern.text(of: pattern) else {
            return lose("the pattern \(VisibleText(pattern.text)), which has no counterpart in a contract")
        }
        if let loss = pattern.loss(readAs: try? JavaDatePattern.datePattern(format)) { lose(loss) }
        members.append(JSONValue.Member("logicalTypeOptions", .members(["format": .string(format)])))
    }
}
