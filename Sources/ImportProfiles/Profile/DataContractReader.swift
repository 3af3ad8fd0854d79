import SafeText
import ValueFormats
import Yams

/// Builds a profile from a data contract (Open Data Contract Standard 3, the schema part): YAML, or the same as JSON.
///
/// What a contract says of the values is taken for what the import configuration is set to (assumed): see
/// <https://bitol-io.github.io/open-data-contract-standard/>.
///
///     name, physicalName            the column: the physical name where there is one, since the file has that
///     string                        text; with valid values of a quality rule a dimension that knows these items and drops other rows
///     number, integer, boolean      the same; custom properties decimalChar, groupChar, trueValues and falseValues say how they are written
///     date, timestamp               date; the format, in the notation of Java's DateTimeFormatter, becomes a pattern
///     time, object, array           text: there is nothing else to map them to
///     required, unique              required, and a key of the column
///     primaryKey                    a key; its columns are required
///     custom property missingValues null words
struct DataContractReader {
    var nodes: NodeReader
    private(set) var keys: [[String]] = []
    private(set) var columnPlaces: [ProfileLocation] = []
    /// What was passed over, and why.
    var remarks: [ProfileMistake] { nodes.remarks }
    /// In the order in which they were found.
    var mistakes: [ProfileMistake] { nodes.mistakes }

    init(fileName: String) {
        nodes = NodeReader(fileName: fileName)
    }

    /// Whether a document is a contract, and neither a profile nor a Table Schema.
    static func isContract(_ root: Node) -> Bool {
        guard case .mapping(let mapping) = root else { return false }
        var texts: [String: Node] = [:]
        for (key, value) in mapping { if let name = key.scalar?.string { texts[name] = value } }
        if texts["kind"]?.scalar?.string == "DataContract" { return true }
        return texts["apiVersion"] != nil && texts["schema"]?.sequence != nil
    }

    /// - Returns: `nil` only if there are mistakes; with mistakes the profile is not fit for use.
    mutating func read(_ root: Node) -> Profile? {
        guard let document = nodes.properties(of: root, "the contract") else { return nil }
        guard let schemaNode = document["schema"], let schema = nodes.list(schemaNode, "\"schema\"") else {
            if document["schema"] == nil { nodes.note("the contract needs \"schema\", the list of its tables", at: root) }
            return nil
        }
        var tables: [[String: Node]] = []
        for node in schema {
            if let table = nodes.properties(of: node, "a table"), table["properties"] != nil { tables.append(table) }
        }
        guard tables.count == 1, let properties = tables[0]["properties"], let list = nodes.list(properties, "\"properties\"") else {
            nodes.note("the contract has \(tables.count) tables with \"properties\"; a profile must have exactly one", at: schemaNode)
            return nil
        }
        return Profile(columns: readColumns(list))
    }

    private mutating func readColumns(_ list: [Node]) -> [ColumnProfile] {
        var columns: [ColumnProfile] = []
        var lines: [[UInt8]: Int] = [:]
        var primary: [(position: Int, name: String)] = []
        for element in list {
            guard let property = nodes.properties(of: element, "a property") else { continue }
            guard let nameNode = property["physicalName"] ?? property["name"] else {
                nodes.note("a property needs a \"name\", exactly as in the header", at: element)
                continue
            }
            guard let name = nodes.columnName(nameNode, lines: &lines) else { continue }
            var column = readColumn(property, name)
            if let node = property["required"] { column.isRequired = nodes.flag(node, "\"required\"") ?? false }
            if let node = property["unique"], nodes.flag(node, "\"unique\"") == true { keys.append([name]) }
            if let node = property["primaryKey"], nodes.flag(node, "\"primaryKey\"") == true {
                column.isRequired = true
                let position = property["primaryKeyPosition"].flatMap { nodes.text($0, "\"primaryKeyPosition\"") }.flatMap { Int($0) }
                primary.append((position ?? Int.max, name))
            }
            columns.append(column)
            columnPlaces.append(element.mark.map { ProfileLocation($0) } ?? .start)
        }
        let key = primary.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }.map(\.element.name)
        if !key.isEmpty, !keys.contains(key) { keys.insert(key, at: 0) }
        return columns
    }

    private static let types = ["string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean"]

    private mutating func readColumn(_ property: [String: Node], _ name: String) -> ColumnProfile {
        var column = ColumnProfile(name: name, type: .text)
        let custom = customProperties(property)
        let type = property["logicalType"].flatMap { nodes.choice($0, "\"logicalType\"", of: Self.types.map { ($0, $0) }) }
        switch type {
        case "number", "integer", "boolean":
            // The words of a Table Schema.
            if let kind = ColumnType.allCases.first(where: { $0.settings.schemaTypes.contains(type ?? "") }) {
                kind.settings.read(schemaField: custom, type: type ?? "", into: &column, nodes: &nodes)
            }
        case "date", "timestamp": readDate(property, isTimestamp: type == "timestamp", into: &column)
        case "time", "object", "array":
            if let node = property["logicalType"] {
                nodes.remark("a column of type \"\(type ?? "")\" is taken for text, as an import takes it (assumed)", at: node)
            }
        default: readValidValues(property, into: &column)
        }
        if let words = custom["missingValues"] { column.nullWords = (nodes.texts(words, "\"missingValues\"") ?? []).filter { !$0.isEmpty } }
        return column
    }

    private mutating func readDate(_ property: [String: Node], isTimestamp: Bool, into column: inout ColumnProfile) {
        column.type = .date
        let options = property["logicalTypeOptions"].flatMap { nodes.properties(of: $0, "\"logicalTypeOptions\"") }
        guard let node = options?["format"], let text = nodes.text(node, "\"format\"") else {
            if isTimestamp {
                column.date = DateFormat(["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"].compactMap { DatePattern($0) })
            }
            return
        }
        do {
            column.date = DateFormat([try JavaDatePattern.datePattern(text)])
        } catch {
            nodes.note("date format \(NodeReader.quoted(text)): \(error.message)", at: node)
        }
    }

    /// The values that a rule of quality allows.
    private mutating func readValidValues(_ property: [String: Node], into column: inout ColumnProfile) {
        guard let quality = property["quality"], let rules = nodes.list(quality, "\"quality\"") else { return }
        for rule in rules {
            guard let entries = nodes.properties(of: rule, "a quality rule"), let arguments = entries["arguments"],
                let values = nodes.properties(of: arguments, "\"arguments\"")?["validValues"]
            else { continue }
            DimensionKind.read(schemaItems: values, "\"validValues\"", into: &column, nodes: &nodes)
            return
        }
    }

    /// Custom properties by name.
    private mutating func customProperties(_ property: [String: Node]) -> [String: Node] {
        guard let node = property["customProperties"], let list = nodes.list(node, "\"customProperties\"") else { return [:] }
        var found: [String: Node] = [:]
        for element in list {
            guard let entries = nodes.properties(of: element, "a custom property"), let name = entries["property"]?.scalar?.string else {
                continue
            }
            found[name] = entries["value"]
        }
        return found
    }
}
