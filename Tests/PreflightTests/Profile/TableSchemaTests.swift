import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// A Table Schema in the place of a profile.
@Suite(.computing) struct TableSchemaTests {
    struct Line: Sendable, CustomStringConvertible {
        var field: String
        var column: ColumnProfile
        var description: String { field }

        /// - Parameter field: the text between the braces of the field, except its name.
        init(_ field: String, _ type: ColumnType, _ change: (inout ColumnProfile) -> Void = { _ in }) {
            self.field = field
            column = ColumnProfile(name: "A", type: type)
            change(&column)
        }

        static func date(_ field: String, _ patterns: String...) -> Line {
            Line(field, .date) { $0.date = DateFormat(patterns.map { DatePattern($0)! }) }
        }

        static func dimension(_ field: String, _ items: String...) -> Line {
            Line(field, .dimension) {
                $0.itemsSource = ItemsSource(.list(items))
                $0.items = ItemSet(items.map { Array($0.utf8) })
                $0.onMissing = .skip
            }
        }
    }

    static let fields: [Line] = [
        Line("", .text), Line("\"type\": \"string\"", .text), Line("\"type\": \"any\"", .text), Line("\"type\": null", .text),
        Line("\"type\": \"string\", \"format\": \"email\"", .text), Line("\"type\": \"time\"", .text), Line("\"type\": \"object\"", .text),
        Line("\"title\": \"x\", \"description\": \"y\", \"example\": 1, \"rdfType\": \"z\"", .text),
        Line("\"type\": \"number\"", .number), Line("\"type\": \"integer\"", .integer),
        Line("\"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \".\"", .number) {
            $0.number = NumberFormat(decimal: .comma, group: .point)
        },
        Line("\"type\": \"integer\", \"groupChar\": \" \"", .integer) { $0.number.group = .space },
        Line("\"type\": \"integer\", \"groupChar\": \"\u{202F}\"", .integer) { $0.number.group = .narrowNoBreakSpace },
        Line("\"type\": \"number\", \"groupChar\": \"\"", .number), Line("\"type\": \"number\", \"bareNumber\": false", .number),
        Line("\"type\": \"boolean\"", .boolean),
        Line("\"type\": \"boolean\", \"trueValues\": [\"yes\", \"TRUE\"], \"falseValues\": [\"no\"]", .boolean) {
            $0.boolean = BooleanFormat(trueSpellings: ["yes"], falseSpellings: ["no"])
        },
        .date("\"type\": \"date\"", "yyyy-MM-dd"), .date("\"type\": \"date\", \"format\": \"default\"", "yyyy-MM-dd"),
        .date("\"type\": \"date\", \"format\": \"%d/%m/%Y\"", "dd/MM/yyyy"),
        .date("\"type\": \"date\", \"format\": \"fmt:%d.%m.%y\"", "dd.MM.yy"),
        .date("\"type\": \"date\", \"format\": \"%b %y\"", "MMM yy"),
        .date("\"type\": \"date\", \"format\": \"%A, %d %B %Y\"", "dddd, dd MMMM yyyy"),
        .date("\"type\": \"datetime\"", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"),
        .date("\"type\": \"datetime\", \"format\": \"%Y-%m-%dT%H:%M:%S.%f%z\"", "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz"),
        .date("\"type\": \"datetime\", \"format\": \"%d/%m/%Y %I:%M %p\"", "dd/MM/yyyy hh:mm tt"),
        .date("\"type\": \"year\"", "yyyy"), .date("\"type\": \"yearmonth\"", "yyyy-MM"),
        Line("\"constraints\": {\"required\": true}", .text) { $0.isRequired = true },
        Line("\"constraints\": {\"required\": false, \"minLength\": 2}", .text),
        .dimension("\"constraints\": {\"enum\": [\"FR\", \"DE\"]}", "FR", "DE"),
        .dimension("\"type\": \"string\", \"categories\": [\"FR\", {\"value\": \"DE\", \"label\": \"Germany\"}]", "FR", "DE"),
        Line("\"type\": \"integer\", \"constraints\": {\"enum\": [1, 2]}", .integer),
        Line("\"type\": \"number\", \"missingValues\": [\"\", \"NA\", {\"value\": \"-99\", \"label\": \"REFUSED\"}]", .number) {
            $0.nullWords = ["NA", "-99"]
        },
    ]

    @Test(arguments: fields)
    func fieldBecomesAColumn(_ line: Line) throws {
        let schema = "{\"fields\": [{\"name\": \"A\"\(line.field.isEmpty ? "" : ", " + line.field)}]}"
        #expect(try Profile(yaml: schema) == Profile(columns: [line.column]))
    }

    /// The values that the standard gives as examples of its own formats.
    @Test(arguments: [
        ("\"type\": \"date\"", "2024-01-26"), ("\"type\": \"datetime\"", "2024-01-26T15:00:00"),
        ("\"type\": \"datetime\"", "2024-01-26T15:00:00.300-05:00"),
        ("\"type\": \"datetime\", \"format\": \"%d/%m/%Y %H:%M:%S\"", "12/11/2018 09:15:32"),
        ("\"type\": \"number\"", "-1.23"), ("\"type\": \"number\"", "12678967.543233"), ("\"type\": \"number\"", "210"),
        ("\"type\": \"integer\", \"groupChar\": \",\"", "100,000"), ("\"type\": \"year\"", "2024"), ("\"type\": \"yearmonth\"", "2024-01"),
    ])
    func examplesOfTheStandardParse(field: String, value: String) throws {
        let profile = try Profile(yaml: "{\"fields\": [{\"name\": \"A\", \(field)}]}")
        #expect(Profile.rule(for: profile.columns[0]).judge(value) == .parses)
    }

    @Test func yamlWithEverything() throws {
        let profile = try Profile(
            yaml: """
                name: ledger
                encoding: utf-8
                dialect: {delimiter: ";", quoteChar: "'", header: false, nullSequence: \\N, doubleQuote: true, lineTerminator: "\\n"}
                schema:
                  missingValues: ["", "-"]
                  fieldsMatch: [subset]
                  primaryKey: id
                  uniqueKeys: [[id], [id, day]]
                  foreignKeys: []
                  fields:
                    - {name: id, type: string}
                    - {name: day, type: date, missingValues: []}
                """)
        var id = ColumnProfile(name: "id", type: .text, isRequired: true, nullWords: ["\\N", "-"])
        let day = ColumnProfile(name: "day", type: .date)
        #expect(
            profile
                == Profile(
                    dialect: Profile.Dialect(encoding: .utf8, delimiter: UInt8(ascii: ";"), quote: UInt8(ascii: "'"), hasHeader: false),
                    defaults: ColumnDefaults(nullWords: ["\\N", "-"]), columns: [id, day], keys: [["id"], ["id", "day"]],
                    extraColumns: .ignore))
        id.isRequired = false
        #expect(profile.columns[0] != id)
    }

