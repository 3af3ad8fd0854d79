import CSVTokenizer
import SafeText
import ValueFormats
import Yams

extension TableSchemaReader {
    /// The types of the standard.
    private static let types = [
        "string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time", "year", "yearmonth", "duration",
        "geopoint", "geojson", "any",
    ]

    mutating func readField(_ field: [String: Node], _ name: String, defaults: ColumnDefaults) -> ColumnProfile {
        let type = field["type"].flatMap { nodes.choice($0, "\"type\"", of: Self.types.map { ($0, $0) }) } ?? "any"
        var column = defaults.column(name, .text)
        if let words = field["missingValues"] { column.nullWords = readMissingValues(words) }
        if let own = ColumnType.allCases.first(where: { $0.settings.schemaTypes.contains(type) }) {
            own.settings.read(schemaField: field, type: type, into: &column, nodes: &nodes)
        } else if let node = field["type"] {
            nodes.remark("a column of type \"\(type)\" is taken for text, as an import takes it (assumed)", at: node)
        }
        if let node = field["constraints"] { readConstraints(node, into: &column) }
        if column.type == .text, let categories = field["categories"] {
            DimensionKind.read(schemaItems: categories, "\"categories\"", into: &column, nodes: &nodes)
        }
        return column
    }

    private mutating func readConstraints(_ node: Node, into column: inout ColumnProfile) {
        guard let constraints = nodes.properties(of: node, "\"constraints\"") else { return }
        if let required = constraints["required"] { column.isRequired = nodes.flag(required, "\"required\"") ?? false }
        if let unique = constraints["unique"], nodes.flag(unique, "\"unique\"") == true { addKey([column.name]) }
        if column.type == .text, let items = constraints["enum"] {
            DimensionKind.read(schemaItems: items, "\"enum\"", into: &column, nodes: &nodes)
        }
        let known = ["required", "unique"] + (column.type == .dimension ? ["enum"] : [])
        for (key, value) in constraints.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            nodes.remark("the constraint \(NodeReader.quoted(key)) is passed over: an import does not know it (assumed)", at: value)
        }
    }
}
