import Foundation
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight

@Suite("encodings, as a user meets them", .timeLimit(.minutes(30)))
struct EncodingCommandTests {
    private static let text = "Id;Büro\n1;Köln\n2;Zürich\n"

    private static func profile(_ encoding: String?) -> String {
        let entry = encoding.map { "encoding: \($0), " } ?? ""
        return "version: 1\ndialect: {\(entry)delimiter: \";\"}\ncolumns:\n- {name: Id, type: integer}\n- {name: Büro, type: text}\n"
    }

    private static func write(_ bytes: [UInt8], to name: String, in scratch: Scratch) throws -> String {
        let path = scratch.path + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Runs a command on a file, as it is, compressed, and through a pipe.
    private static func everyInput(
        _ bytes: [UInt8], scratch: Scratch, _ body: (_ file: String, _ input: FileHandle) async throws -> Void
    ) async throws {
        let plain = try write(bytes, to: "plain.csv", in: scratch)
        #expect(try await Tool.runShell("gzip -k '\(plain)'").status == 0)
        try await body(plain, .nullDevice)
        try await body(plain + ".gz", .nullDevice)
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
        try pipe.fileHandleForWriting.close()
        try await body("-", pipe.fileHandleForReading)
    }

    /// Text that is UTF-8 already is not converted once more, whatever is declared.
    @Test(arguments: ["check", "rehearse", "push"], [true, false])
    func wronglyDeclared(command: String, byProfile: Bool) async throws {
        let scratch = try Scratch()
        let profile = try scratch.write(Self.profile(byProfile ? "windows-1252" : nil), to: "profile.yaml")
        var arguments = ["--transcode", "-p", profile] + (byProfile ? [] : ["--encoding", "windows-1252"])
        if command == "push" { arguments += ["-c", Tool.configuration, "--base-url", "http://127.0.0.1:1"] }
        try await Self.everyInput(Array(Self.text.utf8), scratch: scratch) { file, input in
            let ending = try await Tool.run([command, file] + arguments, environment: Tool.keyEnvironment, input: input)
            #expect(ending.status == 1, "\(ending.everything)")
            #expect(ending.output.contains("PF110"))
            #expect(ending.output.contains("Windows-1252 was declared by \(byProfile ? "the profile" : "--encoding")"))
        }
    }

    @Test func forced() async throws {
        let scratch = try Scratch()
        let file = try scratch.write(Self.text, to: "a.csv")
        let ending = try await Tool.run(["rehearse", file, "--encoding", "windows-1252", "--transcode", "--force-encoding"])
        #expect(ending.status == 0, "\(ending.everything)")
        // Each of the six bytes of the three letters is a character that takes two bytes or three.
        #expect(ending.output.contains("of UTF-8, SHA-256"))
        #expect(try await Tool.run(["check", file, "--force-encoding"]).status == 64)
    }

    /// A file that is declared rightly goes through, and the server finds what the check predicted.
    @Test func rightlyDeclared() async throws {
        let scratch = try Scratch()
        let profile = try scratch.write(Self.profile("windows-1252"), to: "profile.yaml")
        let bytes = Self.text.unicodeScalars.map { UInt8($0.value) }
        try await Self.everyInput(bytes, scratch: scratch) { file, input in
            let ending = try await Tool.run(["rehearse", file, "-p", profile, "--transcode"], input: input)
            #expect(ending.status == 0, "\(ending.everything)")
            #expect(ending.output.contains("Sent \(Self.text.utf8.count) bytes of UTF-8"))
            #expect(ending.output.contains("2 inserted"))
        }
    }

    @Test func asciiIsNoFinding() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("Id;A\n1;x\n", to: "a.csv")
        for arguments in [[], ["--transcode"]] {
            let ending = try await Tool.run(["rehearse", file, "--encoding", "windows-1252"] + arguments)
            #expect(ending.status == 0)
            #expect(!ending.output.contains("PF1"), "\(ending.output)")
            #expect(ending.output.contains("identical to the file (SHA-256)"))
        }
    }

    // MARK: Drafts

