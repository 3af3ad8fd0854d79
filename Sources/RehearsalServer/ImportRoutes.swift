import Crypto
import HTTPTypes
import Hummingbird
import ImportProfiles
import Preflight
import SafeText

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The endpoints of the import API.
struct ImportRoutes: Sendable {
    private let configuration: RehearsalConfiguration
    private let ledger: ImportLedger
    private let registry: ConnectionRegistry

    init(configuration: RehearsalConfiguration, ledger: ImportLedger, registry: ConnectionRegistry) {
        self.configuration = configuration
        self.ledger = ledger
        self.registry = registry
    }

    /// The versioned paths, the same without `v1`, and the deprecated push.
    func add(to router: Router<BasicRequestContext>) {
        for prefix in ["api/v1", "api"] {
            let isVersioned = prefix == "api/v1"
            router.post("\(prefix)/import/push/csv") { request, _ in await push(request, kind: .push) }
            router.post("\(prefix)/import/trigger") { request, _ in await push(request, kind: .trigger) }
            router.get("\(prefix)/import/:importID/status") { request, context in
                status(request, importID: context.parameters.get("importID") ?? "", isVersioned: isVersioned)
            }
        }
        router.post("api/importservice/Csv/ApiPush/:configurationID") { request, context in
            await push(request, kind: .legacyPush, configurationID: context.parameters.get("configurationID"))
        }
    }

    private func push(_ request: Request, kind: ReceivedImport.Kind, configurationID: String? = nil) async -> Response {
        let id = configurationID ?? request.uri.queryParameters["configurationId"].map(String.init)
        if let refusal = ledger.takeRefusal() ?? refusal(of: request, kind: kind, configurationID: id) {
            return refuse(refusal, draining: request)
        }
        let body: ReceivedBody
        do {
            body = try await receive(request)
        } catch {
            // Cut or unreadable: no one is left to read this answer, and nothing was accepted.
            ledger.recordCutBody()
            return Response(status: .badRequest)
        }
        let importID = UUID().uuidString.lowercased()
        let received = ReceivedImport(
            kind: kind, importID: importID, configurationID: (id ?? "").lowercased(), byteCount: body.byteCount, digest: body.digest,
            result: body.result)
        ledger.record(received, at: Self.now())
        configuration.observe(received)
        if kind == .legacyPush { return json(StatusDocument.legacyStarted(importID: importID, byteCount: body.byteCount)) }
        return json(StatusDocument.started(importID: importID))
    }

    private func status(_ request: Request, importID: String, isVersioned: Bool) -> Response {
        guard isAuthorized(request) else { return refuse(.init(status: 401), draining: request) }
        guard UUID(uuidString: importID) != nil else {
            return refuse(.init(status: 400, message: "The import ID is not a UUID"), draining: request)
        }
        let entry = ledger.poll(
            importID: importID.lowercased(), inProgressPollCount: configuration.behaviour.inProgressPollCount, at: Self.now())
        guard let entry else { return refuse(.init(status: 404, message: "Import not found"), draining: request) }
        let isDetailed = isVersioned && request.uri.queryParameters["includedDetailedReport"]?.lowercased() == "true"
        return json(StatusDocument.status(of: entry, ending: configuration.behaviour.ending, isDetailed: isDetailed))
    }

    private func refusal(of request: Request, kind: ReceivedImport.Kind, configurationID: String?) -> RehearsalBehaviour.Refusal? {
        guard isAuthorized(request, isLegacy: kind == .legacyPush) else { return .init(status: 401) }
        guard let configurationID, UUID(uuidString: configurationID) != nil else {
            return .init(status: 400, message: "configurationId is missing or no UUID")
        }
        let isKnown = configuration.acceptsAnyConfiguration || configuration.configurationIDs.contains(configurationID.lowercased())
        return isKnown ? nil : .init(status: 404)
    }

    private func isAuthorized(_ request: Request, isLegacy: Bool = false) -> Bool {
        if isLegacy {
            guard let name = HTTPField.Name("X-Pigment-Api-Key") else { return false }
            return request.headers[name].map(configuration.apiKeys.contains) ?? false
        }
        let scheme = "Bearer "
        guard let value = request.headers[.authorization], value.hasPrefix(scheme) else { return false }
        return configuration.apiKeys.contains(String(value.dropFirst(scheme.count)))
    }

    private static func now() -> String {
        Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

extension ImportRoutes {
    /// A body that arrived whole.
    private struct ReceivedBody {
        var byteCount = 0
        var digest: [UInt8] = []
        var result = RehearsalResult()
    }

    private struct CutBody: Error {}

    /// Reads the body piece by piece; none of it is kept.
    private func receive(_ request: Request) async throws -> ReceivedBody {
        var body = ReceivedBody()
        var digest = SHA256()
        var judge = configuration.makeJudge()
        for try await piece in request.body {
            let bytes = Array(buffer: piece)
            digest.update(data: bytes)
            judge.feed(bytes.span)
            body.byteCount += piece.readableBytes
            try await registry.pause(configuration.behaviour.pausePerPiece)
        }
        // The library ends the sequence the same way when the connection ends, so the length decides.
        if let length = request.headers[.contentLength], Int(length) != body.byteCount { throw CutBody() }
        body.digest = Array(digest.finalize())
        body.result = judge.finish()
        try await registry.pause(configuration.behaviour.pauseBeforeAnswer)
        return body
    }

    private func json(_ document: JSONValue) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: document.text(isPretty: false))))
    }

    /// Answers at once, then reads what the client still sends: closing on unread bytes would reset the connection, and the reset
    /// may overtake the answer.
    private func refuse(_ refusal: RehearsalBehaviour.Refusal, draining request: Request) -> Response {
        ledger.recordRefusal()
        let text = ByteBuffer(string: refusal.message)
        let body = ResponseBody(contentLength: text.readableBytes) { writer in
            try await writer.write(text)
            try await writer.finish(nil)
            for try await _ in request.body {}
        }
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
        if let retryAfter = refusal.retryAfter, let name = HTTPField.Name("Retry-After") { headers[name] = retryAfter }
        return Response(status: .init(code: refusal.status), headers: headers, body: body)
    }
}
