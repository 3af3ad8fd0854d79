/// Why a request brought no whole answer, and how far it had come: which of the two says whether the server may have acted.
public struct TransportFailure: Error, Sendable, Equatable {
    /// How far the request had come.
    public enum Phase: Sendable, Equatable {
        /// Not a byte of the request has left.
        case connecting
        /// The request has left in part: no server may act on it.
        case sending
        /// The whole request has left and no answer has begun.
        case awaitingReply
        /// An answer has begun, see `TransportFailure.partialReply`; the request may or may not be whole.
        case readingReply
    }

    /// What broke.
    public enum Kind: Sendable, Equatable {
        /// The name of the host could not be looked up: no resolver answered, or none that knows.
        case dns
        /// A resolver says that there is no such name, or that it has no address: trying again does not help.
        case unknownHost
        case refused
        /// No route, or another fault of the network on the way.
        case unreachable
        case connectTimeout
        case tlsHandshake
        case badCertificate
        /// The proxy did not make the tunnel.
        case proxy
        /// The proxy wants a user name and a password, or others.
        case proxyLogin
        /// The connection was closed or reset by the other side.
        case reset
        /// The socket took no byte for the stall limit.
        case stalled
        case replyTimeout
        case malformedReply
        case cancelled
        /// The body could not become whole: a fault of the file, not of the network.
        case body(UploadBody.Failure)
        /// Something that this version has no name for.
        case other
    }

    package var phase: Phase
    package var kind: Kind
    /// Body bytes of the request that the socket took.
    package var sentByteCount: Int
    /// What was received of an answer: always its status. Set in phase ``Phase/readingReply`` only.
    package var partialReply: TransportReply?
    /// The fault in a few words, safe to print and without the key.
    package var text: String

    /// A failure.
    ///
    /// - Parameters:
    ///   - phase: How far the request had come.
    ///   - kind: What broke.
    ///   - sentByteCount: Body bytes of the request that the socket took.
    ///   - partialReply: What was received of an answer; only in phase ``Phase/readingReply``.
    ///   - text: The fault in a few words, safe to print and without the key.
    public init(phase: Phase, kind: Kind, sentByteCount: Int = 0, partialReply: TransportReply? = nil, text: String) {
        self.phase = phase
        self.kind = kind
        self.sentByteCount = sentByteCount
        self.partialReply = partialReply
        self.text = text
    }
}
