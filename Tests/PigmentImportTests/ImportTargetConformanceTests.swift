import Preflight
import Testing

@testable import ByteSources
@testable import PigmentImport

/// The import services that must pass the conformance suite. A new target is a case here.
enum TargetCase: CaseIterable, Sendable {
    /// The import API, version 1.
    case pigment
    /// The deprecated push endpoint.
    case legacy

    static let configuration = "33d0d7d0-6125-47c4-b36a-882f4ed53b33"
    static let importID = "7b0c2f1e-5a64-4d0e-9c57-0f6f4f3b2a19"
    static let secret = "pgmt_canary7f3a9c51d2e84b60"

    func target(service: String) throws -> any ImportTarget {
        let (service, key) = (try ServiceURL(service), try APIKey(validating: Self.secret))
        let configuration = try ConfigurationID(Self.configuration)
        return switch self {
        case .pigment: PigmentTarget(service: service, configuration: configuration, key: key)
        case .legacy: LegacyTarget(service: service, configuration: configuration, key: key)
        }
    }

    /// Path and query of a push, and the one header that carries the key (Pigment's published API).
    var push: (endpoint: String, keyHeader: String, keyValue: String) {
        switch self {
        case .pigment:
            ("/api/v1/import/push/csv?configurationId=\(Self.configuration)", "Authorization", "Bearer \(Self.secret)")
        case .legacy: ("/api/importservice/Csv/ApiPush/\(Self.configuration)", "X-Pigment-Api-Key", Self.secret)
        }
    }

    /// The member that names the import in the answer to a push.
    var idMember: String {
        switch self {
        case .pigment: "importId"
        case .legacy: "tranferLogId"
        }
    }

    /// Whether the service can start an import without a file, and say how one goes on.
    var hasTriggerAndStatus: Bool { self == .pigment }
}

/// What every target owes to a push, see `ImportTarget`: the same expectations for each of them.
@Suite("Every import target") struct ImportTargetConformanceTests {
    private static func body(_ content: [UInt8]) -> UploadBody {
        UploadBody(origin: origin(content))
    }

    private static func origin(_ content: [UInt8]) -> BodyOrigin {
        BodyOrigin(byteCount: content.count, digest: UploadBodyTests.digest(content)) {
            BytesSource(content)
        } isUnchanged: {
            true
        }
    }

    @Test(arguments: TargetCase.allCases, ["https://pigment.app", "http://127.0.0.1:8080", "https://proxy.example/prefix"])
    func aPushGoesToItsEndpoint(of target: TargetCase, at service: String) throws {
        let request = try #require(try target.target(service: service).request(for: .push(Self.body([1, 2, 3]))))
        #expect(request.method == .post)
        #expect(request.url == service + target.push.endpoint)
        #expect(request.body?.byteCount == 3)
        #expect(request.contentType == "text/csv")
    }

    @Test(arguments: TargetCase.allCases)
    func theKeyIsInOneHeaderAndNowhereElse(of target: TargetCase) throws {
        let target = (case: target, value: try target.target(service: "https://pigment.app"))
        let calls: [ImportCall] = [.push(Self.body([1])), .trigger, .status(try ImportID(TargetCase.importID))]
        for request in calls.compactMap(target.value.request) {
            let carriers = request.headers.filter { $0.value.contains(TargetCase.secret) }
            #expect(carriers.map(\.name) == [target.case.push.keyHeader])
            #expect(carriers.map(\.value) == [target.case.push.keyValue])
            var dumped = ""
            dump(request, to: &dumped)
            for text in ["\(request)", String(reflecting: request), dumped, request.url] {
                #expect(!text.contains(TargetCase.secret))
            }
        }
    }

    @Test(arguments: TargetCase.allCases)
    func whatTheServiceDoesNotHaveIsNotAsked(of target: TargetCase) throws {
        let value = try target.target(service: "https://pigment.app")
        let status = value.request(for: .status(try ImportID(TargetCase.importID)))
        #expect((value.request(for: .trigger) != nil) == target.hasTriggerAndStatus)
        #expect((status != nil) == target.hasTriggerAndStatus)
        #expect(status?.method != .post)
        #expect(status?.body == nil)
        #expect(status.map { $0.url.contains(TargetCase.importID) } ?? true)
    }

    @Test(arguments: TargetCase.allCases)
    func theImportIDIsRead(of target: TargetCase) throws {
        let value = try target.target(service: "https://pigment.app")
        let id = TargetCase.importID
        for text in [#"{"\#(target.idMember)":"\#(id)"}"#, " {\n\"x\": [1, {}], \"\(target.idMember)\": \"\(id.uppercased())\" }\n"] {
            #expect(value.importID(in: Array(text.utf8))?.text.lowercased() == id, "\(text)")
        }
    }

    /// Whatever else comes is no import id, and never a crash: the push is then unknown.
    @Test(arguments: TargetCase.allCases)
    func nothingElseIsAnImportID(of target: TargetCase) throws {
        let value = try target.target(service: "https://pigment.app")
        let (id, member) = (TargetCase.importID, target.idMember)
        let texts = [
            "", " ", "null", "[]", "{}", "\"\(id)\"", id, "<html>\(id)</html>", #"{"\#(member)":null}"#, #"{"\#(member)":1}"#,
            #"{"\#(member)":"not a UUID"}"#, #"{"\#(member)":"\#(id)""#, #"{"\#(member)":["\#(id)"]}"#, #"{"other":"\#(id)"}"#,
            String(repeating: "[", count: 100_000),
        ]
        for text in texts { #expect(value.importID(in: Array(text.utf8)) == nil, "\(text.prefix(80))") }
        #expect(value.importID(in: [0xFF, 0xFE, 0x00]) == nil)
        #expect(value.takenByteCount(in: [0xFF, 0xFE, 0x00]) == nil)
    }

    @Test(arguments: TargetCase.allCases)
    func aWholePush(to target: TargetCase) async throws {
        let content = Array("Entity,Amount\nFR01,1.50\n".utf8)
        let answer = #"{"\#(target.idMember)":"\#(TargetCase.importID)"}"#
        let reply = TransportReply(
            status: 200, headers: [.init("content-type", "application/json")], body: Array(answer.utf8), sentByteCount: 0,
            isRequestWhole: false)
        let transport = ScriptedTransport([.answer(reply)])
        let session = PushSession(
            target: try target.target(service: "https://pigment.app"), transport: transport,
            redactor: Redactor(try APIKey(validating: TargetCase.secret)))
        let record = await session.push(origin: Self.origin(content))
        #expect(record.outcome.importID?.text == TargetCase.importID)
        #expect(record.attempts == 1)
        #expect(record.sentByteCount == content.count)
        #expect(transport.wholeBodies == [content])
        #expect(!record.outcome.message.contains(TargetCase.secret))
        guard case .accepted(let acceptance) = record.outcome else {
            Issue.record("not accepted: \(record.outcome)")
            return
        }
        #expect(acceptance.hasStatus == target.hasTriggerAndStatus)
    }
}
