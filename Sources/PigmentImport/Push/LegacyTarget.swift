import ImportProfiles
import Preflight
import SafeText

/// Pigment's deprecated push endpoint: another header for the key, and no status afterwards.
package struct LegacyTarget: ImportTarget {
    /// The warning for its users.
    package static let warning =
        "The endpoint /api/importservice/Csv/ApiPush is deprecated and has no status: the import cannot be followed. "
        + "Use /api/v1/import/push/csv instead (the default)."

    private let service: ServiceURL
    private let configuration: ConfigurationID
    private let key: APIKey
    private let userAgent: String

    package init(service: ServiceURL, configuration: ConfigurationID, key: APIKey, userAgent: String = "csv-preflight") {
        self.service = service
        self.configuration = configuration
        self.key = key
        self.userAgent = userAgent
    }

    package func request(for call: ImportCall) -> TransportRequest? {
        guard case .push(let body) = call else { return nil }
        return TransportRequest(
            method: .post, url: service.url("/api/importservice/Csv/ApiPush/\(configuration)"), credential: .legacyHeader(key),
            userAgent: userAgent, contentType: "text/csv", body: body)
    }

    /// The spelling `tranferLogId` is theirs.
    package func importID(in body: [UInt8]) -> ImportID? {
        importID(named: "tranferLogId", in: body) ?? importID(named: "transferLogId", in: body)
    }

    package func takenByteCount(in body: [UInt8]) -> Int? {
        guard let document = try? JSONReader.value(of: body) else { return nil }
        switch document["nbBytesPushed"] {
        case .int(let count)?: return count
        case .double(let count)?: return Int(exactly: count)
        case .string(let text)?: return Int(text)
        case .null?, .bool?, .array?, .object?, nil: return nil
        }
    }
}