    @Test(arguments: [
        ("exact", Profile.ExtraColumns.error), ("equal", .error), ("superset", .error), ("subset", .ignore), ("partial", .ignore),
    ])
    func fieldsMatch(word: String, extraColumns: Profile.ExtraColumns) throws {
        #expect(try Profile(yaml: "{\"fieldsMatch\": \"\(word)\", \"fields\": [{\"name\": \"A\"}]}").extraColumns == extraColumns)
    }

    @Test func packageWithOneTable() throws {
        let package = "{\"resources\": [{\"path\": \"a.pdf\"}, {\"path\": \"a.csv\", \"schema\": {\"fields\": [{\"name\": \"A\"}]}}]}"
        #expect(try Profile(yaml: package) == Profile(columns: [ColumnProfile(name: "A", type: .text)]))
    }

    /// As JSON libraries write what is not ASCII.
    @Test func escapes() throws {
        let json = "{\"fields\": [{\"name\": \"\\u00e9 \\ud83d\\ude00 \\uD83D\\uDE01\u{301} \\/\"}]}"
        #expect(try Profile(yaml: json).columns.map(\.name) == ["é 😀 😁\u{301} /"])
        #expect(throws: ProfileError.self) { try Profile(yaml: "{\"fields\": [{\"name\": \"\\ud83d\"}]}") }
    }

    @Test func keys() throws {
        func keys(_ schema: String) throws -> [[String]] {
            var reader = TableSchemaReader(fileName: "s")
            _ = reader.read(try ProfileDocument(yaml: Array(schema.utf8), fileName: "s").root)
            #expect(reader.mistakes.isEmpty)
            return reader.keys
        }
        let fields = "fields: [{name: a}, {name: b, constraints: {unique: true}}, {name: c}]"
        #expect(try keys(fields) == [["b"]])
        #expect(try keys(fields + "\nprimaryKey: [a, c]\nuniqueKeys: [[b], [a, b]]") == [["b"], ["a", "c"], ["a", "b"]])
    }

    struct Wrong: Sendable, CustomStringConvertible {
        var yaml: String
        /// `line:column fragment of the message`.
        var expected: [String]
        var description: String { yaml.debugDescription }

        init(_ yaml: String, _ expected: String...) {
            self.yaml = yaml
            self.expected = expected
        }

        static func field(_ text: String, _ expected: String...) -> Wrong {
            var line = Wrong("fields:\n- {name: A, \(text)}")
            line.expected = expected
            return line
        }
    }

