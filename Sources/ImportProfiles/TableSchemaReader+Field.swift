import CSVTokenizer
import SafeText
import ValueFormats
import Yams

extension TableSchemaReader {
    /// The types of the standard. The raw value is the word of a schema.
    enum FieldType: String, CaseIterable {
        case string, number, integer, boolean, object, array, list, datetime, date, time, year, yearmonth, duration, geopoint, geojson, any
    }

    mutating func readField(_ field: [String: Node], _ name: String, defaults: ColumnDefaults) -> ColumnProfile {
        let type = field["type"].flatMap { nodes.word($0, "\"type\"", as: FieldType.self) } ?? .any
        var column = defaults.column(name, .text)
        if let words = field["missingValues"] { column.nullWords = readMissingValues(words) }
        switch type {
        case .string, .any: break
        case .number, .integer: readNumber(field, isInteger: type == .integer, into: &column)
        case .boolean: readBoolean(field, into: &column)
        case .date, .datetime: readDate(field, hasTime: type == .datetime, into: &column)
        case .year: setDate(["yyyy"], in: &column)
        case .yearmonth: setDate(["yyyy-MM"], in: &column)
        case .object, .array, .list, .time, .duration, .geopoint, .geojson:
            if let node = field["type"] {
                remark("a column of type \"\(type.rawValue)\" is taken for text, as an import takes it (assumed)", at: node)
            }
        }
        if let node = field["constraints"] { readConstraints(node, into: &column) }
        if column.type == .text, let categories = field["categories"] { readItems(categories, "\"categories\"", into: &column) }
        return column
    }

    private mutating func readNumber(_ field: [String: Node], isInteger: Bool, into column: inout ColumnProfile) {
        column.type = isInteger ? .integer : .number
        if let node = field["decimalChar"] {
            column.number.decimal = nodes.word(node, "\"decimalChar\"", as: NumberFormat.DecimalSeparator.self) ?? .point
        }
        if let node = field["groupChar"] {
            var choices: [(word: String, value: NumberFormat.GroupSeparator?)] = NumberFormat.GroupSeparator.allCases.map {
                ($0.rawValue, $0)
            }
            choices += [("\u{A0}", .space), ("\u{202F}", .space), ("", nil)]
            column.number.group = nodes.choice(node, "\"groupChar\"", of: choices) ?? nil
            nodes.checkSeparators(of: column.number, "\"groupChar\" and \"decimalChar\"", at: node)
        }
        if let node = field["bareNumber"], nodes.flag(node, "\"bareNumber\"") == false {
            remark("\"bareNumber: false\" is passed over: write in a profile which prefix or suffix the numbers have", at: node)
        }
    }

    private mutating func readBoolean(_ field: [String: Node], into column: inout ColumnProfile) {
        column.type = .boolean
        let (trueNode, falseNode) = (field["trueValues"], field["falseValues"])
        if let trueNode {
            column.boolean.trueSpellings = nodes.spellings(trueNode, "\"trueValues\"", other: "FALSE").filter { $0 != "TRUE" }
        }
        if let falseNode {
            column.boolean.falseSpellings = nodes.spellings(falseNode, "\"falseValues\"", other: "TRUE").filter { $0 != "FALSE" }
            nodes.noteContradictions(in: column.boolean, "in \"trueValues\" and in \"falseValues\"", at: falseNode)
        }
    }

    private mutating func readDate(_ field: [String: Node], hasTime: Bool, into column: inout ColumnProfile) {
        let node = field["format"]
        let format = node.flatMap { nodes.text($0, "\"format\"") } ?? "default"
        switch format {
        case "default": setDate(hasTime ? Self.timestamps : ["yyyy-MM-dd"], in: &column)
        case "any":
            guard let node else { return }
            nodes.note("\"format: any\" names no pattern: write one like %d/%m/%Y", at: node)
        default:
            column.type = .date
            do {
                let pattern = format.hasPrefix("fmt:") ? String(format.dropFirst(4)) : format
                column.date = DateFormat([try StrptimePattern.datePattern(pattern)])
            } catch {
                guard let node else { return }
                nodes.note("date pattern \(NodeReader.quoted(format)): \(error.message)", at: node)
            }
        }
    }

    /// The default form of `datetime`: XML Schema's dateTime, in which fractions of a second and the offset are optional.
    static let timestamps = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"]

    private func setDate(_ patterns: [String], in column: inout ColumnProfile) {
        column.type = .date
        column.date = DateFormat(patterns.compactMap { DatePattern($0) })
    }

    private mutating func readConstraints(_ node: Node, into column: inout ColumnProfile) {
        guard let constraints = nodes.properties(of: node, "\"constraints\"") else { return }
        if let required = constraints["required"] { column.isRequired = nodes.flag(required, "\"required\"") ?? false }
        if let unique = constraints["unique"], nodes.flag(unique, "\"unique\"") == true { addKey([column.name]) }
        if column.type == .text, let items = constraints["enum"] { readItems(items, "\"enum\"", into: &column) }
        let known = ["required", "unique"] + (column.type == .dimension ? ["enum"] : [])
        for (key, value) in constraints.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            remark("the constraint \(NodeReader.quoted(key)) is passed over: an import does not know it (assumed)", at: value)
        }
    }

    /// A text that can only be one of a few becomes a dimension.
    private mutating func readItems(_ node: Node, _ subject: String, into column: inout ColumnProfile) {
        guard let list = nodes.list(node, subject) else { return }
        let items = list.compactMap { element in
            guard case .mapping = element else { return nodes.text(element, "an item of \(subject)") }
            return nodes.properties(of: element, "an item of \(subject)")?["value"].flatMap { nodes.text($0, "\"value\"") }
        }.filter { !$0.isEmpty }
        guard !items.isEmpty else { return }
        column.type = .dimension
        column.itemsSource = ItemsSource(.list(items))
        column.items = ItemSet(items.map { Array($0.utf8) })
        column.onMissing = .skip
    }
}
