import Foundation
import Testing

@testable import Preflight

@Suite("profile, as a user runs it", .timeLimit(.minutes(30)))
struct ProfileCommandTests {
    private static let odd = "version: 1\ncolumns:\n- {name: A, type: dimension, on-missing: skip}\n"

    @Test func initWritesAProfileThatPasses() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("Entity;Amount\nFR;1,5\n", to: "export.csv")
        let path = scratch.path + "/profile.yaml"
        #expect(try await Tool.run(["profile", "init", file, "-o", path]).status == 0)
        #expect(try await Tool.run(["profile", "lint", path]).everything.isEmpty)
        #expect(try await Tool.run(["check", file, "-p", path]).status == 0)
        let printed = try await Tool.run(["profile", "init", file])
        // The file names itself in the command that checks it.
        let written = try String(contentsOfFile: path, encoding: .utf8)
        #expect(written == printed.output.replacingOccurrences(of: "profile lint PROFILE", with: "profile lint \(path)"))
    }

    @Test func initOverwritesNothing() async throws {
        let scratch = try Scratch()
        let path = try scratch.write("mine", to: "profile.yaml")
        let ending = try await Tool.run(["profile", "init", "--output", path])
        #expect(ending.status == 2)
        #expect(ending.complaints.contains("not overwritten"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    }

    @Test(arguments: [("", "PF001"), ("\u{FEFF}", "PF001"), (",\n1,2\n", "no column of its header has a name")])
    func initWithoutAHeader(content: String, complaint: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write(content, to: "empty.csv")
        let ending = try await Tool.run(["profile", "init", file])
        #expect(ending.status == 1)
        #expect(ending.output.isEmpty)
        #expect(ending.complaints.contains(complaint), "\(ending.complaints)")
    }

    @Test func lint() async throws {
        let scratch = try Scratch()
        let odd = try scratch.write(Self.odd, to: "odd.yaml")
        let wrong = try scratch.write("version: 1\ncolums:\n- {name: A, tipe: text}\n", to: "wrong.yaml")
        let warned = try await Tool.run(["profile", "lint", odd])
        #expect(warned.status == 0)
        #expect(warned.output == "\(odd):3:3: warning: \"A\": on-missing: skip without items: unknown items cannot be recognized\n")
        let both = try await Tool.run(["profile", "lint", wrong, odd])
        #expect(both.status == 2)
        #expect(both.output.contains("\(wrong):2:1: error: unknown key \"colums\""))
        #expect(both.output.contains("\(odd):3:3: warning"))
    }

    @Test func show() async throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "version: 1\ndefaults: {null: [NA]}\ncolumns: [{name: A, type: number, number: {percent: true}}]\n", to: "profile.yaml")
        let yaml = try await Tool.run(["profile", "show", path])
        #expect(yaml.status == 0)
        #expect(
            yaml.output.contains("  - {name: A, type: number, number: {decimal: \".\", group: none, percent: true}, null: [NA]}\n"),
            "\(yaml.output)")
        let schema = try await Tool.run(["profile", "show", path, "--as", "table-schema"])
        #expect(schema.status == 0)
        #expect(schema.complaints.contains("not in the schema: column \"A\": that the numbers are percentages"))
        let written = try scratch.write(schema.output, to: "schema.json")
        #expect(try await Tool.run(["profile", "lint", written]).status == 0)
        #expect(try await Tool.run(["profile", "show", "/none.yaml"]).status == 2)
        #expect(try await Tool.run(["profile", "show", path, "--as", "xml"]).status == 64)
    }

    @Test func pivotedFilesNeedTheirHeader() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("Entity,Jan 26,FY 2026\nFR,1,2\n", to: "export.csv")
        let path = try scratch.write("version: 1\ndialect: {layout: pivoted}\ncolumns: [{name: Entity, type: text}]\n", to: "profile.yaml")
        #expect(try await Tool.run(["check", file, "-p", path]).status == 0)
        #expect(try await Tool.run(["check", file, "-p", path, "--no-header"]).status == 64)
    }
}
