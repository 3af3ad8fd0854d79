import Preflight
import TestSupport
import Testing

@testable import ImportProfiles

/// Each mistake has its place and says what to do.
@Suite(.computing) struct ProfileMistakeTests {
    struct Line: Sendable, CustomStringConvertible {
        var yaml: String
        /// `line:column fragment of the message`, in the order of the file.
        var expected: [String]
        var description: String { yaml.debugDescription }

        init(_ yaml: String, _ expected: String...) {
            self.yaml = yaml
            self.expected = expected
        }

        /// A profile with one column, whose text follows the first two lines.
        static func column(_ text: String, _ expected: String...) -> Line {
            var line = Line("version: 1\ncolumns:\n- " + text)
            line.expected = expected
            return line
        }

        /// A profile whose first line is `text` and which has nothing else wrong.
        static func top(_ text: String, _ expected: String...) -> Line {
            var line = Line(text + "\nversion: 1\ncolumns: [{name: A, type: text}]")
            line.expected = expected
            return line
        }
    }

    static let table: [Line] = [
        // The whole.
        Line("", "1:1 the profile is empty"), Line("# nothing\n", "1:1 the profile is empty"),
        Line("just text", "1:1 must be a map (key: value), not one value"), Line("- a\n- b", "1:1 must be a map (key: value), not a list"),
        Line("columns: [{name: A, type: text}]", "1:1 needs the line \"version: 1\""),
        Line("version: 1", "1:1 needs \"columns\""), Line("version: 2\ncolumns: [{name: A, type: text}]", "1:10 must be 1"),
        Line("version: [1]\ncolumns: [{name: A, type: text}]", "1:10 must be one value, not a list"),
        Line("version: 1\ncolumns: {A: text}", "2:10 \"columns\" must be a list, not a map"),
        Line("version: 1\ncolumns: []", "2:10 at least one column"), Line("version: 1\ncolumns:\n", "2:1 has no value"),
        Line("version: 1\ncolumns:\n- text", "3:3 a column must be a map"), Line("version: 1\ncolumns:\n-\n", "not nothing"),
        // YAML itself.
        Line("version: 1\ncolumns: [\n", "3:1 not readable as YAML"), Line("version: 1\n\tcolumns: x", "2:1 not readable as YAML"),
        Line("a: 'open\n", "not readable as YAML"), Line("version: 1\nversion: 1", "1:1 given twice in one map: \"version\""),
        Line("version: 1\n---\nversion: 1", "2:1 another document"), Line("version: \u{1}", "not readable as YAML"),
        Line("a: *b", "1:4 undefined alias"), Line("a: &b 1\nc: *b", "2:4 anchors and aliases are not accepted"),
        Line("[x]: 1\nversion: 1\ncolumns: [{name: A, type: text}]", "1:1 a key must be a word"),
        // Keys.
        .top("colums: 1", "1:1 unknown key \"colums\" in the profile: did you mean \"columns\"?"),
        .top("dialects: {}", "1:1 did you mean \"dialect\"?"), .top("whatever: 1", "1:1 unknown key \"whatever\" in the profile"),
        .top("keys: A", "1:7 \"keys\" must be a list"),
        .top("keys: []", "1:7 \"keys\" must name at least one key"),
        .top("keys: [[]]", "1:8 a key must name at least one column"),
        .top("keys: [[AA]]", "1:9 \"AA\" is not a column of this profile"),
        .top("keys: [B7]", "1:8 \"B7\" is not a column of this profile"),
        .top("keys: [[A, A]]", "1:12 the column \"A\" is already in this key"),
        .top("keys: [A, A]", "1:11 the column \"A\" is already in this key"),
        .top("keys: [[A], [A]]", "1:13 this key is repeated"),
        .top("keys: [A, [A]]", "1:8 with several keys, each must be a list"),
        .top("multiplier: 1000", "1:1 \"multiplier\" belongs to a number format"),
        .top("defaults: {multiplier: 1000}", "1:12 \"multiplier\" belongs to a number format"),
        .top("defaults: {nul: [x]}", "1:12 unknown key \"nul\" in \"defaults\": did you mean \"null\"?"),
        .top("gate:", "1:1 \"gate\" has no value"),
        // Configuration.
        .top("configuration: 33d0d7d0", "1:16 must be a UUID"),
        .top("configuration: 33d0d7d0-6125-47c4-b36a-882f4ed53b3g", "1:16 must be a UUID"),
        .top("configuration: {id: x}", "1:16 must be one value, not a map"),
        // Dialect.
        .top("dialect: {delimter: ';'}", "1:11 did you mean \"delimiter\"?"),
        .top("dialect: {delimiter: ';;'}", "1:22 one ASCII character"),
        .top("dialect: {delimiter: é}", "1:22 one ASCII character"), .top("dialect: {quote: '`'}", "1:18 must be one of"),
        .top("dialect: {header: 2}", "1:19 must be one of \"1\", \"0\""), .top("dialect: {encoding: utf-7}", "1:21 must be one of utf-8"),
        .top("dialect: {layout: flatt}", "1:19 did you mean \"flat\"?"),
        .top("dialect: {layout: pivotted}", "1:19 did you mean \"pivoted\"?"),
        .top("dialect: {layout: pivoted, header: 0}", "1:36 needs a header row"), .top("dialect: [x]", "1:10 \"dialect\" must be a map"),
        // Gate and extra columns.
        .top("gate: {max-skipped: -1}", "1:21 number of rows"), .top("gate: {max-skipped: 101%}", "1:21 number of rows"),
        .top("gate: {max-skiped: 1}", "1:8 did you mean \"max-skipped\"?"), .top("gate: {fail-on: note}", "1:17 \"error\", \"warning\""),
        .top("gate: {uncertain: alow}", "1:19 did you mean \"allow\"?"), .top("extra-columns: wran", "1:16 did you mean \"warn\"?"),
        // Columns.
        .column("{type: text}", "3:3 needs a \"name\""), .column("{name: A}", "3:3 needs a \"type\": text, number"),
        .column("{name: A, type: nubmer}", "3:19 did you mean \"number\"?"), .column("{name: A, type: string}", "3:19 must be one of"),
        .column("{name: '', type: text}", "3:10 must not be empty"),
        .column("{name: [A], type: text}", "3:10 must be one value, not a list"),
        .column("{nam: A, type: text}", "3:3 needs a \"name\"", "3:4 did you mean \"name\"?"),
        .column("{name: A, type: text, required: ture}", "3:35 did you mean \"true\"?"),
        .column("{name: A, type: text}\n- {name: A, type: text}", "4:10 already described in line 3"),
        .column("{name: A, type: text, items: a.txt}", "3:25 \"items\" does not apply to type \"text\""),
        .column("{name: A, type: date, number: {decimal: ','}}", "3:25 only to \"number\" or \"integer\""),
        .column("{name: A, type: dimension, on-missing: drop}", "3:42 must be one of \"create\", \"default\", \"skip\""),
        .column("{name: A, type: dimension, items: a.txt}", "3:37 items"),
        .column("{name: A, type: text, null: {a: b}}", "3:31 must be a list, not a map"),
        // Number formats.
        .column("{name: A, type: number, number: {decimal: ';'}}", "3:45 must be one of"),
        .column("{name: A, type: number, number: {group: non}}", "3:43 did you mean \"none\"?"),
        .column("{name: A, type: number, number: {group: '.'}}", "3:35 are both \".\""),
        .column("{name: A, type: number, number: {decimal: ',', group: ','}}", "3:35 are both \",\""),
        .column("{name: A, type: number, number: {prefix: ''}}", "3:44 must not be empty"),
        .column("{name: A, type: number, number: {suffix: 'x '}}", "3:44 space on its outer side"),
        .column("{name: A, type: number, number: {prefix: 1x}}", "3:44 digits or signs"),
        .column("{name: A, type: number, number: {multiplier: thousands}}", "3:48 did you mean \"thousand\"?"),
        .column("{name: A, type: number, number: {multiplier: 0}}", "3:48 a positive number like 1000"),
        .column("{name: A, type: number, number: {multiplier: -10}}", "3:48 a positive number"),
        .column("{name: A, type: number, number: {multiplier: 1e3}}", "3:48 a positive number"),
        .column("{name: A, type: number, number: {multiplier: \"1,000\"}}", "3:48 a positive number"),
        .column("{name: A, type: number, number: {multiplier: .5}}", "3:48 a positive number"),
        .column("{name: A, type: number, number: {multiplier: [2]}}", "3:48 must be one value, not a list"),
        .column("{name: A, type: number, multiplier: 1000}", "3:27 write number: {multiplier: thousand}"),
        .column("{name: A, type: number, number: {percent: yes}}", "3:45 must be one of \"true\", \"false\""),
        .column("{name: A, type: number, number: {mulitplier: 2}}", "3:36 did you mean \"multiplier\"?"),
        .column("{name: A, type: number, number: ','}", "3:35 must be a map"),
        Line(
            "version: 1\ndefaults: {number: {group: ','}}\ncolumns:\n- {name: A, type: number, number: {decimal: ','}}",
            "4:35 defaults included"),
        // Date formats.
        .column("{name: A, type: date, date: {format: yyyy-mm-dd}}", "3:40 write MM for the month"),
        .column("{name: A, type: date, date: {format: dd/YYYY}}", "3:43 write yyyy"),
        .column("{name: A, type: date, date: {format: 'dd/MM'}}", "3:41 needs a year"),
        .column("{name: A, type: date, date: {format: dd/MM/DD}}", "3:46 write dd"),
        .column("{name: A, type: date, date: {format: []}}", "3:40 at least one pattern"),
        .column("{name: A, type: date, date: {format: [yyyy, yyyyy]}}", "3:47 not a token"),
        .column("{name: A, type: date, date: {}}", "3:31 needs a \"format\""),
        .column("{name: A, type: date, date: iso}", "3:31 must be a map"),
        // Booleans.
        .column("{name: A, type: boolean, boolean: {true: ['']}}", "3:44 must not be empty"),
        .column("{name: A, type: boolean, boolean: {true: {a: b}}}", "3:44 must be a list"),
        .column("{name: A, type: boolean, boolean: {yes: [a]}}", "3:38 unknown key \"yes\" in \"boolean\""),
        .column("{name: A, type: boolean, boolean: {flase: [a]}}", "3:38 did you mean \"false\"?"),
        .column("{name: A, type: boolean, boolean: [a]}", "3:37 \"boolean\" must be a map"),
        .column("{name: A, type: boolean, boolean: {true: [a, b], false: [b]}}", "3:59 \"b\" is both \"true\" and \"false\""),
        .column("{name: A, type: boolean, boolean: {true: [FALSE]}}", "3:44 FALSE under \"true\""),
        .column("{name: A, type: boolean, boolean: {false: TRUE}}", "3:45 TRUE under \"false\""),
        .column("{name: A, type: number, boolean: {true: a}}", "3:27 \"boolean\" does not apply to type \"number\""),
        Line(
            "version: 1\ndefaults: {boolean: {true: [ja]}}\ncolumns:\n- {name: A, type: boolean, boolean: {false: [ja]}}",
            "4:45 both \"true\" and \"false\" (defaults included)"),
        // Items.
        .column("{name: A, type: dimension, items: {}}", "3:37 needs a \"file\" or a \"list\""),
        .column("{name: A, type: dimension, items: {fil: x}}", "3:37 needs a \"file\"", "3:38 did you mean \"file\"?"),
        .column("{name: A, type: dimension, items: {file: [x]}}", "3:44 must be one value, not a list"),
        .column("{name: A, type: dimension, items: {file: x, column: {a: b}}}", "3:44 items files", "3:55 must be one value"),
        .column("{name: A, type: dimension, items: {list: [x], trim: yes}}", "3:55 must be one of \"true\", \"false\""),
        .column("{name: A, type: dimension, items: {list: [x], case: ignored}}", "3:55 did you mean \"ignore\"?"),
        .column("{name: A, type: dimension, items: {list: [x], file: y}}", "3:49 remove \"file\""),
        .column("{name: A, type: dimension, items: {list: [x], column: y}}", "3:49 remove \"column\""),
        .column("{name: A, type: dimension, items: []}", "3:37 the list of items is empty"),
        .column("{name: A, type: dimension, items: {list: x}}", "3:44 must be a list"),
        .column("{name: A, type: dimension, items: [x, '']}", "3:37 an item must not be empty"),
        .column("{name: A, type: dimension, items: [[x]]}", "3:38 an item must be one value"),
        // Pivoted files.
        .top("pivot: {values: {type: number}}", "1:1 needs dialect: {layout: pivoted}"),
        .top("dialect: {layout: pivoted}\npivot: {keys: [A]}", "2:9 those under \"columns\""),
        .top("dialect: {layout: pivoted}\npivot: {value: {type: number}}", "2:9 did you mean \"values\"?"),
        .top("dialect: {layout: pivoted}\npivot: [x]", "2:8 \"pivot\" must be a map"),
        .top("dialect: {layout: pivoted}\npivot: {values: {number: {decimal: ','}}}", "2:17 needs a \"type\""),
        .top("dialect: {layout: pivoted}\npivot: {values: {type: numbr}}", "2:24 did you mean \"number\"?"),
        .top("dialect: {layout: pivoted}\npivot: {values: {type: number, name: x}}", "2:32 remove the name"),
        .top(
            "dialect: {layout: pivoted}\npivot: {values: {type: number, date: {format: yyyy}}}", "2:32 does not apply to type \"number\""),
        .top("dialect: {layout: pivoted}\npivot: {periods: MMM yy}", "2:18 \"periods\" must be a map"),
        .top("dialect: {layout: pivoted}\npivot: {periods: {}}", "2:18 \"periods\" needs a \"format\""),
        .top("dialect: {layout: pivoted}\npivot: {periods: {format: mmm yy}}", "2:27 write MMM or MMMM"),
        // All of them, sorted.
        Line(
            "version: 3\ngate: {x: 1}\ncolumns:\n- {name: A, type: txt}\n- {name: B, type: date, date: {format: q}}\nextra-columns: no\nfoo: 1",
            "1:10 must be 1", "2:8 unknown key", "4:19 did you mean \"text\"?", "5:40 not a token", "6:16 must be one of", "7:1 unknown key"
        ),
        // What comes from the file is shown escaped.
        .top("\"x\\e[31m\": 1", "1:1 \\u{1b}[31m"),
    ]

