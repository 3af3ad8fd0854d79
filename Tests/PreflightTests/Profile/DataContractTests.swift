import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Data contracts in place of profiles, and profiles as contracts.
@Suite(.computing) struct DataContractTests {
    private static func column(_ property: String) throws -> ColumnProfile {
        let contract = "apiVersion: v3.1.0\nkind: DataContract\nschema:\n  - name: t\n    properties:\n      - {name: A, \(property)}\n"
        return try #require(try Profile(yaml: contract).columns.first)
    }

    @Test(arguments: [
        ("logicalType: string", "type: text"), ("logicalType: number", "type: number"), ("logicalType: integer", "type: integer"),
        ("logicalType: boolean", "type: boolean"), ("logicalType: date", "type: date"), ("logicalType: object", "type: text"),
        ("logicalType: number, required: true", "type: number, required: true"),
        ("logicalType: date, logicalTypeOptions: {format: dd/MM/yyyy}", "type: date, date: {format: dd/MM/yyyy}"),
        (
            "logicalType: number, customProperties: [{property: decimalChar, value: ','}, {property: groupChar, value: '.'}]",
            "type: number, number: {decimal: \",\", group: \".\"}"
        ),
        ("logicalType: string, customProperties: [{property: missingValues, value: [n/a]}]", "type: text, null: [n/a]"),
    ])
    func properties(_ property: String, _ expected: String) throws {
        #expect(ProfileWriter.columnLine(for: try Self.column(property)) == "- {name: A, \(expected)}")
    }

    /// What a contract cannot say is named, and nothing else.
    @Test(arguments: [
        ("{name: A, type: text}", [String]()), ("{name: A, type: text, optional: true}", ["column \"A\": that a file may lack it"]),
        ("{name: A, type: text, since: 2026-03-01}", ["column \"A\": that a file may lack it before 2026-03-01"]),
        ("{name: A, type: date, date: {format: dd/MM/yy, years: 1950..2030}}", ["column \"A\": which years are meant"]),
        (
            "{name: A, type: dimension, items: [FR, DE]}",
            ["column \"A\": that it is a dimension with known items (a contract can only list them, for exact matches)"]
        ), ("{name: A, type: dimension, items: [FR, DE], on-missing: skip}", []),
        ("{name: A, type: number, assume: {trailing-sign: accepted}}", ["which doubts are settled (assume) is left out"]),
    ])
    func losses(_ column: String, _ expected: [String]) throws {
        let profile = try Profile(yaml: "version: 1\ncolumns:\n- \(column)\n")
        let contract = DataContractWriter(profile)
        #expect(contract.losses == expected)
        let schema = TableSchemaWriter(profile).losses
        #expect(schema == expected.map { $0.replacing("a contract can", with: "a schema can") })
    }

    /// What is written without a loss is read as it was.
    @Test func whatIsWrittenIsRead() throws {
        var random = SeededGenerator(seed: 18)
        var whole = 0
        for _ in 0..<200 {
            var columns: [String] = []
            for index in 0...random.below(6) {
                let types = [
                    "type: text", "type: integer", "type: number, number: {decimal: \",\", group: \".\"}", "type: number", "type: date",
                    "type: date, date: {format: dd.MM.yyyy}", "type: date, date: {format: \"yyyy-MM-dd HH:mm\"}",
                    "type: date, date: {format: d/M/yyyy}",
                    "type: boolean, boolean: {true: [ja], false: [nein]}", "type: dimension, items: [FR, DE], on-missing: skip",
                ]
                let more = ["", ", required: true", ", null: [n/a]", ", optional: true"]
                columns.append("- {name: C\(index), \(random.element(of: types))\(index == 0 ? "" : random.element(of: more))}")
            }
            let profile = try Profile(yaml: "version: 1\ncolumns:\n" + columns.joined(separator: "\n") + "\nkeys: [[C0]]\n")
            let contract = DataContractWriter(profile)
            guard contract.losses.isEmpty else { continue }
            whole += 1
            let back = try Profile(yaml: contract.text)
            // A key's columns are required.
            var own = profile
            own.columns[0].isRequired = true
            #expect(ProfileWriter.text(of: back, detail: .full) == ProfileWriter.text(of: own, detail: .full), "\(contract.text)")
        }
        #expect(whole > 40)
    }
}
