import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

@Suite(.computing) struct NearestItemTests {
    private static let items = ItemSet(
        ["FR01", "FR03", "DE 01", "Société", "Zoë", "7", "Łódź", "cost center", "AB"].map { Array($0.utf8) })

    @Test(arguments: [
        ("fr01", "FR01", NearestItem.Relation.letterCase), ("DE01", "DE 01", .spaces), (" FR03 ", "FR03", .spaces),
        ("Societe", "Société", .accents), ("Zoe", "Zoë", .accents), ("Lodz", "Łódź", .accents), ("007", "7", .leadingZeros),
        ("FR3", "FR03", .leadingZeros), ("FR003", "FR03", .leadingZeros), ("societe", "Société", .severalOfThese),
        ("SOCIÉTÉ", "Société", .letterCase), ("CostCenter", "cost center", .severalOfThese), ("FR04", "FR01", .oneEdit),
        ("F03", "FR03", .oneEdit), ("FR033", "FR03", .oneEdit), ("FR30", "FR03", .oneEdit), ("Zoé", "Zoë", .accents),
        ("cost centre", "cost center", .oneEdit), ("BA", "AB", .oneEdit), ("Société!", "Société", .oneEdit),
    ])
    func near(value: String, item: String, relation: NearestItem.Relation) throws {
        let found = try #require(NearestItem.find(Array(value.utf8), in: Self.items))
        #expect(String(decoding: found.item, as: UTF8.self) == item)
        #expect(found.relation == relation)
    }

    @Test(arguments: ["", "XX99", "FRANCE", "Société Générale", String(repeating: "x", count: 300)])
    func far(value: String) {
        #expect(NearestItem.find(Array(value.utf8), in: Self.items) == nil)
    }

    /// Any bytes are compared without a trap.
    @Test func hostileBytes() {
        for bytes in [[0xC3], [0xC5, 0x00], [0x30, 0x30, 0x30], [0xFF, 0xFE], [0xE2, 0x80]] as [[UInt8]] {
            _ = NearestItem.find(bytes, in: Self.items)
            _ = NearestItem.find(Array("FR01".utf8), in: ItemSet([bytes]))
        }
    }

    @Test func inTheReport() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: E, type: dimension, items: [FR01, FR03], on-missing: skip}]")
        let report = report(on: "E\nFR3\nFR01\nXX\nFR3\n", options: CheckOptions(profile: profile))
        #expect(
            report.findings.first?.message
                == "3 values are not in the list of items (\"FR3\": closest item is \"FR03\", different leading zeros; unknown item)")
    }
}