    static let mistakes: [Wrong] = [
        Wrong("fields: {}", "1:9 \"fields\" must be a list"), Wrong("fields: []", "1:9 at least one column"),
        Wrong("fields: [A]", "1:10 a field must be a map"), Wrong("fields: [{type: string}]", "1:10 needs a \"name\""),
        Wrong("fields: [{name: ''}]", "1:17 must not be empty"),
        Wrong("fields:\n- {name: A}\n- {name: A}", "3:10 already described in line 2"),
        Wrong("schema: other.json", "1:9 in another file (\"other.json\")"), Wrong("schema: [x]", "1:9 \"schema\" must be a map"),
        Wrong("schema: {missingValues: []}", "1:9 needs \"fields\""),
        Wrong("resources: [{path: x}]", "1:12 has 0 resources with a \"schema\""),
        Wrong("resources: [{schema: {fields: []}}, {schema: {fields: []}}]", "1:12 has 2 resources"),
        Wrong("resources: x", "1:12 must be a list"),
        Wrong("encoding: utf-7\nschema: {fields: [{name: A}]}", "1:11 must be one of utf-8"),
        .field("type: str", "2:19 \"type\" must be one of"), .field("type: numbr", "2:19 did you mean \"number\"?"),
        .field("type: number, decimalChar: ';'", "2:40 \"decimalChar\" must be one of"),
        .field("type: number, groupChar: _", "2:38 \"groupChar\" must be one of"),
        .field("type: number, groupChar: '.'", "2:38 are both \".\""), .field("type: number, bareNumber: 0", "2:39 \"true\", \"false\""),
        .field("type: boolean, trueValues: [x], falseValues: [x]", "2:58 \"x\" is both in \"trueValues\" and in \"falseValues\""),
        .field("type: boolean, trueValues: ['']", "2:40 must not be empty"),
        .field("type: boolean, trueValues: [FALSE]", "2:40 FALSE under"),
        .field("type: date, format: any", "2:33 is not a pattern"),
        .field("type: date, format: \"%j %Y\"", "2:33 \"%j\" has no counterpart"),
        .field("type: date, format: dd/mm/yyyy", "2:33 needs a year"), .field("type: date, format: \"%d/%m\"", "2:33 needs a year"),
        .field("type: date, format: \"%Y%\"", "2:33 a % at the end"),
        .field("type: date, format: \"%Y-%M-%d\"", "2:33 mm are minutes: write MM for the month (read as yyyy-mm-dd)"),
        .field("constraints: [required]", "2:26 must be a map"), .field("constraints: {required: yes}", "2:37 must be one of \"true\""),
        .field("missingValues: NA", "2:28 must be a list"), .field("constraints: {enum: x}", "2:33 must be a list"),
        Wrong("fields: [{name: Amount}]\nprimaryKey: amout", "2:13 names \"amout\", which is not a field: did you mean \"Amount\"?"),
        Wrong("fields: [{name: A}]\nuniqueKeys: [[A, B]]", "2:14 names \"B\", which is not a field"),
        Wrong("fields: [{name: A}]\nfieldsMatch: exactly", "2:14 did you mean \"exact\"?"),
        Wrong("dialect: {delimiter: '::'}\nschema: {fields: [{name: A}]}", "1:22 one ASCII character"),
        Wrong("dialect: {quoteChar: '`'}\nschema: {fields: [{name: A}]}", "1:22 must be one of"),
        Wrong("dialect: {headerRows: [1, 2]}\nschema: {fields: [{name: A}]}", "1:23 can only be [1]"),
        Wrong("dialect: {doubleQuote: false}\nschema: {fields: [{name: A}]}", "1:24 can only be true"),
        Wrong("dialect: {commentChar: '#'}\nschema: {fields: [{name: A}]}", "1:24 is not supported"),
        Wrong("dialect: {escapeChar: '|'}\nschema: {fields: [{name: A}]}", "1:23 is not supported"),
        Wrong("dialect: {skipInitialSpace: true}\nschema: {fields: [{name: A}]}", "1:29 can only be false"),
    ]

    @Test(arguments: mistakes)
    func mistakesHavePlaces(_ line: Wrong) throws {
        let error = try #require(throws: ProfileError.self) { try Profile(yaml: line.yaml, fileName: "s.json") }
        #expect(error.mistakes.count == line.expected.count, "\(error)")
        for (mistake, expected) in zip(error.mistakes, line.expected) {
            let parts = expected.split(separator: " ", maxSplits: 1)
            #expect("\(mistake.line):\(mistake.column)" == parts[0], "\(mistake)")
            #expect(mistake.message.contains(parts[1]), "\(mistake)")
        }
    }
}
