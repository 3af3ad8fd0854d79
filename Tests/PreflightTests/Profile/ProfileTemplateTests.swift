import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// What a new profile begins with.
@Suite(.computing) struct ProfileTemplateTests {
    private static func header(_ text: String) -> HeaderNames? {
        try? HeaderNames(Array(text.utf8))
    }

    @Test func exampleIsAProfile() throws {
        let reading = try ProfileReading(yaml: Array(ProfileTemplate.text().utf8), fileName: "p") { _ throws(SmallFile.Refusal) in [] }
        #expect(reading.profile.columns.map(\.name) == ["Entity", "Posting Date", "Amount", "Quantity", "Text"])
        #expect(ProfileLint.remarks(on: reading, fileName: "p") == [])
    }

    /// The lines that are commented out are right as well.
    @Test func commentsAreRight() throws {
        let examples = ["# configuration:", "# dialect:", "# defaults:", "#   number:", "#   date:", "#   null:"]
        let lines = ProfileTemplate.text().split(separator: "\n", omittingEmptySubsequences: false).map { line in
            examples.contains { line.hasPrefix($0) } ? line.dropFirst(2) : line
        }
        let profile = try Profile(yaml: lines.joined(separator: "\n"))
        #expect(profile.configuration == "33d0d7d0-6125-47c4-b36a-882f4ed53b33")
        #expect(profile.dialect == Profile.Dialect(delimiter: UInt8(ascii: ";"), quote: UInt8(ascii: "\""), hasHeader: true))
        #expect(profile.defaults == ColumnDefaults())
    }

    @Test func columnsOfAFile() throws {
        let header = try #require(Self.header("Entity;\"Say \"\"hi\"\"\";;Entity;null; A\n1;2;3;4;5;6\n"))
        let text = ProfileTemplate.text(header: header, source: "a\u{1b}.csv")
        let profile = try Profile(yaml: text)
        #expect(profile.columns == ["Entity", "Say \"hi\"", "null", " A"].map { ColumnProfile(name: $0, type: .text) })
        #expect(profile.dialect == Profile.Dialect(delimiter: UInt8(ascii: ";")))
        #expect(text.contains("# The columns of a\\u{1b}.csv, all of type text"))
        #expect(text.contains("\n  # column 3 has no name in the header\n  # column 4 has the same name as another: \"Entity\"\n"))
    }

    /// Nothing that would be written is about this file.
    @Test func columnsWithoutNames() throws {
        let failure = try #require(throws: DraftFailure.self) { try HeaderNames(Array(",\n1,2\n".utf8)) }
        #expect(failure == .refused("no column of its header has a name. Name them, or read the first row as data with --no-header"))
    }

    @Test(arguments: [
        ("a,b\n1,2\n", ["a", "b"], UInt8(ascii: ",")), ("\u{FEFF}a;b", ["a", "b"], UInt8(ascii: ";")),
        ("\n\r\na\tb\r\n", ["a", "b"], 0x09),
        ("\"a\nb\",c\n1,2\n", ["a\nb", "c"], UInt8(ascii: ",")), ("a\n1\n", ["a"], nil), ("ä,b", ["ä", "b"], UInt8(ascii: ",")),
    ])
    func headerNames(text: String, names: [String], delimiter: UInt8?) {
        let header = Self.header(text)
        #expect(header?.names == names)
        #expect(header?.delimiter == delimiter)
    }

    @Test func bytesThatAreNotUTF8() throws {
        let header = try HeaderNames([0x47, 0x72, 0xF6, 0xDF, 0x65, 0x2C, 0x62, 0x0A])
        #expect(header.names == ["Größe", "b"])
        #expect(header.encoding == .windows1252)
        let wide = try HeaderNames([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00])
        #expect(wide.names == ["a"])
        #expect(wide.encoding == .utf16LittleEndian)
        // Nothing that Windows-1252 has, either.
        #expect(throws: DraftFailure.self) { try HeaderNames([0x61, 0x81, 0x2C, 0x62, 0x0A]) }
        #expect(throws: DraftFailure.self) { try HeaderNames([0xC3, 0xA4, 0xFF, 0x2C, 0x62, 0x0A]) }
    }

    @Test func noHeader() {
        #expect(Self.header("") == nil)
        #expect(Self.header("\n\n") == nil)
        #expect(Self.header("PK\u{3}\u{4}x\n") == nil)
    }

    @Test func headerOfAFile() throws {
        let folder = try ScratchFolder()
        let names = (0..<50_000).map { "column \($0)" }
        let path = try folder.write(Array((names.joined(separator: ";") + "\n1\n").utf8), to: "wide.csv")
        #expect(try HeaderNames.read(InputFile.open(path: path, spoolsStream: false)).names == names)
    }
}
