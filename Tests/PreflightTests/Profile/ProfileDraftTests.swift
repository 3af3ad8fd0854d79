import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// A draft is a profile: it loads, and a check with it passes the gate or explains what does not fit.
@Suite(.computing) struct ProfileDraftTests {
    private static func draft(of bytes: [UInt8], hasHeader: Bool? = nil) throws(DraftFailure) -> String {
        var options = CheckOptions(hasHeader: hasHeader, samples: 50)
        options.countsDistinctValues = true
        let reading = try DraftReading(options: options) { (options) throws(SourceError) in report(on: bytes, options: options) }
        return ProfileDraft(reading, source: "export.csv").text
    }

    /// The line of a column, and the comments above it.
    private static func lines(of values: [String]) throws -> [String] {
        let text = try draft(of: Array(("A,B\n" + values.map { "x,\"\($0)\"\n" }.joined()).utf8))
        let lines = text.split(separator: "\n").map(String.init)
        let start = (lines.firstIndex { $0.hasPrefix("  - {name: A") } ?? 0) + 1
        let end = lines.firstIndex { $0.hasPrefix("extra-columns") } ?? lines.count
        return lines[start..<end].map { String($0.dropFirst(2)) }
    }

    /// Few values in many rows may be items: neither the empty one counts, nor how a value is quoted.
    @Test func items() throws {
        #expect(
            try Self.lines(of: ["UA", "AA", "UA", "", "UA"]) == [
                "# text: 4 like \"UA\", 1 empty", "# 2 different values. If they are dimension items: - {name: B, type: dimension}",
                "- {name: B, type: text}",
            ])
        #expect(try Self.lines(of: ["UA", "AA", "DL"]) == ["# text: 3 like \"UA\"", "- {name: B, type: text}"])
        let many = (0..<DistinctCheck.most).flatMap { ["v\($0)x", "v\($0)x"] }
        #expect(try Self.lines(of: many).contains { $0.hasPrefix("# 512 different values.") })
        #expect(try !Self.lines(of: many + ["more", "more"]).contains { $0.contains("different values") })
    }

    @Test func daysOfASpreadsheet() throws {
        let text = try Self.draft(of: Array("Posting Date,Code\n45123,45123\n45124,45124\n".utf8))
        let lines = text.split(separator: "\n").filter { $0.contains("day numbers of Excel") }
        #expect(lines == ["  # These may be day numbers of Excel. If so, write dates into the file, for example yyyy-MM-dd."])
    }

    @Test(arguments: [
        (["1", "2", ""], ["# integer: 2 like \"1\", 1 empty", "- {name: B, type: integer}"]),
        (
            ["1.5", "2", "NA"],
            ["# number (decimal .): 1 like \"1.5\", 1 like \"2\", 1 like \"NA\"", "- {name: B, type: number, null: [NA]}"]
        ),
        (
            ["1.234,5", "2"],
            [
                "# number (group . decimal ,): 1 like \"1.234,5\", 1 like \"2\"",
                "- {name: B, type: number, number: {decimal: \",\", group: \".\"}}",
            ]
        ),
        (
            ["31/12/2026", "01/02/2026"],
            ["# date (d/M/yyyy): 1 like \"31/12/2026\", 1 like \"01/02/2026\"", "- {name: B, type: date, date: {format: dd/MM/yyyy}}"]
        ),
        (
            ["31/12/2026", "1/2/2026"],
            ["# date (d/M/yyyy): 1 like \"31/12/2026\", 1 like \"1/2/2026\"", "- {name: B, type: date, date: {format: d/M/yyyy}}"]
        ),
        (["true", "FALSE"], ["# boolean (true or false): 2 like \"true\"", "- {name: B, type: boolean, boolean: {true: [\"true\"]}}"]),
        (["5%", "7%"], ["# number (percent): 2 like \"5%\"", "- {name: B, type: number, number: {percent: true}}"]),
        (
            ["$5", "$1,234.5"],
            [
                "# number (currency prefix; group , decimal .): 1 like \"$5\", 1 like \"$1,234.5\"",
                "- {name: B, type: number, number: {group: \",\", prefix: \"$\"}}",
            ]
        ),
        (
            ["5 €", "1.234,5 €"],
            [
                "# number (currency suffix; group . decimal ,): 1 like \"5 €\", 1 like \"1.234,5 €\"",
                "- {name: B, type: number, number: {decimal: \",\", group: \".\", suffix: \" €\"}}",
            ]
        ),
        (
            ["1.5", ".5"],
            [
                "# number (decimal .): 1 like \"1.5\", 1 like \".5\"",
                "# 1 value may not be read this way (assumed), first \".5\" in line 3.",
                "- {name: B, type: number}",
            ]
        ),
        (["20260131"], ["# date (yyyyMMdd): 1 like \"20260131\"", "- {name: B, type: date, date: {format: yyyyMMdd}}"]),
        (
            ["31/12/2026 10:00:00 +00:00"],
            [
                "# date and time (d/M/yyyy): 1 like \"31/12/2026 10:00:00 +00:00\"",
                "- {name: B, type: date, date: {format: \"dd/MM/yyyy HH:mm:ss zzz\"}}",
            ]
        ),
        (["5-Jan-26"], ["# date (d MMM yyyy): 1 like \"5-Jan-26\"", "- {name: B, type: date, date: {format: d-MMM-yy}}"]),
        (["January 26"], ["# month (MMM yyyy): 1 like \"January 26\"", "- {name: B, type: date, date: {format: MMMM yy}}"]),
        (["Q1 FY 2026"], ["# period: 1 like \"Q1 FY 2026\"", "- {name: B, type: dimension}"]),
        (
            ["yes", "no", "yes"],
            [
                "# text: 3 like \"yes\"", "# If it is a boolean: - {name: B, type: boolean, boolean: {true: [\"yes\"], false: [\"no\"]}}",
                "- {name: B, type: text}",
            ]
        ),
        (
            ["1.23E+11", "5.5"],
            [
                "# number (decimal .): 1 like \"1.23E+11\", 1 like \"5.5\"",
                "# \"1.23E+11\" in line 2 is how Excel shows a long ID: its last digits are lost.",
                "# 1 value may not be read this way (assumed), first \"1.23E+11\" in line 2.", "- {name: B, type: number}",
            ]
        ),
        (["a", "b"], ["# text: 2 like \"a\"", "- {name: B, type: text}"]),
        (["", ""], ["# nothing but empty fields: 2 empty", "- {name: B, type: text}"]),
    ])
    func columns(values: [String], expected: [String]) throws {
        #expect(try Self.lines(of: values) == expected)
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
        #expect(lines.contains { $0.hasPrefix("# Which is it?") })
        for choice in choices { #expect(lines.contains { $0.hasPrefix("#   - {name: B") && $0.contains(choice) }, "\(lines)") }
    }

    /// Values that will fail are named with their place.
    @Test func unlikeValues() throws {
        let lines = try Self.lines(of: (1...19).map(String.init) + ["x"])
        #expect(lines.contains("# 1 value will not be read this way, first \"x\" in line 21."))
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
