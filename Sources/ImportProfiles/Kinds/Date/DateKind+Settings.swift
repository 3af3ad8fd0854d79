import SafeText
import ValueFormats
import Yams

/// What a profile and a Table Schema say about dates.
extension DateKind: KindSettings {
    static var format: (any ValueFormat.Type)? { DateFormat.self }

    /// Patterns under which one value is two days.
    static func remarks(on column: ColumnProfile) -> [String] {
        let days: [(text: String, isDayFirst: Bool?)] = column.date.patterns.map { ($0.text, $0.isDayFirst) }
        guard let dayFirst = days.first(where: { $0.isDayFirst == true }), let monthFirst = days.first(where: { $0.isDayFirst == false })
        else {
            return []
        }
        return ["both \(VisibleText(dayFirst.text)) and \(VisibleText(monthFirst.text)): day and month can be taken for each other"]
    }

    // MARK: Table Schema

    static let schemaTypes = ["date", "datetime", "year", "yearmonth"]

    static func read(schemaField field: [String: Node], type: String, into column: inout ColumnProfile, nodes: inout NodeReader) {
        switch type {
        case "year": set(["yyyy"], in: &column)
        case "yearmonth": set(["yyyy-MM"], in: &column)
        default: readFormat(field, hasTime: type == "datetime", into: &column, nodes: &nodes)
        }
    }

    private static func readFormat(_ field: [String: Node], hasTime: Bool, into column: inout ColumnProfile, nodes: inout NodeReader) {
        let node = field["format"]
        let format = node.flatMap { nodes.text($0, "\"format\"") } ?? "default"
        switch format {
        case "default": set(hasTime ? timestamps : ["yyyy-MM-dd"], in: &column)
        case "any":
            guard let node else { return }
            nodes.note("\"format: any\" is not a pattern: write one like %d/%m/%Y", at: node)
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
    private static let timestamps = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"]

    private static func set(_ patterns: [String], in column: inout ColumnProfile) {
        column.type = .date
        column.date = DateFormat(patterns.compactMap { DatePattern($0) })
    }

    static func schemaMembers(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member] {
        let texts = column.date.patterns.map(\.text)
        func type(_ name: String) -> JSONValue.Member { JSONValue.Member("type", .string(name)) }
        if texts == timestamps { return [type("datetime")] }
        let pattern = column.date.patterns[0]
        if texts.count > 1 { lose("the patterns after the first, \(VisibleText(pattern.text)): a field can have only one") }
        switch pattern.text {
        case "yyyy-MM-dd": return [type("date")]
        case "yyyy-MM": return [type("yearmonth")]
        case "yyyy": return [type("year")]
        default:
            guard let format = StrptimePattern.text(of: pattern) else {
                lose("the pattern \(VisibleText(pattern.text)), which has no counterpart in a schema")
                return [type(pattern.hasTime ? "datetime" : "date"), JSONValue.Member("format", .string("any"))]
            }
            if let loss = pattern.loss(readAs: try? StrptimePattern.datePattern(format)) { lose(loss) }
            return [type(pattern.hasTime ? "datetime" : "date"), JSONValue.Member("format", .string(format))]
        }
    }
}
