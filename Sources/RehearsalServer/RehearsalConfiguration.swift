public import Logging
import SafeText

/// What a rehearsal server accepts and how it plays its part.
public struct RehearsalConfiguration: Sendable {
    /// Keys that are accepted; every other is answered 401.
    public var apiKeys: Set<String>
    /// UUIDs of the configurations that exist, compared without case; every other is answered 404.
    public var configurationIDs: Set<String>
    public var behaviour: RehearsalBehaviour
    /// Makes the judge of one push.
    public var makeJudge: @Sendable () -> any RehearsalJudge
    /// Silent unless one is given.
    public var logger: Logger

    public init(
        apiKeys: Set<String>, configurationIDs: Set<String>, behaviour: RehearsalBehaviour = RehearsalBehaviour(),
        makeJudge: @escaping @Sendable () -> any RehearsalJudge = { RowCountJudge() }, logger: Logger? = nil
    ) {
        self.apiKeys = apiKeys
        self.configurationIDs = Set(configurationIDs.map { $0.lowercased() })
        self.behaviour = behaviour
        self.makeJudge = makeJudge
        self.logger = logger ?? Logger(label: "rehearsal") { _ in SwiftLogNoOpLogHandler() }
    }
}
