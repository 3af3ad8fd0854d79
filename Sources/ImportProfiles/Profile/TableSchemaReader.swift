import CSVTokenizer
import SafeText
import Yams

/// Builds a profile from a Frictionless Table Schema, or from a resource or package that holds one; JSON, or the same as YAML.
///
/// What a schema says of the values is taken for what the import configuration is set to (assumed): see <https://datapackage.org/standard/table-schema/>.
///
///     string, any, none             text; with "enum" or "categories" a dimension that knows these items and drops other rows
///     number, integer               the same, with decimalChar and groupChar. bareNumber is passed over: it allows text around a number, but
///                                   does not say which, and a configuration must name it
///     boolean                       boolean, with trueValues and falseValues if they are given. Their defaults in the standard are not taken:
///                                   it is unknown whether the configuration reads them
///     date, datetime                date; a format in strptime's notation becomes a pattern. "any" names none, and is a mistake
///     year, yearmonth               date in the patterns yyyy and yyyy-MM
///     time, duration, object, …     text: there is nothing else to map them to
///     missingValues                 null words
///     constraints                   required and unique. Others are passed over: the import knows none of them (assumed)
///     primaryKey, uniqueKeys        keys; the columns of a primary key are required
///     foreignKeys                   are passed over
///     fieldsMatch                   further columns are errors (exact, equal, superset) or ignored (subset, partial); without it warnings
///     dialect                       delimiter, quoteChar and header; what the tokenizer cannot do is a mistake
struct TableSchemaReader {
    var nodes: NodeReader
    /// Columns whose values together occur once: what `primaryKey`, `uniqueKeys` and `unique` say.
    private(set) var keys: [[String]] = []
    /// What was passed over, and why.
    var remarks: [ProfileMistake] { nodes.remarks }
    private(set) var columnPlaces: [ProfileLocation] = []

    /// In the order in which they were found.
    var mistakes: [ProfileMistake] { nodes.mistakes }

    init(fileName: String) {
        nodes = NodeReader(fileName: fileName)
    }

    /// Whether a document is a schema, and not a profile.
    static func isSchema(_ root: Node) -> Bool {
        guard case .mapping(let mapping) = root else { return false }
        let names = Set(mapping.compactMap { $0.key.scalar?.string })
        return !names.contains("columns") && !names.isDisjoint(with: ["fields", "schema", "resources"])
    }

    /// - Returns: `nil` only if there are mistakes; with mistakes the profile is not fit for use.
    mutating func read(_ root: Node) -> Profile? {
        guard let document = nodes.properties(of: root, "the schema") else { return nil }
        if document["fields"] != nil { return readSchema(document, root, resource: [:]) }
        if document["schema"] != nil { return readResource(document, root) }
        guard let resources = document["resources"], let list = nodes.list(resources, "\"resources\"") else { return nil }
        let tables = list.compactMap { node in nodes.properties(of: node, "a resource").map { ($0, node) } }.filter {
            $0.0["schema"] != nil
        }
        guard tables.count == 1 else {
            nodes.note("the package has \(tables.count) resources with a \"schema\"; a profile must have exactly one", at: resources)
            return nil
        }
        return readResource(tables[0].0, tables[0].1)
    }

    private mutating func readResource(_ resource: [String: Node], _ node: Node) -> Profile? {
        guard let schemaNode = resource["schema"] else { return nil }
        if case .scalar(let scalar) = schemaNode {
            nodes.note("\"schema\" is in another file (\(NodeReader.quoted(scalar.string))): use that file as the profile", at: schemaNode)
            return nil
        }
        guard let schema = nodes.properties(of: schemaNode, "\"schema\"") else { return nil }
        var profile = readSchema(schema, schemaNode, resource: resource)
        if let encoding = resource["encoding"] { profile?.dialect.encoding = nodes.encoding(encoding) }
        return profile
    }

    private mutating func readSchema(_ schema: [String: Node], _ node: Node, resource: [String: Node]) -> Profile? {
        guard let fieldsNode = schema["fields"] else {
            nodes.note("the schema needs \"fields\", the list of the file's columns", at: node)
            return nil
        }
        var defaults = ColumnDefaults()
        var dialect = Profile.Dialect()
        if let entry = resource["dialect"] { dialect = readDialect(entry, nullWords: &defaults.nullWords) }
        if let words = schema["missingValues"] { defaults.nullWords += readMissingValues(words) }
        var columns = readFields(fieldsNode, defaults: defaults)
        readKeys(schema, columns: &columns)
        if let foreign = schema["foreignKeys"] {
            nodes.remark("\"foreignKeys\" are passed over: describe the dimension's items in a profile", at: foreign)
        }
        return Profile(
            dialect: dialect, defaults: defaults, columns: columns, extraColumns: schema["fieldsMatch"].map { readMatch($0) } ?? .warn)
    }

