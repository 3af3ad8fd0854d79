import Foundation
import ScriptedServer
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import SafeText

@Suite("Certificates and proxies, by the environment", .timeLimit(.minutes(30)))
struct ConnectionTests {
    private static let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)

    private func push(_ file: String, base: String, environment: [String: String]) async throws -> Tool.Ending {
        let arguments = ["push", file, "-c", Tool.configuration, "--base-url", base, "--no-wait"]
        return try await Tool.run(arguments, environment: Tool.keyEnvironment.merging(environment) { $1 })
    }

    @Test func anAuthorityOfOneFileIsTrusted() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        let authority = try scratch.write(TLSIdentity.authority, to: "authority.pem")
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, Self.accepted]], tls: .good) { server in
            let base = "https://localhost:\(server.port)"
            let untrusted = try await push(file, base: base, environment: [:])
            #expect(untrusted.status == 7, "\(untrusted.everything)")
            #expect(server.completeBodyCount == 0)
            let trusted = try await push(file, base: base, environment: ["SSL_CERT_FILE": authority])
            #expect(trusted.status == 0, "\(trusted.everything)")
            #expect(server.completeBodyCount == 1)
        }
    }

    @Test func aFileWithoutCertificatesIsRefused() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        let ending = try await push(file, base: "https://localhost:1", environment: ["SSL_CERT_FILE": file])
        #expect(ending.status == 2)
        #expect(ending.complaints.contains("small.csv"))
    }

    @Test func theProxySeesNeitherKeyNorBodyAndItsPasswordIsNotShown() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        try await withScriptedServer(scripts: [[.readHead, .answer("407 Proxy Authentication Required")]]) { proxy in
            let environment = ["HTTPS_PROXY": "http://somebody:proxy-password@127.0.0.1:\(proxy.port)"]
            let ending = try await push(file, base: "https://pigment.example", environment: environment)
            #expect(ending.status == 2, "\(ending.everything)")
            #expect(!ending.everything.contains("proxy-password"))
            // A busy machine may connect again.
            #expect(Set(proxy.requests.map(\.requestLine)) == ["CONNECT pigment.example:443 HTTP/1.1"])
            #expect(proxy.connections.allSatisfy { !$0.containsInPrefix(Tool.canaryKey) })
        }
    }

    @Test func noProxyIsHonoured() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        try await withScriptedServer(scripts: [[.readHead, .finish]]) { proxy in
            let environment = ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)", "NO_PROXY": "example"]
            // Stopped when the first attempt is over; where the name is known not to exist, the second is the last.
            let line = """
                cd '\(scratch.path)' && : > log
                preflight push '\(file)' -c \(Tool.configuration) --base-url https://pigment.example --connect-timeout 0.3s -v 2> log &
                until grep -q 'attempt 2' log || ! kill -0 $!; do sleep 0.05; done
                kill -TERM $!; wait $!; status=$?; cat log >&2; exit $status
                """
            let ending = try await Tool.runShell(line, environment: Tool.keyEnvironment.merging(environment) { $1 })
            #expect([143, 5].contains(ending.status), "\(ending.everything)")
            #expect(ending.complaints.contains("attempt 2"), "\(ending.everything)")
            #expect(proxy.connections.isEmpty)
        }
    }
}
