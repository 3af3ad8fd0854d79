import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import RehearsalServer

@testable import ByteSources
@testable import CSVTokenizer
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Requests as a caller of the import API makes them.
struct RehearsalClient {
    static let key = "pgmt_rehearsal"
    static let configurationID = "33d0d7d0-6125-47c4-b36a-882f4ed53b33"

    /// A configuration that knows ``key`` and ``configurationID``.
    static func configuration(
        _ behaviour: RehearsalBehaviour = RehearsalBehaviour(),
        makeJudge: @escaping @Sendable () -> any RehearsalJudge = { RowCountJudge() }
    ) -> RehearsalConfiguration {
        RehearsalConfiguration(apiKeys: [key], configurationIDs: [configurationID], behaviour: behaviour, makeJudge: makeJudge)
    }

    /// What came back, with the body as text.
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: String

        /// The values of a header field.
        func header(_ name: String) -> [String] { headers[name] }

        /// The text of a string member of the body, found without a JSON reader: enough for one flat key.
        func text(of key: String) -> String? {
            guard let start = body.range(of: "\"\(key)\":\"") else { return nil }
            return String(body[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    let server: RehearsalServer

    func post(
        _ path: String, body: HTTPClientRequest.Body? = nil, key: String? = Self.key, keyHeader: String = "Authorization"
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: server.baseURL + path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "text/csv")
        if let key { request.headers.add(name: keyHeader, value: keyHeader == "Authorization" ? "Bearer \(key)" : key) }
        request.body = body
        return try await answer(to: request)
    }

    func get(_ path: String, key: String? = Self.key) async throws -> Answer {
        var request = HTTPClientRequest(url: server.baseURL + path)
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        return try await answer(to: request)
    }

    /// Pushes a text and gives the import id.
    func push(_ text: String) async throws -> String? {
        try await post(Self.pushPath, body: .bytes(ByteBuffer(string: text))).text(of: "importId")
    }

    func status(_ importID: String?) async throws -> Answer {
        try await get("/api/v1/import/\(importID ?? "")/status?includedDetailedReport=true")
    }

    static let pushPath = "/api/v1/import/push/csv?configurationId=\(configurationID)"

    private func answer(to request: HTTPClientRequest) async throws -> Answer {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(180))
        let body = try await response.body.collect(upTo: 1 << 20)
        return Answer(status: Int(response.status.code), headers: response.headers, body: String(buffer: body))
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<Index>? {
        ranges(of: text).first
    }
}
