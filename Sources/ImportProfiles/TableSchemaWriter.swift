import SafeText
import ValueFormats

/// Writes a profile as a Frictionless Table Schema, as far as that can say it: see `TableSchemaReader` for what corresponds to what.
public struct TableSchemaWriter {
    /// The schema as JSON text with a final line end.
    public let text: String
    /// What the profile says and the schema does not, a sentence for each; safe to print.
    public let losses: [String]

    public init(_ profile: Profile) {
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
        if profile.gate != GatePolicy() { losses.append("the gate is left out") }
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
        switch column.type {
        case .text: add("type", .string("string"))
        case .number, .integer: members += number(column, lose: lose)
        case .date: members += date(column.date, lose: lose)
        case .boolean: members += boolean(column.boolean)
        case .dimension:
            add("type", .string("string"))
            if let items = enumeration(column, lose: lose) { constraints.append(JSONValue.Member("enum", strings(items))) }
        }
        if column.nullWords != defaults.nullWords { add("missingValues", missingValues(column.nullWords)) }
        if !constraints.isEmpty { add("constraints", .object(constraints)) }
        return .object(members)
    }

    private static func number(_ column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member] {
        let format = column.number
        var members = [JSONValue.Member("type", .string(column.type.rawValue))]
        if format.decimal != .point { members.append(JSONValue.Member("decimalChar", .string(format.decimal.rawValue))) }
        if let group = format.group { members.append(JSONValue.Member("groupChar", .string(group.rawValue))) }
        let texts = [format.prefix, format.suffix].compactMap { $0 }
        if !texts.isEmpty || format.isPercent {
            members.append(JSONValue.Member("bareNumber", .bool(false)))
            if !texts.isEmpty { lose("which text stands around the number (bareNumber only says that there is one)") }
            if format.isPercent { lose("that the numbers are per cent") }
        }
        if format.multiplier != nil { lose("the multiplier") }
        return members
    }

    private static func boolean(_ format: BooleanFormat) -> [JSONValue.Member] {
        [
            JSONValue.Member("type", .string("boolean")),
            JSONValue.Member("trueValues", strings(["TRUE"] + format.trueSpellings.filter { $0 != "TRUE" })),
            JSONValue.Member("falseValues", strings(["FALSE"] + format.falseSpellings.filter { $0 != "FALSE" })),
        ]
    }

    private static func date(_ format: DateFormat, lose: (String) -> Void) -> [JSONValue.Member] {
        let texts = format.patterns.map(\.text)
        func type(_ name: String) -> JSONValue.Member { JSONValue.Member("type", .string(name)) }
        if texts == TableSchemaReader.timestamps { return [type("datetime")] }
        let pattern = format.patterns[0]
        if texts.count > 1 { lose("the patterns behind the first, \(VisibleText(pattern.text)): a field has one") }
        switch pattern.text {
        case "yyyy-MM-dd": return [type("date")]
        case "yyyy-MM": return [type("yearmonth")]
        case "yyyy": return [type("year")]
        default:
            guard let format = StrptimePattern.text(of: pattern) else {
                lose("the pattern \(VisibleText(pattern.text)), which has no counterpart")
                return [type(pattern.hasTime ? "datetime" : "date"), JSONValue.Member("format", .string("any"))]
            }
            return [type(pattern.hasTime ? "datetime" : "date"), JSONValue.Member("format", .string(format))]
        }
    }

    /// The items of a dimension, where the profile lists them and no other is taken.
    private static func enumeration(_ column: ColumnProfile, lose: (String) -> Void) -> [String]? {
        guard let source = column.itemsSource else {
            lose("that it is a dimension")
            return nil
        }
        guard case .list(let items) = source.origin, source.matching == ItemMatching(), column.onMissing == .skip else {
            lose("that it is a dimension with known items (a schema can only list them, to be met exactly)")
            return nil
        }
        return items
    }
}
