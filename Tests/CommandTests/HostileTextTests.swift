import Foundation
import ScriptedServer
import Testing

@testable import PigmentImport
@testable import Preflight

@Suite("Hostile text never reaches a terminal raw", .timeLimit(.minutes(30)))
struct HostileTextTests {
    /// Escape sequences (CSI, OSC, DCS), C1 controls, bidirectional marks, zero-width and tag characters, a lone DEL.
    private static let hostile =
        "\u{1B}[31m\u{1B}]0;pwned\u{7}\u{1B}P\u{9B}2J\u{85}\u{202E}\u{2066}\u{200F}\u{200B}\u{E0041}\u{7F}\u{8}"

    static func isSafe(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x0A: true
            case 0x00...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xE0000...0xE007F: false
            default: true
            }
        }
    }

    @Test(arguments: ["human", "concise", "json", "jsonl"]) func fromHeaderCellAndFileName(_ format: String) async throws {
        let scratch = try Scratch()
        let text = "a,\(Self.hostile)\n1,\(Self.hostile),x\n2,\"q\(Self.hostile)\"\(Self.hostile)\n"
        let file = try scratch.write(text, to: "name\u{1B}[31m\u{202E}.csv")
        let profile = try scratch.write("version: 1\ncolumns: [{name: a, type: number}, {name: b, type: date}]\n", to: "p.yaml")
        for arguments in [["check", file], ["check", file, "-p", profile], ["check", file, "/missing\u{1B}[2J"]] {
            let ending = try await Tool.run(arguments + ["--format", format])
            #expect(ending.status == 1 || ending.status == 2)
            #expect(Self.isSafe(ending.everything), "\(ending.everything.debugDescription)")
            #expect(!ending.output.isEmpty)
        }
    }

    @Test func fromProfileAndCommandLine() async throws {
        let scratch = try Scratch()
        let profile = try scratch.write("version: 1\n\"\(Self.hostile)\": 2\ncolumns: []\n", to: "p\u{1B}[31m.yaml")
        for arguments in [["check", "x.csv", "-p", profile], ["check", "--\u{1B}[31m"], ["\u{1B}]0;x\u{7}"], ["explain", Self.hostile]] {
            let ending = try await Tool.run(arguments)
            #expect(ending.status == 2 || ending.status == 64)
            #expect(Self.isSafe(ending.everything), "\(ending.everything.debugDescription)")
        }
    }

    @Test(arguments: ["human", "json"]) func fromTheServer(_ format: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        let json = Self.hostile.unicodeScalars.map { scalar in
            UTF16.encode(scalar)!.map { "\\u" + String(format: "%04x", $0) }.joined()
        }.joined()
        let failed =
            #"{"importId":"\#(Tool.importID)","importStatus":"Failed","errorsDetails":[{"name":"\#(json)","description":"\#(json)"}]}"#
        let scripts: [[ScriptStep]] = [
            [.readHead, .readWholeBody, .answer("400 Bad", contentType: "text/plain", body: Self.hostile)],
            [.readHead, .readWholeBody, .answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)],
            [.readHead, .answer("200 OK", body: failed)],
        ]
        try await withScriptedServer(scripts: scripts) { server in
            for status: Int32 in [7, 4] {
                let arguments = Tool.pushArguments(file, port: server.port, more: ["--format", format])
                let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
                #expect(ending.status == status)
                #expect(Self.isSafe(ending.everything), "\(ending.everything.debugDescription)")
                #expect(ending.everything.contains("u{1b}") || ending.everything.contains("\\u001b"))
            }
        }
    }
}
