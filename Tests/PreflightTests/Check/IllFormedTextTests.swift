import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// Text that is not UTF-8: one sentence where the encoding is the cause, with words that a person knows again.
@Suite(.computing) struct IllFormedTextTests {
    private static func windows(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { $0.value == 0x20AC ? 0x80 : UInt8($0.value) }
    }

    @Test func oneFindingOverAllColumns() throws {
        let rows = "Id;Ort;Büro;Betrag\n1;Köln;x;5 €\n2;Zürich;y;6 €\n3;Köln;Genève;7\n"
        let report = steadyReport(on: Self.windows(rows))
        let finding = try #require(report.findings.first { $0.kind == .invalidUTF8 })
        #expect(report.findings.count == 1)
        #expect(finding.column == nil)
        #expect(finding.count == 7)
        #expect(finding.rows == 4)
        #expect(finding.shares.map { [$0.column.index, $0.count, $0.rows] } == [[2, 3, 3], [3, 2, 2], [4, 2, 2]])
        #expect(finding.shares.map(\.column.name.text) == ["Ort", "B\\x{fc}ro", "Betrag"])
        #expect(finding.message.contains("looks like Windows-1252, with letters as in German: \"Büro\", \"Köln\", \"€\""))
        #expect(finding.message.contains("in 3 columns"))
        #expect(!finding.message.contains("U+10FFFF"))
        #expect(finding.examples.map(\.place.line) == [1, 2, 2])
        #expect(finding.help.contains("--encoding windows-1252 --transcode"))
        #expect(report.input.proposedEncoding == .windows1252)
        let json = try #require(report.json.firstRange(of: "\"columns\":[{\"index\":2,\"name\":\"Ort\",\"count\":3,\"rows\":3}"))
        #expect(!json.isEmpty)
    }

    /// With one column the finding is that column's.
    @Test func oneColumn() throws {
        let report = steadyReport(on: Self.windows("Id;Ort\n1;Köln\n2;x\n"))
        let finding = try #require(report.findings.first { $0.kind == .invalidUTF8 })
        #expect(finding.column?.index == 2)
        #expect(finding.shares.isEmpty)
        #expect(finding.message.contains(": \"Köln\""))
    }

    /// A file with UTF-8 as well, before or after, in the same field or another: converting all of it would break the rest.
    @Test(
        arguments: [
            Array("Id;A\n1;ä\n".utf8) + [0x32, 0x3B, 0xE4, 0x0A], [0x41, 0x3B, 0xE4, 0x0A] + Array("1;ä\n".utf8),
            Array("Id;A\n1;ä".utf8) + [0xE4, 0x0A],
        ] as [[UInt8]])
    func mixedEncodings(bytes: [UInt8]) throws {
        let report = steadyReport(on: bytes)
        let finding = try #require(report.findings.first { $0.kind == .invalidUTF8 })
        #expect(!finding.message.contains("Windows-1252"))
        #expect(finding.help.contains("mixes UTF-8"))
        #expect(report.input.proposedEncoding == nil)
    }

    /// Text of Windows-1252 may look like UTF-8 here and there: `é »` with a no-break space is a Chinese character.
    @Test func chanceIsNoMixture() throws {
        let rows = (1...20).map { "\($0);Café;Genève\n" }.joined() + "21;\u{AB}\u{A0}café\u{A0}\u{BB};x\n"
        let report = steadyReport(on: Self.windows("Id;Ort;Büro\n" + rows))
        #expect(report.input.proposedEncoding == .windows1252)
    }

    /// Letters side by side may look like a long sequence that is cut short.
    @Test(arguments: ["Łódź|Kraków|Wąż żółć", "Żółty książę|Łódź|Gdańsk"])
    func lettersSideBySide(names: String) throws {
        let text = "Id;Ort\n" + names.split(separator: "|").enumerated().map { "\($0);\($1)\n" }.joined()
        let bytes = try #require(SystemConverter.bytes(text, in: "CP1250"))
        let report = steadyReport(on: bytes)
        #expect(report.input.proposedEncoding == .windows1250)
    }

    /// What only broken UTF-8 has.
    @Test(arguments: [[0xE2, 0x82], [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80]] as [[UInt8]])
    func brokenUTF8(sequence: [UInt8]) {
        let report = steadyReport(on: Array("Id;A\n1;x".utf8) + sequence + Array("y\n".utf8))
        #expect(report.has(.invalidUTF8))
        #expect(report.input.proposedEncoding == nil)
    }

    /// A byte that Windows-1252 leaves undefined, at whichever place of a sequence.
    @Test(arguments: [[0x81], [0xE4, 0x81], [0xE2, 0x81], [0xE4, 0x20, 0x9D]] as [[UInt8]])
    func undefinedBytes(sequence: [UInt8]) throws {
        let report = steadyReport(on: Array("Id;A\n1;x".utf8) + sequence + Array("y\n".utf8))
        let finding = try #require(report.findings.first { $0.kind == .invalidUTF8 })
        #expect(!(finding.message + finding.help).contains("--encoding"))
        #expect(report.input.proposedEncoding == nil)
    }

    /// What follows the advice has no such finding.
    @Test func adviceHelps() throws {
        let bytes = Self.windows("Id;Ort\n1;Köln\n2;Zürich\n")
        var options = CheckOptions()
        options.encoding = report(on: bytes).input.proposedEncoding
        options.transcodes = true
        let second = report(on: bytes, options: options)
        #expect(second.findings.filter { $0.severity > .note }.isEmpty)
    }

    /// Nothing is claimed of a file that was not read: the header line says what it is and its size.
    @Test(
        arguments: [
            ([0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 20), "24 bytes, a ZIP archive or an Excel workbook (.xlsx) (not checked)"),
            (Array("{\"a\": 1}".utf8), "8 bytes, a JSON document (not checked)"),
            ([0xFF, 0xFE, 0x61, 0], "4 bytes, UTF-16LE (not checked)"),
            ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "8 bytes, UTF-32 (not checked)"), ([], "0 bytes, no rows"),
            (Array("\n\n".utf8), "2 bytes, no rows"),
            (Array("a\n1\n".utf8), "4 bytes, 1 column, UTF-8, no delimiter found, LF"),
        ] as [([UInt8], String)])
    func headerLine(bytes: [UInt8], line: String) {
        let report = report(on: bytes)
        let text = HumanReport(style: .plain).text(for: report, refusals: report.refusals(under: GatePolicy()), policy: GatePolicy())
        #expect(text.split(separator: "\n")[1] == "  " + line)
    }
}
