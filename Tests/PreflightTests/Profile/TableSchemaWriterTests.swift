import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// What of a profile becomes a Table Schema, and what does not.
@Suite(.computing) struct TableSchemaWriterTests {
    private static func schema(_ columns: String) throws -> TableSchemaWriter {
        TableSchemaWriter(try Profile(yaml: "version: 1\ncolumns:\n" + columns))
    }

    @Test func everyType() throws {
        let written = try Self.schema(
            """
            - {name: Id, type: text, required: true}
            - {name: Amount, type: number, number: {decimal: ",", group: " "}, null: [NA]}
            - {name: Quantity, type: integer}
            - {name: Day, type: date}
            - {name: Due, type: date, date: {format: "dd/MM/yyyy HH:mm"}}
            - {name: Month, type: date, date: {format: yyyy-MM}}
            - {name: Year, type: date, date: {format: yyyy}}
            - {name: Active, type: boolean, boolean: {true: [yes]}}
            - {name: Entity, type: dimension, items: [FR, DE], on-missing: skip}
            """)
        #expect(
            written.text == """
                {
                  "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
                  "fields": [
                    {
                      "name": "Id",
                      "type": "string",
                      "constraints": {
                        "required": true
                      }
                    },
                    {
                      "name": "Amount",
                      "type": "number",
                      "decimalChar": ",",
                      "groupChar": " ",
                      "missingValues": [
                        "",
                        "NA"
                      ]
                    },
                    {
                      "name": "Quantity",
                      "type": "integer"
                    },
                    {
                      "name": "Day",
                      "type": "date"
                    },
                    {
                      "name": "Due",
                      "type": "datetime",
                      "format": "%d/%m/%Y %H:%M"
                    },
                    {
                      "name": "Month",
                      "type": "yearmonth"
                    },
                    {
                      "name": "Year",
                      "type": "year"
                    },
                    {
                      "name": "Active",
                      "type": "boolean",
                      "trueValues": [
                        "TRUE",
                        "yes"
                      ],
                      "falseValues": [
                        "FALSE"
                      ]
                    },
                    {
                      "name": "Entity",
                      "type": "string",
                      "constraints": {
                        "enum": [
                          "FR",
                          "DE"
                        ]
                      }
                    }
                  ]
                }

                """)
        #expect(written.losses == [])
    }

    @Test(arguments: [
        ("{name: A, type: number, number: {suffix: €}}", "column \"A\": which text surrounds the number"),
        ("{name: A, type: number, number: {percent: true}}", "column \"A\": that the numbers are percentages"),
        ("{name: A, type: number, number: {multiplier: thousand}}", "column \"A\": the multiplier"),
        ("{name: A, type: date, date: {format: [yyyy, dd/MM/yyyy]}}", "column \"A\": the patterns after the first"),
        (
            "{name: A, type: date, date: {format: M/d/yyyy}}",
            "column \"A\": that the pattern is M/d/yyyy: what is written here is read as MM/dd/yyyy"
        ),
        ("{name: A, type: date, date: {format: yyyy-MM-dd t}}", "column \"A\": the pattern yyyy-MM-dd t"),
        ("{name: \"A\\e\", type: dimension}", "column \"A\\u{1b}\": that it is a dimension"),
        ("{name: A, type: dimension, items: [x], on-missing: create}", "column \"A\": that it is a dimension with known items"),
        ("{name: A, type: text}\nconfiguration: 33d0d7d0-6125-47c4-b36a-882f4ed53b33", "the configuration's id"),
        ("{name: A, type: text}\ndialect: {delimiter: ;}", "the dialect"), ("{name: A, type: text}\ngate: {max-skipped: 1}", "the gate"),
        ("{name: A, type: text}\ndialect: {layout: pivoted}", "the columns of periods"),
    ])
    func losses(column: String, loss: String) throws {
        let losses = try Self.schema("- " + column).losses
        #expect(losses.count == 1, "\(losses)")
        #expect(losses.first?.hasPrefix(loss) == true, "\(losses)")
    }

    @Test func settingsOfTheWhole() throws {
        let written = TableSchemaWriter(
            try Profile(
                yaml: """
                    version: 1
                    defaults: {null: [NA]}
                    columns: [{name: A, type: text}, {name: B, type: text, null: []}]
                    extra-columns: error
                    """))
        let again = try Profile(yaml: written.text)
        #expect(again.extraColumns == .error)
        #expect(again.columns.map(\.nullWords) == [["NA"], []])
        #expect(written.losses == [])
    }

    /// Where nothing is lost, the schema reads back as the same columns.
    @Test(arguments: 0..<5)
    func generatedProfilesReadBack(shard: Int) throws {
        var whole = 0
        for seed in (shard * 200)..<((shard + 1) * 200) {
            var generator = SeededGenerator(seed: seed)
            var profile = generator.profile()
            (profile.configuration, profile.dialect, profile.gate) = (nil, Profile.Dialect(), GatePolicy())
            let written = TableSchemaWriter(profile)
            let again: Profile
            do {
                again = try Profile(yaml: written.text)
            } catch {
                // A date without a counterpart says so in the schema, which cannot be read back.
                #expect(written.losses.contains { $0.contains("has no counterpart") }, "seed \(seed): \(error)\n\(written.text)")
                continue
            }
            guard written.losses.isEmpty else { continue }
            whole += 1
            #expect(TableSchemaWriter(again).text == written.text, "seed \(seed)")
            #expect(again.columns.map(\.name) == profile.columns.map(\.name), "seed \(seed)")
            #expect(again.columns.map(\.type) == profile.columns.map(\.type), "seed \(seed)")
            #expect(again.columns.map(\.nullWords) == profile.columns.map(\.nullWords), "seed \(seed)")
            for (column, original) in zip(again.columns, profile.columns) {
                #expect(column.isRequired == original.isRequired, "seed \(seed)")
                #expect(column.items == original.items, "seed \(seed)")
                if column.type == .date {
                    #expect(column.date.patterns.map(\.elements) == original.date.patterns.map(\.elements), "seed \(seed)")
                }
                if column.type == .boolean { #expect(column.boolean == original.boolean, "seed \(seed)") }
                if column.type == .number || column.type == .integer { #expect(column.number == original.number, "seed \(seed)") }
            }
        }
        #expect(whole > 10)
    }
}
