import ByteSources
import CSVTokenizer
import ImportProfiles
package import SafeText
import ValueFormats

/// A profile to start from: a text with comments that explain each part.
package enum ProfileTemplate {
    /// - Parameters:
    ///   - header: The header of a file whose columns become text columns; at least one has a name. Without it, examples take their place.
    ///   - source: name of that file, for a comment.
    ///   - path: of the file that the profile is written to; `nil` where that is not known.
    package static func text(header: HeaderNames? = nil, source: String? = nil, path: FilePath? = nil) -> String {
        var lines = [
            "# Profile for csv-preflight. It mirrors one import configuration, which cannot be downloaded.",
            "# Check it with: \(ShellCommand.preflight("profile", "lint", path.map { .init($0) } ?? "PROFILE"))",
            "version: 1",
            "",
            "# The ID of the import configuration.",
            "# configuration: 33d0d7d0-6125-47c4-b36a-882f4ed53b33",
            "",
            "# How the file is written. Pigment offers comma and semicolon, and the quotes \" and '.",
        ]
        if let note = header?.encodingNote { lines.append("# Encoding: \(note).") }
        if let dialect = header.map(dialectEntries), !dialect.isEmpty {
            lines.append("dialect: " + YAMLText.map(dialect + [("header", "1")]))
        } else {
            lines.append("# dialect: {delimiter: \";\", quote: '\"', header: 1}")
        }
        lines += [
            "",
            "# Settings of all columns that do not override them. These are the defaults.",
            "# defaults:",
            "#   number: {decimal: \".\", group: none}",
            "#   date: {format: yyyy-MM-dd}",
            "#   null: []",
            "",
        ]
        lines += header.map { columnLines($0.names, source: source) } ?? exampleLines
        lines += [
            "",
            "# What to do about columns that are not listed above: ignore, warn or error.",
            "extra-columns: warn",
            "",
            "# How many rows may be skipped: a number, or a share such as 0.5%.",
            "gate: {max-skipped: 0}",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    private static func dialectEntries(_ header: HeaderNames) -> [(key: String, value: String)] {
        let encoding = header.encoding.map { (key: "encoding", value: $0.rawValue) }
        let delimiter = header.delimiter.map { (key: "delimiter", value: YAMLText.scalar(String(Unicode.Scalar($0)))) }
        return [encoding, delimiter].compactMap { $0 }
    }

    private static let types = "# Types: \(ColumnType.names)."

    private static let exampleLines = [
        "# One line for each column of the file, named as in the header.",
        types,
        "columns:",
        "  - {name: Entity, type: dimension, items: [FR01, DE02]}  # or items: lists/entities.csv, on-missing: skip",
        "  - {name: Posting Date, type: date, date: {format: dd/MM/yyyy}}",
        "  - {name: Amount, type: number, number: {decimal: \",\", group: \".\", suffix: \"€\"}}",
        "  - {name: Quantity, type: integer}",
        "  - {name: Text, type: text}",
    ]

    private static func columnLines(_ names: [String], source: String?) -> [String] {
        let file = source.map { " of " + VisibleText($0).text } ?? ""
        let lines = [
            "# The columns\(file), all of type text. Give each the type that the import configuration maps it to.",
            types,
            "#   type: number, number: {decimal: \",\", group: \".\"}",
            "#   type: date, date: {format: dd/MM/yyyy}",
            "#   type: dimension, items: lists/entities.csv, on-missing: skip",
        ]
        var known: Set<[UInt8]> = []
        var columns: [String] = []
        for (index, name) in names.enumerated() {
            if HeaderCheck.isBlank(Array(name.utf8)) {
                columns.append("  # column \(index + 1) has no name in the header")
            } else if !known.insert(Array(name.utf8)).inserted {
                columns.append("  # column \(index + 1) has the same name as another: \(YAMLText.shown(name))")
            } else {
                columns.append("  " + ProfileWriter.columnLine(for: ColumnProfile(name: name, type: .text)))
            }
        }
        return lines + ["columns:"] + columns
    }
}