    @Test(arguments: table)
    func mistakes(_ line: Line) throws {
        let error = try #require(throws: ProfileError.self) { try Profile(yaml: line.yaml, fileName: "p.yaml") }
        #expect(error.mistakes.count == line.expected.count, "\(error)")
        for (mistake, expected) in zip(error.mistakes, line.expected) {
            let parts = expected.split(separator: " ", maxSplits: 1)
            if parts[0].contains(":"), parts[0].first?.isNumber == true {
                #expect("\(mistake.line):\(mistake.column)" == parts[0], "\(mistake)")
                #expect(mistake.message.contains(parts[1]), "\(mistake)")
            } else {
                #expect(mistake.message.contains(expected), "\(mistake)")
            }
            #expect(mistake.description == "p.yaml:\(mistake.line):\(mistake.column): \(mistake.message)")
            #expect(!mistake.message.unicodeScalars.contains { $0.value < 0x20 })
        }
    }

    /// A shape and how often its text is repeated.
    @Test(arguments: [
        ("[", 1 << 20), ("- ", 1 << 19), ("{a: ", 1 << 18), ("? ", 1 << 19), ("x", 5 << 20), ("[x], ", 1 << 16), ("\"", 1 << 20),
    ])
    func hostileShapesAreRefused(unit: String, count: Int) {
        #expect(throws: ProfileError.self) { try Profile(yaml: String(repeating: unit, count: count)) }
    }

