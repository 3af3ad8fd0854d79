/// Sends one request and brings its answer. A server may embed its own.
///
/// What a transport owes: a connection of its own for each request; no redirect followed; certificates verified; `Content-Length`
/// framing; the connection closed, without an end of message, when the body throws or the task is cancelled; no more of the answer
/// read than ``TransportRequest/replyLimit``; nothing printed. And the truth about how many body bytes the socket took.
public protocol HTTPTransport: Sendable {
    /// Sends one request and waits for its answer, whatever its status.
    ///
    /// - Throws: ``TransportFailure`` if no whole answer came. Its phase says whether the server may have acted: be certain of it.
    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply
}

/// One request. Prints itself without its headers.
public struct TransportRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// The two methods that the import API uses.
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// The largest answer that is read unless a request says otherwise.
    package static let defaultReplyLimit = 1024 * 1024

    /// GET or POST.
    public var method: Method
    /// Absolute, and free of secrets: it is printed.
    public var url: String
    package var credential: Credential
    package var userAgent: String
    /// `nil` where there is no body.
    package var contentType: String?
    /// What to send; `nil` for nothing.
    public var body: UploadBody?
    /// The most bytes of the answer's body that are kept.
    public var replyLimit: Int
    /// How long the answer may take; `nil` for the transport's own limit.
    public var replyTimeout: Duration?

    package init(
        method: Method, url: String, credential: Credential, userAgent: String, contentType: String? = nil, body: UploadBody? = nil,
        replyLimit: Int = Self.defaultReplyLimit, replyTimeout: Duration? = nil
    ) {
        self.method = method
        self.url = url
        self.credential = credential
        self.userAgent = userAgent
        self.contentType = contentType
        self.body = body
        self.replyLimit = replyLimit
        self.replyTimeout = replyTimeout
    }

    /// All headers but those of the framing (`Host`, `Content-Length`). The key is among them: never print the result.
    public var headers: [(name: String, value: String)] {
        var headers = [credential.header, ("Accept", "application/json"), ("User-Agent", userAgent)]
        if let contentType { headers.append(("Content-Type", contentType)) }
        return headers
    }

    /// Method and URL, without the headers: the key is in one of them.
    public var description: String { "\(method.rawValue) \(url)" }
    /// Nothing: a dump does not show the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One answer, as far as it was read.
public struct TransportReply: Sendable, Equatable {
    package var status: Int
    /// Names in lower case, in the order received.
    package var headers: [Header]
    /// At most ``TransportRequest/replyLimit`` bytes.
    package var body: [UInt8]
    /// Whether the answer went on after ``body``.
    package var isCut: Bool
    /// Body bytes of the request that the socket took.
    package var sentByteCount: Int
    /// Whether the socket took the whole request. A server may answer before.
    package var isRequestWhole: Bool
    /// Whether the head of the answer came before the socket had taken the whole request, even if it took the rest afterwards.
    package var isEarly: Bool

    /// An answer.
    ///
    /// - Parameters:
    ///   - status: The status of the answer.
    ///   - headers: Names in lower case, in the order received.
    ///   - body: At most ``TransportRequest/replyLimit`` bytes.
    ///   - isCut: Whether the answer went on after `body`.
    ///   - sentByteCount: Body bytes of the request that the socket took.
    ///   - isRequestWhole: Whether the socket took the whole request.
    ///   - isEarly: Whether the head of the answer came before the socket had taken the whole request.
    public init(
        status: Int, headers: [Header] = [], body: [UInt8] = [], isCut: Bool = false, sentByteCount: Int, isRequestWhole: Bool,
        isEarly: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCut = isCut
        self.sentByteCount = sentByteCount
        self.isRequestWhole = isRequestWhole
        self.isEarly = isEarly
    }

    /// One header.
    public struct Header: Sendable, Equatable {
        package var name: String
        package var value: String

        /// A header; the name in lower case.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The first header of that name (in lower case).
    package func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
