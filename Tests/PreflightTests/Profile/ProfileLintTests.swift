import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight

/// What is legal and odd in a profile.
@Suite(.computing) struct ProfileLintTests {
    private static func remarks(_ yaml: String) throws -> [String] {
        let reading = try ProfileReading(yaml: Array(yaml.utf8), fileName: "p.yaml") { _ throws(SmallFile.Refusal) in Array("FR\nNA\n".utf8)
        }
        return ProfileLint.remarks(on: reading, fileName: "p.yaml").map(\.description)
    }

    /// The text between the braces of the only column, and the remark on it.
    @Test(arguments: [
        ("name: A, type: text", nil), ("name: A, type: dimension, items: x.txt", nil),
        ("name: A, type: dimension", "\"A\": a dimension without items: unknown items cannot be recognized"),
        ("name: A, type: dimension, on-missing: skip, items: x.txt", nil), ("name: A, type: text, required: true", nil),
        ("name: A, type: text, null: [NA]", nil), ("name: A, type: number, null: [NA, '-']", nil),
        ("name: A, type: date, date: {format: [dd/MM/yyyy, yyyy-MM-dd, MMM yy]}", nil),
        ("name: A, type: number, number: {suffix: '%', percent: true}", nil),
        ("name: A, type: text, required: true, null: [NA]", "\"A\": required, so its null words (\"NA\") count as missing"),
        ("name: A, type: dimension, on-missing: skip", "\"A\": on-missing: skip without items: unknown items cannot be recognized"),
        ("name: A, type: dimension, on-missing: default", "\"A\": on-missing: default without items: unknown items cannot be recognized"),
        (
            "name: A, type: number, null: [a, 0, '1.5', '-']",
            "\"A\": its null words hold values of its type (\"0\", \"1.5\"), which are loaded as blank (assumed)"
        ),
        (
            "name: A, type: boolean, null: [FALSE]",
            "\"A\": its null words hold values of its type (\"FALSE\"), which are loaded as blank (assumed)"
        ),
        (
            "name: A, type: dimension, items: x.txt, null: [NA]",
            "\"A\": its null words hold values of its type (\"NA\"), which are loaded as blank (assumed)"
        ),
        (
            "name: A, type: date, date: {format: [dd/MM/yyyy, M/d/yy]}",
            "\"A\": both dd/MM/yyyy and M/d/yy: day and month can be taken for each other"
        ),
        ("name: A, type: number, number: {suffix: '%'}", "\"A\": the suffix \"%\" without percent: true loads 5% as 5 (assumed)"),
        ("name: A, type: number, number: {percent: true, multiplier: 0.01}", "\"A\": both percent and a multiplier scale its numbers"),
        ("name: ' A', type: text", "\" A\": the name begins or ends with a space: names are matched exactly"),
        ("name: \"A\\u00A0\", type: text", "\"A\\u{a0}\": the name begins or ends with a space: names are matched exactly"),
    ])
    func column(text: String, remark: String?) throws {
        let found = try Self.remarks("version: 1\ncolumns:\n- {\(text)}")
        #expect(found == (remark.map { ["p.yaml:3:3: \($0)"] } ?? []))
    }

