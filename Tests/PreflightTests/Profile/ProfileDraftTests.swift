import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// A draft is a profile: it loads, and a check with it passes the gate or explains what does not fit.
@Suite(.computing) struct ProfileDraftTests {
    private static func draft(of bytes: [UInt8], hasHeader: Bool? = nil) throws(DraftFailure) -> String {
        try FeedDraft(of: bytes, options: CheckOptions(hasHeader: hasHeader)).text
    }

    /// The line of a column, and the comments above it.
    private static func lines(of values: [String]) throws -> [String] {
        let text = try draft(of: Array(("A,B\n" + values.map { "x,\"\($0)\"\n" }.joined()).utf8))
        let lines = text.split(separator: "\n").map(String.init)
        let start = (lines.firstIndex { $0.hasPrefix("  - {name: A") } ?? 0) + 1
        let end =
            lines.firstIndex { $0.hasPrefix("extra-columns") || $0.hasPrefix("# ? Is this the key") || $0.hasPrefix("keys") } ?? lines.count
        return lines[start..<end].map { String($0.dropFirst(2)) }
    }

    /// Values that come again and again are items: neither the empty one counts, nor how a value is quoted.
    @Test func items() throws {
        #expect(
            try Self.lines(of: ["UA", "AA", "UA", "", "UA", "AA", "UA", "UA", "AA"]) == [
                "# items: 5 \"UA\", 3 \"AA\", 1 empty; 2 different", "- {name: B, type: dimension}",
            ])
        #expect(try Self.lines(of: ["UA", "AA", "DL"]).last == "- {name: B, type: text}")
        let many = (0..<1_024).flatMap { value in (0..<4).map { _ in "v\(value)x" } }
        #expect(try Self.lines(of: many).last == "- {name: B, type: dimension, required: true}")
        #expect(try Self.lines(of: many + ["more", "more"]).contains { $0.contains("more than 1,024 different") })
    }

    @Test(arguments: [
        (["1", "2", ""], "- {name: B, type: integer}"),
        (["1.5", "2", "NA"], "- {name: B, type: number, null: [NA]}"),
        (["1.234,5", "2"], "- {name: B, type: number, number: {decimal: \",\", group: \".\"}}"),
        (["31/12/2026", "01/02/2026"], "- {name: B, type: date, date: {format: dd/MM/yyyy}}"),
        (["31/12/2026", "1/2/2026"], "- {name: B, type: date, date: {format: d/M/yyyy}}"),
        (["true", "FALSE"], "- {name: B, type: boolean, boolean: {true: [\"true\"]}}"),
        (["5%", "7%"], "- {name: B, type: number, number: {percent: true}}"),
        (["$5", "$1,234.5"], "- {name: B, type: number, number: {group: \",\", prefix: \"$\"}}"),
        (["5 €", "1.234,5 €"], "- {name: B, type: number, number: {decimal: \",\", group: \".\", suffix: \" €\"}}"),
        (["5 kg", "1.5 kg"], "- {name: B, type: number, number: {suffix: \" kg\"}}"),
        (["1.5", ".5"], "- {name: B, type: number}"),
        (["20260131", "20260201", "20260202"], "- {name: B, type: date, date: {format: yyyyMMdd}}"),
        (["31/12/2026 10:00:00 +00:00"], "- {name: B, type: date, date: {format: \"dd/MM/yyyy HH:mm:ss zzz\"}}"),
        (["5-Jan-26"], "- {name: B, type: date, date: {format: d-MMM-yy}}"),
        (["January 26"], "- {name: B, type: date, date: {format: MMMM yy}}"),
        (["03/2026", "04/2026"], "- {name: B, type: date, date: {format: MM/yyyy}}"),
        (["Q1 FY 2026"], "- {name: B, type: dimension}"),
        (["yes", "no", "yes"], "- {name: B, type: boolean, boolean: {true: [\"yes\"], false: [\"no\"]}}"),
        (["1.23E+11", "5.5", "7.5"], "- {name: B, type: number}"),
        (["1.23E+11", "4.56E+11"], "- {name: B, type: undecided}"),
        (["a", "b"], "- {name: B, type: text}"),
        (["007", "012"], "- {name: B, type: text}"),
        // Nothing tells: asked.
        (["0", "1", "1"], "- {name: B, type: undecided}"),
        (["", ""], "- {name: B, type: undecided}"),
        (["y", "n", "y"], "- {name: B, type: undecided}"),
        (["202601", "202602"], "- {name: B, type: undecided}"),
        (["1.5", "2,5", "3.5", "4,5"], "- {name: B, type: undecided}"),
    ])
    func columns(values: [String], expected: String) throws {
        #expect(try Self.lines(of: values).last == expected)
    }

    /// Each number is of all rows.
    @Test func evidence() throws {
        #expect(
            try Self.lines(of: ["1.5", "2", "NA", "2"]) == [
                "# number (decimal .): 2 like \"2\", 1 like \"1.5\", 1 like \"NA\"; 1.5 to 2; 2 different",
                "- {name: B, type: number, null: [NA]}",
            ])
        #expect(
            try Self.lines(of: ["1.23E+11", "5.5"]).contains(
                "# \"1.23E+11\" in line 2 is how Excel shows a long ID: its last digits are lost"))
    }

    /// What no value decides is asked: both lines are there, and no check accepts the profile until one is taken.
    @Test(arguments: [
        (["03/04/2026", "05/06/2026"], ["date: {format: dd/MM/yyyy}", "date: {format: MM/dd/yyyy}"]),
        (["1,234", "5,678"], ["number: {decimal: \",\"}", "number: {group: \",\"}"]),
        (["1.234", "5.678"], ["type: number}", "number: {decimal: \",\", group: \".\"}"]),
    ])
    func openChoices(values: [String], choices: [String]) throws {
        let lines = try Self.lines(of: values)
        #expect(lines.last == "- {name: B, type: undecided}")
        #expect(lines.contains { $0.hasPrefix("# ? ") })
        for choice in choices { #expect(lines.contains { $0.hasPrefix("#   - {name: B") && $0.contains(choice) }, "\(lines)") }
    }

    /// Values that will fail are named with their place.
    @Test func unlikeValues() throws {
        let lines = try Self.lines(of: (1...19).map(String.init) + ["x"])
        #expect(lines.contains("# 1 value will not be read this way, first \"x\" in line 21"))
    }

    @Test(arguments: SampleFolder.all)
    func samples(_ folder: SampleFolder) throws {
        guard folder.hasProfile else { return }
        let input = try folder.input()
        // Of a file that cannot be read as text no draft is written.
        guard let draft = try? Self.draft(of: input) else { return }
        let text = draft.replacing("type: undecided", with: "type: text")
        let profile = try Profile(yaml: text)
        // A draft may say in which encoding the file is to be read.
        var plain = CheckOptions()
        plain.encoding = profile.dialect.encoding
        let first = report(on: input, options: plain)
        let second = report(on: input, options: CheckOptions(profile: profile))
        #expect(second.totals.rows == first.totals.rows)
        // What surely fails in a column that the draft gives a type is named in the draft.
        for column in second.prediction.columns {
            let evidence = first.prediction.evidence[column.column.index - 1]
            let unlike = evidence.parts.filter { evidence.type?.fits($0.formats) == false }.reduce(0) { $0 + $1.count }
            #expect(column.cells.min <= unlike, "\(column.column.name)")
        }
    }

    @Test func withoutAHeader() throws {
        let text = try Self.draft(of: Array("1,x\n2,y\n".utf8), hasHeader: false)
        let profile = try Profile(yaml: text)
        #expect(profile.columns.map(\.name) == ["column-1", "column-2"])
        #expect(!profile.dialect.hasHeader)
        #expect(report(on: "1,x\n2,y\n", options: CheckOptions(profile: profile)).findings.isEmpty)
    }
}
