import Foundation
import Testing

@testable import Preflight

/// Commands that a help names are run as they are, on files of other dialects than the samples too: afterwards nothing is wrong.
@Suite("Commands in helps", .timeLimit(.minutes(30)))
struct HelpCommandTests {
    /// A file, and the finding whose help has the command that corrects it.
    static let cases: [(text: String, code: String)] = [
        ("a,b,c\n“x, y”,“z, w”,2\n1,2,3\n", "PF205"),
        ("a;b\n„x; y“;2\n1;2\n", "PF205"),
        ("a,b\n‘x, y’,2\n1,2\n", "PF205"),
        ("a,b\n«x, y»,2\n1,2\n", "PF205"),
        ("a,b,c\n\"1,x,2\"\n3,y,4\n\"5,\"\"z, w\"\",6\"\n", "PF204"),
        ("a,b\n1,2\n3,4\n\nReport of 2026-01-01\n", "PF204"),
        ("a,b\n\n1,2\n\n3,4\n\n", "PF206"),
        ("a;b;c\n1; \"x\";2\n3;y;4\n", "PF219"),
        ("a|b\n1| \"x|y\"\n3|y\n", "PF219"),
        ("a\tb\n1\t \"x\ty\"\n3\ty\n", "PF219"),
        ("a;b\r\n=\"0012\";x\r\n1;y\r\n", "PF221"),
        ("a;b\r\n1;\"x \\\"y\\\" z\"\r\n2;w\r\n", "PF220"),
        ("a;b;c\r\n1;2;3\r\n;;\r\n4;5;6\r\n", "PF225"),
        ("a\tb\n1\t2\n\t\n4\t5\n", "PF225"),
        ("\"a;b\"\r\n\"1;2\"\r\n\"3;4\"\r\n", "PF222"),
        ("Title\r\n\r\na;b\r\n--;--\r\n1;2\r\n3;4\r\n", "PF218"),
        ("a;b\r\n1;2\r\n3;4", "PF226"),
        ("\n\na,b\n1,2\n", "PF215"),
        ("Report,,\nName,Clicks,Cost\na,10,1000\nb,20,2000\n", "PF215"),
    ]

    @Test(arguments: cases) func theCommandCorrectsTheFile(text: String, code: String) async throws {
        let scratch = try Scratch()
        let kind = try #require(FindingKind.all.first { $0.code == code })
        var file = try scratch.write(text, to: "input.csv")
        // What is wrong besides has a command of its own: the header first.
        for kind in (code == "PF215" ? [] : [FindingKind.preamble]) + [kind] {
            let before = try await Tool.run(["check", file, "--format", "json"])
            guard kind.code == code || before.output.contains("\"\(kind.code)\"") else { continue }
            #expect(before.output.contains("\"\(kind.code)\""), "\(before.output)")
            let line = try RemedyTests.command(in: before.output, of: kind, file: file)
            let shell = try await Tool.runShell(line)
            #expect(shell.status == 0, "\(line)\n\(shell.everything)")
            file += ".new.csv"
        }
        let after = try await Tool.run(["check", file, "--format", "json"])
        // That no import reads the delimiter is another matter.
        #expect(after.status == (after.output.contains("PF209") ? 1 : 0), "\(after.everything)")
        #expect(!after.output.contains("\"\(code)\""), "\(after.output)")
    }

    /// A help that names a command for one file is carried out to the letter.
    @Test(arguments: FindingKind.all.filter { $0.help.contains(" FILE >") || $0.help.contains(" < FILE") })
    func samplesFollowTheHelp(_ kind: FindingKind) throws {
        let remedy = try RemedyTests.Remedy(in: "\(Repository.path)/Samples/\(kind.code)-\(kind.slug)")
        // Only for a file of another encoding.
        if kind == .nulByte { return }
        #expect(remedy.command == "HELP")
    }

    /// The command that joins two files as they should have been.
    @Test(arguments: [
        ("a,b\n1,2\n", "a,b\n3,4\n"), ("a,b\n1,2", "\u{FEFF}a,b\n3,4\n"), ("a;b\r\n1;2\r\n", "\"a\";\"b\"\r\n3;4"),
    ]) func filesAreJoined(first: String, second: String) async throws {
        let scratch = try Scratch()
        let names = [try scratch.write(first, to: "first.csv"), try scratch.write(second, to: "second.csv")]
        let help = FindingKind.repeatedHeader.help
        let start = try #require(help.range(of: "{ cat"))
        let command = help[start.lowerBound...].replacing("FILE1", with: names[0]).replacing("FILE2", with: names[1])
            .replacing("FILE.new.csv", with: scratch.path + "/joined.csv")
        let shell = try await Tool.runShell(String(command))
        #expect(shell.status == 0, "\(command)\n\(shell.everything)")
        let after = try await Tool.run(["check", scratch.path + "/joined.csv", "--format", "json"])
        #expect(after.status == 0 && after.output.contains("\"rows\": 2"), "\(after.output)")
        #expect(!after.output.contains("\"PF213\""))
    }
}
