/// A setting that cannot be used. Nothing was connected and nothing was sent.
///
/// Descriptions are safe to print: text from outside is escaped, and no secret is in them.
public enum SettingError: Error, Equatable, Sendable, CustomStringConvertible {
    case apiKey(KeyFlaw)
    /// - Parameter shown: what was given, escaped and cut.
    case configurationID(shown: String)
    /// - Parameter shown: what was given, escaped and cut.
    case importID(shown: String)
    case serviceURL(URLFlaw)
    /// A proxy variable that cannot be read. Its value is never shown: it may hold a password.
    case proxy(variable: String, reason: String)
    /// The file of trusted certificates cannot be used.
    case trustRoots(path: String)

    /// What is wrong with an API key.
    public enum KeyFlaw: Sendable, CaseIterable {
        case empty
        case tooLong
        /// A space, a control character or a character outside ASCII: it would break the header it travels in.
        case badCharacter
        /// The format with dashes that Pigment no longer accepts.
        case dashedFormat
    }

    /// What is wrong with a base URL.
    public enum URLFlaw: Sendable, CaseIterable {
        case unreadable
        case scheme
        case plainHTTP
        case userInfo
        case query
        case fragment
    }

    /// What is wrong and what to do, in one or two sentences. Safe to print, and without the key.
    public var description: String {
        switch self {
        case .apiKey(let flaw): Self.words(for: flaw)
        case .configurationID(let shown):
            "The configuration ID is not a UUID: \(shown). A UUID looks like 33d0d7d0-6125-47c4-b36a-882f4ed53b33."
        case .importID(let shown): "The import ID is not a UUID: \(shown). push and trigger print it as soon as it is known."
        case .serviceURL(let flaw): Self.words(for: flaw)
        case .proxy(let variable, let reason): "\(variable) cannot be used: \(reason)"
        case .trustRoots(let path): "Cannot read certificates from \(path)."
        }
    }

    private static func words(for flaw: KeyFlaw) -> String {
        switch flaw {
        case .empty: "The API key is empty."
        case .tooLong: "The API key is longer than \(APIKey.maximumByteCount) bytes, so it cannot be a key."
        case .badCharacter:
            "The API key contains a space, a control character or a character outside ASCII. Copy it again."
        case .dashedFormat:
            "The API key has the old format with dashes, which Pigment no longer accepts. Create a new key (type Import) in Pigment."
        }
    }

    private static func words(for flaw: URLFlaw) -> String {
        switch flaw {
        case .unreadable: "The base URL is not valid. It looks like https://pigment.app"
        case .scheme: "The base URL must begin with https://"
        case .plainHTTP: "The base URL must use https://, except on this machine: the API key would be sent unencrypted."
        case .userInfo: "The base URL must not contain a user name or a password."
        case .query: "The base URL must not have a query (?…)."
        case .fragment: "The base URL must not have a fragment (#…)."
        }
    }
}