    /// Whole lines before a column.
    @Test(arguments: [
        ("dialect: {delimiter: ';'}", nil), ("gate: {max-skipped: 99%}", nil), ("dialect: {layout: pivoted}", nil),
        ("extra-columns: ignore", nil),
        ("dialect: {delimiter: \"\\t\"}", "the delimiter \"\\u{9}\" is not offered by Pigment"),
        ("gate: {max-skipped: 100%}", "the gate passes a file even if every row would be skipped"),
        (
            "dialect: {layout: pivoted}\nextra-columns: ignore",
            "with extra-columns: ignore, a mistyped period is ignored silently"
        ),
        (
            "dialect: {layout: pivoted}\npivot: {values: {type: number, null: ['0']}}",
            "the values of the periods: its null words hold values of its type (\"0\")"
        ),
    ])
    func wholeProfile(lines: String, remark: String?) throws {
        let found = try Self.remarks("version: 1\n\(lines)\ncolumns: [{name: A, type: text}]")
        #expect(found.count == (remark == nil ? 0 : 1), "\(found)")
        if let remark { #expect(found.first?.hasPrefix("p.yaml:1:1: " + remark) == true, "\(found)") }
    }

    /// Defaults that every column replaces are of no use; one column that has the same is enough.
    @Test(arguments: [
        ("date: {format: dd.MM.yyyy}", ["date: {format: dd/MM/yyyy}", "date: {format: M/d/yy}"], ["date"]),
        ("date: {format: dd.MM.yyyy}", ["date: {format: dd/MM/yyyy}", "optional: true"], []),
        ("date: {format: dd.MM.yyyy}", ["date: {format: dd/MM/yyyy}", "date: {format: dd.MM.yyyy}"], []),
    ])
    func overriddenDates(_ defaults: String, _ columns: [String], _ names: [String]) throws {
        let lines = columns.enumerated().map { "- {name: C\($0), type: date, \($1)}\n" }.joined()
        let found = try Self.remarks("version: 1\ndefaults: {\(defaults)}\ncolumns:\n" + lines)
        #expect(found == names.map { "p.yaml:1:1: defaults: every column has another \"\($0)\"" })
    }

    @Test(arguments: [
        ("decimal: ',', group: '.'", ["decimal: '.', group: ','"], ["decimal", "group"]), ("decimal: ','", ["group: '.'"], []),
        ("suffix: ' kg'", ["suffix: ' g'", "suffix: ' t'"], ["suffix"]),
    ])
    func overriddenNumbers(_ defaults: String, _ columns: [String], _ names: [String]) throws {
        let lines = columns.enumerated().map { "- {name: C\($0), type: number, number: {\($1)}}\n" }.joined()
        let found = try Self.remarks("version: 1\ndefaults: {number: {\(defaults)}}\ncolumns:\n" + lines)
        #expect(found == names.map { "p.yaml:1:1: defaults: every column has another \"\($0)\"" })
    }

    @Test func inTheOrderOfTheFile() throws {
        let found = try Self.remarks(
            "version: 1\ncolumns:\n- {name: Entity, type: text}\n- {name: B, type: text}\n- {name: ENTITY, type: text}\n- {name: 'B ', type: text}"
        )
        #expect(
            found == [
                "p.yaml:5:3: \"ENTITY\": differs from the column in line 3 only by letter case: names are matched exactly",
                "p.yaml:6:3: \"B \": the name begins or ends with a space: names are matched exactly",
            ])
    }

    /// What a Table Schema says in vain.
    @Test func tableSchema() throws {
        let found = try Self.remarks(
            """
            foreignKeys: []
            fields:
            - {name: A, type: number, bareNumber: false, constraints: {maximum: 5, required: true, minimum: 1}}
            - {name: B, type: duration}
            - {name: C, constraints: {enum: [a], unique: true}}
            """)
        #expect(
            found == [
                "p.yaml:1:14: \"foreignKeys\" are passed over: describe the dimension's items in a profile",
                "p.yaml:3:39: \"bareNumber: false\" is passed over: write in a profile which prefix or suffix the numbers have",
                "p.yaml:3:69: the constraint \"maximum\" is passed over: an import does not know it (assumed)",
                "p.yaml:3:97: the constraint \"minimum\" is passed over: an import does not know it (assumed)",
                "p.yaml:4:19: a column of type \"duration\" is taken for text, as an import takes it (assumed)",
            ])
    }

    @Test func unreadableFile() throws {
        let error = try #require(throws: ProfileError.self) { try ProfileLint.remarks(path: "/none.yaml") }
        #expect(
            error.mistakes.map { $0.described(as: "error") } == ["/none.yaml:1:1: error: cannot open /none.yaml: No such file or directory"]
        )
    }
}
