import Foundation
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import SafeText

/// Names of import configurations: asked for, kept, and found again.
@Suite struct ConfigurationLookUpTests {
    private static let (app, block, first, second) = (
        "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-0000000000b1", "00000000-0000-4000-8000-0000000000c1",
        "00000000-0000-4000-8000-0000000000c2"
    )
    private static let pigment = ServiceURL.pigment

    private static func answer(_ body: String, status: Int = 200) -> ScriptedTransport.Step {
        .answer(TransportReply(status: status, body: Array(body.utf8), sentByteCount: 0, isRequestWhole: true))
    }

    private static func lookUp(_ steps: [ScriptedTransport.Step]) throws -> (ConfigurationLookUp, ScriptedTransport) {
        let transport = ScriptedTransport(steps)
        let timing = Timing(elapsed: { .zero }, sleep: { _ in }, wallClock: { 0 }, jitter: { 0 })
        let key = try APIKey(validating: "pgmt_metadata")
        return (ConfigurationLookUp(service: pigment, key: key, transport: transport, timing: timing), transport)
    }

    private static let apps = answer(#"[{"id":"\#(app)","name":"Finance"},{"id":"\#(second)","name":"Other"},{"id":"no uuid","name":"X"}]"#)
    private static let blocks = answer(
        #"[{"id":"\#(block)","name":"Ledger","type":"TransactionList","new":1},{"id":"\#(first)","name":"Items"}]"#)
    private static let own = answer(#"[{"id":"\#(first.uppercased())","name":"Actuals"},{"id":"\#(second)","name":"Budget"}]"#)

    @Test func asksForWhatIsWanted() async throws {
        let (lookUp, transport) = try Self.lookUp([Self.apps, Self.blocks, Self.own])
        let entries = try await lookUp.configurations(application: "finance", block: Self.block)
        #expect(entries.map(\.path) == ["Finance/Ledger/Actuals", "Finance/Ledger/Budget"])
        #expect(entries.map(\.configuration.id) == [Self.first, Self.second])
        #expect(entries.map(\.blockType) == ["TransactionList", "TransactionList"])
        #expect(
            transport.requests == [
                "GET https://pigment.app/api/v1/applications", "GET https://pigment.app/api/v1/blocks?applicationId=\(Self.app)",
                "GET https://pigment.app/api/v1/importConfigurations?applicationId=\(Self.app)&blockId=\(Self.block)",
            ])
    }

    @Test(arguments: [
        ([answer("", status: 401)], ExitClass.refused, "Modeling Metadata"), ([answer("", status: 403)], .refused, "403"),
        ([answer("<html>")], .refused, "no list"), ([answer(#"{"items":[]}"#)], .refused, "no list"),
        ([answer("", status: 503), answer("", status: 429), .failToConnect(.refused)], .temporary, "No connection"),
        ([answer("", status: 302)], .refused, "302"),
    ])
    func failuresAreClassified(steps: [ScriptedTransport.Step], exit: ExitClass, words: String) async throws {
        let (lookUp, transport) = try Self.lookUp(steps)
        let failure = await #expect(throws: LookUpFailure.self) { try await lookUp.configurations(application: nil, block: nil) }
        #expect(failure?.exit == exit)
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        #expect(transport.stepsLeft == 0)
    }

    @Test func aFaultThatPassesIsRepeated() async throws {
        let (lookUp, _) = try Self.lookUp([Self.answer("", status: 503), .failToConnect(.dns), Self.answer("[]")])
        #expect(try await lookUp.configurations(application: nil, block: nil).isEmpty)
    }

    // MARK: The cache

    private static func entry(_ name: String, _ id: String, block: String = "Ledger", app: String = "Finance") -> ConfigurationEntry {
        ConfigurationEntry(
            application: .init(id: Self.app, name: app), block: .init(id: Self.block, name: block), blockType: "Metric",
            configuration: .init(id: id, name: name))
    }

    @Test func whatIsKeptIsFoundAgain() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cache-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = FilePath(folder + "/preflight/configurations.json")
        #expect(ConfigurationCache(path: path) == ConfigurationCache())
        var cache = ConfigurationCache()
        let entries = [Self.entry("Actuals", Self.first), Self.entry("A/B \u{1b}[2J", Self.second)]
        cache.replace(entries, of: Self.pigment, application: "Finance", block: nil, at: UTCTime(seconds: 1_000_000))
        try cache.write(to: path)
        let read = ConfigurationCache(path: path)
        #expect(read == cache)
        #expect(read.configurations(at: "Finance/Ledger/Actuals").map(\.entry) == [entries[0]])
        #expect(read.configurations(at: "finance/ledger/actuals").map(\.entry.configuration.id) == [Self.first])
        #expect(read.configurations(at: "Finance/Ledger/A/B \u{1b}[2J").first?.time == UTCTime(seconds: 1_000_000))
        #expect(read.configurations(at: "Finance/Ledger").isEmpty)
        #expect(read.entries(of: Self.pigment, application: "Finance", block: "Ledger")?.entries == entries)
        // Another application was never asked for.
        #expect(read.entries(of: Self.pigment, application: "Other", block: nil) == nil)
        #expect(read.entries(of: Self.pigment, application: nil, block: nil) == nil)
        #expect(!entries[1].shownPath.contains("\u{1b}"))
    }

    /// A later look-up takes the place of an earlier one: what is gone there is gone here.
    @Test func aLaterLookUpReplaces() throws {
        var cache = ConfigurationCache()
        cache.replace(
            [Self.entry("Old", Self.first), Self.entry("Kept", Self.second, block: "Other")], of: Self.pigment, application: nil,
            block: nil,
            at: UTCTime(seconds: 1))
        cache.replace([Self.entry("New", Self.first)], of: Self.pigment, application: "finance", block: "Ledger", at: UTCTime(seconds: 2))
        let all = try #require(cache.entries(of: Self.pigment, application: nil, block: nil))
        #expect(Set(all.entries.map(\.configuration.name)) == ["New", "Kept"] && all.time == UTCTime(seconds: 1))
        #expect(cache.entries(of: Self.pigment, application: "finance", block: "Ledger")?.time == UTCTime(seconds: 2))
    }

    @Test(arguments: ["", "nonsense", "{}", #"{"version":2,"services":[]}"#, #"{"version":1,"services":[{"url":1}]}"#])
    func whatCannotBeReadIsNothing(text: String) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("cache-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(ConfigurationCache(path: FilePath(path)).services.isEmpty)
    }

    // MARK: The probe

    @Test(
        arguments: [
            (answer("", status: 404), nil, nil), (answer("", status: 401), ExitClass.refused, nil),
            (answer("", status: 503), .temporary, nil), (.failToConnect(.unknownHost), .temporary, ServiceProbe.Stage.name),
            (.failToConnect(.badCertificate), .refused, .tls), (.failToConnect(.proxyLogin), .localFault, .proxy),
            (.failToConnect(.refused), .temporary, .connection), (.fail(.replyTimeout), .temporary, .answer),
        ] as [(ScriptedTransport.Step, ExitClass?, ServiceProbe.Stage?)])
    func oneLookSaysWhere(step: ScriptedTransport.Step, exit: ExitClass?, stage: ServiceProbe.Stage?) async throws {
        let transport = ScriptedTransport([step])
        let timing = Timing(elapsed: { .zero }, sleep: { _ in }, wallClock: { 0 }, jitter: { 0 })
        let key = try APIKey(validating: "pgmt_x")
        let result = await ServiceProbe(service: Self.pigment, key: key, transport: transport, timing: timing).look()
        #expect(result.failure?.exit == exit)
        #expect(result.stage == stage)
        #expect(transport.requests.count == 1)
    }

    @Test func clocksAreCompared() async throws {
        let headers = [TransportReply.Header("date", "Thu, 01 Jan 1970 01:00:00 GMT")]
        let transport = ScriptedTransport([.answer(TransportReply(status: 404, headers: headers, sentByteCount: 0, isRequestWhole: true))])
        let timing = Timing(elapsed: { .zero }, sleep: { _ in }, wallClock: { 3_000 }, jitter: { 0 })
        let key = try APIKey(validating: "pgmt_x")
        let result = await ServiceProbe(service: Self.pigment, key: key, transport: transport, timing: timing).look()
        #expect(result.clockOffset == -600)
    }

    @Test(arguments: [
        ("pgmt_abc", APIKey.Form.prefixed), ("QUJDREVGR0hJSktMTU5PUA==", .base64), ("short", .other),
        ("a key-with.dots!".replacing(" ", with: "_"), .other),
    ])
    func formsOfKeys(text: String, form: APIKey.Form) throws {
        #expect(try APIKey(validating: text).form == form)
    }
}
