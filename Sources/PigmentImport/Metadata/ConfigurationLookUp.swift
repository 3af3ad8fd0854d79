import SafeText

/// Asks the Metadata API for import configurations: first the applications, then the blocks of each that is wanted, then the configurations of each
/// block that is wanted. Its answers are lists of `{id, name}`, of blocks with their type [published].
package struct ConfigurationLookUp: Sendable {
    private let service: ServiceURL
    private let key: APIKey
    private let transport: any HTTPTransport
    private let timing: Timing
    /// Requests for one answer that may come later.
    private static let tries = 3

    package init(service: ServiceURL, key: APIKey, transport: any HTTPTransport, timing: Timing = .system) {
        self.service = service
        self.key = key
        self.transport = transport
        self.timing = timing
    }

    /// The configurations, in the order of the answers.
    ///
    /// - Parameters:
    ///   - application: A name or an ID; `nil` for all.
    ///   - block: A name or an ID; `nil` for all.
    ///   - progress: Called before each block, with the number of blocks so far.
    package func configurations(
        application: String?, block: String?, progress: (Int) -> Void = { _ in }
    ) async throws(LookUpFailure) -> [ConfigurationEntry] {
        var entries: [ConfigurationEntry] = []
        var count = 0
        for (app, _) in try await names("/api/v1/applications") where app.isMeant(by: application) {
            for (own, type) in try await names("/api/v1/blocks?applicationId=\(app.id)") where own.isMeant(by: block) {
                count += 1
                progress(count)
                let path = "/api/v1/importConfigurations?applicationId=\(app.id)&blockId=\(own.id)"
                for (configuration, _) in try await names(path) {
                    entries.append(ConfigurationEntry(application: app, block: own, blockType: type, configuration: configuration))
                }
            }
        }
        return entries
    }

    private func names(_ endpoint: String) async throws(LookUpFailure) -> [(ConfigurationEntry.Name, type: String)] {
        let reply = try await reply(endpoint)
        guard !reply.isCut, let document = try? JSONReader.value(of: reply.body), case .array(let elements) = document else {
            throw LookUpFailure(
                .refused, "The answer to \(endpoint.prefix { $0 != "?" }) is no list that could be read. Check the base URL.")
        }
        return elements.compactMap { element in
            guard let name = ConfigurationEntry.Name(element) else { return nil }
            var type = ""
            if case .string(let text)? = element["type"] { type = text }
            return (name, type)
        }
    }

    private func reply(_ endpoint: String) async throws(LookUpFailure) -> TransportReply {
        var request = TransportRequest(
            method: .get, url: service.url(endpoint), credential: .bearer(key), userAgent: "csv-preflight",
            replyLimit: 16 * TransportRequest.defaultReplyLimit)
        request.replyTimeout = .seconds(30)
        var failure = LookUpFailure(.temporary, "")
        for attempt in 1...Self.tries {
            do throws(TransportFailure) {
                let reply = try await transport.send(request)
                if (200..<300).contains(reply.status) { return reply }
                failure = LookUpFailure(status: reply.status, keyType: "Modeling Metadata")
            } catch {
                failure = LookUpFailure(error)
            }
            guard failure.exit == .temporary, attempt < Self.tries, (try? await timing.sleep(.seconds(attempt))) != nil else { break }
        }
        throw failure
    }
}
