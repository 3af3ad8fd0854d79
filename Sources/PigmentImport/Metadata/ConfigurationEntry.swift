package import SafeText

/// An import configuration with its names: what the Metadata API tells.
package struct ConfigurationEntry: Sendable, Equatable {
    package var application: Name
    package var block: Name
    /// As the API spells it: `TransactionList`, `Metric` and others; empty where it says nothing.
    package var blockType: String
    package var configuration: Name

    /// A name with its ID, a UUID.
    package struct Name: Sendable, Equatable {
        package var id: String
        /// As it came; not safe to print.
        package var name: String

        package init(id: String, name: String) {
            (self.id, self.name) = (id, name)
        }
    }

    package init(application: Name, block: Name, blockType: String, configuration: Name) {
        self.application = application
        self.block = block
        self.blockType = blockType
        self.configuration = configuration
    }

    /// `Application/Block/Name`, by which `-c` finds it. Not safe to print.
    package var path: String { "\(application.name)/\(block.name)/\(configuration.name)" }

    /// Safe to print.
    package var shownPath: String { VisibleText(path, limit: 400).text }

    /// As `configurations --format json` writes it.
    package var json: JSONValue {
        .members([
            "id": .string(configuration.id), "name": .string(configuration.name), "application": Self.json(application),
            "block": Self.json(block).adding([.init("type", .string(blockType))]),
        ])
    }

    private static func json(_ name: Name) -> JSONValue { .members(["id": .string(name.id), "name": .string(name.name)]) }

    /// Reads what ``json`` writes.
    init?(_ json: JSONValue) {
        guard let configuration = Name(json), let application = json["application"].flatMap({ Name($0) }),
            let block = json["block"].flatMap({ Name($0) })
        else { return nil }
        var type = ""
        if case .string(let text)? = json["block"]?["type"] { type = text }
        self.init(application: application, block: block, blockType: type, configuration: configuration)
    }
}

extension ConfigurationEntry.Name {
    /// An object with `id`, a UUID, and `name`.
    init?(_ json: JSONValue) {
        guard case .string(let id)? = json["id"], case .string(let name)? = json["name"], let id = try? ConfigurationID(id) else {
            return nil
        }
        self.init(id: id.text, name: name)
    }

    /// Whether a filter of the command line means this: its name, without case, or its ID.
    func isMeant(by filter: String?) -> Bool {
        guard let filter else { return true }
        return name.lowercased() == filter.lowercased() || id == filter.lowercased()
    }
}