    // MARK: The file

    private mutating func readDialect(_ node: Node, nullWords: inout [String]) -> Profile.Dialect {
        var dialect = Profile.Dialect()
        guard let entries = nodes.properties(of: node, "\"dialect\"") else { return dialect }
        dialect.delimiter = entries["delimiter"].flatMap { nodes.delimiter($0, "\"delimiter\"") }
        dialect.quote = entries["quoteChar"].flatMap { nodes.quote($0, "\"quoteChar\"") }
        if let header = entries["header"] { dialect.hasHeader = nodes.flag(header, "\"header\"") ?? true }
        if let rows = entries["headerRows"], nodes.texts(rows, "\"headerRows\"") != ["1"] {
            nodes.note("\"headerRows\" can only be [1] here: the first row names the columns", at: rows)
        }
        if let sequence = entries["nullSequence"], let text = nodes.text(sequence, "\"nullSequence\"") { nullWords.append(text) }
        for (key, usual) in [("doubleQuote", "true"), ("skipInitialSpace", "false")] {
            if let entry = entries[key], nodes.text(entry, "\"\(key)\"") != usual {
                nodes.note("\"\(key)\" can only be \(usual) here", at: entry)
            }
        }
        for key in ["escapeChar", "commentChar", "commentRows"] {
            if let entry = entries[key] { nodes.note("\"\(key)\" is not supported: an import reads every row (assumed)", at: entry) }
        }
        return dialect
    }

    private mutating func readMatch(_ node: Node) -> Profile.ExtraColumns {
        let choices: [(word: String, value: Profile.ExtraColumns)] = [
            ("exact", .error), ("equal", .error), ("superset", .error), ("subset", .ignore), ("partial", .ignore),
        ]
        // Earlier drafts of the standard have a list of one.
        let first = node.sequence?.first
        return nodes.choice(first ?? node, "\"fieldsMatch\"", of: choices) ?? .warn
    }

    // MARK: Columns

    private mutating func readFields(_ node: Node, defaults: ColumnDefaults) -> [ColumnProfile] {
        guard let list = nodes.list(node, "\"fields\"") else { return [] }
        if list.isEmpty { nodes.note("\"fields\" must name at least one column", at: node) }
        var columns: [ColumnProfile] = []
        var lines: [[UInt8]: Int] = [:]
        for element in list {
            guard let field = nodes.properties(of: element, "a field") else { continue }
            guard let nameNode = field["name"] else {
                nodes.note("a field needs a \"name\", exactly as in the header", at: element)
                continue
            }
            guard let name = nodes.columnName(nameNode, lines: &lines) else { continue }
            let column = readField(field, name, defaults: defaults)
            columns.append(column)
            columnPlaces.append(element.mark.map { ProfileLocation($0) } ?? .start)
        }
        return columns
    }

    /// Words that are loaded as blank. The empty field is blank whatever the list says (assumed).
    mutating func readMissingValues(_ node: Node) -> [String] {
        guard let list = nodes.list(node, "\"missingValues\"") else { return [] }
        return list.compactMap { element in
            guard case .mapping = element else { return nodes.text(element, "a missing value") }
            return nodes.properties(of: element, "a missing value")?["value"].flatMap { nodes.text($0, "\"value\"") }
        }.filter { !$0.isEmpty }
    }

    // MARK: Keys

    private mutating func readKeys(_ schema: [String: Node], columns: inout [ColumnProfile]) {
        if let node = schema["primaryKey"], let key = readKey(node, "\"primaryKey\"", columns: columns) {
            addKey(key)
            for index in columns.indices where key.contains(columns[index].name) { columns[index].isRequired = true }
        }
        if let node = schema["uniqueKeys"] {
            let list = nodes.list(node, "\"uniqueKeys\"") ?? []
            if list.count > 1, let element = list.first(where: { $0.scalar != nil }) {
                nodes.note("with several unique keys, each must be a list of fields: write [[a, b], [c]]", at: element)
            }
            for element in list {
                if let key = readKey(element, "a unique key", columns: columns) { addKey(key) }
            }
        }
    }

    mutating func addKey(_ key: [String]) {
        if !keys.contains(key) { keys.append(key) }
    }

    private mutating func readKey(_ node: Node, _ subject: String, columns: [ColumnProfile]) -> [String]? {
        guard let names = nodes.texts(node, subject), !names.isEmpty else { return nil }
        let known = columns.map(\.name)
        for name in names where !known.contains(name) {
            nodes.note(
                "\(subject) names \(NodeReader.quoted(name)), which is not a field" + NodeReader.advice(for: name, among: known), at: node)
        }
        return names
    }
}
