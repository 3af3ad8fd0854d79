import Foundation
import ScriptedServer
import TestSupport
import Testing

@testable import PigmentImport
@testable import PreflightCommand
@testable import RehearsalServer

/// Names for IDs, and the look at everything that a push needs.
@Suite("configurations and doctor, as a user runs them", .timeLimit(.minutes(30)))
struct ConfigurationsCommandTests {
    private static let ledger = "00000000-0000-4000-8000-000000000001"

    private static func configuration() -> RehearsalConfiguration {
        var configuration = RehearsalConfiguration(apiKeys: [Tool.canaryKey], configurationIDs: [Self.ledger])
        configuration.catalogue = .example
        return configuration
    }

    private static func environment(_ scratch: Scratch) -> [String: String] {
        [
            "PIGMENT_METADATA_API_KEY": Tool.canaryKey, "PIGMENT_API_KEY": Tool.canaryKey, "XDG_CACHE_HOME": scratch.path + "/cache",
            "XDG_STATE_HOME": scratch.path + "/state",
        ]
    }

    @Test func namesArePushedToOnceTheyAreKnown() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "a.csv")
        try await withRehearsalServer(Self.configuration()) { server in
            let environment = Self.environment(scratch)
            let push = ["push", file, "-c", "Finance/Ledger/Actuals", "--base-url", server.baseURL, "--poll", "0.02s"]
            let early = try await Tool.run(push, environment: environment)
            #expect(
                early.status == 2 && early.complaints.contains("preflight configurations --refresh --application Finance"),
                "\(early.everything)")
            let list = try await Tool.run(
                ["configurations", "--application", "finance", "--base-url", server.baseURL], environment: environment)
            #expect(list.status == 0, "\(list.everything)")
            #expect(list.output.contains("\(Self.ledger)  Finance/Ledger/Actuals  (TransactionList)\n"))
            #expect(list.output.contains("3 configurations of \(server.baseURL), looked up just now\n"))
            let pushed = try await Tool.run(push, environment: environment)
            #expect(pushed.status == 0 && server.imports.map(\.configurationID) == [Self.ledger], "\(pushed.everything)")
            let mistyped = try await Tool.run(
                push.map { $0 == "Finance/Ledger/Actuals" ? "Finance/Ledger/Actual" : $0 }, environment: environment)
            #expect(mistyped.status == 2 && mistyped.complaints.contains("Did you mean \"Finance/Ledger/Actuals\"?"))
            #expect(![early, list, pushed, mistyped].contains { $0.everything.contains(Tool.canaryKey) })
        }
        // What was found is shown without the server while it is fresh.
        let gone = ["configurations", "--application", "finance", "--block", "Ledger", "--format", "json"]
        let cached = try await Tool.run(gone + ["--base-url", "http://127.0.0.1:9"], environment: Self.environment(scratch))
        #expect(cached.status == 5, "another service was never asked")
        let text = try String(contentsOfFile: scratch.path + "/cache/preflight/configurations.json", encoding: .utf8)
        #expect(text.contains("Finance") && !text.contains(Tool.canaryKey))
    }

    @Test func aFreshListNeedsNoServer() async throws {
        let scratch = try Scratch()
        var url = ""
        try await withRehearsalServer(Self.configuration()) { server in
            url = server.baseURL
            _ = try await Tool.run(["configurations", "--base-url", url], environment: Self.environment(scratch))
        }
        let arguments = ["configurations", "--application", "Workforce", "--format", "json", "--base-url", url]
        let fresh = try await Tool.run(arguments, environment: Self.environment(scratch))
        let document = try #require(try JSONSerialization.jsonObject(with: Data(fresh.output.utf8)) as? [String: Any])
        let configurations = try #require(document["configurations"] as? [[String: Any]])
        #expect(fresh.status == 0 && configurations.count == 1, "\(fresh.everything)")
        #expect((configurations.first?["application"] as? [String: Any])?["name"] as? String == "Workforce")
        #expect(try await Tool.run(arguments + ["--refresh"], environment: Self.environment(scratch)).status == 5)
        // One name, two configurations.
        let ambiguous = try await Tool.run(["push", "x.csv", "-c", "workforce/headcount/actuals"], environment: Self.environment(scratch))
        #expect(ambiguous.complaints.contains("x.csv"), "\(ambiguous.everything)")
    }

    @Test(arguments: [("", Int32(2), "PIGMENT_METADATA_API_KEY"), ("pgmt_wrong", 7, "Modeling Metadata")])
    func keysOfAnotherType(key: String, status: Int32, words: String) async throws {
        try await withRehearsalServer(Self.configuration()) { server in
            let ending = try await Tool.run(
                ["configurations", "--base-url", server.baseURL], environment: ["PIGMENT_METADATA_API_KEY": key])
            #expect(ending.status == status && ending.complaints.contains(words), "\(ending.everything)")
        }
    }

    // MARK: doctor

    private static func checks(_ output: String) throws -> [String: String] {
        let schema = try JSONSchema(
            String(contentsOfFile: Repository.path + "/Sources/PreflightReports/doctor-v1.schema.json", encoding: .utf8))
        #expect(try schema.failures(in: output) == [])
        let document = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        let checks = try #require(document["checks"] as? [[String: String]])
        return Dictionary(uniqueKeysWithValues: checks.map { ($0["name"] ?? "", $0["state"] ?? "") })
    }

    @Test func allIsWell() async throws {
        let scratch = try Scratch()
        try scratch.write("x\n", to: "items.txt")
        let profile = try scratch.write("version: 1\ncolumns: [{name: a, type: dimension, items: items.txt}]\n", to: "p.yaml")
        try await withRehearsalServer(Self.configuration()) { server in
            let arguments = ["doctor", "--base-url", server.baseURL, "-p", profile]
            let ending = try await Tool.run(arguments + ["--format", "json"], environment: Self.environment(scratch))
            #expect(ending.status == 0, "\(ending.everything)")
            let checks = try Self.checks(ending.output)
            for name in [
                "key", "metadata-key", "base-url", "dns", "connection", "answer", "clock", "profile", "items", "ledger", "temporary-space",
            ] {
                #expect(checks[name] == "ok", "\(name): \(ending.output)")
            }
            let human = try await Tool.run(arguments, environment: Self.environment(scratch))
            #expect(
                human.status == 0 && human.output.contains("✓ key") && human.output.hasSuffix("All is well (exit 0)\n"),
                "\(human.everything)")
            #expect(!(ending.everything + human.everything).contains(Tool.canaryKey))
            #expect(server.imports.isEmpty)
        }
    }

    /// What is wrong, and the status that says whether to try again.
    @Test(arguments: [
        (["PIGMENT_API_KEY": ""], "", Int32(2), "key"), (["PIGMENT_API_KEY": "3jp2e232-9875-42f4-9fcf-63fe2ce568jp"], "", 2, "key"),
        (["PIGMENT_API_KEY": "pgmt_other"], "", 7, "answer"), ([:], "http://127.0.0.1:9", 5, "connection"),
        ([:], "http://example.com", 2, "base-url"),
        (["TMPDIR": "/proc"], "", 2, "temporary-space"), (["PREFLIGHT_LEDGER": "/proc/l.jsonl"], "", 2, "ledger"),
        (["HTTPS_PROXY": "socks5://x"], "", 2, "base-url"),
    ])
    func whatIsWrong(variables: [String: String], url: String, status: Int32, name: String) async throws {
        let scratch = try Scratch()
        try await withRehearsalServer(Self.configuration()) { server in
            let environment = Self.environment(scratch).merging(variables) { $1 }
            let ending = try await Tool.run(
                ["doctor", "--base-url", url.isEmpty ? server.baseURL : url, "--format", "json"], environment: environment)
            #expect(ending.status == status, "\(ending.everything)")
            #expect(try Self.checks(ending.output)[name] == "failed", "\(ending.output)")
        }
    }

    @Test func mistakesOfTheProfileAreTold() async throws {
        let scratch = try Scratch()
        let profile = try scratch.write("version: 1\ncolumns: [{name: a, type: dimension, items: gone.txt}]\n", to: "p.yaml")
        try await withRehearsalServer(Self.configuration()) { server in
            let ending = try await Tool.run(
                ["doctor", "--base-url", server.baseURL, "-p", profile], environment: Self.environment(scratch))
            #expect(ending.status == 2 && ending.output.contains("gone.txt"), "\(ending.everything)")
        }
    }

    // MARK: serve

    /// A server of its own takes a push, and says so in a line.
    @Test func theServerStandsAlone() async throws {
        let scratch = try Scratch()
        try scratch.write("a,b\n1,2\n", to: "a.csv")
        let script = """
            $PREFLIGHT serve -c \(Self.ledger) > lines 2>/dev/null & server=$!
            until [ -s lines ]; do sleep 0.05; done
            url=$(sed -n 's/.*"baseUrl":"\\([^"]*\\)".*/\\1/p' lines)
            export PIGMENT_API_KEY=rehearsal-key
            $PREFLIGHT push a.csv -c \(Self.ledger) --base-url "$url" --poll 0.02s -q; echo "push $?"
            $PREFLIGHT push a.csv -c \(Tool.configuration) --base-url "$url" -q 2>/dev/null; echo "unknown $?"
            PIGMENT_METADATA_API_KEY=rehearsal-key XDG_CACHE_HOME=$PWD $PREFLIGHT configurations --base-url "$url" | tail -n 1
            kill -TERM $server; wait $server; echo "server $?"; cat lines
            """
        let ending = try await Tool.shell(script, in: scratch)
        #expect(
            ending.output.contains("push 0\n") && ending.output.contains("unknown 7\n") && ending.output.contains("server 143\n"),
            "\(ending.everything)")
        #expect(ending.output.contains("\"kind\":\"push\",\"configurationId\":\"\(Self.ledger)\",\"bytes\":8,\"sha256\":\""))
        #expect(ending.output.contains("4 configurations of http://127.0.0.1:"))
    }
}
