import SafeText

/// Why a request that changes nothing brought no answer to use.
package struct LookUpFailure: Error, Sendable, Equatable {
    package var exit: ExitClass
    /// What happened and what to do next. Safe to print.
    package var message: String

    package init(_ exit: ExitClass, _ message: String) {
        (self.exit, self.message) = (exit, message)
    }

    /// - Parameter failure: of the transport.
    package init(_ failure: TransportFailure) {
        let text = failure.text.prefix(1).uppercased() + failure.text.dropFirst()
        switch failure.kind {
        case .badCertificate:
            self.init(.refused, "\(text). If a proxy of your own intercepts TLS, name its certificates with SSL_CERT_FILE.")
        case .proxyLogin: self.init(.localFault, "\(text). Put user name and password into HTTPS_PROXY.")
        case .proxy: self.init(.temporary, "\(text). Check HTTPS_PROXY and NO_PROXY.")
        case .unknownHost, .dns: self.init(.temporary, "\(text). Check the base URL and the name service.")
        case .refused, .unreachable, .connectTimeout, .tlsHandshake, .reset, .stalled, .replyTimeout, .malformedReply, .cancelled, .body,
            .other:
            self.init(.temporary, "\(text). Check the base URL, the network and the proxy, then try again.")
        }
    }

    /// - Parameters:
    ///   - status: of an answer that is no success.
    ///   - keyType: the type of the key that the endpoint wants.
    package init(status: Int, keyType: String) {
        switch status {
        case 401:
            self.init(
                .refused,
                "The server answered 401: it does not accept the key. Check that its type is \(keyType), and that it has not expired: the day of "
                    + "expiry itself is excluded.")
        case 403:
            self.init(
                .refused,
                "The server answered 403: the key may not do this. Check its type (\(keyType)), its owner's rights and the allow list.")
        case 404: self.init(.refused, "The server answered 404: not found, or not visible to the owner of the key. Check the base URL.")
        case 429: self.init(.temporary, "The server answered 429: too many requests. Try again in five minutes.")
        case 500...: self.init(.temporary, "The server answered \(status). Try again later.")
        default: self.init(.refused, "The server answered \(status). Check the base URL.")
        }
    }
}