    /// Written in the encoding that the bytes suggest, with a word on it; a check with the draft finds every column.
    @Test(arguments: ["windows-1252", "utf-16le", "utf-16be"], ["infer", "init"])
    func suggestedEncodings(encoding: String, command: String) async throws {
        let scratch = try Scratch()
        let rows = (1...2000).map { "\($0);Zürich;12,5 \n" }.joined()
        let text = "Id;Büro;Betrag\n" + rows
        let bytes: [UInt8] =
            switch encoding {
            case "utf-16le": [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            case "utf-16be": [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
            default: text.unicodeScalars.map { UInt8($0.value) }
            }
        let file = try Self.write(bytes, to: "a.csv", in: scratch)
        let draft = scratch.path + "/draft.yaml"
        let ending = try await Tool.run(["profile", command, file, "-o", draft])
        #expect(ending.status == 0)
        #expect(ending.complaints.contains("\"encoding: \(encoding)\""), "\(ending.complaints)")
        let written = try String(contentsOfFile: draft, encoding: .utf8)
        #expect(written.contains("encoding: \(encoding)"))
        #expect(written.contains("{name: Büro, type: "))
        let checked = try await Tool.run(["check", file, "-p", draft, "--transcode"])
        #expect(!checked.output.contains("PF3"), "\(checked.output)")
        #expect(!checked.output.contains("PF110"))
    }

    /// Nothing is written about what cannot be read.
    @Test(
        arguments: [
            ([0x50, 0x4B, 3, 4, 0, 0], "Excel workbook"), ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "UTF-32"),
            ([0x41, 0x0A, 0x81, 0x0A], "not UTF-8"),
            ([0x41, 0x0A, 0xC3, 0xA4, 0x0A, 0xE4, 0x0A], "mixes"), ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1], "gzip"), ([], "empty"),
            ([0x2C, 0x0A, 0x31, 0x2C, 0x32, 0x0A], "no column of its header has a name"), (Array("{\"a\": 1}".utf8), "JSON"),
        ] as [([UInt8], String)], ["infer", "init"])
    func noDraft(_ found: ([UInt8], String), command: String) async throws {
        let scratch = try Scratch()
        let file = try Self.write(found.0, to: "a.csv", in: scratch)
        let draft = scratch.path + "/draft.yaml"
        let ending = try await Tool.run(["profile", command, file, "-o", draft])
        #expect(ending.status == 1, "\(ending.everything)")
        #expect(ending.output.isEmpty)
        #expect(ending.complaints.contains(found.1), "\(ending.complaints)")
        #expect(!FileManager.default.fileExists(atPath: draft))
    }

    /// What no value decides is asked, and nothing passes before it is answered.
    @Test func undecidedColumns() async throws {
        let scratch = try Scratch()
        let rows = (1...300).map { _ in "05/02/2026;8,879\n" }.joined()
        let file = try scratch.write("Day;Amount\n" + rows, to: "a.csv")
        let draft = scratch.path + "/draft.yaml"
        #expect(try await Tool.run(["profile", "infer", file, "-o", draft]).status == 0)
        let lint = try await Tool.run(["profile", "lint", draft])
        #expect(lint.status == 2)
        #expect(lint.output.contains("\(draft):13:5: error: the type of the column \"Day\" is undecided"), "\(lint.output)")
        for command in ["check", "rehearse", "push", "locate"] {
            let more = command == "push" ? ["-c", Tool.configuration] : command == "locate" ? ["--row", "1"] : []
            let ending = try await Tool.run([command, file, "-p", draft] + more, environment: Tool.keyEnvironment)
            #expect(ending.status == 2, "\(command)")
            #expect(ending.output.isEmpty)
            for part in [
                "\(draft):13:5: the type of the column \"Day\" is undecided", "{name: Day, type: date, date: {format: dd/MM/yyyy}",
                "{name: Day, type: date, date: {format: MM/dd/yyyy}", "\(draft):20:5: the type of the column \"Amount\" is undecided",
                "{name: Amount, type: number, number: {decimal: \",\"}", "{name: Amount, type: number, number: {group: \",\"}",
            ] { #expect(ending.complaints.contains(part), "\(ending.complaints)") }
        }
        #expect(try await Tool.run(["profile", "show", draft, "--as", "table-schema"]).status == 2)
    }

    // MARK: Numbers

    @Test(arguments: [
        ["--max-skipped", "0x10%"], ["--max-skipped", "1e1%"], ["--max-skipped", "+5"], ["--memory", "0x10MiB"], ["--memory", "1e9"],
        ["--max-output-bytes", "-5"], ["--samples", "0x3"], ["--threads", "1e0"],
    ])
    func numbersAreWrittenOut(arguments: [String]) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "a.csv")
        #expect(try await Tool.run(["check", file] + arguments).status == 64)
    }

    @Test(arguments: ["inf", "nan", "0x10s", "1e3", "-1s", "+1s"])
    func durationsAreWrittenOut(duration: String) async throws {
        #expect(try await Tool.run(["status", Tool.importID, "--timeout=\(duration)"], environment: Tool.keyEnvironment).status == 64)
    }
}
