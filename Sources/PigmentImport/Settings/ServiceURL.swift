import SafeText
import ValueFormats

/// Where the import API lives: `https`, or plain `http` to this machine only, as the key must never travel unencrypted.
public struct ServiceURL: Sendable, Hashable, CustomStringConvertible {
    /// Pigment's own address.
    public static let pigment = ServiceURL(isSecure: true, host: "pigment.app", port: nil, path: "")

    /// `https`.
    package let isSecure: Bool
    /// Lower case; an IPv6 address in its brackets.
    package let host: String
    /// `nil` for the scheme's own.
    package let port: Int?
    /// Empty, or a path prefix that begins with a slash and does not end with one.
    package let path: String

    private init(isSecure: Bool, host: String, port: Int?, path: String) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads a base URL such as `https://pigment.app` or `http://127.0.0.1:8080`.
    ///
    /// - Throws: ``SettingError/serviceURL(_:)``.
    public init(_ text: String) throws(SettingError) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .serviceURL(.unreadable) }
        var rest = Substring(text)
        let lowercased = text.lowercased()
        let isSecure = lowercased.hasPrefix("https://")
        guard isSecure || lowercased.hasPrefix("http://") else { throw .serviceURL(.scheme) }
        rest = rest.dropFirst(isSecure ? 8 : 7)
        guard !rest.contains("#") else { throw .serviceURL(.fragment) }
        guard !rest.contains("?") else { throw .serviceURL(.query) }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw .serviceURL(.userInfo) }
        guard let (host, port) = Self.hostAndPort(authority) else { throw .serviceURL(.unreadable) }
        guard let path = Self.path(rest.dropFirst(authority.count)) else { throw .serviceURL(.unreadable) }
        guard isSecure || Self.isLoopback(host) else { throw .serviceURL(.plainHTTP) }
        self.init(isSecure: isSecure, host: host, port: port, path: path)
    }

    /// Whether the host is this machine: `localhost`, `127.0.0.0/8` in dotted form, or `[::1]`.
    package var isLoopback: Bool { Self.isLoopback(host) }

    /// Host and, where given, port.
    package var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// The base URL, without a final slash.
    public var description: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }

    /// The address of one endpoint.
    ///
    /// - Parameter endpoint: path and query, beginning with a slash, already fit for a URL.
    func url(_ endpoint: String) -> String { description + endpoint }

    /// Splits `host`, `host:port`, `[v6]` or `[v6]:port`; `nil` for anything else.
    static func hostAndPort(_ authority: Substring) -> (host: String, port: Int?)? {
        var host = authority
        var portText: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            host = authority[...close]
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            portText = after.isEmpty ? nil : after.dropFirst()
            guard host.count > 4, host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                portText = authority[authority.index(after: colon)...]
            }
            let isName = host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "." || $0 == "_") }
            guard isName, !host.isEmpty, !host.hasPrefix("."), !host.contains("..") else { return nil }
        }
        guard let portText else { return (host.lowercased(), nil) }
        guard portText.allSatisfy(\.isWholeNumber), let port = Int(portText), (1...65535).contains(port) else { return nil }
        return (host.lowercased(), port)
    }

    private static func path(_ text: Substring) -> String? {
        let parts = text.split(separator: "/")
        let allowed = parts.allSatisfy { part in
            part != "." && part != ".."
                && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._~".contains($0)) }
        }
        return allowed ? parts.map { "/" + $0 }.joined() : nil
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        // Strictly dotted: "127.1" and "127.0.0.1.example" are names that a resolver may send anywhere.
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { part in
            (1...3).contains(part.count) && part.allSatisfy(\.isWholeNumber) ? Int(part) : nil
        }
        return numbers.count == 4 && numbers[0] == 127 && numbers.allSatisfy { $0.map { (0...255).contains($0) } ?? false }
    }
}
