/// What one client connection brought, as far as the script read it.
public struct ConnectionLog: Sendable {
    /// Most of the first raw bytes that are kept.
    public static let prefixLimit = 64 << 10

    /// In order of arrival; more than one where the client kept the connection.
    public internal(set) var requests: [RequestLog] = []
    /// All bytes read, decrypted under TLS.
    public internal(set) var byteCount = 0
    /// The first bytes read, raw.
    public internal(set) var prefix: [UInt8] = []
    /// Why the script ended early: a reset by the client, a failed handshake. For messages only.
    public internal(set) var failure: String?
    /// Whether the client closed its side while the script was reading.
    public internal(set) var sawEnd = false

    /// The key or any other text in the raw bytes.
    public func containsInPrefix(_ text: String) -> Bool {
        let needle = Array(text.utf8)
        guard !needle.isEmpty, prefix.count >= needle.count else { return false }
        return (0...(prefix.count - needle.count)).contains { prefix[$0..<($0 + needle.count)].elementsEqual(needle) }
    }
}

/// One request as it arrived.
public struct RequestLog: Sendable, Equatable {
    /// Most of the first body bytes that are kept.
    public static let bodyLimit = 256 << 10

    /// One header field. Names keep their case.
    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// For instance `POST /path?query HTTP/1.1`.
    public internal(set) var requestLine: String
    public internal(set) var headers: [Header]
    /// Body bytes read, without the framing of chunks.
    public internal(set) var bodyByteCount = 0
    /// The first body bytes.
    public internal(set) var body: [UInt8] = []
    /// Whether the message ended as HTTP/1.1 says: `Content-Length` reached, the last chunk and its trailer read, or no body announced.
    public internal(set) var isComplete = false

    public var method: String { String(requestLine.prefix { $0 != " " }) }

    /// Path and query.
    public var target: String {
        let parts = requestLine.split(separator: " ", omittingEmptySubsequences: false)
        return parts.count > 1 ? String(parts[1]) : ""
    }

    /// The values of a field, compared without case, joined by `, `; `nil` where there is none.
    public subscript(header name: String) -> String? {
        let values = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
