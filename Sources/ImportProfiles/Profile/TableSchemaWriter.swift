import SafeText
import ValueFormats

/// Writes a profile as a Frictionless Table Schema, as far as that can say it: see `TableSchemaReader` for what corresponds to what.
package struct TableSchemaWriter {
    /// The schema as JSON text with a final line end.
    package let text: String
    /// What the profile says and the schema does not, a sentence for each; safe to print.
    package let losses: [String]

    package init(_ profile: Profile) {
        var losses: [String] = []
        let fields = profile.columns.map { column in
            Self.field(column, defaults: profile.defaults) { losses.append("column \"\(VisibleText(column.name))\": \($0)") }
        }
        var members = [
            JSONValue.Member("$schema", .string("https://datapackage.org/profiles/2.0/tableschema.json")),
            JSONValue.Member("fields", .array(fields)),
        ]
        if !profile.keys.isEmpty { members.append(JSONValue.Member("uniqueKeys", .array(profile.keys.map(Self.strings)))) }
        switch profile.extraColumns {
        case .warn: break
        case .error: members.append(JSONValue.Member("fieldsMatch", .string("equal")))
        case .ignore: members.append(JSONValue.Member("fieldsMatch", .string("subset")))
        }
        if !profile.defaults.nullWords.isEmpty {
            members.append(JSONValue.Member("missingValues", Self.missingValues(profile.defaults.nullWords)))
        }
        if profile.pivot != nil { losses.append("the columns of periods are not described: a schema names each column") }
        if profile.configuration != nil { losses.append("the configuration's id is left out") }
        if profile.dialect != Profile.Dialect() { losses.append("the dialect is left out: it belongs to a resource, not to its schema") }
        losses += SchemaLosses.sentences(about: profile)
        let json = JSONValue.object(members).text(isPretty: true) + "\n"
        // A star in a string could be taken for an alias, see `ProfileDocument.firstAlias`, and JSON has none outside of strings.
        text = json.contains("&") ? json.replacing("*", with: "\\u002A") : json
        self.losses = losses
    }

    private static func missingValues(_ words: [String]) -> JSONValue {
        .array(([""] + words).map { .string($0) })
    }

    private static func strings(_ texts: [String]) -> JSONValue {
        .array(texts.map { .string($0) })
    }

    private static func field(_ column: ColumnProfile, defaults: ColumnDefaults, lose: (String) -> Void) -> JSONValue {
        var members = [JSONValue.Member("name", .string(column.name))]
        func add(_ key: String, _ value: JSONValue) { members.append(JSONValue.Member(key, value)) }
        var constraints: [JSONValue.Member] = []
        if column.isRequired { constraints.append(JSONValue.Member("required", .bool(true))) }
        members += column.type.settings.schemaMembers(of: column, lose: lose)
        constraints += column.type.settings.schemaConstraints(of: column, lose: lose)
        if column.nullWords != defaults.nullWords { add("missingValues", missingValues(column.nullWords)) }
        SchemaLosses.note(column, lose: lose)
        if !constraints.isEmpty { add("constraints", .object(constraints)) }
        return .object(members)
    }
}
