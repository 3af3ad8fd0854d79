/// One thing that the server does on a connection. A script is a list of them; after the last the connection is closed as by ``finish``.
///
/// A step that waits for bytes ends the script when the client closes or resets the connection first.
public enum ScriptStep: Sendable {
    /// Reads the head of the next request.
    case readHead
    /// Reads until at least `byteCount` bytes of the request's body have arrived, or the body is whole. 0 reads nothing.
    case readBody(byteCount: Int)
    /// Reads until the request's message is complete.
    case readWholeBody
    /// Reads the body in portions of about `byteCount` bytes with a pause before each, until it is whole.
    ///
    /// How much lies waiting in between is decided by the kernel's buffers: pair it with ``ScriptedServer/Configuration/receiveBufferByteCount``.
    case readSlowly(byteCount: Int, pause: Duration)
    /// Reads whatever comes until the client closes its side. The only reading step that outlives the end of the client's bytes.
    case drain
    /// Reads at least one byte of whatever kind. On a server without TLS this is the way to take part in half a handshake.
    case readAnything
    case sleep(Duration)
    /// Tells the test that the script has come this far.
    case open(Latch)
    /// Holds the script until the test opens the latch.
    case wait(Latch)
    case send([UInt8])
    /// Sends portions of `byteCount` bytes with a pause before each.
    case drip([UInt8], byteCount: Int, pause: Duration)
    /// Sends the same bytes many times, so that a flood needs no memory.
    case flood([UInt8], times: Int)
    /// Closes with RST: unread and unsent bytes are lost. Under TLS no close_notify precedes it.
    case reset
    /// Closes with FIN (the kernel makes it an RST while unread bytes lie waiting). Under TLS a close_notify precedes it.
    case finish
    /// Sends FIN but goes on reading.
    case halfClose
    /// Does nothing, reads nothing, keeps the connection open until the server stops.
    case stall

    /// Closes while the client waits for its answer in the TLS handshake. For a server without ``TLSIdentity``.
    public static let closeInHandshake: [ScriptStep] = [.readAnything, .finish]
    /// Never answers the client's first TLS message. For a server without ``TLSIdentity``.
    public static let stallInHandshake: [ScriptStep] = [.readAnything, .stall]

    /// Sends text as UTF-8. Nothing is added.
    public static func sendText(_ text: String) -> ScriptStep {
        .send(Array(text.utf8))
    }

    /// Sends a well-formed answer with `Content-Length` and `Connection: close`.
    ///
    /// - Parameters:
    ///   - status: number and reason phrase, for instance `404 Not Found`.
    ///   - headers: lines such as `Retry-After: 1`, without line ends.
    public static func answer(
        _ status: String, headers: [String] = [], contentType: String = "application/json", body: String = ""
    ) -> ScriptStep {
        let length = "Content-Length: \(body.utf8.count)"
        let lines = ["HTTP/1.1 \(status)", "Content-Type: \(contentType)", length, "Connection: close"] + headers
        return .sendText(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}
