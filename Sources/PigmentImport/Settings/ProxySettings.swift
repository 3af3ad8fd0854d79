import SafeText
import ValueFormats

/// The proxy variables of an environment, read the way curl reads them.
///
/// Only `https` requests go through a proxy: plain `http` exists for loopback alone, and loopback is never proxied. The tunnel is made
/// with CONNECT, so the key travels inside TLS and the proxy sees host names only.
package struct ProxySettings: Sendable, CustomStringConvertible, CustomReflectable {
    /// One proxy. Its password is not printed.
    package struct Proxy: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
        /// An IPv6 address without its brackets.
        package let host: String
        package let port: Int
        package let userName: String?
        package let password: String

        package var description: String { "\(userName == nil ? "" : "***@")\(host):\(port)" }
        package var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// No proxy for any host.
    package static let none = ProxySettings(proxy: nil, exceptions: [])

    private let proxy: Proxy?
    /// Lower case, without a leading dot; `*` excepts all.
    private let exceptions: [String]

    private init(proxy: Proxy?, exceptions: [String]) {
        self.proxy = proxy
        self.exceptions = exceptions
    }

    /// Reads `https_proxy` or `HTTPS_PROXY`, and `no_proxy` or `NO_PROXY`; the lower-case one wins.
    ///
    /// - Parameter environment: variables by name.
    /// - Throws: ``SettingError/proxy(variable:reason:)`` for a value that is not `http://[user:password@]host[:port]`.
    package init(environment: [String: String]) throws(SettingError) {
        let variable = ["https_proxy", "HTTPS_PROXY"].first { !(environment[$0] ?? "").isEmpty }
        var proxy: Proxy?
        if let variable, let value = environment[variable] {
            proxy = try Self.read(value, variable: variable)
        }
        let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        let exceptions = list.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }.map { entry in
            String(entry.hasPrefix("*.") ? entry.dropFirst(2) : entry.hasPrefix(".") ? entry.dropFirst() : entry)
        }
        self.init(proxy: proxy, exceptions: exceptions)
    }

    package var description: String { proxy.map { "proxy \($0)" } ?? "no proxy" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The proxy to use for a service; `nil` to connect directly.
    package func proxy(for service: ServiceURL) -> Proxy? {
        guard let proxy, service.isSecure, !service.isLoopback, !isExcepted(service) else { return nil }
        return proxy
    }

    /// `example.com` excepts itself and what ends in `.example.com`; an entry may end in a port.
    private func isExcepted(_ service: ServiceURL) -> Bool {
        let host = service.host.hasPrefix("[") ? String(service.host.dropFirst().dropLast()) : service.host
        let port = service.port ?? 443
        return exceptions.contains { entry in
            if entry == "*" { return true }
            var name = entry
            if case (let entryHost, let entryPort?)? = ServiceURL.hostAndPort(Substring(entry)) {
                guard entryPort == port else { return false }
                name = entryHost.hasPrefix("[") ? String(entryHost.dropFirst().dropLast()) : entryHost
                if name.hasPrefix(".") { name.removeFirst() }
            }
            return !name.isEmpty && (host == name || host.hasSuffix("." + name))
        }
    }

    private static func read(_ value: String, variable: String) throws(SettingError) -> Proxy {
        var rest = Substring(value)
        if let scheme = value.firstRange(of: "://") {
            guard value[..<scheme.lowerBound].lowercased() == "http" else {
                throw .proxy(variable: variable, reason: "only proxies of the form http://host:port are supported.")
            }
            rest = value[scheme.upperBound...]
        }
        rest = rest.prefix { $0 != "/" }
        var userName: String?
        var password = ""
        if let at = rest.lastIndex(of: "@") {
            let login = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = percentDecoded(login[0]), let secret = percentDecoded(login.count > 1 ? login[1] : "") else {
                throw .proxy(variable: variable, reason: "its user name or password is not percent-encoded correctly.")
            }
            (userName, password) = (name, secret)
            rest = rest[rest.index(after: at)...]
        }
        guard let (host, port) = ServiceURL.hostAndPort(rest) else {
            throw .proxy(variable: variable, reason: "expected http://host:port or http://user:password@host:port.")
        }
        let bareHost = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return Proxy(host: bareHost, port: port ?? 80, userName: userName, password: password)
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(), high != UInt8(ascii: "+"), high != UInt8(ascii: "-"),
                let decoded = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(decoded)
        }
        // A line end in the credentials would end the header they travel in.
        return bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? String(validating: bytes, as: UTF8.self) : nil
    }
}
