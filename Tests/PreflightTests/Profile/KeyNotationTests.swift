import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// `keys: [A, B]` is one key of two columns. It once meant two keys: the linter says so.
@Suite(.computing) struct KeyNotationTests {
    private static func reading(_ keys: String) throws -> ProfileReading {
        let yaml = "version: 1\ncolumns:\n- {name: A, type: text}\n- {name: B, type: text}\nkeys: \(keys)\n"
        return try ProfileReading(yaml: Array(yaml.utf8), fileName: "p.yaml") { _ throws(SmallFile.Refusal) in [] }
    }

    @Test(arguments: [
        ("[A]", [["A"]]), ("[A, B]", [["A", "B"]]), ("[[A, B]]", [["A", "B"]]), ("[[A], [B]]", [["A"], ["B"]]),
        ("[[B, A], [A]]", [["B", "A"], ["A"]]),
    ])
    func meaning(keys: String, expected: [[String]]) throws {
        let profile = try Self.reading(keys).profile
        #expect(profile.keys == expected)
        // Written back, it means the same to every version.
        for detail in [ProfileWriter.Detail.short, .full] {
            #expect(try Profile(yaml: ProfileWriter.text(of: profile, detail: detail)).keys == expected)
        }
        #expect(ProfileWriter.text(of: profile, detail: .full).contains("keys: [["))
        #expect(try Profile(yaml: ProfileWriter.text(of: profile)) == profile)
    }

    @Test func lintExplains() throws {
        let remarks = ProfileLint.remarks(on: try Self.reading("[A, B]"), fileName: "p.yaml")
        #expect(
            remarks.map(\.description) == [
                "p.yaml:5:7: keys: [A, B] is one key of these columns together. Earlier versions took each column for a key of its own: write "
                    + "keys: [[A], [B]] if that is meant, keys: [[A, B]] if not"
            ])
        for keys in ["[A]", "[[A, B]]", "[[A], [B]]"] { #expect(ProfileLint.remarks(on: try Self.reading(keys), fileName: "p").isEmpty) }
    }

    /// 93 rows with distinct pairs of few parts are not duplicates; where pairs are, the finding says what changed.
    @Test func duplicates() throws {
        let profile = try Self.reading("[A, B]").profile
        let rows = (0..<93).map { "E\($0 % 10),K\($0 / 10)\n" }
        let clean = steadyReport(on: Array(("A,B\n" + rows.joined()).utf8), options: CheckOptions(profile: profile))
        #expect(clean.findings.isEmpty)
        let double = steadyReport(on: Array(("A,B\n" + rows.joined() + rows[7]).utf8), options: CheckOptions(profile: profile))
        let finding = try #require(double.findings.first { $0.kind == .duplicateKey })
        #expect(finding.count == 1)
        #expect(finding.help.contains("keys: [[A], [B]]"))
        let nested = report(
            on: Array(("A,B\n" + rows.joined() + rows[7]).utf8), options: CheckOptions(profile: try Self.reading("[[A, B]]").profile))
        #expect(nested.findings.first?.help.contains("Earlier versions") == false)
    }

    /// The keys of a Table Schema are lists as the standard has them.
    @Test func tableSchema() throws {
        let fields = "fields: [{name: a}, {name: b}]\n"
        #expect(try Profile(yaml: fields + "primaryKey: [a, b]").keys == [["a", "b"]])
        #expect(try Profile(yaml: fields + "uniqueKeys: [[a, b], [b]]").keys == [["a", "b"], ["b"]])
        #expect(throws: ProfileError.self) { try Profile(yaml: fields + "uniqueKeys: [a, b]") }
        let schema = TableSchemaWriter(try Self.reading("[A, B]").profile)
        #expect(try Profile(yaml: schema.text).keys == [["A", "B"]])
    }
}
