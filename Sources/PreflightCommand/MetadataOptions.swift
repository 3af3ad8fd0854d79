import ArgumentParser
import ByteSources
import PigmentImport
import SafeText

/// The key of the Metadata API, which is of another type than that of imports.
struct MetadataKey {
    /// Where it comes from; `nil` to read the variable.
    var file: FilePath?

    static let variable = "PIGMENT_METADATA_API_KEY"

    var isSet: Bool { file != nil || Program.variable(Self.variable) != nil }

    /// The source of the key; never the key itself.
    var origin: String { file.map(\.description) ?? Self.variable }

    func key() throws(CommandFailure) -> APIKey {
        let text: String
        if let file {
            do throws(SmallFile.Refusal) {
                text = String(decoding: try SmallFile.read(path: file, limit: 1 << 16), as: UTF8.self)
            } catch {
                throw CommandFailure(.unable, "Cannot use the API key file. \(error.message)")
            }
        } else {
            guard let variable = Program.variable(Self.variable) else {
                throw CommandFailure(
                    .unable,
                    "No key of the Metadata API. Set \(Self.variable) to a key of type Modeling Metadata, or use --api-key-file FILE.")
            }
            text = variable
        }
        do throws(SettingError) { return try APIKey(validating: text) } catch { throw CommandFailure(.unable, error.description) }
    }
}

/// Import configurations by name, from what was looked up before.
enum ConfigurationNames {
    /// Whether a text is a name, not an ID.
    static func isName(_ text: String) -> Bool { text.contains("/") }

    static func identifier(_ path: String) throws(CommandFailure) -> ConfigurationID {
        let cache = ConfigurationCache.usualPath(environment: Program.environment).map { ConfigurationCache(path: $0) } ?? .init()
        let found = cache.configurations(at: path)
        let ids = Set(found.map(\.entry.configuration.id))
        guard let first = found.first, ids.count == 1 else {
            throw CommandFailure(.unable, ids.isEmpty ? unknown(path, cache) : ambiguous(path, found.map(\.entry)))
        }
        do throws(SettingError) {
            return try ConfigurationID(first.entry.configuration.id)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }

    private static func unknown(_ path: String, _ cache: ConfigurationCache) -> String {
        let application = path.split(separator: "/").first.map(String.init) ?? path
        let look = ShellCommand.preflight("configurations", "--refresh", "--application", .init(application))
        let hint = EditDistance.nearest(to: path, among: cache.paths).map { " Did you mean \"\(VisibleText($0))\"?" } ?? ""
        return "\"\(VisibleText(path))\" is not a UUID, and this machine knows no configuration of this name.\(hint) Names are "
            + "Application/Block/Name. To look them up: \(look)"
    }

    private static func ambiguous(_ path: String, _ entries: [ConfigurationEntry]) -> String {
        let list = entries.prefix(5).map { "\($0.configuration.id) (\($0.shownPath))" }.joined(separator: ", ")
        return "\"\(VisibleText(path))\" is the name of \(entries.count.grouped) configurations: \(list). Use the ID."
    }
}
