/// What is known of a generated file, because it was written that way.
public struct GroundTruth: Sendable {
    public let shape: Shape
    public let seed: UInt64
    /// Data rows, without the header and without blank lines.
    public let rowCount: Int
    public let byteCount: Int
    public let columns: [GeneratedColumn]
    public let dialect: GeneratedDialect
    /// Kinds that occur.
    public let faults: [FaultRecord]

    /// The profile under which the file is clean, faults aside.
    public var profile: String {
        let delimiter = Character(Unicode.Scalar(dialect.delimiter))
        var lines = ["version: 1", "dialect: {delimiter: \"\(delimiter)\", quote: '\"', header: 1}"]
        if dialect.isEuropean {
            lines += ["defaults:", "  number: {decimal: \",\", group: \".\"}", "  date: {format: dd/MM/yyyy}"]
        }
        lines.append("columns:")
        for column in columns {
            let required = column.isRequired ? ", required: true" : ""
            lines.append("  - {name: \"\(column.name)\", type: \(column.kind.rawValue)\(required)}")
        }
        lines += ["extra-columns: error", "gate: {max-skipped: 0}", ""]
        return lines.joined(separator: "\n")
    }

    /// As JSON, for scripts. No name or text needs an escape.
    public var json: String {
        let delimiter = Character(Unicode.Scalar(dialect.delimiter))
        let schema = columns.map { "    {\"name\": \"\($0.name)\", \"type\": \"\($0.kind.rawValue)\", \"required\": \($0.isRequired)}" }
        let parsingErrors = faults.reduce(0) { $0 + ($1.fault.isParsingError ? $1.count : 0) }
        return """
            {
              "shape": "\(shape.rawValue)",
              "seed": \(seed),
              "rows": \(rowCount),
              "columns": \(columns.count),
              "bytes": \(byteCount),
              "delimiter": "\(delimiter)",
              "schema": [
            \(schema.joined(separator: ",\n"))
              ],
              "parsingErrors": \(parsingErrors),
              "faults": [\(faults.isEmpty ? "" : "\n" + faults.map(Self.json).joined(separator: ",\n") + "\n  ")]
            }

            """
    }

    private static func json(_ record: FaultRecord) -> String {
        func text(_ number: Int?) -> String { number.map(String.init) ?? "null" }
        let (fault, first) = (record.fault, record.first)
        return """
                {"kind": "\(fault.rawValue)", "code": "\(fault.code)", "byColumn": \(fault.hasColumn), "count": \(record.count), \
            "first": {"row": \(text(first?.row)), "line": \(text(first?.line)), "column": \(text(first?.column)), \
            "byteOffset": \(text(first?.byteOffset))}}
            """
    }
}
