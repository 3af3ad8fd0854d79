import Foundation
import Testing

@testable import Preflight

@Suite("locate, as a user runs it", .timeLimit(.minutes(30)))
struct LocateCommandTests {
    private static let content = "Id,City\n1,Köln\n2,\"Bonn\nWest\"\n\n3,köln\n4,x\n5,KÖLN am Rhein\n"

    private func scratch() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write(Self.content, to: "x.csv")
        try scratch.write("Company X\nExport of\na,b,c\n1,2,3\n4,5,6\n7,8,9\n1,2,3\n4,5,6\n", to: "title.csv")
        return scratch
    }

    private struct Case: Sendable {
        var arguments: String
        var status: Int32 = 0
        /// The first line of each row that is shown, and what follows them.
        var rows: [String] = []
        var says = ""
    }

    private static let cases = [
        Case(arguments: "--row 1 --row 3", rows: ["row 1, line 2, byte 8", "row 3, line 6, byte 31"]),
        Case(arguments: "--row 3,1 --row 1-1 --line 2", rows: ["row 1, line 2, byte 8", "row 3, line 6, byte 31"]),
        Case(arguments: "--row 0,2-3", rows: ["the header, line 1, byte 0", "row 2, lines 3 to 4, byte 16", "row 3, line 6, byte 31"]),
        Case(arguments: "--line 4 --line 5", rows: ["row 2, lines 3 to 4, byte 24", "a blank line, line 5, byte 30"]),
        Case(arguments: "--byte 24 --row 5", rows: ["row 2, lines 3 to 4, byte 24", "row 5, line 8, byte 43"]),
        Case(arguments: "--row 9", status: 1, says: "not found: row 9: the file has 5 rows"),
        Case(arguments: "--row 1,9", status: 1, rows: ["row 1, line 2, byte 8"], says: "not found: row 9: the file has 5 rows"),
        Case(arguments: "--line 9", status: 1, says: "not found: line 9: the file has 8 lines"),
        Case(arguments: "--byte 60", status: 1, says: "not found: byte 60, past the end: the file has 60 bytes"),
        Case(arguments: "--value Köln", rows: ["row 1, line 2, byte 10"]),
        Case(arguments: "--value köln --ignore-case", rows: ["row 1, line 2, byte 10", "row 3, line 6, byte 33"]),
        Case(
            arguments: "--contains köln --ignore-case",
            rows: ["row 1, line 2, byte 10", "row 3, line 6, byte 33", "row 5, line 8, byte 45"]),
        Case(arguments: "--contains 1 --column City", status: 1, says: "not found: x.csv has 5 rows"),
        Case(arguments: "--contains 1 --column 1", rows: ["row 1, line 2, byte 8"]),
        Case(arguments: "--contains 1 --column Town", status: 2, says: "it has no column \"Town\"; its columns are \"Id\", \"City\""),
        Case(arguments: "--code PF206", rows: ["a blank line, line 5, byte 30"]),
        Case(arguments: "--code PF203", status: 1, says: "not found"),
        Case(arguments: "--code PF999", status: 64, says: "not a finding code"),
        Case(arguments: "--row 2-1", status: 64), Case(arguments: "--row x", status: 64), Case(arguments: "--row -1", status: 64),
        Case(arguments: "--line 0", status: 64), Case(arguments: "", status: 64), Case(arguments: "--contains ''", status: 64),
    ]

    @Test func placesAndTexts() async throws {
        let scratch = try scratch()
        for test in Self.cases {
            for file in ["x.csv", "- < x.csv"] {
                let ending = try await Tool.shell("$PREFLIGHT locate \(file) \(test.arguments) --context 0", in: scratch)
                let name = file == "x.csv" ? "x.csv" : "standard input"
                let says = test.says.replacingOccurrences(of: "x.csv", with: name)
                #expect(ending.status == test.status, "\(test.arguments): \(ending.everything)")
                let rows = ending.output.split(separator: "\n").filter { $0.hasPrefix(name) }.map { $0.dropFirst(name.count + 2) }
                #expect(rows.map(String.init) == test.rows, "\(test.arguments): \(ending.everything)")
                #expect(says.isEmpty || ending.complaints.contains(says), "\(test.arguments): \(ending.complaints)")
            }
        }
    }

    @Test func limitsAreSaid() async throws {
        let scratch = try Scratch()
        try scratch.write("a,b\n" + String(repeating: "1,x\n", count: 1_730), to: "many.csv")
        let search = try await Tool.shell("$PREFLIGHT locate many.csv --value x", in: scratch)
        #expect(
            search.output.hasSuffix("\nshowing 10 of 1\u{202F}730 rows; use --most to show more\n")
                || search.output.contains("showing 10 of 1"))
        #expect(search.output.components(separatedBy: "many.csv: row").count == 11)
        let places = try await Tool.shell("$PREFLIGHT locate many.csv --row 1-50 --most 5", in: scratch)
        #expect(places.output.hasSuffix("\nshowing the first 5 rows of those asked for; use --most to show more\n"))
        #expect(places.status == 0)
        try scratch.write("version: 1\ncolumns: [{name: a, type: number}, {name: b, type: number}]\n", to: "p.yaml")
        let code = try await Tool.shell("$PREFLIGHT locate many.csv -p p.yaml --code PF401 --most 3", in: scratch)
        #expect(code.output.contains("showing 3 of 1"), "\(code.output)")
        #expect(code.output.contains("column 2 \"b\": \"x\""))
    }

    @Test func hexOnRequest() async throws {
        let scratch = try scratch()
        let plain = try await Tool.shell("$PREFLIGHT locate x.csv --byte 10", in: scratch)
        #expect(!plain.output.contains("hex") && plain.output.contains("column 2 \"City\": \"Köln\""))
        let hex = try await Tool.shell("$PREFLIGHT locate x.csv --byte 10 --hex", in: scratch)
        #expect(hex.output.contains("  hex 4b c3 b6 6c 6e 0a"))
    }

    /// Places that a check names are found, as what they are.
    @Test func placesOfAReport() async throws {
        let scratch = try scratch()
        let title = try await Tool.shell("$PREFLIGHT locate title.csv --line 1,2,3 --context 0", in: scratch)
        #expect(title.output.contains("title.csv: a line above the header, line 1, byte 0"), "\(title.output)")
        #expect(title.output.contains("title.csv: a line above the header, line 2, byte 10"))
        #expect(title.output.contains("title.csv: the header, line 3, byte 20"))
        let code = try await Tool.shell("$PREFLIGHT locate title.csv --code PF215 --context 0", in: scratch)
        #expect(code.output.contains("a line above the header, line 1"), "\(code.everything)")
        try scratch.write("\u{FEFF}sep=;\na;b\n1;2\n", to: "excel.csv")
        let excel = try await Tool.shell("$PREFLIGHT locate excel.csv --byte 0,3,9 --context 0", in: scratch)
        #expect(excel.output.contains("the byte order mark, line 1, byte 0"), "\(excel.output)")
        #expect(excel.output.contains("the line that names the delimiter, line 1, byte 3"))
        #expect(excel.output.contains("the header, line 2, byte 9"))
    }

    /// A file that need not end: what is asked for is in its beginning.
    @Test(arguments: ["--byte 5", "--row 1", "--line 2", "--row 0", "--byte 9", "--byte 500000"])
    func aFileThatDoesNotEnd(place: String) async throws {
        let scratch = try Scratch()
        let script =
            "printf 'a,b\\n1,2\\n3,' > big.csv; truncate -s 1T big.csv; timeout 20 $PREFLIGHT locate big.csv --delimiter , \(place)"
        let ending = try await Tool.shell(script, in: scratch)
        // Where nothing but zeros is said to be no CSV file, that is reported at once.
        #expect(ending.status == 0 || ending.status == 2 && ending.complaints.contains("not a CSV"), "\(ending.complaints)")
        let lines = "printf 'a,b\\n'; yes 1,2"
        let endless = try await Tool.shell("(\(lines)) | timeout 20 $PREFLIGHT locate - \(place)", in: scratch)
        #expect(endless.status == 0, "\(endless.complaints)")
        let row = "printf 'a,b\\n1,2\\n3,'; yes | tr -d '\\n'"
        let longRow = try await Tool.shell("(\(row)) | timeout 20 $PREFLIGHT locate - --delimiter , \(place)", in: scratch)
        #expect(longRow.status == 0, "\(longRow.complaints)")
    }
}
