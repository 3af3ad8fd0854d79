import CSVTokenizer

@testable import ImportProfiles
@testable import Preflight

extension FactMatrixTests {
    /// A kind of file, and the path that is made for it.
    struct File: Sendable, CustomStringConvertible {
        let name: String
        /// Of the columns c0, c1, …, or of those with other names.
        let profile: String?
        let header: [String]
        let path: JudgingPaths
        var lineEnd = "\n"
        var limits = RowBatch.Limits()
        let row: @Sendable (Int) -> [String]

        var description: String { name }

        func table(rowCount: Int) -> Table {
            Table(header: header, rows: (0..<rowCount).map(row), lineEnd: lineEnd)
        }

        func options(delimiter: UInt8 = UInt8(ascii: ";")) throws -> CheckOptions {
            var options = CheckOptions(delimiter: delimiter)
            let name = delimiter == 0x09 ? "\\t" : String(Unicode.Scalar(delimiter))
            options.profile = try profile.map {
                try Profile(yaml: "version: 1\ndialect: {delimiter: \"\(name)\"}\ncolumns:\n\($0)")
            }
            options.rowLimits = limits
            return options
        }
    }

    static func columns(_ names: [String], _ type: String) -> String {
        names.map { "  - {name: \"\($0)\", \(type)}\n" }.joined()
    }

    private static let years = (2020...2027).map(String.init)
    private static let names = (0..<8).map { "c\($0)" }
    /// With points and groups among them, by row and column.
    @Sendable private static func number(_ row: Int, _ column: Int) -> String {
        switch (row + column) % 5 {
        case 0: "\(row * 37 + column)"
        case 1: "-\(row).\(column)"
        case 2: "\(row % 9 + 1).125"
        case 3: row % 10 == 3 ? "" : "\(row)"
        default: "\(row * column).5"
        }
    }

    static let files: [File] = [
        File(name: "plain numbers", profile: columns(names, "type: number"), header: names, path: .plainNumbers) { row in
            (0..<8).map { number(row, $0) }
        },
        File(name: "years", profile: columns(years, "type: number"), header: years, path: .plainNumbers) { row in
            (0..<8).map { number(row, $0) }
        },
        File(
            name: "years, CRLF", profile: columns(years, "type: number, number: {decimal: \",\"}"), header: years, path: .plainNumbers,
            lineEnd: "\r\n"
        ) { row in (0..<8).map { number(row, $0).replacing(".", with: ",") } },
        File(
            name: "years, keys", profile: columns(years, "type: number") + "keys: [[\"2020\"]]\n", header: years, path: .keys
        ) { row in ["\(row)"] + (1..<8).map { number(row, $0) } },
        File(
            name: "required whole numbers", profile: columns(names, "type: integer, required: true"), header: names,
            path: .plainNumbers
        ) { row in (0..<8).map { "\(row * 7 + $0)" } },
        File(
            name: "mixed types",
            profile: """
                  - {name: c0, type: text, required: true}
                  - {name: c1, type: number}
                  - {name: c2, type: date, date: {format: dd/MM/yyyy}}
                  - {name: c3, type: boolean}
                  - {name: c4, type: dimension, items: [FR01, DE01]}
                  - {name: c5, type: number, number: {decimal: ",", group: "."}}
                  - {name: c6, type: text}
                keys: [[c0, c6]]

                """,
            header: (0..<7).map { "c\($0)" }, path: [.columns, .evenRows, .keys]
        ) { row in
            [
                "k\(row)", number(row, 1), "\(10 + row % 18)/0\(1 + row % 9)/2026", row % 2 == 0 ? "TRUE" : "FALSE",
                row % 3 == 0 ? "FR01" : "DE01", "1.\(100 + row % 900),5", "Zürich",
            ]
        },
        File(
            name: "percentages, as many of each kind", profile: columns(names, "type: number, number: {percent: true}"), header: names,
            path: [.columns, .evenRows]
        ) { row in (0..<8).map { ["c\(row % 10)", "x9", "5%", "0.1589", " 0.5", "\"0.25\"", "-0.75", "n/a"][(row + $0) % 8] } },
        File(name: "all in quotes", profile: columns(names, "type: number"), header: names, path: .plainNumbers) { row in
            (0..<8).map { "\"\(number(row, $0))\"" }
        },
        File(
            name: "numbers among others",
            profile: columns((0..<5).map { "c\($0)" }, "type: number") + columns(["c5", "c6"], "type: integer, required: true")
                + columns(["c7"], "type: integer") + columns(["c8"], "type: date") + columns(["c9"], "type: text"),
            header: (0..<10).map { "c\($0)" }, path: [.numberBits, .columns, .evenRows]
        ) { row in
            (0..<5).map { number(row, $0) } + [
                "\(row)", "-\(row * 7)", row % 4 == 0 ? "" : "\(row)", "2026-01-\(10 + row % 18)", "x\(row)",
            ]
        },
        File(name: "numbers without a profile", profile: nil, header: years, path: [.evidence, .formBits]) { row in
            [
                number(row, 0), row % 11 < 2 ? "\"\(row),5\"" : "\(row),5", row % 7 == 0 ? "n/a" : "0\(row)", "\(46000 + row)",
                "2026\(1000 + row)", "1,\(100 + row % 900)",
                "00\(row).25", row % 9 == 0 ? "" : "-\(row)",
            ]
        },
        File(name: "no profile", profile: nil, header: years, path: [.evidence, .columns]) { row in
            [number(row, 0), "\(row)", "2026-01-\(10 + row % 18)", "text \(row)", "0\(row)", "\(46000 + row)", "", "x"]
        },
        File(name: "one column", profile: nil, header: ["a", ""], path: [.evidence, .columns]) { row in ["\(row)", "\(row)"] },
        File(
            name: "long rows", profile: columns(years, "type: number") + columns(["t"], "type: text") + "keys: [[t]]\n",
            header: years + ["t"], path: [.thinned, .singleRows, .keys],
            limits: RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 5_000)
        ) { row in (0..<8).map { number(row, $0) } + ["\(row)" + String(repeating: "ab", count: row % 6 == 5 ? 700 : row % 20)] },
        File(
            name: "many columns", profile: columns((0..<600).map { "n\($0)" }, "type: number"), header: (0..<600).map { "n\($0)" },
            path: .plainNumbers
        ) { row in (0..<600).map { number(row, $0) } },
    ]
}