    /// As deep as YAML lets it: refused for its shape, without overflowing the stack.
    @Test func deepNesting() throws {
        let yaml = "dialect: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        let error = try #require(throws: ProfileError.self) { try Profile(yaml: yaml) }
        #expect(error.description.contains("1:10: \"dialect\" must be a map"))
    }

    /// Each line doubles the size of the one before: refused before it is expanded, also where the alias is a key.
    @Test func aliasBombIsRefused() throws {
        var yaml = "a0: &a0 [x]\n"
        for level in 1...60 { yaml += "a\(level): &a\(level) {? [*a\(level - 1), *a\(level - 1)] : x}\n" }
        let error = try #require(throws: ProfileError.self) { try Profile(yaml: yaml) }
        #expect(error.mistakes.map { "\($0.line):\($0.column)" } == ["2:13"])
    }

    /// Signs that only look like anchors and aliases are text.
    @Test(arguments: ["R&D", "A & B * C", "*", "&x", "2*x"])
    func namesWithTheSignsOfAliases(name: String) throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: \"\(name)\", type: text}]")
        #expect(profile.columns.map(\.name) == [name])
    }

    @Test func columnNamesAreComparedByBytes() throws {
        // The same letter, composed and decomposed: two names.
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: \"\u{E9}\", type: text}, {name: \"e\u{301}\", type: text}]")
        #expect(profile.columns.count == 2)
    }

    @Test func anEmptyFile() throws {
        let error = try #require(throws: ProfileError.self) { try Profile.load(path: "/dev/null") }
        #expect(error.description == "/dev/null:1:1: the profile is empty")
    }
}
