import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// What is written reads back as what was meant.
@Suite(.computing) struct ProfileWriterTests {
    /// - Parameter like: whose items files have the columns that it names.
    private static func read(_ yaml: String, like: Profile? = nil) throws -> Profile {
        let names = ((like?.columns ?? []) + [like?.pivot?.values].compactMap { $0 }).compactMap(\.itemsColumn)
        let header = (["x"] + names).map {
            "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        let file = header.joined(separator: ",") + "\n" + header.map { _ in "1" }.joined(separator: ",")
        var profile = try Profile(yaml: Array(yaml.utf8), fileName: "written") { _ throws(SmallFile.Refusal) in Array(file.utf8) }
        // The generated profiles name files, but have nothing of them.
        for index in profile.columns.indices { profile.columns[index].dropFileItems() }
        profile.pivot?.values.dropFileItems()
        return profile
    }

    // MARK: Lines to paste

    struct Line: Sendable, CustomStringConvertible {
        var column: ColumnProfile
        var defaults: ColumnDefaults
        var text: String
        var description: String { text }

        init(_ column: ColumnProfile, _ text: String, defaults: ColumnDefaults = ColumnDefaults()) {
            self.column = column
            self.defaults = defaults
            self.text = text
        }
    }

    private static let european = NumberFormat(decimal: .comma, group: .point)

    static let lines: [Line] = [
        Line(ColumnProfile(name: "Text", type: .text), "- {name: Text, type: text}"),
        Line(
            ColumnProfile(name: "Amount", type: .number, number: european),
            "- {name: Amount, type: number, number: {decimal: \",\", group: \".\"}}"),
        Line(
            ColumnProfile(name: "Amount", type: .number, number: european), "- {name: Amount, type: number}",
            defaults: ColumnDefaults(number: european)),
        // What the defaults say and the column does not is taken back.
        Line(
            ColumnProfile(name: "Amount", type: .number),
            "- {name: Amount, type: number, number: {decimal: \".\", group: none, suffix: \"\"}}",
            defaults: ColumnDefaults(number: NumberFormat(decimal: .comma, group: .point, suffix: "€"))),
        Line(
            ColumnProfile(name: "Amount", type: .number),
            "- {name: Amount, type: number, number: {percent: false, multiplier: none}, null: []}",
            defaults: ColumnDefaults(number: NumberFormat(isPercent: true, multiplier: Multiplier("thousand")), nullWords: ["NA"])),
        Line(
            ColumnProfile(
                name: "Rate", type: .integer,
                number: NumberFormat(group: .apostrophe, prefix: "CHF", isPercent: true, multiplier: Multiplier("0.01"))),
            "- {name: Rate, type: integer, number: {group: \"'\", prefix: CHF, percent: true, multiplier: 0.01}}"),
        // A format that means nothing for the type is not written.
        Line(ColumnProfile(name: "Day", type: .date, number: european), "- {name: Day, type: date}"),
        Line(
            ColumnProfile(name: "Day", type: .date, date: DateFormat([DatePattern("dd/MM/yyyy")!])),
            "- {name: Day, type: date, date: {format: dd/MM/yyyy}}"),
        Line(
            ColumnProfile(name: "Day", type: .date, date: DateFormat([DatePattern("dd/MM/yyyy HH:mm")!, .iso])),
            "- {name: Day, type: date, date: {format: [\"dd/MM/yyyy HH:mm\", yyyy-MM-dd]}}"),
        Line(
            ColumnProfile(name: "Active", type: .boolean, boolean: BooleanFormat(trueSpellings: ["yes", "1"], falseSpellings: ["aus"])),
            "- {name: Active, type: boolean, boolean: {true: [\"yes\", \"1\"], false: [aus]}}"),
        Line(
            ColumnProfile(
                name: "Entity", type: .dimension, itemsSource: ItemsSource(.file(path: "lists/entities.csv", column: nil)), onMissing: .skip
            ),
            "- {name: Entity, type: dimension, items: lists/entities.csv, on-missing: skip}"),
        Line(
            ColumnProfile(
                name: "Entity", type: .dimension,
                itemsSource: ItemsSource(
                    .file(path: "a b.csv", column: "Code, long"), matching: ItemMatching(trimsBlanks: true, ignoresCase: true)),
                onMissing: .useDefault),
            "- {name: Entity, type: dimension, items: {file: a b.csv, column: \"Code, long\", trim: true, case: ignore}, on-missing: default}"
        ),
        Line(
            ColumnProfile(name: "Entity", type: .dimension, itemsSource: ItemsSource(.list(["FR", "2"]))),
            "- {name: Entity, type: dimension, items: [FR, \"2\"]}"),
        Line(
            ColumnProfile(name: "JE: \"no\" #1", type: .text, isRequired: true, nullWords: ["NA", "-", "no"]),
            "- {name: \"JE: \\\"no\\\" #1\", type: text, null: [NA, \"-\", \"no\"], required: true}"),
        Line(ColumnProfile(name: "\u{202E}\u{A0}*", type: .text), "- {name: \"\\u202E\\xA0\\x2A\", type: text}"),
        Line(ColumnProfile(name: "", type: .integer), "values: {type: integer}"),
    ]

    @Test(arguments: lines)
    func columnLine(_ line: Line) {
        #expect(ProfileWriter.columnLine(for: line.column, defaults: line.defaults) == line.text)
    }

    // MARK: Whole profiles

    @Test func shortAndFull() throws {
        let yaml = """
            version: 1
            configuration: 33d0d7d0-6125-47c4-b36a-882f4ed53b33
            dialect: {delimiter: ";", quote: '"', layout: pivoted}
            defaults:
              number: {decimal: ",", group: "."}
              date: {format: dd/MM/yyyy}
              boolean: {true: [ja]}
              null: [NA]
            columns:
              - {name: Entity, type: dimension, items: [FR, DE], on-missing: skip}
              - {name: Posting Date, type: date}
            pivot:
              values: {type: number, number: {suffix: "€"}}
              periods: {format: MMM yy}
            extra-columns: error
            gate: {max-skipped: 0.5%}

            """
        let full = """
            version: 1
            configuration: 33d0d7d0-6125-47c4-b36a-882f4ed53b33
            dialect: {encoding: utf-8, delimiter: ";", quote: '"', header: 1, layout: pivoted}
            columns:
              - {name: Entity, type: dimension, items: {list: [FR, DE], trim: false, case: exact}, on-missing: skip, null: [NA]}
              - {name: Posting Date, type: date, date: {format: dd/MM/yyyy}, null: [NA]}
            pivot:
              values: {type: number, number: {decimal: ",", group: ".", suffix: "€", percent: false}, null: [NA]}
              periods: {format: MMM yy}
            extra-columns: error
            gate: {max-skipped: 0.5%, fail-on: error, uncertain: count}

            """
        #expect(ProfileWriter.text(of: try Self.read(yaml)) == yaml)
        #expect(ProfileWriter.text(of: try Self.read(yaml), detail: .full) == full)
    }

    @Test func minimal() {
        let profile = Profile(columns: [ColumnProfile(name: "A", type: .text)])
        #expect(ProfileWriter.text(of: profile) == "version: 1\ncolumns:\n  - {name: A, type: text}\n")
    }

    @Test(arguments: 0..<10)
    func generatedProfilesReadBack(shard: Int) throws {
        let count = isDebugBuild ? 40 : 300
        for seed in (shard * count)..<((shard + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            let profile = generator.profile()
            let text = ProfileWriter.text(of: profile)
            let again: Profile
            do {
                again = try Self.read(text, like: profile)
            } catch {
                Issue.record("seed \(seed): \(error)\n\(text)")
                continue
            }
            #expect(again == profile, "seed \(seed)\n\(text)")
            // Strings that are equal can differ in their bytes; their texts cannot.
            #expect(ProfileWriter.text(of: again) == text, "seed \(seed)")
            // Line by line, as users paste them.
            for column in profile.columns {
                let line = ProfileWriter.columnLine(for: column)
                let pasted = try Self.read("version: 1\ncolumns:\n" + line, like: profile).columns
                #expect(ProfileWriter.columnLine(for: pasted[0]) == line, "seed \(seed)")
            }
            // In full, the defaults are gone and nothing else.
            let full = ProfileWriter.text(of: profile, detail: .full)
            #expect(ProfileWriter.text(of: try Self.read(full, like: profile), detail: .full) == full, "seed \(seed)")
        }
    }
}

extension ColumnProfile {
    fileprivate mutating func dropFileItems() {
        if case .file = itemsSource?.origin { items = nil }
    }

    fileprivate var itemsColumn: String? {
        if case .file(_, let column) = itemsSource?.origin { column } else { nil }
    }
}
