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
        /// A blank, a control character or a character outside ASCII: it would break the header it travels in.
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
            "The configuration id is not a UUID: \(shown). It looks like 33d0d7d0-6125-47c4-b36a-882f4ed53b33."
        case .importID(let shown): "The import id is not a UUID: \(shown). A push prints it as soon as it is known."
        case .serviceURL(let flaw): Self.words(for: flaw)
        case .proxy(let variable, let reason): "\(variable) cannot be used: \(reason)"
        case .trustRoots(let path): "No certificates could be read from \(path)."
        }
    }

    private static func words(for flaw: KeyFlaw) -> String {
        switch flaw {
        case .empty: "The API key is empty."
        case .tooLong: "The API key is longer than \(APIKey.maximumByteCount) bytes: this is not a key."
        case .badCharacter:
            "The API key holds a blank, a control character or a character outside ASCII: it was not copied as it is."
        case .dashedFormat:
            "The API key has the old format with dashes, which Pigment no longer accepts: make a new key (type Import) in Pigment."
        }
    }

    private static func words(for flaw: URLFlaw) -> String {
        switch flaw {
        case .unreadable: "The base URL cannot be read: expected something like https://pigment.app"
        case .scheme: "The base URL must begin with https://"
        case .plainHTTP: "A plain http:// base URL is refused unless it is this machine: the API key would travel unencrypted."
        case .userInfo: "The base URL must not hold a user name or a password."
        case .query: "The base URL must not have a query (?…)."
        case .fragment: "The base URL must not have a fragment (#…)."
        }
    }
}
