import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import PigmentImport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads the errors of the network libraries into the words of `TransportFailure`.
///
/// Their descriptions are never shown: some hold header values.
struct FaultReading {
    let service: ServiceURL
    let isProxied: Bool
    let phase: TransportFailure.Phase

    func kindAndText(of error: any Error) -> (TransportFailure.Kind, String) {
        switch error {
        case is CancellationError: (.cancelled, "interrupted")
        case let failure as UploadBody.Failure:
            failure == .stopped ? (.cancelled, "interrupted") : (.body(failure), "the file could not be sent as it was checked")
        case let fault as ConnectionWatch.Fault: reading(of: fault)
        case let error as HTTPClientError: reading(of: error)
        case let error as NIOConnectionError: reading(of: error)
        case let error as HTTPParserError where error == .invalidEOFState: closed
        case is HTTPParserError: (.malformedReply, "what came back is not HTTP")
        case let error as ChannelError: reading(of: error)
        case let error as IOError: reading(of: error)
        case let error as NIOSSLError: reading(of: error)
        case let error as NIOSSLExtraError: reading(of: error)
        case is BoringSSLError: phase == .connecting ? handshake : (.reset, "the TLS connection broke")
        default: phase == .connecting ? (.other, "the connection failed") : (.reset, "the connection broke")
        }
    }

    private var host: String { isProxied ? "the proxy" : service.authority }
    private var handshake: (TransportFailure.Kind, String) { (.tlsHandshake, "the TLS handshake with \(service.authority) failed") }
    private var closed: (TransportFailure.Kind, String) {
        phase == .connecting && service.isSecure
            ? (.tlsHandshake, "\(host) closed the connection before it was secured")
            : (.reset, "\(host) closed the connection")
    }

    private func reading(of fault: ConnectionWatch.Fault) -> (TransportFailure.Kind, String) {
        switch fault {
        case .stalled: (.stalled, "\(host) stopped taking bytes")
        case .replyTimeout: (.replyTimeout, "no whole answer came in time")
        }
    }

    private func reading(of error: HTTPClientError) -> (TransportFailure.Kind, String) {
        switch error {
        case .cancelled: (.cancelled, "interrupted")
        case .remoteConnectionClosed: closed
        case .connectTimeout, .getConnectionFromPoolTimeout: (.connectTimeout, "\(host) did not answer in time")
        case .tlsHandshakeTimeout: (.tlsHandshake, "the TLS handshake with \(service.authority) took too long")
        case .proxyAuthenticationRequired: (.proxyLogin, "the proxy wants a login (status 407)")
        case .invalidProxyResponse, .httpProxyHandshakeTimeout: (.proxy, "the proxy did not open a tunnel to \(service.authority)")
        case .readTimeout, .deadlineExceeded: (.replyTimeout, "no whole answer came in time")
        case .writeTimeout: (.stalled, "\(host) stopped taking bytes")
        default: (.other, "the HTTP client gave up: \(error.shortDescription)")
        }
    }

    private func reading(of error: NIOConnectionError) -> (TransportFailure.Kind, String) {
        let failures = error.connectionErrors.map(\.error)
        if failures.isEmpty { return (.dns, "the name \(isProxied ? "of the proxy" : service.host) could not be looked up") }
        // One address that refuses among others that are unreachable says most about the host.
        let readings = failures.map { failure -> (TransportFailure.Kind, String) in
            switch failure {
            case let failure as IOError: reading(of: failure)
            case let failure as ChannelError: reading(of: failure)
            default: (.unreachable, "\(host) cannot be reached")
            }
        }
        return readings.first { $0.0 == .refused } ?? readings[0]
    }

    private func reading(of error: ChannelError) -> (TransportFailure.Kind, String) {
        if case .connectTimeout = error { return (.connectTimeout, "\(host) did not answer in time") }
        return closed
    }

    private func reading(of error: IOError) -> (TransportFailure.Kind, String) {
        switch error.errnoCode {
        case ECONNREFUSED: (.refused, "\(host) refused the connection")
        case ETIMEDOUT where phase == .connecting: (.connectTimeout, "\(host) did not answer in time")
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL: (.unreachable, "\(host) cannot be reached")
        case _ where phase == .connecting && service.isSecure: (.tlsHandshake, "the connection to \(host) broke before it was secured")
        default: (.reset, "\(host) reset the connection")
        }
    }

    private func reading(of error: NIOSSLError) -> (TransportFailure.Kind, String) {
        switch error {
        case .handshakeFailed(let cause):
            // BoringSSL has no typed code for it; the name is its own and has been stable for ever.
            String(describing: cause).contains("CERTIFICATE_VERIFY_FAILED") ? badCertificate : handshake
        case .unableToValidateCertificate, .noCertificateToValidate, .cannotFindPeerIP: badCertificate
        case .uncleanShutdown: (phase == .connecting ? .tlsHandshake : .reset, "the TLS connection was cut")
        default: phase == .connecting ? handshake : (.reset, "the TLS connection broke")
        }
    }

    private func reading(of error: NIOSSLExtraError) -> (TransportFailure.Kind, String) {
        switch error {
        case .failedToValidateHostname, .serverHostnameImpossibleToMatch: badCertificate
        default: handshake
        }
    }

    private var badCertificate: (TransportFailure.Kind, String) {
        (.badCertificate, "the certificate of \(service.authority) is not valid or not trusted here")
    }
}
