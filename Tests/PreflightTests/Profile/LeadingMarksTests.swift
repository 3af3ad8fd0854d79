import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// A byte order mark at the beginning of a text is part of it.
@Suite(.computing) struct LeadingMarksTests {
    private static func name(_ text: String, prefix: String = "version: 1\ncolumns:\n- ") throws -> [UInt32] {
        let profile = try Profile(yaml: "\(prefix){name: \(text), type: text}\n")
        return profile.columns[0].name.unicodeScalars.map(\.value)
    }

    @Test(
        arguments: [
            ("\"\\uFEFFa\"", [0xFEFF, 0x61]), ("\"\\ufeffa\"", [0xFEFF, 0x61]), ("\"\\U0000FEFFa\"", [0xFEFF, 0x61]),
            ("\"\\uFEFF\\uFEFF\"", [0xFEFF, 0xFEFF]), ("\"\\uFEFF\"", [0xFEFF]), ("!!str \"\\uFEFFa\"", [0xFEFF, 0x61]),
            ("\"a\\uFEFF\"", [0x61, 0xFEFF]), ("\"\\\\uFEFF\"", [0x5C, 0x75, 0x46, 0x45, 0x46, 0x46]),
            ("'\\uFEFF'", [0x5C, 0x75, 0x46, 0x45, 0x46, 0x46]),
        ] as [(String, [UInt32])])
    func names(text: String, scalars: [UInt32]) throws {
        #expect(try Self.name(text) == scalars)
        // After line ends that only YAML knows, and after letters of several bytes.
        #expect(
            try Self.name(text, prefix: "version: 1 # \u{2028}# é\u{85}\r\ncolumns:\r- {type: text, name: \"é😀\"}\n- ").isEmpty == false)
        let second = try Profile(
            yaml: "version: 1 # é\u{2028}\r\ncolumns:\r- {type: text, name: \"é😀\"}\r\n- {type: text, name: \(text)}\n")
        #expect(second.columns[1].name.unicodeScalars.map(\.value) == scalars)
    }

    /// In a Table Schema with surrogates, too: JSON is read in the same way.
    @Test func json() throws {
        let profile = try Profile(yaml: "{\"fields\": [{\"name\": \"\\ufeff\\ud83d\\ude00\"}]}")
        #expect(profile.columns[0].name.unicodeScalars.map(\.value) == [0xFEFF, 0x1F600])
    }
}
