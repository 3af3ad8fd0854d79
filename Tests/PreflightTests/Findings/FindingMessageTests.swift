import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// The fact of a finding, as a whole file leads to it.
@Suite(.computing) struct FindingMessageTests {
    private static func messages(_ input: [UInt8], profile: String, hasHeader: Bool = true) throws -> [String] {
        let profile = try Profile(yaml: Array("version: 1\ncolumns: [\(profile)]".utf8), fileName: "profile") {
            _ throws(SmallFile.Refusal) in Array("FR01\nDE01\n".utf8)
        }
        return report(on: input, options: CheckOptions(profile: profile, hasHeader: hasHeader)).findings.map(\.message)
    }

    @Test(arguments: [
        ("fr01", "1 value might not match an item (differs from a known item only in case or surrounding spaces)"),
        ("   ", "1 value might not match an item (only spaces)"),
        (
            "  \nfr01\n DE01",
            "3 values might not match items "
                + "(only spaces; differs from a known item only in case or surrounding spaces)"
        ),
    ])
    func doubtfulItems(values: String, message: String) throws {
        #expect(try Self.messages(Array("E\n\(values)\n".utf8), profile: "{name: E, type: dimension, items: e.txt}") == [message])
    }

    /// Where there is no header, nothing speaks of one.
    @Test func withoutHeader() throws {
        let input = Array("x,1,2\ny\nz,1,2,".utf8) + [0xFF, 0x0A]
        let columns = (["A", "B", "C", "D", "E"].map { "{name: \($0), type: text}" }).joined(separator: ", ")
        let messages = try Self.messages(input, profile: columns, hasHeader: false)
        #expect(messages[0].hasSuffix("), in fields beyond the first row's"))
        #expect(
            messages.dropFirst() == [
                "1 row has too few fields (1 instead of 3)",
                "1 row has too many fields (4 instead of 3; probably an unquoted number with a comma)",
                "No field in the first row for: \"D\", \"E\"",
            ])
    }

    @Test func withHeader() throws {
        let input = Array("A,B,C\nx,1,2,".utf8) + [0xFF, 0x0A]
        let columns = (["A", "B", "C", "D"].map { "{name: \($0), type: text}" }).joined(separator: ", ")
        let messages = try Self.messages(input, profile: columns)
        // What the byte may be has tests of its own.
        #expect(messages[0].hasPrefix("1 byte sequence is not UTF-8 (could be "))
        #expect(messages[0].hasSuffix("), in fields beyond the header's"))
        #expect(
            messages.dropFirst() == [
                "1 row has too many fields (4 instead of 3; probably an unquoted number with a comma)",
                "Not in the header: \"D\"",
            ])
    }

    /// Of so many columns not each has a group of its own.
    @Test func manyColumns() throws {
        let count = FindingLog.mostColumns + 2
        let header = (1...count).map { "c\($0)" }.joined(separator: ",")
        let row = Array(repeating: "\0", count: count).joined(separator: ",")
        let messages = report(on: "\(header)\n\(row)\n").findings.map(\.message)
        #expect(messages.contains("2 NUL bytes in 1 row, in 2 columns (501 to 502)"))
    }

    @Test(arguments: [
        (true, "Row has fewer fields than the header", "Row has more fields than the header"),
        (false, "Row has fewer fields than the first row", "Row has more fields than the first row"),
    ])
    func titles(hasHeader: Bool, fewer: String, more: String) {
        let report = report(on: "a,b\n1\n1,2,3\n", options: CheckOptions(hasHeader: hasHeader))
        let human = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(human.contains("error PF204  1 row  \(fewer)  line 2\n"))
        #expect(human.contains("error PF205  1 row  \(more)   line 3\n"))
        let concise = ConciseReport.text(for: report, refusals: [])
        #expect(concise.contains(": error PF204 \(fewer)"))
        #expect(concise.contains(": error PF205 \(more)"))
        #expect(hasHeader || !(human + concise).replacing("without a header row", with: "").contains("header"))
    }
}
