package import ByteSources
package import SafeText

/// Names and IDs of import configurations as they were looked up, so that a push needs neither the Metadata API nor its key.
package struct ConfigurationCache: Sendable, Equatable {
    package private(set) var services: [Service] = []

    /// What is known of one service.
    package struct Service: Sendable, Equatable {
        /// The base URL.
        package var url: String
        package var entries: [ConfigurationEntry] = []
        /// What was asked for, and when.
        package var lookUps: [LookUp] = []
    }

    /// One look-up: names or IDs, `nil` for all.
    package struct LookUp: Sendable, Equatable {
        package var application: String?
        package var block: String?
        package var time: UTCTime

        /// Whether this look-up answers another question too.
        func covers(_ application: String?, _ block: String?) -> Bool {
            (self.application == nil || self.application == application) && (self.block == nil || self.block == block)
        }
    }

    package init() {}

    /// What a look-up found earlier, and when.
    package func entries(
        of service: ServiceURL, application: String?, block: String?
    ) -> (entries: [ConfigurationEntry], time: UTCTime)? {
        guard let own = services.first(where: { $0.url == service.description }),
            let time = own.lookUps.filter({ $0.covers(application, block) }).map(\.time).max()
        else { return nil }
        return (own.entries.filter { $0.application.isMeant(by: application) && $0.block.isMeant(by: block) }, time)
    }

    /// Takes what a look-up found in place of what it would have found before.
    package mutating func replace(
        _ entries: [ConfigurationEntry], of service: ServiceURL, application: String?, block: String?, at time: UTCTime
    ) {
        let index = services.firstIndex { $0.url == service.description }
        var own = index.map { services[$0] } ?? Service(url: service.description)
        own.entries.removeAll { $0.application.isMeant(by: application) && $0.block.isMeant(by: block) }
        own.entries += entries
        let found = LookUp(application: application, block: block, time: time)
        own.lookUps.removeAll { found.covers($0.application, $0.block) }
        own.lookUps.append(found)
        if let index { services[index] = own } else { services.append(own) }
    }

    /// The configurations that a path such as `Finance/Ledger/Actuals` names: exactly, else without case.
    package func configurations(at path: String) -> [(entry: ConfigurationEntry, time: UTCTime)] {
        let known = services.flatMap { service in
            service.entries.map { entry in
                let times = service.lookUps.filter { lookUp in
                    entry.application.isMeant(by: lookUp.application) && entry.block.isMeant(by: lookUp.block)
                }
                return (entry, times.map(\.time).max() ?? UTCTime(seconds: 0))
            }
        }
        let exact = known.filter { $0.0.path == path }
        return exact.isEmpty ? known.filter { $0.0.path.lowercased() == path.lowercased() } : exact
    }

    /// All paths, for a suggestion.
    package var paths: [String] { services.flatMap { $0.entries.map(\.path) } }

    // MARK: The file

    /// `$XDG_CACHE_HOME/preflight/configurations.json`, by default in `~/.cache`; `nil` where the environment names no home.
    package static func usualPath(environment: [String: String]) -> FilePath? {
        let name = "/preflight/configurations.json"
        if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") { return FilePath(folder + name) }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return FilePath(home + "/.cache" + name)
    }

    /// What is in the file; nothing where it is missing or cannot be read, since all of it can be looked up again.
    package init(path: FilePath) {
        guard let bytes = try? SmallFile.read(path: path, limit: 64 << 20), let document = try? JSONReader.value(of: bytes),
            document["version"] == .int(1), case .array(let services)? = document["services"]
        else { return }
        self.services = services.compactMap(Service.init)
    }

    /// Writes the file as a whole.
    package func write(to path: FilePath) throws(SmallFile.Refusal) {
        do throws(LedgerError) { try LedgerFolder.make(path.folder, for: path) } catch { throw SmallFile.Refusal(message: error.message) }
        let document = JSONValue.members(["version": .int(1), "services": .array(services.map(\.json))])
        do throws(OutputFile.Refusal) {
            try OutputFile(path: path, collision: .replace, inputs: []).write(document.text(isPretty: false) + "\n")
        } catch {
            throw SmallFile.Refusal(message: error.message)
        }
    }
}

extension ConfigurationCache.Service {
    fileprivate init?(_ json: JSONValue) {
        guard case .string(let url)? = json["url"], case .array(let entries)? = json["configurations"],
            case .array(let lookUps)? = json["lookUps"]
        else { return nil }
        self.init(url: url, entries: entries.compactMap { ConfigurationEntry($0) }, lookUps: lookUps.compactMap { .init($0) })
    }

    fileprivate var json: JSONValue {
        .members(["url": .string(url), "lookUps": .array(lookUps.map(\.json)), "configurations": .array(entries.map(\.json))])
    }
}

extension ConfigurationCache.LookUp {
    fileprivate init?(_ json: JSONValue) {
        guard case .string(let text)? = json["time"], let time = UTCTime(text) else { return nil }
        func filter(_ key: String) -> String? { if case .string(let text)? = json[key] { text } else { nil } }
        self.init(application: filter("application"), block: filter("block"), time: time)
    }

    fileprivate var json: JSONValue {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return .members(["application": text(application), "block": text(block), "time": .string(time.description)])
    }
}
