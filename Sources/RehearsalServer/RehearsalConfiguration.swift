package import Logging
import SafeText

/// What a rehearsal server accepts and how it plays its part.
public struct RehearsalConfiguration: Sendable {
    /// Keys that are accepted; every other is answered 401.
    package var apiKeys: Set<String>
    /// UUIDs of the configurations that exist, compared without case; every other is answered 404.
    package var configurationIDs: Set<String>
    /// Whether every configuration exists, whatever ``configurationIDs`` says.
    package var acceptsAnyConfiguration = false
    /// On 127.0.0.1; 0 for a free one.
    package var port = 0
    /// What the Metadata API tells.
    package var catalogue = RehearsalCatalogue()
    /// Called with each import that was accepted, before it is answered.
    package var observe: @Sendable (ReceivedImport) -> Void = { _ in }
    /// How the server answers.
    package var behaviour: RehearsalBehaviour
    /// Makes the judge of one push.
    package var makeJudge: @Sendable () -> any RehearsalJudge
    /// Silent unless one is given.
    package var logger: Logger

    /// A server that knows these keys and configurations.
    ///
    /// - Parameters:
    ///   - apiKeys: Keys that are accepted.
    ///   - configurationIDs: UUIDs of the configurations that exist.
    ///   - behaviour: How the server answers.
    public init(apiKeys: Set<String>, configurationIDs: Set<String>, behaviour: RehearsalBehaviour = RehearsalBehaviour()) {
        self.init(apiKeys: apiKeys, configurationIDs: configurationIDs, behaviour: behaviour) { RowCountJudge() }
    }

    package init(
        apiKeys: Set<String>, configurationIDs: Set<String>, behaviour: RehearsalBehaviour = RehearsalBehaviour(),
        logger: Logger? = nil, makeJudge: @escaping @Sendable () -> any RehearsalJudge
    ) {
        self.apiKeys = apiKeys
        self.configurationIDs = Set(configurationIDs.map { $0.lowercased() })
        self.behaviour = behaviour
        self.makeJudge = makeJudge
        self.logger = logger ?? Logger(label: "rehearsal") { _ in SwiftLogNoOpLogHandler() }
    }
}
