import ByteSources
import ImportProfiles
import Preflight
import SafeText

/// Pigment's import API, version 1.
///
/// Source of paths, parameters (the spelling `includedDetailedReport` is theirs) and content types: the published OpenAPI document
/// "Pigment External API". A gzip-encoded body is mentioned nowhere, so plain bytes are sent.
package struct PigmentTarget: ImportTarget {
    private let service: ServiceURL
    private let configuration: ConfigurationID?
    private let key: APIKey
    private let userAgent: String

    /// - Parameters:
    ///   - service: The service that receives the requests.
    ///   - key: The API key, sent as a bearer token.
    ///   - userAgent: Value of the `User-Agent` header.
    ///   - configuration: needed for pushes and triggers; a status needs none.
    package init(service: ServiceURL, configuration: ConfigurationID?, key: APIKey, userAgent: String = "csv-preflight") {
        self.service = service
        self.configuration = configuration
        self.key = key
        self.userAgent = userAgent
    }

    package func request(for call: ImportCall) -> TransportRequest? {
        switch call {
        case .push(let body):
            configuration.map {
                request(.post, "/api/v1/import/push/csv?configurationId=\($0)", contentType: "text/csv", body: body)
            }
        case .trigger:
            configuration.map { request(.post, "/api/v1/import/trigger?configurationId=\($0)") }
        case .status(let id):
            statusRequest(id)
        }
    }

    package func importID(in body: [UInt8]) -> ImportID? {
        importID(named: "importId", in: body)
    }

    /// A report may carry many samples, hence the larger limit; a poll that hangs is better asked again than waited for.
    private func statusRequest(_ id: ImportID) -> TransportRequest {
        var request = request(.get, "/api/v1/import/\(id)/status?includedDetailedReport=true")
        request.replyLimit = 4 * TransportRequest.defaultReplyLimit
        request.replyTimeout = .seconds(30)
        return request
    }

    private func request(
        _ method: TransportRequest.Method, _ endpoint: String, contentType: String? = nil, body: UploadBody? = nil
    ) -> TransportRequest {
        TransportRequest(
            method: method, url: service.url(endpoint), credential: .bearer(key), userAgent: userAgent, contentType: contentType, body: body
        )
    }
}

extension ImportTarget {
    /// The UUID that a JSON object has under a key; `nil` for every other kind of text.
    func importID(named key: String, in body: [UInt8]) -> ImportID? {
        guard let document = try? JSONReader.value(of: body), case .string(let text)? = document[key] else { return nil }
        return try? ImportID(text)
    }
}
